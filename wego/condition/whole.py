"""All lines about the house, in groups, and the worst of them."""

from __future__ import annotations

import datetime as dt

from django.core.cache import cache
from django.db import connection
from django.utils.translation import gettext as _

from wego.condition import house, machine, safety, work
from wego.condition.lines import BAD, WARN, Group, Line, gather
from wego.models import Operation
from wego.operations import last_operations

KEPT, KEPT_SECONDS = "wego.last_operations", 60


def look_at_house(now: dt.datetime) -> list[Group]:
    """Everything that can be seen without knocking anywhere."""
    machines = gather(
        _("Machine"),
        house.tell_version,
        house.tell_settings,
        machine.tell_disk,
        machine.tell_files,
        machine.tell_printing,
    )
    door = gather(_("Database"), try_database)
    if door.lines:
        return [door, machines]
    last = last_operations()
    return [
        gather(
            _("Safe"),
            lambda: safety.tell_backup(last, now),
            lambda: safety.tell_books(last, now),
            lambda: safety.tell_audit(last, now),
            safety.tell_factors,
        ),
        gather(
            _("At work"),
            lambda: work.tell_workers(now),
            work.tell_documents,
            lambda: work.tell_mails(now),
        ),
        gather(_("Database"), house.tell_database, house.tell_migrations, house.tell_guards),
        machines,
    ]


def try_database() -> list[Line]:
    """Nothing when the database answers; whoever gathers says so when it does not."""
    connection.ensure_connection()
    return []


def lines_of(groups: list[Group], *tones: str) -> list[Line]:
    """The lines of these tones, whatever group they are in."""
    return [line for group in groups for line in group.lines if line.tone in tones]


def tell_alarms(now: dt.datetime) -> list[Line]:
    """What an administrator should know today: a proof that failed, a backup that is missing.

    Up to a minute old, so that the front page asks no more each time.
    """
    last: dict[str, Operation] = cache.get_or_set(KEPT, last_operations, KEPT_SECONDS) or {}
    lines = [
        *safety.tell_backup(last, now),
        *safety.tell_books(last, now),
        *safety.tell_audit(last, now),
    ]
    return [line for line in lines if line.tone in (BAD, WARN)]
