"""A house that is not safe does not start, by whatever door (S15, T9); a safe one is clean."""

import pytest
from django.core.checks import Error
from django.core.management import CommandError

from tests.harness.instances import Instance, environment_of
from wego import checks, startup

PUBLIC = {
    "PUBLIC_URL": "https://members.wego.example",
    "ALLOWED_HOSTS": "members.wego.example",
    "BEHIND_PROXY": "1",
    "WEGO_DEMO": "0",
}


@pytest.fixture
def house(tmp_path):
    """A house that nobody set up yet, under a public address."""

    def made(**environment):
        return Instance(
            environment_of(tmp_path, f"sqlite:///{tmp_path}/x.sqlite3", **PUBLIC, **environment)
        )

    return made


@pytest.mark.once
@pytest.mark.slow
def test_s15_check_deploy_has_nothing_to_say(house):
    done = house().run("manage.py", "check", "--deploy", "--fail-level", "WARNING")

    assert done.stdout.startswith("System check identified no issues")


@pytest.mark.once
@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [
        ["manage.py", "prepare"],
        ["-m", "gunicorn", "-c", "python:wego.gunicorn", "wego.wsgi"],
        ["-m", "celery", "-A", "wego", "worker", "--concurrency", "1"],
    ],
    ids=["prepare", "gunicorn", "celery"],
)
@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ({"WEGO_DEBUG": "1"}, "WEGO_DEBUG is on under a public address."),
        ({"SECRET_KEY": "django-insecure-" + "x9q4k" * 12}, "SECRET_KEY can be guessed."),
    ],
    ids=["debug", "key"],
)
def test_s15_no_door_opens_on_an_unsafe_house(house, tmp_path, command, setting, words):
    refused = house(PORT="8159", **setting).run(*command, check=False, timeout=120)

    assert refused.returncode == 1
    assert "The house does not start like this:" in refused.stderr
    assert words in refused.stderr
    tables = Instance(house().environment).run("-c", COUNT_TABLES).stdout.strip()
    assert tables == "0"


COUNT_TABLES = """
import django; django.setup()
from django.db import connection
print(len(connection.introspection.table_names()))
"""


@pytest.mark.django_db
def test_t9_a_forgetful_database_is_refused_with_how_to_mend_it(monkeypatch):
    fault = ("wego.E003", "synchronous_commit must not be off, a commit could be lost.")
    monkeypatch.setattr(checks, "ask_sqlite", lambda _connection: [fault])
    monkeypatch.setattr(checks, "ask_postgresql", lambda _connection: [fault])

    with pytest.raises(CommandError, match="synchronous_commit must not be off"):
        startup.refuse_unsafe()


@pytest.mark.django_db
def test_a_safe_house_is_let_in():
    assert startup.refuse_unsafe() is False


@pytest.mark.once
def test_a_process_of_its_own_ends_with_the_sentence(monkeypatch):
    monkeypatch.setattr(
        startup, "run_checks", lambda **_what: [Error("It is unsafe.", hint="Mend it.")]
    )
    monkeypatch.setattr(startup.connections, "close_all", lambda: None)

    with pytest.raises(SystemExit, match=r"It is unsafe\. Mend it\."):
        startup.refuse_unsafe_process()


@pytest.mark.once
def test_a_database_that_is_not_there_yet_is_waited_for(monkeypatch, caplog):
    def fail(**_what):
        raise startup.OperationalError("connection refused")

    monkeypatch.setattr(startup, "run_checks", fail)
    monkeypatch.setattr(startup.connections, "close_all", lambda: None)

    startup.refuse_unsafe_process()

    assert "The database does not answer yet" in caplog.text
