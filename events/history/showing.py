"""The history as a reader sees it: meetings with their hosts, growth, awards, offices, partners.

Everything is read in a handful of queries, however long the history is.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.formats import date_format

from events.history.words import Name, read_name
from events.models import (
    FactKind,
    HistoryFact,
    Meeting,
    MeetingStage,
    MeetingState,
    OfficeStage,
    Precision,
    QuotedNumber,
)
from members.models import Body, Member
from wego import reader

TONES = {
    MeetingState.HELD: "ok",
    MeetingState.PLANNED: "info",
    MeetingState.CALLED: "info",
    MeetingState.POSTPONED: "warn",
    MeetingState.MOVED: "warn",
    MeetingState.CANCELLED: "bad",
}


def say_when(
    starts_on: dt.date | None, ends_on: dt.date | None = None, precision: str = Precision.DAY
) -> str:
    """`18 October 2021`, `September 2010` or `2015`, never more exactly than it is known."""
    if starts_on is None:
        return ""
    if precision == Precision.YEAR:
        return date_format(starts_on, "Y")
    if precision == Precision.MONTH:
        return date_format(starts_on, "YEAR_MONTH_FORMAT")
    first = date_format(starts_on, "DATE_FORMAT")
    last = date_format(ends_on, "DATE_FORMAT") if ends_on and ends_on != starts_on else ""
    return f"{first} – {last}" if last else first


@dataclass(frozen=True)
class Stage:
    """What was known of a meeting at one time."""

    state: str
    label: str
    tone: str
    when: str
    host: str
    reason: str
    starts_on: dt.date | None
    precision: str
    is_held: bool


@dataclass
class Held:
    """One meeting with its stages, the last of which holds, and what is told of it."""

    meeting: Meeting
    stages: list[Stage]
    facts: list[HistoryFact] = field(default_factory=list)

    @property
    def last(self) -> Stage:
        """How it stands."""
        return self.stages[-1]

    @property
    def earlier(self) -> list[Stage]:
        """What it was before, oldest first."""
        return self.stages[:-1]

    @property
    def numbers(self) -> list[QuotedNumber]:
        """Every number quoted of it (C12)."""
        return [number for fact in self.facts for number in fact.numbers.all()]

    @property
    def sources(self) -> list[str]:
        """Where it is told, each once."""
        return list(dict.fromkeys(self.meeting.source.splitlines()))


@dataclass
class Edition:
    """An edition of awards: its categories, numbers, and the winners that are known (C10)."""

    fact: HistoryFact
    name: str
    when: str
    categories: list[str]
    winners: list[HistoryFact]


@dataclass
class Growth:
    """One snapshot of members: who counted what on which day (C13)."""

    fact: HistoryFact
    when: str
    day: dt.date
    values: dict[str, QuotedNumber]

    @property
    def cities(self) -> int | None:
        """Member cities, associates among them where a source counts them apart."""
        if "cities" in self.values:
            return self.values["cities"].value
        if "full_cities" in self.values:
            apart = self.values.get("associate_cities")
            return self.values["full_cities"].value + (apart.value if apart else 0)
        return None

    @property
    def total(self) -> int | None:
        """Members in all, where a source says so."""
        return self.values["total"].value if "total" in self.values else None


@dataclass
class History:
    """Everything the page shows."""

    assemblies: list[Held]
    excoms: list[Held]
    editions: list[Edition]
    growth: list[Growth]
    by_kind: dict[str, list[HistoryFact]]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is on record."""
        return not (self.assemblies or self.excoms or self.growth or any(self.by_kind.values()))


def read_public_history() -> History:
    """The whole history, in five queries."""
    facts = list(HistoryFact.objects.prefetch_related("numbers", "members"))
    by_kind: dict[str, list[HistoryFact]] = defaultdict(list)
    for fact in facts:
        by_kind[fact.kind].append(fact)
    meetings = read_meetings(facts)
    return History(
        assemblies=[each for each in meetings if each.meeting.body == Body.ASSEMBLY],
        excoms=[each for each in meetings if each.meeting.body == Body.EXCOM],
        editions=read_editions(by_kind[FactKind.EDITION], by_kind[FactKind.WINNER]),
        growth=[grown for fact in by_kind[FactKind.COUNT] if (grown := read_growth(fact))],
        by_kind=dict(by_kind),
    )


