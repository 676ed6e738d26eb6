"""What is owed: fee schedules, assessment, invoices and their documents."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from wego.guards import Guard
from wego.nav import NavItem

INVOICE_MESSAGE = "an issued invoice never changes: correct it with a credit note"


class DuesConfig(AppConfig):
    """Dues."""

    name = "dues"
    verbose_name = _("Dues")
    nav = (
        NavItem(_("Dues year"), "admin:dues_years", "dues.view_invoice", 30),
        NavItem(_("Invoices"), "admin:dues_invoice_changelist", "dues.view_invoice", 40),
        NavItem(
            _("Fee schedules"), "admin:dues_feeschedule_changelist", "dues.view_feeschedule", 50
        ),
    )
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
