"""Bank statements taken in, line by line, each line once (X08, R19); and lines set aside.

A line is known by what it says, so the same file twice, files that overlap and two people at once
add nothing. Money is moved by `dues.booking`; here a line only comes to be, waits, or is put away.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import (
    BigIntegerField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from dues.models import BankLine, BankStatement, Entry, EntryKind, Payout
from dues.statements import Original, Statement, StatementLine
from members.models import User
from wego import audit
from wego.money import USD, plain

BATCH = 500


@dataclass(frozen=True)
class ImportResult:
    """What a file added: how many of its lines were new, how many were known before."""

    statements: tuple[Statement, ...]
    new: int
    known: int
    stored: tuple[BankStatement, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The file in figures; `sum` is signed, credits positive."""
        lines = [line for one in self.statements for line in one.lines]
        return {
            "format": ", ".join(dict.fromkeys(one.format for one in self.statements)),
            "statements": len(self.statements),
            "entries": len(lines),
            "credits": sum(line.amount_cents > 0 for line in lines),
            "debits": sum(line.amount_cents < 0 for line in lines),
            **sums_of(self.statements),
            "warnings": [warning for one in self.statements for warning in one.warnings],
            "new": self.new,
            "known": self.known,
        }


def sums_of(statements: Iterable[Statement]) -> dict[str, str]:
    """The signed sum and its currency; several currencies are named beside their sums."""
    sums: dict[str, int] = {}
    for one in statements:
        sums.setdefault(one.currency, 0)
        for line in one.lines:
            sums[line.currency] = sums.get(line.currency, 0) + line.amount_cents
    if len(sums) == 1:
        return {"sum": plain(sum(sums.values())), "currency": next(iter(sums))}
    told = (f"{plain(cents)} {currency}" for currency, cents in sums.items())
    return {"sum": ", ".join(told), "currency": ", ".join(sums)}


def find_known(statements: Iterable[Statement]) -> set[str]:
    """The identities of lines that were taken in before."""
    wanted = [line.identity for one in statements for line in one.lines]
    known: set[str] = set()
    for first in range(0, len(wanted), BATCH):
        rows = BankLine.objects.filter(identity__in=wanted[first : first + BATCH])
        known.update(rows.values_list("identity", flat=True))
    return known


def foresee_import(statements: Sequence[Statement]) -> ImportResult:
    """What an import would add; nothing is written."""
    wanted = [line.identity for one in statements for line in one.lines]
    new = len(set(wanted) - find_known(statements))
    return ImportResult(tuple(statements), new, len(wanted) - new)


def import_statements(
    statements: Sequence[Statement],
    *,
    file_name: str,
    content_sha256: str,
    on: dt.date,
    by: User | None,
) -> ImportResult:
    """Keep the statements of a file and those of their lines that are new (X08).

    Each statement is taken in whole by itself, so an import that was cut off is simply done again.
    A statement without a new line is not kept a second time.

    Raises:
        ValidationError: a line is booked on a day still to come.
    """
    refuse_future(statements, on)
    known, stored = find_known(statements), []
    for statement in statements:
        # Whoever imports the same at once writes the same lines in the same order, and one waits.
        new = {line.identity: line for line in statement.lines if line.identity not in known}
        row = store_statement(statement, sorted(new.items()), file_name, content_sha256, by)
        if row is not None:
            stored.append(row)
            known.update(new)
    count = BankLine.objects.filter(statement__in=stored).count() if stored else 0
    entries = sum(len(one.lines) for one in statements)
    return ImportResult(tuple(statements), count, entries - count, tuple(stored))


def refuse_future(statements: Iterable[Statement], on: dt.date) -> None:
    """A statement tells what was.

    Raises:
        ValidationError: it tells of a day still to come.
    """
    for line in (line for one in statements for line in one.lines):
        if line.booked_on > on:
            raise ValidationError(
                _("The file has a line booked on %(day)s, which is still to come: ask the bank.")
                % {"day": line.booked_on.isoformat()},
                code="future",
            )


def store_statement(
    statement: Statement,
    new: Sequence[tuple[str, StatementLine]],
    file_name: str,
    content_sha256: str,
    by: User | None,
) -> BankStatement | None:
    """The statement with its new lines; None when it adds nothing."""
    if statement.lines and not new:
        return None
    if not statement.lines and is_known_empty(statement):
        return None
    with transaction.atomic():
        row = BankStatement.objects.create(
            file_name=file_name[-200:],
            file_sha256=content_sha256,
            imported_by=by,
            **facts_of(statement),
        )
        lines = [line_of(row, line) for _identity, line in new]
        BankLine.objects.bulk_create(lines, batch_size=BATCH, ignore_conflicts=True)
        count = row.lines.count()
        if new and not count:
            # Somebody else took the same lines in meanwhile.
            transaction.set_rollback(True)
            return None
        facts = {"file": row.file_name, "lines": count}
        audit.record_act("statement.imported", by=by, subject=row, facts=facts)
    return row


