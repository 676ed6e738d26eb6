import datetime as dt

import pytest
import time_machine

from events.models import (
    Consultation,
    Delegate,
    EventPaper,
    Session,
    Speaker,
    SupportReceipt,
    TopicSuggestion,
)
from events.papers import render_event_papers
from events.programme.support import Travel, request_support, state_of
from members.models import Contact
from tests.dues.builders import issued_invoice
from tests.events.admin.test_hosting_pages import staff, text
from tests.events.builders import (
    ASSEMBLY_DAY,
    add_delegate,
    add_delegation,
    add_meeting,
    add_session,
    add_speaker,
)
from tests.register import add_member
from wego.models import Mail

__all__ = ["staff"]
pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 8, 1, 3, tzinfo=dt.UTC)
TODAY = dt.date(2026, 8, 1)


@pytest.fixture(autouse=True)
def _in_august():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def kim(staff):
    return staff(NOW)


@pytest.fixture
def meeting():
    return add_meeting(state="called")


@pytest.fixture
def goyang():
    return add_member("Goyang", name_ko="고양")


def around(meeting, page):
    return f"/admin/events/around/{meeting.pk}/{page}/"


def test_guests_are_named_corrected_and_taken_off_by_staff(kim, meeting):
    guests = add_delegation(meeting, kind="observer", organisation="ADB")
    typed = {"name": "Ana Cruz", "role": "observer", "takes_part": "on_site"}

    kim.post(f"/admin/events/around/delegations/{guests.pk}/add/", typed)
    ana = Delegate.objects.get()
    assert "ADB" in text(kim.get(around(meeting, "delegates")))
    page = f"/admin/events/around/delegates/{ana.pk}/"
    assert "Enter the name" in text(kim.post(page, typed | {"name": " "}), 422)
    kim.post(page, typed | {"position": "Director"})
    kim.post(f"{page}remove/")

    ana.refresh_from_db()
    assert (ana.position, ana.left_on) == ("Director", TODAY)


def test_all_badges_are_made_at_once_for_who_comes_on_site(kim, meeting, goyang):
    delegation = add_delegation(meeting, goyang)
    here = add_delegate(delegation)
    add_delegate(delegation, "Online", "observer", takes_part="online")
    add_delegate(delegation, "Gone", "deputy", left_on=TODAY)

    kim.post(around(meeting, "badges"))
    kim.post(f"/admin/events/around/delegates/{here.pk}/badge/")

    paper = EventPaper.objects.get()
    assert paper.delegate == here
    address = f"/admin/events/around/papers/{paper.pk}/"
    assert kim.get(address).status_code == 404
    render_event_papers()
    assert kim.get(address).content.startswith(b"%PDF")


def test_staff_make_a_visa_letter(kim, meeting, goyang):
    delegate = add_delegate(add_delegation(meeting, goyang))

    kim.post(f"/admin/events/around/delegates/{delegate.pk}/visa/", {"nationality": "KR"})

    assert EventPaper.objects.get().kind == "visa"


def test_the_call_is_sent_once(kim, meeting, goyang):
    add_delegation(meeting, goyang)
    Contact.objects.create(member=goyang, role="head", full_name="Lee", email="m@goyang.example")

    kim.post(around(meeting, "announce"), {"step": "call"})
    assert "1 member is written to." in text(kim.get(around(meeting, "delegates")))
    kim.post(around(meeting, "announce"), {"step": "call"})
    assert "nobody to write to" in text(kim.get(around(meeting, "delegates")))
    assert kim.post(around(meeting, "announce"), {"step": "x"}).status_code == 404

    assert Mail.objects.get().kind == "meeting_called"


