"""Pictures of numbers: labels of bands, the highlighted fee, the map."""

import json
import re

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation

from wego.templatetags.charts import Bar, Part, band_labels, measure_title
from wego.templatetags.worldmap import PICTURE, PLACES, read_picture

pytestmark = pytest.mark.once

POPULATION = [0, 300000, 600000, 1000000, 2000000, 4000000, 7000000, 10000000]


def render(source, **context):
    return Template("{% load charts worldmap %}" + source).render(Context(context))


def test_population_is_headed_as_the_paper_does():
    assert band_labels(POPULATION, "population") == [
        "0~299",
        "300~599",
        "600~999",
        "1,000~1,999",
        "2,000~3,999",
        "4,000~6,999",
        "7,000~9,999",
        "10,000~",
    ]
    assert measure_title(POPULATION, "population") == "Population (thousands)"


@pytest.mark.parametrize(
    ("bounds", "measure", "labels", "title"),
    [
        ([0, 500, 2000], "employees", ["0~499", "500~1,999", "2,000~"], "Employees"),
        ([0, 500], "population", ["0~499", "500~"], "Population (persons)"),
        ([0, 20000], "gdp_ppp_per_capita", ["0~19,999", "20,000~"], "GDP per capita, PPP (USD)"),
        ([0], "employees", ["0~"], "Employees"),
    ],
)
def test_bands_are_named(bounds, measure, labels, title):
    assert band_labels(bounds, measure) == labels
    assert measure_title(bounds, measure) == title


def test_unknown_measure_is_refused():
    with pytest.raises(TemplateSyntaxError, match="'area' has no title"):
        measure_title([0], "area")


def test_band_table_marks_one_fee():
    html = render(
        "{% band_table bounds cells column_measure='population' row_bounds=rows"
        " row_measure='gdp_ppp_per_capita' highlight=hit caption='City dues' %}",
        bounds=[0, 300000],
        rows=[0, 1000, 2000],
        cells=[[40000, 40050], [50000, 60000], [75000, 1000000]],
        hit=(2, 1),
    )

    assert re.findall(r'<td class="num[^"]*">([^<]*)<', html) == [
        "400",
        "400.50",
        "500",
        "600",
        "750",
        "",
    ]
    assert (
        'band-hit"><strong><span class="visually-hidden">This fee: </span>10,000</strong>' in html
    )
    assert html.count("band-hit") == 1
    assert html.count("band-axis") == 2
    assert html.count('scope="row"') == 3


def test_band_table_of_one_row_has_no_row_heads():
    html = render(
        "{% band_table bounds cells column_measure='employees' %}",
        bounds=[0, 500, 2000],
        cells=[[200000, 400000, 800000]],
    )

    assert 'scope="row"' not in html
    assert re.findall(r'<td class="num">([^<]*)<', html) == ["2,000", "4,000", "8,000"]


def test_band_table_refuses_a_missing_row():
    with pytest.raises(ValueError, match="shorter"):
        render(
            "{% band_table b c column_measure='employees' row_bounds=b row_measure='employees' %}",
            b=[0, 500],
            c=[[100, 200]],
        )


def test_bars_fill_the_width_by_their_share():
    html = render(
        "{% bar_chart bars caption='Cities' label_heading='Region' value_heading='Cities' %}",
        bars=[Bar("Asia", 60, url="/asia/"), Bar("Oceania", 15), Bar("Africa", 0, "none")],
    )

    assert re.findall(r'<rect class="bar-fill" width="([\d.]+)"', html) == [
        "100.00",
        "25.00",
        "0.00",
    ]
    assert re.findall(r'bar-value">([^<]*)<', html) == ["60", "15", "none"]
    assert html.count('<th scope="row">') == 3
    assert 'href="/asia/"' in html


def test_bar_chart_of_nothing_has_no_rows():
    html = render(
        "{% bar_chart bars caption='Cities' label_heading='Region' value_heading='Cities' %}",
        bars=[],
    )

    assert "<rect" not in html


def test_parts_fill_the_whole():
    html = render(
        "{% stacked_bar parts caption='Preview' %}",
        parts=[Part("Priced", 106, "ok"), Part("Blocked", 68, "bad"), Part("Not due", 17, "quiet")],
    )

    drawn = re.findall(r'class="part-\w+" x="([\d.]+)" width="([\d.]+)"', html)
    assert drawn == [("0.00", "55.50"), ("55.50", "35.60"), ("91.10", "8.90")]
    assert "<strong>68</strong>" in html


def test_parts_show_their_number_as_told():
    html = render(
        "{% stacked_bar parts caption='Dues' %}",
        parts=[Part("Paid", 1_125_050, "ok", shown="USD 11,250.50"), Part("Open", 7, "bad")],
    )

    assert "<strong>USD 11,250.50</strong>" in html
    assert "<strong>7</strong>" in html
    assert "1,125,050" not in html


def test_sparkline_runs_from_low_to_high():
    html = render("{% sparkline values label='Rising' %}", values=[300, 450])

    assert 'points="0.0,22.0 100.0,2.0"' in html
    assert 'aria-label="Rising"' in html


def test_map_marks_countries_with_members():
    html = render(
        "{% world_map regions countries caption='Members' %}",
        regions={"asia": 35, "oceania": 1},
        countries={"KR": 33, "SG": 1, "FJ": 1, "FR": 0},
    )

    assert html.count('class="map-member"') == 2  # Singapore is a dot: too small for a shape
    assert html.count('class="map-dot"') == 3
    assert "<title>South Korea: 33</title>" in html
    assert "South Korea 33, Singapore 1" in html


def test_map_speaks_the_language_of_its_reader():
    with translation.override("ko"):
        html = render(
            "{% world_map regions countries caption='x' %}", regions={}, countries={"KR": 33}
        )

    assert "<title>대한민국: 33</title>" in html


def test_map_refuses_an_unknown_region():
    with pytest.raises(TemplateSyntaxError, match="atlantis"):
        render("{% world_map r c caption='x' %}", r={"atlantis": 1}, c={})


def test_picture_is_small_and_knows_every_country_on_it():
    picture = read_picture()

    assert PICTURE.stat().st_size < 60_000
    assert "Natural Earth" in picture["source"]
    assert set(picture["paths"]) | set(picture["middles"]) == set(picture["region_of"])
    assert set(picture["region_of"].values()) == set(PLACES)
    assert json.dumps(picture, separators=(",", ":"), sort_keys=True) == PICTURE.read_text().strip()


def test_picture_groups_countries_as_the_roster_does():
    region_of = read_picture()["region_of"]

    assert {code: region_of[code] for code in ("AZ", "TR", "RU", "PS", "SD", "FJ", "BZ", "AF")} == {
        "AZ": "asia",
        "TR": "europe",
        "RU": "europe",
        "PS": "middle_east",
        "SD": "africa",
        "FJ": "oceania",
        "BZ": "americas",
        "AF": "asia",
    }
