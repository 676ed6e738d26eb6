"""Sends an outbox in forked children that are killed, or that race each other.

    python tests/harness/senders.py crash|race|control|seal

Speaks JSON on the last line of its output. The database is the one DATABASE_URL names, already
migrated; the mail server is a sink in the parent, so what it took is known whatever dies.
"""

import datetime as dt
import json
import os
import signal
import sys
import time
from collections import Counter
from functools import partial
from itertools import pairwise
from pathlib import Path

import django
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wego.settings")
django.setup()

from tests.harness.kill_points import Countdown, fork, wait  # noqa: E402
from tests.harness.smtp_sink import Sink  # noqa: E402
from wego import audit, outbox, seals, smtp  # noqa: E402
from wego.models import AuditEntry, AuditSeal, Mail, SealedEntry  # noqa: E402

MAILS = 2
CHILDREN = 8


def use(sink):
    settings.EMAIL_BACKEND = "wego.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
    settings.EMAIL_TIMEOUT = 5


def write_mails(count):
    Mail.objects.all().delete()
    Mail.objects.bulk_create(
        Mail(
            kind="probe",
            to_email=f"mayor{number}@goyang.example",
            language="en",
            subject="Dues",
            text="Dear Goyang",
            message_id=f"<{number}@wego.example>",
        )
        for number in range(count)
    )


def send_until(at):
    """The sweep with a kill at boundary `at`: every statement, commit, line and answer of SMTP."""
    countdown = Countdown(at)
    connection.ensure_connection()
    connection._commit = countdown.around(connection._commit)
    smtp.PlainConnection.send = countdown.around(smtp.PlainConnection.send)
    smtp.PlainConnection.getreply = countdown.around(smtp.PlainConnection.getreply)
    with connection.execute_wrapper(countdown.around_statement):
        outbox.send_pending()


def crash(step=1):
    """Kill the sender at every boundary in turn, let another finish, and look."""
    sink = Sink()
    use(sink)
    points, wrong, doubtful = 0, [], 0
    while True:
        write_mails(MAILS)
        sink.taken.clear()
        status = wait(fork(partial(send_until, points + step)))
        if status == 0:
            break
        points += step
        # The next sweep comes when the claim is old.
        long_ago = timezone.now() - dt.timedelta(minutes=11)
        Mail.objects.filter(state="sending").update(claimed_at=long_ago)
        again = wait(fork(outbox.send_pending))
        time.sleep(0.01)
        twice = [number for number, count in Counter(sink.taken).items() if count > 1]
        states = dict(Mail.objects.values_list("message_id", "state"))
        listed = [number for number, state in states.items() if state == "unconfirmed"]
        lost = [number for number in states if number not in sink.taken and number not in listed]
        doubtful += len(listed)
        if status != -signal.SIGKILL or again or twice or lost or len(listed) > 1:
            wrong.append(f"point {points}: {status} {again} twice {twice} lost {lost} {states}")
        if set(states.values()) - {"sent", "unconfirmed"}:
            wrong.append(f"point {points}: {states}")
    sink.stop()
    return {"points": points, "wrong": wrong, "doubtful": doubtful}


def race(*, locked=True):
    """Eight senders sweep the same forty mails; `locked=False` is the negative control."""
    sink = Sink()
    use(sink)
    write_mails(40)
    start = time.monotonic() + 1.0

    def sweep():
        if not locked:
            outbox._claim = claim_without_lock
        time.sleep(max(0.0, start - time.monotonic()))
        outbox.send_pending()

    statuses = [wait(child) for child in [fork(sweep) for _ in range(CHILDREN)]]
    sink.stop()
    counts = Counter(sink.taken)
    return {
        "failed": sum(status != 0 for status in statuses),
        "sent": len(counts),
        "twice": sum(count > 1 for count in counts.values()),
        "states": dict(Counter(Mail.objects.values_list("state", flat=True))),
    }


def claim_without_lock():
    """What the outbox would be if a sender only looked and then wrote."""
    mail = outbox.ready(timezone.now()).first()
    if mail:
        time.sleep(0.01)
        Mail.objects.filter(pk=mail.pk).update(state="sending", claimed_at=timezone.now())
        mail.refresh_from_db()
    return mail


def seal():
    """Eight writers and eight sealers at once; one writer ends long after the others began."""
    start = time.monotonic() + 1.0

    def write(number):
        time.sleep(max(0.0, start - time.monotonic()))
        for _turn in range(10):
            with transaction.atomic():
                audit.record_acts(AuditEntry(act=f"member.renamed{number}") for _ in range(5))
                # A transaction that ends late leaves low numbers for a later seal.
                if connection.vendor == "postgresql":
                    time.sleep(0.005 * number)

    def keep_sealing():
        time.sleep(max(0.0, start - time.monotonic()))
        for _turn in range(30):
            seals.seal_entries(7)
            time.sleep(0.005)

    acts = [partial(write, number) for number in range(CHILDREN)] + [keep_sealing] * CHILDREN
    statuses = [wait(child) for child in [fork(act) for act in acts]]
    seals.seal_all()
    verdict = seals.verify_trail()
    places = SealedEntry.objects.order_by("seal_id", "place").values_list("entry_id", flat=True)
    order = list(places)
    return {
        "failed": sum(status != 0 for status in statuses),
        "sealed": verdict.sealed,
        "unsealed": verdict.unsealed,
        "faults": verdict.faults,
        "seals": AuditSeal.objects.count(),
        "late": sum(one > other for one, other in pairwise(order)),
    }


if __name__ == "__main__":
    acts = {
        "crash": crash,
        "race": race,
        "control": lambda: race(locked=False),
        "seal": seal,
    }
    print(json.dumps(acts[sys.argv[1]](*map(int, sys.argv[2:]))))
