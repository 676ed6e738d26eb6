"""The result of an election, confirmed: terms begin, and those before them end (R15, R17, X14)."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from events.balloting.box import UNDER_WAY
from events.balloting.candidacies import lock_election
from events.balloting.rounds import RoundResult, results_of
from events.meetings.majorities import quorum_of
from events.models import Basis, Candidacy, Election, ElectionConfirmation, Meeting, Term
from events.office_policies import OfficePolicies, load_office_policies
from events.offices.executive import settle_executive
from events.offices.limits import refuse_too_many
from events.offices.terms import (
    NewTerm,
    end_running,
    lock_board,
    refuse_city,
    refuse_days,
    refuse_overlap,
    write_term,
)
from events.policies import load_policies
from members.models import User
from wego import audit


@transaction.atomic
def confirm_election(
    election: Election,
    *,
    starts_on: dt.date,
    ends_on: dt.date,
    label: str = "",
    leaves_free: bool = False,
    override_reason: str = "",
    on: dt.date,
    by: User | None,
) -> list[Term]:
    """Confirm who was elected: their terms begin, the terms they follow end the day before.

    `leaves_free` says that seats which no round filled stay free. A written reason overrides the
    number of EXCOM cities; an associate sits by the reason its candidacy was admitted with. The
    Executive Vice President follows the host decided on in the same breath (P3).

    Raises:
        ValidationError: nothing is counted, a tie is open, it was confirmed before, or a term
            cannot be.
    """
    locked = lock_election(election)
    lock_board()
    elected = refuse_unsettled(locked, leaves_free=leaves_free)
    policies = load_office_policies()
    terms = [new_term(each, starts_on, ends_on, label) for each in elected]
    for term, candidacy in zip(terms, elected, strict=True):
        refuse_days(term)
        refuse_city(term, policies, override_reason or reason_of(candidacy))
    if locked.replaces_running:
        because = f"{locked.call.meeting.name_en}: elected anew."
        end_running(locked.office, starts_on, because=because, by=by)
    refuse_seats(terms, policies, override_reason)
    rows = [
        write_term(term, override_reason.strip() or reason_of(candidacy), by=by)
        for term, candidacy in zip(terms, elected, strict=True)
    ]
    confirmation = ElectionConfirmation.objects.create(
        election=locked,
        confirmed_on=on,
        starts_on=starts_on,
        ends_on=ends_on,
        label=label.strip(),
        recorded_by=by,
    )
    audit.record_act(
        "election.confirmed",
        by=by,
        subject=confirmation,
        why=override_reason.strip(),
        facts={"elected": [each.member.name_en for each in elected]},
    )
    settle_executive(on=on, by=by)
    return rows


def refuse_unsettled(election: Election, *, leaves_free: bool) -> list[Candidacy]:
    """Who was elected, once nothing is open any more.

    Raises:
        ValidationError: it says what is still to be done.
    """
    if ElectionConfirmation.objects.filter(election=election).exists():
        raise ValidationError(_("The result is confirmed already."), code="confirmed")
    if election.rounds.filter(state__in=UNDER_WAY).exists():
        raise ValidationError(_("A round is under way: count it first."), code="under_way")
    results = results_of(election)
    if not results:
        raise ValidationError(_("Nothing is counted yet."), code="not_counted")
    for result in results:
        refuse_quorum(result)
    elected = [each for result in results for each in result.elected]
    if not elected:
        raise ValidationError(_("Nobody is elected: prepare another round."), code="nobody")
    if len(elected) < election.seats and not leaves_free:
        raise ValidationError(
            _(
                "%(free)s of %(seats)s seats are not filled: vote another round, or confirm that "
                "they stay free."
            )
            % {"free": election.seats - len(elected), "seats": election.seats},
            code="free",
        )
    return elected


def refuse_quorum(result: RoundResult) -> None:
    """A round in which too few voted elects nobody (S28)."""
    count = result.round.count
    needed = quorum_of(count.voters, load_policies())
    if result.elected and count.cast < needed:
        raise ValidationError(
            _(
                "Round %(number)s had no quorum: %(cast)s cities voted, %(needed)s were needed "
                "(S28). Nothing takes effect."
            )
            % {"number": result.round.number, "cast": count.cast, "needed": needed},
            code="quorum",
        )


def new_term(candidacy: Candidacy, starts_on: dt.date, ends_on: dt.date, label: str) -> NewTerm:
    """The term of somebody elected."""
    meeting: Meeting = candidacy.election.call.meeting
    return NewTerm(
        office=candidacy.election.office,
        member=candidacy.member,
        starts_on=starts_on,
        ends_on=ends_on,
        basis=Basis.ELECTED,
        label=label,
        meeting=meeting,
        reference=meeting.name_en,
    )


def refuse_seats(terms: list[NewTerm], policies: OfficePolicies, override_reason: str) -> None:
    """No office twice, and not one city too many, all new ones counted together (X14)."""
    for term in terms:
        refuse_overlap(term)
    refuse_too_many(
        [term.member for term in terms if term.member],
        terms[0].starts_on,
        terms[0].ends_on,
        policies,
        override_reason=override_reason.strip(),
    )


def reason_of(candidacy: Candidacy) -> str:
    """Why a candidacy was admitted by way of exception; "" when it needed none."""
    ruling = getattr(candidacy, "ruling", None)
    return ruling.reason if ruling else ""
