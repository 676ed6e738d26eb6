"""Schedules as data: checked, put in force once a year and kind, frozen by what they priced."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from dues.invoicing import issue_dues
from dues.models import FeeSchedule
from dues.schedules import (
    copy_to_draft,
    discard_draft,
    is_frozen,
    load_schedules,
    put_in_force,
    save_draft,
)
from tests.register import add_small_roster

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper():
    return FeeSchedule.objects.get(kind="city", first_dues_year=2020)


def test_copy_starts_as_a_draft_that_prices_nothing(paper):
    draft = copy_to_draft(paper, first_dues_year=2028, by=None)

    assert (draft.state, draft.first_dues_year) == ("draft", 2028)
    assert draft.cells_cents == paper.cells_cents
    assert [schedule.pk for schedule in load_schedules() if schedule.kind == "city"] == [paper.pk]


def test_draft_in_force_prices_from_its_year(paper):
    draft = copy_to_draft(paper, first_dues_year=2028, by=None)
    draft.cells_cents[0][0] = 45_000
    save_draft(draft, by=None)
    put_in_force(draft, by=None)

    tables = {s.first_dues_year: s.table for s in load_schedules() if s.kind == "city"}
    assert tables[2028].price(1, 0).amount_cents == 45_000
    assert tables[2020].price(1, 0).amount_cents == 40_000


def test_second_schedule_for_the_same_year_is_refused(paper):
    draft = copy_to_draft(paper, first_dues_year=2020, by=None)

    with pytest.raises(ValidationError) as refusal:
        put_in_force(draft, by=None)

    assert refusal.value.messages == [
        "City dues 2020 is already in force from 2020. Choose another first dues year."
    ]
    draft.refresh_from_db()
    assert draft.state == "draft"
    with pytest.raises(IntegrityError), transaction.atomic():
        FeeSchedule.objects.filter(pk=draft.pk).update(state="in_force")


def test_unsound_draft_is_refused_and_nothing_is_written(paper):
    draft = copy_to_draft(paper, first_dues_year=2028, by=None)
    draft.column_bounds = [0, 300_000, 300_000, *paper.column_bounds[3:]]

    with pytest.raises(ValidationError) as refusal:
        save_draft(draft, by=None)

    assert refusal.value.messages == [
        "The columns overlap: 300,000 follows 300,000. Lower bounds must ascend."
    ]
    assert FeeSchedule.objects.get(pk=draft.pk).column_bounds == paper.column_bounds


def test_schedule_that_priced_an_invoice_is_frozen(paper):
    add_small_roster()
    assert not is_frozen(paper)
    issue_dues(2020, by=None)
    before = paper.cells_cents[0][0]
    paper.cells_cents[0][0] = 1

    with pytest.raises(ValidationError) as refusal:
        save_draft(paper, by=None)

    assert refusal.value.messages == [
        "City dues 2020 priced issued invoices and is frozen. Copy it into a new draft."
    ]
    assert is_frozen(paper)
    assert FeeSchedule.objects.get(pk=paper.pk).cells_cents[0][0] == before


def test_a_schedule_in_force_is_never_thrown_away(paper):
    with pytest.raises(ValidationError, match="only a draft can be thrown away"):
        discard_draft(paper, by=None)

    assert FeeSchedule.objects.filter(pk=paper.pk).exists()
