"""The advisory committee: experts who serve from a day to a day (R34)."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from events.models import Adviser
from members.models import User
from wego import audit


@transaction.atomic
def name_adviser(
    full_name: str,
    *,
    name_ko: str = "",
    affiliation: str = "",
    since: dt.date,
    on: dt.date,
    by: User | None,
) -> Adviser:
    """Somebody joins the committee.

    Raises:
        ValidationError: no name, a day to come, or they serve already.
    """
    name = " ".join(full_name.split())
    if not name:
        raise ValidationError(_("Enter the name."), code="full_name")
    if since > on:
        raise ValidationError(_("That day is still to come."), code="since")
    if Adviser.objects.filter(full_name__iexact=name, until__isnull=True).exists():
        raise ValidationError(_("This person serves already."), code="full_name")
    adviser = Adviser.objects.create(
        full_name=name,
        name_ko=" ".join(name_ko.split()),
        affiliation=" ".join(affiliation.split()),
        since=since,
    )
    audit.record_act("adviser.named", by=by, subject=adviser)
    return adviser


@transaction.atomic
def release_adviser(adviser: Adviser, *, until: dt.date, on: dt.date, by: User | None) -> Adviser:
    """Somebody leaves the committee; `until` is their last day.

    Raises:
        ValidationError: they left before, the day is to come, or lies before they joined.
    """
    row = Adviser.objects.select_for_update().get(pk=adviser.pk)
    if row.until:
        raise ValidationError(_("This person left already."), code="until")
    if until > on or (row.since and until < row.since):
        raise ValidationError(_("The last day lies after the first, and not ahead."), code="until")
    row.until = until
    row.save(update_fields=["until"])
    audit.record_act("adviser.left", by=by, subject=row)
    return row
