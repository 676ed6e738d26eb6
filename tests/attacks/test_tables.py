"""S7: a table of figures or members is read or refused in two seconds and little memory."""

import json
import os
import subprocess
import sys

import pytest
from django.core.exceptions import ValidationError

from members.rows import MOST_COLUMNS, MOST_REJECTED, MOST_ROWS, read_table
from tests.attacks.tables import CORPUS
from tests.conftest import ROOT

pytestmark = pytest.mark.once
SECONDS, MEGABYTES = 2, 200
READ = {
    "a million cells in a row": "0 rows, 1 rejected",
    "a million ragged rows": f"0 rows, {MOST_REJECTED} rejected",
    "half a million damaged cells": f"0 rows, {MOST_REJECTED} rejected",
    "an open quotation": "0 rows, 1 rejected",
    "NUL in a name": "0 rows, 1 rejected",
    "a formula": "1 rows, 0 rejected",
    "UTF-7": "1 rows, 0 rejected",
}


@pytest.mark.slow
def test_s7_no_file_keeps_the_house_busy():
    done = subprocess.run(
        [sys.executable, "-m", "tests.attacks.tables"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "wego.settings"},
        stdout=subprocess.PIPE,
        check=True,
    )

    told = json.loads(done.stdout)
    found = told["found"]
    assert {name: words for name, (code, words, _s) in found.items() if code == "read"} == READ
    refused = [words for code, words, _seconds in found.values() if code == "unreadable"]
    assert len(refused) == len(CORPUS) - len(READ)
    assert all(words.endswith(".") for words in refused)
    assert max(seconds for _code, _words, seconds in found.values()) <= SECONDS
    assert told["megabytes"] <= MEGABYTES


def table(columns, rows):
    head = ["name", *(f"c{place}" for place in range(1, columns))]
    return "\n".join([",".join(head), *([",".join("x" * columns)] * rows)])


def test_a_table_is_as_large_as_any_and_no_larger():
    def read(columns, rows):
        return read_table(table(columns, rows), required=("name",), known=())

    assert len(read(MOST_COLUMNS, 1).columns) == 100
    assert len(read(2, MOST_ROWS - 1).rows) == 49_999
    for columns, rows in ((MOST_COLUMNS + 1, 1), (2, MOST_ROWS)):
        with pytest.raises(ValidationError, match="has more than"):
            read(columns, rows)
