import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from members.figures import (
    cut_to_cents,
    dues_year_at_work,
    lacking_population,
    record_figure,
    record_gdp,
)
from members.models import CountryFigure, MemberFigure
from tests.register import add_figure, add_gdp, add_member

ORIGIN = {"source": "Declared by the city", "source_year": 2019, "definition": "", "by": None}
DAY = dt.date(2020, 1, 1)


@pytest.fixture
def goyang(db):
    return add_member("Goyang")


@pytest.fixture
def danfoss(db):
    return add_member("Danfoss", "DK", kind="company")


def refusal_of(act, *arguments, **facts):
    with pytest.raises(ValidationError) as refusal, transaction.atomic():
        act(*arguments, **facts)
    assert MemberFigure.objects.count() == CountryFigure.objects.count() == 0
    return refusal.value.messages[0]


def test_record_figure_keeps_where_it_comes_from(goyang, secretariat):
    figure = record_figure(
        goyang,
        "population",
        year=2020,
        value=1_066_351,
        source=" Goyang City, resident register ",
        source_year=2019,
        definition="registered residents",
        by=secretariat,
    )

    stored = MemberFigure.objects.get(pk=figure.pk)
    assert (stored.member, stored.measure, stored.dues_year, stored.value) == (
        goyang,
        "population",
        2020,
        1_066_351,
    )
    assert (stored.source, stored.source_year, stored.definition, stored.entered_by) == (
        "Goyang City, resident register",
        2019,
        "registered residents",
        secretariat,
    )


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (Decimal("NaN"), "The figure must be a number."),
        (Decimal("Infinity"), "The figure must be a number."),
        (-1, "The figure cannot be negative."),
        (300_000_001, "The figure is larger than any on record (at most 300,000,000)."),
        (Decimal("970.5"), "The figure must be a whole number."),
        (0, "0 is no figure here: leave it out while it is unknown."),
    ],
)
def test_record_figure_refuses_what_is_no_population(goyang, value, sentence):
    assert refusal_of(record_figure, goyang, "population", year=2020, value=value, **ORIGIN) == (
        sentence
    )


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"year": 2009}, "2009 is no dues year between 2010 and 2100."),
        ({"year": 2101}, "2101 is no dues year between 2010 and 2100."),
        ({"source": "  "}, "Say where the figure comes from."),
        ({"source": "x" * 301}, "The text is longer than 300 characters."),
        ({"definition": "x" * 201}, "The text is longer than 200 characters."),
        ({"source_year": 1899}, "The year of the source must lie between 1900 and 2100."),
    ],
)
def test_record_figure_refuses_a_figure_from_nowhere(goyang, change, sentence):
    facts = {"year": 2020, "value": 1000, **ORIGIN, **change}

    assert refusal_of(record_figure, goyang, "population", **facts) == sentence


def test_record_figure_knows_what_is_kept_of_whom(goyang, danfoss):
    facts = {"year": 2020, "value": 10, **ORIGIN}

    assert refusal_of(record_figure, goyang, "employees", **facts) == (
        "Goyang is no member that this figure is kept of."
    )
    assert refusal_of(record_figure, danfoss, "population", **facts) == (
        "Danfoss is no member that this figure is kept of."
    )


def test_no_employees_is_a_figure(danfoss):
    record_figure(danfoss, "employees", year=2020, value=0, **ORIGIN)

    assert MemberFigure.objects.get().value == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("usd", "cents"),
    [("999.99", 99_999), ("999.999", 99_999), ("1000", 100_000), ("0.019", 1)],
)
def test_record_gdp_cuts_cents_and_never_rounds_up(usd, cents):
    record_gdp("NP", year=2020, usd=Decimal(usd), **ORIGIN)

    assert CountryFigure.objects.get().gdp_cents == cents == cut_to_cents(Decimal(usd))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("country", "usd", "sentence"),
    [
        ("XX", 1, "“XX” is not a country code of ISO 3166."),
        ("NP", 0, "0 is no figure here: leave it out while it is unknown."),
        ("NP", -1, "The figure cannot be negative."),
        ("NP", 1_000_001, "The figure is larger than any on record (at most 1,000,000)."),
        ("NP", Decimal("NaN"), "The figure must be a number."),
    ],
)
def test_record_gdp_refuses_what_is_none(country, usd, sentence):
    assert refusal_of(record_gdp, country, year=2020, usd=usd, **ORIGIN) == sentence


@pytest.mark.parametrize(
    "attack",
    [
        lambda: MemberFigure.objects.update(value=1),
        lambda: MemberFigure.objects.all().delete(),
        lambda: CountryFigure.objects.update(gdp_cents=1),
        lambda: CountryFigure.objects.all().delete(),
    ],
)
def test_figures_are_append_only(goyang, attack):
    add_figure(goyang, 1_000_000)
    add_gdp("KR", "42300")

    with pytest.raises(DatabaseError), transaction.atomic():
        attack()

    assert MemberFigure.objects.get().value == 1_000_000
    assert CountryFigure.objects.get().gdp_cents == 4_230_000


def test_dues_year_at_work_is_the_newest_with_figures(goyang):
    assert dues_year_at_work(dt.date(2026, 11, 22)) == 2026
    add_gdp("KR", "42300", year=2019)
    assert dues_year_at_work(dt.date(2026, 11, 22)) == 2019
    add_figure(goyang, 1_000_000, year=2020)
    assert dues_year_at_work(dt.date(2026, 11, 22)) == 2020


def test_next_years_figures_are_at_work_from_october(goyang):
    add_figure(goyang, 1_000_000, year=2019)
    add_figure(goyang, 1_000_000, year=2020)

    assert dues_year_at_work(dt.date(2019, 9, 30)) == 2019
    assert dues_year_at_work(dt.date(2019, 10, 1)) == 2020


def test_lacking_population_names_cities_on_the_roster(goyang, danfoss):
    seoul = add_member("Seoul")
    add_member("Gimpo", status="withdrawn")
    add_figure(seoul, 9_776_000)

    assert [member.name_en for member in lacking_population(2020, DAY)] == ["Goyang"]
    assert [member.name_en for member in lacking_population(2021, DAY)] == ["Goyang", "Seoul"]
    assert not lacking_population(2020, dt.date(2019, 1, 1)).exists()
