import datetime as dt
import io

import pikepdf
import pytest
from django.core.exceptions import ValidationError

from events.delegating.papers import write_badge, write_credentials_form, write_visa_letter
from events.models import EventPaper
from events.paper_page import page_of
from events.papers import read_event_paper, render_event_papers
from tests.events.builders import (
    ASSEMBLY_DAY,
    add_delegate,
    add_delegation,
    add_meeting,
    add_session,
    add_speaker,
)
from tests.pdf_text import text_of
from tests.register import add_member
from wego.models import AuditEntry

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 8, 1)


@pytest.fixture
def goyang():
    return add_member("Goyang", name_ko="고양")


@pytest.fixture
def meeting():
    return add_meeting(host=add_member("Almaty", "KZ"), place="Palace of Independence")


@pytest.fixture
def head(meeting, goyang):
    return add_delegate(add_delegation(meeting, goyang), position="Mayor")


def test_the_badge_says_who_may_vote_and_who_speaks(head, meeting, goyang, secretariat):
    add_speaker(add_session(meeting), goyang, "lee dong-hwan")

    paper = write_badge(head, on=DAY, by=secretariat)

    page = page_of(paper.snapshot)
    assert [str(page[key]) for key in ("name", "represents", "role", "vote", "speaker")] == [
        "Lee Dong-hwan",
        "Goyang",
        "Head of delegation",
        "Vote",
        "Speaker",
    ]
    assert (page["role_kind"], page["days"]) == ("voter", "16 September 2026")
    assert (paper.member, paper.delegate, paper.language) == (goyang, head, "en")
    entry = AuditEntry.objects.get(act="delegate.paper")
    assert (entry.by, entry.facts) == (secretariat, {"kind": "badge"})


@pytest.mark.parametrize(("kind", "role"), [("voting", "observer"), ("observer", "head")])
def test_an_observer_wears_no_vote(meeting, kind, role):
    delegate = add_delegate(add_delegation(meeting, add_member("Jeju"), kind=kind), role=role)

    page = page_of(write_badge(delegate, on=DAY, by=None).snapshot)

    assert (page["vote"], page["role_kind"], page["speaker"]) == ("", "observer", "")


def test_the_badge_of_a_guest_prints_on_one_a6_page(meeting):
    guests = add_delegation(
        meeting, kind="observer", organisation="City of Astana", country_code="KZ"
    )
    paper = write_badge(add_delegate(guests, "Aigerim Nurlan", "observer"), on=DAY, by=None)

    assert render_event_papers().parked == {}

    content = read_event_paper(paper)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        sides = [round(float(side) / 72 * 25.4) for side in pdf.pages[0].mediabox]
        assert sides == [0, 0, 105, 148]
        assert len(pdf.pages) == 1
    text = text_of(content)
    assert "Aigerim Nurlan" in text
    assert "City of Astana" in text
    assert "Kazakhstan" in text


def test_a_badge_is_written_again_only_when_something_on_it_changed(head):
    first = write_badge(head, on=DAY, by=None)
    assert write_badge(head, on=dt.date(2026, 8, 2), by=None) == first

    head.position = "Acting mayor"
    head.save()
    second = write_badge(head, on=DAY, by=None)

    assert second != first
    assert EventPaper.objects.count() == 2


def test_the_visa_letter_names_person_days_and_place_and_promises_no_money(head):
    paper = write_visa_letter(head, nationality="KR", on=DAY, by=None)

    assert render_event_papers().parked == {}
    text = " ".join(text_of(read_event_paper(paper)).split())

    assert "invites Lee Dong-hwan, Mayor of Goyang, to take part in the 7th General" in text
    assert "16 September 2026, in Palace of Independence, Kazakhstan" in text
    assert "promises no payment of travel or lodging" in text
    assert "Secretary General" in text
    assert "assport" not in text


def test_no_visa_letter_for_whoever_stays_at_home(head, goyang):
    online = add_delegate(
        add_delegation(add_meeting("ga-8", mode="online"), goyang), takes_part="online"
    )
    undated = add_delegate(add_delegation(add_meeting("ga-9", on=None), goyang))
    left = add_delegate(head.delegation, "Kim", "deputy", left_on=DAY)

    for delegate, code in ((online, "online"), (undated, "no_day"), (left, "no_day")):
        with pytest.raises(ValidationError) as caught:
            write_visa_letter(delegate, nationality="KR", on=DAY, by=None)
        assert caught.value.code == code
    with pytest.raises(ValidationError, match="country of the passport"):
        write_visa_letter(head, nationality="XX", on=DAY, by=None)
    with pytest.raises(ValidationError, match="no longer named"):
        write_badge(left, on=DAY, by=None)
    assert not EventPaper.objects.exists()


def test_the_credentials_name_the_whole_delegation_in_the_citys_language(head):
    add_delegate(head.delegation, "Kim Seo-yeon", "deputy")
    add_delegate(head.delegation, "Gone", "observer", left_on=DAY)

    paper = write_credentials_form(head.delegation, on=DAY, by=None)

    assert paper.language == "ko"
    assert [each["name"] for each in paper.snapshot["facts"]["delegates"]] == [
        "Lee Dong-hwan",
        "Kim Seo-yeon",
    ]
    assert render_event_papers().parked == {}
    text = text_of(read_event_paper(paper))
    assert "신임장" in text
    assert "부단장" in text
    assert "2026년 9월 16일" in text


def test_no_credentials_before_anybody_is_named(meeting, goyang):
    with pytest.raises(ValidationError, match="Name the delegation first"):
        write_credentials_form(add_delegation(meeting, goyang), on=DAY, by=None)
    guests = add_delegation(meeting, kind="observer", organisation="Astana")
    add_delegate(guests)
    with pytest.raises(ValidationError, match="Name the delegation first"):
        write_credentials_form(guests, on=DAY, by=None)


def test_papers_for_a_meeting_that_is_over_are_refused(goyang):
    held = add_delegate(add_delegation(add_meeting(state="held", on=ASSEMBLY_DAY), goyang))

    with pytest.raises(ValidationError, match="over or cancelled"):
        write_badge(held, on=DAY, by=None)
