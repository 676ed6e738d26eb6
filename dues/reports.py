"""What finance takes away of a dues year: the register, all PDFs in a ZIP, all PDFs as one.

Whatever is handed out says of itself what is not in it: a document not yet made, parked, or no
longer the bytes that were stored is named in the index and counted in the tally.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Final

import pikepdf
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import override

from dues.documents import read_stored
from dues.models import Invoice, InvoiceDocument
from dues.register import (
    DAMAGED,
    READY,
    VOID,
    Tally,
    latest_issue_day,
    list_invoices,
    recorded_state,
    register_columns,
    register_row,
    standing_of,
    summary_columns,
    summary_rows,
)
from wego import spreadsheet
from wego.archive import Entry, StoredZip
from wego.spreadsheet import Column, Sheet, Value

# Merging keeps every page in memory until the file is written: 1,000 invoices take 150 MB.
MOST_MERGED: Final = 1000
STACK: Final = 50
LONGEST_NAME: Final = 60
_NOT_PLAIN = re.compile(r"[^A-Za-z0-9]+")


@dataclass(frozen=True)
class Archive:
    """A year's ZIP, ready to be sent: iterate it; `length` is its size in bytes."""

    name: str
    tally: Tally
    stored: StoredZip

    @property
    def length(self) -> int:
        """The size of what iteration will give, in bytes."""
        return self.stored.length

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.stored)


@dataclass(frozen=True)
class Merged:
    """One PDF of many, as it was written; `part` of `parts`, with the documents it holds."""

    part: int
    parts: int
    documents: int
    pages: int
    tally: Tally


def download_name(year: int, what: str) -> str:
    """`wego-dues-2020-register.xlsx`: the name a download is saved under."""
    return f"wego-dues-{year}-{what}"


def write_xlsx(year: int, stream: IO[bytes]) -> Tally:
    """Write the register as a workbook in the reader's language.

    Raises:
        ValidationError: nothing was issued for the year.
    """
    day = latest_issue_day(year)
    tally = Tally(year)
    sheets = [
        Sheet(_("Register"), register_columns(), _rows(year, tally), total_label=_("Total")),
        # Written after the register, so the tally is complete by then.
        Sheet(_("Summary"), summary_columns(), summary_rows(tally)),
    ]
    title = _("Dues register %(year)s") % {"year": year}
    spreadsheet.write_xlsx(stream, sheets, title=title, on=day)
    return tally


def write_csv(year: int, stream: IO[bytes]) -> Tally:
    """Write the register for programs: English codes and ISO dates, whoever asks.

    Raises:
        ValidationError: nothing was issued for the year.
    """
    latest_issue_day(year)
    tally = Tally(year)
    with override("en"):
        spreadsheet.write_csv(stream, register_columns(), _rows(year, tally))
    return tally


def _rows(year: int, tally: Tally) -> Iterator[list[Value]]:
    for invoice in list_invoices(year):
        state = recorded_state(invoice)
        tally.add(invoice, state)
        yield register_row(invoice, state)


def zip_stream(year: int) -> Archive:
    """All PDFs of a year and `index.csv`: every invoice, its file, its SHA-256, or what is missing.

    Every PDF is proved by its SHA-256 before the first byte is given, and again while it is sent.

    Raises:
        ValidationError: nothing was issued for the year.
    """
    day = latest_issue_day(year)
    tally = Tally(year)
    rows: list[list[Value]] = []
    entries: list[Entry] = []
    with override("en"):
        columns = [*register_columns(), Column("file", "File"), Column("size", "Bytes", "plain")]
        for invoice in list_invoices(year):
            state = proved_state(invoice)
            tally.add(invoice, state)
            file = document_name(invoice) if state == READY else None
            size = invoice.document.size if state == READY else None
            rows.append([*register_row(invoice, state), file, size])
            if file and size:
                entries.append(Entry(file, size, partial(read_stored, invoice.document)))
        index = BytesIO()
        spreadsheet.write_csv(index, columns, rows)
    index_entry = Entry("index.csv", len(index.getvalue()), index.getvalue)
    return Archive(
        name=download_name(year, "invoices.zip"),
        tally=tally,
        stored=StoredZip([index_entry, *entries], on=day),
    )


