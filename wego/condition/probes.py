"""What is only known by knocking: the disk takes a file, Redis and the mail server answer."""

from __future__ import annotations

import datetime as dt
import smtplib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import redis
from django.conf import settings
from django.core import checks, mail
from django.db import connection
from django.http.request import validate_host
from django.utils.translation import gettext as _

from wego.condition.lines import BAD, OK, WARN, Line

PATIENCE = 5  # seconds
# A session or a code ends at the wrong moment when two machines disagree by more.
MOST_APART = dt.timedelta(seconds=30)


def try_disk() -> Iterator[Line]:
    """A file can be written where the house writes."""
    label, folder = _("Writing"), settings.DATA_DIR
    try:
        with tempfile.NamedTemporaryFile(dir=folder) as file:
            file.write(b"x")
            file.flush()
    except OSError as error:
        todo = _("Give “%(folder)s” to the user who runs the house.") % {"folder": folder}
        yield Line("writing", label, BAD, error.strerror or str(error), todo)
    else:
        yield Line("writing", label, OK, _("the data folder takes files"))


def try_addresses() -> Iterator[Line]:
    """The address people use is one that is served."""
    host = urlsplit(settings.PUBLIC_URL).hostname or ""
    served = validate_host(host, settings.ALLOWED_HOSTS)
    yield Line(
        "hosts",
        _("Host names"),
        OK if served else BAD,
        ", ".join(settings.ALLOWED_HOSTS) or _("none"),
        "" if served else _("Add “%(host)s” to ALLOWED_HOSTS.") % {"host": host},
    )
    if settings.HTTPS and not settings.BEHIND_PROXY:
        yield Line(
            "proxy",
            _("Proxy"),
            WARN,
            _("PUBLIC_URL is https, and no proxy is trusted"),
            _("The house speaks http: put a proxy with https before it and set BEHIND_PROXY=1."),
        )


def try_redis() -> Iterator[Line]:
    """The broker answers, where one is named."""
    if not settings.REDIS_URL:
        return
    try:
        link = redis.Redis.from_url(
            settings.REDIS_URL, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE
        )
        link.ping()
        link.close()
    except (redis.RedisError, OSError, ValueError) as error:
        todo = _("See that Redis runs and REDIS_URL is right. Nothing is lost meanwhile.")
        yield Line("redis", "Redis", BAD, type(error).__name__, todo)
    else:
        yield Line("redis", "Redis", OK, _("answers"))


def try_mail_server() -> Iterator[Line]:
    """The mail server lets us in; no mail is sent."""
    if not settings.MAILS_LEAVE:
        return
    link = mail.get_connection()
    label = _("Mail server")
    try:
        link.open()
        link.close()
    except (smtplib.SMTPException, OSError) as error:
        answer = getattr(error, "smtp_error", b"").decode("utf-8", "replace") or str(error)
        todo = _("See EMAIL_URL: address, port, user and password.")
        yield Line("mail door", label, BAD, f"{type(error).__name__}: {answer}"[:200], todo)
    else:
        yield Line("mail door", label, OK, _("lets us in"))


def try_clocks() -> Iterator[Line]:
    """Database and house agree on the time."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        apart = abs(cursor.fetchone()[0] - dt.datetime.now(tz=dt.UTC))
    yield Line(
        "clocks",
        _("Clocks"),
        WARN if apart > MOST_APART else OK,
        _("%(n)s seconds apart") % {"n": int(apart.total_seconds())},
        _("Let both machines take the time from the network.") if apart > MOST_APART else "",
    )


def try_translations() -> Iterator[Line]:
    """Korean pages have their Korean."""
    made = all(
        (Path(place) / "ko" / "LC_MESSAGES" / "django.mo").is_file()
        for place in settings.LOCALE_PATHS
    )
    yield Line(
        "korean",
        _("Korean texts"),
        OK if made else WARN,
        _("all there") if made else _("not compiled"),
        "" if made else _("Run “make setup”."),
    )


def try_checks() -> Iterator[Line]:
    """Django's checks and ours; those for production where people sign in over https."""
    found = checks.run_checks(include_deployment_checks=settings.HTTPS, databases=["default"])
    for each in found:
        if each.level >= checks.WARNING and not each.is_silenced():
            tone = BAD if each.is_serious() else WARN
            yield Line(str(each.id), str(each.id), tone, str(each.msg), str(each.hint or ""))
    if not found:
        yield Line("checks", _("System checks"), OK, _("nothing to say"))
