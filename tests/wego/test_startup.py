"""Every step of a start looks first: what is done is found done."""

import socket

import pytest
from django.core.checks import Error
from django.core.management import CommandError
from django.db import OperationalError, connection

from wego import guards, startup


@pytest.fixture
def commands(monkeypatch):
    """The management commands that a step called."""
    called = []
    monkeypatch.setattr(startup, "call_command", lambda name, **_options: called.append(name))
    return called


@pytest.mark.django_db
def test_a_migrated_database_with_its_guards_needs_nothing(commands):
    assert startup.migrate_if_needed() is False
    assert commands == []


@pytest.mark.django_db
def test_a_missing_guard_asks_for_a_migration(commands):
    guards.run_statements(connection, guards.declared()[0].remove(connection.vendor))

    assert startup.migrate_if_needed() is True
    assert commands == ["migrate"]


@pytest.mark.django_db
def test_an_empty_register_gets_the_demonstration(commands, monkeypatch):
    monkeypatch.delenv("WEGO_DEMO", raising=False)

    assert startup.load_demo_if_empty() is True
    assert commands == ["load_demo"]


@pytest.mark.django_db
def test_a_register_in_use_gets_no_demonstration(commands, monkeypatch):
    from members.models import Member

    monkeypatch.delenv("WEGO_DEMO", raising=False)
    Member.objects.create(kind="city", name_en="Goyang", country_code="KR", region="asia")

    assert startup.load_demo_if_empty() is False
    assert commands == []


@pytest.mark.django_db
def test_a_register_that_somebody_set_up_gets_no_demonstration(commands, monkeypatch, secretariat):
    monkeypatch.delenv("WEGO_DEMO", raising=False)

    assert startup.load_demo_if_empty() is False
    assert commands == []


@pytest.mark.once
@pytest.mark.parametrize(
    ("chosen", "https", "wanted"),
    [("", False, True), ("", True, False), ("0", False, False), ("1", True, True)],
)
def test_the_demonstration_is_never_public_unasked(monkeypatch, settings, chosen, https, wanted):
    monkeypatch.setenv("WEGO_DEMO", chosen)
    settings.HTTPS = https

    assert startup.wants_demo() is wanted


@pytest.mark.once
def test_static_files_are_collected_once_until_one_changes(commands, settings, tmp_path):
    ours = tmp_path / "static"
    ours.mkdir()
    style = ours / "page.css"
    style.write_text("p { color: navy }")
    settings.DATA_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path / "collected"
    settings.STATIC_ROOT.mkdir()
    settings.STATICFILES_DIRS = [ours]
    startup.get_finders.__globals__["get_finder"].cache_clear()

    assert startup.collect_static_if_changed() is True
    assert startup.collect_static_if_changed() is False
    style.write_text("p { color: navy; margin: 0 }")
    assert startup.collect_static_if_changed() is True
    settings.STATIC_ROOT.rmdir()
    assert startup.collect_static_if_changed() is True
    assert commands == ["collectstatic"] * 3
    startup.get_finders.__globals__["get_finder"].cache_clear()


@pytest.mark.once
def test_a_silent_database_is_one_sentence(monkeypatch):
    def fail():
        raise OperationalError("connection refused")

    monkeypatch.setattr(startup, "refuse_unsafe", fail)

    with pytest.raises(CommandError, match=r"^The database does not answer: connection refused$"):
        startup.prepare(pytest.fail)


@pytest.mark.once
def test_an_unsafe_database_ends_the_start(monkeypatch):
    for step in ("migrate_if_needed", "load_demo_if_empty", "collect_static_if_changed"):
        monkeypatch.setattr(startup, step, lambda: False)

    def unsafe(app_configs=None, databases=None, **_kwargs):
        return [Error("synchronous must be FULL", id="wego.E003")] if databases else []

    from django.core.checks import registry

    monkeypatch.setattr(registry.registry, "registered_checks", {unsafe})
    unsafe.tags = ("database",)

    with pytest.raises(CommandError, match="synchronous must be FULL"):
        startup.prepare(pytest.fail)


@pytest.mark.once
def test_steps_that_did_something_are_named(monkeypatch):
    said = []
    monkeypatch.setattr(startup, "refuse_unsafe", lambda: False)
    monkeypatch.setattr(startup, "migrate_if_needed", lambda: True)
    monkeypatch.setattr(startup, "load_demo_if_empty", lambda: False)
    monkeypatch.setattr(startup, "collect_static_if_changed", lambda: True)
    monkeypatch.setattr(startup, "call_command", lambda *args, **kwargs: None)

    startup.prepare(said.append)

    assert said == [
        "Migrating the database: done in 0.0 s.",
        "Collecting static files: done in 0.0 s.",
    ]


@pytest.mark.once
@pytest.mark.parametrize("port", [-1, 70000])
def test_a_number_that_is_no_port_is_refused(port):
    with pytest.raises(CommandError) as refused:
        startup.refuse_taken_port("127.0.0.1", port)

    assert refused.value.returncode == 2


@pytest.mark.once
def test_one_folder_holds_one_house(tmp_path):
    second = startup.only_one(tmp_path)
    with startup.only_one(tmp_path), pytest.raises(CommandError) as refused, second:
        pytest.fail("two houses on one folder")
    assert refused.value.returncode == 2

    with startup.only_one(tmp_path):
        assert [path.name for path in tmp_path.iterdir()] == ["serve.lock"]


@pytest.mark.once
def test_a_port_that_nobody_serves_does_not_answer():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    assert startup.web_answers(port) is False
