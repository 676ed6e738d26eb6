"""Global search: how a term is compared with names, and what every app found for it.

An app that can be searched answers the question "found" (see `wego.questions`) ::

    answers = {"found": "members.search.find_hits"}

with a function of the term and the person who asks, which returns the hits that person may see.

Names are compared folded, in Python: databases disagree about it (SQLite folds the capitals of
ASCII only, neither knows that Jørgen is Jorgen or that spaces are typed anywhere). Folding is
remembered by the text itself, so it is never out of date and costs once per name and process.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from wego.questions import ask

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser
    from django_stubs_ext import StrOrPromise

# How close a name is to what was typed; the closest stands on top.
EXACT, FORMERLY, BEGINS, WORDS, WITHIN, AROUND, ALIKE = 7, 6, 5, 4, 3, 2, 1
LONGEST_TERM = 100
# Shown under a heading; who answers hands over at most one more, so that it shows there is.
MOST_HITS = 8
SHORTEST_WITHIN = 2
SHORTEST_ALIKE = 4
ALIKE_FROM = 0.6
REMEMBERED = 1 << 16

# Letters that Unicode does not take apart into a letter and its accent.
PLAIN_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ŋ": "n"}
)
APOSTROPHES = re.compile(r"['’‘ʼ`´]")
BETWEEN_WORDS = re.compile(r"[\W_]+")


class Hit(NamedTuple):
    """One thing found: under which heading, what it is called, what tells it apart, where it is.

    `closeness` is one of this module's degrees; `rank` orders headings that are equally close.
    """

    heading: StrOrPromise
    title: str
    detail: str
    url: str
    closeness: int
    rank: int = 100


class Group(NamedTuple):
    """The hits under one heading, closest first, and whether there are more."""

    heading: StrOrPromise
    hits: list[Hit]
    more: bool


class Findings(NamedTuple):
    """Everything found; `only` is the address of the one hit when there is but one."""

    groups: list[Group]
    only: str = ""


@lru_cache(maxsize=REMEMBERED)
def split_words(text: str) -> tuple[str, ...]:
    """The words of a text without accents and capitals; 한글 stays composed."""
    if not text.isascii():
        apart = unicodedata.normalize("NFKD", text)
        bare = "".join(sign for sign in apart if unicodedata.category(sign) != "Mn")
        text = unicodedata.normalize("NFC", bare)
    plain = APOSTROPHES.sub("", text.casefold().translate(PLAIN_LETTERS))
    return tuple(word for word in BETWEEN_WORDS.split(plain) if word)


@lru_cache(maxsize=REMEMBERED)
def fold(text: str) -> str:
    """A text as it is compared: its words without what stands between them."""
    return "".join(split_words(text))


@lru_cache(maxsize=REMEMBERED)
def pairs_of(text: str) -> frozenset[str]:
    """The pairs of neighbouring letters, ends included, by which misspelt names are alike."""
    edged = f"^{fold(text)}$"
    return frozenset(edged[place : place + 2] for place in range(len(edged) - 1))


class Term:
    """What was typed, folded once for all the names it is compared with."""

    def __init__(self, typed: str) -> None:
        self.typed = typed
        self.folded = fold(typed)
        self.words = split_words(typed)

    def may_fit(self, folded: str) -> bool:
        """Whether a name can be close that is part of these folded names: asked of many first."""
        return self.folded in folded or (
            len(self.words) > 1 and all(word in folded for word in self.words)
        )

    def closeness(self, names: Iterable[str]) -> int:
        """How close the closest of some names is; 0 when none is."""
        return max(map(self.closeness_of, names), default=0)

    def closeness_of(self, name: str) -> int:
        """The closeness of one name; cheapest question first, since most names are not meant."""
        wanted, folded = self.folded, fold(name)
        if not self.may_fit(folded):
            return 0
        if wanted in folded:
            return self._closeness_within(folded, name) if wanted else 0
        return WORDS if has_words(self.words, split_words(name)) else WITHIN

    def _closeness_within(self, folded: str, name: str) -> int:
        """The closeness of a name that contains the term."""
        if self.folded == folded:
            return EXACT
        if folded.startswith(self.folded):
            return BEGINS
        if has_words(self.words, split_words(name)):
            return WORDS
        return WITHIN if len(self.folded) >= SHORTEST_WITHIN else 0


def has_words(wanted: Iterable[str], words: tuple[str, ...]) -> bool:
    """Whether each wanted word begins one of the words."""
    return all(any(word.startswith(start) for word in words) for start in wanted)


def are_alike(term: str, name: str) -> float:
    """How alike a term and a name are letter by letter, 0 to 1; 0 below what is worth showing."""
    first, second = pairs_of(term), pairs_of(name)
    share = 2 * len(first & second) / (len(first) + len(second))
    return share if share >= ALIKE_FROM and len(fold(term)) >= SHORTEST_ALIKE else 0.0


def tidy_term(typed: str) -> str:
    """What was typed, on one line, without control characters, no longer than a name."""
    kept = "".join(sign if sign.isprintable() else " " for sign in typed[: 4 * LONGEST_TERM])
    return " ".join(kept.split())[:LONGEST_TERM]


def find_all(term: str, user: AbstractBaseUser | AnonymousUser) -> Findings:
    """What every app found for a term, for this person; the best hit is the first of the first."""
    if not fold(term):
        return Findings([])
    found: list[Hit] = [hit for hits in ask("found", term, user) for hit in hits]
    # What is merely alike is shown only when nothing was meant.
    if any(hit.closeness > ALIKE for hit in found):
        found = [hit for hit in found if hit.closeness > ALIKE]
    found.sort(key=lambda hit: (-hit.closeness, hit.rank))
    by_heading: dict[str, list[Hit]] = {}
    for hit in found:
        by_heading.setdefault(str(hit.heading), []).append(hit)
    groups = [
        Group(heading, hits[:MOST_HITS], more=len(hits) > MOST_HITS)
        for heading, hits in by_heading.items()
    ]
    return Findings(groups, found[0].url if len(found) == 1 else "")
