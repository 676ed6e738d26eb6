"""Files of an entry: letters of approval, attachments, pictures; checked, and pictures redrawn."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from events.awards.entering import lock_draft
from events.awards.moving import S, is_public
from events.models import AwardEntry, EntryFile, FilePurpose
from members.models import User
from wego import audit, storage
from wego.pictures import redraw_picture
from wego.uploads import Upload

MOST_FILES = 10


@transaction.atomic
def attach_to_entry(entry: AwardEntry, upload: Upload, *, purpose: str, on: dt.date) -> EntryFile:
    """Keep a file the entrant handed in, before the deadline.

    Raises:
        ValidationError: `deadline`, `submitted`, `full`, `picture` or `broken`.
    """
    return keep_file(lock_draft(entry, on=on), upload, purpose=purpose, by=None)


def may_add_picture(entry: AwardEntry) -> bool:
    """Whether the entrant has won and may give a picture for the page of winners."""
    told = entry.edition.state == S.NOTIFIED or is_public(entry.edition)
    return told and hasattr(entry, "prize")


@transaction.atomic
def add_own_picture(entry: AwardEntry, upload: Upload) -> EntryFile:
    """Keep a picture of a winner, handed in by the entrant after the deadline.

    Raises:
        ValidationError: `state`, it has not won; `full`, `picture` or `broken`.
    """
    locked = AwardEntry.objects.select_for_update().get(pk=entry.pk)
    if not may_add_picture(locked):
        raise ValidationError(_("Only winners add pictures after the deadline."), code="state")
    return keep_file(locked, upload, purpose=FilePurpose.PICTURE, by=None)


@transaction.atomic
def add_picture(entry: AwardEntry, upload: Upload, *, by: User) -> EntryFile:
    """Keep a picture for the page of winners that the secretariat got from the entrant."""
    locked = AwardEntry.objects.select_for_update().get(pk=entry.pk)
    return keep_file(locked, upload, purpose=FilePurpose.PICTURE, by=by)


def keep_file(entry: AwardEntry, upload: Upload, *, purpose: str, by: User | None) -> EntryFile:
    """Store a checked file; of a picture only its pixels are kept."""
    if entry.files.filter(is_removed=False).count() >= MOST_FILES:
        raise ValidationError(
            _("An entry has at most %(most)s files: remove one first.") % {"most": MOST_FILES},
            code="full",
        )
    if purpose == FilePurpose.PICTURE:
        upload = redraw_picture(upload)
    stored = storage.store_file(f"awards/{entry.reference}/file{upload.suffix}", upload.content)
    file = EntryFile.objects.create(
        entry=entry,
        purpose=purpose,
        name=upload.name,
        content_type=upload.content_type,
        path=stored.path,
        sha256=stored.sha256,
        size=stored.size,
    )
    audit.record_act(
        "award.file_attached", by=by, subject=entry, facts={"name": file.name, "for": purpose}
    )
    return file


@transaction.atomic
def remove_file(file: EntryFile, *, on: dt.date) -> None:
    """Take a file out of an entry, before the deadline; what was stored stays in the store.

    Raises:
        ValidationError: `deadline` or `submitted`.
    """
    entry = lock_draft(file.entry, on=on)
    entry.files.filter(pk=file.pk).update(is_removed=True)
    audit.record_act("award.file_removed", by=None, subject=entry, facts={"name": file.name})


def files_of(entry: AwardEntry) -> list[EntryFile]:
    """The files that count, pictures last."""
    order = {FilePurpose.APPROVAL: 0, FilePurpose.ATTACHMENT: 1, FilePurpose.PICTURE: 2}
    rows = entry.files.filter(is_removed=False)
    return sorted(rows, key=lambda file: (order[FilePurpose(file.purpose)], file.pk))


def read_entry_file(file: EntryFile) -> bytes:
    """The bytes, if they still are those once stored.

    Raises:
        ValidationError: `document_damaged`.
    """
    try:
        return storage.read_file(file.path, sha256=file.sha256)
    except storage.StorageError as error:
        raise ValidationError(
            _("The stored file %(path)s is missing or was altered: restore it from a backup.")
            % {"path": file.path},
            code="document_damaged",
        ) from error
