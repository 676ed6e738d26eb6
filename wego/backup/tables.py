"""What a backup holds of the database: which tables, and a row as one line of JSON.

A line is the same whichever database it was read from, so a table's SHA-256 proves that it was
restored to the last digit.
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import connections
from django.db.models import Field, Model
from django.db.models.functions import Collate

# Who is signed in, and where from: whoever steals a backup must not find open doors in it.
LEFT_OUT = frozenset({"django_session", "usersessions_usersession"})
CHUNK = 2000
Row = tuple[Any, ...]
# The order of bytes, the same on either database whatever its locale.
BYTE_ORDER = {"sqlite": "BINARY", "postgresql": "C"}


def kept_models() -> list[type[Model]]:
    """Every table of the house with its rows, in the order of their names."""
    models = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed  # noqa: SLF001 Django's documented door
        and not model._meta.proxy  # noqa: SLF001 the same
        and table_of(model) not in LEFT_OUT
    ]
    return sorted(models, key=table_of)


def table_of(model: type[Model]) -> str:
    """The name of a model's table."""
    return model._meta.db_table  # noqa: SLF001 Django's documented door


def fields_of(model: type[Model]) -> list[Field[Any, Any]]:
    """The columns of a table in the order they are declared."""
    return list(model._meta.concrete_fields)  # noqa: SLF001 Django's documented door


def read_rows(model: type[Model], *, using: str) -> Iterator[Row]:
    """Every row of a table in the order of its key, in bounded memory."""
    key = model._meta.pk  # noqa: SLF001 Django's documented door
    rows = model._base_manager.using(using)  # noqa: SLF001 nothing is filtered out
    vendor = connections[using].vendor
    order: Any = "pk"
    if key is not None and key.get_internal_type() in {"CharField", "SlugField", "TextField"}:
        order = Collate("pk", BYTE_ORDER[vendor])
    columns = [field.attname for field in fields_of(model)]
    return rows.order_by(order).values_list(*columns).iterator(chunk_size=CHUNK)


def line_of(row: Row) -> bytes:
    """A row as one line."""
    text = json.dumps(
        [plain(value) for value in row],
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return f"{text}\n".encode("utf-8", "surrogatepass")


def plain(value: object) -> object:
    """A column's value as JSON has it; instants in UTC."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value) if isinstance(value, uuid.UUID | Decimal) else value


READ: dict[str, Callable[[str], object]] = {
    "DateTimeField": dt.datetime.fromisoformat,
    "DateField": dt.date.fromisoformat,
    "TimeField": dt.time.fromisoformat,
    "UUIDField": uuid.UUID,
    "DecimalField": Decimal,
}
# What JSON has by itself. A column of any other kind needs a line above.
AS_IT_IS = frozenset(
    {
        "AutoField",
        "BigAutoField",
        "BigIntegerField",
        "BooleanField",
        "CharField",
        "FloatField",
        "GenericIPAddressField",
        "IntegerField",
        "JSONField",
        "PositiveBigIntegerField",
        "PositiveIntegerField",
        "PositiveSmallIntegerField",
        "SlugField",
        "SmallIntegerField",
        "TextField",
    }
)


def values_of(line: bytes, fields: list[Field[Any, Any]]) -> list[Any]:
    """The values of a line for the columns of its table; raises ValueError for another shape."""
    row = json.loads(line.decode("utf-8", "surrogatepass"))
    if not isinstance(row, list) or len(row) != len(fields):
        raise ValueError("a row has not the columns of its table")
    return [
        READ[kind](value) if value is not None and (kind := kind_of(field)) in READ else value
        for field, value in zip(fields, row, strict=True)
    ]


def kind_of(field: Field[Any, Any]) -> str:
    """What a column holds; a foreign key holds what it points to."""
    target = getattr(field, "target_field", None)
    return kind_of(target) if target is not None else field.get_internal_type()
