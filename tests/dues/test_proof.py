"""The proof of the books finds what is wrong, and nothing where nothing is."""

import datetime as dt
import json
import random
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from dues.models import Entry, Invoice, Paper, PaperDocument
from dues.proof import verify_books
from members.models import Letter, LetterDocument
from tests.dues.books import pay
from tests.dues.builders import city, issued_invoice, store_document
from tests.dues.faults import FAULTS, guard_removed
from tests.dues.random_books import build_books
from tests.harness.extent import share
from wego import guards, seals, storage
from wego.models import Operation

pytestmark = pytest.mark.django_db
# PostgreSQL finds them as SQLite does: the same questions, on fewer books.
BOOKS, CLEAN = {
    "sqlite": share((10, 100), (3, 30)),
    "postgresql": share((2, 20), (1, 8)),
}[connection.vendor]
DAY = dt.date(2020, 5, 1)


def codes(proof):
    return sorted(proof.found)


@contextmanager
def rolled_back():
    """Whatever happens inside is undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def take_guards_off():
    for guard in guards.declared():
        guards.run_statements(connection, guard.remove(connection.vendor))


def test_right_books_are_right(capsys):
    goyang = city()
    issued_invoice(goyang, document=b"%PDF-1.7 one")
    pay(goyang, 7600)

    call_command("verify_books", "--json")

    answer = json.loads(capsys.readouterr().out)
    assert answer == {
        "ok": True,
        "counts": {"entries": 3, "invoices": 1, "payments": 1, "audit_entries": 1, "files": 1},
        "sums": {
            "bank": "7600.00",
            "receivables": "0.00",
            "credit": "-100.00",
            "refunds": "0.00",
            "income": "-7500.00",
            "bank_charges": "0.00",
            "waivers": "0.00",
            "write_offs": "0.00",
            "open_invoices": "0.00",
        },
        "found": {},
        "faults": [],
    }


@pytest.mark.parametrize("kind", ["paper", "letter"])
def test_papers_and_letters_are_read_too(kind):
    about = {"reference": f"WEGO-2020-{kind}", "language": "en", "issued_on": DAY, "snapshot": {}}
    stored = storage.store_file(f"{kind}.pdf", b"%PDF-1.7 whole")
    kept = {"path": stored.path, "sha256": stored.sha256, "size": stored.size, "renderer": "tests"}
    if kind == "paper":
        paper = Paper.objects.create(kind="receipt", member=city(), **about)
        PaperDocument.objects.create(paper=paper, **kept)
    else:
        letter = Letter.objects.create(kind="approval", member=city(), **about)
        LetterDocument.objects.create(letter=letter, **kept)
    assert verify_books().faults == []

    path = Path(settings.DOCUMENTS_DIR) / stored.path
    path.chmod(0o600)
    path.write_bytes(b"%PDF-1.7 whale")

    assert codes(verify_books()) == ["file"]


def test_wrong_books_exit_with_1_and_say_what(capsys):
    issued_invoice(city())
    take_guards_off()
    Entry.objects.update(amount_cents=1)

    with pytest.raises(SystemExit, match="1"):
        call_command("verify_books")

    said = capsys.readouterr()
    assert "entry_differs: Entry" in said.err
    assert "amount_cents is not what invoice.amount_cents says" in said.err
    guards.install()


def test_r17_the_result_is_noted_unless_told_not_to(capsys):
    issued_invoice(city())

    call_command("verify_books", "--no-record")
    assert not Operation.objects.exists()
    call_command("verify_books", "--skip-files")

    noted = Operation.objects.get()
    assert (noted.kind, noted.night, noted.ok) == ("verify_books", None, True)
    assert noted.facts["sums"]["receivables"] == "7500.00"
    assert noted.facts["found"] == {}


def test_a_bad_result_is_noted_with_its_faults(capsys):
    issued_invoice(city())
    take_guards_off()
    Entry.objects.update(amount_cents=1)

    with pytest.raises(SystemExit, match="1"):
        call_command("verify_books", "--json")

    noted = Operation.objects.get()
    assert noted.ok is False
    assert noted.facts["found"]["entry_differs"] == 1
    assert noted.facts["faults"][0].startswith("entry_differs: Entry ")
    guards.install()


def test_empty_books_are_right():
    assert verify_books().ok


def prepare(seed):
    build_books(seed)
    for invoice in Invoice.objects.order_by("pk")[:3]:
        store_document(invoice, f"%PDF-1.7 {invoice.number}".encode())
    seals.seal_all()


@pytest.mark.slow
def test_every_kind_of_fault_is_found_in_random_books():
    found, tried, unnamed = Counter(), Counter(), []
    for seed in range(40):
        with rolled_back():
            prepare(seed)
            assert verify_books().ok
            for fault, code in FAULTS.items():
                if tried[fault] >= BOOKS:
                    continue
                with rolled_back():
                    if fault is not guard_removed:
                        take_guards_off()
                    if not fault(random.Random(seed)):
                        continue
                    if fault is not guard_removed:
                        guards.install()
                    proof = verify_books()
                    tried[fault] += 1
                    found[fault] += not proof.ok
                    if code not in proof.found:
                        unnamed.append((fault.__name__, seed, codes(proof)))
        if all(tried[fault] == BOOKS for fault in FAULTS):
            break

    assert unnamed == []
    assert len(FAULTS) >= 20
    assert found == tried == Counter(dict.fromkeys(FAULTS, BOOKS))


@pytest.mark.slow
def test_no_false_alarm_on_random_books():
    alarms = {}
    for seed in range(1000, 1000 + CLEAN):
        with rolled_back():
            prepare(seed)
            proof = verify_books()
            if not proof.ok:
                alarms[seed] = [fault.words for fault in proof.faults]

    assert alarms == {}
