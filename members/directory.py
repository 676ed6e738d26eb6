"""The public directory: who belongs today and did not opt out; names and places, nobody's data.

`/directory/` is searched in both scripts, narrowed by region and kind, and read a page at a time.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import Case, Value, When
from django.db.models.functions import Coalesce, NullIf
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members.history import ENDINGS, Entry, lines_until
from members.models import ENTRY_ORDER, Kind, Member, MemberQuerySet, Region, StatusEntry
from members.roll import Group, add_up, count_groups, shown_members
from members.search import match_members, read_names
from wego import reader, seoul
from wego.finding import Term, tidy_term
from wego.templatetags.ui import Chip

app_name = "directory"
PAGE = 60
MOST_FOUND = 500
LONGEST_NUMBER = 5
KEEP_SECONDS = 300


class Wish(NamedTuple):
    """What of the directory is asked for."""

    q: str = ""
    region: str = ""
    kind: str = ""

    def address(self, **changes: object) -> str:
        """The address of this wish with something changed."""
        pairs = {**self._asdict(), **changes}
        query = urlencode({name: value for name, value in pairs.items() if value})
        return f"{reverse('directory:list')}{'?' if query else ''}{query}"


@require_safe
def show_directory(request: HttpRequest) -> HttpResponse:
    """The members somebody asked for, with chips to narrow them and the map of all of them."""
    today = seoul.today()
    wish = read_wish(request.GET)
    members = shown_members(today)
    if wish.q:
        members = members.filter(pk__in=find_members(wish.q))
    groups = count_groups(members)
    chosen = [group for group in groups if fits(group, wish)]
    roll = add_up(chosen)
    pages = max(1, -(-roll.total // PAGE))
    number = min(read_number(request.GET.get("page", "")), pages)
    first = (number - 1) * PAGE
    shown = narrow(members, wish).order_by(*name_order(), "pk")[first : first + PAGE]
    response = render(
        request,
        "directory/list.html",
        {
            "title": _("Members"),
            "wish": wish,
            "narrowed": any(wish),
            "members": with_since(shown, today),
            "roll": roll,
            "region_chips": chips_of(groups, wish, "region", Region.choices),
            "kind_chips": chips_of(groups, wish, "kind", Kind.choices),
            "number": number,
            "pages": pages,
            "newer": wish.address(page=number - 1) if number > 1 else "",
            "older": wish.address(page=number + 1) if number < pages else "",
        },
    )
    keep = 0 if request.user.is_authenticated else KEEP_SECONDS
    patch_cache_control(response, private=True, max_age=keep)
    return response


def read_wish(query: Mapping[str, Any]) -> Wish:
    """What an address asks for; what is no region or kind is passed over."""
    region, kind = query.get("region", ""), query.get("kind", "")
    return Wish(
        tidy_term(query.get("q", "")),
        region if region in Region.values else "",
        kind if kind in Kind.values else "",
    )


def read_number(typed: str) -> int:
    """The number of a page as typed into an address; the first for anything else."""
    fits_in = typed.isascii() and typed.isdigit() and len(typed) <= LONGEST_NUMBER
    return max(1, int(typed)) if fits_in else 1


def find_members(typed: str) -> list[int]:
    """Members by name in either script, other name or country, the closest first, in one query."""
    found = match_members(Term(typed), read_names())
    return sorted(found, key=lambda pk: (-found[pk], pk))[:MOST_FOUND]


def fits(group: Group, wish: Wish) -> bool:
    """Whether a group is of the region and kind asked for."""
    return (not wish.region or group.region == wish.region) and (
        not wish.kind or group.kind == wish.kind
    )


def narrow(members: MemberQuerySet, wish: Wish) -> MemberQuerySet:
    """Members of the region and kind asked for."""
    wanted = {
        name: value for name, value in (("region", wish.region), ("kind", wish.kind)) if value
    }
    return members.filter(**wanted)


def name_order() -> list[Any]:
    """By the name the reader sees; for a Korean reader, names in hangul come first."""
    if reader.language() == "ko":
        in_hangul = Case(When(name_ko__regex="^[가-힣]", then=Value(0)), default=Value(1))
        return [in_hangul, Coalesce(NullIf("name_ko", Value("")), "name_en")]
    return ["name_en"]


def with_since(members: Iterable[Member], on: dt.date) -> list[tuple[Member, dt.date | None]]:
    """Each member with the day it has been on the roster since, in one query for all."""
    shown = list(members)
    lines: dict[int, list[Entry]] = {member.pk: [] for member in shown}
    rows = StatusEntry.objects.filter(member__in=lines).order_by(*ENTRY_ORDER)
    for member, status, effective_on in rows.values_list("member_id", "status", "effective_on"):
        lines[member].append(Entry(status, effective_on))
    return [(member, on_roster_since(lines[member.pk], on)) for member in shown]


def on_roster_since(lines: Iterable[Entry], on: dt.date) -> dt.date | None:
    """The first day of the membership that stands on a date; who left and came back begins anew."""
    since: dt.date | None = None
    for status, effective_on in lines_until(lines, on):
        since = None if status in ENDINGS else since or effective_on
    return since


def chips_of(
    groups: Iterable[Group], wish: Wish, part: str, choices: Iterable[tuple[str, Any]]
) -> list[Chip]:
    """One chip a region or kind that has members, counted within what else is asked for."""
    others = wish._replace(**{part: ""})
    counts: Counter[str] = Counter()
    for group in groups:
        if fits(group, others):
            counts[getattr(group, part)] += group.number
    chosen = getattr(wish, part)
    everything = Chip(_("All"), others.address(), counts.total(), chosen=not chosen)
    return [
        everything,
        *(
            Chip(label, wish.address(**{part: code}), counts[code], chosen=code == chosen)
            for code, label in choices
            if counts[code] or code == chosen
        ),
    ]


urlpatterns = [path("", show_directory, name="list")]
