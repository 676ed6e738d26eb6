"""Papers put to an item of an agenda: looked into, then kept privately."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from events.models import AgendaItem, ItemPaper
from members.models import User
from wego import audit, storage
from wego.uploads import Upload


@transaction.atomic
def put_paper(
    item: AgendaItem, *, title: str, file: Upload, on: dt.date, by: User | None
) -> ItemPaper:
    """Put a paper to an item; without a title it is called as its file.

    Raises:
        ValidationError: the same file stands there already.
    """
    name = f"agenda/{item.meeting.code}/{item.pk}-{on:%Y-%m-%d}{file.suffix}"
    stored = storage.store_file(name, file.content)
    if item.papers.filter(file_sha256=stored.sha256, taken_back_on__isnull=True).exists():
        raise ValidationError(_("This file is put to the item already."), code="same")
    paper = ItemPaper.objects.create(
        item=item,
        title=title.strip() or file.name,
        file_name=file.name,
        file_path=stored.path,
        file_sha256=stored.sha256,
        content_type=file.content_type,
        size=len(file.content),
        added_by=by,
    )
    audit.record_act("agenda.paper_put", by=by, subject=item.meeting, facts={"paper": paper.title})
    return paper


@transaction.atomic
def take_paper_back(paper: ItemPaper, *, on: dt.date, by: User | None) -> ItemPaper:
    """Show a paper no longer; it stays in the store."""
    row = ItemPaper.objects.select_for_update().get(pk=paper.pk)
    if row.taken_back_on is None:
        row.taken_back_on = on
        row.save(update_fields=["taken_back_on"])
        audit.record_act(
            "agenda.paper_taken_back",
            by=by,
            subject=row.item.meeting,
            facts={"paper": row.title},
        )
    return row


def read_item_paper(paper: ItemPaper) -> bytes:
    """The file, if it still is what was handed in.

    Raises:
        ValidationError: it is gone or was altered.
    """
    try:
        return storage.read_file(paper.file_path, sha256=paper.file_sha256)
    except storage.StorageError as error:
        raise ValidationError(
            _("The stored file %(path)s is missing or was altered: restore it from a backup.")
            % {"path": paper.file_path},
            code="document_damaged",
        ) from error
