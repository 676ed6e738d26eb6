import datetime as dt

import pytest
import time_machine

from events.models import AgendaItem, Delegate, Delegation, ItemPaper, MeetingStage
from events.papers import render_event_papers
from members.models import Affiliation, User
from tests.dues.builders import issued_invoice, one_page_pdf
from tests.events.builders import (
    add_delegate,
    add_delegation,
    add_host_call,
    add_meeting,
    add_session,
    add_speaker,
)
from tests.events.electing import add_assembly, add_cities, call, open_ballot, vote
from tests.register import add_member
from wego import storage

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 8, 1, 3, tzinfo=dt.UTC)
LIST = "/portal/meetings/"
PAGE = "/portal/meetings/ga-7/"


@pytest.fixture(autouse=True)
def _first_of_august():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def meeting():
    return add_meeting(place="Palace of Independence", host=add_member("Almaty", "KZ"))


@pytest.fixture
def goyang():
    return add_member("Goyang", name_ko="고양")


def sign_in(client, member, role="administrator", language="en"):
    user = User.objects.create_user(
        f"{role}@{member.name_en.split()[0].lower()}.example", full_name="Lee", language=language
    )
    Affiliation.objects.create(user=user, member=member, role=role)
    client.force_login(user)
    client.cookies["django_language"] = language
    return user


def text(response, status=200):
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def test_the_list_says_may_we_vote_who_comes_and_until_when_one_can_stand(client, meeting, goyang):
    sign_in(client, goyang)
    add_delegate(add_delegation(meeting, goyang))

    page = text(client.get(LIST))

    assert "7th General Assembly" in page
    assert "You may vote" in page
    assert "Lee Dong-hwan" in page
    assert "Open until 16 Aug 2026, midnight in Seoul" in page
    assert "<strong>46</strong> days left" in page


def test_after_the_candidacy_deadline_the_list_says_closed(client, meeting, goyang):
    with time_machine.travel(dt.datetime(2026, 8, 17, 3, tzinfo=dt.UTC), tick=False):
        sign_in(client, goyang)
        assert "Closed on 16 Aug 2026" in text(client.get(LIST))


def test_a_meeting_of_which_only_the_year_is_known_names_no_day(client, goyang):
    add_meeting("ga-9", on=dt.date(2029, 9, 1), precision="year")
    sign_in(client, goyang)

    page = text(client.get(LIST))

    assert "2029 · On site" in page
    assert "Candidacies" not in page
    assert "days left" not in page


def test_whoever_owes_for_an_earlier_year_reads_why_it_has_no_vote(client, meeting, goyang):
    issued_invoice(goyang)
    sign_in(client, goyang)

    page = text(client.get(PAGE))

    assert "No vote" in page
    assert "WEGO-2020-0001" in page


@pytest.mark.parametrize("kind", ["company", "institution"])
def test_c25_companies_and_institutions_are_told_plainly_that_they_have_no_vote(
    client, meeting, kind
):
    sign_in(client, add_member("Danfoss", "DK", kind=kind))

    for address in (LIST, PAGE, f"{PAGE}my/"):
        page = text(client.get(address))
        assert "companies and institutions have none in WeGO" in page
        assert "You may vote" not in page
        assert "Candidacies" not in page


def test_an_excom_is_voted_in_by_its_seats(client, goyang):
    excom = add_meeting("excom-2026", "excom", on=dt.date(2026, 10, 1))
    add_delegation(excom, add_member("Jeju"))
    sign_in(client, goyang)

    assert "yours holds no seat" in text(client.get("/portal/meetings/excom-2026/"))


def test_r18_an_uninvited_member_names_an_observer(client, meeting, goyang):
    user = sign_in(client, goyang)

    page = client.post(
        f"{PAGE}delegates/add/",
        {"name": "Lee", "role": "head", "takes_part": "on_site", "email": user.email},
    )

    assert page.url == PAGE
    delegation = Delegation.objects.get()
    assert (delegation.member, delegation.kind, delegation.answer) == (goyang, "observer", "coming")
    assert Delegate.objects.get().user == user


def test_a_refused_delegate_keeps_what_was_typed_and_says_what_to_do(client, meeting, goyang):
    sign_in(client, goyang)
    add_delegate(add_delegation(meeting, goyang))

    page = text(
        client.post(
            f"{PAGE}delegates/add/",
            {"name": "Kim Seo-yeon", "role": "head", "takes_part": "on_site"},
        ),
        422,
    )

    assert "Lee Dong-hwan is head of the delegation: there is one." in page
    assert 'value="Kim Seo-yeon"' in page
    assert "Error:" in page
    assert Delegate.objects.count() == 1


