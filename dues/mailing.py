"""Issued invoices mailed with their PDF to whoever handles money at the member, each once (4.3).

What is to be done is what the rows say: issued, its PDF made, something open, not mailed, and
somebody to write to. Sweeping twice, in two processes at once or after a kill ends the same.
"""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from dues.correspondence import find_payers, write_to_payer
from dues.explained import file_name
from dues.ledger import lock_account, with_open
from dues.models import Invoice, InvoiceMailing
from dues.reminders import tell_invoice
from members.models import Contact

BATCH = 100


def find_unmailed() -> QuerySet[Invoice]:
    """Invoices to mail, the oldest first."""
    contacts = Contact.objects.filter(
        Q(member=OuterRef("member")) | Q(member=OuterRef("member__merged_into"))
    )
    ready = Invoice.objects.filter(mailing__isnull=True, document__isnull=False)
    rows = with_open(ready.filter(Exists(contacts))).filter(Q(("open_cents__gt", 0)))
    return rows.select_related("member__merged_into", "document").order_by("pk")


def mail_invoices(*, limit: int = BATCH) -> int:
    """Mail what is to be mailed, at most `limit`; each in its own transaction. Returns how many."""
    return sum(mail_invoice(invoice) for invoice in find_unmailed()[:limit])


@transaction.atomic
def mail_invoice(invoice: Invoice) -> bool:
    """Mail one invoice, unless somebody did meanwhile or nobody is there to write to."""
    owner = lock_account(invoice.member)
    if InvoiceMailing.objects.filter(invoice=invoice).exists():
        return False
    document = {
        "name": file_name(invoice),
        "path": invoice.document.path,
        "sha256": invoice.document.sha256,
        "type": "application/pdf",
    }
    payers = find_payers(owner)
    if not payers:
        return False
    facts = tell_invoice(invoice, owner.language)
    write_to_payer("invoice_issued", owner, facts, attachments=[document])
    InvoiceMailing.objects.create(invoice=invoice, to_email=payers[0].email)
    return True
