"""Log lines for people or for programs, each with the request it belongs to, and nobody in them.

A line never names a person: of an address only its pattern is logged (`apply/<token>/`), mailboxes
and what a database quotes from a row are masked, and no query string is ever logged. What a user
typed cannot begin a new line.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import re
import secrets
from contextvars import ContextVar
from typing import Any

from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.functional import LazyObject

# What the line belongs to: a request, or a task of a worker.
current: ContextVar[str] = ContextVar("request_id", default="")

MAILBOX = re.compile(r"[^\s@<>\"'(),;:]+@[\w.-]+\.\w+")
# PostgreSQL quotes the row: `Key (email)=(x@y) already exists`, `Failing row contains (…)`.
QUOTED_ROW = re.compile(r"(?<=\)=)\(.*?\)|(?<=contains )\(.*?\)(?=\.|$)", re.DOTALL)
# Anything long that may open something: tokens of links, keys, session numbers.
TOKEN = re.compile(r"(?<![\w.-])(?=[\w-]*\d)[A-Za-z0-9_-]{24,}(?![\w.-])")
QUERY = re.compile(r"\?[^\s\"']+=[^\s\"']*")
QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
UNKNOWN = "(no such address)"


def new_id() -> str:
    """A number for a request that came without one."""
    return secrets.token_hex(8)


def masked(text: str) -> str:
    """The text without mailboxes, quoted rows, tokens and query strings, in one line."""
    for pattern, instead in (
        (QUOTED_ROW, "(…)"),
        (MAILBOX, "…@…"),
        (QUERY, "?…"),
        (TOKEN, "…"),
    ):
        text = pattern.sub(instead, text)
    return CONTROL.sub(escaped, text)


def escaped(found: re.Match[str]) -> str:
    """What breaks a line or commands a terminal, as it is written in code."""
    return found[0].encode("unicode_escape").decode("ascii")


def place_of(request: HttpRequest) -> str:
    """The pattern of the address, `/apply/<str:token>/`, which is the same for everybody."""
    match = getattr(request, "resolver_match", None)
    if match is None:
        try:
            match = resolve(request.path_info)
        except Resolver404:
            return UNKNOWN
    return f"/{match.route}"


def number_of(record: logging.LogRecord) -> str:
    """The number of the request or task a record belongs to; empty for neither."""
    return str(getattr(getattr(record, "request", None), "number", "") or current.get())


def person_of(request: HttpRequest) -> int | None:
    """The number of who asks, if that was looked up already; a number names nobody to outsiders."""
    user = getattr(request, "_cached_user", None) or request.__dict__.get("user")
    # One that nobody has looked up yet is not looked up for the log.
    return None if isinstance(user, LazyObject) else getattr(user, "pk", None)


def words_of(record: logging.LogRecord) -> str:
    """What a record says; Django's own about a request say the address's pattern."""
    request = getattr(record, "request", None)
    if isinstance(request, HttpRequest) and isinstance(record.args, tuple):
        paths = {request.path, request.get_full_path()}
        paths |= {path.encode("unicode_escape").decode("ascii") for path in paths}
        told = record.msg % tuple(
            place_of(request) if argument in paths else argument for argument in record.args
        )
        return masked(told)
    return masked(record.getMessage())


def trace_of(formatter: logging.Formatter, record: logging.LogRecord) -> list[str]:
    """The lines of an exception, masked; none without one.

    Code stands as it is; what an exception says of a value is left out, somebody may have typed it.
    """
    if not record.exc_info:
        return []
    text = formatter.formatException(record.exc_info)
    for words in words_of_errors(record.exc_info[1]):
        # Whatever is typed in several lines, none of them may pass for a line of code.
        text = text.replace(words, CONTROL.sub(escaped, words))
    lines = text.splitlines()
    return [masked(line if line.startswith(" ") else QUOTED.sub("'…'", line)) for line in lines]


def words_of_errors(error: BaseException | None) -> list[str]:
    """What an exception, and each that led to it, says, where it breaks lines."""
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    found: list[str] = []
    while waiting:
        each = waiting.pop()
        if each is None or id(each) in seen:
            continue
        seen.add(id(each))
        waiting += [each.__cause__, each.__context__]
        if CONTROL.search(words := str(each)):
            found.append(words)
    return found


class LineFormatter(logging.Formatter):
    """A line for people: when, how grave, who, which request, what."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, and an exception's beneath it."""
        request = number_of(record)
        mark = f" [{request}]" if request else ""
        line = (
            f"{self.formatTime(record)} {record.levelname} {record.name}{mark}: {words_of(record)}"
        )
        return "\n".join([line, *trace_of(self, record)])


class JsonFormatter(logging.Formatter):
    """A line for programs: one JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        """What happened, with the facts a caller hands over as `extra={"facts": {…}}`."""
        told: dict[str, Any] = {
            "at": dt.datetime.fromtimestamp(record.created, tz=dt.UTC).isoformat(
                timespec="milliseconds"
            ),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": words_of(record),
        }
        if request := number_of(record):
            told["request_id"] = request
        asked = getattr(record, "request", None)
        if isinstance(asked, HttpRequest) and (person := person_of(asked)):
            told["person"] = person
        told |= getattr(record, "facts", {})
        if trace := trace_of(self, record):
            told["trace"] = trace
        return json.dumps(told, ensure_ascii=False)
