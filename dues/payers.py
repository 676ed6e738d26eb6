"""Which members a payer's name names, in either script; no database.

A name is looked for inside what the bank prints: "CITY OF GOYANG, FINANCE" and "고양시청 세정과"
are Goyang. What people add to the name of a city counts for nothing, and the longest name wins, so
Dhaka North is not Dhaka. Names are compared as in the search: folded, word by word.
"""

from collections.abc import Iterable, Iterator, Mapping
from enum import IntEnum
from typing import NamedTuple

from members.search import bare
from wego.finding import Term, fold, split_words

LONGEST_NAME = 6
SHORTEST_LATIN, SHORTEST_HANGUL = 3, 2
FIRST_HANGUL, LAST_HANGUL = "가", "힣"


class Fit(IntEnum):
    """How a member stands to a payer; the surer the higher."""

    IN_TEXT = 1
    WITHIN = 2
    WHOLE = 3


class Found(NamedTuple):
    """A name that a text holds: whose it may be, and whether the text says nothing else."""

    members: frozenset[int]
    name: str
    whole: bool


class NameIndex:
    """The names of all members by what of them counts, so that a text costs only its own words."""

    def __init__(self, names: Mapping[int, Iterable[str]]) -> None:
        self.members: dict[str, set[int]] = {}
        self.words: dict[str, str] = {}
        for member, called in names.items():
            for name in filter(None, called):
                key = fold(bare(Term(name))) or fold(name)
                if len(key) >= shortest(key):
                    self.members.setdefault(key, set()).add(member)
                    self.words.setdefault(key, name)

    def find(self, text: str) -> list[Found]:
        """The names in a text, the longest first, none inside another."""
        words = split_words(bare(Term(text)))
        taken: set[int] = set()
        found = []
        for start, end, key in pieces(words):
            places = set(range(start, end))
            if key in self.members and not places & taken:
                taken |= places
                whole = key == "".join(words)
                found.append(Found(frozenset(self.members[key]), self.words[key], whole))
        return found


def shortest(key: str) -> int:
    """How short a name may be without being found everywhere."""
    return SHORTEST_HANGUL if is_hangul(key) else SHORTEST_LATIN


def is_hangul(text: str) -> bool:
    """Whether a word is written in 한글."""
    return all(FIRST_HANGUL <= sign <= LAST_HANGUL for sign in text)


def pieces(words: tuple[str, ...]) -> Iterator[tuple[int, int, str]]:
    """Runs of words, the longest first; then beginnings of words in 한글, which run together."""
    for length in range(min(LONGEST_NAME, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            yield start, start + length, "".join(words[start : start + length])
    for place, word in enumerate(words):
        if is_hangul(word):
            for end in range(len(word) - 1, SHORTEST_HANGUL - 1, -1):
                yield place, place + 1, word[:end]
