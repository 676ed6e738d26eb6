"""How many cities the EXCOM may have (P4, S33, X14): counted on every day of a new term."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from events.models import SEATED, Term
from events.office_policies import OfficePolicies
from members.models import Member


def refuse_too_many(
    cities: Sequence[Member],
    starts_on: dt.date,
    ends_on: dt.date,
    policies: OfficePolicies,
    *,
    override_reason: str = "",
    leaving: Collection[int] = (),
) -> None:
    """Refuse one city too many on any day; a written reason overrides it.

    `leaving` are terms that end for the new ones.

    Raises:
        ValidationError: it names the day and how many would sit.
    """
    if override_reason:
        return
    day, count = fullest_day({city.pk for city in cities}, starts_on, ends_on, leaving)
    if count > policies.most_excom_cities:
        raise ValidationError(
            _(
                "The EXCOM would have %(count)s cities on %(day)s: at most %(most)s, President and "
                "Vice Presidents included. Give the reason in writing to go on all the same."
            )
            % {"count": count, "day": date_format(day), "most": policies.most_excom_cities},
            code="seats",
        )


def fullest_day(
    new: set[int], starts_on: dt.date, ends_on: dt.date, leaving: Collection[int] = ()
) -> tuple[dt.date, int]:
    """The first day on which most cities would sit, with the new ones, and how many.

    The number rises only where a term begins, so these days are all there is to look at.
    """
    rows = Term.objects.filter(
        office__in=SEATED, member__isnull=False, starts_on__lte=ends_on, ends_on__gte=starts_on
    ).exclude(pk__in=leaving)
    spans = [
        (
            row.member_id,
            row.starts_on,
            min(row.ends_on, row.ending.ended_on) if hasattr(row, "ending") else row.ends_on,
        )
        for row in rows.select_related("ending")
    ]
    days = sorted({starts_on, *(start for _who, start, _end in spans if start > starts_on)})
    counted = [
        (len(new | {who for who, start, end in spans if start <= day <= end}), day) for day in days
    ]
    count, day = max(counted, key=lambda pair: (pair[0], -pair[1].toordinal()))
    return day, count
