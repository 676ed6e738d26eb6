"""The published ballots of a round (pure): anybody recounts them, nobody alters one unseen.

The file is JSON. Every ballot has a fingerprint (SHA-256 of its receipt and choices); the
commitment is the fingerprint of all of these, sorted, and of what the ballots were about. It is
printed with the result and stands in the audit trail, so a file that gives it is the one counted.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from events.balloting.tallying import Outcome, Tally, find_outcome, tally_ballots

FORMAT = "wego ballots 1"
# What the ballots were about; all of it is in the commitment.
ABOUT = ("format", "election", "round", "seats", "majority", "voters", "candidates")


@dataclass
class Recount:
    """What a recount found: the votes, who is elected by them, and every fault of the file."""

    tally: Tally
    outcome: Outcome
    cast: int
    commitment: str
    faults: list[str] = field(default_factory=list)


def fingerprint(ballot: Mapping[str, Any]) -> str:
    """Of one ballot: its receipt and its choices, sorted."""
    text = " ".join([ballot["receipt"], *sorted(ballot["choices"])])
    return hashlib.sha256(text.encode()).hexdigest()


def commit(about: Mapping[str, Any], fingerprints: Sequence[str]) -> str:
    """The fingerprint of all ballots and of what they were about."""
    head = json.dumps({key: about[key] for key in ABOUT}, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256("\n".join([head, *sorted(fingerprints)]).encode()).hexdigest()


def publish(about: Mapping[str, Any], ballots: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The file: what was voted on, every ballot by receipt, the fingerprints, the commitment."""
    ordered = [
        {"receipt": each["receipt"], "choices": sorted(each["choices"])}
        for each in sorted(ballots, key=lambda each: str(each["receipt"]))
    ]
    fingerprints = [fingerprint(each) for each in ordered]
    head = {"format": FORMAT, **about}
    return {
        **head,
        "cast": len(ordered),
        "ballots": ordered,
        "fingerprints": fingerprints,
        "commitment": commit(head, fingerprints),
    }


def recount(data: Mapping[str, Any]) -> Recount:
    """Count a published file anew and look for what was altered.

    Raises:
        ValueError: it is no such file.
    """
    refuse_foreign(data)
    ballots = data["ballots"]
    found = [fingerprint(each) for each in ballots]
    commitment = commit(data, found)
    receipts = [each["receipt"] for each in ballots]
    faults = [
        f"Ballot {each['receipt']} is not the one that was counted."
        for each, own, told in zip(ballots, found, data["fingerprints"], strict=False)
        if own != told
    ]
    if len(ballots) != len(data["fingerprints"]) or len(ballots) != data["cast"]:
        faults.append("Ballots are missing or were added.")
    if len(set(receipts)) != len(receipts):
        faults.append("A receipt stands twice.")
    if commitment != data["commitment"]:
        faults.append("The commitment does not fit the ballots.")
    tally = tally_ballots([each["choices"] for each in ballots], data["candidates"], data["seats"])
    outcome = find_outcome(
        tally.votes, seats=data["seats"], majority=data["majority"], voters=data["voters"]
    )
    return Recount(tally, outcome, len(ballots), commitment, faults)


def refuse_foreign(data: Mapping[str, Any]) -> None:
    """Say that something is no file of published ballots."""
    keys = {*ABOUT, "cast", "ballots", "fingerprints", "commitment"}
    if not isinstance(data, Mapping) or not keys <= data.keys() or data["format"] != FORMAT:
        raise ValueError("This is no file of published ballots.")
    sound = isinstance(data["seats"], int) and isinstance(data["voters"], int)
    shaped = isinstance(data["candidates"], Mapping) and isinstance(data["fingerprints"], list)
    if not (sound and shaped and isinstance(data["ballots"], list)):
        raise ValueError("This file of published ballots is damaged.")
    for each in data["ballots"]:
        texts = isinstance(each, Mapping) and isinstance(each.get("receipt"), str)
        listed = texts and isinstance(each.get("choices"), list)
        if not listed or not all(isinstance(code, str) for code in each["choices"]):
            raise ValueError("This file of published ballots is damaged.")
