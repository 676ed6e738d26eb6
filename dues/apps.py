"""What is owed: fee schedules, assessment, invoices and their documents."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from wego.guards import Guard

INVOICE_MESSAGE = "an issued invoice never changes: correct it with a credit note"


class DuesConfig(AppConfig):
    """Dues."""

    name = "dues"
    verbose_name = _("Dues")
    guards = (
        Guard("dues_invoice", INVOICE_MESSAGE),
        Guard("dues_invoicedocument", "a stored document never changes"),
        Guard("dues_duesrun", "a run that was issued never changes"),
        Guard(
            "dues_feeschedule",
            "a fee schedule that priced an invoice is frozen: draft a new one",
            when="EXISTS (SELECT 1 FROM dues_invoice WHERE dues_invoice.schedule_id = OLD.id)",
        ),
    )
