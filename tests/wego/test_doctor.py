"""`manage.py doctor` names what is wrong, how to mend it, and ends with 1 when something is."""

import json
import smtplib

import pytest
from django.core.checks import Error
from django.core.management import call_command
from django.db import OperationalError, connection

from wego.condition import probes, whole
from wego.models import Operation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_house(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    settings.REDIS_URL = ""
    settings.ALLOWED_HOSTS = ["127.0.0.1", "testserver"]
    tmp_path.chmod(0o700)


def examine(capsys, *arguments):
    try:
        call_command("doctor", *arguments)
    except SystemExit as ended:
        return ended.code, capsys.readouterr().out
    return 0, capsys.readouterr().out


def lines(capsys):
    code, said = examine(capsys, "--json")
    told = json.loads(said)
    assert told["ok"] is (code == 0)
    return {line["code"]: line for line in told["lines"]}


def test_what_must_be_mended_ends_with_1(capsys):
    code, said = examine(capsys)

    assert code == 1
    assert "MEND  Workers: none was heard of\n      → Documents and mails wait." in said
    assert said.splitlines()[-1].startswith("1 to mend")


def test_quiet_says_only_what_to_mend_or_look_at(capsys):
    _code, said = examine(capsys, "--quiet")

    assert "ok  " not in said
    assert "MEND  Workers" in said


def test_a_well_house_ends_with_0(capsys, monkeypatch):
    monkeypatch.setattr(whole.work, "tell_workers", lambda _now: iter(()))

    found = lines(capsys)

    assert found["writing"]["tone"] == "ok"
    assert found["hosts"]["tone"] == "ok"
    assert found["checks"]["tone"] == "ok"


def test_faults_of_the_last_proof_are_listed(capsys):
    now = "2020-12-31T00:00:00Z"
    Operation.objects.create(
        kind="verify_books", ok=False, started_at=now, finished_at=now, facts={"faults": ["gap: 7"]}
    )

    _code, said = examine(capsys)

    assert "MEND  Proof of the books: 1 faults" in said
    assert "        gap: 7\n" in said


def test_a_silent_database_is_said_once_and_not_asked_again(capsys, monkeypatch):
    def fail():
        raise OperationalError("password=secret")

    monkeypatch.setattr(whole.connection, "ensure_connection", fail)

    code, said = examine(capsys)

    assert code == 1
    assert said.count("MEND  Database: does not answer") == 1
    assert "Disk:" in said
    assert "secret" not in said


def test_an_address_that_is_not_served_is_named(settings, capsys):
    settings.PUBLIC_URL = "http://members.wego.example"

    line = lines(capsys)["hosts"]

    assert (line["tone"], line["todo"]) == ("bad", "Add “members.wego.example” to ALLOWED_HOSTS.")


def test_https_without_a_trusted_proxy_is_looked_at(settings):
    settings.HTTPS, settings.BEHIND_PROXY = True, False

    assert [line.code for line in probes.try_addresses()] == ["hosts", "proxy"]


def test_a_redis_that_does_not_answer_is_named_without_its_password(settings):
    settings.REDIS_URL = "redis://:hunter2@127.0.0.1:9/0"

    [line] = probes.try_redis()

    assert (line.tone, line.value) == ("bad", "ConnectionError")
    assert "hunter2" not in repr(line)


@pytest.mark.parametrize(
    ("error", "value"),
    [
        (None, "lets us in"),
        (ConnectionRefusedError(111, "Connection refused"), "ConnectionRefusedError: [Errno 111]"),
        (smtplib.SMTPAuthenticationError(535, b"wrong password"), "wrong password"),
    ],
)
def test_the_mail_server_is_knocked_at(settings, monkeypatch, error, value):
    class Link:
        def open(self):
            if error:
                raise error

        def close(self):
            pass

    settings.MAILS_LEAVE = True
    monkeypatch.setattr(probes.mail, "get_connection", Link)

    [line] = probes.try_mail_server()

    assert line.tone == ("bad" if error else "ok")
    assert value in line.value


def test_a_folder_that_takes_no_file_is_named(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "gone"

    [line] = probes.try_disk()

    assert (line.tone, line.value) == ("bad", "No such file or directory")


def test_korean_that_was_not_compiled_is_looked_at(settings, tmp_path):
    settings.LOCALE_PATHS = [tmp_path]

    [line] = probes.try_translations()

    assert (line.tone, line.value) == ("warn", "not compiled")


def test_clocks_are_compared_where_the_database_has_one():
    found = [line.tone for line in probes.try_clocks()]

    assert found == ([] if connection.vendor == "sqlite" else ["ok"])


def test_system_checks_are_passed_on(monkeypatch):
    fault = Error("It is unsafe.", hint="Mend it.", id="x.E1")
    monkeypatch.setattr(probes.checks, "run_checks", lambda **_what: [fault])

    [line] = probes.try_checks()

    assert (line.label, line.tone, line.value, line.todo) == (
        "x.E1",
        "bad",
        "It is unsafe.",
        "Mend it.",
    )
