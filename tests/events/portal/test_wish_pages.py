import datetime as dt

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from events.calendars.links import open_link, token_of
from events.models import CalendarLink, HostBid, SupportRequest, TopicSuggestion
from events.programme.consulting import open_consultation
from tests.dues.builders import one_page_pdf
from tests.events.builders import add_host_call, add_meeting, add_session, add_speaker
from tests.events.portal.test_meeting_pages import sign_in, text
from tests.register import add_member

pytestmark = pytest.mark.django_db
DURING = dt.datetime(2026, 1, 10, 3, tzinfo=dt.UTC)
# Midnight in Seoul ended the last day two minutes ago.
TOO_LATE = dt.datetime(2026, 1, 14, 15, 2, tzinfo=dt.UTC)
BID = "/portal/meetings/hosting/host-ga-7/"


@pytest.fixture(autouse=True)
def _in_january():
    with time_machine.travel(DURING, tick=False):
        yield


@pytest.fixture
def meeting():
    return add_meeting()


@pytest.fixture
def almaty():
    return add_member("Almaty", "KZ", name_ko="알마티")


def typed(**fields):
    return {
        "step": "bid",
        "proposal": "A palace for 400",
        "contact_name": "Aigerim",
        "contact_email": "host@almaty.example",
        **fields,
    }


def test_r16_a_city_bids_with_documents_and_reads_them_again(client, meeting, almaty):
    add_host_call(meeting)
    sign_in(client, almaty)
    files = [SimpleUploadedFile(f"plan{n}.pdf", one_page_pdf()) for n in (1, 2)]

    assert client.post(BID, typed(documents=files)).url == BID

    bid = HostBid.objects.get()
    assert (bid.member, bid.submitted_on) == (almaty, dt.date(2026, 1, 10))
    assert [each.name for each in bid.documents.all()] == ["plan1.pdf", "plan2.pdf"]
    assert "A palace for 400" in text(client.get(BID))
    first = bid.documents.first()
    opened = client.get(f"/portal/meetings/hosting/documents/{first.pk}/")
    assert opened.content == one_page_pdf()
    assert "attachment" in opened.headers["Content-Disposition"]


def test_r16_a_bid_two_minutes_late_is_refused_in_words_and_keeps_what_was_typed(
    client, meeting, almaty
):
    add_host_call(meeting)
    with time_machine.travel(TOO_LATE, tick=False):
        sign_in(client, almaty)
        page = text(client.post(BID, typed()), 422)

    assert "Bids were taken until 14 Jan 2026, midnight in Seoul." in page
    assert not HostBid.objects.exists()


def test_a_bid_with_a_wrong_file_names_the_file(client, meeting, almaty):
    add_host_call(meeting)
    sign_in(client, almaty)
    files = [SimpleUploadedFile("plan.pdf", b"x"), SimpleUploadedFile("ok.pdf", one_page_pdf())]

    page = text(client.post(BID, typed(documents=files)), 422)

    assert "plan.pdf: The file is no PDF, JPEG or PNG." in page
    assert "A palace for 400" in page
    assert not HostBid.objects.exists()


def test_interest_then_bid_then_withdrawal(client, meeting, almaty):
    call = add_host_call(meeting)
    call.interest_by = None
    call.save()
    sign_in(client, almaty)

    client.post(BID, typed(step="interest"))
    assert "Interest expressed" in text(client.get(BID))
    client.post(BID, typed())
    client.post(BID, typed(step="withdraw"))

    bid = HostBid.objects.get()
    assert (bid.interest_on, bid.submitted_on, bid.withdrawn_on) == (dt.date(2026, 1, 10),) * 3
    assert "Hand in the bid" not in text(client.get(BID))


def test_only_cities_and_their_administrators_bid(client, meeting, almaty):
    add_host_call(meeting)
    sign_in(client, almaty, "delegate")
    assert "An administrator of your city hands in its bid." in text(client.get(BID))
    assert client.post(BID, typed()).status_code == 403

    sign_in(client, add_member("Danfoss", "DK", kind="company"))
    assert "institutions and companies do not" in text(client.get(BID))
    assert client.post(BID, typed()).status_code == 422
    assert not HostBid.objects.exists()


def test_r19_a_topic_is_suggested_and_shown(client, meeting, almaty):
    today = dt.date(2026, 1, 10)
    open_consultation(meeting, until=today, question_en="What about?", on=today, by=None)
    sign_in(client, almaty, "delegate")
    address = "/portal/meetings/ga-7/topics/"

    assert "few words" in text(client.post(address, {"title": " "}), 422)
    assert client.post(address, {"title": "Digital twins"}).url == address

    assert TopicSuggestion.objects.get().member == almaty
    assert "Digital twins" in text(client.get("/portal/meetings/ga-7/"))


def test_r27_support_is_asked_for_and_promises_nothing(client, meeting, almaty):
    speaker = add_speaker(add_session(meeting), almaty)
    sign_in(client, almaty)
    address = f"/portal/meetings/speakers/{speaker.pk}/support/"
    asked = {"travel_from": "Almaty", "arrives_on": "2026-09-15", "leaves_on": "2026-09-17"}

    assert "Asking promises nothing" in text(client.get(address))
    assert "Choose lodging, airfare or both." in text(client.post(address, asked), 422)
    assert client.post(address, {**asked, "wants_lodging": "on"}).url == address

    request = SupportRequest.objects.get()
    assert (request.wants_lodging, request.wants_airfare) == (True, False)
    assert [step.state for step in request.steps.all()] == ["requested"]


def test_a_private_calendar_is_opened_renewed_and_closed(client, meeting, almaty):
    user = sign_in(client, almaty, language="ko")
    client.post("/portal/meetings/calendar/", {"step": "open"})
    first = token_of(CalendarLink.objects.get())
    client.logout()

    feed = client.get(f"/calendar/{first}.ics")
    assert feed.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "SUMMARY:제7차 총회" in feed.content.decode()
    assert "no-store" in feed.headers["Cache-Control"]

    second = token_of(open_link(user, on=dt.date(2026, 1, 10), by=user))
    assert client.get(f"/calendar/{first}.ics").status_code == 404
    assert client.get(f"/calendar/{second}.ics").status_code == 200
    client.force_login(user)
    client.post("/portal/meetings/calendar/", {"step": "close"})
    assert client.get(f"/calendar/{second}.ics").status_code == 404


def test_the_public_calendar_and_call_need_no_account(client, meeting):
    add_host_call(meeting)

    assert b"DTSTART;VALUE=DATE:20260916" in client.get("/calendar/wego.ics").content
    assert "7th General Assembly" in text(client.get("/hosting/"))
    page = text(client.get("/hosting/host-ga-7/"))
    assert "14 Jan 2026" in page
    assert "Other local governments write to the secretariat" in page

    with time_machine.travel(dt.datetime(2025, 12, 1, tzinfo=dt.UTC), tick=False):
        assert "No call is open" in text(client.get("/hosting/"))
        assert client.get("/hosting/host-ga-7/").status_code == 404
