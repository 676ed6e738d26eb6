"""Meetings of the past: one assembly with all its stages (C6), hosts that were replaced (C7)."""

from __future__ import annotations

from collections.abc import Iterator

from events.history.finding import Register
from events.history.sections import Told
from events.history.words import split_clauses
from events.models import HistoryFact, Meeting, MeetingStage, MeetingState, Mode
from members.models import Body, Member

# How a status of the file is told by a stage; a call for bids is a plan without a host.
STATES = {
    "planned": MeetingState.PLANNED,
    "call_for_bids": MeetingState.PLANNED,
    "called": MeetingState.CALLED,
    "postponed": MeetingState.POSTPONED,
    "moved": MeetingState.MOVED,
    "held": MeetingState.HELD,
    "cancelled": MeetingState.CANCELLED,
}


def build_assembly(fact: HistoryFact, told: Told, register: Register) -> Iterator[str]:
    """The assembly of a number, with one more stage; a postponement told of is one of its own."""
    number = int(told.row["no"])
    meeting, created = Meeting.objects.get_or_create(
        body=Body.ASSEMBLY,
        number=number,
        defaults={
            "code": f"assembly-{number}",
            "name_en": told.title.en,
            "name_ko": told.title.ko,
            "source": fact.source,
        },
    )
    if created:
        yield "meetings"
    else:
        add_source(meeting, fact)
    status = str(told.row["status"])
    if status == "held" and (reason := postponement(told)) and was_planned(meeting):
        MeetingStage.objects.create(
            meeting=meeting, state=MeetingState.POSTPONED, reason=reason, place=""
        )
        yield "stages"
    add_stage(meeting, fact, told, register, STATES[status])
    yield "stages"


def was_planned(meeting: Meeting) -> bool:
    """Whether a plan is on record that can have been put off, and nobody has put it off yet."""
    states = set(meeting.stages.values_list("state", flat=True))
    return MeetingState.PLANNED in states and MeetingState.POSTPONED not in states


def postponement(told: Told) -> str:
    """The words in which a row says that it was put off; "" when it does not."""
    clauses = split_clauses(str(told.row.get("facts", "")))
    return next((each for each in clauses if each.casefold().startswith("postponed")), "")


def build_excom(fact: HistoryFact, told: Told, register: Register) -> Iterator[str]:
    """An EXCOM that was held."""
    year = int(told.row["year"])
    meeting, created = Meeting.objects.get_or_create(
        code=f"excom-{year}",
        defaults={
            "body": Body.EXCOM,
            "number": told.row.get("no"),
            "name_en": told.title.en,
            "name_ko": told.title.ko,
            "source": fact.source,
        },
    )
    if not created:
        add_source(meeting, fact)
        return
    yield "meetings"
    add_stage(meeting, fact, told, register, MeetingState.HELD)
    yield "stages"


def add_source(meeting: Meeting, fact: HistoryFact) -> None:
    """A meeting names every source that tells of it."""
    lines = dict.fromkeys([*meeting.source.splitlines(), *fact.source.splitlines()])
    meeting.source = "\n".join(lines)
    meeting.save(update_fields=["source"])


def add_stage(
    meeting: Meeting, fact: HistoryFact, told: Told, register: Register, state: MeetingState
) -> MeetingStage:
    """What was known of a meeting from one row on."""
    note = told.place.note
    host: Member | None = next((each for each in map(register.find, told.hosts) if each), None)
    named = told.hosts[0] if told.hosts and host is None else None
    return MeetingStage.objects.create(
        meeting=meeting,
        state=state,
        mode=mode_of(note),
        starts_on=fact.starts_on,
        ends_on=fact.ends_on,
        precision=fact.precision,
        host=host,
        place=(named.en or named.ko) if named else "",
        reason=note if told.hosts else str(told.row.get("host", "")),
    )


def mode_of(note: str) -> Mode:
    """How a meeting was attended, where the brackets behind its host say so."""
    words = note.casefold()
    return Mode.HYBRID if "hybrid" in words else Mode.ONLINE if "online" in words else Mode.ON_SITE
