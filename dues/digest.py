"""What Today says of a dues year that takes the whole roster to know, remembered until it changes.

Whatever decides a fee leaves a new row: a line of a history, a figure, an invoice, an entry of the
audit trail. The newest of each, read in one query, name what was remembered; so it is never out of
date, and Today costs no more for many members.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from django.core.cache import cache
from django.db.models import Count, Max, Model, QuerySet

from dues.banking import find_waiting
from dues.claims import waiting_claims
from dues.corrections import flag_invoices
from dues.models import (
    BankLine,
    DuesRun,
    Entry,
    FeeSchedule,
    Invoice,
    IssuerProfile,
    ParkedPaper,
)
from dues.preview import preview_dues
from dues.refunds import waiting_refunds
from dues.reminders import find_due
from members.models import CountryFigure, Member, MemberFigure, StatusEntry
from wego.counting import ask_all
from wego.models import AuditEntry

# Beyond this many members the preview (about 0.06 ms each) is left to its own page.
MOST_PREVIEWED = 2000
KEEP_SECONDS = 600
DECIDING: tuple[type[Model], ...] = (
    AuditEntry,
    StatusEntry,
    MemberFigure,
    CountryFigure,
    Invoice,
    DuesRun,
    FeeSchedule,
)


@dataclass(frozen=True)
class Digest:
    """What a dues year would bill (US cents), what blocks it, and invoices to correct by year.

    `reminders` counts the steps that could be sent today.
    """

    previewed: bool
    to_issue: int = 0
    to_issue_cents: int = 0
    blocked: int = 0
    flagged: tuple[tuple[int, int], ...] = ()
    reminders: int = 0


class State(NamedTuple):
    """The digest of a dues year, bank details to print or none, and what waits for finance.

    What waits: papers that were not printed, payments members announced, refunds to pay out, and
    lines of money that came in and belong to nobody yet.
    """

    digest: Digest
    has_bank: bool
    parked_papers: int
    claims: int
    refunds: int
    unmatched_lines: int
    newest_entry: int


def read_state(year: int, *, on: dt.date) -> State:
    """The digest of a dues year on a day and what stands beside it.

    One query, and one for the cache where that is a table; more only after something changed.
    """
    known = ask_all(
        {
            **{model.__name__: (QuerySet(model), Max("pk")) for model in DECIDING},
            "members": (Member.objects.all(), Count("pk")),
            "bank": (IssuerProfile.objects.exclude(bank_account=""), Count("pk")),
            "parked": (ParkedPaper.objects.all(), Count("pk")),
            "claims": (waiting_claims(), Count("pk")),
            "refunds": (waiting_refunds(), Count("pk")),
            "unmatched": (find_waiting(BankLine.objects.filter(amount__gt=0)), Count("pk")),
            "entry": (Entry.objects.all(), Max("pk")),
        }
    )
    key = f"dues.digest:{year}:{on}:{':'.join(map(str, known.values()))}"
    digest: Digest | None = cache.get(key)
    if digest is None:
        digest = make_digest(year, on=on, preview=known["members"] <= MOST_PREVIEWED)
        cache.set(key, digest, KEEP_SECONDS)
    waiting = (known[name] for name in ("parked", "claims", "refunds", "unmatched", "entry"))
    return State(digest, bool(known["bank"]), *waiting)


def make_digest(year: int, *, on: dt.date, preview: bool) -> Digest:
    """The digest as things stand now."""
    shown = preview_dues(year) if preview else None
    flags = flag_invoices(terms=shown.terms if shown else None)
    flagged = tuple(sorted(Counter(flag.invoice.dues_year for flag in flags).items()))
    if shown is None:
        return Digest(previewed=False, flagged=flagged)
    return Digest(
        previewed=True,
        to_issue=len(shown.to_issue),
        to_issue_cents=shown.to_issue_cents,
        blocked=len(shown.blocked),
        flagged=flagged,
        reminders=sum(1 for due in find_due(on) if not due.waits),
    )