def read_meetings(facts: Iterable[HistoryFact]) -> list[Held]:
    """Meetings that were held or that a source tells of, in the order of their last day known."""
    told = facts_by_meeting(facts)
    places = korean_places(facts)
    rows = Meeting.objects.prefetch_related("stages__host")
    found = []
    for meeting in rows:
        stages = [read_stage(stage, places) for stage in meeting.stages.all()]
        if stages and (meeting.source or stages[-1].is_held):
            found.append(Held(meeting, stages, told.get(meeting.code, [])))
    return sorted(found, key=lambda held: (held.last.starts_on or dt.date.max, held.meeting.pk))


def facts_by_meeting(facts: Iterable[HistoryFact]) -> dict[str, list[HistoryFact]]:
    """The facts of each meeting by its code."""
    found: dict[str, list[HistoryFact]] = defaultdict(list)
    for fact in facts:
        if fact.kind == FactKind.ASSEMBLY:
            found[f"assembly-{fact.told['no']}"].append(fact)
        elif fact.kind == FactKind.EXCOM:
            found[f"excom-{fact.told['year']}"].append(fact)
    return found


def korean_places(facts: Iterable[HistoryFact]) -> dict[str, str]:
    """Places that no member carries, by their English name."""
    return {fact.place_en: fact.place_ko for fact in facts if fact.place_en and fact.place_ko}


def read_stage(stage: MeetingStage, places: dict[str, str]) -> Stage:
    """A stage with its words."""
    state = MeetingState(stage.state)
    host = str(stage.host or "") or reader.choose(stage.place, places.get(stage.place, ""))
    return Stage(
        state=state,
        label=str(state.label),
        tone=TONES[state],
        when=say_when(stage.starts_on, stage.ends_on, stage.precision),
        host=host,
        reason=stage.reason,
        starts_on=stage.starts_on,
        precision=stage.precision,
        is_held=state == MeetingState.HELD,
    )


def in_reader_language(name: Name) -> str:
    """A name of the file as this reader reads it."""
    return reader.choose(name.en, name.ko)


def name_of_host(stage: OfficeStage) -> str:
    """Who hosts an office: the member, else the city as a source names it."""
    return str(stage.host or "") or in_reader_language(read_name(stage.place))


def read_editions(editions: list[HistoryFact], winners: list[HistoryFact]) -> list[Edition]:
    """Every edition with its winners, newest first."""
    by_edition: dict[str, list[HistoryFact]] = defaultdict(list)
    for winner in winners:
        by_edition[winner.place_en].append(winner)
    found = [
        Edition(
            fact=fact,
            name=str(fact),
            when=say_when(fact.starts_on, None, fact.precision),
            categories=[in_reader_language(read_name(each)) for each in categories_of(fact)],
            winners=by_edition.get(fact.title_en, []),
        )
        for fact in editions
    ]
    return sorted(found, key=lambda each: each.fact.starts_on or dt.date.min, reverse=True)


def categories_of(fact: HistoryFact) -> list[str]:
    """The categories that a row names."""
    given = fact.told.get("categories", [])
    return [each for each in given if isinstance(each, str)] if isinstance(given, list) else []


def read_growth(fact: HistoryFact) -> Growth | None:
    """A snapshot, if its day is known at all."""
    if fact.starts_on is None:
        return None
    when = say_when(fact.starts_on, None, fact.precision)
    values = {number.measure: number for number in fact.numbers.all()}
    return Growth(fact, when, fact.starts_on, values)


def facts_of(member: Member) -> list[HistoryFact]:
    """What the history tells of a member, newest first; one query."""
    rows = HistoryFact.objects.filter(members=member).distinct()
    return list(rows.order_by("-starts_on", "-pk"))
