"""What is done in the background: workers, the documents and mails that wait, the mail server."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.conf import settings
from django.db.models import Count, Max, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wego import heartbeat, questions
from wego.condition.lines import BAD, INFO, OK, WARN, Line, Waiting, age
from wego.models import Mail, MailState


def tell_workers(now: dt.datetime) -> Iterator[Line]:
    """Whether somebody does what waits, and whether the clock reaches them."""
    known, alive = heartbeat.pulses(now), heartbeat.alive(now)
    if not alive:
        yield Line(
            "workers",
            _("Workers"),
            BAD,
            _("none; the last was heard of %(age)s") % {"age": age(known[0].seen_at, now)}
            if known
            else _("none was heard of"),
            _(
                "Documents and mails wait. Start “celery -A wego worker”; “make run” and docker "
                "compose start theirs again by themselves, so look into their log."
            ),
        )
        return
    yield Line(
        "workers",
        _("Workers"),
        OK,
        ngettext("%(n)s worker, heard of %(age)s", "%(n)s workers, heard of %(age)s", len(alive))
        % {"n": len(alive), "age": age(alive[0].seen_at, now)},
        details=[f"{pulse.name}: {age(pulse.seen_at, now)}" for pulse in known],
    )
    yield tell_clock(alive, now)


def tell_clock(alive: list[heartbeat.Pulse], now: dt.datetime) -> Line:
    """The clock asks for the sweeps; without it nothing begins by itself."""
    worked = max((pulse.worked_at for pulse in alive if pulse.worked_at), default=None)
    silent = worked is None or now - worked > heartbeat.IDLE_AFTER
    return Line(
        "clock",
        _("Clock"),
        WARN if silent else OK,
        _("heard %(age)s") % {"age": age(worked, now)} if worked else _("not heard yet"),
        _("After a start it takes a minute. Else start “celery -A wego beat”, and see Redis.")
        if silent
        else "",
    )


def tell_documents() -> Iterator[Line]:
    """What waits to be printed, and what could not be."""
    for answer in questions.ask("waiting work"):
        for each in answer:
            yield tell_waiting(each)


def tell_waiting(work: Waiting) -> Line:
    """One kind of document."""
    words = [_("%(n)s wait") % {"n": work.waiting} if work.waiting else _("none waits")]
    if work.parked:
        words.append(_("%(n)s could not be printed") % {"n": work.parked})
    return Line(
        f"waiting {work.code}",
        str(work.label),
        BAD if work.parked else OK,
        ", ".join(words),
        _("Each says why on its page; mend that and try again there.") if work.parked else "",
        page=work.page if work.parked else "",
    )


def tell_mails(now: dt.datetime) -> Iterator[Line]:
    """What waits, failed or is in doubt; whether mails leave at all."""
    counts = Mail.objects.aggregate(
        queued=Count("pk", filter=Q(state__in=[MailState.QUEUED, MailState.SENDING])),
        failed=Count("pk", filter=Q(state=MailState.FAILED)),
        unconfirmed=Count("pk", filter=Q(state=MailState.UNCONFIRMED)),
        sent_at=Max("sent_at"),
    )
    words = [
        _("%(n)s wait") % {"n": counts["queued"]},
        _("%(n)s failed") % {"n": counts["failed"]},
        _("%(n)s unconfirmed") % {"n": counts["unconfirmed"]},
    ]
    unsettled = counts["failed"] or counts["unconfirmed"]
    yield Line(
        "mails",
        _("Mails"),
        BAD if counts["failed"] else WARN if unsettled else OK,
        ", ".join(words),
        _("Open them: each says what the mail server answered.") if unsettled else "",
        page="admin:wego_mail_changelist" if unsettled else "",
    )
    yield tell_server(counts["sent_at"], now)


def tell_server(sent_at: dt.datetime | None, now: dt.datetime) -> Line:
    """The mail server as it is set; `manage.py doctor` knocks at its door."""
    if not settings.MAILS_LEAVE:
        return Line(
            "mail server",
            _("Mail server"),
            WARN if settings.HTTPS else INFO,
            _("none: staff read the mails here"),
            _("Set EMAIL_URL, smtp+tls://user:password@host:587.") if settings.HTTPS else "",
        )
    last = _("the last mail left %(age)s") % {"age": age(sent_at, now)} if sent_at else ""
    host = getattr(settings, "EMAIL_HOST", "")
    return Line(
        "mail server",
        _("Mail server"),
        OK,
        f"{host}:{getattr(settings, 'EMAIL_PORT', '')}",
        details=[last] if last else [],
    )
