import pytest

from dues.bandwatch import find_near_edge, watch_bands
from members.figure_files import check_figures
from tests.register import add_figure, add_gdp, add_member

CITIES = "name_en,country_code,population,population_source\n"
GDP = "country_code,gdp_ppp_per_capita_usd,source\n"
EMPLOYEES = "name_en,country_code,employees,source\n"
EDGES = (0, 300_000, 600_000)


def watch(year=2020, **files):
    return watch_bands(check_figures(year=year, files=files))


@pytest.mark.parametrize(
    ("value", "edge"),
    [
        (0, None),
        (284_999, None),
        (285_000, 300_000),
        (299_999, 300_000),
        (300_000, 300_000),
        (315_000, 300_000),
        (315_001, None),
        (569_999, None),
        (570_000, 600_000),
        (630_001, None),
    ],
)
def test_find_near_edge_reaches_five_hundredths_to_either_side(value, edge):
    assert find_near_edge(EDGES, value) == edge


def test_watch_bands_names_figures_near_an_edge(db):
    add_member("Pokhara", "NP")
    add_member("Kathmandu", "NP")
    add_member("Danfoss", "DK", kind="company")

    assert watch(
        cities=CITIES + "Kathmandu,NP,1442271,x\nPokhara,NP,600051,x\n",
        gdp=GDP + "NP,3600,x\nVE,3999.999,x\n",
        employees=EMPLOYEES + "Danfoss,DK,498,x\n",
    ) == [
        "Pokhara (NP): 600,051 is within 5 % of the band edge 600,000.",
        "Danfoss (DK): 498 is within 5 % of the band edge 500.",
        "VE: 3,999.99 is within 5 % of the band edge 4,000.",
    ]


def test_watch_bands_names_figures_that_changed_their_band(db):
    kathmandu, pokhara = add_member("Kathmandu", "NP"), add_member("Pokhara", "NP")
    add_figure(kathmandu, 970_000, year=2020)
    add_figure(kathmandu, 980_000, year=2020)
    add_figure(pokhara, 400_000, year=2020)
    add_gdp("NP", "1999.99", year=2020)

    assert watch(
        year=2021,
        cities=CITIES + "Kathmandu,NP,1442271,x\nPokhara,NP,420000,x\n",
        gdp=GDP + "NP,3600,x\n",
    ) == [
        "Kathmandu (NP) changes its band against the year before: "
        "from 600,000 to 999,999 persons to 1,000,000 to 1,999,999 persons.",
        "NP changes its band against the year before: "
        "from USD 1,000 to under 2,000 to USD 2,000 to under 4,000.",
    ]


def test_watch_bands_is_silent_before_any_schedule(db):
    add_member("Pokhara", "NP")

    assert watch(year=2019, cities=CITIES + "Pokhara,NP,600051,x\n") == []


@pytest.mark.parametrize("count", [1, 3])
def test_watch_bands_asks_the_database_equally_often(db, count, django_assert_num_queries):
    for number in range(count):
        add_member(f"City {number}", "NP")
    lines = "".join(f"City {number},NP,600051,x\n" for number in range(count))
    report = check_figures(year=2020, files={"cities": CITIES + lines, "gdp": GDP + "NP,1,x\n"})

    with django_assert_num_queries(3):
        assert len(watch_bands(report)) == count
