"""What worker processes are asked to do for the frame: send mails, seal the trail, prove it all."""

import datetime as dt

from celery import Task, shared_task

from wego import heartbeat, nightly, outbox, seals, seoul
from wego.api import idempotency
from wego.webhooks import sending


@shared_task(name="wego.tasks.send_pending_mails")
def send_pending_mails() -> None:
    """Send what waits in the outbox."""
    outbox.send_pending()


@shared_task(name="wego.tasks.seal_audit_trail")
def seal_audit_trail() -> None:
    """Seal the entries of the audit trail that wait."""
    seals.seal_all()


@shared_task(name="wego.tasks.prove_by_night")
def prove_by_night() -> None:
    """Prove the books and the audit trail, once a day."""
    now = dt.datetime.now(tz=seoul.SEOUL)
    nightly.prove_by_night(on=now.date(), hour=now.hour)


@shared_task(name="wego.tasks.beat_heart", bind=True)
def beat_heart(task: Task[[], None]) -> None:
    """Show that the clock is heard and work is done."""
    heartbeat.touch(str(task.request.hostname), heartbeat.WORKS)


@shared_task(name="wego.tasks.tell_other_systems")
def tell_other_systems() -> None:
    """Send the webhooks that are due."""
    sending.tell_pending()


@shared_task(name="wego.tasks.forget_old_requests")
def forget_old_requests() -> None:
    """Drop keys of requests and deliveries that nobody asks for any more."""
    idempotency.forget_old()
    sending.forget_old()
