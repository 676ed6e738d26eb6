"""Large answers, kept in a process for as long as nothing is done in the house.

Every act notes itself in the audit trail within its own transaction, so the newest entry's key is
the version of the house: an answer belongs to the version before which it was asked. Only what is
large is kept, since asking for something small costs no more than asking for the version; what was
large once is kept from the next time on. Nothing is kept longer than a minute: an act whose
transaction ended after that of a younger entry counts by then.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any, Final, TypeVar

from django.core.exceptions import EmptyResultSet
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import Max, QuerySet

from wego.models import AuditEntry

T = TypeVar("T")

LARGE: Final = 20_000
SECONDS: Final = 60
MOST: Final = 64


@dataclass(frozen=True)
class Answer:
    """An answer, the version it belongs to, and until when it is kept (monotonic seconds)."""

    value: Any
    version: Hashable
    until: float


# Without an answer: it was large, and the next one is kept.
_kept: OrderedDict[Hashable, Answer | None] = OrderedDict()
_lock = Lock()


def read_version() -> int:
    """The key of the newest entry of the audit trail, in one query; 0 before the first."""
    newest: int | None = AuditEntry.objects.aggregate(newest=Max("pk"))["newest"]
    return newest or 0


def keep(
    key: Hashable,
    make: Callable[[], T],
    *,
    size: Callable[[T], int],
    version: Callable[[], Hashable] = read_version,
) -> T:
    """What `make` answers, or what it answered in this version of the house.

    `size` is how many rows an answer was made from or has. Asks for the version or makes the
    answer, whichever is needed, so a warm page asks equally often of a small and a large house.
    """
    key = (str(connection.settings_dict["NAME"]), key)
    with _lock:
        known, answer = key in _kept, _kept.get(key)
    if not known:
        value = make()
        remember(key, None, size(value))
        return value
    now = version()
    if answer and answer.version == now and time.monotonic() < answer.until:
        return answer.value  # type: ignore[no-any-return]  # what this key's `make` answered
    value = make()
    remember(key, Answer(value, now, time.monotonic() + SECONDS), size(value))
    return value


def remember(key: Hashable, answer: Answer | None, size: int) -> None:
    """Keep an answer that is large, and let go of the one that was kept longest."""
    with _lock:
        _kept.pop(key, None)
        if size >= LARGE:
            _kept[key] = answer
        while len(_kept) > MOST:
            _kept.popitem(last=False)


def forget() -> None:
    """Keep nothing any more: for tests, which begin with an empty house of the same name."""
    with _lock:
        _kept.clear()


def words_of(rows: QuerySet[Any]) -> Hashable:
    """What a query asks, whatever its order: the key of what was answered."""
    statement, parameters = rows.order_by().query.sql_with_params()
    return statement, repr(parameters)


class KeptPaginator(Paginator):  # type: ignore[type-arg]  # not generic at run time
    """Pages of a list that counts the rows of a large one once in every version of the house."""

    @cached_property
    def count(self) -> int:
        """How many rows there are."""
        rows = self.object_list
        if not isinstance(rows, QuerySet):
            return len(rows)
        try:
            return keep(("count", words_of(rows)), rows.count, size=int)
        except EmptyResultSet:
            return 0
