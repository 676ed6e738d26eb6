"""Reissue: a wrong invoice is voided and issued anew with today's figures, wholly or not at all.

The voided one keeps its number and stays as it was printed (X04); the new one takes the next number
of its year and names the one it replaces. What had been paid becomes credit on account.
"""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from dues.credit_notes import is_void, void_invoice
from dues.ledger import lock_account
from dues.models import Invoice
from dues.one_member import DAYS_TO_PAY, find_invoice, issue_one, preview_member, refuse_unpriced
from dues.preview import Preview
from members.models import User
from wego import audit


def price_again(invoice: Invoice) -> Preview:
    """The year of an invoice as it would be priced now, had it not been issued.

    Raises:
        ValidationError: a schedule in force would price wrongly.
    """
    return preview_member(invoice.member, invoice.dues_year)


def choose_new_due_day(invoice: Invoice, on: dt.date) -> dt.date:
    """The old due day, or 30 days from now where that has passed."""
    return invoice.due_on if invoice.due_on >= on else on + dt.timedelta(days=DAYS_TO_PAY)


@transaction.atomic
def reissue_invoice(
    invoice: Invoice,
    *,
    reason: str,
    on: dt.date,
    by: User | None,
    due_on: dt.date | None = None,
    expected_hash: str = "",
) -> Invoice:
    """Void an invoice, if it stands, and issue its year anew for that one member.

    `expected_hash` is that of the new pricing a person saw. When it is refused nothing is changed:
    the old invoice stands as it did.

    Raises:
        ValidationError: it can no longer be priced, was issued anew already, is a merged
            duplicate's, its pricing changed since it was shown, or no reason is given.
    """
    lock_account(invoice.member)
    refuse_reissue(invoice)
    if not reason.strip():
        raise ValidationError(_("Say why the invoice is issued anew."), code="reason")
    preview = price_again(invoice)
    if expected_hash and expected_hash != preview.hash:
        raise ValidationError(
            _("Something changed since the new amount was shown. Nothing was changed: look again."),
            code="world_changed",
        )
    refuse_unpriced(preview)
    if not is_void(invoice):
        void_invoice(invoice, reason=reason, on=on, by=by)
        # What was paid is on the account now, and the new invoice says so.
        preview = price_again(invoice)
    due = due_on or choose_new_due_day(invoice, on)
    anew = issue_one(preview, due_on=due, on=on, by=by)
    audit.record_act(
        "invoice.reissued",
        by=by,
        subject=anew,
        file=invoice.member,
        why=reason.strip(),
        facts={"number": [invoice.number, anew.number]},
    )
    return anew


def refuse_reissue(invoice: Invoice) -> None:
    """An invoice is issued anew once, and for a member that stands alone.

    Raises:
        ValidationError: it was, or the member does not.
    """
    if after := Invoice.objects.filter(replaces=invoice).first():
        raise ValidationError(
            _("%(number)s was issued anew as %(after)s. Nothing was changed.")
            % {"number": invoice.number, "after": after.number},
            code="reissued",
        )
    if invoice.member.merged_into_id:
        raise ValidationError(
            _("%(member)s was merged into %(survivor)s: void this invoice, and invoice that one.")
            % {"member": invoice.member, "survivor": invoice.member.merged_into},
            code="merged",
        )
    other = find_invoice(invoice.member, invoice.dues_year)
    if other and other != invoice:
        raise ValidationError(
            _("%(number)s stands for %(year)s already. Nothing was changed.")
            % {"number": other.number, "year": invoice.dues_year},
            code="invoiced",
        )
