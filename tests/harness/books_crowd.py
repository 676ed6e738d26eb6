"""Books of any size: members with years of invoices, paid in every way there is; always the same.

Rows are written in bulk, the ledger's own guards aside for the time (they look at every row), and
`verify_books` finds nothing wrong with what comes out. Three entries an invoice, near enough:
`fill_books(5_000, 10)` makes some 143,000.
"""

import datetime as dt
import random
from itertools import count

from dues.explained import BANK_LABELS
from dues.guards import GUARDS
from dues.invoicing import payment_reference
from dues.models import (
    ACCOUNTS_OF,
    Adjustment,
    Allocation,
    CreditNote,
    DuesRun,
    Entry,
    FeeSchedule,
    Invoice,
    InvoiceSeries,
    NumberSeries,
    Payment,
)
from members.models import Member, StatusEntry
from wego import guards

BATCH = 2_000
FEES = (40_000, 150_000, 350_000, 600_000, 750_000, 1_000_000)
# How an invoice of every hundred fares: the rest is paid in full.
UNPAID, PART, SHORT, OVER, VOID, WRITTEN_OFF = 7, 6, 6, 4, 2, 1
# What pages read of every invoice.
PRINTED = {
    "language": "en",
    "bank": dict.fromkeys(BANK_LABELS, ""),
    "issuer": {"email": "secretariat@wego.example"},
}
REGIONS = (("KR", "asia"), ("NP", "asia"), ("NG", "africa"), ("DE", "europe"), ("BR", "americas"))


