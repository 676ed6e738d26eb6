"""Terms, advisers, partners and trainings of the past, as far as a source says enough."""

from __future__ import annotations

from collections.abc import Iterator

from events.history.finding import Register
from events.history.sections import Told
from events.history.words import DAY, read_date, read_name
from events.models import (
    Adviser,
    Basis,
    HistoryFact,
    Meeting,
    MeetingStage,
    MeetingState,
    Office,
    Partner,
    PartnerMemorandum,
    Precision,
    Seat,
    Term,
    Training,
)
from members.models import Body, Kind

NO_MOU = "not in the mou list"
OFFICES = {
    "EXCOM": Office.EXCOM,
    "President City": Office.PRESIDENT,
    "Executive Vice President City": Office.EXECUTIVE,
    "Vice President City": Office.VICE,
}


def build_term(fact: HistoryFact, told: Told, register: Register) -> Iterator[str]:
    """A term whose first and last day are told (C9); a committee of advisers is its people."""
    if told.title.en.casefold().startswith("advisory"):
        yield from build_advisers(fact, told)
        return
    office = OFFICES.get(told.title.en)
    member = register.find(told.hosts[0]) if told.hosts else None
    elected, end = told.row.get("elected"), told.row.get("end")
    if not (office and member and elected and end):
        return
    first, last = read_date(str(elected)), read_date(str(end))
    if first.precision != DAY or last.precision != DAY or not (first.starts_on and last.starts_on):
        return
    _term, created = Term.objects.get_or_create(
        body=Seat.EXCOM,
        office=office,
        member=member,
        starts_on=first.starts_on,
        ends_on=last.starts_on,
        defaults={
            "label": str(told.row.get("label", ""))[:120],
            "basis": Basis.ELECTED,
            "precision": Precision.DAY,
            "meeting": meeting_of(str(elected)),
            "reference": str(told.row.get("note", ""))[:200],
            "source": fact.source,
        },
    )
    if created:
        yield "terms"


def meeting_of(day: str) -> Meeting | None:
    """The assembly that was held on the day of an election, if it is on record."""
    on = read_date(day).starts_on
    held = MeetingStage.objects.filter(meeting__body=Body.ASSEMBLY, state=MeetingState.HELD)
    rows = held.filter(starts_on__lte=on).select_related("meeting").order_by("-starts_on")
    stage = rows.first()
    if stage and stage.starts_on and on and on <= (stage.ends_on or stage.starts_on):
        return stage.meeting
    return None


def build_advisers(fact: HistoryFact, told: Told) -> Iterator[str]:
    """`Prof. Kim Byung-joon 김병준 (Kookmin), Prof. Lee …`: the people of the committee."""
    seen = read_date(str(told.row["asof"])).starts_on if told.row.get("asof") else None
    for part in str(told.row.get("holder", "")).split("),"):
        name = read_name(part if part.rstrip().endswith(")") or "(" not in part else f"{part})")
        if not name.en and not name.ko:
            continue
        _adviser, created = Adviser.objects.get_or_create(
            full_name=(name.en or name.ko)[:200],
            defaults={
                "name_ko": name.ko[:200],
                "affiliation": name.note[:200],
                "seen_on": seen,
                "source": fact.source,
            },
        )
        if created:
            yield "advisers"


def build_partner(fact: HistoryFact, told: Told, register: Register) -> Iterator[str]:
    """A partner, with a memorandum unless the row says that there is none."""
    note = told.title.note.casefold()
    partner, created = Partner.objects.get_or_create(
        name_en=(told.title.en or told.title.ko)[:200],
        defaults={
            "name_ko": told.title.ko[:200],
            "member": register.find(told.title, kind=Kind.INSTITUTION),
            "source": fact.source,
        },
    )
    if not created:
        return
    yield "partners"
    if NO_MOU not in note:
        PartnerMemorandum.objects.create(partner=partner, source=fact.source)
        yield "memoranda"


def build_training(fact: HistoryFact, told: Told, _register: Register) -> Iterator[str]:
    """A training with its days; a row without days only tells which kinds there are."""
    if fact.starts_on is None:
        return
    quoted = {number.measure: number.value for number, _source in told.numbers}
    Training.objects.create(
        name_en=fact.title_en,
        name_ko=fact.title_ko,
        place=str(told.row.get("place", "?"))[:200],
        starts_on=fact.starts_on,
        ends_on=fact.ends_on,
        precision=fact.precision,
        quoted_people=quoted.get("people"),
        quoted_cities=quoted.get("cities"),
        source=fact.source,
    )
    yield "trainings"
