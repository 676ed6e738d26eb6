"""What is owed: fee schedules, assessment, invoices and their documents."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from dues import mail_kinds
from dues.guards import GUARDS
from dues.scopes import SCOPES
from wego.nav import NavItem


class DuesConfig(AppConfig):
    """Dues."""

    name = "dues"
    verbose_name = _("Dues")
    switches = "dues.switches.SWITCHES"
    mails = mail_kinds.KINDS
    answers: ClassVar = {
        "fee quote": "dues.answers.quote_fee",
        "fee quotes": "dues.answers.quote_fees",
        "invoice count": "dues.answers.count_invoices",
        "unsupported invoices": "dues.answers.tell_unsupported",
        "open arrears": "dues.arrears.find_arrears",
        "waiver decided": "dues.adjustments.follow_waiver",
        "waiver corrected": "dues.adjustments.take_waiver_back",
        "next invoice": "dues.answers.foresee_invoice",
        "letterhead": "dues.letterhead.read_letterhead",
        "secretariat address": "dues.letterhead.read_secretariat_address",
        "found": "dues.finding.find_hits",
        "money totals": "dues.ledger.total_money",
        "waiting work": "dues.documents.tell_waiting",
        "proof of the books": "dues.proof.prove_for_house",
        "happenings": "dues.finding.tell_happenings",
    }
    acts: ClassVar = {
        "dues.issued": _("Invoices issued"),
        "payment.recorded": _("Payment recorded"),
        "payment.allocated": _("Payment allocated"),
        "payment.released": _("Allocation taken back"),
        "payment.reversed": _("Payment taken back"),
        "payment.moved": _("Payment moved to another member"),
        "credit.applied": _("Credit on account used"),
        "refund.decided": _("Refund decided"),
        "refund.paid": _("Refund paid out"),
        "refund.reversed": _("Refund taken back"),
        "payout.reversed": _("Payout of a refund taken back"),
        "invoice.voided": _("Invoice voided by credit note"),
        "invoice.reissued": _("Invoice issued anew"),
        "invoice.reduced": _("Invoice reduced by credit note"),
        "invoice.bank_charge": _("Rest closed as bank charge"),
        "invoice.waiver": _("Waived by decision"),
        "invoice.write_off": _("Written off by decision"),
        "reduction.decided": _("Reduction decided"),
        "reduction.ended": _("Reduction taken back"),
        "adjustment.reversed": _("Adjustment taken back"),
        "claim.filed": _("Payment announced by the member"),
        "claim.closed": _("Announced payment answered"),
        "reminder.sent": _("Reminder sent"),
        "reminders.paused": _("Reminders paused"),
        "plan.agreed": _("Payment plan agreed"),
        "plan.ended": _("Payment plan ended"),
        "statement.imported": _("Bank statement imported"),
        "line.set_aside": _("Bank line set aside"),
        "line.taken_back": _("Bank line set aside waits again"),
        "period.locked": _("Books closed"),
        "period.unlocked": _("Books opened again"),
        "dues.downloaded": _("Invoices or register of a dues year downloaded"),
        "statement.written": _("Statement of account written"),
        "meeting_paper.written": _("Paper on dues written for a meeting"),
        "books.downloaded": _("Report of the books downloaded"),
        "schedule.saved": _("Fee schedule saved"),
        "schedule.copied": _("Fee schedule copied into a draft"),
        "schedule.put_in_force": _("Fee schedule put in force"),
        "schedule.discarded": _("Draft of a fee schedule thrown away"),
        "issuer.changed": _("Invoice settings changed"),
    }
    nav_group = _("Dues")
    nav = (
        NavItem(
            _("Bank"),
            "admin:dues_bank_queue",
            "dues.change_bankline",
            44,
            also=("admin:dues_bankstatement_changelist",),
        ),
        NavItem(_("Dues year"), "admin:dues_years", "dues.view_invoice", 30),
        NavItem(_("Invoices"), "admin:dues_invoice_changelist", "dues.view_invoice", 40),
        NavItem(
            _("Payments"),
            "admin:dues_payment_changelist",
            "dues.view_payment",
            42,
            also=(
                "admin:dues_refund_changelist",
                "admin:dues_paymentclaim_changelist",
                "admin:dues_periodlock_changelist",
            ),
        ),
        NavItem(
            _("Books"),
            "admin:dues_entry_changelist",
            "dues.view_invoice",
            46,
            also=("admin:dues_aging", "admin:dues_cash", "admin:dues_numbers"),
        ),
        NavItem(
            _("Fee schedules"), "admin:dues_feeschedule_changelist", "dues.view_feeschedule", 50
        ),
        NavItem(_("Good standing"), "admin:dues_standing", "dues.view_invoice", 45),
        NavItem(_("Reminders"), "admin:dues_reminders", "dues.view_reminder", 46),
        NavItem(
            _("Payment plans"), "admin:dues_paymentplan_changelist", "dues.view_paymentplan", 47
        ),
        NavItem(_("Reductions"), "admin:dues_reduction_changelist", "dues.view_reduction", 48),
    )
    guards = GUARDS
    scopes = SCOPES
    happenings: ClassVar = {
        "invoice.issued": _("Invoice issued"),
        "payment.recorded": _("Payment recorded"),
    }
