"""The policy switches of offices (S33-S35), their answers and defaults. Pure.

An answer stands here only when the rules really follow it.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from wego.switches import ChoiceSwitch, NumberSwitch, Switch, choices_of


class AssociateSeats(models.TextChoices):
    """S34: whether an associate may hold an office."""

    EXCEPTION = "exception", _("by way of exception, with a written reason")
    NEVER = "never", _("not at all")


class TermEnds(models.TextChoices):
    """S35: the last day offered for a new term."""

    THIRD_YEAR = "third_year", _("31 December of the third calendar year")
    NEXT_ASSEMBLY = (
        "next_assembly",
        _("the first day of the next Assembly, where its day is set; else 31 December"),
    )


@dataclass(frozen=True)
class OfficePolicies:
    """Every switch of offices as it stands; the defaults are those of the rule book."""

    most_excom_cities: int = 20
    fewest_vice_presidents: int = 5
    associate_seats: str = AssociateSeats.EXCEPTION
    term_ends: str = TermEnds.THIRD_YEAR


RULE_BOOK = OfficePolicies()
GROUP = _("Offices and terms")
OFFICES: tuple[Switch, ...] = (
    NumberSwitch(
        key="most_excom_cities",
        number="S33",
        group=GROUP,
        label=_("EXCOM cities at most, with President and Vice Presidents"),
        effect=_(
            "One more is refused, unless a written reason is given, which is kept. A city that "
            "holds several offices counts once. Terms already recorded stay."
        ),
        default=RULE_BOOK.most_excom_cities,
        smallest=1,
        largest=99,
    ),
    NumberSwitch(
        key="fewest_vice_presidents",
        number="S33",
        group=GROUP,
        label=_("Vice President Cities at least, besides the Executive one"),
        effect=_("With fewer the page of terms and offices warns; nothing is refused."),
        default=RULE_BOOK.fewest_vice_presidents,
        smallest=0,
        largest=99,
    ),
    ChoiceSwitch(
        key="associate_seats",
        number="S34",
        group=GROUP,
        label=_("An associate city in the EXCOM"),
        effect=_("Such a city sits there and has no vote until it is a full member."),
        default=RULE_BOOK.associate_seats,
        choices=choices_of(AssociateSeats),
    ),
    ChoiceSwitch(
        key="term_ends",
        number="S35",
        group=GROUP,
        label=_("A term ends on"),
        effect=_(
            "The day offered when terms are recorded; another may be typed. Whoever is elected or "
            "appointed to the same office ends it sooner. Terms already recorded keep their day."
        ),
        default=RULE_BOOK.term_ends,
        choices=choices_of(TermEnds),
    ),
)
