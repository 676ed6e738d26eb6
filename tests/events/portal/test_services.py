import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from events.models import Nomination, OfficeReport, OfficeStage, RegionalOffice, ServiceRequest
from events.services.trainings import move_nominations
from members.models import Affiliation, User
from tests.dues.builders import one_page_pdf
from tests.events.programmes import TODAY, add_liaison, announce
from tests.register import add_member
from wego import seoul

pytestmark = pytest.mark.django_db
MAYA = {"full_name": "Maya Gurung", "position": "Head of IT", "email": "maya@x.np"}


def person(client, member, role="delegate", language="en"):
    user = User.objects.create_user(
        f"{role}{member.pk}@x.np", "correct horse", full_name="Delegate", language=language
    )
    Affiliation.objects.create(user=user, member=member, role=role)
    client.force_login(user)
    client.cookies["django_language"] = language
    return user


@pytest.fixture
def kathmandu(db):
    member = add_member("Kathmandu", "NP", name_ko="카트만두")
    add_liaison(member)
    return member


@pytest.fixture
def training(db):
    return announce(until=seoul.today() + dt.timedelta(days=10), starts_on=later(), ends_on=later())


def later():
    return seoul.today() + dt.timedelta(days=60)


def text(response):
    return response.content.decode()


def test_services_show_what_can_be_used_now(client, kathmandu, training):
    person(client, kathmandu)
    home = text(client.get(reverse("services:home")))

    assert "e-Government capacity programme" in home
    assert "You have not asked for anything yet." in home
    assert reverse("services:ask", args=["promotion"]) in home
    assert 'aria-current="page">Services' in home


def test_r28_a_delegate_names_somebody_and_confirms(client, kathmandu, training):
    person(client, kathmandu)
    address = reverse("services:training", args=[training.pk])
    assert "You can name 2 more people" in text(client.get(address))

    page = client.post(address, MAYA, follow=True)
    assert "You can name 1 more person" in text(page)
    nomination = Nomination.objects.get()
    move_nominations(training, [nomination.pk], "selected", on=seoul.today(), by=None)
    client.post(reverse("services:nomination", args=[nomination.pk, "confirm"]))
    nomination.refresh_from_db()

    assert nomination.state == "confirmed"
    assert "Maya Gurung" in text(client.get(reverse("services:home")))


def test_what_is_wrong_stands_at_its_field_and_keeps_what_was_typed(client, kathmandu, training):
    person(client, kathmandu)
    address = reverse("services:training", args=[training.pk])

    page = client.post(address, {**MAYA, "email": "nobody"})

    assert page.status_code == 422
    assert "Enter a valid email address." in text(page)
    assert 'value="Maya Gurung"' in text(page)
    assert Nomination.objects.count() == 0


def test_a_city_cannot_select_its_own_people(client, kathmandu, training):
    person(client, kathmandu)
    client.post(reverse("services:training", args=[training.pk]), MAYA)
    nomination = Nomination.objects.get()

    assert client.post(f"/portal/services/nominations/{nomination.pk}/select/").status_code == 404
    page = client.post(reverse("services:nomination", args=[nomination.pk, "confirm"]), follow=True)
    assert "that cannot become" in text(page)
    nomination.refresh_from_db()
    assert nomination.state == "nominated"


def test_another_citys_nomination_is_not_found(client, kathmandu, training):
    other = add_member("Pokhara", "NP")
    theirs = Nomination.objects.create(
        training=training, member=other, full_name="x", position="p", email="x@x.np",
        nominated_on=TODAY,
    )  # fmt: skip
    person(client, kathmandu, "administrator")

    page = client.post(reverse("services:nomination", args=[theirs.pk, "withdraw"]))

    assert page.status_code == 404
    theirs.refresh_from_db()
    assert theirs.state == "nominated"


def test_readers_look_and_do_not_act(client, kathmandu, training):
    person(client, kathmandu, "reader")

    assert client.post(reverse("services:training", args=[training.pk]), MAYA).status_code == 403
    assert "An administrator or delegate" in text(client.get(reverse("services:home")))
    assert Nomination.objects.count() == 0


def test_r29_an_event_is_asked_for_and_taken_back(client, kathmandu):
    person(client, kathmandu)
    first = later().isoformat()
    client.post(
        reverse("services:ask", args=["promotion"]),
        {
            "title": "Kathmandu Week",
            "starts_on": first,
            "ends_on": first,
            "place": "Kathmandu",
            "about": "Everything",
            "website": "kathmandu.example",
        },
    )
    row = ServiceRequest.objects.get()
    assert (row.state, row.website) == ("waiting", "https://kathmandu.example")

    page = client.post(reverse("services:request", args=[row.pk]), follow=True)

    assert "Your request is taken back." in text(page)
    row.refresh_from_db()
    assert row.state == "withdrawn"


def test_there_is_nothing_else_to_ask_for(client, kathmandu):
    person(client, kathmandu)

    assert client.get("/portal/services/ask/loan/").status_code == 404


def test_companies_are_told_that_trainings_are_for_cities(client, training):
    danfoss = add_member("Danfoss", "DK", kind="company")
    person(client, danfoss, "administrator")

    assert "Trainings you can name" not in text(client.get(reverse("services:home")))
    address = reverse("services:training", args=[training.pk])
    assert "Trainings are for officials of member cities." in text(client.get(address))
    assert client.post(address, MAYA).status_code == 422


def test_p8_the_host_hands_in_its_report_with_a_file(client, kathmandu):
    office = RegionalOffice.objects.create(name_en="South Asia", name_ko="남아시아")
    OfficeStage.objects.create(office=office, state="opened", host=kathmandu)
    person(client, kathmandu, "administrator")
    address = reverse("services:office", args=[office.pk])

    file = SimpleUploadedFile("report.pdf", one_page_pdf(), "application/pdf")
    client.post(address, {"year": "2025", "summary": "Two members won.", "file": file})

    report = OfficeReport.objects.get()
    assert (report.year, report.file_name) == (2025, "report.pdf")
    assert "Two members won." in text(client.get(address))


def test_an_office_that_moved_away_is_no_longer_ours(client, kathmandu):
    office = RegionalOffice.objects.create(name_en="South Asia")
    OfficeStage.objects.create(office=office, state="opened", host=kathmandu)
    OfficeStage.objects.create(office=office, state="moved", host=add_member("Pokhara", "NP"))
    person(client, kathmandu, "administrator")

    assert client.get(reverse("services:office", args=[office.pk])).status_code == 404


def test_who_left_uses_no_services(client):
    odense = add_member("Odense", "DK", status="withdrawn")
    person(client, odense, "administrator")

    assert client.get(reverse("services:home")).status_code == 403


def test_services_are_korean_for_readers_of_korean(client, kathmandu, training):
    person(client, kathmandu, language="ko")

    assert "전자정부 역량강화 프로그램" in text(client.get(reverse("services:home")))
