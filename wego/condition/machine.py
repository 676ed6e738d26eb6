"""The machine: room on its disk, what draws the documents, whom its files are open to."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from wego import system
from wego.condition.lines import BAD, OK, WARN, Line, size_of

GIGABYTE = 10**9
# Below these the next backup, or the next year's invoices, may not fit.
LITTLE, VERY_LITTLE = 2 * GIGABYTE, GIGABYTE // 2
OTHERS = stat.S_IRWXG | stat.S_IRWXO


def tell_disk() -> Iterator[Line]:
    """How much room is left where the house writes."""
    usage = shutil.disk_usage(settings.DATA_DIR)
    tone = BAD if usage.free < VERY_LITTLE else WARN if usage.free < LITTLE else OK
    yield Line(
        "disk",
        _("Disk"),
        tone,
        _("%(free)s free of %(total)s")
        % {"free": size_of(usage.free), "total": size_of(usage.total)},
        _("Make room: move old backups away, or give the house a larger disk.")
        if tone != OK
        else "",
        details=[str(settings.DATA_DIR)],
    )


def tell_printing() -> Iterator[Line]:
    """Whether documents can be drawn, in Korean too."""
    missing = system.missing()
    yield Line(
        "printing",
        _("Libraries and fonts"),
        BAD if missing else OK,
        _("missing: %(what)s") % {"what": ", ".join(missing)} if missing else _("all there"),
        _("Run “%(line)s”.") % {"line": system.install_line()} if missing else "",
    )


def tell_files() -> Iterator[Line]:
    """Whether anybody else on this machine can read what the house keeps."""
    kept = [Path(settings.DATA_DIR), Path(settings.DATA_DIR) / "secret_key"]
    open_to_others = [str(path) for path in kept if path.exists() and path.stat().st_mode & OTHERS]
    yield Line(
        "files",
        _("Data folder"),
        WARN if open_to_others else OK,
        _("others on this machine can look into it")
        if open_to_others
        else _("open to its owner only"),
        _("Run “chmod -R go= %(folder)s”.") % {"folder": settings.DATA_DIR}
        if open_to_others
        else "",
        details=open_to_others,
    )