def test_a_delegate_is_corrected_and_taken_off(client, meeting, goyang):
    sign_in(client, goyang, "delegate")
    delegate = add_delegate(add_delegation(meeting, goyang))
    address = f"/portal/meetings/delegates/{delegate.pk}/"
    typed = {"name": "Lee", "position": "Mayor", "role": "deputy", "takes_part": "on_site"}

    assert client.post(address, typed).url == PAGE
    delegate.refresh_from_db()
    assert (delegate.name, delegate.position, delegate.role) == ("Lee", "Mayor", "deputy")
    assert client.post(address, {"remove": "yes"}).url == PAGE

    delegate.refresh_from_db()
    assert delegate.left_on == dt.date(2026, 8, 1)


@pytest.mark.parametrize("role", ["reader", "finance"])
def test_readers_look_and_do_not_name(client, meeting, goyang, role):
    sign_in(client, goyang, role)
    delegate = add_delegate(add_delegation(meeting, goyang))

    assert "Name another person" not in text(client.get(PAGE))
    for address in (
        f"{PAGE}delegates/add/",
        f"{PAGE}answer/",
        f"{PAGE}credentials/",
        f"{PAGE}topics/",
        f"/portal/meetings/delegates/{delegate.pk}/",
        f"/portal/meetings/delegates/{delegate.pk}/badge/",
    ):
        assert client.post(address, {"answer": "declined"}).status_code == 403
    assert Delegation.objects.get().answer == "awaited"


def test_an_invitation_is_declined_and_accepted_after_all(client, meeting, goyang):
    sign_in(client, goyang)
    add_delegation(meeting, goyang)

    client.post(f"{PAGE}answer/", {"answer": "declined"})
    assert "We come after all" in text(client.get(PAGE))
    client.post(f"{PAGE}answer/", {"answer": "coming"})
    client.post(f"{PAGE}answer/", {"answer": "awaited"})

    assert Delegation.objects.get().answer == "coming"


def test_the_badge_is_made_and_opened_once_it_is_printed(client, meeting, goyang):
    sign_in(client, goyang)
    delegate = add_delegate(add_delegation(meeting, goyang))

    address = client.post(f"/portal/meetings/delegates/{delegate.pk}/badge/").url
    assert "not made yet" in text(client.get(address), 503)
    render_event_papers()
    opened = client.get(address)

    assert (opened.status_code, opened.headers["Content-Type"]) == (200, "application/pdf")
    assert opened.content.startswith(b"%PDF")


def test_the_visa_letter_asks_for_the_country_of_the_passport(client, meeting, goyang):
    sign_in(client, goyang)
    delegate = add_delegate(add_delegation(meeting, goyang))
    address = f"/portal/meetings/delegates/{delegate.pk}/visa/"

    assert '<option value="KR" selected>' in text(client.get(address))
    assert client.post(address, {"nationality": "XX"}).status_code == 422
    assert client.post(address, {"nationality": "NG"}).url.startswith("/portal/meetings/papers/")

    assert delegate.papers.get().snapshot["facts"]["nationality"] == "Nigeria"


def test_credentials_are_made_out_signed_and_handed_in(client, meeting, goyang):
    sign_in(client, goyang)
    address = f"{PAGE}credentials/"
    assert "Name your delegation first" in text(client.get(address))
    delegation = add_delegation(meeting, goyang)
    add_delegate(delegation)

    assert client.post(address, {"step": "write"}).url.startswith("/portal/meetings/papers/")
    assert "Choose the file of the signed letter." in text(client.post(address, {}), 422)
    with_file = storage_file("letter.pdf", one_page_pdf())
    assert client.post(address, {"letter": with_file}).url == PAGE
    broken = storage_file("letter.pdf", b"no pdf")
    assert "no PDF, JPEG or PNG" in text(client.post(address, {"letter": broken}), 422)

    assert [letter.file_name for letter in delegation.credentials.all()] == ["letter.pdf"]


def storage_file(name, content):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, content, "application/pdf")


