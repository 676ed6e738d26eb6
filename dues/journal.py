"""The accounting export: every entry of a period as two lines, debit first, in the order of days.

Amounts stand in the one column that is theirs, the other is empty; so the debits of any whole
period equal its credits. The columns are explained in `MEANINGS`, which the page shows as well.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any, Final

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from dues.models import Account, Entry, EntryKind
from wego import spreadsheet
from wego.money import USD
from wego.spreadsheet import Column, Sheet, Value

BATCH: Final = 2000
# A sheet has 1,048,576 rows; an entry takes two.
MOST_IN_A_SHEET: Final = 520_000


class Journal(TextChoices):
    """The book an entry belongs to."""

    DUES = "dues", gettext_lazy("Dues")
    BANK = "bank", gettext_lazy("Bank")
    GENERAL = "general", gettext_lazy("General")


JOURNAL_OF: Final[Mapping[str, str]] = {
    EntryKind.INVOICE: Journal.DUES,
    EntryKind.CREDIT_NOTE: Journal.DUES,
    EntryKind.PAYMENT: Journal.BANK,
    EntryKind.PAYOUT: Journal.BANK,
}
# What each column holds, for whoever takes the file into other books.
MEANINGS: Final = {
    "date": gettext_lazy("Day on which the entry was posted, a Seoul calendar date."),
    "entry": gettext_lazy("Number of the entry; its two lines have the same."),
    "journal": gettext_lazy("Book: dues (invoices, credit notes), bank, or general."),
    "account": gettext_lazy("Account that the line debits or credits."),
    "member_no": gettext_lazy("Number of the member the entry is about."),
    "member_name": gettext_lazy("Its name in English."),
    "debit": gettext_lazy("Amount debited; empty on the line that credits."),
    "credit": gettext_lazy("Amount credited; empty on the line that debits."),
    "currency": gettext_lazy("Currency of both amounts."),
    "text": gettext_lazy("What was posted; for a reversal, what was taken back."),
    "document": gettext_lazy("Number of the document: invoice, receipt or credit note."),
}
FACTS: Final = (
    "pk",
    "posted_on",
    "kind",
    "debit",
    "credit",
    "amount_cents",
    "member_id",
    "member__name_en",
    "invoice__number",
    "payment__number",
    "credit_note__number",
    "payout__refund__payment__number",
    "reversal__reverses__kind",
    "reversal__reverses__credit_note__number",
    "reversal__reverses__payout__refund__payment__number",
)


@dataclass
class Sums:
    """What an export came to, counted while it is written (US cents)."""

    entries: int = 0
    debit_cents: int = 0
    credit_cents: int = 0

    @property
    def is_balanced(self) -> bool:
        """Whether debits equal credits."""
        return self.debit_cents == self.credit_cents


def check_period(first: dt.date, last: dt.date) -> None:
    """A period ends on the day it begins, or later.

    Raises:
        ValidationError: it does not.
    """
    if last < first:
        raise ValidationError(
            _("The period ends on %(last)s, before it begins on %(first)s.")
            % {"first": first.isoformat(), "last": last.isoformat()},
            code="period",
        )


def journal_columns() -> list[Column]:
    """The columns, each with the heading that people read."""
    accounts = {code: str(label) for code, label in Account.choices}
    return [
        Column("date", _("Date"), "date", width=11),
        Column("entry", _("Entry"), "plain", width=9),
        Column("journal", _("Journal"), labels={c: str(words) for c, words in Journal.choices}),
        Column("account", _("Account"), width=20, labels=accounts),
        Column("member_no", _("Member no."), "plain", width=9),
        Column("member_name", _("Member"), width=30),
        Column("debit", _("Debit"), "money", width=13, total=True),
        Column("credit", _("Credit"), "money", width=13, total=True),
        Column("currency", _("Currency"), width=9),
        Column("text", _("Text"), width=40),
        Column("document", _("Document"), width=17),
    ]


def meaning_columns() -> list[Column]:
    """The sheet that explains the columns."""
    return [
        Column("name", _("Name"), width=14),
        Column("heading", _("Heading"), width=16),
        Column("meaning", _("What it holds"), width=70),
    ]


def meaning_rows() -> list[list[Value]]:
    """Every column with what it holds."""
    return [[each.name, each.heading, str(MEANINGS[each.name])] for each in journal_columns()]


def list_lines(first: dt.date, last: dt.date, sums: Sums | None = None) -> Iterator[list[Value]]:
    """Two lines an entry under `journal_columns`, in one query and bounded memory."""
    sums = sums or Sums()
    rows = Entry.objects.filter(posted_on__range=(first, last)).order_by("posted_on", "pk")
    for row in rows.values(*FACTS).iterator(chunk_size=BATCH):
        kind = row["reversal__reverses__kind"] or row["kind"]
        cents, text, document = row["amount_cents"], describe(row), document_of(row, kind)
        journal = str(JOURNAL_OF.get(kind, Journal.GENERAL))
        start = [row["posted_on"], row["pk"], journal]
        member = [row["member_id"], row["member__name_en"]]
        end = [USD, text, document]
        yield [*start, row["debit"], *member, cents, None, *end]
        yield [*start, row["credit"], *member, None, cents, *end]
        sums.entries += 1
        sums.debit_cents += cents
        sums.credit_cents += cents


def describe(row: Mapping[str, Any]) -> str:
    """What was posted, in the reader's words, with the invoice it concerns."""
    kind = str(EntryKind(row["kind"]).label)
    if row["reversal__reverses__kind"]:
        of = EntryKind(row["reversal__reverses__kind"]).label
        kind = _("Reversal of: %(document)s") % {"document": of}
    if row["invoice__number"] and row["kind"] != EntryKind.INVOICE:
        return _("%(what)s, invoice %(number)s") % {
            "what": kind,
            "number": row["invoice__number"],
        }
    return kind


