"""Every line about the house: green when it is well, red with what to do when it is not."""

import datetime as dt
import os
import time
from typing import NamedTuple

import pytest
from django.db import Error, connection
from django.utils import timezone, translation

from dues.models import ParkedDocument
from tests.dues.builders import city, issued_invoice
from wego import guards, health, heartbeat, system
from wego.condition import house, machine, safety, whole, work
from wego.condition.lines import age, gather, size_of
from wego.models import Mail, Operation

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2020, 12, 31, 14, 30, tzinfo=dt.UTC)


class Usage(NamedTuple):
    total: int
    used: int
    free: int


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    tmp_path.chmod(0o700)


def note(kind, *, days=0, ok=True, **facts):
    then = NOW - dt.timedelta(days=days, minutes=1)
    return Operation.objects.create(
        kind=kind, ok=ok, started_at=then, finished_at=then, facts=facts
    )


def told(lines):
    return {line.code: (line.tone, line.value) for line in lines}


def backup_line():
    [line] = safety.tell_backup(whole.last_operations(), NOW)
    return line


@pytest.mark.parametrize(("https", "tone"), [(False, "info"), (True, "bad")])
def test_no_backup_is_grave_where_people_work_in_earnest(settings, https, tone):
    settings.HTTPS = https

    line = backup_line()

    assert (line.tone, line.value) == (tone, "none was made here")
    assert "manage.py backup FOLDER" in line.todo


@pytest.mark.parametrize(("days", "tone"), [(0, "ok"), (1, "ok"), (2, "bad"), (30, "bad")])
def test_a_backup_is_old_after_two_days(settings, days, tone):
    settings.HTTPS = True
    note("backup", days=days, size=44_946, file="/backups/x.zip", rows=1118, files=2)

    line = backup_line()

    assert line.tone == tone
    assert line.value.endswith("44.9 kB, read back whole")
    assert line.details[:2] == ["/backups/x.zip", "1,118 rows, 2 documents"]


def test_a_backup_that_failed_is_grave_whatever_was_before():
    note("backup", days=1, size=1)
    note("backup", ok=False, error="OSError: No space left on device")

    line = backup_line()

    assert (line.tone, line.value) == ("bad", "the last one failed 1 minute ago")
    assert line.details == ["OSError: No space left on device"]


def test_r17_the_proof_of_the_books_shows_counts_sums_and_faults():
    last = {"verify_books": note("verify_books", counts={"entries": 3}, sums={"bank": "7600.00"})}
    [line] = safety.tell_books(last, NOW)
    assert (line.tone, line.value) == ("ok", "right, 1 minute ago")
    assert line.details == ["3 entries", "bank 7600.00"]

    last = {
        "verify_books": note(
            "verify_books", ok=False, found={"gap": 2}, faults=["gap: 7 is missing", "gap: 9"]
        )
    }
    [line] = safety.tell_books(last, NOW)

    assert (line.tone, line.value) == ("bad", "2 faults, 1 minute ago")
    assert line.details == ["gap: 7 is missing", "gap: 9"]
    assert "each fault names its row" in line.todo


def test_a_proof_that_broke_off_is_a_fault():
    last = {"verify_audit": note("verify_audit", ok=False, error="OperationalError: away")}

    [line] = safety.tell_audit(last, NOW)

    assert (line.tone, line.value) == ("bad", "1 faults, 1 minute ago")
    assert line.details == ["OperationalError: away"]


def test_s14_the_head_of_the_last_proof_is_shown():
    [line] = safety.tell_audit({"verify_audit": note("verify_audit", head="ab" * 32)}, NOW)

    assert line.details == [f"Head: {'ab' * 32}"]


def test_an_old_proof_means_that_no_worker_runs():
    [line] = safety.tell_books({"verify_books": note("verify_books", days=3)}, NOW)

    assert (line.tone, line.value) == ("warn", "right, 3 days ago")
    assert "see that a worker runs" in line.todo


