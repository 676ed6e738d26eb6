"""Every text of the house stands in Korean too, with its places kept."""

import functools
import importlib.util
from pathlib import Path

import pytest

pytestmark = pytest.mark.once
ROOT = Path(__file__).resolve().parent.parent
CATALOG = ROOT / "locale" / "ko" / "LC_MESSAGES" / "django.po"


@pytest.fixture(scope="module")
def messages():
    spec = importlib.util.spec_from_file_location("messages", ROOT / "scripts" / "messages.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.collect = functools.cache(module.collect)  # the sources stay as they are meanwhile
    return module


def test_korean_is_complete(messages):
    assert messages.faults(CATALOG) == []


def test_catalog_holds_texts_of_python_and_of_templates(messages):
    found = {message.id for message in messages.collect()}

    assert "Population missing" in found
    assert "Sign out" in found


def test_gaps_are_named(messages, tmp_path):
    path = tmp_path / "ko" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "Population missing"\nmsgstr ""\n\nmsgid "Gone"\nmsgstr "갔음"\n\n'
        'msgid "%(year)s is no dues year: enter a year from %(first)s to %(last)s."\n'
        'msgstr "%(year)s"\n',
        encoding="utf-8",
    )

    found = messages.faults(path)

    assert "not translated: 'Population missing'" in found
    assert "no longer in the source: 'Gone'" in found
    assert any(line.startswith("places differ: '%(year)s is no dues year") for line in found)
    assert any(line.startswith("not in the catalog: ") for line in found)


def test_texts_that_cannot_be_compiled_are_named(messages, tmp_path):
    path = tmp_path / "ko" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        '#, python-format\nmsgid "%(number)s invoice"\nmsgid_plural "%(number)s invoices"\n'
        'msgstr[0] "청구서 %(wrong)s건"\n',
        encoding="utf-8",
    )

    found = messages.faults(path)

    assert (
        "does not compile: ('%(number)s invoice', '%(number)s invoices'), "
        "unknown named placeholder 'wrong'" in found
    )
