import io
import json

import pytest
from django.core.management import CommandError, call_command

from members.models import CountryFigure, MemberFigure
from tests.register import add_member

CITIES = "name_en,country_code,population,population_source\n"


@pytest.fixture
def goyang(db):
    return add_member("Goyang")


def run(*arguments):
    out, err = io.StringIO(), io.StringIO()
    code = 0
    try:
        call_command("import_figures", *arguments, stdout=out, stderr=err, skip_checks=True)
    except CommandError as error:
        code = error.returncode
        err.write(str(error))
    return code, out.getvalue(), err.getvalue()


def test_command_answers_in_json(goyang, tmp_path):
    file = tmp_path / "cities.csv"
    file.write_text(CITIES + "Goyang,KR,985000,register\n")

    code, out, _ = run("--year", "2020", "--cities", str(file), "--json")

    assert code == 0
    assert json.loads(out) == {
        "year": 2020,
        "cities": {"created": 1, "unchanged": 0, "missing": 0},
        "gdp": {"created": 0, "unchanged": 0, "missing": 0},
        "employees": {"created": 0, "unchanged": 0, "missing": 0},
        "rejected": [],
        "warnings": ["Goyang (KR): 985,000 is within 5 % of the band edge 1,000,000."],
    }
    assert MemberFigure.objects.get().value == 985_000


def test_command_tells_people(goyang, tmp_path):
    file = tmp_path / "cities.csv"
    file.write_text(CITIES + "Goyang,KR,970,register\n")

    assert run("--year", "2020", "--cities", str(file)) == (
        0,
        "cities 2020: 1 created, 0 unchanged, 0 missing\n"
        "gdp 2020: 0 created, 0 unchanged, 0 missing\n"
        "employees 2020: 0 created, 0 unchanged, 0 missing\n",
        "warning: Goyang (KR): 970 persons? Enter persons, not thousands.\n",
    )


def test_command_exits_1_for_bad_rows(goyang, tmp_path):
    cities, gdp = tmp_path / "cities.csv", tmp_path / "gdp.csv"
    cities.write_text(CITIES + "Goyang,KR,many,register\n")
    gdp.write_text("country_code,gdp_ppp_per_capita_usd,source\nKR,42300,IMF\n")

    code, out, err = run("--year", "2020", "--cities", str(cities), "--gdp", str(gdp))

    assert (code, out) == (1, "")
    assert err == (
        "cities row 2, population: “many” is not a number: write it like 10349312 or 999.99.\n"
        "Nothing was imported: 1 problems to correct."
    )
    assert MemberFigure.objects.count() == CountryFigure.objects.count() == 0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "Choose at least one file of figures."),
        (("--cities", "/"), "“/” cannot be read: is a directory."),
        (("--gdp", "/none.csv"), "“/none.csv” cannot be read: no such file or directory."),
        (("--gdp", "no\0name"), "This is not the name of a file."),
    ],
)
def test_command_exits_2_without_a_file(goyang, arguments, sentence):
    assert run("--year", "2020", *arguments) == (2, "", sentence)


def test_command_exits_2_for_no_dues_year(goyang, tmp_path):
    file = tmp_path / "cities.csv"
    file.write_text(CITIES + "Goyang,KR,985000,register\n")

    assert run("--year", "20200", "--cities", str(file)) == (
        2,
        "",
        "20200 is no dues year between 2010 and 2100.",
    )
