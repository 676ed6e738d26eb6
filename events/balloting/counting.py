"""Counting a round: electronic ballots opened by both tellers, or the figures of a paper count."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from events.balloting import sealing
from events.balloting.box import check_keys, lock_round
from events.balloting.published import publish, recount
from events.balloting.tallying import ACCLAIM, Tally, tally_ballots
from events.models import (
    BallotBox,
    PublishedBallot,
    Round,
    RoundCount,
    RoundState,
    Turnout,
    VoteManner,
    Voter,
)
from events.policies import load_policies
from members.models import User
from wego import audit


def entitled_to(row: Round) -> int:
    """How many cities may vote in a round."""
    return Voter.objects.filter(call=row.election.call_id, may_vote=True).count()


@transaction.atomic
def count_electronic(
    row: Round, *, first_key: str, second_key: str, on: dt.date, by: User | None
) -> RoundCount:
    """Close voting, open every ballot at once, publish them by receipt, and count them.

    Raises:
        ValidationError: the keys are not right, nobody voted, or the box does not hold one ballot
            for each city that voted.
    """
    locked = lock_round(row, RoundState.OPEN)
    check_keys(locked, first_key, second_key)
    box = BallotBox.objects.select_for_update().get(round=locked)
    try:
        ballots = sealing.open_all(box.sealed, first_key, second_key)
    except sealing.SealError:
        raise ValidationError(
            _("A sealed ballot was altered: the round cannot be counted. Declare it void."),
            code="altered",
        ) from None
    turnout = Turnout.objects.filter(round=locked).count()
    if not turnout:
        raise ValidationError(_("Nobody has voted yet."), code="nobody")
    if len(ballots) != turnout:
        raise ValidationError(
            _("%(ballots)s ballots are in the box and %(turnout)s cities voted: declare it void.")
            % {"ballots": len(ballots), "turnout": turnout},
            code="turnout",
        )
    PublishedBallot.objects.bulk_create(
        PublishedBallot(round=locked, receipt=each["receipt"], choices=each["choices"])
        for each in ballots
    )
    codes = [each.code for each in locked.candidates.all()]
    tally = tally_ballots([each["choices"] for each in ballots], codes, locked.seats)
    majority = load_policies().majority
    published = publish(about_round(locked, majority, entitled_to(locked)), ballots)
    box.delete()
    return write_count(
        locked,
        tally,
        cast=len(ballots),
        majority=majority,
        commitment=published["commitment"],
        on=on,
        by=by,
    )


@transaction.atomic
def count_paper(
    row: Round,
    tally: Tally,
    *,
    cast: int,
    note: str = "",
    on: dt.date,
    by: User | None,
) -> RoundCount:
    """Enter what the tellers counted in the room.

    Raises:
        ValidationError: the figures cannot be: more ballots than voters, or votes that do not add
            up to the ballots.
    """
    locked = lock_round(row, RoundState.OPEN)
    refuse_figures(locked, tally, cast)
    majority = load_policies().majority
    return write_count(locked, tally, cast=cast, majority=majority, note=note, on=on, by=by)


def refuse_figures(row: Round, tally: Tally, cast: int) -> None:
    """What a paper count must add up to."""
    entitled, codes = entitled_to(row), {each.code for each in row.candidates.all()}
    if row.manner != VoteManner.PAPER or set(tally.votes) != codes:
        raise ValidationError(_("Enter the votes of every candidate."), code="candidates")
    refuse_cast(cast, entitled)
    valid = cast - tally.blank - tally.invalid
    if valid < 0:
        raise ValidationError(_("More blank and invalid ballots than were cast."), code="blank")
    total, most = sum(tally.votes.values()), max(tally.votes.values(), default=0)
    if most > valid or not valid <= total <= valid * min(row.seats, len(codes)):
        raise ValidationError(
            _(
                "The votes do not add up: %(valid)s valid ballots with 1 to %(seats)s names each, "
                "and %(total)s votes."
            )
            % {"valid": valid, "seats": row.seats, "total": total},
            code="votes",
        )


def refuse_cast(cast: int, entitled: int) -> None:
    """No more votes than there are voters, and not none."""
    if not 0 < cast <= entitled:
        raise ValidationError(
            _("%(entitled)s cities may vote: enter 1 to %(entitled)s.") % {"entitled": entitled},
            code="cast",
        )


@transaction.atomic
def record_acclaim(
    row: Round, *, present: int, note: str, on: dt.date, by: User | None
) -> RoundCount:
    """Record that all candidates were elected unanimously, without a count (R17).

    `present` is how many voters were there or represented.

    Raises:
        ValidationError: it is no such round, the number cannot be, or no note says how it was
            established.
    """
    locked = lock_round(row, RoundState.OPEN)
    if locked.manner != VoteManner.ACCLAIM:
        raise ValidationError(_("This round is counted."), code="manner")
    if not note.strip():
        raise ValidationError(
            _("Say how it was established: by acclaim, by show of hands."), code="note"
        )
    refuse_cast(present, entitled_to(locked))
    return write_count(locked, Tally({}), cast=present, majority=ACCLAIM, note=note, on=on, by=by)


def write_count(
    row: Round,
    tally: Tally,
    *,
    cast: int,
    majority: str,
    commitment: str = "",
    note: str = "",
    on: dt.date,
    by: User | None,
) -> RoundCount:
    """The row, and its entry on the trail; the round is over."""
    count = RoundCount.objects.create(
        round=row,
        counted_on=on,
        voters=entitled_to(row),
        cast=cast,
        blank=tally.blank,
        invalid=tally.invalid,
        votes=dict(tally.votes),
        majority=majority,
        commitment=commitment,
        note=note.strip(),
        recorded_by=by,
    )
    row.state = RoundState.COUNTED
    row.save(update_fields=["state"])
    audit.record_act(
        "round.counted",
        by=by,
        subject=row,
        why=count.note,
        facts={"cast": cast, "votes": count.votes, "commitment": commitment},
    )
    return count


def about_round(row: Round, majority: str, voters: int) -> dict[str, Any]:
    """What the ballots of a round were about, in English, as it is published."""
    with translation.override("en"):
        return {
            "election": str(row.election),
            "round": row.number,
            "seats": row.seats,
            "majority": majority,
            "voters": voters,
            "candidates": {
                each.code: each.candidacy.member.name_en
                for each in row.candidates.select_related("candidacy__member")
            },
        }


def published_file(row: Round) -> dict[str, Any]:
    """The published ballots of a counted electronic round, as everybody may have them."""
    ballots: list[Mapping[str, Any]] = [
        {"receipt": each.receipt, "choices": each.choices} for each in row.ballots.all()
    ]
    return publish(about_round(row, row.count.majority, row.count.voters), ballots)


def find_faults(row: Round) -> list[str]:
    """What is wrong with the stored ballots of a counted round, held against its count.

    The commitment was noted when the ballots were opened, here and in the audit trail.
    """
    found = recount(published_file(row))
    faults = list(found.faults)
    if found.commitment != row.count.commitment:
        faults.append(_("A published ballot was altered since the count."))
    if dict(found.tally.votes) != dict(row.count.votes):
        faults.append(_("The published ballots do not give the recorded votes."))
    return faults
