"""A line about the house, and what apps say of the work that waits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from django.db import Error
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

OK, INFO, WARN, BAD = "ok", "info", "warn", "bad"


class Waiting(NamedTuple):
    """Work of one kind that waits; an app answers the question "waiting work" with some.

    `parked` could not be done and waits for a person; `page` is the name of the address where.
    """

    code: str
    label: StrOrPromise
    waiting: int
    parked: int
    page: str


class Factors(NamedTuple):
    """How many people of staff there are, and how many have a second factor."""

    staff: int
    guarded: int


@dataclass(frozen=True)
class Line:
    """One thing that must be well: what it is now, and what to do when it is not.

    `page` is the name of an address where a person can act; `details` are for who looks closer.
    """

    code: str
    label: str
    tone: str
    value: str
    todo: str = ""
    page: str = ""
    details: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Group:
    """Lines that belong together."""

    title: str
    lines: list[Line]


Ask = Callable[[], Iterable[Line]]


def gather(title: str, *asks: Ask) -> Group:
    """The lines of a group; what the database cannot answer is a line of its own."""
    lines: list[Line] = []
    for ask in asks:
        try:
            lines += ask()
        except Error as error:
            lines.append(
                Line(
                    "silent",
                    _("Database"),
                    BAD,
                    _("does not answer"),
                    _("See that the database runs and DATABASE_URL is right."),
                    details=[type(error).__name__],
                )
            )
    return Group(title, lines)


def age(moment: dt.datetime, now: dt.datetime) -> str:
    """How long ago something was, in the largest unit that says it."""
    minutes = max(int((now - moment).total_seconds()), 0) // 60
    hours, days = minutes // 60, minutes // (24 * 60)
    if days:
        return ngettext("%(n)s day ago", "%(n)s days ago", days) % {"n": days}
    if hours:
        return ngettext("%(n)s hour ago", "%(n)s hours ago", hours) % {"n": hours}
    if minutes:
        return ngettext("%(n)s minute ago", "%(n)s minutes ago", minutes) % {"n": minutes}
    return _("just now")


def size_of(count: int) -> str:
    """Bytes as people write them: `44.9 kB`, `1.2 GB`."""
    number = float(count)
    for unit in ("bytes", "kB", "MB", "GB"):
        if number < 1000:  # noqa: PLR2004 one unit to the next
            return f"{number:.0f} {unit}" if unit == "bytes" else f"{number:.1f} {unit}"
        number /= 1000
    return f"{number:.1f} TB"
