"""What may be done with lines of bank statements: the books are read once for all of them.

However many lines there are, the database is asked the same few questions.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from dues.invoicing import invoice_number
from dues.ledger import OWNER, RECEIVABLE
from dues.matching import (
    MOST,
    Books,
    Confidence,
    Due,
    Limits,
    Money,
    Proposal,
    propose,
)
from dues.models import BankLine, Entry, EntryKind, Invoice, Payment, Payout, Refund
from dues.payers import NameIndex
from dues.policies import DuesPolicies
from dues.written import find_mentions
from members.search import Named, read_names
from wego import reader
from wego.finding import fold
from wego.money import USD


class Way(StrEnum):
    """What is done with a line: money in, a refund out, or what the bank took back."""

    PAYMENT = "payment"
    PAYOUT = "payout"
    RETURNED = "returned"
    PAYOUT_RETURNED = "payout_returned"


@dataclass(frozen=True)
class Offer:
    """One thing that may be done with a line; `target` is the row it is about.

    For a payment that is the member's key, else the refund's, the payment's or the payout's.
    `title` is the member's name, `numbers` are those of the invoices in `parts`.
    """

    way: Way
    target: int
    confidence: Confidence
    reasons: tuple[str, ...]
    parts: tuple[tuple[int, int], ...] = ()
    short_cents: int = 0
    rest_cents: int = 0
    title: str = ""
    numbers: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Names the offer on a page: nothing else is done than what a person saw."""
        parts = ",".join(f"{invoice}:{cents}" for invoice, cents in self.parts)
        return f"{self.way}-{self.target}-{parts}-{self.short_cents}"


def rest_of(line: BankLine) -> int:
    """What of a line is not booked yet (hundredths of its currency); see `banking.with_used`."""
    return line.amount - (line.used_cents if line.currency == USD else 0)


def money_of(line: BankLine) -> Money:
    """A line as matching sees it."""
    return Money(
        cents=rest_of(line),
        currency=line.currency,
        party=line.party,
        account=line.party_account,
        texts=(line.creditor_reference, line.end_to_end, line.text),
    )


def propose_for(lines: Sequence[BankLine], policies: DuesPolicies) -> dict[int, list[Offer]]:
    """What may be done with each line, by its key, the surest first."""
    coming = [line for line in lines if line.amount > 0 and not line.is_reversal]
    offers: dict[int, list[Offer]] = {line.pk: [] for line in lines}
    if coming:
        names = read_names()
        books = read_books(coming, names, policies)
        for line in coming:
            proposed = propose(money_of(line), books)
            offers[line.pk] = [offer_of(each, books, names[each.member]) for each in proposed]
    others = [line for line in lines if line.amount < 0 or line.is_reversal]
    if others:
        refunds, payments, payouts = read_refunds(others), read_paid(others), read_payouts(others)
        for line in others:
            found = refunds if not line.is_reversal else payments if line.amount < 0 else payouts
            offers[line.pk] = rank(line, found.get((line.currency, abs(line.amount)), []))
    return offers


def offer_of(proposal: Proposal, books: Books, named: Named) -> Offer:
    """The booking of a payment that matching proposes."""
    numbers = {due.pk: due.number for due in books.open_dues.get(proposal.member, ())}
    return Offer(
        Way.PAYMENT,
        proposal.member,
        proposal.confidence,
        proposal.reasons,
        proposal.parts,
        proposal.short_cents,
        proposal.rest_cents,
        reader.choose(*named.names[:2]),
        tuple(numbers[pk] for pk, _cents in proposal.parts),
    )


def read_books(
    lines: Iterable[BankLine], names: Mapping[int, Named], policies: DuesPolicies
) -> Books:
    """Everything that money coming in is held against, in three queries besides the names."""
    dues = read_open_dues()
    by_member: dict[int, list[Due]] = defaultdict(list)
    by_amount: dict[int, list[Due]] = defaultdict(list)
    for due in dues:
        by_member[due.member].append(due)
        by_amount[due.open_cents].append(due)
    return Books(
        places={(due.year, due.sequence): due for due in [*read_settled(lines), *dues]},
        open_dues=by_member,
        names=NameIndex({pk: named.names for pk, named in names.items()}),
        payers=read_payers(lines),
        limits=Limits(policies.bank_charge_limit_cents, policies.bank_charge_automatic_cents),
        by_amount=by_amount,
    )


def read_open_dues() -> list[Due]:
    """Every invoice with something left to pay, the oldest first."""
    rows = (
        Entry.objects.filter(invoice__isnull=False)
        .order_by()
        .values("invoice")
        .annotate(open=Sum(RECEIVABLE))
        .filter(open__gt=0)
        .values_list(
            "invoice",
            "invoice__number",
            OWNER,
            "invoice__dues_year",
            "invoice__sequence",
            "open",
        )
    )
    return sorted((Due(*row) for row in rows), key=lambda due: (due.year, due.sequence))


