"""`quote_dues`: the table asked from the command line, bad figures answered in a sentence."""

import json

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


@pytest.fixture
def quote(capsys):
    def call(*arguments):
        call_command("quote_dues", *arguments)
        return capsys.readouterr().out.strip()

    return call


def test_city_as_json(quote):
    answer = json.loads(
        quote("--year", "2020", "--population", "299999", "--gdp", "20000", "--json")
    )

    assert answer == {
        "amount": "6000.00",
        "currency": "USD",
        "schedule": "City dues 2020",
        "bands": {"population": [0, 300_000], "gdp": [20_000, None]},
    }


def test_company_as_json(quote):
    assert json.loads(quote("--year", "2027", "--employees", "0", "--json")) == {
        "amount": "2000.00",
        "currency": "USD",
        "schedule": "Company dues 2020",
        "bands": {"employees": [0, 500]},
    }


def test_city_in_words(quote):
    assert quote("--year", "2020", "--population", "10,349,312", "--gdp", "999.99") == (
        "USD 700.00 a year: 10,000,000 persons or more, USD 0 to under 1,000 (City dues 2020)"
    )


EITHER = "Give either --population and --gdp for a city, or --employees for a company."


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], EITHER),
        (["--population", "5", "--employees", "5"], EITHER),
        (["--population", "5"], "The GDP per capita (PPP) is missing."),
        (["--gdp", "5"], "The population is missing."),
        (["--population", "0", "--gdp", "5"], "A population of 0 counts as missing."),
        (["--population=-1", "--gdp", "5"], "The population cannot be negative."),
        (["--population", "5", "--gdp=-1"], "The GDP per capita (PPP) cannot be negative."),
        (["--population", "1.5", "--gdp", "5"], "The population must be a whole number."),
        (
            ["--population", "nan", "--gdp", "5"],
            "“nan” is not a number: write it like 10349312 or 999.99.",
        ),
        (
            ["--population", "5", "--gdp", "1e3"],
            "“1e3” is not a number: write it like 10349312 or 999.99.",
        ),
        (
            ["--population", "５", "--gdp", "5"],
            "“５” is not a number: write it like 10349312 or 999.99.",
        ),
        (
            ["--population", "1,00", "--gdp", "5"],
            "“1,00” is not a number: write it like 10349312 or 999.99.",
        ),
        (
            ["--population", "999999999999", "--gdp", "5"],
            "The population is larger than any on record (at most 300,000,000).",
        ),
        (["--employees=-3"], "The number of employees cannot be negative."),
        (["--employees", ""], "“” is not a number: write it like 10349312 or 999.99."),
    ],
)
def test_bad_figure_ends_with_one_sentence_and_exit_code_2(quote, arguments, sentence):
    with pytest.raises(CommandError) as refusal:
        quote("--year", "2020", *arguments)

    assert (str(refusal.value), refusal.value.returncode) == (sentence, 2)


def test_year_without_a_schedule_is_refused(quote):
    with pytest.raises(CommandError) as refusal:
        quote("--year", "2019", "--employees", "5")

    assert str(refusal.value) == "No fee schedule is in force for company in 2019."