def test_r19_members_are_asked_and_answered_and_sessions_planned(kim, meeting, goyang):
    asked = {"until": "2026-08-20", "question_en": "What about?"}
    assert "Members are not asked yet" in text(kim.get(around(meeting, "programme")))
    kim.post(around(meeting, "consult"), asked)
    topic = TopicSuggestion.objects.create(
        meeting=meeting, member=goyang, title="Digital twins", suggested_on=TODAY
    )
    answer = f"/admin/events/around/topics/{topic.pk}/"
    assert "Say why" in text(kim.post(answer, {"answer": "left"}), 422)
    kim.post(answer, {"answer": "taken"})

    session = {"title_en": "Twins", "day": "2026-09-16", "begins_at": "14:00", "ends_at": "15:00"}
    page = around(meeting, "sessions/add")
    refused = text(kim.post(page, session | {"day": "2026-09-17"}), 422)
    assert "The meeting is from 2026-09-16 to 2026-09-16." in refused
    kim.post(page, session)
    planned = Session.objects.get()
    kim.post(f"/admin/events/around/sessions/{planned.pk}/", session | {"room": "Hall B"})
    speaker = {"name": "Lee", "role": "panellist", "member": goyang.pk}
    page = f"/admin/events/around/sessions/{planned.pk}/speaker/"
    assert "Choose a member" in text(kim.post(page, speaker | {"member": ""}), 422)
    kim.post(page, speaker)

    assert Consultation.objects.get().until == dt.date(2026, 8, 20)
    shown = text(kim.get(around(meeting, "programme")))
    for words in ("Taken up", "Hall B", "14:00–15:00", "Lee", "Goyang"):
        assert words in shown
    kim.post(f"/admin/events/around/speakers/{Speaker.objects.get().pk}/off/")
    assert "Nobody speaks yet." in text(kim.get(around(meeting, "programme")))


def test_r27_staff_consult_grant_and_settle_with_a_warning_of_arrears(kim, meeting, goyang):
    issued_invoice(goyang)
    speaker = add_speaker(add_session(meeting), goyang)
    travel = Travel("Seoul", ASSEMBLY_DAY, ASSEMBLY_DAY, wants_airfare=True)
    asked = request_support(speaker, travel, on=TODAY, by=None)
    page = f"/admin/events/supportrequest/{asked.pk}/"

    assert "Requested" in text(kim.get("/admin/events/supportrequest/"))
    assert "Goyang is in arrears with USD" in text(kim.get(f"{page}change/"))
    assert "cannot follow" in text(kim.post(f"{page}grant/", {"airfare_cents": "900"}), 422)
    kim.post(f"{page}consult/", {})
    form = text(kim.get(f"{page}grant/"))
    assert "Airfare at most (USD)" in form
    assert "Lodging at most (USD)" not in form
    assert "two ways" in text(kim.post(f"{page}grant/", {"airfare_cents": "9.000,00"}), 422)
    kim.post(f"{page}grant/", {"airfare_cents": "900"})
    receipt = {"of": "airfare", "amount_cents": "900.01", "described": "Ticket"}
    assert "USD 900.00 is left" in text(kim.post(f"{page}receipt/", receipt), 422)
    kim.post(f"{page}receipt/", receipt | {"amount_cents": "850"})
    kim.post(f"{page}settle/", {})

    assert state_of(asked) == "settled"
    assert SupportReceipt.objects.get().amount_cents == 85_000
    assert "USD 850.00" in text(kim.get(f"{page}change/"))


def test_r27_a_no_is_read_by_the_member(kim, meeting, goyang):
    speaker = add_speaker(add_session(meeting), goyang)
    travel = Travel("Seoul", ASSEMBLY_DAY, ASSEMBLY_DAY, wants_airfare=True)
    asked = request_support(speaker, travel, on=TODAY, by=None)
    page = f"/admin/events/supportrequest/{asked.pk}/"

    board = f"/admin/events/meeting/{meeting.pk}/change/"
    assert "1 request waits" in text(kim.get(board))
    assert "Say why" in text(kim.post(f"{page}decline/", {}), 422)
    kim.post(f"{page}decline/", {"note": "The budget is spent"})

    assert "The budget is spent" in text(kim.get(f"{page}change/"))
    assert "request waits" not in text(kim.get(board))
