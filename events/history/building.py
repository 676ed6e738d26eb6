"""What the house keeps of a fact besides the fact itself: which rows each section makes."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from events.history.finding import Register
from events.history.meetings import build_assembly, build_excom
from events.history.offices import build_office
from events.history.people import build_partner, build_term, build_training
from events.history.sections import Told
from events.models import FactKind, HistoryFact

Builder = Callable[[HistoryFact, Told, Register], Iterable[str]]

BUILDERS: dict[str, Builder] = {
    FactKind.ASSEMBLY: build_assembly,
    FactKind.EXCOM: build_excom,
    FactKind.TERM: build_term,
    FactKind.OFFICE: build_office,
    FactKind.MOU: build_partner,
    FactKind.TRAINING: build_training,
}


def build_nothing(_fact: HistoryFact, _told: Told, _register: Register) -> Iterable[str]:
    """Some facts are no more than facts."""
    return ()


def build(fact: HistoryFact, told: Told, register: Register) -> Iterable[str]:
    """Make what the house keeps of a fact; the words for what was made, one each."""
    return BUILDERS.get(told.kind, build_nothing)(fact, told, register)
