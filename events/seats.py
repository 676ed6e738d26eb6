"""Who sits in the EXCOM on a day, and who of them votes (C15, S27, S33)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from dues.standing import read_histories
from events.models import EX_OFFICIO, SEATED, Office, OfficeHolder, Term
from members.history import status_on
from members.models import Member, Status

# The order in which offices are read.
RANK = {office: place for place, office in enumerate(Office)}


@dataclass(frozen=True)
class SeatedCity:
    """One city of the EXCOM with every office that seats it; it counts once, and votes once."""

    member: Member
    terms: tuple[Term, ...]
    status: str | None
    holder: OfficeHolder | None = None

    @property
    def is_elected(self) -> bool:
        """Whether the Assembly elected it to the EXCOM itself (C15)."""
        return any(term.office == Office.EXCOM for term in self.terms)

    @property
    def is_ex_officio(self) -> bool:
        """Whether an office seats it."""
        return any(term.office in EX_OFFICIO for term in self.terms)

    @property
    def votes(self) -> bool:
        """Only full members vote, also where an associate was seated by way of exception."""
        return self.status == Status.FULL


def terms_on(day: dt.date) -> list[Term]:
    """Every term that holds on a day, by rank of the office and name; `until` is its last day."""
    rows = Term.objects.running_on(day).select_related("member", "ending", "meeting")
    return sorted(rows, key=lambda term: (RANK[Office(term.office)], term.who, term.pk))


def seats_on(day: dt.date) -> list[SeatedCity]:
    """The cities of the EXCOM on a day, by rank of their highest office and name."""
    found: dict[int, list[Term]] = {}
    for term in terms_on(day):
        if term.office in SEATED and term.member_id:
            found.setdefault(term.member_id, []).append(term)
    cities = [terms[0].member for terms in found.values() if terms[0].member]
    lines, heads = read_histories(cities), holders_on(found, day)
    return [
        SeatedCity(
            member=city,
            terms=tuple(found[city.pk]),
            status=status_on(lines[city.pk], day),
            holder=heads.get(city.pk),
        )
        for city in cities
    ]


def holders_on(members: Iterable[int], day: dt.date) -> dict[int, OfficeHolder]:
    """The person at the head of each city on a day, by the city's key (R22); one query."""
    rows = OfficeHolder.objects.filter(member__in=list(members), since_on__lte=day)
    return {row.member_id: row for row in rows.order_by("since_on", "pk")}


def excom_voters_on(day: dt.date) -> list[Member]:
    """The cities that vote in the EXCOM on a day: seated, and full members; each once."""
    return [seat.member for seat in seats_on(day) if seat.votes]
