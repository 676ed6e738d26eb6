"""Terms and offices at a glance: who holds what until when, what is free, what needs doing."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from events.models import Office, OfficeHolder, Term, ViceNomination
from events.office_policies import OfficePolicies, load_office_policies
from events.offices.executive import Succession, read_succession
from events.seats import RANK, SeatedCity, seats_on, terms_on
from members.models import Region
from wego import seoul


@dataclass(frozen=True)
class HeldOffice:
    """One line: an office, who holds it, and what a reader should notice."""

    term: Term
    until: dt.date
    holder: OfficeHolder | None
    ends_soon: bool
    has_no_vote: bool


@dataclass(frozen=True)
class Overview:
    """The page of a day."""

    on: dt.date
    policies: OfficePolicies
    seats: list[SeatedCity]
    terms: list[Term]
    nominations: list[ViceNomination]
    succession: Succession

    @cached_property
    def lines(self) -> list[HeldOffice]:
        """Every office held, by rank."""
        seats = {seat.member.pk: seat for seat in self.seats}
        year = seoul.shift_months(self.on, 12)
        found = []
        for term in sorted(self.terms, key=lambda each: (RANK[Office(each.office)], each.who)):
            until: dt.date = term.until  # type: ignore[attr-defined]  # annotated
            seat = seats.get(term.member_id or 0)
            found.append(
                HeldOffice(
                    term,
                    until,
                    seat.holder if seat else None,
                    ends_soon=until < year,
                    has_no_vote=bool(seat and not seat.votes),
                )
            )
        return found

    @property
    def free(self) -> int:
        """Seats that are left; none below zero."""
        return max(0, self.policies.most_excom_cities - len(self.seats))

    @property
    def vice_presidents(self) -> int:
        """Vice President Cities besides the Executive one."""
        return sum(term.office == Office.VICE for term in self.terms)

    @property
    def too_few_vice_presidents(self) -> bool:
        """C24: fewer than there should be warns and refuses nothing."""
        return self.vice_presidents < self.policies.fewest_vice_presidents

    @property
    def ending(self) -> list[HeldOffice]:
        """Offices whose term ends within a year."""
        return [line for line in self.lines if line.ends_soon]

    @property
    def elected(self) -> int:
        """Cities elected to the EXCOM itself (C15)."""
        return sum(seat.is_elected for seat in self.seats)

    @property
    def ex_officio(self) -> int:
        """Cities that sit by another office alone."""
        return len(self.seats) - self.elected

    @property
    def vacant(self) -> list[Office]:
        """Offices of one that nobody holds."""
        held = {term.office for term in self.terms}
        single = (Office.PRESIDENT, Office.EXECUTIVE, Office.SECRETARY)
        return [office for office in single if office not in held]

    @property
    def regions(self) -> list[tuple[str, int]]:
        """How many cities of each region sit there, those without one too."""
        counted = Counter(seat.member.region for seat in self.seats)
        return [(str(region.label), counted[region.value]) for region in Region]


def read_overview(on: dt.date) -> Overview:
    """Everything of one day, in a constant number of queries."""
    waiting = ViceNomination.objects.filter(appointment__isnull=True, nominated_on__lte=on)
    return Overview(
        on=on,
        policies=load_office_policies(),
        seats=seats_on(on),
        terms=terms_on(on),
        nominations=list(waiting.select_related("member")),
        succession=read_succession(on),
    )
