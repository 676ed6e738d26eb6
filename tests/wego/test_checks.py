"""System checks name what is missing or unsafe, and how to mend it."""

import pytest
from django.core.checks import run_checks
from django.db import connection, connections

from wego import checks, system

# The run on the other database leaves these out.
ON_SQLITE = pytest.mark.once
ON_POSTGRESQL = pytest.mark.postgresql


def identifiers(found):
    return [message.id for message in found]


@pytest.mark.once
def test_missing_libraries_are_named_with_the_line_that_installs_them(monkeypatch):
    monkeypatch.setattr(system, "LIBRARIES", {"Pango": "not-there-1.0", "PangoFT2": "nor-this"})
    monkeypatch.setattr(system.sys, "platform", "linux")

    [error] = checks.check_libraries()

    assert error.id == "wego.E001"
    assert error.is_serious()
    assert error.msg == "Invoices cannot be drawn: Pango, PangoFT2 missing on this machine."
    assert error.hint == (
        "Install with: sudo apt-get install --no-install-recommends libpango-1.0-0 "
        "libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig fonts-nanum fonts-dejavu-core"
    )


@pytest.mark.once
def test_on_a_mac_the_line_is_for_brew(monkeypatch):
    monkeypatch.setattr(system.sys, "platform", "darwin")

    assert system.install_line().startswith("brew install python@3.11 pango fontconfig")


@pytest.mark.once
def test_this_machine_has_the_libraries():
    assert checks.check_libraries() == []


@pytest.mark.once
def test_no_korean_font_is_a_warning(monkeypatch):
    monkeypatch.setattr(system, "has_korean_font", lambda: False)

    [warning] = checks.check_korean_font()

    assert warning.id == "wego.W001"
    assert not warning.is_serious()
    assert "fonts-nanum" in warning.hint


@pytest.mark.once
def test_without_fontconfig_there_is_no_korean_font(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))

    assert system.has_korean_font() is False


@pytest.mark.once
@pytest.mark.parametrize(
    "key",
    [
        "short",
        "a" * 80,
        "django-insecure-" + "kq3x9" * 12,
        "ChangeMe-" + "kq3x9" * 12,
        "this-is-an-example-" + "kq3x9" * 12,
    ],
)
def test_a_guessable_secret_key_is_refused(settings, key):
    settings.SECRET_KEY = key

    assert identifiers(checks.check_secret_key()) == ["wego.E002"]


@pytest.mark.once
def test_a_developer_may_have_any_key(settings):
    settings.SECRET_KEY = "short"
    settings.DEBUG = True

    assert checks.check_secret_key() == []


@pytest.mark.once
def test_s15_under_a_public_address_nobody_is_a_developer(settings):
    settings.SECRET_KEY, settings.DEBUG, settings.HTTPS = "short", True, True

    assert identifiers(checks.check_secret_key()) == ["wego.E002"]
    assert identifiers(checks.check_debug()) == ["wego.E005"]


@pytest.mark.once
@pytest.mark.parametrize(("debug", "https"), [(True, False), (False, True), (False, False)])
def test_debug_pages_are_for_a_developers_own_machine(settings, debug, https):
    settings.DEBUG, settings.HTTPS = debug, https

    assert checks.check_debug() == []


@pytest.mark.once
def test_a_key_made_by_the_house_is_accepted():
    assert checks.check_secret_key() == []


@pytest.mark.django_db
def test_the_database_as_we_open_it_is_safe():
    assert checks.check_durability(databases=["default"]) == []


@pytest.mark.once
def test_no_database_is_asked_unless_one_is_named():
    assert checks.check_durability(databases=None) == []


@pytest.mark.once
def test_the_checks_are_registered():
    found = {check.__name__ for check in checks.checks.registry.registry.registered_checks}

    assert {
        "check_libraries",
        "check_korean_font",
        "check_secret_key",
        "check_debug",
        "check_durability",
    } <= found
    assert run_checks() == []


@ON_SQLITE
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("pragma", "expected", "words"),
    [
        ("synchronous=NORMAL", "wego.E003", "a commit could be lost"),
        ("synchronous=OFF", "wego.E003", "a commit could be lost"),
        ("recursive_triggers=OFF", "wego.E004", "REPLACE evades guards"),
        ("foreign_keys=OFF", "wego.E004", "foreign_keys must be ON"),
    ],
)
def test_an_unsafe_pragma_is_refused(pragma, expected, words):
    name = pragma.partition("=")[0]
    with connection.cursor() as cursor:
        before = cursor.execute(f"PRAGMA {name}").fetchone()[0]
        cursor.execute(f"PRAGMA {pragma}")
        try:
            [error] = checks.check_durability(databases=["default"])
        finally:
            cursor.execute(f"PRAGMA {name}={before}")

    assert error.id == expected
    assert words in error.msg


@ON_SQLITE
@pytest.mark.django_db
@pytest.mark.parametrize(("mode", "refused"), [("WAL", False), ("DELETE", False), ("OFF", True)])
def test_t9_a_journal_that_a_crash_breaks_is_refused(tmp_path, mode, refused):
    options = {**connection.settings_dict["OPTIONS"]}
    options["init_command"] = options["init_command"].replace("WAL", mode)
    own = {**connection.settings_dict, "NAME": str(tmp_path / "x.sqlite3"), "OPTIONS": options}
    link = type(connections["default"])(own)
    try:
        found = [sentence for _id, sentence in checks.ask_sqlite(link)]
    finally:
        link.close()

    assert any("journal_mode" in each for each in found) is refused


@ON_SQLITE
@pytest.mark.django_db
def test_deferred_transactions_are_refused(monkeypatch):
    options = {**connection.settings_dict["OPTIONS"], "transaction_mode": "DEFERRED"}
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", options)

    assert identifiers(checks.check_durability(databases=["default"])) == ["wego.E003"]


@ON_POSTGRESQL
@pytest.mark.django_db
def test_commits_that_do_not_wait_for_the_disk_are_refused():
    with connections["default"].cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")

    [error] = checks.check_durability(databases=["default"])

    assert error.id == "wego.E003"
    assert error.msg == (
        "Database 'default': synchronous_commit must not be off, a commit could be lost."
    )
