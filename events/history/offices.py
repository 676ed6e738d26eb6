"""Regional offices of the past: approved, opened, moved, as far as a source says so (R30)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from events.history.finding import Register
from events.history.sections import Told
from events.history.words import Name, When, read_name, read_span, split_clauses
from events.models import HistoryFact, OfficeStage, OfficeState, RegionalOffice

AFTER = re.compile(r"\(after (?P<before>[^()]+)\)")
# The day of each step as a row gives it, in the order in which the steps happen.
STEPS = (
    (OfficeState.APPROVED, ("approved_public", "decided")),
    (OfficeState.OPENED, ("opened_public",)),
)


def build_office(fact: HistoryFact, told: Told, register: Register) -> Iterator[str]:
    """The offices of a row; `Abu Dhabi; Cuenca` are two, with a region each."""
    hosts = split_clauses(str(told.row["host"]))
    regions = split_clauses(str(told.row["region"]))
    if len(hosts) != len(regions):
        regions = [str(told.row["region"])] * len(hosts)
    for host, region in zip(hosts, regions, strict=True):
        yield from build_one(fact, told, register, read_name(host), region)


def build_one(
    fact: HistoryFact, told: Told, register: Register, host: Name, region: str
) -> Iterator[str]:
    """One office with the steps that the row tells of."""
    name = read_name(region.replace("->", "→"))
    office, created = RegionalOffice.objects.get_or_create(
        name_en=(name.en or name.ko)[:120], defaults={"name_ko": name.ko[:120]}
    )
    if created:
        yield "regional offices"
    for state, when, decided_by in steps_of(told, moved=bool(AFTER.search(region))):
        OfficeStage.objects.create(
            office=office,
            state=state,
            happened_on=when.starts_on,
            precision=when.precision,
            host=register.find(host),
            place=" ".join(filter(None, (host.en, host.ko)))[:200],
            decided_by=decided_by[:200],
            source=fact.source,
        )
        yield "steps of offices"


def steps_of(told: Told, *, moved: bool) -> Iterator[tuple[OfficeState, When, str]]:
    """Each step with its day; an office only known to stand has a step without one."""
    found = False
    for state, names in STEPS:
        text = next((str(told.row[name]) for name in names if told.row.get(name)), "")
        if text:
            found = True
            by_body = text if text.startswith(("GA", "EXCOM")) else ""
            yield state, read_span(text), by_body
    if not found:
        # `asof` is a day on which it stood, and no day on which anything happened.
        yield OfficeState.MOVED if moved else OfficeState.OPENED, When(), ""
