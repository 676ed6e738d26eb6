"""What was done to keep the house safe: proofs, backups, restores, each noted when it has ended."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone, translation

from wego import questions, seals
from wego.models import Operation, OperationKind

logger = logging.getLogger(__name__)
# So many faults are kept in words; the rest is counted.
MOST_FAULTS = 50


@dataclass(frozen=True)
class Outcome:
    """What an operation came to; `facts` are JSON values."""

    ok: bool
    facts: Mapping[str, Any] = field(default_factory=dict)


def record_operation(
    kind: str,
    outcome: Outcome,
    *,
    started_at: dt.datetime,
    finished_at: dt.datetime,
    night: dt.date | None = None,
) -> Operation | None:
    """Note an operation that has ended; None when that night's is noted already."""
    try:
        with transaction.atomic():
            return Operation.objects.create(
                kind=kind,
                night=night,
                started_at=started_at,
                finished_at=max(started_at, finished_at),
                ok=outcome.ok,
                facts=dict(outcome.facts),
            )
    except IntegrityError:
        if night and Operation.objects.filter(kind=kind, night=night).exists():
            return None
        raise


def watch_operation(kind: str, act: Callable[[], Outcome], *, night: dt.date | None = None) -> bool:
    """Do it, note how it ended, and say whether all is well; what breaks is noted as a failure."""
    started_at = timezone.now()
    try:
        outcome = act()
    except Exception as error:
        logger.exception("%s broke off", kind)
        outcome = Outcome(ok=False, facts={"error": f"{type(error).__name__}: {error}"[:500]})
    record_operation(kind, outcome, started_at=started_at, finished_at=timezone.now(), night=night)
    return outcome.ok


def prove_books() -> Outcome:
    """Every app's proof of its books, together.

    An app answers the question "proof of the books" with `ok`, `counts`, `sums` (as text), `found`
    (faults by code) and `faults` (sentences).
    """
    with translation.override("en"):
        proofs = questions.ask("proof of the books")
    facts: dict[str, Any] = {"counts": {}, "sums": {}, "found": {}, "faults": []}
    for proof in proofs:
        for name in ("counts", "sums", "found"):
            facts[name].update(proof[name])
        facts["faults"] += list(proof["faults"])
    facts["faults"] = facts["faults"][:MOST_FAULTS]
    return Outcome(ok=all(proof["ok"] for proof in proofs), facts=facts)


def prove_audit() -> Outcome:
    """The audit trail is what was sealed, and still holds the head that the last proof saw."""
    known = known_head()
    verdict = seals.verify_trail(head=known)
    return Outcome(
        ok=not verdict.faults,
        facts={
            "sealed": verdict.sealed,
            "unsealed": verdict.unsealed,
            "seals": verdict.seals,
            "head": verdict.head,
            "faults": verdict.faults[:MOST_FAULTS],
        },
    )


def known_head() -> str:
    """The head that the last good proof of the trail saw; empty when there is none."""
    last = Operation.objects.filter(kind=OperationKind.AUDIT, ok=True).order_by("-pk").first()
    head = str(last.facts.get("head", "")) if last else ""
    return "" if head == seals.START else head


def last_operations() -> dict[str, Operation]:
    """The last operation of each kind that there is, in one query."""
    newest = Operation.objects.order_by().values("kind").annotate(last=Max("pk")).values("last")
    return {each.kind: each for each in Operation.objects.filter(pk__in=newest)}
