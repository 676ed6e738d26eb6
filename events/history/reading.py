"""A history file, read: every row checked and turned into a fact, or refused by a sentence. Pure.

The file is JSON: sections by name, each a list of rows, each row with its sources in `src`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, NoReturn

from events.history.sections import READERS, Told, refuse
from events.history.words import IN_BRACKETS

LARGEST = 5 * 1024 * 1024
LONGEST_TEXT = 4000
LARGEST_NUMBER = 2_000_000_000
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Refusal(NamedTuple):
    """Why a row cannot be taken; `number` counts from 1 within its section, 0 is the section."""

    section: str
    number: int
    reason: str

    @property
    def sentence(self) -> str:
        """`general_assemblies, row 3: …`."""
        where = f"{self.section}, row {self.number}" if self.number else self.section
        return f"{where}: {self.reason}" if where else self.reason


@dataclass
class Reading:
    """What a file holds, and what of it cannot be taken."""

    facts: list[Told] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def read_history(content: bytes) -> Reading:
    """Every row of a file; with a refusal nothing of it may be imported."""
    reading = Reading()
    sections = read_sections(content, reading)
    seen: dict[str, int] = {}
    for section, rows in sections.items():
        if section not in READERS:
            reading.unknown.append(section[:60])
            continue
        for number, row in enumerate(rows, start=1):
            try:
                told = read_row(section, row)
            except ValueError as error:
                reading.refused.append(Refusal(section, number, str(error)))
                continue
            if told.key in seen:
                reason = f"it tells the same as row {seen[told.key]}."
                reading.refused.append(Refusal(section, number, reason))
            seen.setdefault(told.key, number)
            reading.facts.append(told)
    return reading


def read_sections(content: bytes, reading: Reading) -> dict[str, list[Any]]:
    """The lists of a file by section; without any the reason is among the refusals."""
    try:
        if len(content) > LARGEST:
            refuse("The file is larger than a history can be (5 MB).")
        data = json.loads(content.decode("utf-8-sig"), parse_constant=refuse_constant)
    except UnicodeDecodeError:
        reading.refused.append(Refusal("", 0, "The file is not text in UTF-8."))
    except json.JSONDecodeError as error:
        reason = f"The file is not JSON: line {error.lineno} cannot be read."
        reading.refused.append(Refusal("", 0, reason))
    except RecursionError:
        reading.refused.append(Refusal("", 0, "The file is nested too deeply to be a history."))
    except ValueError as error:
        reading.refused.append(Refusal("", 0, str(error)))
    else:
        return dict(keep_lists(data, reading))
    return {}


def refuse_constant(name: str) -> NoReturn:
    """NaN and Infinity are no numbers of JSON.

    Raises:
        ValueError: always.
    """
    refuse(f"The file is not JSON: {name} is no number.")


def keep_lists(data: object, reading: Reading) -> Iterator[tuple[str, list[Any]]]:
    """The sections that are lists; what else there is gets a refusal."""
    if not isinstance(data, dict) or not data:
        reason = f"The file must hold sections by name, such as {', '.join(list(READERS)[:3])}."
        reading.refused.append(Refusal("", 0, reason))
        return
    for section, rows in data.items():
        if isinstance(rows, list):
            yield section, rows
        else:
            reading.refused.append(Refusal(section[:60], 0, "it must be a list of rows."))


def read_row(section: str, row: object) -> Told:
    """One row as a fact.

    Raises:
        ValueError: a sentence on what is wrong with it.
    """
    if not isinstance(row, dict):
        refuse("it is not a row with names and values.")
    for name, value in row.items():
        check_value(name, value)
    told = READERS[section](row)
    told.sources = read_sources(row)
    told.numbers = [(number, source_of(number.words, told.sources)) for number in told.quoted]
    return told


def check_value(name: str, value: object) -> None:
    """A value is text, a whole number, or a list of texts; nothing longer than people write.

    Raises:
        ValueError: it is not.
    """
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, bool) or not isinstance(each, str | int):
            refuse(f"“{name[:40]}” must be text or a whole number.")
        if isinstance(each, str) and (len(each) > LONGEST_TEXT or CONTROL.search(each)):
            refuse(f"“{name[:40]}” is too long or holds signs that nobody can read.")
        if isinstance(each, int) and not 0 <= each <= LARGEST_NUMBER:
            refuse(f"“{name[:40]}” must be a number from 0 up.")


def read_sources(row: Mapping[str, Any]) -> list[str]:
    """Where a row is told.

    Raises:
        ValueError: it does not say.
    """
    given = row.get("src")
    sources = (
        [each.strip() for each in given if isinstance(each, str)] if isinstance(given, list) else []
    )
    if not sources or not all(sources) or any("\n" in each for each in sources):
        message = "it names no source: “src” must be a list of at least one."
        raise ValueError(message)
    return sources


def source_of(words: str, sources: list[str]) -> str:
    """The source that words in brackets point at, `~110 cities (Gwanggyo Journal)`; else all."""
    found = IN_BRACKETS.match(words)
    mark = found["inside"].rpartition(",")[2].strip().casefold() if found else ""
    mark = mark.removeprefix("seed ")
    meant = [each for each in sources if mark and mark in each.casefold()]
    return "\n".join(meant or sources)
