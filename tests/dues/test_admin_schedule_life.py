"""The life of a fee schedule: copied, compared, put in force, frozen, tried out, thrown away."""

import pytest

from dues.models import FeeSchedule
from dues.schedules import copy_to_draft
from tests.dues.builders import city, issued_invoice, person_of
from tests.dues.staff import draft_of, messages_of, text_of
from tests.dues.staff import grid_as_typed as typed_from
from wego.models import AuditEntry

pytestmark = pytest.mark.django_db

LIST = "/admin/dues/feeschedule/"


def page_of(schedule):
    return f"{LIST}{schedule.pk}/change/"


def test_copying_makes_a_draft_for_a_later_year(desk, cities):
    response = desk.post(f"{LIST}{cities.pk}/copy/", {"first_dues_year": "2027"}, follow=True)

    draft = FeeSchedule.objects.get(first_dues_year=2027)
    assert (draft.state, draft.cells_cents) == ("draft", cities.cells_cents)
    assert response.redirect_chain == [(page_of(draft), 302)]
    assert messages_of(response) == ["City dues 2020 → 2027 is a draft: it prices nothing yet."]


@pytest.mark.parametrize("year", ["", "1999", "next"])
def test_a_copy_needs_a_year(desk, cities, year):
    response = desk.post(f"{LIST}{cities.pk}/copy/", {"first_dues_year": year}, follow=True)

    assert messages_of(response) == ["Enter the first dues year of the copy."]
    assert FeeSchedule.objects.count() == 2


def test_a_draft_marks_what_differs_from_the_schedule_in_force(desk, cities):
    draft = draft_of(cities)
    draft.cells_cents[8][7] = 1_050_000
    draft.save()

    page = desk.get(page_of(draft))

    assert text_of(page).count("was ") == 1
    assert "was 10,000" in text_of(page)
    assert "Marked fees differ from City dues 2020, which is in force." in text_of(page)


def test_a_split_band_is_compared_with_the_band_it_lay_in(desk, companies):
    draft = draft_of(companies)
    draft.column_bounds = [0, 500, 2_000, 10_000]
    draft.cells_cents = [[200_000, 400_000, 800_000, 900_000]]
    draft.save()

    words = text_of(desk.get(page_of(draft)))

    assert words.count("was ") == 1
    assert "was 8,000" in words


def test_a_draft_is_put_in_force(desk, cities):
    draft = draft_of(cities)

    response = desk.post(f"{LIST}{draft.pk}/in-force/", follow=True)

    draft.refresh_from_db()
    assert draft.state == "in_force"
    assert messages_of(response) == [
        "City dues 2020 → 2021 is in force: it prices dues from 2021 on."
    ]


def test_two_schedules_of_a_kind_do_not_begin_in_the_same_year(desk, cities):
    draft = draft_of(cities, 2020)

    response = desk.post(f"{LIST}{draft.pk}/in-force/", follow=True)

    draft.refresh_from_db()
    assert draft.state == "draft"
    assert messages_of(response) == [
        "City dues 2020 is already in force from 2020. Choose another first dues year."
    ]


def test_a_year_taken_by_another_is_said_at_the_year(desk, cities, companies):
    typed = typed_from(desk.get(page_of(companies)))

    page = desk.post(page_of(companies), typed | {"kind": "city"})

    assert page.context["form"].errors == {
        "first_dues_year": [
            "City dues 2020 is already in force from 2020. Choose another first dues year."
        ]
    }


def test_a_schedule_that_priced_an_invoice_is_shown_and_never_saved(desk, cities):
    typed = typed_from(desk.get(page_of(cities)))
    issued_invoice(city())

    page = desk.get(page_of(cities))
    desk.post(page_of(cities), typed | {"cell_0_0": "1"})

    words = text_of(page)
    assert "1 issued invoice was priced from this schedule: it is frozen" in words
    assert b'name="cell_0_0"' not in page.content
    assert "Copy into a new draft" in words
    assert FeeSchedule.objects.get(pk=cities.pk).cells_cents[0][0] == 40_000


