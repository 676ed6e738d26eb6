"""A member's timeline: everything that happened to it, newest first, in one query a page.

Each source is a table with one row a happening; the database puts them together, orders and cuts
them (`UNION ALL`), so neither a long life nor a full mailbox costs more than the page shows. What
higher storeys know of a member they answer to the question "happenings" (see `wego.questions`).
"""

from __future__ import annotations

import datetime as dt
import heapq
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import islice

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from members.answers import Happening
from members.models import Member
from members.timeline_sources import COUNTED, SOURCES, Owner, Rows
from members.timeline_words import Row, describe
from wego.questions import ask

PAGE = 40
# So many pages are read at once with the counts; whoever leafs further asks a second time.
FIRST_PAGES = 20
# The sorts of lines in the order of their chips, and what one must be allowed to see of each.
PERMISSIONS = {
    "status": "members.view_member",
    "decision": "members.view_member",
    "dues": "dues.view_invoice",
    "application": "members.view_application",
    "letter": "members.view_member",
    "mail": "wego.view_mail",
    "figure": "members.view_member",
    "people": "members.view_affiliation",
    "change": "members.view_proposal",
}


@dataclass
class Page:
    """Some lines of a timeline, how many there are of each sort, and where one is in it."""

    lines: list[Happening]
    counts: dict[str, int]
    sort: str = ""
    number: int = 1

    @property
    def total(self) -> int:
        """Lines of the sort that is shown, or of all."""
        return self.counts.get(self.sort, 0) if self.sort else sum(self.counts.values())

    @property
    def pages(self) -> int:
        """How many pages they fill; at least one."""
        return max(1, -(-self.total // PAGE))


def read_timeline(
    member: Member,
    owner: Owner,
    *,
    user: AbstractBaseUser | AnonymousUser,
    sort: str = "",
    number: int = 1,
) -> Page:
    """One page of what happened, as far as the person may see it; one query and the answers'.

    `sort` narrows it to one sort of line; a page beyond the last is the last.
    """
    may = getattr(user, "has_perm", lambda _permission: False)
    sorts = [name for name, permission in PERMISSIONS.items() if may(permission)]
    told = [line for lines in ask("happenings", member) for line in lines if line.sort in sorts]
    wanted, early = [sort] if sort in sorts else sorts, min(max(1, number), FIRST_PAGES)
    counts, rows = read_rows(owner, wanted, early * PAGE, counted=sorts)
    counts += Counter(line.sort for line in told)
    page = Page([], {name: counts[name] for name in sorts if counts[name]})
    page.sort = sort if sort in page.counts else ""
    page.number = min(max(1, number), page.pages)
    shown = [page.sort] if page.sort else sorts
    last = page.number * PAGE
    if shown != wanted or page.number > early:
        _counts, rows = read_rows(owner, shown, last)
    told = sorted((line for line in told if line.sort in shown), key=moment_of, reverse=True)
    merged = heapq.merge((describe(row, may) for row in rows), told, key=moment_of, reverse=True)
    page.lines = list(islice(merged, last - PAGE, last))
    return page


def moment_of(line: Happening) -> dt.datetime:
    """When it happened."""
    return line.at


def read_rows(
    owner: Owner, sorts: Collection[str], limit: int, *, counted: Collection[str] = ()
) -> tuple[Counter[str], list[Row]]:
    """How many lines there are of the sorts `counted`, and the newest of `sorts`: one query."""
    lines = [source.lines(owner) for source in SOURCES if source.sort in sorts]
    numbers = [source.counted(owner) for source in SOURCES if source.sort in counted]
    together = put_together([*lines, *numbers])
    if together is None:
        return Counter(), []
    found = [Row(*row) for row in together.order_by("-line_at")[: limit + len(numbers)]]
    counts: Counter[str] = Counter()
    for row in found:
        if row.what == COUNTED:
            counts[row.sort] += row.number or 0
    return counts, [row for row in found if row.what != COUNTED][:limit]


def put_together(parts: Iterable[Rows]) -> Rows | None:
    """Several queries as one; None without any."""
    queries = list(parts)
    return queries[0].union(*queries[1:], all=True) if queries else None
