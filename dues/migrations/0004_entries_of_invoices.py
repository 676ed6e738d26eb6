"""Post the invoices that were issued before there was a ledger."""

from django.db import migrations

BATCH = 1000


def post_invoices(apps, _schema_editor):
    Invoice = apps.get_model("dues", "Invoice")
    Entry = apps.get_model("dues", "Entry")
    posted = Entry.objects.filter(kind="invoice").values("invoice")
    waiting = Invoice.objects.exclude(pk__in=posted).order_by("pk").select_related("run")
    batch = []
    for invoice in waiting.defer("snapshot").iterator(chunk_size=BATCH):
        batch.append(
            Entry(
                kind="invoice",
                posted_on=invoice.issued_on,
                debit="receivables",
                credit="income",
                amount_cents=invoice.amount_cents,
                member_id=invoice.member_id,
                invoice=invoice,
                recorded_by_id=invoice.run.issued_by_id,
            )
        )
        if len(batch) == BATCH:
            Entry.objects.bulk_create(batch)
            batch.clear()
    Entry.objects.bulk_create(batch)


class Migration(migrations.Migration):
    dependencies = [("dues", "0003_ledger")]

    operations = [migrations.RunPython(post_invoices, migrations.RunPython.noop)]
