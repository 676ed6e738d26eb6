"""Ways to corrupt books behind the rules' backs, each with the code of the fault it leaves.

Each takes a source of chance and changes something at random with raw updates; the guards are off.
One that finds nothing to corrupt in these books says so by returning False.
"""

import datetime as dt
from pathlib import Path

from django.conf import settings
from django.db import connection

from dues.models import (
    Adjustment,
    Allocation,
    BankLine,
    CreditNote,
    Entry,
    Invoice,
    InvoiceDocument,
    InvoiceSeries,
    NumberSeries,
    Payment,
    PeriodLock,
    Reversal,
)
from wego import guards
from wego.models import AuditEntry

DAY = dt.timedelta(days=1)


def any_of(chance, rows):
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    return rows.model.objects.get(pk=chance.choice(keys)) if keys else None


def change(row, **fields):
    if row is None:
        return False
    type(row).objects.filter(pk=row.pk).update(**fields)
    return True


def drop(*rows):
    with connection.cursor() as cursor:
        for row in rows:
            cursor.execute(f"DELETE FROM {row._meta.db_table} WHERE id = %s", [row.pk])


def entry_of(chance, *kinds):
    return any_of(chance, Entry.objects.filter(kind__in=kinds))


def amount_of_an_entry(chance):
    entry = any_of(chance, Entry.objects.all())
    return change(entry, amount_cents=entry.amount_cents + chance.randrange(1, 900))


def day_of_an_entry(chance):
    entry = entry_of(chance, "invoice", "allocation", "credit_note", "write_off", "bank_charge")
    return change(entry, posted_on=entry.posted_on + DAY)


def member_of_an_entry(chance):
    entry = any_of(chance, Entry.objects.all())
    other = any_of(chance, type(entry.member).objects.exclude(pk=entry.member_id))
    return change(entry, member=other)


def invoice_of_an_entry(chance):
    entry = entry_of(chance, "allocation", "credit_note", "write_off", "waiver", "bank_charge")
    other = entry and any_of(chance, Invoice.objects.exclude(pk=entry.invoice_id))
    return change(entry, invoice=other)


def payment_of_an_entry(chance):
    entry = entry_of(chance, "allocation", "refund")
    other = entry and any_of(chance, Payment.objects.exclude(pk=entry.payment_id))
    return bool(other) and change(entry, payment=other)


def kind_of_an_entry(chance):
    entry = entry_of(chance, "write_off")
    return change(entry, kind="waiver", debit="waivers")


def missing_entry(chance):
    untouched = Entry.objects.filter(reversal_of__isnull=True)
    drop(any_of(chance, untouched))
    return True


def amount_of_an_invoice(chance):
    invoice = any_of(chance, Invoice.objects.all())
    return change(invoice, amount_cents=invoice.amount_cents + 100)


def amount_of_a_payment(chance):
    payment = any_of(chance, Payment.objects.all())
    return change(payment, amount_cents=payment.amount_cents + 100)


def amount_of_an_allocation(chance):
    allocation = any_of(chance, Allocation.objects.all())
    return allocation is not None and change(allocation, amount_cents=allocation.amount_cents + 100)


def amount_of_a_credit_note(chance):
    note = any_of(chance, CreditNote.objects.all())
    return note is not None and change(note, amount_cents=note.amount_cents + 100)


def document_without_entry(chance):
    payment, invoice = any_of(chance, Payment.objects.all()), any_of(chance, Invoice.objects.all())
    Allocation.objects.create(
        payment=payment, invoice=invoice, amount_cents=100, allocated_on=payment.received_on
    )
    return True


def reversal_without_entry(chance):
    entry = any_of(chance, Entry.objects.standing())
    Reversal.objects.create(reverses=entry, reversed_on=entry.posted_on, reason="x")
    return True


def reversal_before_its_time(chance):
    entry = entry_of(chance, "reversal")
    if entry is None:
        return False
    early = entry.reversal.reverses.posted_on - DAY
    change(entry.reversal, reversed_on=early)
    return change(entry, posted_on=early)


def reversal_that_does_not_turn_round(chance):
    entry = entry_of(chance, "reversal")
    return entry is not None and change(entry, debit=entry.credit, credit=entry.debit)


def missing_invoice(chance):
    bare = Invoice.objects.filter(document__isnull=True)
    lone = [each for each in bare if each.entries.count() == 1 and not each.credit_notes.exists()]
    if not lone:
        return False
    invoice = chance.choice(lone)
    drop(invoice.entries.get(), invoice)
    return True


def counter_of_invoices(chance):
    series = any_of(chance, InvoiceSeries.objects.all())
    return change(series, last_number=series.last_number + chance.choice([-1, 1, 7]))


def counter_of_receipts(chance):
    series = any_of(chance, NumberSeries.objects.all())
    return change(series, last_number=series.last_number + chance.choice([-1, 1, 7]))


def number_of_an_invoice(chance):
    return change(any_of(chance, Invoice.objects.all()), number="WEGO-2030-0001")


def reference_of_an_invoice(chance):
    return change(any_of(chance, Invoice.objects.all()), reference="RF00WEGO")


def number_of_a_receipt(chance):
    return change(any_of(chance, Payment.objects.all()), number="RC-1999-0001")


def allocation_beyond_the_invoice(chance):
    payment = any_of(chance, Payment.objects.all())
    invoice = any_of(chance, Invoice.objects.filter(member=payment.member))
    return allocate(payment, invoice, invoice.amount_cents + 1)


