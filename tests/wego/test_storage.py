"""The private store: whole files only, inside its own walls, proved by their hash."""

import hashlib
import os
from pathlib import Path

import pytest

from wego import storage
from wego.storage import StorageError, StoredFile

INVOICE = b"%PDF-1.7 Goyang"
DIGEST = hashlib.sha256(INVOICE).hexdigest()


@pytest.fixture
def root(settings) -> Path:
    return Path(settings.DOCUMENTS_DIR)


def files_under(root: Path) -> list[str]:
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


def test_store_file_keeps_the_bytes_under_a_name_with_their_hash(root) -> None:
    stored = storage.store_file("2020/WEGO-2020-0001.pdf", INVOICE)

    assert stored == StoredFile(f"2020/WEGO-2020-0001-{DIGEST[:16]}.pdf", DIGEST, 15)
    assert (root / stored.path).read_bytes() == INVOICE
    assert storage.read_file(stored.path, sha256=DIGEST) == INVOICE


def test_store_file_is_private_to_its_owner(root) -> None:
    before = os.umask(0)
    try:
        stored = storage.store_file("2020/a/WEGO-2020-0001.pdf", INVOICE)
    finally:
        os.umask(before)

    assert (root / stored.path).stat().st_mode & 0o777 == 0o600
    assert [path.stat().st_mode & 0o777 for path in (root, root / "2020", root / "2020/a")] == [
        0o700
    ] * 3


def test_store_file_twice_leaves_one_file(root) -> None:
    first = storage.store_file("2020/WEGO-2020-0001.pdf", INVOICE)
    second = storage.store_file("2020/WEGO-2020-0001.pdf", INVOICE)

    assert first == second
    assert files_under(root) == [first.path]


def test_store_file_with_other_bytes_does_not_touch_the_first(root) -> None:
    first = storage.store_file("2020/WEGO-2020-0001.pdf", INVOICE)
    second = storage.store_file("2020/WEGO-2020-0001.pdf", b"%PDF-1.7 other")

    assert files_under(root) == sorted([first.path, second.path])
    assert storage.read_file(first.path, sha256=first.sha256) == INVOICE


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_store_file_that_fails_leaves_nothing(root, monkeypatch, step) -> None:
    def fail(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    storage.store_file("2020/other.pdf", b"other")
    before = files_under(root)
    monkeypatch.setattr(*{"fsync": (os, "fsync"), "replace": (Path, "replace")}[step], fail)

    with pytest.raises(OSError, match="No space left"):
        storage.store_file("2020/WEGO-2020-0001.pdf", INVOICE)

    assert files_under(root) == before


def test_store_file_syncs_the_file_before_the_name_and_the_directory_after(
    root, monkeypatch
) -> None:
    storage.store_file("2020/other.pdf", b"other")
    steps = []
    fsync, replace = os.fsync, Path.replace

    def noted_fsync(descriptor: int) -> None:
        name = Path(f"/proc/self/fd/{descriptor}").readlink().name
        steps.append("file" if name.startswith(".WEGO") else f"directory {name}")
        fsync(descriptor)

    def noted_replace(self: Path, target: Path) -> Path:
        steps.append("rename")
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", noted_fsync)
    monkeypatch.setattr(Path, "replace", noted_replace)

    storage.store_file("2020/WEGO-2020-0001.pdf", INVOICE)

    assert steps == ["file", "rename", "directory 2020"]


@pytest.mark.parametrize(
    "name", ["../outside.pdf", "/etc/passwd", "2020/../../outside.pdf", "../documents.pdf"]
)
def test_a_path_that_leads_out_is_refused(root, name) -> None:
    with pytest.raises(StorageError, match="outside the document store"):
        storage.store_file(name, INVOICE)
    with pytest.raises(StorageError, match="outside the document store"):
        storage.read_file(name, sha256=DIGEST)

    assert list(root.parent.rglob("*.pdf")) == []


def test_a_link_that_leads_out_is_refused(root, tmp_path) -> None:
    secret = tmp_path / "secret.pdf"
    secret.write_bytes(INVOICE)
    root.mkdir()
    (root / "link.pdf").symlink_to(secret)

    with pytest.raises(StorageError, match="outside the document store"):
        storage.read_file("link.pdf", sha256=DIGEST)


def test_read_file_refuses_changed_bytes(root) -> None:
    stored = storage.store_file("2020/WEGO-2020-0001.pdf", INVOICE)
    (root / stored.path).write_bytes(INVOICE.replace(b"Goyang", b"Gimpo!"))

    with pytest.raises(StorageError, match="is not what was stored"):
        storage.read_file(stored.path, sha256=stored.sha256)


def test_read_file_names_a_missing_file(root) -> None:
    with pytest.raises(StorageError, match=r"missing\.pdf cannot be read: No such file"):
        storage.read_file("2020/missing.pdf", sha256=DIGEST)
