"""Papers of dues: receipts, credit notes, statements, reminders, papers for the bodies.

Writing a paper is a row in the caller's transaction, with every printed fact in it; the press of
the frame prints it and hands it to the mails that wait. What each kind prints is said in
`dues.paper_page.kinds`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from dues import paper_page
from dues.models import OF_THE_HOUSE, Paper, PaperDocument, PaperKind, ParkedPaper
from dues.paper_page.kinds import BODIES
from members.letter_facts import describe_organisation, find_attention, read_letterhead
from members.models import Member, User
from wego import pdf, press
from wego.papers import find_reference
from wego.press import Press, PressReport

# What it is, in a paper's reference.
SIGN_OF: dict[str, str] = {
    PaperKind.RECEIPT: "RC",
    PaperKind.CREDIT_NOTE: "CN",
    PaperKind.STATEMENT: "SA",
    PaperKind.REMINDER: "RM",
    PaperKind.ARREARS_PAPER: "AP",
    PaperKind.USE_OF_FEES_PAPER: "UF",
}
# Whose name a paper on money begins with, the first that is known.
ADDRESSEES = ("finance", "liaison", "head")


@transaction.atomic
def write_paper(
    kind: str,
    *,
    member: Member | None,
    language: str,
    snapshot: Mapping[str, Any],
    on: dt.date,
    by: User | None,
    goes_with: Paper | None = None,
) -> Paper:
    """A paper with everything it prints; the worker makes its PDF.

    `snapshot` is what only this kind prints, as JSON; letterhead and addressee are added as they
    stand today. A paper that `goes_with` another is enclosed in its mails: write both in one
    transaction. Papers for a meeting have no member.

    Raises:
        ValidationError: it is to nobody, to a member though it is for the house, or would be
            enclosed in somebody else's mail.
    """
    if kind not in BODIES:
        raise ValueError(f"Nobody says what a paper of the kind {kind!r} prints.")
    check_addressee(kind, member, goes_with)
    reference = find_reference(Paper.objects, SIGN_OF[kind], on)
    return Paper.objects.create(
        kind=kind,
        reference=reference,
        language=language,
        issued_on=on,
        member=member,
        goes_with=goes_with,
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


def check_addressee(kind: str, member: Member | None, goes_with: Paper | None) -> None:
    """A paper is to one member or for the house, and goes with a paper to the same.

    Raises:
        ValidationError: it would be otherwise.
    """
    if member is None and kind not in OF_THE_HOUSE:
        raise ValidationError(_("This paper is written to a member: choose one."), code="nobody")
    if member is not None and kind in OF_THE_HOUSE:
        raise ValidationError(_("This paper is for a meeting, not for a member."), code="house")
    if goes_with and (goes_with.member != member or goes_with.goes_with_id):
        raise ValidationError(
            _("%(paper)s is to somebody else or enclosed itself: it encloses nothing.")
            % {"paper": goes_with.reference},
            code="enclosed",
        )


def describe_addressee(member: Member) -> dict[str, Any]:
    """A member as it stands, and who there pays its dues."""
    return {
        **describe_organisation(member),
        "name_local": "",
        "attention": find_attention(member, ADDRESSEES),
    }


def make_pdf(paper: Paper) -> bytes:
    """The PDF of a paper's snapshot: same snapshot, same bytes. Raises wego.pdf.RenderError."""
    return pdf.render_pdf(
        paper_page.paper_html(paper.snapshot),
        css=paper_page.stylesheet(),
        identifier=paper.reference,
        assets=paper_page.assets(),
        limits=paper_page.limits(paper.snapshot),
        most_pages=paper_page.MOST_PAGES,
    )


def choose_bundle(paper: Paper) -> list[Paper]:
    """What goes in one mail: a paper and those enclosed with it."""
    first = paper.goes_with_id or paper.pk
    return list(Paper.objects.filter(Q(pk=first) | Q(goes_with=first)).order_by("pk"))


PRESS = Press(
    papers=Paper.objects,
    documents=PaperDocument.objects,
    parked=ParkedPaper.objects,
    link="paper",
    render=make_pdf,
    layout=lambda _paper: paper_page.LAYOUT,
    folder="papers",
    mail_key="paper:",
    bundle=choose_bundle,
)


def waits_for(paper: Paper) -> str:
    """What a mail says that waits for a paper and what is enclosed with it."""
    return PRESS.waits_for(paper)


def waiting_papers() -> QuerySet[Paper]:
    """Papers without a document that nobody parked, the oldest first."""
    return PRESS.waiting()


def render_papers(*, limit: int | None = None) -> PressReport:
    """Make the PDFs of papers that are missing, at most `limit` of them."""
    return press.print_waiting(PRESS, limit=limit)


def retry_papers(*, by: User | None) -> int:
    """Give parked papers another chance; returns how many. The next sweep takes them up."""
    return press.retry_parked(PRESS, by=by)


def read_paper(paper: Paper) -> bytes:
    """The stored PDF of a paper, if it still is what was stored; nothing is rendered again.

    Raises:
        ValidationError: there is none yet (`document_missing`), or the file is gone or was altered
            (`document_damaged`).
    """
    return press.read_paper(PRESS, paper)
