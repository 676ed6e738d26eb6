"""The policy switches of a member's life (S1-S6, S12-S16), their answers and defaults. Pure.

An answer stands here only when the rules really follow it.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from wego.switches import ChoiceSwitch, NumberSwitch, Switch, choices_of


class AssociateFrom(models.TextChoices):
    """S1: from which day an accepted applicant is an associate."""

    ACCEPTANCE = "acceptance", _("the day the secretariat accepts the application")
    SUBMISSION = "submission", _("the day the application was submitted, once it is accepted")


class FullBy(models.TextChoices):
    """S2: who makes an associate a full member."""

    EITHER = "excom_or_assembly", _("EXCOM; a decision of the General Assembly counts as well")
    ASSEMBLY = "assembly", _("the General Assembly alone")
    BOTH = "excom_then_assembly", _("EXCOM provisionally, then the General Assembly ratifies")


class CarryOver(models.TextChoices):
    """S3: what becomes of an associate no EXCOM of the year decided on."""

    CARRIED = "carried", _("it stays an associate and goes to the next EXCOM")
    LAPSES = "lapses", _("the application lapses on 31 December and must be made anew")


class FullOn(models.TextChoices):
    """S4: the first day of full membership."""

    DECISION = "decision", _("the day of the decision")
    MEETING_END = "meeting_end", _("the last day of the meeting")
    MEMORANDUM = "memorandum", _("the date of the memorandum")


class FirstDues(models.TextChoices):
    """S5: the first year a full member pays for."""

    NEXT_YEAR = "next_year", _("the year after the approval")
    SAME_YEAR = "same_year", _("the year of the approval, in full")
    PRO_RATA = "pro_rata", _("the year of the approval, by the months from the approval on")
    LAST_QUARTER = (
        "q4_next_year",
        _("the year of the approval; approved from October on, the year after"),
    )


class DuesYear(models.TextChoices):
    """S6: what a dues year is."""

    CALENDAR = "calendar", _("1 January to 31 December")


class ExpelledBy(models.TextChoices):
    """S13: which body expels."""

    EXCOM = "excom", _("EXCOM")
    ASSEMBLY = "assembly", _("the General Assembly")


class WithdrawalEffective(models.TextChoices):
    """S14: the day a notice of withdrawal takes effect."""

    YEAR_END = "year_end", _("31 December of the year the notice is received")
    DECISION = "decision", _("the day a body notes it")
    SIX_MONTHS = "six_months", _("six months after it is received")
    IMMEDIATE = "immediate", _("the day it is received")


class LeavingYear(models.TextChoices):
    """S15: what a member owes for the year in which it leaves."""

    IN_FULL = "in_full", _("the whole year")
    PRO_RATA = "pro_rata", _("the months until it leaves")
    CANCELLED = "cancelled", _("nothing, if the notice came before the due day")


class Readmission(models.TextChoices):
    """S16: how a former member with arrears comes back."""

    SETTLED = "settled", _("after the arrears are paid, or waived by a decision")
    FREE_LATER = "free_after_three_years", _("the same; three years after it left, freely")


@dataclass(frozen=True)
class Policies:
    """Every switch as it stands; the defaults are those of the rule book."""

    associate_from: str = AssociateFrom.ACCEPTANCE
    full_by: str = FullBy.EITHER
    carry_over: str = CarryOver.CARRIED
    full_on: str = FullOn.DECISION
    first_dues: str = FirstDues.NEXT_YEAR
    dues_year: str = DuesYear.CALENDAR
    suspension_years: int = 2
    expelled_by: str = ExpelledBy.EXCOM
    hearing_days: int = 30
    withdrawal_effective: str = WithdrawalEffective.YEAR_END
    leaving_year: str = LeavingYear.IN_FULL
    readmission: str = Readmission.SETTLED


RULE_BOOK = Policies()
JOINING, DUES, LEAVING = _("Becoming a member"), _("Dues"), _("Leaving and coming back")
SWITCHES: tuple[Switch, ...] = (
    ChoiceSwitch(
        key="associate_from",
        number="S1",
        group=JOINING,
        label=_("An associate from"),
        effect=_(
            "The first day of associate status when the secretariat accepts an application. "
            "Submission alone never makes a member: nobody is on the roster before acceptance."
        ),
        default=RULE_BOOK.associate_from,
        choices=choices_of(AssociateFrom),
    ),
    ChoiceSwitch(
        key="full_by",
        number="S2",
        group=JOINING,
        label=_("A full member by decision of"),
        effect=_(
            "An approval by any other body is refused. Where both decide, EXCOM's approval is "
            "recorded as provisional and the member stays an associate until the General "
            "Assembly ratifies."
        ),
        default=RULE_BOOK.full_by,
        choices=choices_of(FullBy),
    ),
    ChoiceSwitch(
        key="carry_over",
        number="S3",
        group=JOINING,
        label=_("Not decided on by the EXCOM of its year"),
        effect=_(
            "What happens on 31 December to an accepted application that waits for a decision. "
            "One that an EXCOM expressly deferred is carried over in either case."
        ),
        default=RULE_BOOK.carry_over,
        choices=choices_of(CarryOver),
    ),
    ChoiceSwitch(
        key="full_on",
        number="S4",
        group=JOINING,
        label=_("Full membership begins on"),
        effect=_(
            "A calendar date in Seoul. The other two days are asked for when a decision is "
            "recorded, and an approval without them is refused."
        ),
        default=RULE_BOOK.full_on,
        choices=choices_of(FullOn),
    ),
    ChoiceSwitch(
        key="first_dues",
        number="S5",
        group=DUES,
        label=_("First dues year"),
        effect=_(
            "Decides who is priced in a dues year. Invoices already issued do not change, and "
            "nobody is invoiced twice for a year."
        ),
        default=RULE_BOOK.first_dues,
        choices=choices_of(FirstDues),
    ),
    ChoiceSwitch(
        key="dues_year",
        number="S6",
        group=DUES,
        label=_("Dues year"),
        effect=_(
            "Fixed. Invoice numbers, fee schedules and figures are kept by calendar year; a "
            "member with another fiscal year is given a later due day instead."
        ),
        default=RULE_BOOK.dues_year,
        choices=choices_of(DuesYear),
    ),
    NumberSwitch(
        key="suspension_years",
        number="S12",
        group=LEAVING,
        label=_("Unpaid dues years before a suspension is proposed"),
        effect=_(
            "Shown where a suspension is proposed, as the practice of the house. Nothing is "
            "proposed by itself, however long the arrears, and a body decides in any case."
        ),
        default=RULE_BOOK.suspension_years,
        smallest=1,
        largest=9,
    ),
    ChoiceSwitch(
        key="expelled_by",
        number="S13",
        group=LEAVING,
        label=_("Expelled by decision of"),
        effect=_(
            "An expulsion by another body is refused. Expelling automatically some days after a "
            "suspension is not offered: WeGO expels only by a recorded decision."
        ),
        default=RULE_BOOK.expelled_by,
        choices=choices_of(ExpelledBy),
    ),
    NumberSwitch(
        key="hearing_days",
        number="S13",
        group=LEAVING,
        label=_("Days in which the member may be heard"),
        effect=_(
            "Counted from the proposal to suspend or expel; a decision on it before they have "
            "passed is refused. Proposals already opened keep their day."
        ),
        default=RULE_BOOK.hearing_days,
        smallest=0,
        largest=365,
    ),
    ChoiceSwitch(
        key="withdrawal_effective",
        number="S14",
        group=LEAVING,
        label=_("A withdrawal takes effect on"),
        effect=_(
            "The last day's status decides who owes the next year. Notices already filed keep "
            "their day. An associate, who owes nothing, leaves on the day of its notice."
        ),
        default=RULE_BOOK.withdrawal_effective,
        choices=choices_of(WithdrawalEffective),
    ),
    ChoiceSwitch(
        key="leaving_year",
        number="S15",
        group=LEAVING,
        label=_("For the year in which it leaves, a member owes"),
        effect=_(
            "Decides what an invoice not issued yet asks for. An issued one stays a debt in "
            "every case and is never lowered silently."
        ),
        default=RULE_BOOK.leaving_year,
        choices=choices_of(LeavingYear),
    ),
    ChoiceSwitch(
        key="readmission",
        number="S16",
        group=LEAVING,
        label=_("A former member with arrears is accepted again"),
        effect=_(
            "A readmission is a new application, and starts as an associate. The old debt is not "
            "forgiven by time alone: it stays on the former invoices."
        ),
        default=RULE_BOOK.readmission,
        choices=choices_of(Readmission),
    ),
)
