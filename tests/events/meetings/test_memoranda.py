import datetime as dt
import subprocess

import pytest
from django.core.exceptions import ValidationError

from events.confirming import confirm_resolution
from events.meetings.memoranda import approve_memorandum, publish_memorandum, write_memorandum
from events.meetings.stages import Plan, last_stage, plan_of, record_stage
from events.models import EventPaper, Memorandum
from events.papers import make_pdf, read_event_paper, render_event_papers
from tests.events.meetings.seongnam import (
    DAY,
    TODAY,
    add_associates,
    add_excom,
    add_seated,
    come,
    counted,
    in_bulk,
    item_of,
    resolve,
    unanimously,
)
from wego.models import AuditEntry

pytestmark = pytest.mark.django_db


def hold(meeting):
    record_stage(meeting, "held", plan=plan_of(last_stage(meeting)), reason="", on=TODAY, by=None)


def text_of(paper, folder):
    render_event_papers()
    file = folder / "memorandum.pdf"
    file.write_bytes(read_event_paper(paper))
    done = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True
    )
    return " ".join(done.stdout.split())


@pytest.fixture
def excom():
    """Held, with eighteen decided on."""
    meeting = add_excom(add_seated())
    come(meeting, 6)
    meeting.delegations.get(member__name_en="Seoul").delegates.create(
        role="head", name="Park Won-soon", position="Mayor"
    )
    members = add_associates()
    rulings = in_bulk(members, deferred=members[16:17], rejected=members[17:])
    confirm_resolution(resolve(meeting, "members", unanimously(rulings=rulings)), on=TODAY, by=None)
    resolve(meeting, "budget", counted(4, 1, 1, reference="item 8", note="Two trainings."))
    hold(meeting)
    return meeting


def test_p9_the_memorandum_says_who_was_there_and_what_was_resolved(excom, secretariat, tmp_path):
    memorandum = write_memorandum(excom, on=TODAY, by=secretariat)

    text = text_of(memorandum.paper, tmp_path)
    for words in (
        "Meeting Memorandum",
        "EXCOM 2019, Seongnam",
        "6 November 2019 – 7 November 2019",
        "Seoul Park Won-soon, Mayor voting city, on site",
        "4. New memberships and withdrawals to date",
        "Approved unanimously (item 4). Of the organisations named in the annexes: "
        "16 approved as full member, 1 deferred to the next EXCOM, 1 rejected.",
        "6 of 8 voters were present or represented; the quorum was 5.",
        "Approved by 4 votes for, 1 against, 1 abstentions (item 8).",
        "Two trainings.",
        "Annex 1: New members",
        "Annex 2: Withdrawals None.",
    ):
        assert words in text
    assert AuditEntry.objects.get(act="memorandum.written").by == secretariat


def test_the_annex_names_all_eighteen_with_their_first_dues_year(excom):
    facts = write_memorandum(excom, on=TODAY, by=None).paper.snapshot["facts"]

    joining = facts["joining"]
    assert [row["outcome"] for row in joining] == ["approve"] * 16 + ["reject", "defer"]
    assert {row["dues_from"] for row in joining[:16]} == {2020}
    assert [(row["name"], row["dues_from"]) for row in joining[16:]] == [
        ("Dushanbe", None),
        ("Bishkek", None),
    ]
    assert joining[16]["reason"] == "No smart city plan"


def test_a_resolution_without_a_quorum_says_that_nothing_takes_effect(tmp_path):
    meeting = add_excom(add_seated())
    come(meeting, 4)
    members = add_associates(2)
    resolve(meeting, "members", unanimously(rulings=in_bulk(members)))
    hold(meeting)

    memorandum = write_memorandum(meeting, on=TODAY, by=None)

    text = text_of(memorandum.paper, tmp_path)
    assert "the quorum of 5 was not reached, and nothing takes effect" in text
    assert "Annex 1: New members None." in text


def test_only_a_meeting_that_was_held_has_a_memorandum():
    meeting = add_excom(add_seated())

    with pytest.raises(ValidationError, match="was held"):
        write_memorandum(meeting, on=TODAY, by=None)

    assert not EventPaper.objects.exists()


def test_draft_then_approved_then_published(excom, secretariat):
    first = write_memorandum(excom, on=TODAY, by=None)
    second = write_memorandum(excom, on=TODAY, by=None)

    with pytest.raises(ValidationError, match="before it is published"):
        publish_memorandum(second, on=TODAY, by=None)
    with pytest.raises(ValidationError, match="newer draft"):
        approve_memorandum(first, on=TODAY, by=None)
    approve_memorandum(second, on=TODAY, by=secretariat)
    with pytest.raises(ValidationError, match="approved already"):
        approve_memorandum(second, on=TODAY, by=None)
    with pytest.raises(ValidationError, match="stands in the next one"):
        write_memorandum(excom, on=TODAY, by=None)
    publish_memorandum(second, on=TODAY + dt.timedelta(days=1), by=None)
    publish_memorandum(second, on=TODAY + dt.timedelta(days=9), by=None)

    row = Memorandum.objects.get(pk=second.pk)
    assert (row.approved_on, row.approved_by) == (TODAY, secretariat)
    assert row.published_on == TODAY + dt.timedelta(days=1)


def test_the_same_snapshot_prints_the_same_bytes(excom):
    paper = write_memorandum(excom, on=TODAY, by=None).paper

    assert make_pdf(paper) == make_pdf(paper)


def test_r21_a_meeting_that_moved_prints_where_it_was_held(excom):
    meeting = add_excom()
    record_stage(
        meeting,
        "moved",
        plan=Plan(DAY, place="Online", mode="online"),
        reason="Storm",
        on=TODAY,
        by=None,
    )
    hold(meeting)

    facts = write_memorandum(meeting, on=TODAY, by=None).paper.snapshot["facts"]

    assert (facts["place"], facts["mode"]) == ("Online", "Online")
    assert item_of(meeting, "report").title_en in [item["title"] for item in facts["items"]]
