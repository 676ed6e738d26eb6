"""docs/asvs.md: every requirement once, a lawful answer, tests that exist, counts that are true."""

import ast
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

pytestmark = pytest.mark.once
ROOT = Path(__file__).resolve().parents[1]
TABLE = (ROOT / "docs/asvs.md").read_text()
ROW = re.compile(
    r"^\| (\d+\.\d+\.\d+) \| ([12]) \| (.+?) \| (.+?) \| (.+?) \| (.*) \|$", re.MULTILINE
)
ANSWERS = re.compile(r"holds|(?:not applicable|operator's duty): \S.+")
FEWEST_WITH_A_TEST = 150


class Row(NamedTuple):
    number: str
    level: str
    asks: str
    answer: str
    where: str
    proof: str

    @property
    def kind(self):
        return self.answer.partition(":")[0]

    @property
    def tests(self):
        return re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", self.proof)


ROWS = [Row(*each) for each in ROW.findall(TABLE)]


def requirements():
    """Numbers and levels of ASVS 5.0.0, levels 1 and 2."""
    lines = (ROOT / "tests/asvs_5_0_0.txt").read_text().splitlines()
    return [tuple(line.split()) for line in lines if not line.startswith("#")]


@cache
def names_in(file):
    tree = ast.parse((ROOT / file).read_text())
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_requirement_has_one_row_in_its_place():
    wanted = requirements()

    assert len(wanted) == 253
    assert [(each.number, each.level) for each in ROWS] == wanted
    assert len([line for line in TABLE.splitlines() if re.match(r"\| \d", line)]) == 253


def test_every_row_asks_something_and_is_answered_lawfully():
    assert [each.number for each in ROWS if not ANSWERS.fullmatch(each.answer)] == []
    assert [each.number for each in ROWS if len(each.asks) < 5 or len(each.where) < 5] == []
    assert "open" not in {each.kind for each in ROWS}


def test_every_test_that_is_named_exists():
    named = {test for each in ROWS for test in each.tests}

    assert len(named) > 150
    assert sorted(test for test in named if test[1] not in names_in(test[0])) == []
    # Whatever stands in the last column is a test.
    assert [each.number for each in ROWS if each.proof.count("::") != len(each.tests)] == []
    assert [each.number for each in ROWS if bool(each.proof.strip()) != bool(each.tests)] == []


def test_what_holds_is_proved():
    assert [each.number for each in ROWS if each.kind == "holds" and not each.tests] == []
    assert sum(bool(each.tests) for each in ROWS) >= FEWEST_WITH_A_TEST


def test_the_counts_on_top_are_those_of_the_rows():
    def count(kind):
        return sum(each.kind == kind for each in ROWS)

    told = {
        name: int(number) for number, name in re.findall(r"^- (\d+) (.+)$", TABLE, re.MULTILINE)
    }

    assert told == {
        "requirements of levels 1 and 2": 253,
        "hold": count("holds"),
        "do not apply": count("not applicable"),
        "are the operator's duty": count("operator's duty"),
        "are open": 0,
        "name a test": sum(bool(each.tests) for each in ROWS),
    }
    assert count("holds") + count("not applicable") + count("operator's duty") == 253


@pytest.mark.parametrize("file", ["docs/safety.md", "docs/operations.md", "docs/rules.md"])
def test_what_the_rows_lead_to_is_there(file):
    assert (ROOT / file).exists()
    assert f"({Path(file).name})" in TABLE
