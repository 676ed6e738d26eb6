"""The command that makes documents by hand, here and in processes of its own."""

import datetime as dt
import json
import os
import subprocess
import sys
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from dues import documents, papers
from dues.models import Paper, ParkedPaper
from tests.dues.printing import issue
from wego import pdf

ROOT = Path(__file__).resolve().parent.parent.parent


def run_command(*options: str) -> dict:
    out = StringIO()
    call_command("render_documents", "--json", *options, stdout=out)
    return json.loads(out.getvalue())


def test_the_command_makes_what_is_missing_and_says_so(db, refused) -> None:
    issue(3)
    refused.add("WEGO-2020-0003")
    documents.render_pending(limit=1)

    result = run_command("--workers", "1")

    reason = "The text needs 2 pages and has one."
    assert result.pop("seconds") >= 0
    assert result == {
        "rendered": 1,
        "already": 1,
        "papers": 0,
        "parked": [{"number": "WEGO-2020-0003", "reason": reason}],
        "pending": 0,
    }


def test_the_command_with_nothing_to_do_does_not_warm_the_printer(db, quick, monkeypatch) -> None:
    monkeypatch.setattr(pdf, "renderer", lambda: pytest.fail("warmed"))

    result = run_command()

    assert (result["rendered"], result["already"], result["pending"]) == (0, 0, 0)


def test_the_command_speaks_to_people(db, quick) -> None:
    issue(2)
    out = StringIO()

    call_command("render_documents", workers=1, stdout=out)

    assert out.getvalue().startswith("2 documents and 0 papers made in ")
    assert out.getvalue().endswith(" s, 0 documents were there already, 0 pending.\n")


def test_the_command_names_missing_fonts(db, monkeypatch) -> None:
    issue(1)

    def refuse(_snapshot):
        raise pdf.PrinterMissingError("Missing to print documents: the font NanumGothic.")

    monkeypatch.setattr(documents, "render_invoice", refuse)

    with pytest.raises(CommandError, match="the font NanumGothic") as refusal:
        run_command("--workers", "1")
    assert refusal.value.returncode == 2


def test_the_command_makes_papers_too(db, quick, monkeypatch) -> None:
    monkeypatch.setattr(pdf, "renderer", lambda: "Test 1")
    for number, fault in enumerate(["", "no font", ""], start=1):
        paper = Paper.objects.create(
            kind="use_of_fees_paper",
            reference=f"WEGO-2020-UF-{number}",
            language="en",
            issued_on=dt.date(2020, 9, 30),
            snapshot={},
        )
        if fault:
            ParkedPaper.objects.create(paper=paper, reason=fault)
    monkeypatch.setattr(
        papers, "PRESS", replace(papers.PRESS, render=lambda paper: paper.reference.encode())
    )

    result = run_command("--workers", "1")

    assert (result["papers"], result["pending"]) == (2, 0)
    assert result["parked"] == [{"number": "WEGO-2020-UF-2", "reason": "no font"}]


@pytest.mark.parametrize("workers", ["0", "-1", "two"])
def test_the_command_refuses_a_number_of_workers_that_is_none(db, workers) -> None:
    with pytest.raises(CommandError, match="is not a number of processes"):
        run_command("--workers", workers)


SET_UP = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests.dues.printing import issue
issue(6)
"""


@pytest.mark.slow
def test_two_processes_share_the_work(tmp_path) -> None:
    environment = {
        **os.environ,
        "WEGO_DATA_DIR": str(tmp_path),
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "wego.settings",
    }

    def run(*command: str) -> str:
        done = subprocess.run(
            [sys.executable, *command],
            env=environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    run("-c", SET_UP)
    first = json.loads(run("manage.py", "render_documents", "--json", "--workers", "2"))
    second = json.loads(run("manage.py", "render_documents", "--json", "--workers", "2"))

    assert (first["rendered"], first["already"], first["pending"]) == (6, 0, 0)
    assert (second["rendered"], second["already"], second["pending"]) == (0, 6, 0)
    assert len(list((tmp_path / "documents" / "2020").iterdir())) == 6
