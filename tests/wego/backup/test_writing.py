"""What is in a backup, what is not, and that a failure leaves no half of one."""

import datetime as dt
import json
import stat
import zipfile

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.wego.backup.conftest import AT
from wego.backup import writing
from wego.backup.manifest import Content, key_print, load_manifest
from wego.backup.reading import Archive
from wego.models import AuditSeal, Operation

pytestmark = pytest.mark.django_db


def test_r15_the_manifest_says_what_there_is(backup, house):
    with Archive(backup) as archive:
        manifest = archive.manifest
        archive.verify()

    assert manifest.made_at == "2020-12-31T14:30:00+00:00"
    assert manifest.tables["dues_invoice"].rows == 3
    assert manifest.tables["members_member"].rows == 7
    assert manifest.files.rows == 1
    assert manifest.file_bytes == len(b"%PDF-1.7 Goyang")
    assert manifest.money["bank.debit"] == 760000
    assert manifest.head == AuditSeal.objects.latest("pk").digest
    assert manifest.key == key_print()
    assert "wego.0001_initial" in manifest.migrations


def test_nobody_can_sign_in_or_forge_with_what_is_in_it(backup):
    Session.objects.create(session_key="s" * 32, session_data="x", expire_date=timezone.now())

    with zipfile.ZipFile(backup) as archive:
        names = archive.namelist()
        everything = b"".join(archive.read(name) for name in names)

    assert "tables/django_session.jsonl" not in names
    assert "tables/usersessions_usersession.jsonl" not in names
    assert "secret_key" not in names
    assert settings.SECRET_KEY.encode() not in everything


def test_the_secret_key_is_in_it_when_asked_for(house, tmp_path):
    writing.write_backup(tmp_path / "x.zip", at=AT, with_key=True)

    with Archive(tmp_path / "x.zip") as archive:
        assert archive.secret_key() == settings.SECRET_KEY


def test_only_its_owner_reads_it_and_nothing_half_is_left(backup, tmp_path):
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.glob("*wego*")] == ["wego.zip"]


def test_a_disk_that_fails_leaves_nothing_and_is_noted(house, tmp_path, monkeypatch):
    def fail(*_args):
        raise OSError("No space left on device")

    monkeypatch.setattr(writing, "add_file", fail)

    with pytest.raises(CommandError, match="No backup was made: No space left on device"):
        call_command("backup", str(tmp_path))

    assert list(tmp_path.glob("*.zip")) == []
    assert list(tmp_path.glob(".*")) == []
    noted = Operation.objects.get()
    assert (noted.kind, noted.ok) == ("backup", False)
    assert noted.facts == {"error": "OSError: No space left on device"}


def test_a_backup_that_reads_back_otherwise_is_no_backup(house, tmp_path, monkeypatch):
    monkeypatch.setattr(writing, "Content", lambda rows, sha256: Content(rows, sha256[::-1]))

    with pytest.raises(CommandError, match=r"tables/\w+\.jsonl is damaged in this backup"):
        call_command("backup", str(tmp_path))

    assert Operation.objects.get().ok is False


def test_the_command_names_file_and_head_and_notes_it(house, tmp_path, capsys):
    call_command("backup", str(tmp_path), "--json")

    told = json.loads(capsys.readouterr().out)
    [file] = tmp_path.glob("wego-*.zip")
    assert told["file"] == str(file)
    assert told["size"] == file.stat().st_size
    assert told["verified"] is True
    assert told["head"] == AuditSeal.objects.latest("pk").digest
    assert Operation.objects.get().facts == told


def test_the_command_replaces_nothing_and_makes_no_folder(house, tmp_path):
    (tmp_path / "x.zip").write_bytes(b"old")

    with pytest.raises(CommandError, match="is there already"):
        call_command("backup", str(tmp_path / "x.zip"))
    with pytest.raises(CommandError, match="There is no folder"):
        call_command("backup", str(tmp_path / "none" / "x.zip"))

    assert (tmp_path / "x.zip").read_bytes() == b"old"


def test_names_sort_by_their_moment_in_utc():
    seoul = dt.timezone(dt.timedelta(hours=9))

    assert writing.name_of(dt.datetime(2021, 1, 1, 0, 30, tzinfo=seoul)) == (
        "wego-20201231-153000.zip"
    )


def test_a_manifest_survives_being_written_and_read(backup):
    with Archive(backup) as archive:
        assert load_manifest(archive.manifest.dump()) == archive.manifest