@pytest.mark.parametrize(("required", "tone"), [(False, "info"), (True, "warn")])
def test_s10_staff_without_a_second_factor_are_counted(settings, required, tone, secretariat):
    settings.SECOND_FACTOR_REQUIRED = required

    [line] = safety.tell_factors()

    assert (line.tone, line.value) == (tone, "0 of 1 people of staff have one")
    assert line.page == "admin:members_user_changelist"


def test_staff_with_a_second_factor_are_well(secretariat):
    from allauth.mfa.models import Authenticator

    Authenticator.objects.create(user=secretariat, type="totp", data={})
    Authenticator.objects.create(user=secretariat, type="recovery_codes", data={})

    [line] = safety.tell_factors()

    assert (line.tone, line.value, line.todo) == ("ok", "1 of 1 people of staff have one", "")


def beat(name, suffix, seconds):
    heartbeat.touch(name, suffix)
    then = time.time() - seconds
    os.utime(heartbeat.file_of(name, suffix), (then, then))


def test_no_worker_is_grave_and_says_how_to_start_one():
    [line] = work.tell_workers(timezone.now())
    assert (line.tone, line.value) == ("bad", "none was heard of")
    assert "celery -A wego worker" in line.todo

    beat("celery@seoul", heartbeat.LIVES, 3 * 3600)
    [line] = work.tell_workers(timezone.now())
    assert line.value == "none; the last was heard of 3 hours ago"


def test_a_worker_that_the_clock_does_not_reach_is_told_apart():
    beat("celery@seoul", heartbeat.LIVES, 1)
    assert told(work.tell_workers(timezone.now())) == {
        "workers": ("ok", "1 worker, heard of just now"),
        "clock": ("warn", "not heard yet"),
    }

    beat("celery@seoul", heartbeat.WORKS, 61)
    assert told(work.tell_workers(timezone.now()))["clock"] == ("ok", "heard 1 minute ago")

    beat("celery@seoul", heartbeat.WORKS, 16 * 60)
    assert told(work.tell_workers(timezone.now()))["clock"] == ("warn", "heard 16 minutes ago")


def test_what_waits_and_what_could_not_be_printed():
    first, _second = issued_invoice(city()), issued_invoice(city(name_en="Busan"), sequence=2)
    ParkedDocument.objects.create(invoice=first, reason="too long")

    lines = {line.code: line for line in work.tell_documents()}

    assert lines.keys() == {
        "waiting invoices",
        "waiting papers",
        "waiting letters",
        "waiting event papers",
    }
    invoices = lines["waiting invoices"]
    assert (invoices.tone, invoices.value) == ("bad", "1 wait, 1 could not be printed")
    assert invoices.page == "admin:dues_years"
    assert (lines["waiting letters"].tone, lines["waiting letters"].value) == ("ok", "none waits")


@pytest.mark.parametrize(
    ("state", "tone", "value"),
    [
        ("queued", "ok", "1 wait, 0 failed, 0 unconfirmed"),
        ("failed", "bad", "0 wait, 1 failed, 0 unconfirmed"),
        ("unconfirmed", "warn", "0 wait, 0 failed, 1 unconfirmed"),
    ],
)
def test_mails_that_a_person_must_settle(state, tone, value):
    Mail.objects.create(kind="k", to_email="a@x.kr", language="en", message_id="1", state=state)

    mails, _server = work.tell_mails(NOW)

    assert (mails.tone, mails.value) == (tone, value)
    assert bool(mails.todo) is (tone != "ok")


def test_the_mail_server_is_named_without_its_password(settings):
    settings.MAILS_LEAVE = True
    settings.EMAIL_HOST, settings.EMAIL_PORT = "mail.example", 587
    settings.EMAIL_HOST_PASSWORD = "secret"

    line = work.tell_server(NOW - dt.timedelta(hours=2), NOW)

    assert (line.tone, line.value) == ("ok", "mail.example:587")
    assert line.details == ["the last mail left 2 hours ago"]
    assert "secret" not in repr(line)


