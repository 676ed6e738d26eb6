"""The ranking of a category from the scores of its jurors. Pure, and exact: no floating point.

A score is a whole number, 0 to 1,000. The mean over the jurors who scored decides; those who were
set aside count for nothing (X13).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Place:
    """Where an entry stands: `place` counts from 1, equal means share one; None without a score.

    `spread` is the distance between the highest and the lowest score.
    """

    entry: int
    scores: tuple[int, ...]
    place: int | None

    @property
    def mean(self) -> Fraction | None:
        """The exact mean of the scores."""
        return mean_of(self.scores)

    @property
    def spread(self) -> int | None:
        """How far the jurors are apart."""
        return max(self.scores) - min(self.scores) if self.scores else None

    @property
    def shown(self) -> str:
        """The mean out of 100 with one decimal, `87.4`; a dash without a score."""
        return "–" if self.mean is None else show_score(self.mean)


def mean_of(scores: Sequence[int]) -> Fraction | None:
    """The exact mean; None of nothing."""
    return Fraction(sum(scores), len(scores)) if scores else None


def show_score(score: Fraction | int) -> str:
    """A score of 1,000 as one of 100, rounded half up to one decimal: 874 is `87.4`."""
    tenths = int(Fraction(score) + Fraction(1, 2))
    return f"{tenths // 10}.{tenths % 10}"


def weigh(points: Mapping[int, int], weights: Mapping[int, int]) -> int:
    """The weighted sum of a sheet, 0 to 1,000, where the weights add up to 100."""
    return sum(weights[criterion] * given for criterion, given in points.items())


def rank_entries(scores: Mapping[int, Sequence[int]]) -> list[Place]:
    """Entries from the best mean down; two equal ones are both second and the next is fourth."""
    means = {entry: mean_of(given) for entry, given in scores.items()}
    known = [mean for mean in means.values() if mean is not None]

    def place_of(entry: int) -> int | None:
        own = means[entry]
        return None if own is None else 1 + sum(other > own for other in known)

    places = [Place(entry, tuple(given), place_of(entry)) for entry, given in scores.items()]
    return sorted(places, key=lambda each: (each.place is None, each.place or 0, each.entry))


def find_ties(places: Sequence[Place]) -> list[list[int]]:
    """Groups of entries with equal means, the best first."""
    groups: dict[int, list[int]] = {}
    for each in places:
        if each.place is not None:
            groups.setdefault(each.place, []).append(each.entry)
    return [group for group in groups.values() if len(group) > 1]
