"""The agenda fills itself (P9): what each item is about today, from the register, books and terms.

Nothing is stored: whoever opens the agenda tomorrow sees what holds tomorrow. A topic writes a
function of meeting and day in a module of its own and names it here.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dues.long_arrears import read_long_arrears
from dues.use_of_fees import read_use_of_fees
from events.hosting.outlook import list_bids, say_bids
from events.models import AgendaKind, Meeting
from events.seats import seats_on, terms_on
from members.decisions import waiting_members
from members.models import Outcome
from wego import money

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

YEAR = dt.timedelta(days=366)


@dataclass(frozen=True)
class Filling:
    """What an item is about: one sentence, and its rows as (who, what) for a table."""

    sentence: StrOrPromise
    rows: Sequence[tuple[str, str]] = ()


def fill_members(_meeting: Meeting, on: dt.date) -> Filling:
    """Who waits: associates, notices of withdrawal, proposals (R4, R11)."""
    waiting = waiting_members(on)
    asked = Counter(each.ask for each in waiting)
    parts = [
        say(count)
        for key, say in (
            (Outcome.APPROVE, say_associates),
            (Outcome.NOTE, say_withdrawals),
            (Outcome.SUSPEND, say_suspensions),
            (Outcome.EXPEL, say_expulsions),
        )
        if (count := asked[key])
    ]
    words = {
        Outcome.APPROVE: _("new membership"),
        Outcome.NOTE: _("withdrawal"),
        Outcome.SUSPEND: _("proposal to suspend"),
        Outcome.EXPEL: _("proposal to expel"),
    }
    return Filling(
        ", ".join(parts) or _("Nobody waits for a decision."),
        [
            (
                f"{each.member}, {each.member.country}",
                ", ".join(filter(None, (str(words[Outcome(each.ask)]), each.note))),
            )
            for each in waiting
        ],
    )


def say_associates(count: int) -> str:
    """How many wait for approval."""
    return ngettext("%(count)s associate", "%(count)s associates", count) % {"count": count}


def say_withdrawals(count: int) -> str:
    """How many leave."""
    return ngettext("%(count)s withdrawal", "%(count)s withdrawals", count) % {"count": count}


def say_suspensions(count: int) -> str:
    """How many may be suspended."""
    return ngettext("%(count)s proposal to suspend", "%(count)s proposals to suspend", count) % {
        "count": count
    }


def say_expulsions(count: int) -> str:
    """How many may be expelled."""
    return ngettext("%(count)s proposal to expel", "%(count)s proposals to expel", count) % {
        "count": count
    }


def fill_arrears(_meeting: Meeting, on: dt.date) -> Filling:
    """Who owes for more than two years, by name (S12)."""
    found = read_long_arrears(on)
    count = len(found.debtors)
    sentence = ngettext(
        "%(count)s member, %(amount)s open for more than two years",
        "%(count)s members, %(amount)s open for more than two years",
        count,
    ) % {"count": count, "amount": money.short(found.long_cents)}
    return Filling(
        sentence if count else _("No member has arrears over two years."),
        [
            (str(each.member), f"{', '.join(map(str, each.years))}: {money.short(each.long_cents)}")
            for each in found.debtors
        ],
    )


def fill_budget(_meeting: Meeting, on: dt.date) -> Filling:
    """What came in of the year's dues (P9, R12)."""
    fees = read_use_of_fees(on.year, on).now.figures
    return Filling(
        _("Dues %(year)s: %(invoiced)s invoiced, %(paid)s paid, %(open)s open")
        % {
            "year": on.year,
            "invoiced": money.short(fees.invoiced_cents),
            "paid": money.short(fees.paid_cents),
            "open": money.short(fees.open_cents),
        }
    )


def fill_elections(_meeting: Meeting, on: dt.date) -> Filling:
    """Terms that end within a year, and how many cities sit in EXCOM (S33)."""
    ending = [term for term in terms_on(on) if term.ends_on <= on + YEAR]
    sentence = _("%(seated)s cities sit in EXCOM; %(ending)s terms end within a year") % {
        "seated": len(seats_on(on)),
        "ending": len(ending),
    }
    return Filling(
        sentence,
        [
            (str(term.who), f"{term.get_office_display()}, {term.ends_on.isoformat()}")
            for term in ending
        ],
    )


def fill_hosts(_meeting: Meeting, on: dt.date) -> Filling:
    """The bids to host on which nothing is decided, with their scores (R13, R15)."""
    rows = list_bids(on)
    return Filling(say_bids(len(rows)), rows)


Fill = Callable[[Meeting, dt.date], Filling]
FILLS: dict[str, Fill] = {
    AgendaKind.MEMBERS: fill_members,
    AgendaKind.ARREARS: fill_arrears,
    AgendaKind.ELECTIONS: fill_elections,
    AgendaKind.HOSTS: fill_hosts,
    AgendaKind.BUDGET: fill_budget,
}


def fill_agenda(meeting: Meeting, kinds: Sequence[str], *, on: dt.date) -> dict[str, Filling]:
    """What each kind of item is about on a day; kinds nobody fills are left out."""
    return {kind: FILLS[kind](meeting, on) for kind in dict.fromkeys(kinds) if kind in FILLS}
