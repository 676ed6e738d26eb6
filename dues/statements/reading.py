"""Bank statements in whatever a bank hands out: the one door to all readers (S7).

What a file is, its content decides; its name only helps to say what is wrong. A file is taken
whole or not at all: the refusal names the line and what to do.
"""

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from dues.statements.camt import read_camt
from dues.statements.guessing import looks_like_table
from dues.statements.identity import identify
from dues.statements.lines import Statement
from dues.statements.mapping import CsvMapping
from dues.statements.mt940 import is_mt940, read_mt940
from dues.statements.pages import check_balances
from dues.statements.sizes import LARGEST, MOST_LINES, MOST_MOVEMENTS, refuse_many
from dues.statements.tables import read_table

# Files that are often handed in instead of a statement, by their first bytes.
OTHERS = {
    b"PK\x03\x04": "packed",
    b"\x1f\x8b": "packed",
    b"\xd0\xcf\x11\xe0": "packed",
    b"%PDF": "pdf",
}
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def read_statements(
    content: bytes, file_name: str, mapping: CsvMapping | None = None
) -> list[Statement]:
    """The statements of a file in its order, every line with its identity.

    Lines with one identity are one movement, also when they stand in one file twice.

    Raises:
        ValidationError: the file is none, or says something that cannot be taken exactly.
    """
    check_content(content, file_name)
    name = {"name": file_name[:100]}
    if content.removeprefix(BYTE_ORDER_MARK).lstrip().startswith(b"<"):
        found = read_camt(content)
    elif is_mt940(content):
        found = read_mt940(content)
    elif mapping is not None:
        found = read_table(content, mapping)
    elif looks_like_table(content):
        raise ValidationError(
            _("“%(name)s” is a table. Choose which of its columns says what.") % name,
            code="mapping",
        )
    else:
        raise ValidationError(
            _("“%(name)s” is no bank statement. Ask the bank for camt.053, MT940 or CSV.") % name,
            code="format",
        )
    if sum(len(one.lines) for one in found) > MOST_MOVEMENTS:
        raise refuse_many()
    return [check_balances(without_notes(one)) for one in identify(found)]


def without_notes(statement: Statement) -> Statement:
    """The statement without entries of 0.00, which banks use for notes."""
    return replace(statement, lines=tuple(one for one in statement.lines if one.amount_cents))


def check_content(content: bytes, file_name: str) -> None:
    """Refuse at the first look what no reader should see.

    Raises:
        ValidationError: empty, too large, packed, a PDF, or no text of bytes.
    """
    name = {"name": file_name[:100]}
    lines = max(content.count(b"\n"), content.count(b"\r"))
    if len(content) > LARGEST or lines > MOST_LINES:
        raise ValidationError(
            _("“%(name)s” is larger than a statement can be. Ask the bank for shorter periods.")
            % name,
            code="size",
        )
    if not content.strip():
        raise ValidationError(
            _("“%(name)s” is empty. Download it from the bank again.") % name, code="empty"
        )
    kind = next((kind for mark, kind in OTHERS.items() if content.startswith(mark)), "")
    if kind == "pdf":
        raise ValidationError(
            _("“%(name)s” is a PDF. Ask the bank for camt.053, MT940 or CSV.") % name, code="format"
        )
    if kind == "packed":
        raise ValidationError(
            _("“%(name)s” is a spreadsheet or an archive. Unpack it, or save it as CSV.") % name,
            code="format",
        )
    if b"\0" in content:
        raise ValidationError(
            _(
                "“%(name)s” holds bytes that no text has; it may be in UTF-16. Save it as UTF-8,"
                " or download it from the bank again."
            )
            % name,
            code="encoding",
        )
