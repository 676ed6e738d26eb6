"""The house runs on what `requirements.lock` installs, not on what a developer has besides."""

import ast
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ("wego", "members", "dues", "events")

pytestmark = pytest.mark.once


def imported_at_start(tree):
    """The packages a module names outside functions and `if TYPE_CHECKING`."""
    for node in tree.body:
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


@pytest.mark.slow
def test_nothing_of_development_is_imported_at_run_time():
    locked = re.findall(
        r"^([a-z0-9-]+)(?:\[[^]]*\])?==", (ROOT / "requirements.lock").read_text(), re.MULTILINE
    )
    owners = packages_distributions()
    strangers = set()
    for folder in HOUSE:
        for path in (ROOT / folder).rglob("*.py"):
            for name in imported_at_start(ast.parse(path.read_text())):
                if name in HOUSE or name in sys.stdlib_module_names:
                    continue
                given = {
                    owner.lower().replace("_", "-").replace(".", "-")
                    for owner in owners.get(name, ())
                }
                if not given & set(locked):
                    strangers.add((str(path.relative_to(ROOT)), name))

    assert len(locked) > 30
    assert strangers == set()
