"""The entries of a camt.053 statement as lines: batches taken apart, parties and references found.

The direction of an entry (CdtDbtInd) is that of the money on this account, of reversals too: a
credit taken back is a debit marked as reversal.
"""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from dues.statements.amounts import check_currency, exact_figure
from dues.statements.camt_facts import amount_in, place_of, read_day, signed_cents
from dues.statements.elements import Element
from dues.statements.identity import names_a_movement
from dues.statements.lines import Original, StatementLine
from dues.statements.references import find_creditor_reference, known, tell
from wego.money import display

# What a bank has not booked: it comes again when it has.
NOT_BOOKED = frozenset({"PDNG", "INFO", "FUTR"})
# Banks cut a text into pieces of this many signs, through words.
FULL_PIECES = frozenset({35, 70, 140})


class Days(NamedTuple):
    """When an entry was booked, and from when it counts."""

    booked_on: dt.date
    value_on: dt.date | None


def read_entries(statement: Element, account: str, warnings: list[str]) -> Iterator[StatementLine]:
    """A line for every booked payment of a `Stmt`."""
    waiting = 0
    day = single_day(statement)
    for entry in statement.all("Ntry"):
        if entry.said("Sts/Cd", "Sts") in NOT_BOOKED:
            waiting += 1
            continue
        yield from read_entry(entry, account, day, warnings)
    if waiting:
        warnings.append(
            _("Entries not booked yet were left out: %(count)s. They come again once booked.")
            % {"count": waiting}
        )


def read_entry(
    entry: Element, account: str, day: dt.date | None, warnings: list[str]
) -> list[StatementLine]:
    """The entry as one line, or as one for each payment of a batch."""
    total = signed_cents(entry)
    days = read_days(entry, day)
    payments = list(entry.all("NtryDtls/TxDtls"))
    if len(payments) <= 1:
        return [read_line(entry, payments, total, account, days)]
    parts = [signed_part(entry, payment) for payment in payments]
    whole = [part for part in parts if part is not None]
    if len(whole) == len(parts) and sum(whole) == total:
        return [
            read_line(entry, [payment], part, account, days, of_batch=True)
            for payment, part in zip(payments, whole, strict=True)
        ]
    unit = entry.first("Amt")
    warnings.append(
        _(
            "%(place)s: the %(count)s payments of this entry do not add up to its %(amount)s."
            " It is read as one line."
        )
        % {
            "place": place_of(entry),
            "count": len(payments),
            "amount": display(total, unit.unit if unit else ""),
        }
    )
    return [read_line(entry, payments, total, account, days)]


def signed_part(entry: Element, payment: Element) -> int | None:
    """What one payment of a batch moved, in the currency of the entry; None when not said."""
    unit = (entry.first("Amt") or entry).unit
    paths = ("Amt", "AmtDtls/TxAmt/Amt", "AmtDtls/InstdAmt/Amt")
    amounts = (one for path in paths for one in payment.all(path) if one.unit == unit)
    amount = next(amounts, None)
    if amount is None:
        return None
    direction = payment.said("CdtDbtInd") or entry.said("CdtDbtInd")
    return -amount_in(amount) if direction == "DBIT" else amount_in(amount)


def read_line(
    entry: Element,
    payments: list[Element],
    cents: int,
    account: str,
    days: Days,
    *,
    of_batch: bool = False,
) -> StatementLine:
    """One line; details come from the payment when there is exactly one."""
    payment = payments[0] if len(payments) == 1 else Element("TxDtls", entry.line)
    is_reversal = entry.said("RvslInd").lower() in {"true", "1"}
    texts = payments or [payment]
    text = " / ".join(filter(None, map(remittance_of, texts))) or tell(
        entry.said("AddtlNtryInf"), payment.said("AddtlTxInf")
    )
    currency = (entry.first("Amt") or entry).unit
    name, number, behind = find_party(payment, account, paid=(cents < 0) != is_reversal)
    own, of_entry = references_of(entry, payment)
    structured = payment.said("RmtInf/Strd/CdtrRefInf/Ref", "RmtInf/Strd/CdtrRefInf/CdtrRef")
    return StatementLine(
        booked_on=days.booked_on,
        value_on=days.value_on,
        amount_cents=cents,
        currency=currency,
        position=payment.line if of_batch else entry.line,
        counterparty_name=name,
        counterparty_account=number,
        on_behalf_of=behind,
        end_to_end_id=known(payment.said("Refs/EndToEndId")),
        bank_reference=own if of_batch else best_reference(of_entry, own),
        creditor_reference="".join(structured.split()) or find_creditor_reference(text),
        batch_reference=of_entry if of_batch else "",
        text=text,
        original=original_of(payments[0] if len(payments) == 1 else entry, currency),
        is_reversal=is_reversal,
    )


