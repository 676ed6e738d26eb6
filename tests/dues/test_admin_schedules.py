"""Fee schedules in the browser: the grid, what is refused and where, drafts, what is frozen."""

import pytest
from django.contrib.admin.models import LogEntry

from dues.models import FeeSchedule
from tests.dues.builders import city, issued_invoice
from tests.dues.staff import draft_of, messages_of, text_of
from tests.dues.staff import grid_as_typed as typed_from

pytestmark = pytest.mark.django_db

LIST = "/admin/dues/feeschedule/"


def page_of(schedule):
    return f"{LIST}{schedule.pk}/change/"


def test_the_list_says_for_whom_from_when_and_whether_it_may_change(desk, cities):
    issued_invoice(city())
    draft_of(cities)

    words = text_of(desk.get(LIST))

    assert "City dues 2020 → 2021 City 2021 draft" in words
    assert "City dues 2020 City 2020 in force, frozen" in words
    assert "Company dues 2020 Company 2020 in force" in words


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_three_queries(desk, cities, django_assert_num_queries, count):
    for year in range(2021, 2021 + count):
        draft_of(cities, year)

    with django_assert_num_queries(3):
        desk.get(LIST)


def test_the_grid_looks_like_the_paper(desk, cities):
    page = desk.get(page_of(cities))

    grid = page.context["grid"]
    assert [field.value() for field in grid["columns"]] == (
        ["0", "300", "600", "1,000", "2,000", "4,000", "7,000", "10,000"]
    )
    assert [row["head"].value() for row in grid["rows"]] == (
        ["0", "1,000", "2,000", "4,000", "6,000", "8,000", "10,000", "15,000", "20,000"]
    )
    assert [box.field.value() for box in grid["rows"][8]["boxes"]] == (
        ["6,000", "6,500", "7,000", "7,500", "8,000", "8,500", "8,500", "10,000"]
    )
    assert "Population (thousands)" in text_of(page)


def test_the_company_table_has_one_row(desk, companies):
    page = desk.get(page_of(companies))

    grid = page.context["grid"]
    assert [field.value() for field in grid["columns"]] == ["0", "500", "2,000"]
    assert [[box.field.value() for box in row["boxes"]] for row in grid["rows"]] == (
        [["2,000", "4,000", "8,000"]]
    )


@pytest.mark.parametrize("role", ["secretariat", "finance", "administrator"])
def test_a_changed_fee_is_saved_and_remembered(client, request, role, companies):
    person = request.getfixturevalue(role)
    client.force_login(person)
    typed = typed_from(client.get(page_of(companies)))

    response = client.post(page_of(companies), typed | {"cell_0_1": "4,250.50"}, follow=True)

    companies.refresh_from_db()
    assert companies.cells_cents == [[200_000, 425_050, 800_000]]
    assert messages_of(response) == ["Company dues 2020 is saved."]
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id) == (person, str(companies.pk))


def test_saving_what_was_shown_changes_nothing(desk, cities):
    before = FeeSchedule.objects.filter(pk=cities.pk).values().get()

    desk.post(page_of(cities), typed_from(desk.get(page_of(cities))))

    assert FeeSchedule.objects.filter(pk=cities.pk).values().get() == before


@pytest.mark.parametrize(
    ("changes", "box", "sentence"),
    [
        ({"cell_2_3": ""}, "cell_2_3", "Enter a fee."),
        ({"cell_2_3": "0"}, "cell_2_3", "The fee at row 3, column 4 must be above zero."),
        ({"cell_2_3": "-5"}, "cell_2_3", "The fee at row 3, column 4 must be above zero."),
        (
            {"column_0": "1"},
            "column_0",
            "The columns leave a gap below 1,000: the first band starts at 0.",
        ),
        (
            {"column_2": "300"},
            "column_2",
            "The columns overlap: 300,000 follows 300,000. Lower bounds must ascend.",
        ),
        (
            {"row_4": "100"},
            "row_4",
            "The rows overlap: 100 follows 4,000. Lower bounds must ascend.",
        ),
        (
            {"row_measure": "population"},
            "row_measure",
            "Rows and columns cannot divide the same figure.",
        ),
        ({"name_en": ""}, "name_en", "This field is required."),
    ],
)
def test_what_is_no_table_is_refused_at_its_box(desk, cities, changes, box, sentence):
    typed = typed_from(desk.get(page_of(cities)))
    before = FeeSchedule.objects.filter(pk=cities.pk).values().get()

    page = desk.post(page_of(cities), typed | {"cell_0_0": "444"} | changes)

    assert page.context["form"].errors == {box: [sentence]}
    assert f'href="#id_{box}"' in page.content.decode()
    assert b"<title>Error:" in page.content
    assert page.context["form"]["cell_0_0"].value() == "444"
    assert FeeSchedule.objects.filter(pk=cities.pk).values().get() == before


def test_a_band_is_added_on_the_page_alone_with_what_was_typed(desk, cities):
    typed = typed_from(desk.get(page_of(cities)))

    page = desk.post(page_of(cities), typed | {"cell_0_0": "x", "act": "add_column_1"})

    grid = page.context["grid"]
    assert [field.value() for field in grid["columns"]][:4] == ["0", "300", "", "600"]
    assert [box.field.value() for box in grid["rows"][8]["boxes"]][:4] == (
        ["6,000", "6,500", "6,500", "7,000"]
    )
    assert grid["rows"][0]["boxes"][0].field.value() == "x"
    assert "The table has changed on this page only: save it to keep it." in text_of(page)
    cities.refresh_from_db()
    assert len(cities.column_bounds) == 8


def test_an_added_band_is_saved_with_its_bound_and_fees(desk, companies):
    typed = typed_from(desk.get(page_of(companies)))
    wider = typed_from(desk.post(page_of(companies), typed | {"act": "add_column_2"}))

    desk.post(page_of(companies), wider | {"column_3": "10,000", "cell_0_3": "16000"})

    companies.refresh_from_db()
    assert companies.column_bounds == [0, 500, 2_000, 10_000]
    assert companies.cells_cents == [[200_000, 400_000, 800_000, 1_600_000]]


def test_a_new_schedule_begins_with_a_draft(desk):
    typed = typed_from(desk.get(f"{LIST}add/"))
    filled = typed | {
        "kind": "institution",
        "name_en": "Institution dues 2021",
        "first_dues_year": "2021",
        "source": "EXCOM 2020",
        "column_1": "1,000",
        "row_1": "10,000",
        "cell_0_0": "100",
        "cell_0_1": "200",
        "cell_1_0": "300",
        "cell_1_1": "400",
    }

    response = desk.post(f"{LIST}add/", filled)

    added = FeeSchedule.objects.get(kind="institution")
    assert response["Location"] == page_of(added)
    assert added.state == "draft"
    assert added.column_bounds == [0, 1_000_000]
    assert added.cells_cents == [[10_000, 20_000], [30_000, 40_000]]


def test_an_empty_new_schedule_is_refused_box_by_box(desk):
    page = desk.post(f"{LIST}add/", typed_from(desk.get(f"{LIST}add/")))

    assert set(page.context["form"].errors) == {
        *("name_en", "first_dues_year", "source", "column_1", "row_1"),
        *("cell_0_0", "cell_0_1", "cell_1_0", "cell_1_1"),
    }
    assert FeeSchedule.objects.count() == 2
