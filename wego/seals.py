"""The seals of the audit trail (S14): entries hashed in batches, each batch onto the one before.

Who edits, deletes or swaps a sealed entry, or slips one in, breaks the chain; who cuts it off or
writes it anew changes its head, which is printed and kept elsewhere. An entry waits at most for
the next sweep; one whose transaction ended late is sealed in a later batch.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from wego.models import AuditEntry, AuditSeal, SealedEntry

BATCH = 1000
# What the first seal is hashed onto.
START = "0" * 64
# A transaction does not last so long: who is dated earlier than what was sealed was slipped in.
LATEST = dt.timedelta(hours=1)
COLUMNS = ("pk", "at", "by_id", "act", "subject", "label", "file", "why")
# The number of the lock two sealers on PostgreSQL contend for; nothing else takes it.
LOCK = 0x5EA1
MOST_FAULTS = 20
Row = tuple[Any, ...]


@dataclass
class Verdict:
    """What a look at the whole trail found; `faults` are sentences, none when all is well."""

    sealed: int = 0
    unsealed: int = 0
    seals: int = 0
    head: str = START
    faults: list[str] = field(default_factory=list)


def seal_entries(limit: int = BATCH) -> int:
    """Seal at most `limit` entries that wait, in order; returns how many.

    Two sealers at once take turns: the second finds what the first left.
    """
    if not waiting().exists():
        return 0
    with transaction.atomic():
        _take_turn()
        rows = list(_rows(waiting().order_by("pk"))[:limit])
        if not rows:
            return 0
        last = AuditSeal.objects.order_by("-pk").values_list("digest", flat=True).first()
        seal = AuditSeal.objects.create(count=len(rows), digest=digest_of(last or START, rows))
        SealedEntry.objects.bulk_create(
            SealedEntry(seal=seal, entry_id=row[0], place=place) for place, row in enumerate(rows)
        )
    return len(rows)


def seal_all() -> int:
    """Seal whatever waits; returns how many entries."""
    total = 0
    while sealed := seal_entries():
        total += sealed
    return total


def waiting() -> QuerySet[AuditEntry]:
    """Entries no seal covers yet."""
    return AuditEntry.objects.filter(sealed__isnull=True)


def _rows(entries: QuerySet[AuditEntry]) -> QuerySet[AuditEntry, Row]:
    """Entries as they are hashed: the facts come as text, to be read a batch at a time."""
    return entries.values_list(*COLUMNS, Cast("facts", TextField()))


def _take_turn() -> None:
    """Hold the chain until the transaction ends; SQLite's write lock is held already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def digest_of(before: str, rows: list[Row]) -> str:
    """SHA-256 of a batch onto the digest before it: the same on either database.

    Moments count to the millisecond, as far as a dump of the data carries them.
    """
    facts = json.loads(f"[{','.join(row[-1] for row in rows)}]")
    plain = [(pk, at.isoformat(timespec="milliseconds"), *rest[:-1]) for pk, at, *rest in rows]
    text = json.dumps(
        [before, plain, facts], sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def verify_trail(*, head: str = "") -> Verdict:
    """Hash the whole trail again and say what differs; `head` is one that was kept elsewhere."""
    verdict = Verdict()
    anchored = not head
    newest: dt.datetime | None = None
    batches = _batches()
    batch = next(batches, None)
    for seal in AuditSeal.objects.order_by("pk").iterator():
        verdict.seals += 1
        while batch and batch[0] < seal.pk:
            _blame(verdict, f"Entries belong to seal {batch[0]}, which is gone.")
            batch = next(batches, None)
        rows = batch[1] if batch and batch[0] == seal.pk else []
        if batch and batch[0] == seal.pk:
            batch = next(batches, None)
        _check_batch(verdict, seal, rows)
        newest = _check_order(verdict, rows, newest)
        verdict.head = seal.digest
        verdict.sealed += len(rows)
        anchored = anchored or seal.digest == head
    if batch:
        _blame(verdict, f"Entries belong to seal {batch[0]}, which is gone.")
    if not anchored:
        _blame(verdict, f"No seal has the head {head}: the trail was cut off or written anew.")
    rows = list(_rows(waiting().order_by("pk")))
    verdict.unsealed = len(rows)
    _check_order(verdict, rows, newest)
    return verdict


def _batches() -> Iterator[tuple[int, list[Row]]]:
    """The sealed entries by seal, in the order they were sealed, streamed."""
    columns = ("seal_id", "place", *(f"entry__{name}" for name in COLUMNS))
    sealed = SealedEntry.objects.order_by("seal_id", "place")
    rows = sealed.values_list(*columns, Cast("entry__facts", TextField()))
    for seal, group in groupby(rows.iterator(chunk_size=5000), key=itemgetter(0)):
        yield seal, [row[2:] for row in group]


def _check_batch(verdict: Verdict, seal: AuditSeal, rows: list[Row]) -> None:
    """Whether the seal still covers these rows, onto the seal before it."""
    if len(rows) != seal.count:
        _blame(verdict, f"Seal {seal.pk} covered {seal.count} entries and finds {len(rows)}.")
    elif not _fits(seal, verdict.head, rows):
        span = f"{rows[0][0]} to {rows[-1][0]}" if rows else "none"
        _blame(verdict, f"Seal {seal.pk} does not fit: its entries ({span}) were altered.")


def _fits(seal: AuditSeal, before: str, rows: list[Row]) -> bool:
    try:
        return digest_of(before, rows) == seal.digest
    except ValueError:  # facts that are no JSON any more
        return False


def _check_order(
    verdict: Verdict, rows: list[Row], newest: dt.datetime | None
) -> dt.datetime | None:
    """Name entries dated well before what was sealed earlier; returns the newest moment so far."""
    for pk, at, *_rest in rows:
        if newest and at < newest - LATEST:
            _blame(verdict, f"Entry {pk} is dated before what was sealed earlier.")
    moments = [row[1] for row in rows]
    return max([*moments, *([newest] if newest else [])], default=None)


def _blame(verdict: Verdict, fault: str) -> None:
    if len(verdict.faults) < MOST_FAULTS:
        verdict.faults.append(fault)
