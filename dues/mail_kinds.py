"""The mails dues sends; their words stand in templates/mail/<name>.<language>.txt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from wego.wording import MailKind

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# Every mail of dues names its member and leads to the portal.
PAYER: dict[str, StrOrPromise] = {
    "member": _("name of the member"),
    "portal": _("address of the member's portal"),
}
PAYER_SAMPLES = {"member": "Kathmandu", "portal": "https://members.example/portal/"}

_INVOICE: dict[str, StrOrPromise] = {
    **PAYER,
    "number": _("number of the invoice"),
    "year": _("dues year"),
    "amount": _("open amount"),
    "due_on": _("due day"),
    "reference": _("payment reference"),
}
_SAMPLES = {
    **PAYER_SAMPLES,
    "number": "WEGO-2020-0001",
    "year": "2020",
    "amount": "USD 7,500.00",
    "due_on": "31 March 2020",
    "reference": "RF18 WEGO 2020 0001",
}
KINDS: tuple[MailKind, ...] = (
    MailKind(
        "credit_note",
        _("Credit note"),
        {
            **PAYER,
            "number": _("number of the credit note"),
            "invoice": _("number of the invoice"),
            "amount": _("amount credited"),
            "rest": _("what the invoice stands for now"),
            "reason": _("the reason"),
            "link": _("page of the invoice in the portal"),
        },
        samples={
            **PAYER_SAMPLES,
            "number": "CN-2020-0001",
            "invoice": "WEGO-2020-0002",
            "amount": "USD 625.00",
            "rest": "USD 625.00",
            "reason": "Earthquake: half of the dues are waived by EXCOM.",
            "link": "https://members.example/portal/invoices/WEGO-2020-0002/",
        },
    ),
    MailKind("invoice_issued", _("Invoice"), _INVOICE, samples=_SAMPLES),
    MailKind("dues_notice", _("Notice before the due day"), _INVOICE, samples=_SAMPLES),
    MailKind("dues_reminder", _("Reminder"), _INVOICE, samples=_SAMPLES),
    MailKind("dues_letter", _("Letter of the Secretary General"), _INVOICE, samples=_SAMPLES),
    MailKind(
        "payment_receipt",
        _("Receipt of a payment"),
        {
            **PAYER,
            "receipt": _("number of the receipt"),
            "amount": _("amount received"),
            "received_on": _("day on which it arrived"),
            "settled": _("what it settled, a line each"),
        },
        samples={
            **PAYER_SAMPLES,
            "receipt": "RC-2020-0001",
            "amount": "USD 7,475.00",
            "received_on": "20 March 2020",
            "settled": "WEGO-2020-0001: USD 7,475.00, still open USD 25.00",
        },
    ),
)
