"""The list of voters, fixed at the record date (4.7, S10, S27): who may vote and why, for good."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dues.standing import standings_of
from events.meetings.electorate import find_full_cities
from events.models import ElectionCall, Voter
from members.models import User
from wego import audit


@transaction.atomic
def fix_voters(call: ElectionCall, *, on: dt.date, by: User | None) -> int:
    """Write down who may vote, as every full member city stands on the record date; how many may.

    Raises:
        ValidationError: the record date has not come, or the list is fixed already.
    """
    locked = ElectionCall.objects.select_for_update().get(pk=call.pk)
    if locked.record_on > on:
        raise ValidationError(
            _("The record date is %(day)s: the list is fixed from that day on.")
            % {"day": date_format(locked.record_on)},
            code="early",
        )
    if Voter.objects.filter(call=locked).exists():
        raise ValidationError(_("The list of voters is fixed."), code="fixed")
    lines = list_lines(locked)
    if not any(line.may_vote for line in lines):
        raise ValidationError(
            _("No city may vote on that day: look at good standing first."), code="nobody"
        )
    Voter.objects.bulk_create(lines)
    may = sum(line.may_vote for line in lines)
    audit.record_act(
        "voters.fixed",
        by=by,
        subject=locked,
        facts={"on": locked.record_on.isoformat(), "may vote": may, "cities": len(lines)},
    )
    return may


def list_lines(call: ElectionCall) -> list[Voter]:
    """Every full member city with its answer, in both languages."""
    cities = find_full_cities(call.record_on)
    said = {}
    for language in ("en", "ko"):
        with translation.override(language):
            said[language] = standings_of(cities, on=call.record_on)
    return [
        Voter(
            call=call,
            member=english.member,
            may_vote=english.voting.is_yes,
            why_en=english.voting.why,
            why_ko=korean.voting.why,
        )
        for english, korean in zip(said["en"], said["ko"], strict=True)
    ]
