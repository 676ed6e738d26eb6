import datetime as dt

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from events.hosting.scores import add_scorer, score_table
from events.hosts import host_in_force
from events.models import AgendaItem, HostBid, HostCall, HostDecision
from tests.dues.builders import one_page_pdf
from tests.events.builders import add_bid, add_host_call, add_meeting
from tests.register import add_member

pytestmark = pytest.mark.django_db
CALLS = "/admin/events/hostcall/"
BEFORE = dt.datetime(2025, 12, 10, 3, tzinfo=dt.UTC)
AFTER = dt.datetime(2026, 1, 20, 3, tzinfo=dt.UTC)


@pytest.fixture
def meeting():
    return add_meeting()


@pytest.fixture
def staff(client, secretariat):
    """A browser in which the secretariat signed in just now, on a day of the test's choice."""

    def at(moment):
        client.force_login(secretariat)
        session = client.session
        session["account_authentication_methods"] = [
            {"method": "password", "at": moment.timestamp()}
        ]
        session["session_began"] = moment.timestamp()
        session.save()
        return client

    return at


def text(response, status=200):
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def terms(meeting, **fields):
    return {
        "meeting": meeting.pk,
        "published_on": "2025-12-10",
        "interest_by": "2025-12-22",
        "deadline_on": "2026-01-14",
        "announced_on": "2026-01-30",
        "terms_en": "A hall for 300",
        "criteria": "Venue | 회의장 | 3\nProgramme",
        **fields,
    }


def test_p12_a_call_is_published_and_stands_for_everybody(staff, meeting):
    with time_machine.travel(BEFORE, tick=False):
        client = staff(BEFORE)
        assert client.post(f"{CALLS}add/", terms(meeting)).url == CALLS

        call = HostCall.objects.get()
        criteria = list(call.criteria.values_list("name_en", "name_ko", "weight"))
        assert criteria == [("Venue", "회의장", 3), ("Programme", "", 1)]
        assert "14 Jan 2026" in text(client.get(CALLS))
        assert "No bid has come yet" in text(client.get(f"{CALLS}{call.pk}/change/"))
        client.logout()
        assert "A hall for 300" in text(client.get(f"/hosting/{call.code}/"))


def test_a_refused_call_says_at_the_field_what_to_do_and_keeps_what_was_typed(staff, meeting):
    with time_machine.travel(BEFORE, tick=False):
        client = staff(BEFORE)
        wrong = terms(meeting, interest_by="2026-02-01", criteria="Venue | x | y | 3")
        page = text(client.post(f"{CALLS}add/", wrong), 422)
        assert "“Venue | x | y | 3” cannot be read" in page
        wrong = terms(meeting, interest_by="2026-02-01")
        page = text(client.post(f"{CALLS}add/", wrong), 422)
        assert "Interest is expressed between the call and the deadline." in page
        assert "A hall for 300" in page

    assert not HostCall.objects.exists()


def test_p12_a_bid_of_a_city_that_is_no_member_is_recorded_by_the_day_it_came(staff, meeting):
    call = add_host_call(meeting)
    typed = {
        "name_en": "Astana",
        "country_code": "KZ",
        "contact_name": "Aigerim",
        "contact_email": "host@astana.example",
        "received_on": "2026-01-15",
        "proposal": "A palace",
        "documents": SimpleUploadedFile("plan.pdf", one_page_pdf()),
    }
    with time_machine.travel(AFTER, tick=False):
        client = staff(AFTER)
        assert "This one came on 15 Jan 2026" in text(
            client.post(f"{CALLS}{call.pk}/bid/", typed), 422
        )
        assert "still to come" in text(
            client.post(f"{CALLS}{call.pk}/bid/", typed | {"received_on": "2026-01-21"}), 422
        )
        typed["documents"] = SimpleUploadedFile("plan.pdf", one_page_pdf())
        client.post(f"{CALLS}{call.pk}/bid/", typed | {"received_on": "2026-01-14"})

        bid = HostBid.objects.get()
        assert (bid.city, bid.submitted_on) == ("Astana", dt.date(2026, 1, 14))
        page = text(client.get(f"{CALLS}{call.pk}/change/"))
        assert "Astana" in page
        assert "no member" in page
        document = bid.documents.get()
        assert client.get(f"{CALLS}documents/{document.pk}/").content == one_page_pdf()


