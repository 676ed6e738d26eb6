"""The roster of any date, counted as the secretariat's paper prints it (R32, C1, C2).

Counted are members that are associate, full or suspended on the date; no total is typed in.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.db.models import Case, Count, When

from members.models import ON_ROSTER, Kind, Member, Region, Status

SECTIONS = {
    "cities": Kind.CITY,
    "institutions": Kind.INSTITUTION,
    "companies": Kind.COMPANY,
}


class Group(NamedTuple):
    """The number of members that share these facts."""

    kind: str
    region: str
    country_code: str
    is_capital: bool
    status: str
    number: int


def count_groups(on: dt.date) -> list[Group]:
    """Members on the roster of a date by everything the report divides them by, in one query."""
    facts = ("kind", "region", "country_code", "is_capital", "status")
    rows = Member.objects.on_roster(on).order_by().values_list(*facts)
    return [Group(*row) for row in rows.annotate(number=Count("pk")).order_by(*facts)]


def membership_report(on: dt.date) -> dict[str, Any]:
    """The membership on a date: totals by kind and status, and each kind by region and country.

    Regions and countries without members are left out; countries stand largest first.
    """
    groups = count_groups(on)
    by_kind = add_up((group.kind, group.number) for group in groups)
    by_status = add_up((group.status, group.number) for group in groups)
    return {
        "on": on.isoformat(),
        "total": sum(by_kind.values()),
        "by_kind": {kind: by_kind[kind] for kind in Kind.values},
        "by_status": {status: by_status[status] for status in Status.values if status in ON_ROSTER},
        **{
            section: report_section([group for group in groups if group.kind == kind], kind)
            for section, kind in SECTIONS.items()
        },
    }


def report_section(groups: list[Group], kind: str) -> dict[str, Any]:
    """One kind's part of the report; only cities are capitals or not."""
    total = sum(group.number for group in groups)
    capital = sum(group.number for group in groups if group.is_capital)
    by_region = add_up((group.region, group.number) for group in groups)
    by_country = add_up((group.country_code, group.number) for group in groups)
    return {
        "total": total,
        **({"capital": capital, "other": total - capital} if kind == Kind.CITY else {}),
        "by_region": {region: by_region[region] for region in Region.values if by_region[region]},
        "by_country": dict(sorted(by_country.items(), key=lambda pair: (-pair[1], pair[0]))),
    }


def add_up(pairs: Iterable[tuple[str, int]]) -> Counter[str]:
    """Counts of one name added together."""
    counter: Counter[str] = Counter()
    for name, count in pairs:
        counter[name] += count
    return counter


def list_members(on: dt.date) -> Iterator[tuple[str | dt.date | None, ...]]:
    """The roster of a date, a row a member in the paper's order, in one query."""
    facts = (
        "kind",
        "name_en",
        "name_ko",
        "country_code",
        "region",
        "is_capital",
        "level",
        "status",
        "status_since",
        "status_confirmed",
    )
    kinds = Case(*(When(kind=kind, then=place) for place, kind in enumerate(Kind.values)))
    rows = Member.objects.on_roster(on).order_by(kinds, "country_code", "name_en", "pk")
    for row in rows.values_list(*facts).iterator():
        yield tuple(("yes" if cell else "no") if isinstance(cell, bool) else cell for cell in row)
