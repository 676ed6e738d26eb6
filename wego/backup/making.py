"""From a backup to a house: checked, restored by a process with the new settings, proved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.db.migrations.loader import MigrationLoader

from wego.backup.manifest import BackupError
from wego.backup.reading import Archive
from wego.backup.targets import Target
from wego.version import VERSION


def make_house(
    path: Path, target: Target, *, say: Callable[[str], None], documents_stay: bool = False
) -> None:
    """Restore a backup into an empty database and data folder.

    With `documents_stay` the data folder is that of the house which was copied: its documents are
    neither in the backup nor touched.

    Raises:
        BackupError: the backup is damaged or of another version, the target not empty, or what
            came out is not equal; the target is then as empty as before.
    """
    with Archive(path) as archive:
        check_version(archive)
        target.check_empty()
        archive.verify()
    say("The backup is whole: every part has its SHA-256.")
    target.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    target.clear_stage()
    try:
        done = target.run(
            "restore_here", str(path), *(["--documents-stay"] if documents_stay else [])
        )
        if done.returncode != 0:
            lines = done.stderr.strip().splitlines() or ["it ended without a word"]
            raise BackupError(lines[-1].removeprefix("CommandError: "))
        target.put_in_place()
    finally:
        target.clear_stage()
    for line in done.stdout.splitlines():
        say(line)


def check_version(archive: Archive) -> None:
    """The backup's tables are those of this version; raises BackupError."""
    ours = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations or {}}
    theirs = set(archive.manifest.migrations)
    if ours == theirs:
        return
    newer, older = sorted(theirs - ours), sorted(ours - theirs)
    example = (newer or older)[0]
    raise BackupError(
        f"This backup is of version {archive.manifest.version} and does not fit version {VERSION} "
        f"({len(newer)} migrations it has and we have not, {len(older)} the other way, such as "
        f"{example}): restore it with the version it was made by, then upgrade."
    )
