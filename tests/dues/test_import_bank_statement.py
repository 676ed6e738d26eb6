"""`import_bank_statement`: one line of JSON exactly, refusals in a sentence, nothing twice."""

import json

import pytest
from django.core.management import CommandError, call_command

from dues.models import BankLine, Payment
from tests.conftest import ROOT
from tests.dues.builders import city, issued_invoice
from tests.dues.statements.documents import bal, camt, ntry, stmt

pytestmark = pytest.mark.django_db
ENTRIES = (
    ntry("300.00", currency="EUR", text="Dues 2020", ref="B-100001"),
    ntry("150.00", currency="EUR", text="Dues 2020", ref="B-100002"),
    ntry("15.84", currency="EUR", mark="DBIT", text="Charges", ref="B-100003"),
)


@pytest.fixture
def run(capsys, tmp_path):
    """The command on a file with this content; what it printed."""

    def call(content, *arguments):
        path = tmp_path / "march.xml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        call_command("import_bank_statement", str(path), *arguments)
        return capsys.readouterr().out.strip()

    return call


def test_file_in_figures_exactly(run):
    document = camt(stmt(*ENTRIES, currency="EUR"))
    words = (
        '{"format":"camt.053","statements":1,"entries":3,"credits":2,"debits":1,'
        '"sum":"434.16","currency":"EUR","warnings":[],"new":%d,"known":%d}'
    )

    assert run(document, "--dry-run", "--json") == words % (3, 0)
    assert BankLine.objects.count() == 0
    assert run(document, "--json") == words % (3, 0)
    assert BankLine.objects.count() == 3
    assert run(document, "--json") == words % (0, 3)
    assert run(document, "--json", "--dry-run") == words % (0, 3)
    assert BankLine.objects.count() == 3


def test_warnings_are_told(run):
    balances = bal("OPBD", "0.00") + bal("CLBD", "1.00")

    answer = json.loads(run(camt(stmt(ntry("5.00"), balances=balances)), "--json"))

    (warning,) = answer["warnings"]
    assert "USD 5.00, but the statement closes with USD 1.00" in warning


def test_certain_lines_are_booked(run):
    invoice = issued_invoice(city(), amount_cents=700_000)
    document = camt(stmt(ntry("7000.00", text=invoice.reference)))

    assert run(document, "--dry-run").endswith("0 booked by themselves.")
    assert Payment.objects.count() == 0
    assert run(document) == (
        "camt.053: 1 entries in 1 statements, 1 in, 0 out, sum USD 7000.00. "
        "1 new, 0 known before; 1 booked by themselves."
    )
    assert Payment.objects.get().amount_cents == 700_000


def test_refusal_is_a_sentence_and_exit_1(run, capsys):
    with pytest.raises(CommandError, match="is empty") as refused:
        run("")
    assert refused.value.returncode == 1

    with pytest.raises(SystemExit) as ended:
        run("", "--json")
    assert ended.value.code == 1
    assert json.loads(capsys.readouterr().out) == {
        "error": "“march.xml” is empty. Download it from the bank again."
    }


def test_missing_file_and_odd_mapping_are_refused(run, tmp_path):
    with pytest.raises(CommandError, match=r"nothing\.xml cannot be read: No such file"):
        call_command("import_bank_statement", str(tmp_path / "nothing.xml"))
    odd = tmp_path / "mapping.json"
    for text in ("[]", "{", '{"colour": "red"}'):
        odd.write_text(text)
        with pytest.raises(CommandError, match="is no mapping"):
            run("Date,Amount\n", "--mapping", str(odd))

    assert BankLine.objects.count() == 0


def test_example_in_the_documentation_is_read(capsys):
    example = ROOT / "docs" / "examples" / "statement.camt053.xml"

    call_command("import_bank_statement", str(example), "--dry-run", "--json")

    answer = json.loads(capsys.readouterr().out)
    figures = {name: answer[name] for name in ("entries", "credits", "debits", "sum", "warnings")}
    assert figures == {"entries": 4, "credits": 3, "debits": 1, "sum": "8931.50", "warnings": []}