def test_the_second_of_two_people_is_told_and_sees_both(desk, companies):
    typed = typed_from(desk.get(page_of(companies)))
    companies.cells_cents = [[210_000, 400_000, 800_000]]
    companies.save()

    page = desk.post(page_of(companies), typed | {"cell_0_0": "2,500"})

    assert "Somebody else saved this schedule meanwhile." in text_of(page)
    assert page.context["form"]["cell_0_0"].value() == "2,500"
    assert "What is stored now" in text_of(page)
    assert "2,100" in text_of(page)
    companies.refresh_from_db()
    assert companies.cells_cents[0][0] == 210_000

    desk.post(page_of(companies), typed_from(page))
    companies.refresh_from_db()
    assert companies.cells_cents[0][0] == 250_000


@pytest.mark.parametrize(
    ("query", "fee", "cell"),
    [
        ("column=299999&row=999.99", "USD 400.00", "400"),
        ("column=300,000&row=1000", "USD 500.00", "500"),
        ("column=10349312&row=42300", "USD 10,000.00", "10,000"),
    ],
)
def test_a_fee_is_tried_on_the_table(desk, cities, query, fee, cell):
    page = desk.get(f"{page_of(cities)}?{query}")

    words = text_of(page)
    assert fee in words
    assert f"This fee: {cell}" in words


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("column=970x&row=1", "“970x” is not a number: write it like 10349312 or 999.99."),
        ("column=-1&row=1", "The population cannot be negative."),
        ("column=0&row=1", "A population of 0 counts as missing."),
        (
            "column=5&row=1000000000",
            "The GDP per capita (PPP) is larger than any on record (at most 1,000,000).",
        ),
        ("column=5", "This field is required."),
    ],
)
def test_a_figure_no_table_can_price_is_refused_in_words(desk, cities, query, sentence):
    page = desk.get(f"{page_of(cities)}?{query}")

    assert page.status_code == 200
    assert sentence in text_of(page)
    assert b"band-hit" not in page.content


def test_a_frozen_table_is_tried_as_well(desk, companies):
    issued_invoice(city("Danfoss", "단포스", kind="company"), size=28_000)

    words = text_of(desk.get(f"{page_of(companies)}?column=499"))

    assert "USD 2,000.00" in words
    assert "This fee: 2,000" in words


def test_a_draft_is_thrown_away_with_a_trace_and_nothing_else(desk, finance, cities):
    draft = draft_of(cities)

    desk.post(f"{LIST}{draft.pk}/delete/", {"post": "yes"})
    refused = desk.post(f"{LIST}{cities.pk}/delete/", {"post": "yes"})

    assert refused.status_code == 403
    assert list(FeeSchedule.objects.values_list("name_en", flat=True)) == [
        "City dues 2020",
        "Company dues 2020",
    ]
    entry = AuditEntry.objects.order_by("pk").last()
    assert (entry.act, entry.label, entry.by) == ("schedule.discarded", str(draft), finance)
    assert entry.facts["cells_cents"] == draft.cells_cents


def test_putting_in_force_asks_who_one_is(desk, cities):
    draft = copy_to_draft(cities, first_dues_year=2028, by=None)
    session = desk.session
    session["session_began"] = 1
    session["account_authentication_methods"] = []
    session.save()

    answer = desk.post(f"{LIST}{draft.pk}/in-force/")

    draft.refresh_from_db()
    assert answer.url.startswith("/account/")
    assert draft.state == "draft"


@pytest.mark.parametrize("act", ["copy", "in-force"])
def test_acts_need_the_button(desk, cities, act):
    assert desk.get(f"{LIST}{cities.pk}/{act}/").status_code == 405


def test_people_of_a_member_change_nothing(client, cities):
    client.force_login(person_of(city()))

    response = client.post(f"{LIST}{cities.pk}/copy/", {"first_dues_year": "2027"}, follow=True)

    assert response.status_code == 403
    assert FeeSchedule.objects.count() == 2


def test_a_schedule_that_is_not_there_is_not_found(desk):
    assert desk.get(f"{LIST}4711/change/").status_code == 404
