"""The ballot box: who voted is known, what they voted is known to nobody else.

**The scheme.** Two tellers each hold a key that was shown once and is kept nowhere
(`events.balloting.sealing`). A ballot that is cast is sealed to both at once, in memory, with a
receipt only its voter sees. In one transaction the city's row of turnout is written, which the
database lets be written once, and the sealed ballot is put among the others. All sealed ballots of
a round are one row, sorted by their own random bytes and equally long: there is no row, number,
time, page or transaction of a single ballot to be held beside the row of turnout. When voting is
over the two keys open all ballots at once; they are published by receipt, in one transaction, and
the sealed ones are deleted.

So neither the database, whichever way its files are read (row numbers of SQLite, ctid and xmin of
PostgreSQL, free pages, write-ahead logs), nor backups taken between two votes, nor the audit trail,
sessions, mails or logs tie a vote to a city: before the count a ballot is noise of one length, and
opened ballots never were in the order of voting. The request that carries a vote is written down by
nobody: it is not kept when a session ends, the answer is of one length whatever was voted, and the
receipt is in that answer alone.

**Its limits.** (1) Whoever runs the server while a vote is cast could watch its memory or change
the program. (2) Somebody who has *both* tellers' keys *and* copies of the database from between two
votes can open what was added between them: tellers are two people, apart from whoever keeps the
backups, and destroy their keys after the count. (3) With a unanimous result, or one ballot, the
result itself tells. (4) A receipt lets a voter look their ballot up, and so also show it to
somebody else. (5) When a key is lost the ballots cannot be opened: the round is declared void and
voted anew; that is why both keys are typed in once before voting opens.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from events.balloting import sealing
from events.balloting.calling import assembly_day, deadline_of
from events.balloting.candidacies import lock_election
from events.balloting.rounds import candidates_for_next, seats_left
from events.balloting.tallying import is_valid
from events.models import (
    BallotBox,
    Candidacy,
    Election,
    ElectionConfirmation,
    Proxy,
    Round,
    RoundCandidate,
    RoundState,
    Turnout,
    VoteManner,
    Voter,
)
from members.models import Member, User
from wego import audit

UNDER_WAY = (RoundState.PREPARED, RoundState.OPEN)


class Prepared(NamedTuple):
    """A round, and for an electronic one the tellers' two keys: shown now and never again."""

    round: Round
    keys: tuple[str, str] | None


@transaction.atomic
def prepare_round(election: Election, *, manner: str, on: dt.date, by: User | None) -> Prepared:
    """Make the ballots of the next round: the seats that are left, the candidates for them.

    Raises:
        ValidationError: the deadline has not passed, the list of voters is not fixed, a round is
            under way, nobody stands, or nothing is left to elect.
    """
    locked = lock_election(election)
    refuse_too_early(locked, on)
    refuse_settled(locked)
    candidates, seats = candidates_for_next(locked), seats_left(locked)
    refuse_without(candidates, seats, manner)
    keys = None
    if manner == VoteManner.ELECTRONIC:
        keys = (sealing.new_teller_key(), sealing.new_teller_key())
    row = Round.objects.create(
        election=locked,
        number=locked.rounds.count() + 1,
        manner=manner,
        seats=seats,
        public_key=sealing.public_key_of(*keys) if keys else "",
        created_by=by,
    )
    RoundCandidate.objects.bulk_create(
        RoundCandidate(round=row, candidacy=each, code=f"{place:02d}")
        for place, each in enumerate(candidates, start=1)
    )
    audit.record_act(
        "round.prepared",
        by=by,
        subject=row,
        facts={"manner": manner, "seats": seats, "candidates": len(candidates)},
    )
    return Prepared(row, keys)


def refuse_too_early(election: Election, on: dt.date) -> None:
    """Candidates and voters are settled before ballots are made."""
    last = deadline_of(election.call)
    if on <= last:
        raise ValidationError(
            _("Candidacies are open until %(day)s: ballots are made after that.")
            % {"day": date_format(last)},
            code="candidacies_open",
        )
    if not Voter.objects.filter(call=election.call_id).exists():
        raise ValidationError(
            _("Fix the list of voters first: it says who gets a ballot."), code="no_voters"
        )


def refuse_settled(election: Election) -> None:
    """One round at a time, and none after the result is confirmed."""
    if ElectionConfirmation.objects.filter(election=election).exists():
        raise ValidationError(_("The result is confirmed."), code="confirmed")
    if election.rounds.filter(state__in=UNDER_WAY).exists():
        raise ValidationError(
            _("A round is under way: count it, or declare it void."), code="under_way"
        )


def refuse_without(candidates: Sequence[Candidacy], seats: int, manner: str) -> None:
    """Somebody stands, a seat is left, and acclaim needs no more candidates than seats."""
    if seats < 1:
        raise ValidationError(_("Every seat is filled: confirm the result."), code="filled")
    if not candidates:
        raise ValidationError(_("Nobody stands for the seats that are left."), code="nobody")
    if manner == VoteManner.ACCLAIM and len(candidates) > seats:
        raise ValidationError(
            _("There are more candidates than seats: they are voted on."), code="contested"
        )


