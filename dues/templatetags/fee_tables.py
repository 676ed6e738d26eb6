"""The fee tables as the public reads them, for pages that belong to no member."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, NamedTuple

from django import template
from django.utils.translation import gettext_lazy

from dues.assessment import choose_schedule
from dues.schedules import load_schedules
from members.models import Kind
from wego import reader

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from dues.fees import BandTable

register = template.Library()

HEADINGS: dict[str, StrOrPromise] = {
    Kind.CITY: gettext_lazy("Cities and local governments"),
    Kind.COMPANY: gettext_lazy("Companies"),
}


class Shown(NamedTuple):
    """One fee table under the heading of who pays by it."""

    heading: StrOrPromise
    caption: str
    table: BandTable


@register.inclusion_tag("dues/fee_tables.html")
def fee_tables(on: dt.date) -> dict[str, Any]:
    """The tables that will price the year after a day; nothing for a kind that has none."""
    schedules = load_schedules()
    found = [
        (heading, choose_schedule(schedules, kind, on.year + 1))
        for kind, heading in HEADINGS.items()
    ]
    return {
        "tables": [
            Shown(heading, reader.choose(schedule.name_en, schedule.name_ko), schedule.table)
            for heading, schedule in found
            if schedule
        ]
    }