def allocation_of_another_member(chance):
    payment = any_of(chance, Payment.objects.all())
    invoice = any_of(chance, Invoice.objects.exclude(member=payment.member))
    return allocate(payment, invoice, 1)


def allocate(payment, invoice, cents):
    on = max(payment.received_on, invoice.issued_on)
    allocation = Allocation.objects.create(
        payment=payment, invoice=invoice, amount_cents=cents, allocated_on=on
    )
    Entry.objects.create(
        kind="allocation",
        debit="credit",
        credit="receivables",
        posted_on=on,
        amount_cents=cents,
        member=invoice.member,
        invoice=invoice,
        payment=payment,
        allocation=allocation,
    )
    return True


def credited_twice(chance):
    note = any_of(chance, CreditNote.objects.filter(kind="void"))
    if note is None:
        return False
    series = NumberSeries.objects.get(kind="credit_note", year=note.year)
    change(series, last_number=series.last_number + 1)
    again = CreditNote.objects.get(pk=note.pk)
    again.pk, again.sequence = None, series.last_number + 1
    again.number = f"CN-{note.year}-{again.sequence:04d}"
    again.save(force_insert=True)
    entry = Entry.objects.get(credit_note=note)
    entry.pk, entry.credit_note = None, again
    entry.save(force_insert=True)
    return True


def live_invoice_replaced(chance):
    first = any_of(chance, Invoice.objects.live())
    later = first and any_of(chance, Invoice.objects.filter(replaces=None).exclude(pk=first.pk))
    return bool(later) and change(later, replaces=first)


def posted_into_a_locked_period(chance):
    entry = any_of(chance, Entry.objects.filter(kind__in=("payment",)))
    lock = PeriodLock.objects.create(through=entry.posted_on, reason="Closed")
    return change(entry, recorded_at=lock.recorded_at + dt.timedelta(seconds=5))


def payment_before_it_came(chance):
    payment = any_of(chance, Payment.objects.all())
    return change(payment, received_on=dt.date(2022, 1, 1))


def line_booked_twice(chance):
    standing = Entry.objects.standing().filter(kind="payment")
    free = any_of(chance, standing.filter(payment__bank_line__isnull=True))
    line = BankLine.objects.first()
    if free is None:
        return False
    used = sum(each.amount_cents for each in standing.filter(payment__bank_line=line))
    change(line, amount=max(1, used + free.amount_cents - 1))
    return change(free.payment, bank_line=line)


def reference_booked_twice(chance):
    standing = Entry.objects.standing().filter(kind="payment", payment__bank_line__isnull=True)
    keys = list(standing.order_by("pk").values_list("payment", flat=True))
    if len(keys) < 2:
        return False
    Payment.objects.filter(pk__in=chance.sample(keys, 2)).update(bank_reference="FT-TWICE")
    return True


def stored_file_altered(chance):
    document = any_of(chance, InvoiceDocument.objects.all())
    path = Path(settings.DOCUMENTS_DIR) / document.path
    data = bytearray(path.read_bytes())
    data[chance.randrange(len(data))] ^= 1
    path.chmod(0o600)
    path.write_bytes(data)
    return True


def hash_of_a_file(chance):
    return change(any_of(chance, InvoiceDocument.objects.all()), sha256="f" * 64)


def size_of_a_file(chance):
    document = any_of(chance, InvoiceDocument.objects.all())
    return change(document, size=document.size + 1)


def audit_entry_altered(chance):
    return change(any_of(chance, AuditEntry.objects.all()), label="Somebody else")


def guard_removed(chance):
    guard = chance.choice(guards.declared())
    guards.run_statements(connection, guard.remove(connection.vendor))
    return True


def adjustment_of_another_kind(chance):
    adjustment = any_of(chance, Adjustment.objects.filter(kind="write_off"))
    return change(adjustment, kind="waiver")


FAULTS = {
    amount_of_an_entry: "entry_differs",
    day_of_an_entry: "entry_differs",
    member_of_an_entry: "entry_differs",
    invoice_of_an_entry: "entry_differs",
    payment_of_an_entry: "entry_differs",
    kind_of_an_entry: "entry_differs",
    amount_of_an_invoice: "entry_differs",
    amount_of_a_payment: "entry_differs",
    amount_of_an_allocation: "entry_differs",
    amount_of_a_credit_note: "entry_differs",
    adjustment_of_another_kind: "entry_differs",
    missing_entry: "no_entry",
    document_without_entry: "no_entry",
    reversal_without_entry: "no_entry",
    reversal_before_its_time: "reversal",
    reversal_that_does_not_turn_round: "entry_differs",
    missing_invoice: "gap",
    counter_of_invoices: "gap",
    counter_of_receipts: "gap",
    number_of_an_invoice: "number",
    reference_of_an_invoice: "number",
    number_of_a_receipt: "number",
    allocation_beyond_the_invoice: "invoice_overdrawn",
    allocation_of_another_member: "other_member",
    credited_twice: "over_credited",
    live_invoice_replaced: "replaced_live",
    posted_into_a_locked_period: "locked",
    payment_before_it_came: "early",
    line_booked_twice: "line_overused",
    reference_booked_twice: "same_reference",
    stored_file_altered: "file",
    hash_of_a_file: "file",
    size_of_a_file: "file",
    audit_entry_altered: "audit",
    guard_removed: "guard",
}
