"""Papers of the awards: the invitation to the ceremony and the certificate, written once."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from events.award_page import page as award_page
from events.awards.moving import is_public
from events.models import (
    AwardDocument,
    AwardPaper,
    AwardPaperKind,
    AwardWinner,
    EntrantKind,
    ParkedAwardPaper,
)
from members.letter_facts import read_letterhead
from members.models import User, country_name
from wego import pdf, press
from wego.papers import find_reference
from wego.press import Press, PressReport

SIGN_OF: dict[str, str] = {AwardPaperKind.INVITATION: "AI", AwardPaperKind.CERTIFICATE: "AC"}


@transaction.atomic
def write_award_paper(
    winner: AwardWinner, kind: str, *, on: dt.date, by: User | None
) -> AwardPaper:
    """A paper with everything it prints; the worker makes its PDF. Asked again, the same one."""
    if found := winner.papers.filter(kind=kind).first():
        return found
    reference = find_reference(AwardPaper.objects, SIGN_OF[kind], on)
    language = winner.entry.language
    return AwardPaper.objects.create(
        kind=kind,
        winner=winner,
        reference=reference,
        language=language,
        issued_on=on,
        snapshot={
            "reference": reference,
            "layout": award_page.LAYOUT,
            "language": language,
            "kind": kind,
            "issued_on": on.isoformat(),
            "letterhead": read_letterhead(),
            "to": describe_winner(winner),
            "facts": gather_facts(winner),
        },
        created_by=by,
    )


def describe_winner(winner: AwardWinner) -> dict[str, Any]:
    """Whom a paper is for, as the entry names them."""
    entry, member = winner.entry, winner.entry.member
    person = entry.kind == EntrantKind.INDIVIDUAL
    return {
        "name_en": entry.contact_name if person else entry.city,
        "name_ko": member.name_ko if member and not person else "",
        "country_en": country_name(entry.country_code, "en"),
        "country_ko": country_name(entry.country_code, "ko"),
        "attention": entry.contact_name,
        "position": entry.contact_position,
        "organisation": entry.city if person else entry.organisation,
    }


def gather_facts(winner: AwardWinner) -> dict[str, Any]:
    """What was won, and where it is presented."""
    edition, category = winner.category.edition, winner.category
    dates = {"ceremony_on": edition.ceremony_on, "result_on": edition.result_on}
    return {
        "series_en": edition.series.name_en,
        "series_ko": edition.series.name_ko,
        "number": edition.number,
        "year": edition.year,
        "category_en": category.name_en,
        "category_ko": category.name_ko,
        "rank": winner.rank,
        "shared": winner.tie_id is not None,
        "person": winner.entry.kind == EntrantKind.INDIVIDUAL,
        "project": winner.entry.title,
        "place": edition.ceremony_place,
        **{name: when.isoformat() if when else "" for name, when in dates.items()},
    }


def make_pdf(paper: AwardPaper) -> bytes:
    """The PDF of a paper's snapshot: same snapshot, same bytes. Raises wego.pdf.RenderError."""
    return pdf.render_pdf(
        award_page.paper_html(paper.snapshot),
        css=award_page.stylesheet(paper.kind),
        identifier=paper.reference,
        assets=award_page.assets(),
        limits=award_page.limits(paper.kind),
    )


PRESS = Press(
    papers=AwardPaper.objects,
    documents=AwardDocument.objects,
    parked=ParkedAwardPaper.objects,
    link="paper",
    render=make_pdf,
    layout=lambda _paper: award_page.LAYOUT,
    folder="awards",
    mail_key="award:",
    bundle=lambda paper: [paper],
)


def render_award_papers(*, limit: int | None = None) -> PressReport:
    """Make the PDFs that are missing, at most `limit` of them."""
    return press.print_waiting(PRESS, limit=limit)


def read_award_paper(paper: AwardPaper) -> bytes:
    """The stored PDF of a paper, if it still is what was stored.

    Raises:
        ValidationError: `document_missing` or `document_damaged`.
    """
    return press.read_paper(PRESS, paper)


def papers_for(winner: AwardWinner) -> list[AwardPaper]:
    """What the winner may download: the invitation at once, the certificate once announced."""
    rows = winner.papers.filter(document__isnull=False)
    if not is_public(winner.category.edition):
        rows = rows.filter(kind=AwardPaperKind.INVITATION)
    return list(rows.order_by("pk"))
