"""The papers on dues that EXCOM is given: written with all they print, in English."""

import datetime as dt
from typing import Any

from django.db import transaction

from dues.board import YearFigures
from dues.long_arrears import Debtor, read_long_arrears
from dues.models import Paper, PaperKind
from dues.papers import write_paper
from dues.use_of_fees import Share, YearOfFees, read_use_of_fees
from members.models import Language, User, country_name
from wego import audit

CENTS = (
    "invoiced",
    "credited",
    "paid",
    "charges",
    "waived",
    "written_off",
    "closed",
    "open",
    "overdue",
)


@transaction.atomic
def write_use_of_fees(year: int, *, as_of: dt.date, on: dt.date, by: User | None) -> Paper:
    """The use of membership fees in a year as of a day, beside the year before (P9)."""
    fees = read_use_of_fees(year, as_of)
    return write_for_meeting(
        PaperKind.USE_OF_FEES_PAPER,
        {
            "year": year,
            "on": as_of.isoformat(),
            "before_on": fees.before.figures.on.isoformat(),
            "now": year_facts(fees.now),
            "before": year_facts(fees.before),
            "kinds": [share_facts(share) for share in fees.now.kinds],
            "regions": [share_facts(share) for share in fees.now.regions],
        },
        on=on,
        by=by,
    )


@transaction.atomic
def write_long_arrears(*, as_of: dt.date, on: dt.date, by: User | None) -> Paper:
    """Arrears over two years as of a day, the members by name (S12)."""
    found = read_long_arrears(as_of)
    return write_for_meeting(
        PaperKind.ARREARS_PAPER,
        {
            "on": as_of.isoformat(),
            "long_cents": found.long_cents,
            "open_cents": found.open_cents,
            "debtors": [debtor_facts(debtor) for debtor in found.debtors],
        },
        on=on,
        by=by,
    )


def write_for_meeting(
    kind: str, snapshot: dict[str, Any], *, on: dt.date, by: User | None
) -> Paper:
    """A paper of the house, and its line in the audit trail."""
    language = Language.ENGLISH
    paper = write_paper(kind, member=None, language=language, snapshot=snapshot, on=on, by=by)
    audit.record_act("meeting_paper.written", by=by, subject=paper, facts={"on": snapshot["on"]})
    return paper


def figures_facts(figures: YearFigures) -> dict[str, int]:
    """The figures of a year (US cents)."""
    return {f"{name}_cents": getattr(figures, f"{name}_cents") for name in CENTS}


def year_facts(year: YearOfFees) -> dict[str, int]:
    """The dues of a year and its money."""
    return {
        **figures_facts(year.figures),
        "received_cents": year.received_cents,
        "refunded_cents": year.refunded_cents,
    }


def share_facts(share: Share) -> dict[str, Any]:
    """One kind of members, or one region."""
    return {
        "name": share.name,
        "invoices": share.figures.invoices,
        **figures_facts(share.figures),
    }


def debtor_facts(debtor: Debtor) -> dict[str, Any]:
    """One member that is named."""
    return {
        "name": debtor.member.name_en,
        "country": country_name(debtor.member.country_code, Language.ENGLISH),
        "years": list(debtor.years),
        "long_cents": debtor.long_cents,
        "total_cents": debtor.total_cents,
        "written_on": iso(debtor.written_on),
        "claimed_on": iso(debtor.claimed_on),
        "plan_on": iso(debtor.plan_agreed_on),
        "plan_is_kept": debtor.plan_is_kept,
    }


def iso(day: dt.date | None) -> str:
    """A day for JSON; "" for none."""
    return day.isoformat() if day else ""