def document_of(row: Mapping[str, Any], kind: str) -> str:
    """The number on the document itself; an adjustment is known by its invoice."""
    for name in ("credit_note__number", "payout__refund__payment__number"):
        if found := row[name] or row[f"reversal__reverses__{name}"]:
            return str(found)
    first, second = "invoice__number", "payment__number"
    if kind in {EntryKind.PAYMENT, EntryKind.ALLOCATION, EntryKind.REFUND}:
        first, second = second, first
    return row[first] or row[second] or ""


def check_size(first: dt.date, last: dt.date) -> None:
    """A sheet holds so many rows and no more.

    Raises:
        ValidationError: there are more entries.
    """
    count = Entry.objects.filter(posted_on__range=(first, last)).count()
    if count > MOST_IN_A_SHEET:
        raise ValidationError(
            _("%(count)s entries do not fit into a workbook: take the CSV, or a shorter period.")
            % {"count": f"{count:,}"},
            code="too_many",
        )


def write_xlsx(first: dt.date, last: dt.date, stream: IO[bytes]) -> Sums:
    """Write the entries of a period as a workbook in the reader's language.

    Raises:
        ValidationError: the period ends before it begins, or is too long for a sheet.
    """
    check_period(first, last)
    check_size(first, last)
    sums = Sums()
    lines = list_lines(first, last, sums)
    sheets = [
        Sheet(_("Entries"), journal_columns(), lines, total_label=_("Total")),
        Sheet(_("Columns"), meaning_columns(), meaning_rows()),
    ]
    title = _("Ledger %(first)s to %(last)s") % {
        "first": first.isoformat(),
        "last": last.isoformat(),
    }
    spreadsheet.write_xlsx(stream, sheets, title=title, on=last)
    return sums


def write_csv(
    first: dt.date, last: dt.date, stream: IO[bytes], *, delimiter: str = ",", mark: bool = True
) -> Sums:
    """Write the entries for programs: codes, ISO dates and plain decimals, whoever asks.

    `mark` begins the file with a byte order mark, which Excel wants.

    Raises:
        ValidationError: the period ends before it begins.
    """
    check_period(first, last)
    sums = Sums()
    with override("en"):
        rows = list_lines(first, last, sums)
        spreadsheet.write_csv(stream, journal_columns(), rows, delimiter=delimiter, mark=mark)
    return sums
