"""Large answers, kept in a process for as long as nothing is done in the house.

Every act notes itself in the audit trail within its own transaction, so the keys of the newest
entries are the version of the house: an answer belongs to the version before which it was asked.
Not the newest alone, since a transaction may end after that of a younger entry. Only what is large
is kept, since asking for something small costs no more than asking for the version; what was large
once is kept from the next time on. What changes without an act, as the worker sends mails and draws
documents, is kept for `BRIEFLY` only.
"""

from __future__ import annotations

import time
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any, Final, TypeVar

from django.core.exceptions import EmptyResultSet
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import QuerySet, Sum

from wego.models import AuditEntry

T = TypeVar("T")

LARGE: Final = 20_000
SECONDS: Final = 600
BRIEFLY: Final = 60
MOST: Final = 64
NEWEST: Final = 1_000


@dataclass(frozen=True)
class Answer:
    """An answer, the version it belongs to, and until when it is kept (monotonic seconds)."""

    value: Any
    version: int
    until: float

    def holds(self, version: int) -> bool:
        """Whether it is still true in a version of the house."""
        return self.version == version and time.monotonic() < self.until


# Without an answer: it was large, and the next one is kept.
_kept: OrderedDict[Hashable, Answer | None] = OrderedDict()
_lock = Lock()
# One makes an answer, whoever asks for the same meanwhile waits for it.
_turns: defaultdict[Hashable, Lock] = defaultdict(Lock)


def read_version() -> int:
    """The sum of the keys of the newest entries of the audit trail, in one query.

    It grows with every entry, one that comes late included.
    """
    newest = AuditEntry.objects.order_by("-pk").values("pk")[:NEWEST]
    return int(newest.aggregate(version=Sum("pk"))["version"] or 0)


def keep(
    key: Hashable,
    make: Callable[[], T],
    *,
    size: Callable[[T], int],
    seconds: float = SECONDS,
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
    version = read_version()
    if answer is None or not answer.holds(version):
        with _turns[key]:
            answer = _kept.get(key)
            if answer is None or not answer.holds(version):
                value = make()
                answer = Answer(value, version, time.monotonic() + seconds)
                remember(key, answer, size(value))
    return answer.value  # type: ignore[no-any-return]  # what this key's `make` answered


def remember(key: Hashable, answer: Answer | None, size: int) -> None:
    """Keep an answer that is large, and let go of the one that was kept longest."""
    with _lock:
        _kept.pop(key, None)
        if size >= LARGE:
            _kept[key] = answer
        else:
            _turns.pop(key, None)
        while len(_kept) > MOST:
            oldest, _answer = _kept.popitem(last=False)
            _turns.pop(oldest, None)


def forget() -> None:
    """Keep nothing any more: for tests, which begin with an empty house of the same name."""
    with _lock:
        _kept.clear()
        _turns.clear()


def words_of(rows: QuerySet[Any]) -> Hashable:
    """What a query asks, whatever its order: the key of what was answered."""
    statement, parameters = rows.order_by().query.sql_with_params()
    return statement, repr(parameters)


class KeptPaginator(Paginator):  # type: ignore[type-arg]  # not generic at run time
    """Pages of a list that counts the rows of a large one once in every version of the house.

    Any list may be of what changes without an act.
    """

    @cached_property
    def count(self) -> int:
        """How many rows there are."""
        rows = self.object_list
        if not isinstance(rows, QuerySet):
            return len(rows)
        try:
            return keep(("count", words_of(rows)), rows.count, size=int, seconds=BRIEFLY)
        except EmptyResultSet:
            return 0
