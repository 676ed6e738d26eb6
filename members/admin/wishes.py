"""Everybody a body may decide on now, as rows of one form, and what was typed about each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from members.answers import FeeQuote
from members.decisions import Waiting, Wish, waiting_members
from members.forms.decisions import LEAVE_OUT, WishForm
from members.models import Kind, Measure, Member, MemberFigure, Outcome, Status
from wego.numbers import read_key
from wego.questions import ask

# The fees of so many are worked out on the page; there has been no longer agenda.
MOST_QUOTED = 500


@dataclass
class Row:
    """One line of the agenda: who, what is asked, what is known, and the answer's fields."""

    waiting: Waiting
    key: str
    form: WishForm
    quote: FeeQuote | None = None
    days: int | None = None

    @property
    def member(self) -> Member:
        """Whom it is about."""
        return self.waiting.member

    @property
    def outcome(self) -> str:
        """What was chosen, "" for leaving it out."""
        return str(self.form.cleaned_data.get("outcome", LEAVE_OUT))

    @property
    def wish(self) -> Wish:
        """The choice as the rule takes it."""
        return Wish(
            self.member,
            self.outcome,
            reason=self.form.cleaned_data.get("reason", ""),
            application=self.waiting.application,
            proceeding=self.waiting.proceeding,
        )


def load_rows(on: dt.date, *, data: QueryDict | None = None, also: Sequence[int] = ()) -> list[Row]:
    """The agenda of a day: who waits, who is suspended, and whoever is asked for besides."""
    waiting = [*waiting_members(on), *find_suspended(on), *find_asked(also)]
    rows = [row_of(each, on, data) for each in waiting]
    add_quotes(rows, on)
    return rows


def row_of(waiting: Waiting, on: dt.date, data: QueryDict | None) -> Row:
    """One line with its fields; who goes to a later EXCOM is left out unless chosen."""
    later = waiting.excom_year is not None and waiting.excom_year > on.year
    key = f"{waiting.ask}-{waiting.member.pk}"
    form = WishForm(data, prefix=key, ask=waiting.ask, name=str(waiting.member), usual=not later)
    return Row(waiting, key, form, days=days_of(waiting, on))


def days_of(waiting: Waiting, on: dt.date) -> int | None:
    """For how many days it has waited."""
    if waiting.application and waiting.application.accepted_on:
        return (on - waiting.application.accepted_on).days
    if waiting.notice:
        return (on - waiting.notice.received_on).days
    if waiting.proceeding:
        return (on - waiting.proceeding.proposed_on).days
    return None


def find_suspended(on: dt.date) -> list[Waiting]:
    """Suspended members: a body may lift it."""
    members: QuerySet[Any] = Member.objects.on_roster(on).order_by("name_en", "pk")
    suspended = members.filter(Q(("status", Status.SUSPENDED)))
    return [Waiting(member, Outcome.LIFT, note=_("suspended")) for member in suspended]


def find_asked(keys: Sequence[int]) -> list[Waiting]:
    """Members asked for by name: their arrears may be waived."""
    members = Member.objects.standing_alone().filter(pk__in=keys).order_by("name_en", "pk")
    return [Waiting(member, Outcome.WAIVE, note=_("asked for")) for member in members]


def add_quotes(rows: Sequence[Row], on: dt.date) -> None:
    """The yearly fee each associate would pay, by one question for all."""
    associates = [row for row in rows if row.waiting.ask == Outcome.APPROVE][:MOST_QUOTED]
    if not associates:
        return
    figures = newest_figures([row.member.pk for row in associates])
    asked = [
        (row.member.kind, row.member.country_code, value_of(row, figures)) for row in associates
    ]
    for quotes in ask("fee quotes", asked, on=on):
        for row, quote in zip(associates, quotes, strict=True):
            row.quote = quote


def value_of(row: Row, figures: dict[int, int]) -> int | None:
    """The figure the register has; before that, the applicant's."""
    applied = row.waiting.application.figure_value if row.waiting.application else None
    return figures.get(row.member.pk, applied)


def newest_figures(keys: Sequence[int]) -> dict[int, int]:
    """The newest figure of each member, population of cities and employees of others."""
    rows = MemberFigure.objects.filter(member__in=keys).order_by("dues_year", "pk")
    fields = ("member_id", "member__kind", "measure", "value")
    return {
        member: value
        for member, kind, measure, value in rows.values_list(*fields)
        if (measure == Measure.POPULATION) == (kind == Kind.CITY)
    }


def read_numbers(query: QueryDict, name: str) -> list[int]:
    """The whole numbers given under a name that may be keys; at most 50."""
    return [key for key in map(read_key, query.getlist(name)) if key][:50]
