"""Candidacies (P2, A17, A18): a notice in time, by a full member city with nothing outstanding.

What was found on the day a notice came is frozen with it. One that came late, or from a city that
may not stand, does not stand, unless somebody who may admits it with a written reason (R20, X15).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dues.standing import Standing, standing_of
from events.balloting.calling import deadline_of
from events.models import (
    CameBy,
    Candidacy,
    CandidacyRuling,
    CandidacyWithdrawal,
    Election,
    Round,
    RoundState,
)
from events.office_policies import load_office_policies
from events.office_switches import AssociateSeats
from members.models import Kind, Member, Status, User
from wego import audit


@transaction.atomic
def file_candidacy(
    election: Election,
    member: Member,
    *,
    received_on: dt.date,
    came_by: str,
    statement: str = "",
    on: dt.date,
    by: User | None,
) -> Candidacy:
    """Record a notice of candidacy, with what is found of the city on the day it came.

    A notice that does not stand is on record all the same, with its reasons; the city may give
    notice again until the deadline, once it has paid.

    Raises:
        ValidationError: the city stands already, the day lies ahead or before the call, or the
            votes are cast already.
    """
    locked = lock_election(election)
    refuse_day(locked, received_on, on)
    refuse_voted(locked)
    if locked.candidacies.standing().filter(member=member).exists():
        raise ValidationError(
            _("%(member)s stands already.") % {"member": member}, code="stands_already"
        )
    candidacy = Candidacy.objects.create(
        election=locked,
        member=member,
        received_on=received_on,
        came_by=came_by,
        statement=statement.strip(),
        recorded_by=by,
        **judge_notice(member, received_on, deadline_of(locked.call)),
    )
    audit.record_act(
        "candidacy.filed",
        by=by,
        subject=candidacy,
        file=member,
        why=candidacy.reason_en,
        facts={
            "office": locked.office,
            "received": received_on.isoformat(),
            "late": candidacy.is_late,
            "eligible": candidacy.is_eligible,
        },
    )
    return candidacy


def judge_notice(member: Member, received_on: dt.date, deadline_on: dt.date) -> dict[str, Any]:
    """What is found of a notice, in both languages, as it is frozen (A17, A18, S11)."""
    standing = standing_of(member, on=received_on)
    is_late = received_on > deadline_on
    reasons = {}
    for language in ("en", "ko"):
        with translation.override(language):
            answer = standing_of(member, on=received_on).candidacy
            late = [say_late(received_on, deadline_on)] if is_late else []
            reasons[f"reason_{language}"] = " ".join([*late, answer.why])
    return {
        "deadline_on": deadline_on,
        "is_late": is_late,
        "is_eligible": standing.candidacy.is_yes,
        "status": standing.status or "",
        "invoices": list_invoices(standing),
        **reasons,
    }


def say_late(received_on: dt.date, deadline_on: dt.date) -> str:
    """That a notice came after the deadline."""
    return _("Received on %(day)s: the last day to stand was %(last)s.") % {
        "day": date_format(received_on),
        "last": date_format(deadline_on),
    }


def list_invoices(standing: Standing) -> list[dict[str, Any]]:
    """The invoices behind a refusal, as they stood."""
    return [
        {"number": each.number, "open_cents": each.open_cents}
        for each in standing.candidacy.invoices
    ]


@transaction.atomic
def admit_candidacy(
    candidacy: Candidacy, *, reason: str, on: dt.date, by: User | None
) -> CandidacyRuling:
    """Let a candidacy stand by way of exception, late or not eligible (R20, X15).

    Raises:
        ValidationError: it stands anyway or was withdrawn, no reason is given, the city can never
            hold the office, or the votes are cast already.
    """
    locked = lock_election(candidacy.election)
    refuse_voted(locked)
    fresh = Candidacy.objects.select_related("member").get(pk=candidacy.pk)
    if CandidacyWithdrawal.objects.filter(candidacy=fresh).exists():
        raise ValidationError(_("This candidacy was withdrawn."), code="withdrawn")
    if locked.candidacies.standing().filter(member=fresh.member_id).exists():
        raise ValidationError(
            _("%(member)s stands already.") % {"member": fresh.member}, code="stands_already"
        )
    refuse_never(fresh)
    if not reason.strip():
        raise ValidationError(
            _("Give the reason in writing: an exception is kept with it."), code="reason"
        )
    ruling = CandidacyRuling.objects.create(
        candidacy=fresh, reason=reason.strip(), ruled_on=on, recorded_by=by
    )
    audit.record_act(
        "candidacy.admitted",
        by=by,
        subject=fresh,
        file=fresh.member,
        why=ruling.reason,
        facts={"late": fresh.is_late, "eligible": fresh.is_eligible},
    )
    return ruling


def refuse_never(candidacy: Candidacy) -> None:
    """No exception for those that can never hold an office (S34).

    Raises:
        ValidationError: it is no city, no member, or an associate where the switch says never.
    """
    known = {Status.FULL}
    if load_office_policies().associate_seats == AssociateSeats.EXCEPTION:
        known.add(Status.ASSOCIATE)
    if candidacy.member.kind != Kind.CITY or candidacy.status not in known:
        raise ValidationError(
            _("No exception is possible: %(reason)s") % {"reason": candidacy.reason}, code="never"
        )


@transaction.atomic
def withdraw_candidacy(
    candidacy: Candidacy, *, on: dt.date, by: User | None
) -> CandidacyWithdrawal:
    """A city stands no more.

    Raises:
        ValidationError: it had withdrawn, or the ballots are out already.
    """
    refuse_voted(lock_election(candidacy.election))
    if CandidacyWithdrawal.objects.filter(candidacy=candidacy).exists():
        raise ValidationError(_("This candidacy was withdrawn."), code="withdrawn")
    withdrawal = CandidacyWithdrawal.objects.create(
        candidacy=candidacy, withdrawn_on=on, recorded_by=by
    )
    audit.record_act(
        "candidacy.withdrawn", by=by, subject=candidacy, file=candidacy.member, facts={}
    )
    return withdrawal


def lock_election(election: Election) -> Election:
    """The election, locked until the end of the transaction."""
    return Election.objects.select_for_update().select_related("call__meeting").get(pk=election.pk)


def refuse_day(election: Election, received_on: dt.date, on: dt.date) -> None:
    """A notice came after the call, and not tomorrow."""
    if received_on > on:
        raise ValidationError(_("This day lies ahead: record it when it has come."), code="future")
    if received_on < election.call.called_on:
        raise ValidationError(
            _("Candidacies are called for since %(day)s: a notice cannot have come before.")
            % {"day": date_format(election.call.called_on)},
            code="before_call",
        )


def refuse_voted(election: Election) -> None:
    """Candidates are settled once the first round is prepared.

    Raises:
        ValidationError: a round that is not void exists.
    """
    if Round.objects.filter(election=election).exclude(state=RoundState.VOID).exists():
        raise ValidationError(
            _("The ballots are made: candidates no longer change."), code="ballots_made"
        )


def came_by_portal(candidacy: Candidacy) -> bool:
    """Whether the city itself gave notice here."""
    return candidacy.came_by == CameBy.PORTAL