def read_days(entry: Element, day: dt.date | None) -> Days:
    """When an entry was booked: as it says, else on the only day of the statement.

    Raises:
        ValidationError: neither says it, nor does the value date.
    """
    booked = entry.first("BookgDt/Dt", "BookgDt/DtTm")
    value = entry.first("ValDt/Dt", "ValDt/DtTm")
    value_on = read_day(value) if value else None
    booked_on = read_day(booked) if booked else day or value_on
    if booked_on is None:
        raise ValidationError(
            _("%(place)s: there is no booking date (BookgDt). Ask the bank for the file again.")
            % {"place": place_of(entry)},
            code="date",
        )
    return Days(booked_on, value_on)


def single_day(statement: Element) -> dt.date | None:
    """The day of a statement that opens and closes on one."""
    days = {
        read_day(one)
        for balance in statement.all("Bal")
        if balance.said("Tp/CdOrPrtry/Cd") in {"OPBD", "CLBD"}
        for path in ("Dt/Dt", "Dt/DtTm")
        for one in balance.all(path)
    }
    return days.pop() if len(days) == 1 else None


def references_of(entry: Element, payment: Element) -> tuple[str, str]:
    """The bank's reference of the payment itself, and of the entry it stands in.

    `NtryRef` often only counts the entries of the file, and then is no reference.
    """
    counted = known(entry.said("NtryRef"))
    of_entry = best_reference(
        known(entry.said("AcctSvcrRef")), counted if names_a_movement(counted) else ""
    )
    return known(payment.said("Refs/AcctSvcrRef")), of_entry


def best_reference(*references: str) -> str:
    """The first that can be a movement's own name, else the first there is."""
    return next(filter(names_a_movement, references), next(filter(None, references), ""))


def find_party(payment: Element, account: str, *, paid: bool) -> tuple[str, str, str]:
    """Name, account and principal of the other side; `paid` when the money went to them."""
    roles = ("Cdtr", "Dbtr") if paid else ("Dbtr", "Cdtr")
    for role in roles:
        at = f"RltdPties/{role}"
        number = "".join(payment.said(f"{at}Acct/Id/IBAN", f"{at}Acct/Id/Othr/Id").split())
        name = known(payment.said(f"{at}/Nm", f"{at}/Pty/Nm", f"{at}/Agt/FinInstnId/Nm"))
        behind = known(payment.said(f"RltdPties/Ultmt{role}/Nm", f"RltdPties/Ultmt{role}/Pty/Nm"))
        if number and number.upper() == account:
            # Some banks swap the roles of a payment that came back.
            continue
        return name or behind, number, behind if name else ""
    return "", "", ""


def remittance_of(payment: Element) -> str:
    """What the payer wrote, put together where the bank cut it, and the documents they named."""
    pieces = [one.pieces.strip("\r\n") for one in payment.all("RmtInf/Ustrd")]
    pieces += [one.pieces.strip("\r\n") for one in payment.all("RmtInf/Strd/AddtlRmtInf")]
    text = ""
    for piece in pieces:
        text += piece if len(piece) in FULL_PIECES else piece + " "
    documents = [one.text for one in payment.all("RmtInf/Strd/RfrdDocInf/Nb")]
    references = [one.text for one in payment.all("RmtInf/Strd/CdtrRefInf/Ref")]
    return tell(" ".join([text, *documents, *references[1:]]))


def original_of(payment: Element, currency: str) -> Original | None:
    """What was sent, when it was another currency."""
    for path in ("AmtDtls/InstdAmt", "AmtDtls/CntrValAmt", "AmtDtls/TxAmt"):
        for one in payment.all(path):
            amount = one.first("Amt")
            if amount is None or amount.unit in {"", currency}:
                continue
            rate = one.first("CcyXchg/XchgRate") or payment.first(
                "AmtDtls/TxAmt/CcyXchg/XchgRate", "AmtDtls/InstdAmt/CcyXchg/XchgRate"
            )
            return Original(
                exact_figure(amount.text, place=place_of(amount)),
                check_currency(amount.unit, place=place_of(amount)),
                exact_figure(rate.text, place=place_of(rate)) if rate else None,
            )
    return None
