"""Papers around meetings: memoranda, credentials, invitations; written once, printed once.

Writing a paper is a row in the caller's transaction, with every printed fact in it; the press of
the frame prints it and hands it to the mails that wait. What each kind prints is said in
`events.paper_page.kinds`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from events import paper_page
from events.models import (
    Delegate,
    EventPaper,
    EventPaperDocument,
    EventPaperKind,
    Meeting,
    ParkedEventPaper,
)
from members.letter_facts import describe_organisation, find_attention, read_letterhead
from members.models import Member, User
from wego import pdf, press
from wego.condition.lines import Waiting
from wego.papers import find_reference
from wego.press import Press, PressReport

# What it is, in a paper's reference.
SIGN_OF: dict[str, str] = {
    EventPaperKind.MEMORANDUM: "MM",
    EventPaperKind.CREDENTIALS: "LC",
    EventPaperKind.VISA: "VI",
    EventPaperKind.BADGE: "B",
    EventPaperKind.CERTIFICATE: "CO",
    EventPaperKind.TRAINING: "CT",
}


@transaction.atomic
def write_event_paper(
    kind: str,
    *,
    meeting: Meeting | None = None,
    member: Member | None = None,
    delegate: Delegate | None = None,
    language: str,
    snapshot: Mapping[str, Any],
    on: dt.date,
    by: User | None,
) -> EventPaper:
    """A paper with everything it prints; the worker makes its PDF.

    `snapshot` is what only this kind prints, as JSON; letterhead and addressee are added as they
    stand today. A paper without a member prints no addressee.
    """
    reference = find_reference(EventPaper.objects, SIGN_OF[kind], on)
    return EventPaper.objects.create(
        kind=kind,
        reference=reference,
        language=language,
        issued_on=on,
        meeting=meeting,
        member=member,
        delegate=delegate,
        snapshot={
            "reference": reference,
            "layout": paper_page.LAYOUT,
            "language": language,
            "kind": kind,
            "issued_on": on.isoformat(),
            "letterhead": read_letterhead(),
            "to": describe_addressee(member) if member else {},
            "facts": dict(snapshot),
        },
        created_by=by,
    )


def describe_addressee(member: Member) -> dict[str, Any]:
    """A member as it stands today, to write to."""
    return {
        **describe_organisation(member),
        "name_local": "",
        "attention": find_attention(member),
    }


def make_pdf(paper: EventPaper) -> bytes:
    """The PDF of a paper's snapshot: same snapshot, same bytes. Raises wego.pdf.RenderError."""
    return pdf.render_pdf(
        paper_page.paper_html(paper.snapshot),
        css=paper_page.stylesheet(paper.kind),
        identifier=paper.reference,
        assets=paper_page.assets(),
        limits=paper_page.limits(paper.snapshot),
        most_pages=paper_page.MOST_PAGES,
    )


PRESS = Press(
    papers=EventPaper.objects,
    documents=EventPaperDocument.objects,
    parked=ParkedEventPaper.objects,
    link="paper",
    render=make_pdf,
    layout=lambda _paper: paper_page.LAYOUT,
    folder="event-papers",
    mail_key="event-paper:",
    bundle=lambda paper: [paper],
)


def render_event_papers(*, limit: int | None = None) -> PressReport:
    """Make the PDFs of papers that are missing, at most `limit` of them."""
    return press.print_waiting(PRESS, limit=limit)


def tell_waiting() -> list[Waiting]:
    """What events answers the frame that asks which documents wait."""
    return [Waiting("event papers", _("Papers of meetings"), *press.count_waiting(PRESS), "")]


def read_event_paper(paper: EventPaper) -> bytes:
    """The stored PDF of a paper, if it still is what was stored; nothing is rendered again.

    Raises:
        ValidationError: there is none yet (`document_missing`), or the file is gone or was altered
            (`document_damaged`).
    """
    return press.read_paper(PRESS, paper)
