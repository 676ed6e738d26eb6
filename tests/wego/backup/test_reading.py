"""A damaged backup is refused with the name of what is damaged."""

import hashlib
import json
import random
import shutil
import zipfile

import pytest

from wego.backup.manifest import BackupError, Content
from wego.backup.reading import Archive

pytestmark = pytest.mark.django_db


def rewrite(path, changes):
    """The same ZIP with some parts exchanged or (None) taken out."""
    copy = path.with_name("changed.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(copy, "w") as new:
        for name in old.namelist():
            content = changes.get(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return copy


def refusal(path):
    with pytest.raises(BackupError) as caught, Archive(path) as archive:
        archive.verify()
    return str(caught.value)


@pytest.mark.parametrize(
    "name", ["tables/dues_entry.jsonl", "tables/members_member.jsonl", "files.jsonl"]
)
@pytest.mark.parametrize("change", ["changed", "shorter", "gone"])
def test_r15_what_is_damaged_is_named(backup, name, change):
    with zipfile.ZipFile(backup) as archive:
        content = archive.read(name)
    bad = {"changed": content.replace(b"0", b"1"), "shorter": content[:-5], "gone": None}[change]

    assert refusal(rewrite(backup, {name: bad})).startswith(f"{name} is damaged in this backup.")


def test_a_document_that_was_exchanged_is_named(backup, house):
    name = f"files/{house.path}"

    assert refusal(rewrite(backup, {name: b"%PDF-1.7 Busan!"})).startswith(f"{name} is damaged")


def test_a_manifest_that_was_changed_is_named(backup):
    with zipfile.ZipFile(backup) as archive:
        content = archive.read("manifest.json")

    changed = rewrite(backup, {"manifest.json": content.replace(b"760000", b"760001")})

    assert refusal(changed).startswith("manifest.json is damaged")


def test_a_cut_off_file_is_refused(backup, tmp_path):
    cut = tmp_path / "cut.zip"
    cut.write_bytes(backup.read_bytes()[:-100])

    assert refusal(cut).startswith("cut.zip is no backup, or it is cut off")


def test_something_else_is_no_backup(tmp_path):
    path = tmp_path / "other.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "hello")

    assert "manifest.json" in refusal(path)
    assert refusal(tmp_path / "none.zip").startswith("There is no backup at ")


@pytest.mark.parametrize("way", ["../outside.pdf", "/etc/passwd", "a/../../b"])
def test_a_document_that_leads_out_of_the_store_is_refused(backup, way):
    line = json.dumps({"path": way, "sha256": "0" * 64, "size": 1}).encode() + b"\n"
    with Archive(backup) as archive:
        manifest = archive.manifest
    manifest.files = Content(1, hashlib.sha256(line).hexdigest())
    content = manifest.dump()
    changed = rewrite(
        backup,
        {
            "files.jsonl": line,
            "manifest.json": content,
            "manifest.sha256": hashlib.sha256(content).hexdigest(),
        },
    )

    assert "leads out of the store" in refusal(changed)


def test_r15_no_flipped_byte_of_200_goes_through_unseen(backup, tmp_path):
    """What is read is hashed: a flip is refused, or lies where nothing is read from."""
    with Archive(backup) as archive:
        whole = {table: list(archive.lines(table)) for table in archive.manifest.tables}
    content, copy, chance = backup.read_bytes(), tmp_path / "flipped.zip", random.Random(5)
    refused = 0
    for _try in range(200):
        place = chance.randrange(len(content))
        flipped = bytearray(content)
        flipped[place] ^= 1 << chance.randrange(8)
        shutil.copyfile(backup, copy)
        copy.write_bytes(flipped)
        try:
            with Archive(copy) as archive:
                archive.verify()
                assert {t: list(archive.lines(t)) for t in archive.manifest.tables} == whole
        except BackupError:
            refused += 1
    assert refused > 100
