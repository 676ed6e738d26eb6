import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from events.models import (
    Adviser,
    Nomination,
    OfficeReport,
    OfficeStage,
    Partner,
    PartnerMemorandum,
    RegionalOffice,
    ServiceRequest,
    Training,
)
from events.papers import render_event_papers
from events.services.trainings import Nominee, nominate
from tests.dues.builders import one_page_pdf
from tests.events.programmes import TODAY, add_liaison, announce, offices_item
from tests.register import add_member
from wego import seoul

pytestmark = pytest.mark.django_db
SOON = dt.timedelta(days=40)


@pytest.fixture
def desk(client, secretariat):
    client.force_login(secretariat)
    return client


@pytest.fixture
def kathmandu(db):
    member = add_member("Kathmandu", "NP", name_ko="카트만두")
    add_liaison(member)
    return member


def page(name, *given):
    return reverse(f"admin:events_{name}", args=given)


def send(desk, name, *given, **data):
    return desk.post(page(name, *given), data, follow=True)


def text(response):
    return response.content.decode()


def training_facts(**changes):
    today = seoul.today()
    return {
        "name_en": "e-Government programme",
        "place": "Seoul",
        "starts_on": (today + SOON).isoformat(),
        "ends_on": (today + SOON).isoformat(),
        "nominate_until": today.isoformat(),
        "quota": "2",
        **changes,
    }


def test_the_secretariat_announces_a_training(desk):
    response = send(desk, "training_announce", **training_facts())

    assert response.status_code == 200
    training = Training.objects.get()
    assert response.redirect_chain == [(page("training_change", training.pk), 302)]
    assert "Nobody is named yet" in text(response)


@pytest.mark.parametrize(("changes", "sentence"), [
    ({"name_en": ""}, "This field is required."),
    ({"starts_on": "soon"}, "This is not a day"),
    ({"nominate_until": "2020-01-01"}, "Cities need time to name people."),
    ({"quota": "0"}, "greater than or equal to 1"),
])  # fmt: skip
def test_what_is_wrong_with_a_training_stands_at_its_field(desk, changes, sentence):
    response = desk.post(page("training_announce"), training_facts(place="Jeju", **changes))

    assert response.status_code == 422
    assert sentence in text(response)
    assert 'value="Jeju"' in text(response)
    assert "<title>Error:" in text(response)
    assert Training.objects.count() == 0


def test_people_are_selected_and_certified_at_the_desk(desk, kathmandu):
    training = announce()
    Training.objects.filter(pk=training.pk).update(
        starts_on=seoul.today(), ends_on=seoul.today(), nominate_until=seoul.today()
    )
    training.refresh_from_db()
    maya = nominate(
        training, kathmandu, Nominee("Maya Gurung", "Head", "m@x.np"), on=seoul.today(), by=None
    )
    for state in ("selected", "confirmed", "attended"):
        response = send(desk, "training_move", training.pk, state=state, nomination=[maya.pk])
        assert "1 person moved on." in text(response)

    response = send(desk, "training_certify", training.pk)

    reference = Nomination.objects.get().certificate.paper.reference
    assert reference in text(response)
    opened = page("training_certificate", training.pk, reference)
    assert desk.get(opened).status_code == 404
    render_event_papers()
    assert desk.get(opened).content.startswith(b"%PDF")


def test_a_refused_move_says_why_and_moves_nobody(desk, kathmandu):
    training = announce(seats=1)
    people = [
        nominate(training, kathmandu, Nominee(f"P{n}", "p", f"{n}@x.np"), on=TODAY, by=None).pk
        for n in range(2)
    ]

    response = send(desk, "training_move", training.pk, state="selected", nomination=people)

    assert "There are 1 places, and 2 people would be selected." in text(response)
    assert Nomination.objects.filter(state="nominated").count() == 2
    assert desk.post(page("training_move", training.pk), {"state": "king"}).status_code == 404


def test_a_training_is_cancelled_with_its_reason(desk):
    training = announce()

    assert desk.post(page("training_cancel", training.pk), {"reason": ""}).status_code == 422
    assert "Budget" in text(send(desk, "training_cancel", training.pk, reason="Budget"))


def test_a_request_is_answered_and_only_with_what_fits(desk, kathmandu, secretariat):
    row = ServiceRequest.objects.create(
        kind="consulting", member=kathmandu, title="Data", about="a", asked_on=TODAY
    )
    change = page("servicerequest_change", row.pk)

    assert "Put in their hands" in text(desk.get(change))
    assert "Approve and tell" not in text(desk.get(change))
    refused = desk.post(change, {"state": "assigned", "answer": ""})
    assert refused.status_code == 422
    assert "Say in whose hands it is." in text(refused)
    desk.post(change, {"state": "assigned", "assigned_to": secretariat.pk})
    row.refresh_from_db()
    assert (row.state, row.assigned_to) == ("assigned", secretariat)


