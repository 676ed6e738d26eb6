"""Who is elected by a count (pure): most votes, so many seats; what is tied is declared (S29)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

SIMPLE, ABSOLUTE, ACCLAIM = "simple", "absolute", "acclaim"


@dataclass(frozen=True)
class Tally:
    """What ballots came to: votes by candidate, blank and invalid ballots."""

    votes: Mapping[str, int]
    blank: int = 0
    invalid: int = 0


@dataclass(frozen=True)
class Outcome:
    """Who is elected, the most votes first; who is tied for the seats that are left.

    `needed` is how many votes the majority asks for.
    """

    elected: tuple[str, ...]
    tied: tuple[str, ...]
    seats_left: int
    needed: int


def tally_ballots(ballots: Iterable[Sequence[str]], candidates: Iterable[str], seats: int) -> Tally:
    """Count ballots: none chosen is blank; a stranger, one twice or too many make it invalid."""
    known = list(candidates)
    votes = Counter(dict.fromkeys(known, 0))
    blank = invalid = 0
    for choices in ballots:
        if not choices:
            blank += 1
        elif not is_valid(choices, known, seats):
            invalid += 1
        else:
            votes.update(choices)
    return Tally(dict(votes), blank, invalid)


def is_valid(choices: Sequence[str], candidates: Sequence[str], seats: int) -> bool:
    """Whether a ballot names candidates of the round, each once, no more than there are seats."""
    return len(set(choices)) == len(choices) <= seats and set(choices) <= set(candidates)


def find_outcome(votes: Mapping[str, int], *, seats: int, majority: str, voters: int) -> Outcome:
    """Who is elected: those with most votes, as many as there are seats, who reach the majority.

    Simple asks for a vote at least, absolute for more than half of those entitled. Candidates with
    equally many votes for the last seats are tied: none of them is elected by this count.
    """
    needed = voters // 2 + 1 if majority == ABSOLUTE else 1
    ranked = sorted(
        ((count, code) for code, count in votes.items() if count >= needed),
        key=lambda pair: (-pair[0], pair[1]),
    )
    if len(ranked) <= seats:
        tied: tuple[str, ...] = ()
        elected = tuple(code for _count, code in ranked)
    else:
        last = ranked[seats - 1][0]
        level = tuple(code for count, code in ranked if count == last)
        above = tuple(code for count, code in ranked if count > last)
        fits = len(above) + len(level) <= seats
        elected, tied = (above + level, ()) if fits else (above, level)
    return Outcome(elected, tied, seats - len(elected), needed)
