"""`run_dues`: what a person and a script get back."""

import json

import pytest
from django.core.management import CommandError, call_command

from dues.models import DuesRun, Invoice
from tests.register import add_small_roster

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(capsys):
    def call(*arguments):
        call_command("run_dues", *arguments)
        return capsys.readouterr().out

    return call


def test_preview_as_json_writes_nothing(run):
    add_small_roster()

    data = json.loads(run("2020", "--json"))

    assert (data["year"], data["total"], data["currency"]) == (2020, "9750.00", "USD")
    assert [len(data[part]) for part in ("priced", "blocked", "not_due")] == [2, 2, 2]
    assert "issued" not in data
    assert (Invoice.objects.count(), DuesRun.objects.count()) == (0, 0)


def test_issue_as_json_and_again(run):
    add_small_roster()

    first = json.loads(run("2020", "--issue", "--json"))
    second = json.loads(run("2020", "--issue", "--json"))

    keys = ("issued", "already_issued", "first_number", "last_number", "total")
    assert [first[key] for key in keys] == [
        2, 0, "WEGO-2020-0001", "WEGO-2020-0002", "9750.00",
    ]  # fmt: skip
    assert [second[key] for key in keys] == [0, 2, None, None, "9750.00"]
    assert [line["invoice"] for line in second["priced"]] == ["WEGO-2020-0001", "WEGO-2020-0002"]


def test_words_end_with_the_sum_and_what_was_issued(run):
    add_small_roster()

    lines = run("2020", "--issue").splitlines()

    assert lines[-2:] == [
        "Dues 2020: 2 to bill, USD 9,750.00; 2 blocked, 2 not due.",
        "Issued 2 invoices (WEGO-2020-0001 to WEGO-2020-0002); 0 were issued before.",
    ]
    assert lines[0].startswith("Kathmandu (NP): USD 1,250.00. Population 1,442,271")
    assert "BLOCKED Sardauna: The population is missing." in lines[3]


def test_empty_register_bills_nobody(run):
    assert run("2020", "--issue").splitlines()[-1] == ("Issued 0 invoices; 0 were issued before.")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["1999"], "1999 is no dues year: enter a year from 2010 to 2199."),
        (["-5"], "-5 is no dues year: enter a year from 2010 to 2199."),
        (
            ["2020", "--issue", "--due-on", "2020-01-01"],
            "The due day 2020-01-01 lies before the issue day 2020-01-15.",
        ),
    ],
)
def test_refusal_is_one_sentence_and_exit_code_2(run, arguments, sentence):
    add_small_roster()

    with pytest.raises(CommandError) as refusal:
        run(*arguments)

    assert (str(refusal.value), refusal.value.returncode) == (sentence, 2)
    assert Invoice.objects.count() == 0
