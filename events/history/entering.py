"""The history of the organisation, taken in from a file: all of it or nothing, each fact once.

A fact is written down with its source and its row; where the house keeps rows of that kind
(meetings, terms, offices, partners, trainings, advisers) they are made of it too, as far as it is
known and never further.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from events.history.building import build
from events.history.finding import Register, read_register
from events.history.reading import read_history
from events.history.sections import READERS, Told
from events.models import FactKind, HistoryFact, QuotedNumber
from members.models import User
from wego import audit

OWN_FILE = Path(__file__).with_name("timeline.json")
MOST_REFUSALS = 20


@dataclass
class HistoryReport:
    """What an import did: new facts by section, those known before, and what it could not place.

    `unplaced` are names of hosts and winners that no member carries; `unknown` are sections of
    the file that nobody reads.
    """

    created: dict[str, int] = field(default_factory=lambda: dict.fromkeys(READERS, 0))
    unchanged: int = 0
    built: Counter[str] = field(default_factory=Counter)
    unplaced: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The report for programs."""
        return {
            "created": self.created,
            "unchanged": self.unchanged,
            "rows": dict(self.built),
            "unplaced": self.unplaced,
            "unknown_sections": self.unknown,
        }


@transaction.atomic
def import_history(content: bytes, *, by: User | None) -> HistoryReport:
    """Take a history file in; what is known already is left as it stands.

    Raises:
        ValidationError: something in it cannot be taken; each sentence names section and row, and
            nothing at all is imported.
    """
    reading = read_history(content)
    if reading.refused:
        sentences = [each.sentence for each in reading.refused]
        more = len(sentences) - MOST_REFUSALS
        if more > 0:
            sentences[MOST_REFUSALS:] = [_("and %(count)s more.") % {"count": more}]
        raise ValidationError([ValidationError(text, code="history") for text in sentences])
    report = HistoryReport(unknown=reading.unknown)
    register = read_register()
    known = set(HistoryFact.objects.select_for_update().values_list("key", flat=True))
    for told in reading.facts:
        if told.key in known:
            report.unchanged += 1
        else:
            enter_fact(told, register, report, by=by)
    report.unplaced = sorted(register.missed)
    if sum(report.created.values()):
        audit.record_act("history.imported", by=by, facts={"created": report.created})
    return report


def enter_fact(
    told: Told, register: Register, report: HistoryReport, *, by: User | None
) -> HistoryFact:
    """Write one fact, its numbers, and what the house keeps of it."""
    kind = None if told.kind in (FactKind.MOU, FactKind.WINNER) else "city"
    found = [register.find(host, kind=kind or "") for host in told.hosts]
    members = [member for member in found if member]
    fact = HistoryFact.objects.create(
        kind=told.kind,
        key=told.key,
        title_en=told.title.en or told.title.ko,
        title_ko=told.title.ko,
        starts_on=told.when.starts_on,
        ends_on=told.when.ends_on,
        precision=told.when.precision,
        place_en=told.place.en,
        place_ko=told.place.ko,
        words=told.words,
        words_ko=told.words_ko,
        source="\n".join(told.sources),
        told=dict(told.row),
        imported_by=by,
    )
    fact.members.set(members)
    QuotedNumber.objects.bulk_create(
        QuotedNumber(
            fact=fact,
            measure=number.measure,
            value=number.value,
            mark=number.mark,
            words=number.words[:300],
            source=source,
        )
        for number, source in told.numbers
    )
    report.created[told.kind] += 1
    for built in build(fact, told, register):
        report.built[built] += 1
    return fact


def import_own_history() -> HistoryReport:
    """The history as far as it is public; for the demonstration."""
    return import_history(OWN_FILE.read_bytes(), by=None)