def is_known_empty(statement: Statement) -> bool:
    """Whether a statement without lines was kept before."""
    facts = facts_of(statement)
    del facts["warnings"]
    return BankStatement.objects.filter(**facts).exists()


def facts_of(statement: Statement) -> dict[str, object]:
    """What is kept of a statement beside its lines."""
    opening, closing = statement.opening, statement.closing
    days = [line.booked_on for line in statement.lines]
    number = " ".join(dict.fromkeys(filter(None, (statement.number, statement.statement_id))))
    return {
        "format": statement.format,
        "account": statement.account[:60],
        "currency": statement.currency,
        "reference": (f"{number} ({statement.page})" if statement.page else number)[:80],
        "opened_on": (opening.on if opening else None) or min(days, default=None),
        "closed_on": (closing.on if closing else None) or max(days, default=None),
        "opening_amount": opening.amount_cents if opening else None,
        "closing_amount": closing.amount_cents if closing else None,
        "warnings": list(statement.warnings),
    }


def line_of(statement: BankStatement, line: StatementLine) -> BankLine:
    """A line as it is kept; who is behind a payer stands beside it."""
    parties = dict.fromkeys(filter(None, (line.counterparty_name, line.on_behalf_of)))
    return BankLine(
        statement=statement,
        position=line.position,
        identity=line.identity,
        booked_on=line.booked_on,
        value_on=line.value_on,
        amount=line.amount_cents,
        currency=line.currency,
        is_reversal=line.is_reversal,
        party=" / ".join(parties)[:200],
        party_account=line.counterparty_account[:60],
        bank_reference=line.bank_reference[:140],
        end_to_end=line.end_to_end_id[:140],
        creditor_reference=line.creditor_reference[:40],
        text=line.text,
        original=original_in_words(line.original)[:200] if line.original else "",
    )


def original_in_words(original: Original) -> str:
    """`EUR 950.00 @ 1.0842`: what the payer sent, and the rate as the bank prints it."""
    rate = f" @ {original.rate:f}" if original.rate is not None else ""
    return f"{original.currency} {original.amount:f}{rate}"


def with_used(lines: QuerySet[BankLine]) -> QuerySet[BankLine]:
    """Adds `used_cents`: what of each line standing payments have booked (US cents)."""
    booked = Entry.objects.standing().filter(
        kind=EntryKind.PAYMENT, payment__bank_line=OuterRef("pk")
    )
    total = booked.order_by().values("payment__bank_line").annotate(total=Sum("amount_cents"))
    used = Coalesce(Subquery(total.values("total")), 0, output_field=BigIntegerField())
    added = {"used_cents": used}
    return lines.annotate(**added)


def find_waiting(lines: QuerySet[BankLine] | None = None) -> QuerySet[BankLine]:
    """Lines that somebody still has to decide about, the oldest first, with `used_cents`."""
    rows = with_used(BankLine.objects.all() if lines is None else lines)
    paid_out = Payout.objects.filter(bank_line=OuterRef("pk"), entry__reversal_of__isnull=True)
    left = Q(("used_cents__lt", F("amount")), currency=USD, amount__gt=0)
    foreign = ~Q(currency=USD) & Q(("used_cents", 0), amount__gt=0)
    out = Q(amount__lt=0) & ~Q(Exists(paid_out))
    waiting = rows.filter(left | foreign | out, set_aside_on__isnull=True)
    return waiting.order_by("booked_on", "statement_id", "position", "pk")


@transaction.atomic
def set_aside_line(line: BankLine, *, reason: str, on: dt.date, by: User | None) -> BankLine:
    """Put a line away that is none of our business, with the reason.

    Raises:
        ValidationError: no reason, set aside already, or money of it is booked.
    """
    row = BankLine.objects.select_for_update().get(pk=line.pk)
    if not reason.strip():
        raise ValidationError(_("Say why this line is set aside."), code="reason")
    if row.set_aside_on:
        raise ValidationError(_("This line is set aside already."), code="aside")
    if not find_waiting(BankLine.objects.filter(pk=row.pk)).exists():
        raise ValidationError(
            _("This line is booked: take its payment back first."), code="line_used"
        )
    row.set_aside_on, row.set_aside_why, row.set_aside_by = on, reason.strip()[:300], by
    row.save(update_fields=["set_aside_on", "set_aside_why", "set_aside_by"])
    audit.record_act("line.set_aside", by=by, subject=row, why=row.set_aside_why)
    return row


@transaction.atomic
def take_line_back(line: BankLine, *, by: User | None) -> BankLine:
    """Have a line that was set aside wait again.

    Raises:
        ValidationError: it is not set aside.
    """
    row = BankLine.objects.select_for_update().get(pk=line.pk)
    if not row.set_aside_on:
        raise ValidationError(_("This line is not set aside."), code="not_aside")
    before = row.set_aside_why
    row.set_aside_on, row.set_aside_why, row.set_aside_by = None, "", None
    row.save(update_fields=["set_aside_on", "set_aside_why", "set_aside_by"])
    audit.record_act("line.taken_back", by=by, subject=row, facts={"reason": before})
    return row
