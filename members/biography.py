"""Where a member stood on any date, told from its history alone (R3-R7)."""

import datetime as dt
from difflib import get_close_matches
from typing import Any, NamedTuple

from members.history import (
    DatedName,
    ended_on,
    first_dues_year,
    full_since,
    name_on,
    status_on,
    status_since,
)
from members.lifecycle import read_lines
from members.models import Member
from members.policies import load_policies
from members.rows import sameness

MOST_SUGGESTED = 3


class Standing(NamedTuple):
    """What held for a member on a day; `status` None before its history begins."""

    member: Member
    on: dt.date
    name_en: str
    name_ko: str
    status: str | None
    since: dt.date | None
    full_since: dt.date | None
    first_dues_year: int | None
    ended_on: dt.date | None

    def as_json(self) -> dict[str, Any]:
        """The answer for programs."""
        days = ("since", "full_since", "ended_on")
        return {
            "member": self.member.pk,
            "name_en": self.member.name_en,
            "name_ko": self.member.name_ko,
            "called_en": self.name_en,
            "called_ko": self.name_ko,
            "kind": self.member.kind,
            "country_code": self.member.country_code,
            "on": self.on.isoformat(),
            "status": self.status,
            "first_dues_year": self.first_dues_year,
            **{name: day.isoformat() if (day := getattr(self, name)) else None for name in days},
        }


def tell_standing(member: Member, on: dt.date) -> Standing:
    """Status, name and duties of a member on a day, in three queries."""
    lines = read_lines(member)
    names = member.other_names.values_list("name_en", "name_ko", "used_from", "used_until")
    called = name_on(
        DatedName(member.name_en, member.name_ko), [DatedName(*name) for name in names], on
    )
    full = full_since(lines, on)
    return Standing(
        member=member,
        on=on,
        name_en=called.name_en,
        name_ko=called.name_ko,
        status=status_on(lines, on),
        since=status_since(lines, on),
        full_since=full,
        first_dues_year=first_dues_year(full, load_policies().first_dues) if full else None,
        ended_on=ended_on(lines, on),
    )


def find_by_name(name: str, *, country_code: str = "") -> list[Member]:
    """Members that bear or bore a name, in either script; a merged one's survivor stands for it."""
    wanted = sameness(name)
    found: dict[int, Member] = {}
    for member, names in known_names(country_code):
        if wanted in names:
            survivor = member.merged_into or member
            found[survivor.pk] = survivor
    return sorted(found.values(), key=lambda member: (member.name_en, member.pk))


def suggest_names(name: str, *, country_code: str = "") -> list[str]:
    """Names that look like one nobody bears."""
    spelled = {
        spelling: member.name_en
        for member, names in known_names(country_code)
        for spelling in names
    }
    close = get_close_matches(sameness(name), spelled, n=MOST_SUGGESTED)
    return list(dict.fromkeys(spelled[spelling] for spelling in close))


def known_names(country_code: str) -> list[tuple[Member, set[str]]]:
    """Every member with all its spellings, in two queries."""
    members = Member.objects.select_related("merged_into").prefetch_related("other_names")
    if country_code:
        members = members.filter(country_code=country_code.upper())
    return [(member, spellings_of(member)) for member in members]


def spellings_of(member: Member) -> set[str]:
    """A member's names of today and of earlier, in both scripts, made comparable."""
    spellings = [member.name_en, member.name_ko]
    for other in member.other_names.all():
        spellings += [other.name_en, other.name_ko]
    return {sameness(spelling) for spelling in spellings if spelling}
