"""The policy switches of awards (S36): what a new edition begins with. Pure."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wego.switches import ChoiceSwitch, NumberSwitch, Switch

GROUP = _("Awards")
PRIZES = NumberSwitch(
    key="award_prizes",
    number="S36",
    group=GROUP,
    label=_("Prizes per category"),
    effect=_(
        "Three are gold, silver and bronze. An edition begins with this number and may give each "
        "category its own."
    ),
    default=3,
    smallest=1,
    largest=10,
)
ENTRIES_PER_CITY = NumberSwitch(
    key="award_entries_per_city",
    number="S36",
    group=GROUP,
    label=_("Entries of one city"),
    effect=_("An edition begins with this number; entries submitted before are kept."),
    default=2,
    smallest=1,
    largest=20,
)
RECUSAL = ChoiceSwitch(
    key="award_recusal",
    number="S36",
    group=GROUP,
    label=_("Jurors do not score entries"),
    effect=_(
        "Such entries are set aside for the juror, and the average is over the others. A juror "
        "may also recuse themselves of any entry. An edition begins with this answer."
    ),
    default="country",
    choices={
        "country": _("of their own country, and of their own employer"),
        "employer": _("of their own employer only"),
    },
)
LANGUAGE = ChoiceSwitch(
    key="award_language",
    number="S36",
    group=GROUP,
    label=_("Entries are written"),
    effect=_("The jury is international. Pages and mails are in English and Korean."),
    default="english",
    choices={"english": _("in English")},
)
AWARDS: tuple[Switch, ...] = (PRIZES, ENTRIES_PER_CITY, RECUSAL, LANGUAGE)
