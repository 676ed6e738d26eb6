"""The sweep that tells: deliveries are made of what happened, claimed one by one, sent, retried.

An address is told at least once: one whose teller died after it was sent hears it again, with the
same id. What cannot be delivered is tried for about three days and then waits for a person.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from wego.webhooks import outgoing, signing
from wego.webhooks.rows import DeliveryState, Happening, WebhookDelivery, WebhookEndpoint

BATCH = 100
LONGEST_CLAIM = dt.timedelta(minutes=5)
# After the first try, the second, …; then it has failed.
PAUSES = tuple(dt.timedelta(minutes=each) for each in (1, 5, 30, 120, 480, 1440, 2880))
LONGEST_ERROR = 300
KEPT_FOR = dt.timedelta(days=90)
GOOD = range(200, 300)
logger = logging.getLogger(__name__)


@dataclass
class TellReport:
    """What one sweep did."""

    sent: int = 0
    postponed: int = 0
    failed: int = 0


def tell_pending(*, limit: int = BATCH) -> TellReport:
    """Make deliveries of what happened and send those that are due; harmless to run twice."""
    make_deliveries()
    give_back_lost()
    report = TellReport()
    for _turn in range(limit):
        delivery = claim()
        if delivery is None:
            break
        send(delivery, report)
    return report


@transaction.atomic
def make_deliveries() -> int:
    """One for every address that wants to know and was there when it happened; returns how many."""
    skip = connection.features.has_select_for_update_skip_locked
    waiting = Happening.objects.filter(told_at=None)
    if not waiting.exists():
        return 0
    rows = list(waiting.order_by("at", "pk").select_for_update(skip_locked=skip)[: BATCH * 10])
    endpoints = list(WebhookEndpoint.objects.filter(is_active=True))
    made = [
        WebhookDelivery(happening=row, endpoint=endpoint)
        for row in rows
        for endpoint in endpoints
        if wants(endpoint, row)
    ]
    WebhookDelivery.objects.bulk_create(made, ignore_conflicts=True)
    Happening.objects.filter(pk__in=[row.pk for row in rows]).update(told_at=timezone.now())
    return len(made)


def wants(endpoint: WebhookEndpoint, happening: Happening) -> bool:
    """Whether an address is told of something: its kind, its member, and not what was before it."""
    return (
        happening.kind in endpoint.kinds
        and endpoint.file in ("", happening.file)
        and happening.at >= endpoint.made_at
    )


def give_back_lost() -> int:
    """Whoever claimed these died: they are sent again."""
    lost = WebhookDelivery.objects.filter(
        state=DeliveryState.SENDING, claimed_at__lt=timezone.now() - LONGEST_CLAIM
    )
    return lost.update(state=DeliveryState.QUEUED)


def due(at: dt.datetime) -> QuerySet[WebhookDelivery]:
    """Deliveries that may leave now, oldest first."""
    timely = Q(not_before=None) | Q(not_before__lte=at)
    rows = WebhookDelivery.objects.filter(timely, state=DeliveryState.QUEUED)
    return rows.filter(endpoint__is_active=True).order_by("pk")


def claim() -> WebhookDelivery | None:
    """One delivery that nobody else sends now."""
    now = timezone.now()
    if not due(now).exists():
        return None
    skip = connection.features.has_select_for_update_skip_locked
    with transaction.atomic():
        row = due(now).select_for_update(of=("self",), skip_locked=skip).first()
        if row is None:
            return None
        row.state, row.claimed_at, row.attempts = DeliveryState.SENDING, now, row.attempts + 1
        row.save(update_fields=["state", "claimed_at", "attempts"])
    rows = WebhookDelivery.objects.select_related("happening", "endpoint")
    return rows.get(pk=row.pk)


def write_body(happening: Happening) -> bytes:
    """What is told, the same bytes at every try."""
    told = {
        "id": str(happening.pk),
        "type": happening.kind,
        "created_at": happening.at.astimezone(dt.UTC).isoformat(timespec="seconds"),
        "data": happening.facts,
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True).encode()


def send(delivery: WebhookDelivery, report: TellReport) -> None:
    """Ask the address once and note what became of it; nothing is held open meanwhile."""
    body, now = write_body(delivery.happening), timezone.now()
    try:
        secret = signing.secret_of(delivery.endpoint)
        message, timestamp = str(delivery.happening_id), int(now.timestamp())
        signature = signing.sign(secret, message=message, timestamp=timestamp, body=body)
        answer = outgoing.post(
            delivery.endpoint.url,
            body,
            {
                "Content-Type": "application/json",
                "User-Agent": "WeGO-Members",
                "webhook-id": message,
                "webhook-timestamp": str(timestamp),
                "webhook-signature": signature,
            },
        )
    except (OSError, outgoing.RefusedAddressError, ValidationError) as error:
        words = error.messages[0] if isinstance(error, ValidationError) else str(error)
        note_failure(delivery, 0, words or type(error).__name__, report)
        return
    if answer.status in GOOD:
        note(delivery, DeliveryState.SENT, status=answer.status, error="", sent_at=timezone.now())
        report.sent += 1
    else:
        note_failure(delivery, answer.status, f"HTTP {answer.status}", report)


def note_failure(delivery: WebhookDelivery, status: int, words: str, report: TellReport) -> None:
    """Try again later, or give up."""
    logger.warning("Webhook delivery %s failed: %s", delivery.pk, words)
    facts = {"status": status, "error": words[:LONGEST_ERROR]}
    if delivery.attempts <= len(PAUSES):
        pause = PAUSES[delivery.attempts - 1]
        note(delivery, DeliveryState.QUEUED, not_before=timezone.now() + pause, **facts)
        report.postponed += 1
    else:
        note(delivery, DeliveryState.FAILED, **facts)
        report.failed += 1


def note(delivery: WebhookDelivery, state: DeliveryState, **facts: object) -> None:
    """Write how a try ended, unless somebody else has taken it over meanwhile."""
    mine = WebhookDelivery.objects.filter(pk=delivery.pk, claimed_at=delivery.claimed_at)
    mine.filter(state=DeliveryState.SENDING).update(state=state, **facts)


def forget_old() -> int:
    """Drop what was delivered, or concerns nobody, long ago; returns how many happenings."""
    old = Happening.objects.filter(at__lt=timezone.now() - KEPT_FOR).exclude(told_at=None)
    WebhookDelivery.objects.filter(happening__in=old).delete()
    count, _rows = old.delete()
    return count