def test_agenda_and_papers_show_once_they_are_published(client, meeting, goyang):
    sign_in(client, goyang)
    item = AgendaItem.objects.create(meeting=meeting, position=1, kind="report", title_en="Report")
    stored = storage.store_file("agenda/report.pdf", one_page_pdf())
    paper = ItemPaper.objects.create(
        item=item,
        title="Annual report 2025",
        file_name="report.pdf",
        file_path=stored.path,
        file_sha256=stored.sha256,
        content_type="application/pdf",
        size=stored.size,
    )
    address = f"{PAGE}agenda/{paper.pk}/"
    assert "not published yet" in text(client.get(PAGE))
    assert client.get(address).status_code == 404

    meeting.agenda_on = dt.date(2026, 7, 30)
    meeting.save()

    assert "Annual report 2025" in text(client.get(PAGE))
    assert client.get(address).content == one_page_pdf()
    paper.taken_back_on = dt.date(2026, 7, 31)
    paper.save()
    assert client.get(address).status_code == 404


def test_my_meeting_shows_pass_vote_papers_and_programme(client, meeting, goyang):
    me = sign_in(client, goyang, "delegate")
    add_delegate(add_delegation(meeting, goyang), position="Mayor", user=me)
    add_speaker(add_session(meeting, begins_at=dt.time(14)), goyang, "Lee Dong-hwan")

    page = text(client.get(f"{PAGE}my/"))

    assert "Lee Dong-hwan" in page
    assert "Vote for Goyang" in page
    assert "pass-voter" in page
    assert "Make my badge" in page
    assert "14:00" in page
    assert "in 46 days" in page


def test_my_meeting_tells_an_observer_who_votes(client, meeting, goyang):
    me = sign_in(client, goyang, "delegate")
    delegation = add_delegation(meeting, goyang)
    add_delegate(delegation, "Lee Dong-hwan")
    add_delegate(delegation, "Park Min-ji", "observer", user=me)

    page = text(client.get(f"{PAGE}my/"))

    assert "Your city votes through Lee Dong-hwan" in page
    assert "pass-voter" not in page


def test_my_meeting_in_korean_names_meeting_and_city_in_korean(client, meeting, goyang):
    sign_in(client, goyang, language="ko")

    page = text(client.get(f"{PAGE}my/"))

    assert "제7차 총회" in page
    assert "고양" in page


def test_nobody_is_named_for_a_meeting_that_was_held(client, meeting, goyang):
    add_delegation(meeting, goyang)
    MeetingStage.objects.create(meeting=meeting, state="held", starts_on=dt.date(2026, 7, 1))
    sign_in(client, goyang)

    assert "Name your delegate" not in text(client.get(PAGE))
    refused = client.post(
        f"{PAGE}delegates/add/", {"name": "Lee", "role": "head", "takes_part": "on_site"}
    )
    assert "over or cancelled" in text(refused, 422)
    assert "Earlier meetings" in text(client.get(LIST))


def test_without_meetings_the_page_says_what_will_be_there(client, goyang):
    sign_in(client, goyang)

    assert "No meeting is planned" in text(client.get(LIST))


def test_whoever_left_reads_no_meetings(client, meeting):
    sign_in(client, add_member("Moscow", "RU", status="withdrawn", region="europe"))

    assert client.get(LIST).status_code == 403


def test_the_list_leads_to_an_open_call(client, meeting, goyang):
    call = add_host_call(meeting)
    call.deadline_on, call.announced_on = dt.date(2026, 8, 1), None
    call.save()
    sign_in(client, goyang)

    assert "Bids until 1 Aug 2026, midnight in Seoul" in text(client.get(LIST))


def test_a_list_of_meetings_asks_equally_often_however_many_are_past(
    client, meeting, goyang, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    sign_in(client, goyang)

    def queries():
        client.get(LIST)
        with CaptureQueriesContext(connection) as captured:
            text(client.get(LIST))
        return len(captured)

    few = queries()
    for number in range(20):
        past = add_meeting(f"excom-{number}", "excom", on=dt.date(2020, 1, 1), state="held")
        add_delegation(past, goyang)

    assert queries() == few


def test_whoever_holds_a_ballot_votes_from_its_meeting_until_it_has(client):
    cities = add_cities()
    with time_machine.travel(dt.datetime(2026, 10, 15, 3, tzinfo=dt.UTC), tick=False):
        president = call(add_assembly()).elections.get()
        row, _keys, codes = open_ballot(president, "Seoul", "Almaty", cities=cities)
        sign_in(client, cities["Kathmandu"], "delegate")
        address = f"/portal/elections/rounds/{row.pk}/vote/"
        for page in ("/portal/meetings/ga7/", "/portal/meetings/ga7/my/"):
            assert address in text(client.get(page))

        vote(row, {cities["Kathmandu"]: [codes["Almaty"]]})

        for page in ("/portal/meetings/ga7/", "/portal/meetings/ga7/my/"):
            assert address not in text(client.get(page))