class Books:
    """Rows collected and written batch by batch, documents before their entries."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.keys = {model: count(1) for model in (Invoice, Payment, Allocation, Entry)}
        self.keys |= {Adjustment: count(1), CreditNote: count(1)}
        self.rows = {
            model: [] for model in (Invoice, Payment, CreditNote, Allocation, Adjustment, Entry)
        }
        self.series = {}
        self.written = 0

    def add(self, model, **fields):
        row = model(pk=next(self.keys[model]), **fields)
        self.rows[model].append(row)
        return row

    def post(self, kind, cents, on, member_id, **about):
        debit, credit = ACCOUNTS_OF[kind]
        about = {name: row.pk for name, row in about.items()}
        self.add(
            Entry,
            kind=kind,
            posted_on=on,
            debit=debit,
            credit=credit,
            amount_cents=cents,
            member_id=member_id,
            **{f"{name}_id": key for name, key in about.items()},
        )

    def number(self, kind, year):
        self.series[kind, year] = self.series.get((kind, year), 0) + 1
        return self.series[kind, year]

    def write(self, *, at_least=0):
        if len(self.rows[Entry]) < at_least:
            return
        self.written += len(self.rows[Entry])
        for model, rows in self.rows.items():
            model.objects.bulk_create(rows, batch_size=BATCH)
            rows.clear()


def fill_books(members, years, *, first_year=2015, seed=1):
    """Members with an invoice in each of some years; how many entries were posted."""
    from django.db import connection

    for guard in GUARDS:
        guards.run_statements(connection, guard.remove(connection.vendor))
    written = write_books(members, years, first_year=first_year, seed=seed)
    guards.install()
    return written


def write_books(members, years, *, first_year, seed):
    books = Books(seed)
    people = add_members(members, first_year)
    schedule = FeeSchedule.objects.get(kind="city", first_dues_year=2020)
    for year in range(first_year, first_year + years):
        run = DuesRun.objects.create(
            dues_year=year,
            issued_on=dt.date(year, 1, 15),
            due_on=dt.date(year, 3, 31),
            preview_hash="0" * 64,
            invoice_count=members,
            total_cents=1,
        )
        for sequence, member in enumerate(people, start=1):
            invoice = add_invoice(books, member, run, schedule, sequence)
            settle(books, invoice)
            books.write(at_least=BATCH)
        InvoiceSeries.objects.create(year=year, last_number=members)
    books.write()
    NumberSeries.objects.bulk_create(
        NumberSeries(kind=kind, year=year, last_number=last)
        for (kind, year), last in books.series.items()
    )
    advance_keys(books)
    return books.written


def advance_keys(books):
    """Let PostgreSQL go on counting where the rows end."""
    from django.core.management.color import no_style
    from django.db import connection

    statements = connection.ops.sequence_reset_sql(no_style(), list(books.keys))
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def add_members(members, first_year):
    """Full member cities of several countries, since before the first year."""
    people = Member.objects.bulk_create(
        [
            Member(
                kind="city",
                name_en=f"City {number:05d}",
                name_ko=f"도시 {number:05d}",
                country_code=REGIONS[number % len(REGIONS)][0],
                region=REGIONS[number % len(REGIONS)][1],
            )
            for number in range(members)
        ],
        batch_size=BATCH,
    )
    since = dt.date(first_year - 1, 9, 1)
    StatusEntry.objects.bulk_create(
        [
            StatusEntry(member=member, status="full", effective_on=since, reason="roster")
            for member in people
        ],
        batch_size=BATCH,
    )
    return people


def add_invoice(books, member, run, schedule, sequence):
    year, number = run.dues_year, f"WEGO-{run.dues_year}-{sequence:04d}"
    cents = FEES[(member.pk + year // 7) % len(FEES)]
    invoice = books.add(
        Invoice,
        number=number,
        dues_year=year,
        sequence=sequence,
        member_id=member.pk,
        run_id=run.pk,
        schedule_id=schedule.pk,
        amount_cents=cents,
        currency="USD",
        reference=payment_reference(number),
        issued_on=run.issued_on,
        due_on=run.due_on,
        snapshot={"member": {"name_en": member.name_en, "name_ko": member.name_ko}, **PRINTED},
    )
    books.post("invoice", cents, invoice.issued_on, member.pk, invoice=invoice)
    return invoice


def settle(books, invoice):
    """What became of an invoice, by chance."""
    chance, cents = books.random.randrange(100), invoice.amount_cents
    for share, act in (
        (UNPAID, lambda: None),
        (PART, lambda: pay(books, invoice, cents // 2, cents // 2)),
        (SHORT, lambda: pay_short(books, invoice)),
        (OVER, lambda: pay(books, invoice, cents + 10_000, cents)),
        (VOID, lambda: credit(books, invoice)),
        (WRITTEN_OFF, lambda: adjust(books, invoice, "write_off", cents, 500)),
    ):
        if chance < share:
            act()
            return
        chance -= share
    pay(books, invoice, cents, cents)


def pay(books, invoice, cents, used):
    day = invoice.issued_on + dt.timedelta(days=books.random.randrange(10, 300))
    sequence = books.number("receipt", day.year)
    payment = books.add(
        Payment,
        number=f"RC-{day.year}-{sequence:04d}",
        year=day.year,
        sequence=sequence,
        member_id=invoice.member_id,
        received_on=day,
        amount_cents=cents,
        payer=invoice.snapshot["member"]["name_en"],
        bank_reference=f"FT{day:%y%j}{sequence}",
    )
    books.post("payment", cents, day, invoice.member_id, payment=payment)
    allocation = books.add(
        Allocation,
        payment_id=payment.pk,
        invoice_id=invoice.pk,
        amount_cents=used,
        allocated_on=day,
    )
    books.post(
        "allocation",
        used,
        day,
        invoice.member_id,
        invoice=invoice,
        payment=payment,
        allocation=allocation,
    )
    return day


def pay_short(books, invoice):
    pay(books, invoice, invoice.amount_cents - 2_500, invoice.amount_cents - 2_500)
    adjust(books, invoice, "bank_charge", 2_500, 301)


def adjust(books, invoice, kind, cents, after):
    day = invoice.issued_on + dt.timedelta(days=after)
    decided = {"decided_on": day, "decided_by": "EXCOM", "decision_reference": "item 7"}
    adjustment = books.add(
        Adjustment,
        kind=kind,
        invoice_id=invoice.pk,
        amount_cents=cents,
        adjusted_on=day,
        reason="Charges of the payer's bank" if kind == "bank_charge" else "Lost",
        **(decided if kind == "write_off" else {}),
    )
    books.post(kind, cents, day, invoice.member_id, invoice=invoice, adjustment=adjustment)


def credit(books, invoice):
    day = invoice.issued_on + dt.timedelta(days=20)
    sequence = books.number("credit_note", day.year)
    note = books.add(
        CreditNote,
        number=f"CN-{day.year}-{sequence:04d}",
        year=day.year,
        sequence=sequence,
        kind="void",
        invoice_id=invoice.pk,
        amount_cents=invoice.amount_cents,
        issued_on=day,
        reason="Left before the year began",
    )
    books.post(
        "credit_note",
        invoice.amount_cents,
        day,
        invoice.member_id,
        invoice=invoice,
        credit_note=note,
    )
