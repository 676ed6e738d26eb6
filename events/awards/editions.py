"""An edition is written and its deadline extended; what it begins with is said by S36."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from events.award_switches import ENTRIES_PER_CITY, PRIZES, RECUSAL
from events.awards.moving import S, lock_edition, require_state
from events.models import AwardCategory, AwardCriterion, AwardEdition, EditionEntry
from members.models import User
from wego import audit
from wego.policies import load_chosen
from wego.templatetags.ui import day


class Defaults(NamedTuple):
    """What S36 gives a new edition."""

    prizes: int
    entries_per_city: int
    recusal: str


class CategoryLine(NamedTuple):
    """A category as it is written: its names, prizes, and whether it is for individuals."""

    name_en: str
    name_ko: str
    prizes: int
    for_individuals: bool = False


class CriterionLine(NamedTuple):
    """A criterion as it is written: its names and its weight in per cent."""

    name_en: str
    name_ko: str
    weight: int


def read_defaults() -> Defaults:
    """What the switches of S36 say now."""
    chosen = load_chosen([PRIZES, ENTRIES_PER_CITY, RECUSAL])
    return Defaults(
        int(chosen.get(PRIZES.key, PRIZES.default)),
        int(chosen.get(ENTRIES_PER_CITY.key, ENTRIES_PER_CITY.default)),
        str(chosen.get(RECUSAL.key, RECUSAL.default)),
    )


@transaction.atomic
def save_edition(
    edition: AwardEdition,
    *,
    categories: Sequence[CategoryLine],
    criteria: Sequence[CriterionLine],
    on: dt.date,
    by: User | None,
) -> AwardEdition:
    """Write an edition that has not been called yet, with its categories and criteria.

    Raises:
        ValidationError: it was called already (`state`), a date or a number cannot be, or two
            categories have one name (`categories`).
    """
    is_new = edition.pk is None
    if not is_new:
        require_state(lock_edition(edition), S.DRAFT)
    edition.full_clean()
    names = [line.name_en.casefold() for line in categories]
    if len(set(names)) != len(names):
        raise ValidationError(
            {"categories": ValidationError(_("Two categories have one name."), code="categories")}
        )
    edition.save()
    if is_new:
        EditionEntry.objects.create(edition=edition, state=edition.state, on=on, recorded_by=by)
    edition.categories.all().delete()
    edition.criteria.all().delete()
    AwardCategory.objects.bulk_create(
        AwardCategory(edition=edition, position=place, **line._asdict())
        for place, line in enumerate(categories, start=1)
    )
    AwardCriterion.objects.bulk_create(
        AwardCriterion(edition=edition, position=place, **line._asdict())
        for place, line in enumerate(criteria, start=1)
    )
    audit.record_act("award.edition_saved", by=by, subject=edition)
    return edition


@transaction.atomic
def extend_deadline(
    edition: AwardEdition, deadline_on: dt.date, *, why: str, on: dt.date, by: User | None
) -> AwardEdition:
    """Give entrants more time while the call is open.

    Raises:
        ValidationError: the call is not open (`state`), the day is no later one (`deadline_on`),
            or it would be after the result.
    """
    locked = lock_edition(edition)
    require_state(locked, S.CALL_OPEN)
    before = locked.deadline_on
    if deadline_on <= before or deadline_on < on:
        raise ValidationError(
            _("A deadline is only moved to a later day than %(day)s.") % {"day": day(before)},
            code="deadline_on",
        )
    for later in (locked.result_on, locked.ceremony_on):
        if later and deadline_on > later:
            raise ValidationError(
                _("The result and the ceremony come after the deadline: %(day)s is too late.")
                % {"day": day(deadline_on)},
                code="deadline_on",
            )
    locked.deadline_on = deadline_on
    locked.save(update_fields=["deadline_on"])
    audit.record_act(
        "award.deadline_extended",
        by=by,
        subject=locked,
        why=why,
        facts={"deadline_on": [before.isoformat(), deadline_on.isoformat()]},
    )
    return locked


@transaction.atomic
def set_dates(
    edition: AwardEdition,
    *,
    result_on: dt.date | None,
    ceremony_on: dt.date | None,
    ceremony_place: str,
    scores_by: dt.date | None = None,
    by: User | None,
) -> AwardEdition:
    """Say until when the jury scores, when the result is out, when and where presented (C11).

    Raises:
        ValidationError: a day is before the deadline, or the result is out already (`state`).
    """
    locked = lock_edition(edition)
    if locked.state in {S.ANNOUNCED, S.CEREMONY, S.ARCHIVED} and result_on != locked.result_on:
        raise ValidationError(_("The result is announced: its day stays."), code="state")
    before = [str(locked.result_on), str(locked.ceremony_on), locked.ceremony_place]
    locked.result_on, locked.ceremony_on = result_on, ceremony_on
    locked.scores_by = scores_by
    locked.ceremony_place = ceremony_place.strip()
    days = {"scores_by": scores_by, "result_on": result_on, "ceremony_on": ceremony_on}
    for name, when in days.items():
        if when and when < locked.deadline_on:
            raise ValidationError(
                {name: ValidationError(_("This day is before the deadline."), code="order")}
            )
    locked.save(update_fields=[*days, "ceremony_place"])
    after = [str(result_on), str(ceremony_on), locked.ceremony_place]
    audit.record_act("award.edition_saved", by=by, subject=locked, facts={"dates": [before, after]})
    return locked
