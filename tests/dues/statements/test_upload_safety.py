"""S7: whatever file is handed in, it is read or refused in two seconds and little memory."""

import json
import os
import subprocess
import sys

import pytest
from django.core.exceptions import ValidationError

from dues.statements import read_statements
from dues.statements.sizes import MOST_MOVEMENTS
from tests.conftest import ROOT
from tests.dues.statements.bombs import CORPUS
from tests.dues.statements.documents import camt, ntry, stmt
from tests.dues.statements.reading import amounts, read

pytestmark = pytest.mark.once
SECONDS, MEGABYTES = 2, 200


@pytest.fixture(scope="module")
def apart():
    """What a process of its own made of all the files."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.dues.statements.bombs"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
    )
    return json.loads(done.stdout)


@pytest.mark.slow
@pytest.mark.parametrize("name", CORPUS)
def test_bomb_is_refused_in_time(apart, name):
    word, seconds = apart["found"][name]

    assert word == CORPUS[name][1]
    assert seconds <= SECONDS


@pytest.mark.slow
def test_bombs_take_little_memory(apart):
    assert apart["megabytes"] <= MEGABYTES


def many(count):
    return camt(stmt(*[ntry("1.00", text=f"Dues {n}") for n in range(count)]))


@pytest.mark.slow
def test_largest_statement_is_read():
    assert len(amounts(read(many(MOST_MOVEMENTS)))) == MOST_MOVEMENTS == 10_000

    with pytest.raises(ValidationError, match="more than 10000 payments") as refused:
        read(many(MOST_MOVEMENTS + 1))

    assert refused.value.code == "size"


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "utf-8"),
        ("latin-1", "ISO-8859-1"),
        ("cp1252", "windows-1252"),
    ],
)
def test_encodings_of_banks(encoding, declared):
    document = camt(stmt(ntry("1.00", text="Malmö"))).replace("UTF-8", declared)

    (one,) = read(document.encode(encoding))

    assert one.lines[0].text == "Malmö"


def test_document_without_declaration():
    document = camt(stmt(ntry("1.00", text="Malmö")), declaration="")

    assert read(document)[0].lines[0].text == "Malmö"


def test_refusal_of_an_entity_names_its_line():
    content = b"<?xml version='1.0'?>\n\n<!DOCTYPE a [<!ENTITY x 'y'>]>\n<a>&x;</a>"

    with pytest.raises(ValidationError) as refused:
        read_statements(content, "statement.xml")

    assert refused.value.messages == [
        "Line 3: the file declares a document type or entities, which no bank's statement does."
        " It was not read."
    ]