def read_settled(lines: Iterable[BankLine]) -> list[Due]:
    """The invoices that lines name, as if nothing were open on them."""
    texts = {text for line in lines for text in money_of(line).texts}
    numbers = {invoice_number(each.year, each.sequence) for each in find_mentions(*texts)}
    rows = Invoice.objects.filter(number__in=numbers).annotate(owner=OWNER).order_by()
    fields = rows.values_list("pk", "number", "owner", "dues_year", "sequence")
    return [Due(*row, open_cents=0) for row in fields]


def read_payers(lines: Iterable[BankLine]) -> Mapping[str, frozenset[int]]:
    """For whom the accounts and payers of some lines have paid before, folded."""
    accounts = {line.party_account for line in lines} - {""}
    parties = {line.party for line in lines} - {""}
    same = (
        Q(payment__bank_line__party_account__in=accounts)
        | Q(payment__bank_line__party__in=parties)
        | Q(payment__payer__in=parties)
    )
    standing = Entry.objects.standing().filter(same, kind=EntryKind.PAYMENT).order_by()
    found: dict[str, set[int]] = defaultdict(set)
    rows = standing.annotate(owner=OWNER).values_list(
        "owner", "payment__bank_line__party_account", "payment__bank_line__party", "payment__payer"
    )
    for member, *printed in rows.distinct():
        for text in filter(None, printed):
            found[fold(text)].add(member)
    return {key: frozenset(members) for key, members in found.items() if key}


Found = dict[tuple[str, int], list[tuple[Offer, str]]]


def read_refunds(lines: Iterable[BankLine]) -> Found:
    """Refunds that wait for their payout, by amount; with the payer they go back to."""
    amounts = {-line.amount for line in lines if line.amount < 0 and not line.is_reversal}
    paid = Payout.objects.filter(entry__reversal_of__isnull=True)
    waiting = (
        Refund.objects.filter(amount_cents__in=amounts, entry__reversal_of__isnull=True)
        .exclude(payouts__in=paid)
        .select_related("payment__member")
    )
    return group(
        (
            each.amount_cents,
            Offer(
                Way.PAYOUT,
                each.pk,
                Confidence.LIKELY,
                (
                    _("A refund of this amount waits: %(number)s of %(member)s")
                    % {"number": each.payment.number, "member": each.payment.member},
                ),
            ),
            f"{each.pay_to} {each.payment.payer} {each.payment.member.name_en}",
        )
        for each in waiting.order_by("pk")
    )


def read_paid(lines: Iterable[BankLine]) -> Found:
    """Payments booked from statements that the bank may have taken back, by amount."""
    amounts = {-line.amount for line in lines if line.amount < 0 and line.is_reversal}
    standing = Entry.objects.standing().filter(kind=EntryKind.PAYMENT).values("payment")
    rows = Payment.objects.filter(amount_cents__in=amounts, pk__in=standing)
    return group(
        (
            each.amount_cents,
            Offer(
                Way.RETURNED,
                each.pk,
                Confidence.POSSIBLE,
                (
                    _("The bank takes back what came in: %(number)s of %(member)s")
                    % {"number": each.number, "member": each.member},
                ),
            ),
            each.payer,
        )
        for each in rows.select_related("member").order_by("-received_on", "-pk")
    )


def read_payouts(lines: Iterable[BankLine]) -> Found:
    """Refunds paid out that may have come back, by amount."""
    amounts = {line.amount for line in lines if line.amount > 0 and line.is_reversal}
    rows = Payout.objects.filter(
        refund__amount_cents__in=amounts, entry__reversal_of__isnull=True
    ).select_related("refund__payment__member")
    return group(
        (
            each.refund.amount_cents,
            Offer(
                Way.PAYOUT_RETURNED,
                each.pk,
                Confidence.POSSIBLE,
                (
                    _("A refund came back: %(number)s of %(member)s")
                    % {
                        "number": each.refund.payment.number,
                        "member": each.refund.payment.member,
                    },
                ),
            ),
            f"{each.refund.pay_to} {each.refund.payment.payer}",
        )
        for each in rows.order_by("-paid_on", "-pk")
    )


def group(rows: Iterable[tuple[int, Offer, str]]) -> Found:
    """Offers in US dollars by amount, each with the names that speak for it."""
    found: Found = defaultdict(list)
    for cents, offer, names in rows:
        found[USD, cents].append((offer, names))
    return found


def rank(line: BankLine, found: Iterable[tuple[Offer, str]]) -> list[Offer]:
    """The offers for a line, those to or from the same name first."""
    party = fold(line.party)
    ordered = sorted(found, key=lambda each: not (party and party in fold(each[1])))
    return [offer for offer, _names in ordered[:MOST]]
