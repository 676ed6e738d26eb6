"""ISO 20022 camt.053, the statement as XML: versions .02 to .08 and whatever keeps their names.

What is taken of it has had the same names since 2009; where a version moved something (the pages,
the amount of a single payment, a party's name), both places are asked. A bank's envelope around
the document is stepped over.
"""

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from dues.statements.amounts import check_currency
from dues.statements.camt_entries import read_entries
from dues.statements.camt_facts import place_of, read_day, signed_cents
from dues.statements.elements import Element, read_elements
from dues.statements.lines import Balance, Statement
from dues.statements.pages import Page, join_pages

FORMAT = "camt.053"
STATEMENTS = "BkToCstmrStmt"
# The sisters of the statement; what they say comes again in a statement.
SISTERS = {"BkToCstmrAcctRpt": "camt.052", "BkToCstmrDbtCdtNtfctn": "camt.054"}
# Opening booked, or what the statement before closed with.
OPENING, CLOSING = ("OPBD", "PRCD"), ("CLBD",)


def read_camt(content: bytes) -> list[Statement]:
    """The statements of a camt.053 document, without identities.

    Raises:
        ValidationError: no such document, or something in it that cannot be taken exactly.
    """
    message = find_message(read_elements(content))
    found = [read_page(message, one) for one in message.all("Stmt")]
    if not found:
        raise ValidationError(
            _("The file holds no statement (Stmt). Download it from the bank again."), code="empty"
        )
    return join_pages(found)


def find_message(root: Element) -> Element:
    """The element that holds the statements, inside whatever envelopes.

    Raises:
        ValidationError: another message, or no message of a bank at all.
    """
    waiting = [root]
    for element in waiting:
        if element.name == STATEMENTS:
            return element
        if element.name in SISTERS:
            raise ValidationError(
                _(
                    "This is a report of single movements (%(kind)s), not a statement: the same"
                    " payments come again in the statement. Ask the bank for camt.053."
                )
                % {"kind": SISTERS[element.name]},
                code="format",
            )
        if element.name != "Stmt":
            waiting.extend(element.inside)
    raise ValidationError(
        _("This XML is no bank statement. Ask the bank for camt.053, MT940 or CSV."), code="format"
    )


def read_page(message: Element, element: Element) -> Page:
    """One `Stmt`: a whole statement, or one page of it."""
    account = element.said("Acct/Id/IBAN", "Acct/Id/Othr/Id", "Acct/Id/PrtryAcct/Id")
    account = "".join(account.split()).upper()
    currency = currency_of(element)
    warnings: list[str] = []
    lines = tuple(read_entries(element, account, warnings))
    statement = Statement(
        format=FORMAT,
        account=account,
        currency=currency,
        statement_id=element.said("Id"),
        number=element.said("ElctrncSeqNb", "LglSeqNb"),
        opening=find_balance(element, currency, OPENING),
        closing=find_balance(element, currency, CLOSING),
        lines=lines,
    )
    starts, ends, number = find_page(message, element)
    if starts and ends:
        warnings.extend(check_count(element))
    return Page(replace(statement, warnings=tuple(warnings)), number, starts=starts, ends=ends)


def find_page(message: Element, element: Element) -> tuple[bool, bool, int]:
    """Whether a `Stmt` is the first and the last page of its statement, and its number.

    The oldest version counts pages of the message alone. They say nothing of a statement that has
    its own opening and closing balance: some banks never mark a last page.
    """
    own = element.first("StmtPgntn")
    pages = own or message.first("GrpHdr/MsgPgntn")
    if pages is None:
        return True, True, 1
    said = pages.said("PgNb").lstrip("0")[:6]
    number = int(said) if said.isdecimal() else 1
    starts, ends = number == 1, pages.said("LastPgInd").lower() in {"true", "1"}
    if own is None:
        starts = starts or is_final(element, OPENING)
        ends = ends or is_final(element, CLOSING)
    return starts, ends, number


def is_final(element: Element, codes: tuple[str, ...]) -> bool:
    """Whether the statement has one of these balances, and not only that of a page."""
    return any(
        one.said("Tp/CdOrPrtry/Cd") in codes and one.said("Tp/SubTp/Cd") != "INTM"
        for one in element.all("Bal")
    )


def check_count(element: Element) -> list[str]:
    """A sentence when the bank counted other entries than the file holds."""
    counted = element.said("TxsSummry/TtlNtries/NbOfNtries")
    found = sum(1 for _entry in element.all("Ntry"))
    if not counted.isdecimal() or int(counted[:9]) == found:
        return []
    return [
        _("The statement says it has %(counted)s entries, and the file holds %(found)s.")
        % {"counted": counted, "found": found}
    ]


def currency_of(element: Element) -> str:
    """The currency of the account; its balances and entries know it too."""
    code = element.said("Acct/Ccy")
    amounts = [one for path in ("Bal/Amt", "Ntry/Amt") for one in element.all(path)]
    code = code or next((one.unit for one in amounts if one.unit), "")
    return check_currency(code, place=place_of(element, "Acct/Ccy"))


def find_balance(element: Element, currency: str, codes: tuple[str, ...]) -> Balance | None:
    """The booked balance of the first code that the statement has, in the account's currency."""
    for code in codes:
        for one in element.all("Bal"):
            amount = one.first("Amt")
            is_wanted = amount is None or amount.unit == currency
            if one.said("Tp/CdOrPrtry/Cd", "Tp/Cd") == code and is_wanted:
                day = one.first("Dt/Dt", "Dt/DtTm")
                # Some central banks leave the direction out: then the account is in credit.
                cents = signed_cents(one, unsaid="CRDT")
                return Balance(cents, read_day(day) if day else None)
    return None