def test_the_database_is_named_with_version_and_size():
    [line] = house.tell_database()

    kind = {"sqlite": "SQLite 3.", "postgresql": "PostgreSQL "}[connection.vendor]
    assert line.tone == "ok"
    assert line.value.startswith(kind)
    assert line.value.endswith("MB")


def test_missing_migrations_and_guards_are_named(monkeypatch):
    assert told(house.tell_migrations()) == {"migrations": ("ok", "all applied")}
    monkeypatch.setattr(health, "unapplied_migrations", lambda: [("dues", "0099_more")])
    guard = guards.declared()[0]
    guards.run_statements(connection, guard.remove(connection.vendor))

    [migrations], [standing] = house.tell_migrations(), house.tell_guards()

    assert (migrations.tone, migrations.value) == ("bad", "1 is not applied")
    assert migrations.details == ["dues.0099_more"]
    assert standing.tone == "bad"
    assert standing.details == guard.names(connection.vendor)
    assert "manage.py migrate" in standing.todo


@pytest.mark.parametrize(
    ("free", "tone"),
    [(10 * 10**9, "ok"), (10**9, "warn"), (10**8, "bad")],
)
def test_a_full_disk_is_seen_coming(monkeypatch, free, tone):
    usage = Usage(20 * 10**9, 20 * 10**9 - free, free)
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda _path: usage)

    [line] = machine.tell_disk()

    assert line.tone == tone
    assert line.value == f"{size_of(free)} free of 20.0 GB"


def test_missing_fonts_are_named_with_the_line_that_installs_them(monkeypatch):
    monkeypatch.setattr(system, "has_korean_font", lambda: False)

    [line] = machine.tell_printing()

    assert (line.tone, line.value) == ("bad", "missing: a font for Korean")
    assert "fonts-nanum" in line.todo


def test_files_that_others_can_read_are_named(settings):
    key = settings.DATA_DIR / "secret_key"
    key.write_text("x")
    key.chmod(0o644)

    [line] = machine.tell_files()

    assert (line.tone, line.details) == ("warn", [str(key)])
    key.chmod(0o600)
    assert told(machine.tell_files()) == {"files": ("ok", "open to its owner only")}


@pytest.mark.parametrize(("https", "tone"), [(False, "warn"), (True, "bad")])
def test_debug_pages_are_named(settings, https, tone):
    settings.DEBUG, settings.HTTPS = True, https

    assert told(house.tell_settings())["debug"][0] == tone


def test_a_database_that_does_not_answer_is_a_line_of_its_own():
    def fail():
        raise Error("host=db.internal password=secret")

    group = gather("Database", fail, house.tell_version)

    assert [line.code for line in group.lines] == ["silent", "version"]
    assert "secret" not in repr(group)


def test_alarms_are_what_an_administrator_must_know_today(settings):
    settings.HTTPS = True
    note("backup", size=1)
    note("verify_books", ok=False, found={"gap": 1}, faults=["gap: 7"])
    note("verify_audit")

    assert [line.code for line in whole.tell_alarms(NOW)] == ["books"]


def test_the_whole_is_said_in_korean_too():
    with translation.override("ko"):
        groups = whole.look_at_house(NOW)

    assert len(groups) == 4


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-5, "just now"),
        (59, "just now"),
        (60, "1 minute ago"),
        (7200, "2 hours ago"),
        (86400, "1 day ago"),
    ],
)
def test_ages_in_words(seconds, words):
    assert age(NOW - dt.timedelta(seconds=seconds), NOW) == words


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (44_946, "44.9 kB"),
        (1_974_272, "2.0 MB"),
        (5 * 10**9, "5.0 GB"),
        (2 * 10**12, "2.0 TB"),
    ],
)
def test_sizes_in_words(count, words):
    assert size_of(count) == words
