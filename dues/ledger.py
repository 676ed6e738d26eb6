"""Posting to the receivables ledger, and every balance, which is always derived from its entries.

Whoever moves money of a member holds the lock on that member's row first, so that two acts at once
come one after the other; the database refuses what would overdraw all the same.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from itertools import groupby
from operator import itemgetter

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS
from django.db.models import (
    BigIntegerField,
    Case,
    F,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from dues.models import (
    ACCOUNTS_OF,
    Account,
    Entry,
    EntryKind,
    Invoice,
    Payment,
    PeriodLock,
    Reversal,
)
from members.models import Member, User

ONE_DAY = dt.timedelta(days=1)
# The member that owes and is owed: a duplicate's money is that of the member it was merged into.
OWNER = Coalesce("member__merged_into_id", "member_id")


def owner_of(member: Member) -> Member:
    """The member whose account this is: a duplicate's is that of the one it was merged into."""
    return member.merged_into or member


def of_account(owner: int) -> Q:
    """Rows of a member and of the duplicates that were merged into it."""
    return of_accounts([owner])


def of_accounts(owners: Collection[int]) -> Q:
    """Rows of some members and of the duplicates that were merged into them.

    By their keys: asked over a join, either side of an "or" would have the whole table read.
    """
    theirs = Q(pk__in=owners) | Q(merged_into__in=owners)
    return Q(member__in=Member.objects.filter(theirs).order_by())


def lock_account(member: Member) -> Member:
    """Take the lock of a member's account until the transaction ends; the account's owner."""
    owner = member.merged_into_id or member.pk
    return Member.objects.select_for_update(no_key=True).get(pk=owner)


def signed(account: str, *, as_debit: bool = True) -> Case:
    """What an entry adds to an account; debits count as positive, or credits do."""
    plus, minus = ("debit", "credit") if as_debit else ("credit", "debit")
    return Case(
        When(Q((plus, account)), then=F("amount_cents")),
        When(Q((minus, account)), then=-F("amount_cents")),
        default=Value(0),
        output_field=BigIntegerField(),
    )


RECEIVABLE = signed(Account.RECEIVABLES)
ON_ACCOUNT = signed(Account.CREDIT, as_debit=False)


def by_day(entries: QuerySet[Entry], on: dt.date | None) -> QuerySet[Entry]:
    """The entries posted by a day; all of them without one."""
    return entries if on is None else entries.filter(posted_on__lte=on)


def total_of(entries: QuerySet[Entry], amount: Case) -> int:
    """The sum of what entries add, in US cents."""
    found = entries.order_by().aggregate(total=Sum(amount))["total"]
    return int(found or 0)


def with_open(invoices: QuerySet[Invoice], on: dt.date | None = None) -> QuerySet[Invoice]:
    """Adds `open_cents`: what is still to be paid of each invoice, by a day."""
    entries = by_day(Entry.objects.filter(invoice=OuterRef("pk")), on).order_by()
    total = entries.values("invoice").annotate(total=Sum(RECEIVABLE)).values("total")
    added = {"open_cents": Coalesce(Subquery(total), 0)}
    return invoices.annotate(**added)


def with_left(payments: QuerySet[Payment], on: dt.date | None = None) -> QuerySet[Payment]:
    """Adds `left_cents`: what of each payment is credit on account, by a day."""
    entries = by_day(Entry.objects.filter(payment=OuterRef("pk")), on).order_by()
    total = entries.values("payment").annotate(total=Sum(ON_ACCOUNT)).values("total")
    added = {"left_cents": Coalesce(Subquery(total), 0)}
    return payments.annotate(**added)


def open_of(invoice: Invoice, on: dt.date | None = None) -> int:
    """What is still to be paid of an invoice (US cents), by a day."""
    return total_of(by_day(Entry.objects.filter(invoice=invoice), on), RECEIVABLE)


def left_of(payment: Payment, on: dt.date | None = None) -> int:
    """What of a payment is credit on account (US cents), by a day."""
    return total_of(by_day(Entry.objects.filter(payment=payment), on), ON_ACCOUNT)


def entries_of(member: Member) -> QuerySet[Entry]:
    """Every entry of a member's account, those of its merged duplicates among them."""
    return Entry.objects.filter(of_account(member.merged_into_id or member.pk))


def receivable_of(member: Member, on: dt.date | None = None) -> int:
    """What a member owes in all (US cents), by a day."""
    return total_of(by_day(entries_of(member), on), RECEIVABLE)


def credit_of(member: Member, on: dt.date | None = None) -> int:
    """A member's credit on account (US cents), by a day."""
    return total_of(by_day(entries_of(member), on), ON_ACCOUNT)


def balances(account: Case, on: dt.date | None = None) -> dict[int, int]:
    """What every member's account holds of something (US cents), in one query; none that is zero.

    The keys are the owners: duplicates count as the member they were merged into.
    """
    rows = by_day(Entry.objects.order_by(), on).annotate(owner=OWNER).values("owner")
    totals = rows.annotate(total=Sum(account)).exclude(total=0)
    return dict(totals.values_list("owner", "total"))


def total_balance(account: str, on: dt.date | None = None) -> int:
    """The balance of an account (US cents), debits positive, by a day."""
    return total_of(by_day(Entry.objects.all(), on), signed(account))


