"""The fee tables as the public reads them."""

import datetime as dt

import pytest
from django.template import Context, Template
from django.utils import translation

from dues.models import FeeSchedule

pytestmark = pytest.mark.django_db


def shown(on=dt.date(2026, 5, 11)):
    return Template("{% load fee_tables %}{% fee_tables on %}").render(Context({"on": on}))


def test_both_tables_stand_under_who_pays_by_them():
    page = shown()

    assert page.index("Cities and local governments") < page.index("City dues 2020")
    assert page.index("Companies") < page.index("Company dues 2020")
    assert page.count("<table") == 2
    assert "8,500" in page


def test_the_tables_speak_the_readers_language():
    with translation.override("ko"):
        page = shown()

    assert "2020" in page
    assert "City dues 2020" not in page


def test_a_table_in_force_from_next_year_is_the_one_shown():
    old = FeeSchedule.objects.get(kind="company")
    FeeSchedule.objects.create(
        kind="company",
        state="in_force",
        name_en="Company dues 2027",
        first_dues_year=2027,
        source="EXCOM 2026",
        column_measure=old.column_measure,
        column_bounds=old.column_bounds,
        row_measure=old.row_measure,
        row_bounds=old.row_bounds,
        cells_cents=old.cells_cents,
    )

    assert "Company dues 2027" in shown(dt.date(2026, 5, 11))
    assert "Company dues 2020" in shown(dt.date(2025, 5, 11))


def test_before_any_schedule_nothing_is_shown():
    assert shown(dt.date(2010, 1, 1)).strip() == ""
