"""What people type: the grid of a schedule, the days of a run, the invoice settings."""

import pytest
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from dues.forms.grid import MOST_BANDS, TypedGrid, shown_bound, shown_fee
from dues.forms.issue import IssueForm
from dues.forms.issuer import IssuerForm
from dues.forms.schedule import ScheduleForm
from dues.models import FeeSchedule, IssuerProfile

FACTS = {
    "kind": "city",
    "name_en": "City dues 2021",
    "name_ko": "",
    "first_dues_year": "2021",
    "source": "EXCOM 2020",
    "column_measure": "population",
    "row_measure": "gdp_ppp_per_capita",
}


def posted(columns, rows, cells, **changes):
    """A page as the browser sends it."""
    data = {**FACTS, "columns": str(len(columns)), "rows": str(len(rows))}
    data |= {f"column_{j}": text for j, text in enumerate(columns)}
    data |= {f"row_{i}": text for i, text in enumerate(rows)}
    data |= {f"cell_{i}_{j}": text for i, line in enumerate(cells) for j, text in enumerate(line)}
    query = QueryDict(mutable=True)
    query.update(MultiValueDict({name: [value] for name, value in (data | changes).items()}))
    return query


def form_of(*args, **changes):
    data = posted(*args, **changes)
    return ScheduleForm(data, grid=TypedGrid.posted(data))


@pytest.mark.parametrize(
    ("bound", "measure", "shown"),
    [
        (0, "population", "0"),
        (300_000, "population", "300"),
        (10_000_000, "population", "10,000"),
        (1_500, "population", "1.5"),
        (20_000, "gdp_ppp_per_capita", "20,000"),
        (500, "employees", "500"),
    ],
)
def test_a_bound_is_shown_as_the_paper_heads_it(bound, measure, shown):
    assert shown_bound(bound, measure) == shown


@pytest.mark.parametrize(("cents", "shown"), [(45_000, "450"), (450_050, "4,500.50"), (5, "0.05")])
def test_a_fee_is_shown_in_dollars(cents, shown):
    assert shown_fee(cents) == shown


def test_a_typed_grid_becomes_persons_dollars_and_cents():
    form = form_of(["0", "1,000"], ["0", "20,000"], [["400", "500"], ["6,000", "7500.50"]])

    assert form.is_valid(), form.errors
    schedule = form.apply_to(FeeSchedule())
    assert schedule.column_bounds == [0, 1_000_000]
    assert schedule.row_bounds == [0, 20_000]
    assert schedule.cells_cents == [[40_000, 50_000], [600_000, 750_050]]
    assert (schedule.kind, schedule.first_dues_year, schedule.source) == (
        "city",
        2021,
        "EXCOM 2020",
    )


def test_half_a_thousand_persons_is_a_whole_number_of_persons():
    form = form_of(["0", "0.5"], ["0"], [["400", "500"]])

    assert form.is_valid(), form.errors
    assert form.apply_to(FeeSchedule()).column_bounds == [0, 500]


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"cell_0_1": ""}, {"cell_0_1": ["Enter a fee."]}),
        (
            {"cell_0_0": "free"},
            {"cell_0_0": ["“free” is not a number: write it like 10349312 or 999.99."]},
        ),
        (
            {"cell_0_0": "400.005"},
            {"cell_0_0": ["A fee has at most two places: 4500 or 4500.50."]},
        ),
        ({"column_1": ""}, {"column_1": ["Enter a lower bound."]}),
        ({"column_1": "0.0005"}, {"column_1": ["A lower bound is a whole number."]}),
        ({"row_0": "12.5"}, {"row_0": ["A lower bound is a whole number."]}),
        (
            {"row_measure": ""},
            {"row_measure": ["Choose what the rows divide, or remove the rows."]},
        ),
        (
            {"cell_0_0": "", "column_1": "x"},
            {
                "cell_0_0": ["Enter a fee."],
                "column_1": ["“x” is not a number: write it like 10349312 or 999.99."],
            },
        ),
    ],
)
def test_what_is_wrong_is_said_at_its_box(changes, errors):
    form = form_of(["0", "300"], ["0"], [["400", "500"]], **changes)

    assert form.errors == errors


def test_a_table_of_one_row_needs_no_rows():
    form = form_of(["0", "500"], [], [["2000", "4000"]], column_measure="employees", row_measure="")

    assert form.is_valid(), form.errors
    schedule = form.apply_to(FeeSchedule())
    assert (schedule.column_bounds, schedule.row_bounds) == ([0, 500], [])
    assert schedule.cells_cents == [[200_000, 400_000]]


def test_one_row_with_a_measure_for_rows_is_refused():
    form = form_of(["0"], [], [["2000"]])

    assert form.errors == {"row_measure": ["The table has one row: add rows, or choose nothing."]}


def grid():
    return TypedGrid(["0", "300"], ["0", "1,000"], [["400", "500"], ["600", "700"]])