def test_r30_an_office_is_planned_proposed_and_recorded(desk, kathmandu):
    send(desk, "regionaloffice_plan", name_en="South Asia", name_ko="남아시아")
    office, item = RegionalOffice.objects.get(), offices_item()

    send(
        desk, "regionaloffice_propose", office.pk,
        proposes="approved", host=kathmandu.pk, item=item.pk,
    )  # fmt: skip
    refused = desk.post(
        page("regionaloffice_record", office.pk),
        {"state": "approved", "happened_on": "2026-10-30", "host": kathmandu.pk},
    )
    assert "Say which decision this rests on" in text(refused)
    agreement = SimpleUploadedFile("agreement.pdf", one_page_pdf(), "application/pdf")
    response = send(
        desk, "regionaloffice_record", office.pk,
        state="approved", happened_on="2026-10-30", host=kathmandu.pk,
        decided_by="EXCOM 2026, item 3", agreement=agreement,
    )  # fmt: skip

    assert "EXCOM 2026, item 3" in text(response)
    assert list(office.stages.values_list("state", flat=True)) == ["proposed", "approved"]
    stage = office.stages.last()
    opened = desk.get(page("regionaloffice_file", office.pk, "agreement", stage.pk))
    assert opened.content == one_page_pdf()
    assert opened["Content-Disposition"].startswith("attachment")


def test_p8_a_report_is_recorded_and_assessed(desk, kathmandu):
    office = RegionalOffice.objects.create(name_en="South Asia")
    OfficeStage.objects.create(office=office, state="opened", host=kathmandu)
    send(desk, "regionaloffice_report", office.pk, year="2025", summary="Two members won.")
    response = send(
        desk, "regionaloffice_assess", office.pk, 2025, assessment="Good", assessed_at="EXCOM"
    )

    assert "Good" in text(response)
    assert OfficeReport.objects.get().assessed_at == "EXCOM"


def test_r31_a_partner_with_a_memorandum_shows_on_today_before_it_expires(desk):
    send(desk, "partner_new", name_en="World Bank", name_ko="세계은행")
    partner = Partner.objects.get()
    until = seoul.today() + dt.timedelta(days=60)
    response = send(
        desk, "partner_sign", partner.pk, signed_on="2024-01-15", expires_on=until.isoformat()
    )

    assert "Expires soon" in text(response)
    assert "memorandum that expires" in text(desk.get(reverse("admin:index")))
    memorandum = PartnerMemorandum.objects.get()
    send(desk, "partner_end", partner.pk, memorandum.pk, reason="Not renewed")
    assert "memorandum that expires" not in text(desk.get(reverse("admin:index")))


def test_r34_advisers_are_named_and_released(desk):
    send(desk, "adviser_name", full_name="Kim Byung-joon", since="2024-02-20")
    adviser = Adviser.objects.get()
    response = send(desk, "adviser_change", adviser.pk, until="2026-01-01")

    assert "Left" in text(response)
    assert Adviser.objects.get().until == dt.date(2026, 1, 1)


def test_a_file_that_is_none_is_refused_at_its_field(desk):
    partner = Partner.objects.create(name_en="World Bank")
    response = desk.post(
        page("partner_sign", partner.pk),
        {"signed_on": "2024-01-15", "file": SimpleUploadedFile("x.pdf", b"MZ")},
    )

    assert response.status_code == 422
    assert "no PDF, JPEG or PNG" in text(response)
    assert PartnerMemorandum.objects.count() == 0


def test_finance_does_not_see_programmes(client, finance):
    client.force_login(finance)

    assert client.get(page("training_changelist")).status_code == 403
    assert "Programmes" not in text(client.get(reverse("admin:index")))


@pytest.mark.parametrize(
    "name", ["training", "servicerequest", "regionaloffice", "partner", "adviser"]
)
def test_empty_lists_say_what_to_do(desk, name):
    assert 'class="empty' in text(desk.get(page(f"{name}_changelist")))


def test_the_register_of_trainings_is_korean_for_its_readers(desk, kathmandu):
    announce()
    desk.cookies["django_language"] = "ko"

    assert "전자정부 역량강화 프로그램" in text(desk.get(page("training_changelist")))
