"""What a proof of the books finds: named faults, each with the row to look at. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

# Of one kind of fault so many are named; the rest is counted.
MOST_NAMED = 20


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: a code for programs, a sentence for people."""

    code: str
    words: str


@dataclass
class Proof:
    """What was looked at, and what is wrong; sums in US cents."""

    counts: dict[str, int] = field(default_factory=dict)
    sums: dict[str, int] = field(default_factory=dict)
    found: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.found

    def add(self, code: str, sentences: Iterable[str]) -> None:
        """Note faults of one kind: the first are named, all are counted."""
        for words in sentences:
            self.found[code] += 1
            if self.found[code] <= MOST_NAMED:
                self.faults.append(Fault(code, words))
