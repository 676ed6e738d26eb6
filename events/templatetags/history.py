"""The history in pictures and lines: drawn as SVG on the server, always readable as text."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from events.history.showing import Growth, Held, facts_of, in_reader_language, say_when
from events.history.words import read_name, split_clauses
from events.models import FactKind, HistoryFact, MeetingState, Precision, Training
from members.models import Member
from wego.templatetags.charts import Bar

register = template.Library()

WIDTH, LEFT, RIGHT = 1000, 40, 40
DAYS_IN_A_YEAR = 365.25
# The chart of growth, in units of its picture.
HEIGHT, TOP, BOTTOM = 320, 24, 36
STEP = 50
LABEL_WIDTH = 55
RANKS = {"gold": 1, "silver": 2, "bronze": 3}


def year_of(day: dt.date, precision: str = Precision.DAY) -> float:
    """A day as a year with its fraction; what is known to the year stands in its middle."""
    if precision == Precision.YEAR:
        return day.year + 0.5
    return day.year + (day.timetuple().tm_yday - 1) / DAYS_IN_A_YEAR


def scale(years: Iterable[float]) -> tuple[int, int]:
    """The whole years around some days."""
    found = list(years)
    return int(min(found)), int(max(found)) + 1


def place(year: float, first: int, last: int) -> float:
    """Where a year stands across the picture."""
    return round(LEFT + (WIDTH - LEFT - RIGHT) * (year - first) / (last - first), 1)


@register.inclusion_tag("public/history/timeline.html")
def history_timeline(assemblies: Sequence[Held], excoms: Sequence[Held]) -> dict[str, Any]:
    """Draw meetings along the years; the list beneath says the same in words."""
    days = [
        stage.starts_on
        for held in (*assemblies, *excoms)
        for stage in held.stages
        if stage.starts_on
    ]
    if not days:
        return {"years": []}
    first, last = scale(map(year_of, days))
    return {
        "years": [{"x": place(year, first, last), "year": year} for year in range(first, last + 1)],
        "assemblies": [*mark_assemblies(assemblies, first, last)],
        "plans": [*mark_plans(assemblies, first, last)],
        "excoms": [
            {
                "x": place(year_of(held.last.starts_on, held.last.precision), first, last),
                "title": title_of(held),
            }
            for held in excoms
            if held.last.starts_on
        ],
        "end": WIDTH - RIGHT,
    }


def mark_assemblies(assemblies: Sequence[Held], first: int, last: int) -> Iterable[dict[str, Any]]:
    """A mark for each assembly, hollow while it is only planned."""
    for held in assemblies:
        if held.last.starts_on:
            yield {
                "x": place(year_of(held.last.starts_on, held.last.precision), first, last),
                "number": held.meeting.number or "",
                "host": held.last.host or pgettext("host of a meeting", "open"),
                "year": held.last.starts_on.year,
                "held": held.last.is_held,
                "title": title_of(held),
            }


def mark_plans(assemblies: Sequence[Held], first: int, last: int) -> Iterable[dict[str, Any]]:
    """What was planned with a host and came otherwise (C6)."""
    for held in assemblies:
        for stage in held.earlier:
            if stage.starts_on and stage.host and stage.state != MeetingState.HELD:
                same = stage.starts_on == held.last.starts_on
                yield {
                    "x": place(year_of(stage.starts_on, stage.precision), first, last),
                    "host": stage.host,
                    "hollow": not same,
                    "title": f"{held.meeting}: {stage.label}, {stage.host}, {stage.when}",
                }


def title_of(held: Held) -> str:
    """A meeting in one line."""
    return ", ".join(filter(None, (str(held.meeting), held.last.host, held.last.when)))


@register.inclusion_tag("public/history/growth.html")
def growth_chart(snapshots: Sequence[Growth]) -> dict[str, Any]:
    """Draw how many cities, and members in all, sources counted over the years."""
    if not snapshots:
        return {"cities": []}
    first, last = scale(year_of(each.day) for each in snapshots)
    most = max(max(each.cities or 0, each.total or 0) for each in snapshots)
    top = max(STEP, -(-most // STEP) * STEP)
    drawn = HEIGHT - TOP - BOTTOM

    def point(each: Growth, value: int) -> dict[str, Any]:
        x = place(year_of(each.day), first, last)
        y = round(HEIGHT - BOTTOM - drawn * value / top, 1)
        return {"x": x, "y": y, "value": value, "when": each.when}

    cities = [point(each, each.cities) for each in snapshots if each.cities is not None]
    return {
        "years": [{"x": place(year, first, last), "year": year} for year in range(first, last + 1)],
        "lines": [
            {"y": round(HEIGHT - BOTTOM - drawn * value / top, 1), "value": value}
            for value in range(0, top + 1, STEP)
        ],
        "cities": cities,
        "labels": [*keep_apart(cities)],
        "path": " ".join(f"{each['x']},{each['y']}" for each in cities),
        "totals": [point(each, each.total) for each in snapshots if each.total is not None],
        "end": WIDTH - RIGHT,
        "bottom": HEIGHT - BOTTOM,
        "snapshots": snapshots,
        "bars": [
            Bar(each.when, each.cities or each.total or 0, bar_words(each)) for each in snapshots
        ],
    }


def keep_apart(points: Sequence[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    """Those points whose numbers can stand beside each other: the last always does."""
    left = float(WIDTH)
    for point in reversed(points):
        if left - point["x"] >= LABEL_WIDTH or point is points[-1]:
            left = point["x"]
            yield point


def bar_words(each: Growth) -> str:
    """What a bar counts: cities, or members in all where a source gives no more."""
    if each.cities is not None:
        return f"{each.cities}"
    return _("%(total)s in all") % {"total": each.total}


@register.filter
def known_when(fact: HistoryFact | Training) -> str:
    """The days of a fact or training, as exactly as they are known."""
    return say_when(fact.starts_on, fact.ends_on, fact.precision)


@register.filter
def both_scripts(text: object) -> str:
    """`Efficient Government 효율적정부` as this reader reads it; "?" is not known."""
    name = read_name(str(text or ""))
    return in_reader_language(name)


@register.filter
def latin(text: str) -> str:
    """A note of the file without its words in hangul, for readers of English."""
    return re.sub(r"\s*[\u3131-\u318e\uac00-\ud7a3]+", "", text)


@register.filter
def hosts_words(text: object) -> str:
    """`Abu Dhabi; Cuenca` as this reader reads it."""
    return ", ".join(both_scripts(part) for part in split_clauses(str(text or "")))


@register.filter
def rank_words(rank: object) -> str:
    """A rank of the file in words; "" where nobody knows it."""
    words = {
        "gold": _("Gold"),
        "silver": _("Silver"),
        "bronze": _("Bronze"),
        "winner": _("Winner"),
    }
    return words.get(str(rank), "")


@register.filter
def by_rank(winners: Iterable[HistoryFact]) -> list[HistoryFact]:
    """Gold before silver, those of unknown rank last."""
    return sorted(winners, key=lambda fact: RANKS.get(str(fact.told.get("rank")), len(RANKS) + 1))


@register.filter
def is_address(source: str) -> bool:
    """Whether a source can be opened."""
    return source.startswith(("https://", "http://"))


@register.inclusion_tag("events/member_history.html")
def member_history(member: Member) -> dict[str, Any]:
    """What the history tells of a member, for its file."""
    return {"lines": [(fact, line_of(fact)) for fact in facts_of(member)]}


def line_of(fact: HistoryFact) -> str:
    """A fact about a member in one line."""
    if fact.kind == FactKind.WINNER:
        words = (
            fact.place,
            rank_words(fact.told.get("rank")),
            both_scripts(fact.told.get("category")),
            both_scripts(fact.words),
        )
        return ", ".join(filter(None, words))
    if fact.kind == FactKind.TERM:
        return str(fact)
    if fact.kind in (FactKind.ASSEMBLY, FactKind.EXCOM):
        return _("Host of %(meeting)s") % {"meeting": fact}
    if fact.kind == FactKind.OFFICE:
        return _("Regional office: %(region)s") % {"region": fact}
    return str(fact)
