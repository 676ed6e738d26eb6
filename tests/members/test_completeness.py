"""What an application lacks: each thing once, with its part and its field."""

import pytest

from members.completeness import find_gaps
from members.models import Application
from tests.drafts import FIGURES, ORGANISATION, PEOPLE, begin, begin_complete

pytestmark = pytest.mark.django_db


def lacking(application):
    return [(gap.section, gap.field) for gap in find_gaps(application)]


def draft(**fields):
    return Application(**{**ORGANISATION, **FIGURES, "contacts": PEOPLE, **fields})


def test_a_complete_application_lacks_nothing():
    assert find_gaps(begin_complete()) == []


def test_a_fresh_draft_of_a_city_lacks_all_but_its_kind():
    assert lacking(begin()) == [
        ("organisation", "name_en"),
        ("organisation", "country_code"),
        ("organisation", "level"),
        ("organisation", "address"),
        ("figures", "figure_value"),
        ("figures", "figure_source"),
        ("figures", "figure_source_year"),
        *(
            ("contacts", f"{role}-{field}")
            for role in ("head", "liaison", "finance")
            for field in ("full_name", "position", "email")
        ),
        ("form", "file"),
    ]


@pytest.mark.parametrize("field", ["name_ko", "name_local", "website", "note"])
def test_what_may_stay_empty_is_no_gap(field):
    assert lacking(draft(**{field: ""})) == [("form", "file")]


def test_zero_persons_are_a_figure_that_is_missing():
    assert ("figures", "figure_value") in lacking(draft(figure_value=0))


def test_a_company_of_nobody_but_its_owner_has_a_figure():
    company = draft(kind="company", figure_value=0, figure_source="", figure_source_year=None)

    assert lacking(company) == [("form", "file")]


def test_a_company_needs_its_head_count_and_no_territory():
    company = draft(kind="company", figure_value=None, level="")

    assert lacking(company) == [("figures", "figure_value"), ("form", "file")]


def test_an_institution_needs_no_figure():
    institution = draft(
        kind="institution",
        figure_value=None,
        figure_source="",
        figure_source_year=None,
        level="",
    )

    assert lacking(institution) == [("form", "file")]


def test_a_contact_needs_name_position_and_mailbox():
    people = {**PEOPLE, "finance": {**PEOPLE["finance"], "email": " "}}

    assert lacking(draft(contacts=people)) == [("contacts", "finance-email"), ("form", "file")]
