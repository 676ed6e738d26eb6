"""Certificates of office: one a term and language, printed once like every paper of the house."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _

from events.models import EventPaper, EventPaperKind, Office, Term
from events.offices.terms import held_until
from events.papers import write_event_paper
from members.models import Language, User
from wego import audit


def certificates_of(term: Term) -> list[EventPaper]:
    """The certificates written of a term, the newest first."""
    papers = EventPaper.objects.filter(kind=EventPaperKind.CERTIFICATE, member=term.member_id)
    rows = papers.select_related("document", "parked").order_by("-pk")
    return [row for row in rows if row.snapshot["facts"].get("term") == term.pk]


def write_certificate(term: Term, *, language: str, on: dt.date, by: User | None) -> EventPaper:
    """The certificate of a city's office; the worker makes its PDF.

    Raises:
        ValidationError: the term is a person's, or the language is none of ours.
    """
    if term.member is None:
        raise ValidationError(
            _("Certificates are written for the offices of cities."), code="person"
        )
    if language not in Language.values:
        raise ValidationError(_("Choose English or Korean."), code="language")
    with translation.override(language):
        office = str(Office(term.office).label)
        meeting = str(term.meeting or "")
    paper = write_event_paper(
        EventPaperKind.CERTIFICATE,
        meeting=term.meeting,
        member=term.member,
        language=language,
        snapshot={
            "term": term.pk,
            "office": office,
            "how": term.basis,
            "label": term.label,
            "starts_on": term.starts_on.isoformat(),
            "ends_on": held_until(term).isoformat(),
            "meeting": meeting,
        },
        on=on,
        by=by,
    )
    audit.record_act(
        "certificate.written",
        by=by,
        subject=paper,
        file=term.member,
        facts={"office": term.office, "language": language},
    )
    return paper
