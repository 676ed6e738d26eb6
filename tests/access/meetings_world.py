"""Meetings for the world of the isolation matrix: each member's own things at one meeting."""

import datetime as dt

from events.meetings.agenda import lay_out_agenda
from events.meetings.attending import note_arrival
from events.meetings.inviting import invite
from events.meetings.item_papers import put_paper
from events.meetings.memoranda import write_memorandum
from events.meetings.resolving import Motion, Vote, resolve_item
from events.meetings.stages import Plan, last_stage, plan_meeting, plan_of, record_stage
from events.models import Manner, Proxy
from events.papers import render_event_papers
from tests.dues.builders import one_page_pdf
from tests.register import add_member
from wego import storage
from wego.uploads import Upload

DAY = dt.date(2026, 10, 14)
LATER = dt.date(2026, 10, 20)
MOMENT = dt.datetime(2026, 10, 14, 1, tzinfo=dt.UTC)


def meeting_of(member, number):
    """A meeting that was held with everything that can hang on it, by word."""
    pdf = one_page_pdf()
    meeting = plan_meeting(
        body="excom",
        name_en=f"EXCOM {number}",
        plan=Plan(DAY, host=member),
        on=dt.date(2026, 1, 1),
        by=None,
    )
    guest = add_member(f"Guest {number}", "KR")
    own, other = invite(meeting, members=[member, guest], kind="voting", on=DAY, by=None)
    lay_out_agenda(meeting, by=None)
    item = meeting.items.get(kind="budget")
    paper = put_paper(
        item,
        title="Budget",
        file=Upload("budget.pdf", pdf, "application/pdf", ".pdf"),
        on=DAY,
        by=None,
    )
    for delegation in (own, other):
        note_arrival(delegation, at=MOMENT, by=None)
    stored = storage.store_file(f"proxies/{meeting.code}/proxy.pdf", pdf)
    proxy = Proxy.objects.create(
        meeting=meeting,
        giver=own,
        holder=other,
        paper="letter",
        given_on=DAY,
        file_name="proxy.pdf",
        file_path=stored.path,
        file_sha256=stored.sha256,
    )
    motion = Motion("note", Vote(Manner.NO_VOTE), DAY, "item 8")
    resolution = resolve_item(item, motion, on=LATER, by=None)
    record_stage(meeting, "held", plan=plan_of(last_stage(meeting)), reason="", on=LATER, by=None)
    memorandum = write_memorandum(meeting, on=LATER, by=None)
    render_event_papers()
    return {
        "meeting": meeting,
        "delegation": own,
        "agendaitem": item,
        "itempaper": paper,
        "proxy": proxy,
        "resolution": resolution,
        "meeting_memorandum": memorandum,
    }
