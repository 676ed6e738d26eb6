"""The policy switches of dues (S8-S11, S18, S21, matching), their answers and defaults. Pure.

An answer stands here only when the rules really follow it.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from wego.switches import ChoiceSwitch, NumbersSwitch, NumberSwitch, Switch, choices_of

CENTS = 100


class ReminderWay(models.TextChoices):
    """S8: how a notice or reminder reaches the member."""

    MAIL_AND_LETTER = "mail_and_letter", _("by mail, with the letter and a statement of account")
    MAIL = "mail", _("by mail alone")
    OFF = "off", _("not at all")


class ArrearsFrom(models.TextChoices):
    """S9: when an unpaid invoice is in arrears."""

    DUE_DAY = "due_day", _("the day after its due day")
    YEAR_END = "year_end", _("the end of its dues year, 31 December")


class VotingStanding(models.TextChoices):
    """S10: what a member must have paid to vote."""

    PREVIOUS_YEARS = "previous_years", _("every invoice of previous dues years")
    NOTHING_OVERDUE = "nothing_overdue", _("every invoice that is past its due day")
    ONE_YEAR = "one_year", _("every invoice that is more than one year past its due day")


class CandidacyStanding(models.TextChoices):
    """S11: what a member must have paid to stand for office."""

    NOTHING_OPEN = "nothing_open", _("everything invoiced, by the day of its notice")
    PAYMENT_48H = "payment_48h", _("everything invoiced, at least 48 hours before its notice")


class PlanStanding(models.TextChoices):
    """S18: what a payment plan that is kept does for the vote."""

    KEEPS = "keeps", _("it keeps the vote")
    DOES_NOT = "does_not", _("it does not change the vote")


class MatchCertain(models.TextChoices):
    """Workflow 4.4: what becomes of a bank line that matches with certainty."""

    POST = "post", _("it is booked by itself")
    PROPOSE = "propose", _("it waits for a person, like every other")


@dataclass(frozen=True)
class DuesPolicies:
    """Every switch of dues as it stands; the defaults are those of the rule book.

    `reminder_days` count from the due day, those before it negative; bank charges are whole USD.
    """

    reminder_days: tuple[int, ...] = (-14, 1, 30, 90, 180)
    reminder_way: str = ReminderWay.MAIL_AND_LETTER
    claim_pause_days: int = 14
    arrears_from: str = ArrearsFrom.DUE_DAY
    voting_standing: str = VotingStanding.PREVIOUS_YEARS
    candidacy_standing: str = CandidacyStanding.NOTHING_OPEN
    plan_standing: str = PlanStanding.KEEPS
    bank_charge_limit: int = 50
    bank_charge_automatic: int = 0
    match_certain: str = MatchCertain.POST

    @property
    def bank_charge_limit_cents(self) -> int:
        """The largest rest that staff may close as bank charge (US cents)."""
        return self.bank_charge_limit * CENTS

    @property
    def bank_charge_automatic_cents(self) -> int:
        """The largest rest that closes by itself as bank charge (US cents)."""
        return self.bank_charge_automatic * CENTS


RULE_BOOK = DuesPolicies()
DUES, STANDING, PAYMENTS = _("Dues"), _("Good standing"), _("Payments")
SWITCHES: tuple[Switch, ...] = (
    NumbersSwitch(
        key="reminder_days",
        number="S8",
        group=DUES,
        label=_("Days from the due day on which members are written to"),
        effect=_(
            "Days before the due day are negative and send a friendly notice; the others are "
            "reminders. A member that has paid is not written to."
        ),
        default=RULE_BOOK.reminder_days,
        smallest=-90,
        largest=730,
        most=8,
    ),
    ChoiceSwitch(
        key="reminder_way",
        number="S8",
        group=DUES,
        label=_("Members are reminded"),
        effect=_(
            "The letter is a PDF in the member's language. Reminders already sent stay in the "
            "member's file."
        ),
        default=RULE_BOOK.reminder_way,
        choices=choices_of(ReminderWay),
    ),
    NumberSwitch(
        key="claim_pause_days",
        number="S8",
        group=DUES,
        label=_("Days for which “we paid” pauses reminders"),
        effect=_(
            "Counted from the day a member says so and hands in its proof of transfer. The "
            "invoice stays open until the payment is booked."
        ),
        default=RULE_BOOK.claim_pause_days,
        smallest=0,
        largest=90,
    ),
    ChoiceSwitch(
        key="arrears_from",
        number="S9",
        group=STANDING,
        label=_("An unpaid invoice is in arrears from"),
        effect=_(
            "Decides what is listed as arrears, on the member's file and in reports. What is "
            "owed, and when it is due, does not change."
        ),
        default=RULE_BOOK.arrears_from,
        choices=choices_of(ArrearsFrom),
    ),
    ChoiceSwitch(
        key="voting_standing",
        number="S10",
        group=STANDING,
        label=_("To vote, a full member city has paid"),
        effect=_(
            "Asked on the record day of a vote. An invoice that was waived, or closed by a "
            "decision, counts as paid."
        ),
        default=RULE_BOOK.voting_standing,
        choices=choices_of(VotingStanding),
    ),
    ChoiceSwitch(
        key="candidacy_standing",
        number="S11",
        group=STANDING,
        label=_("To stand for office, a full member city has paid"),
        effect=_(
            "Asked on the day of its notice. Issued invoices count even before their due day. "
            "Where 48 hours are asked for, payments of the two calendar days before the notice "
            "do not count."
        ),
        default=RULE_BOOK.candidacy_standing,
        choices=choices_of(CandidacyStanding),
    ),
    ChoiceSwitch(
        key="plan_standing",
        number="S18",
        group=PAYMENTS,
        label=_("A payment plan that is kept"),
        effect=_(
            "For voting alone: whoever stands for office has paid in full. A missed date ends a "
            "plan, and what it says here with it."
        ),
        default=RULE_BOOK.plan_standing,
        choices=choices_of(PlanStanding),
    ),
    NumberSwitch(
        key="bank_charge_limit",
        number="S21",
        group=PAYMENTS,
        label=_("Largest rest that staff may close as bank charge (USD)"),
        effect=_(
            "The payer bears the charges of its bank: a rest stays open until somebody closes "
            "it with a reason. Receipts show the amount that was received."
        ),
        default=RULE_BOOK.bank_charge_limit,
        smallest=0,
        largest=500,
    ),
    NumberSwitch(
        key="bank_charge_automatic",
        number="S21",
        group=PAYMENTS,
        label=_("Largest rest that closes by itself as bank charge (USD)"),
        effect=_(
            "Closed when a payment is matched with the invoice. With 0 nothing closes by itself."
        ),
        default=RULE_BOOK.bank_charge_automatic,
        smallest=0,
        largest=100,
        at_most="bank_charge_limit",
    ),
    ChoiceSwitch(
        key="match_certain",
        number="4.4",
        group=PAYMENTS,
        label=_("A bank line that matches with certainty"),
        effect=_(
            "Certain means that reference and amount leave no doubt what is paid. Every other line "
            "waits for a person, with a proposal."
        ),
        default=RULE_BOOK.match_certain,
        choices=choices_of(MatchCertain),
    ),
)
