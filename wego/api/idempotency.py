"""A POST that is sent twice has one effect (R14): the key is stored with the effect, or neither is.

There is no lock to be left behind. The row of the key is written first, in the transaction of the
effect: a second request with the same key waits in the database until the first has committed, and
then reads its answer; when the first was killed its row is gone and the second does the work.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import OperationalError, connection, transaction
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from wego.api.caller import caller_of
from wego.api.problems import Problem
from wego.api.rows import IdempotentRequest

KEY = re.compile(r"[\x21-\x7e]{1,255}")
KEPT_FOR = dt.timedelta(days=7)
# Longer than any act takes; SQLite waits as long as its own time-out says.
LONGEST_WAIT_SECONDS = 8


@dataclass(frozen=True)
class Made:
    """What an act made, as it is to be sent."""

    data: object
    status: int = 201
    headers: dict[str, str] = field(default_factory=dict)


def answer_once(request: Request, act: Callable[[], Made]) -> HttpResponse:
    """Do an act once for a key of this caller; whoever repeats the request gets the same bytes.

    What is refused is not stored: nothing happened, and the key may be used again.

    Raises:
        Problem: no key (400), the key of another request (422), or the same request is being
            worked on for long (409).
    """
    key = read_key(request)
    caller, digest = caller_of(request).key, digest_of(request)
    with transaction.atomic():
        row, mine = claim(caller, key, digest)
        if not mine:
            return repeat(row, digest)
        made = act()
        row.status, row.headers = made.status, made.headers
        row.body = JSONRenderer().render(made.data).decode()
        row.save(update_fields=["status", "headers", "body"])
    return send(row)


def read_key(request: Request) -> str:
    """The key of a request."""
    key = request.META.get("HTTP_IDEMPOTENCY_KEY", "").strip()
    if not KEY.fullmatch(key):
        raise Problem(
            400,
            _("Send an Idempotency-Key of 1 to 255 visible ASCII characters, a new one an act."),
        )
    return str(key)


def digest_of(request: Request) -> str:
    """What makes two requests the same: method, address, body."""
    parts = (request.method or "", request.get_full_path())
    head = "\n".join(parts).encode()
    return hashlib.sha256(head + b"\n" + request._request.body).hexdigest()  # noqa: SLF001 the bytes as they came


def claim(caller: str, key: str, digest: str) -> tuple[IdempotentRequest, bool]:
    """The row of a key, and whether this request wrote it; waits for whoever is writing it."""
    row = IdempotentRequest(caller=caller, key=key, nonce=uuid.uuid4(), digest=digest)
    try:
        limit_wait(f"{LONGEST_WAIT_SECONDS}s")
        IdempotentRequest.objects.bulk_create([row], ignore_conflicts=True)
        limit_wait("0")
    except OperationalError as error:
        raise Problem(
            409,
            _("The same request is still being worked on. Ask again in a moment."),
            headers={"Retry-After": "2"},
        ) from error
    found = IdempotentRequest.objects.get(caller=caller, key=key)
    return found, found.nonce == row.nonce


def limit_wait(time: str) -> None:
    """How long PostgreSQL waits for a lock in this transaction; 0 is for ever."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [time])


def repeat(row: IdempotentRequest, digest: str) -> HttpResponse:
    """The stored answer, for the same request only."""
    if row.digest != digest:
        raise Problem(
            422, _("This Idempotency-Key belongs to another request. Use a new key for a new act.")
        )
    response = send(row)
    response.headers["Idempotency-Replayed"] = "true"
    return response


def send(row: IdempotentRequest) -> HttpResponse:
    """The answer as it is kept."""
    return HttpResponse(
        row.body.encode(), status=row.status, content_type="application/json", headers=row.headers
    )


def forget_old() -> int:
    """Drop what nobody repeats any more; returns how many."""
    old = IdempotentRequest.objects.filter(at__lt=timezone.now() - KEPT_FOR)
    count, _rows = old.delete()
    return count