def test_scores_are_typed_into_a_sheet_and_drawn_on_the_board(staff, meeting):
    call = add_host_call(meeting)
    venue = call.criteria.create(position=1, name_en="Venue", weight=1)
    almaty, shymkent = (add_bid(call, add_member(name, "KZ")) for name in ("Almaty", "Shymkent"))
    with time_machine.travel(AFTER, tick=False):
        client = staff(AFTER)
        client.post(f"{CALLS}{call.pk}/scorer/", {"full_name": "Kim"})
        own = add_scorer(call, "Aigerim", member=almaty.member, by=None)
        kim = call.scorers.get(full_name="Kim")
        sheet = f"{CALLS}scorers/{kim.pk}/"

        refused = client.post(sheet, {f"points-{almaty.pk}-{venue.pk}": "11"})
        assert "less than or equal to 10" in text(refused, 422)
        client.post(
            sheet,
            {f"points-{almaty.pk}-{venue.pk}": "7", f"points-{shymkent.pk}-{venue.pk}": "9"},
        )

        assert [line.shown for line in score_table(call)] == ["90.0", "70.0"]
        page = text(client.get(f"{CALLS}{call.pk}/change/"))
        assert "1. Shymkent" in page
        assert f'name="points-{almaty.pk}-{venue.pk}"' not in text(
            client.get(f"{CALLS}scorers/{own.pk}/")
        )


def test_c16_a_host_is_selected_then_confirmed_then_let_go(staff, meeting):
    bid = add_bid(add_host_call(meeting), add_member("Almaty", "KZ"))
    page = f"{CALLS}{bid.call.pk}/"
    typed = {"bid": bid.pk, "body": "excom", "decided_on": "2026-01-20", "reference": "EXCOM 2026"}
    with time_machine.travel(AFTER, tick=False):
        client = staff(AFTER)
        client.post(f"{page}decide/", typed)
        assert "Almaty · Selected" in text(client.get(f"{page}change/"))
        assert "is host already" in text(client.post(f"{page}decide/", typed), 422)
        client.post(f"{page}decide/", typed | {"body": "assembly"})
        assert host_in_force(meeting).step == "confirmed"
        assert "Say why the host is let go." in text(client.post(f"{page}release/", typed), 422)
        client.post(f"{page}release/", typed | {"reason": "The city withdrew"})

    steps = list(HostDecision.objects.order_by("pk").values_list("step", flat=True))
    assert steps == ["selected", "confirmed", "released"]


def test_whoever_signed_in_long_ago_is_asked_again_before_a_host_is_decided(staff, meeting):
    bid = add_bid(add_host_call(meeting), add_member("Almaty", "KZ"))
    typed = {"bid": bid.pk, "body": "excom", "decided_on": "2026-01-20", "reference": "EXCOM"}
    with time_machine.travel(AFTER, tick=False):
        client = staff(AFTER - dt.timedelta(minutes=50))
        answer = client.post(f"{CALLS}{bid.call.pk}/decide/", typed)

    assert answer.url.startswith("/account/confirm/")
    assert not HostDecision.objects.exists()


def test_a_call_is_extended_and_withdrawn(staff, meeting):
    call = add_host_call(meeting)
    page = f"{CALLS}{call.pk}/"
    with time_machine.travel(BEFORE, tick=False):
        client = staff(BEFORE)
        assert "never shortened" in text(
            client.post(f"{page}extend/", {"deadline_on": "2026-01-01"}), 422
        )
        client.post(f"{page}extend/", {"deadline_on": "2026-02-14"})
        assert "Say why." in text(client.post(f"{page}withdraw/", {}), 422)
        client.post(f"{page}withdraw/", {"why": "Another year"})
        assert "Another year" in text(client.get(f"{page}change/"))

    call.refresh_from_db()
    assert (call.deadline_on, call.withdrawn_why) == (dt.date(2026, 2, 14), "Another year")


def test_a_bid_is_withdrawn_for_a_city_that_wrote_so(staff, meeting):
    bid = add_bid(add_host_call(meeting), add_member("Almaty", "KZ"))
    with time_machine.travel(AFTER, tick=False):
        client = staff(AFTER)
        client.post(f"{CALLS}bids/{bid.pk}/withdraw/")
        assert "is withdrawn" in text(client.get(f"{CALLS}{bid.call.pk}/change/"))

    bid.refresh_from_db()
    assert bid.withdrawn_on == dt.date(2026, 1, 20)


def test_finance_does_not_see_bids(client, finance, meeting):
    add_host_call(meeting)
    client.force_login(finance)

    assert client.get(CALLS).status_code == 403


def test_c16_an_item_says_whose_host_it_is_about(staff, meeting):
    bid = add_bid(add_host_call(meeting), add_member("Almaty", "KZ"))
    excom = add_meeting("excom-2026", "excom", on=dt.date(2026, 1, 28))
    item = AgendaItem.objects.create(meeting=excom, position=1, kind="hosts", title_en="Hosts")
    page = f"/admin/events/around/items/{item.pk}/host/"
    with time_machine.travel(AFTER, tick=False):
        client = staff(AFTER)
        board = f"/admin/events/meeting/{excom.pk}/change/"
        assert "not said yet: a decision would have no effect" in text(client.get(board))
        other = add_meeting("ga-8")
        refused = text(client.post(page, {"meeting": other.pk, "bid": bid.pk}), 422)
        assert "This bid is for another meeting." in refused
        assert client.post(page, {"meeting": meeting.pk, "bid": bid.pk}).url == board
        assert "7th General Assembly: Almaty" in text(client.get(board))

    assert (item.host_proposal.meeting, item.host_proposal.bid) == (meeting, bid)
