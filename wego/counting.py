"""Several numbers in one question to the database, for pages that show many."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Aggregate, CharField, Count, QuerySet, Value


def count_all(**counted: QuerySet[Any]) -> dict[str, int]:
    """How many rows each of some queries has, by their names, in one query."""
    return ask_all({name: (rows, Count("pk")) for name, rows in counted.items()})


def ask_all(asked: Mapping[str, tuple[QuerySet[Any], Aggregate]]) -> dict[str, int]:
    """A number of the rows of each of some queries, in one query; 0 where there is no row."""
    parts = [
        rows.order_by()
        .annotate(count_of=Value(name, CharField()))
        .values("count_of")
        .annotate(count_n=number)
        .values_list("count_of", "count_n")
        for name, (rows, number) in asked.items()
    ]
    found = dict(parts[0].union(*parts[1:], all=True)) if parts else {}
    return {name: found.get(name) or 0 for name in asked}
