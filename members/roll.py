"""The public roll: members on the roster that did not opt out of being shown (directory, map)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, QuerySet

from members.models import Member, MemberQuerySet


class Group(NamedTuple):
    """How many shown members share kind, region and country."""

    kind: str
    region: str
    country_code: str
    number: int


def shown_members(on: dt.date) -> MemberQuerySet:
    """Members on the roster of a date that did not opt out."""
    return Member.objects.on_roster(on).filter(in_directory=True)


def count_groups(members: QuerySet[Member]) -> list[Group]:
    """Some members by kind, region and country, in one query."""
    facts = ("kind", "region", "country_code")
    rows = members.order_by().values_list(*facts).annotate(number=Count("pk"))
    return [Group(*row) for row in rows]


@dataclass(frozen=True)
class Roll:
    """Members in all, by region and by country: what the map and the front page show."""

    total: int
    regions: Counter[str]
    countries: Counter[str]


def add_up(groups: Iterable[Group]) -> Roll:
    """Groups of members added together."""
    regions: Counter[str] = Counter()
    countries: Counter[str] = Counter()
    for group in groups:
        regions[group.region] += group.number
        countries[group.country_code] += group.number
    return Roll(countries.total(), regions, countries)