@pytest.mark.parametrize(
    ("act", "columns", "rows", "cells"),
    [
        (
            "add_column_0",
            ["0", "", "300"],
            ["0", "1,000"],
            [["400", "400", "500"], ["600", "600", "700"]],
        ),
        (
            "add_row_1",
            ["0", "300"],
            ["0", "1,000", ""],
            [["400", "500"], ["600", "700"], ["600", "700"]],
        ),
        ("drop_column_0", ["300"], ["0", "1,000"], [["500"], ["700"]]),
        ("drop_row_1", ["0", "300"], ["0"], [["400", "500"]]),
        ("drop_column_7", ["0", "300"], ["0", "1,000"], [["400", "500"], ["600", "700"]]),
        ("drop_row_x", ["0", "300"], ["0", "1,000"], [["400", "500"], ["600", "700"]]),
        ("paint_it_blue", ["0", "300"], ["0", "1,000"], [["400", "500"], ["600", "700"]]),
    ],
)
def test_bands_are_added_and_removed(act, columns, rows, cells):
    changed = grid()

    changed.change(act)

    assert changed == TypedGrid(columns, rows, cells)


def test_the_last_column_stays_and_the_last_row_leaves_a_table_of_one_row():
    small = TypedGrid(["0"], ["0"], [["400"]])

    small.change("drop_column_0")
    small.change("drop_row_0")

    assert small == TypedGrid(["0"], [], [["400"]])


def test_rows_come_back_to_a_table_of_one_row():
    small = TypedGrid(["0"], [], [["400"]])

    small.change("add_row_0")

    assert small == TypedGrid(["0"], ["0", ""], [["400"], ["400"]])


def test_a_grid_grows_no_further_than_its_limit():
    wide = TypedGrid([str(n) for n in range(MOST_BANDS)], [], [["1"] * MOST_BANDS])

    wide.change("add_column_0")

    assert len(wide.columns) == MOST_BANDS


@pytest.mark.parametrize(
    ("columns", "rows", "size"),
    [("99999999999", "-1", (MOST_BANDS, 0)), ("", "²", (1, 0)), ("0", "3", (1, 3))],
)
def test_odd_counts_from_a_page_are_kept_within_reason(columns, rows, size):
    grid_ = TypedGrid.posted({"columns": columns, "rows": rows})

    assert (len(grid_.columns), len(grid_.rows)) == size


def issue_form(count=2, *, warned=True, **changes):
    data = {"expected_hash": "h", "issued_on": "2020-01-15", "due_on": "2020-03-31", "looked": "on"}
    query = QueryDict(mutable=True)
    query.update(data | changes)
    return IssueForm(query, warned=warned, count=count)


@pytest.mark.parametrize(
    "typed", ["2020-03-31", "20200331", "2020.03.31", "2020. 3. 31.", "31 Mar 2020"]
)
def test_a_day_is_read_however_people_write_it(typed):
    form = issue_form(due_on=typed)

    assert form.is_valid(), form.errors
    assert form.cleaned_data["due_on"].isoformat() == "2020-03-31"


@pytest.mark.parametrize("typed", ["31/03/2020", "03/04/2020", "2020-02-30", "tomorrow"])
def test_a_doubtful_day_is_refused(typed):
    assert issue_form(due_on=typed).errors == {
        "due_on": ["This is not a day: write it like 2020-01-15."]
    }


def test_a_typed_number_is_asked_only_above_fifty():
    assert "typed_count" not in issue_form(50).fields
    assert "typed_count" in issue_form(51).fields
    assert issue_form(5_000, typed_count="5,000").is_valid()


def test_a_box_is_asked_only_with_warnings():
    assert issue_form(warned=False, looked="").is_valid()
    assert not issue_form(warned=True, looked="").is_valid()


def issuer_form(**changes):
    instance = IssuerProfile(pk=1)
    data = {name: getattr(instance, name) for name in IssuerForm.Meta.fields}
    return IssuerForm(data | {"is_demo": ""} | changes, instance=instance)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({}, {}),
        ({"issue_month": 2, "issue_day": 28}, {}),
        (
            {"issue_month": 2, "issue_day": 29},
            {"issue_day": ["February has days 1 to 28."]},
        ),
        ({"due_month": 2, "due_day": 31}, {"due_day": ["February has days 1 to 28."]}),
        ({"due_month": 4, "due_day": 31}, {"due_day": ["April has days 1 to 30."]}),
        ({"due_month": 13}, {"due_month": ["Choose a month."]}),
        ({"issue_day": 0}, {"issue_day": ["January has days 1 to 31."]}),
        (
            {"due_month": 1, "due_day": 14},
            {"due_day": ["The due day lies before the issue day: choose a later one."]},
        ),
        ({"due_month": 1, "due_day": 15}, {}),
        ({"email": "nobody"}, {"email": ["Enter a valid email address."]}),
        (
            {"bank_swift": "HVBK"},
            {"bank_swift": ["A SWIFT/BIC has 8 or 11 letters and digits, like DEMOKRSE001."]},
        ),
    ],
)
def test_invoice_settings_are_checked(changes, errors):
    assert issuer_form(**changes).errors == errors


@pytest.mark.django_db
def test_a_swift_code_is_forgiven_its_spaces_and_small_letters():
    form = issuer_form(bank_swift="demo krse 001")

    assert form.is_valid(), form.errors
    assert form.cleaned_data["bank_swift"] == "DEMOKRSE001"
