"""What an operator sets, and the secret an instance makes for itself."""

import stat

import pytest
from django.db import connection

from tests.harness.instances import Instance, environment_of
from wego.settings import database, read_or_make_secret

pytestmark = pytest.mark.django_db


def test_secret_is_made_once_for_its_owner_only(tmp_path):
    path = tmp_path / "secret_key"

    first = read_or_make_secret(path)

    assert len(first) >= 64
    assert read_or_make_secret(path) == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_sqlite_url_takes_its_lock_at_the_start(tmp_path):
    config = database(f"sqlite:///{tmp_path}/x.sqlite3")

    assert config["NAME"] == f"{tmp_path}/x.sqlite3"
    assert config["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "recursive_triggers=ON" in config["OPTIONS"]["init_command"]
    assert "synchronous=FULL" in config["OPTIONS"]["init_command"]


def test_postgresql_url():
    config = database("postgres://wego:secret@db:5433/register")

    assert config["ENGINE"] == "django.db.backends.postgresql"
    assert [config[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
        "wego",
        "secret",
        "db",
        5433,
        "register",
    ]


@pytest.mark.parametrize(
    ("seconds", "options"), [(0, {}), (10, {"options": "-c statement_timeout=10000"})]
)
def test_s22_a_query_may_last_as_long_as_the_web_server_says(seconds, options):
    config = database("postgres://wego:secret@db:5433/register", seconds)

    assert config.get("OPTIONS", {}) == options


def test_s22_the_web_server_sets_the_longest_query_before_the_house_is_loaded(tmp_path):
    house = Instance(environment_of(tmp_path, "postgres://wego@127.0.0.1:1/none"))
    code = (
        "import wego.gunicorn; from django.conf import settings as s; "
        "print(s.DATABASES['default']['OPTIONS'])"
    )

    assert house.run("-c", code).stdout.strip() == "{'options': '-c statement_timeout=10000'}"


def test_connection_holds_to_durability():
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous")
            assert cursor.fetchone() == (2,)
            cursor.execute("PRAGMA recursive_triggers")
            assert cursor.fetchone() == (1,)
        else:
            cursor.execute("SHOW synchronous_commit")
            assert cursor.fetchone() == ("on",)


def chosen_mail(directory, **environment):
    """The settings of mail that a house of its own reads."""
    code = (
        "from django.conf import settings as s; "
        "print(s.EMAIL_BACKEND, s.EMAIL_TIMEOUT, s.MAILS_LEAVE, s.DEFAULT_FROM_EMAIL, sep='|')"
    )
    house = Instance(environment_of(directory, f"sqlite:///{directory}/x.sqlite3", **environment))
    return house.run("-c", code).stdout.strip().split("|")


def test_without_a_mail_server_no_mail_leaves(tmp_path):
    backend, timeout, leave, sender = chosen_mail(tmp_path, PUBLIC_URL="https://wego.example/")

    assert backend == "django.core.mail.backends.filebased.EmailBackend"
    assert (timeout, leave) == ("30", "False")
    assert sender == "WeGO Secretariat <noreply@wego.example>"


def test_mail_server_is_one_that_knows_how_far_a_mail_came(tmp_path):
    backend, timeout, leave, sender = chosen_mail(
        tmp_path,
        EMAIL_URL="smtp+tls://user:secret@mail.example:587",
        MAIL_FROM="WeGO <office@wego.example>",
    )

    assert backend == "wego.smtp.EmailBackend"
    assert (timeout, leave) == ("30", "True")
    assert sender == "WeGO <office@wego.example>"