@transaction.atomic
def open_round(
    row: Round, *, first_key: str = "", second_key: str = "", on: dt.date, by: User | None
) -> Round:
    """Let voting begin, on the day of the Assembly or later.

    For an electronic round both tellers type their keys once: so they are known to be right.

    Raises:
        ValidationError: the keys are not right, it is too early, or the round is not waiting.
    """
    locked = lock_round(row, RoundState.PREPARED)
    day = assembly_day(locked.election.call.meeting)
    if on < day:
        raise ValidationError(
            _("The Assembly is on %(day)s: voting opens there.") % {"day": date_format(day)},
            code="early",
        )
    if locked.manner == VoteManner.ELECTRONIC:
        check_keys(locked, first_key, second_key)
        BallotBox.objects.create(round=locked)
    locked.state, locked.opened_on = RoundState.OPEN, on
    locked.save(update_fields=["state", "opened_on"])
    audit.record_act("round.opened", by=by, subject=locked)
    return locked


def check_keys(row: Round, first_key: str, second_key: str) -> None:
    """Refuse keys that are not the two of this round, and say which kind of mistake it is."""
    for place, key in enumerate((first_key, second_key), start=1):
        try:
            sealing.read_teller_key(key)
        except sealing.SealError:
            raise ValidationError(
                _("A sign of key %(place)s is wrong: compare it with the paper.")
                % {"place": place},
                code=f"key{place}",
            ) from None
    try:
        found = sealing.public_key_of(first_key, second_key)
    except sealing.SealError:
        raise ValidationError(
            _("This is the same key twice: both tellers are needed."), code="key2"
        ) from None
    if found != row.public_key:
        raise ValidationError(_("These are not the two keys of this round."), code="key1")


def lock_round(row: Round, *states: str) -> Round:
    """The round, locked; the election with it, so that rounds and results wait for each other.

    Raises:
        ValidationError: it is in none of these states.
    """
    lock_election(row.election)
    locked = Round.objects.select_related("election__call__meeting").get(pk=row.pk)
    if locked.state not in states:
        raise ValidationError(
            _("This round is %(state)s.") % {"state": locked.get_state_display()}, code="state"
        )
    return locked


@transaction.atomic
def cast_ballot(
    row: Round,
    member: Member,
    choices: Sequence[str],
    *,
    holder: Member | None = None,
    by: User | None,
) -> str:
    """Put a city's ballot into the box; returns the receipt, which nobody can be told again.

    A city that gave its vote away (S30) votes through the `holder` of its proxy alone. An empty
    ballot is blank. Nothing here is dated; the audit trail learns that the city voted, and through
    whom.

    Raises:
        ValidationError: voting is not open, the city may not vote, has voted, or gave its vote to
            another city than votes here, or the ballot names more than there are seats or somebody
            who does not stand.
    """
    box = BallotBox.objects.select_for_update().filter(round=row).first()
    fresh = Round.objects.select_related("election").get(pk=row.pk)
    if box is None or fresh.state != RoundState.OPEN:
        raise ValidationError(_("Voting is not open."), code="closed")
    refuse_voter(fresh, member)
    refuse_other_hand(fresh, member, holder)
    codes = [each.code for each in fresh.candidates.all()]
    if not is_valid(choices, codes, fresh.seats):
        raise ValidationError(
            _("Choose at most %(seats)s, each once.") % {"seats": fresh.seats}, code="choices"
        )
    receipt = sealing.new_receipt()
    Turnout.objects.create(round=fresh, member=member, cast_by=by)
    box.sealed = sorted([*box.sealed, sealing.seal(fresh.public_key, receipt, list(choices))])
    box.save(update_fields=["sealed"])
    through = {"proxy": str(holder)} if holder else {}
    audit.record_act("round.voted", by=by, subject=fresh, file=member, facts=through)
    return receipt


def refuse_voter(row: Round, member: Member) -> None:
    """One ballot for each city on the list of voters."""
    line = Voter.objects.filter(call=row.election.call_id, member=member).first()
    if line is None or not line.may_vote:
        why = line.why if line else _("It is not on the list of voters.")
        raise ValidationError(
            _("%(member)s has no vote. %(why)s") % {"member": member, "why": why}, code="no_vote"
        )
    if Turnout.objects.filter(round=row, member=member).exists():
        raise ValidationError(
            _("%(member)s has voted in this round. Its ballot counts once.") % {"member": member},
            code="voted",
        )


def refuse_other_hand(row: Round, member: Member, holder: Member | None) -> None:
    """A vote is cast by the city itself, or by the one city that holds its proxy (S30)."""
    standing = Proxy.objects.standing().filter(
        meeting__election_call=row.election.call_id, giver__member=member
    )
    proxy = standing.select_related("holder__member").first()
    if holder is None and proxy:
        raise ValidationError(
            _("%(member)s has given its vote to %(holder)s in this meeting.")
            % {"member": member, "holder": proxy.holder},
            code="given",
        )
    if holder and (proxy is None or proxy.holder.member_id != holder.pk):
        raise ValidationError(
            _("%(holder)s holds no proxy of %(member)s in this meeting.")
            % {"member": member, "holder": holder},
            code="no_proxy",
        )


@transaction.atomic
def void_round(row: Round, *, reason: str, by: User | None) -> Round:
    """Declare a round void: a key was lost, or something went wrong; what is sealed stays sealed.

    Raises:
        ValidationError: it is counted or void, or no reason is given.
    """
    locked = lock_round(row, *UNDER_WAY)
    if not reason.strip():
        raise ValidationError(_("Say why the round is void."), code="reason")
    locked.state, locked.void_reason = RoundState.VOID, reason.strip()
    locked.save(update_fields=["state", "void_reason"])
    BallotBox.objects.filter(round=locked).delete()
    audit.record_act("round.voided", by=by, subject=locked, why=locked.void_reason)
    return locked