def total_money(*, using: str = DEFAULT_DB_ALIAS) -> dict[str, int]:
    """What was ever debited and credited on each account (US cents), by `account.side`."""
    entries = Entry.objects.using(using).order_by()
    return {
        f"{row[side]}.{side}": int(row["total"])
        for side in ("debit", "credit")
        for row in entries.values(side).annotate(total=Sum("amount_cents"))
    }


def locked_through() -> dt.date | None:
    """The last day of the locked period; None when nothing is locked."""
    return PeriodLock.objects.order_by("-pk").values_list("through", flat=True).first()


def find_open_day(wanted: dt.date) -> dt.date:
    """The day itself, or the first one after the locked period: what comes late lands there."""
    through = locked_through()
    return wanted if through is None or wanted > through else through + ONE_DAY


def refuse_locked(on: dt.date) -> None:
    """Nothing is posted in a locked period.

    Raises:
        ValidationError: the day lies in it.
    """
    through = locked_through()
    if through is not None and on <= through:
        raise ValidationError(
            _(
                "The books are closed through %(through)s: choose a day after it, or have the "
                "period unlocked."
            )
            % {"through": through.isoformat()},
            code="period_locked",
        )


def find_covered_day(movements: Iterable[tuple[dt.date, int]], cents: int, day: dt.date) -> dt.date:
    """The first day from `day` on from which a balance never again falls below an amount.

    `movements` are days and signed amounts in the order of days. Posting there leaves no day on
    which more was taken than there was, even when something is recorded late.
    """
    balance, found = 0, None
    for posted_on, moved in groupby(movements, key=itemgetter(0)):
        balance += sum(amount for _day, amount in moved)
        if balance < cents:
            found = None
        elif found is None:
            found = max(posted_on, day)
    return found or day


def movements_of(entries: QuerySet[Entry], amount: Case) -> list[tuple[dt.date, int]]:
    """Days and signed amounts of entries, in the order of days."""
    rows = entries.order_by("posted_on", "pk").annotate(moved=amount)
    return list(rows.values_list("posted_on", "moved"))


def find_invoice_day(invoice: Invoice, cents: int, wanted: dt.date) -> dt.date:
    """The first open day from `wanted` on on which so much can be taken off an invoice."""
    moved = movements_of(Entry.objects.filter(invoice=invoice), RECEIVABLE)
    return find_open_day(find_covered_day(moved, cents, max(wanted, invoice.issued_on)))


def find_payment_day(payment: Payment, cents: int, wanted: dt.date) -> dt.date:
    """The first open day from `wanted` on on which so much of a payment is credit on account."""
    moved = movements_of(Entry.objects.filter(payment=payment), ON_ACCOUNT)
    return find_open_day(find_covered_day(moved, cents, wanted))


def post_entry(
    kind: str,
    *,
    cents: int,
    member_id: int,
    on: dt.date,
    by: User | None,
    **about: Model | None,
) -> Entry:
    """Post the one entry of a document, between the accounts of its kind.

    `about` names the invoice and payment concerned, and the document itself.

    Raises:
        ValidationError: the day lies in a locked period.
    """
    refuse_locked(on)
    entry = new_entry(kind, cents=cents, member_id=member_id, on=on, by=by, **about)
    entry.save(force_insert=True)
    return entry


def new_entry(
    kind: str, *, cents: int, member_id: int, on: dt.date, by: User | None, **about: Model | None
) -> Entry:
    """An entry as `post_entry` posts it, not stored: for documents issued in bulk."""
    debit, credit = ACCOUNTS_OF[kind]
    return Entry(
        kind=kind,
        posted_on=on,
        debit=debit,
        credit=credit,
        amount_cents=cents,
        member_id=member_id,
        recorded_by=by,
        **about,
    )


def entry_of_invoice(invoice: Invoice, *, by: User | None) -> Entry:
    """The entry of an issued invoice, posted on its issue day; not stored."""
    return new_entry(
        EntryKind.INVOICE,
        cents=invoice.amount_cents,
        member_id=invoice.member_id,
        on=invoice.issued_on,
        by=by,
        invoice=invoice,
    )


def reverse_entry(entry: Entry, *, reason: str, on: dt.date, by: User | None) -> Reversal:
    """Answer an entry by its opposite; the caller has made sure that nothing rests on it.

    Posted on the given day, or on the first after a locked period.

    Raises:
        ValidationError: it is reversed already, is a reversal, or no reason is given.
    """
    refuse_reversed(entry)
    if not reason.strip():
        raise ValidationError(_("Say why this is taken back."), code="reason")
    day = max(find_open_day(on), entry.posted_on)
    reversal = Reversal.objects.create(
        reverses=entry, reversed_on=day, reason=reason.strip(), recorded_by=by
    )
    refuse_locked(day)
    Entry.objects.create(
        kind=EntryKind.REVERSAL,
        posted_on=day,
        debit=entry.credit,
        credit=entry.debit,
        amount_cents=entry.amount_cents,
        member_id=entry.member_id,
        invoice_id=entry.invoice_id,
        payment_id=entry.payment_id,
        reversal=reversal,
        recorded_by=by,
    )
    return reversal


def refuse_reversed(entry: Entry) -> None:
    """What was taken back once is not taken back again.

    Raises:
        ValidationError: it is reversed, or a reversal itself.
    """
    if entry.kind == EntryKind.REVERSAL or Reversal.objects.filter(reverses=entry).exists():
        raise ValidationError(
            _("This was taken back already. Nothing was changed."), code="reversed"
        )