def proved_state(invoice: Invoice) -> str:
    """As the database says, unless the stored bytes are gone or no longer the same."""
    state = recorded_state(invoice)
    if state == READY:
        try:
            read_stored(invoice.document)
        except ValidationError:
            return DAMAGED
    return state


def document_name(invoice: Invoice) -> str:
    """`WEGO-2020-0001-Goyang.pdf`: letters and digits that every file system takes."""
    plain = unicodedata.normalize("NFKD", invoice.snapshot["member"]["name_en"])
    words = _NOT_PLAIN.sub("-", plain.encode("ascii", "ignore").decode()).strip("-")
    stem = f"{_NOT_PLAIN.sub('-', invoice.number)}-{words[:LONGEST_NAME]}".strip("-")
    return f"{stem}.pdf"


def count_merged_parts(year: int) -> int:
    """How many merged PDFs a year comes in, so that memory stays bounded; at least 1."""
    return parts_of(InvoiceDocument.objects.filter(invoice__dues_year=year).count())


def parts_of(stored: int) -> int:
    """The parts that so many stored documents make."""
    return max(1, -(-stored // MOST_MERGED))


def write_merged(year: int, path: Path, *, part: int = 1) -> Merged:
    """Write the PDFs of a year, or one part of them, as one document with a bookmark each.

    What is missing is left out and counted in the tally, which is of the whole year.

    Raises:
        ValidationError: nothing was issued, no document is ready, or there is no such part.
    """
    latest_issue_day(year)
    parts = count_merged_parts(year)
    if not 1 <= part <= parts:
        raise ValidationError(
            _("There is no part %(part)s: the merged PDF of %(year)s has %(parts)s.")
            % {"part": part, "year": year, "parts": parts},
            code="no_part",
        )
    tally = Tally(year)
    stored: list[tuple[str, InvoiceDocument | None]] = []
    for invoice in list_invoices(year):
        state = proved_state(invoice)
        tally.add(invoice, state)
        if state in {READY, DAMAGED}:
            void = f" ({_('void')})" if standing_of(invoice) == VOID else ""
            title = f"{invoice.number} {invoice.snapshot['member']['name_en']}{void}"
            stored.append((title, invoice.document if state == READY else None))
    chosen = [
        (title, document)
        for title, document in stored[(part - 1) * MOST_MERGED : part * MOST_MERGED]
        if document
    ]
    if not chosen:
        raise ValidationError(
            _("No PDF of %(year)s is ready, so there is nothing to merge. %(missing)s")
            % {"year": year, "missing": tally.sentence},
            code="no_documents",
        )
    pages = _merge(chosen, path, title=_("WeGO dues invoices %(year)s") % {"year": year})
    return Merged(part=part, parts=parts, documents=len(chosen), pages=pages, tally=tally)


def _merge(documents: Sequence[tuple[str, InvoiceDocument]], path: Path, *, title: str) -> int:
    """Merge small stacks first and then the stacks, which takes a third of the memory."""
    marks: list[tuple[str, int]] = []
    with TemporaryDirectory(dir=path.parent) as folder:
        stacks: list[Path] = []
        for start in range(0, len(documents), STACK):
            stack = Path(folder) / f"{start}.pdf"
            marks += _stack(documents[start : start + STACK], stack)
            stacks.append(stack)
        with ExitStack() as opened, pikepdf.new() as merged:
            for stack in stacks:
                merged.pages.extend(opened.enter_context(pikepdf.open(stack)).pages)
            with merged.open_outline() as outline:
                place = 0
                for name, pages in marks:
                    outline.root.append(pikepdf.OutlineItem(name, place))
                    place += pages
            merged.docinfo["/Title"] = title
            merged.Root.PageMode = pikepdf.Name.UseOutlines
            merged.save(path, deterministic_id=True)
            return len(merged.pages)


def _stack(documents: Sequence[tuple[str, InvoiceDocument]], path: Path) -> list[tuple[str, int]]:
    marks = []
    with ExitStack() as opened, pikepdf.new() as stack:
        for name, document in documents:
            source = opened.enter_context(pikepdf.open(BytesIO(read_stored(document))))
            for page in source.pages:
                # Its number points into a structure tree that stays behind.
                if "/StructParents" in page.obj:
                    del page.obj["/StructParents"]
            stack.pages.extend(source.pages)
            marks.append((name, len(source.pages)))
        stack.save(path, deterministic_id=True)
    return marks
