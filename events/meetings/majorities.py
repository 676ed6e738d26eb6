"""Quorum and majority as arithmetic (S28, S29). Pure."""

from __future__ import annotations

from typing import NamedTuple

from events.switches import MajorityRule, MeetingPolicies, QuorumRule, StatuteQuorum


class Tally(NamedTuple):
    """Votes as they were counted."""

    votes_for: int
    votes_against: int
    abstentions: int = 0

    @property
    def cast(self) -> int:
        """Votes cast: an abstention is none (S29)."""
        return self.votes_for + self.votes_against

    @property
    def total(self) -> int:
        """Everybody who answered."""
        return self.cast + self.abstentions


def quorum_of(entitled: int, policies: MeetingPolicies, *, is_statute: bool = False) -> int:
    """How many voters must be there (S28); never none at all.

    More than half of 8 are 5, of 9 are 5; a third of 10 are 4; two thirds of 10 are 7.
    """
    if is_statute and policies.statute_quorum == StatuteQuorum.TWO_THIRDS:
        needed = -(-2 * entitled // 3)
    elif policies.quorum == QuorumRule.MORE_THAN_HALF:
        needed = entitled // 2 + 1
    elif policies.quorum == QuorumRule.ONE_THIRD:
        needed = -(-entitled // 3)
    else:
        needed = 1
    return max(1, needed)


def is_carried(
    tally: Tally, *, entitled: int, policies: MeetingPolicies, is_statute: bool = False
) -> bool:
    """Whether these votes carry a motion (S29).

    Simple: more for than against; the statute: two thirds of the votes cast. Absolute: more than
    half, or two thirds, of all those entitled.
    """
    if policies.majority == MajorityRule.ABSOLUTE:
        if is_statute:
            return 3 * tally.votes_for >= 2 * entitled > 0
        return 2 * tally.votes_for > entitled
    if is_statute:
        return 3 * tally.votes_for >= 2 * tally.cast > 0
    return tally.votes_for > tally.votes_against
