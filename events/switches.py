"""The policy switches of meetings (S27-S32), their answers and defaults. Pure.

The Statute could not be read: what it leaves open here is a choice, never a guess in the code.
An answer stands here only when the rules really follow it.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from events.award_switches import AWARDS
from events.office_switches import OFFICES
from wego.switches import ChoiceSwitch, NumberSwitch, Switch, choices_of

LONGEST_NOTICE = 365


class VotesOf(models.TextChoices):
    """S27: who has a vote."""

    CITIES = "cities", _("one for each full member city, none for institutions and companies")


class QuorumRule(models.TextChoices):
    """S28: how many of those entitled must be there."""

    MORE_THAN_HALF = "more_than_half", _("more than half of those entitled")
    ONE_THIRD = "one_third", _("a third of those entitled")
    NONE = "none", _("none: one voter is enough")


class StatuteQuorum(models.TextChoices):
    """S28: the same where the statute is amended."""

    SAME = "same", _("as for everything else")
    TWO_THIRDS = "two_thirds", _("two thirds of those entitled")


class MajorityRule(models.TextChoices):
    """S29: how many votes carry a motion."""

    SIMPLE = "simple", _("more votes for than against; the statute: two thirds of the votes cast")
    ABSOLUTE = (
        "absolute",
        _("more than half of those entitled; the statute: two thirds of those entitled"),
    )


class ProxyRule(models.TextChoices):
    """S30: whether one city may vote for another."""

    ONE = "one", _("one for each city, in writing, to a voter of the same meeting")
    NONE = "none", _("not at all")
    UNLIMITED = "unlimited", _("any number, in writing, to a voter of the same meeting")


class WrittenRule(models.TextChoices):
    """S31: whether a body may decide between its meetings."""

    EXCOM = "excom", _("EXCOM may")
    NONE = "none", _("not at all")


@dataclass(frozen=True)
class MeetingPolicies:
    """Every switch of meetings as it stands; the defaults are those of the rule book.

    Notices are whole days before the first day of a meeting.
    """

    votes_of: str = VotesOf.CITIES
    quorum: str = QuorumRule.MORE_THAN_HALF
    statute_quorum: str = StatuteQuorum.SAME
    majority: str = MajorityRule.SIMPLE
    proxies: str = ProxyRule.ONE
    written: str = WrittenRule.EXCOM
    written_days: int = 14
    assembly_call_days: int = 60
    assembly_agenda_days: int = 30
    excom_call_days: int = 30
    excom_agenda_days: int = 14


RULE_BOOK = MeetingPolicies()
GROUP = _("Meetings and votes")


def notice_switch(key: str, label: object, default: int) -> NumberSwitch:
    """One of the notice periods of S32."""
    return NumberSwitch(
        key=key,
        number="S32",
        group=GROUP,
        label=label,  # type: ignore[arg-type]  # lazy words
        effect=_(
            "The page of a meeting names the last day and warns when it has passed. Nothing is "
            "refused: a meeting called late is still a meeting."
        ),
        default=default,
        smallest=0,
        largest=LONGEST_NOTICE,
    )


MEETINGS: tuple[Switch, ...] = (
    ChoiceSwitch(
        key="votes_of",
        number="S27",
        group=GROUP,
        label=_("Votes"),
        effect=_(
            "Fixed. Associates and observers speak and never vote; a city must be full on the day "
            "of the vote and have paid what S10 asks for. An advisory vote is not counted here."
        ),
        default=RULE_BOOK.votes_of,
        choices=choices_of(VotesOf),
    ),
    ChoiceSwitch(
        key="quorum",
        number="S28",
        group=GROUP,
        label=_("Quorum"),
        effect=_(
            "Counted from those who are in the room or represented by proxy. Without it nothing "
            "that is resolved can be confirmed, and nothing takes effect."
        ),
        default=RULE_BOOK.quorum,
        choices=choices_of(QuorumRule),
    ),
    ChoiceSwitch(
        key="statute_quorum",
        number="S28",
        group=GROUP,
        label=_("Quorum to amend the statute"),
        effect=_("Asked for on agenda items about the statute alone."),
        default=RULE_BOOK.statute_quorum,
        choices=choices_of(StatuteQuorum),
    ),
    ChoiceSwitch(
        key="majority",
        number="S29",
        group=GROUP,
        label=_("Majority"),
        effect=_(
            "A count of votes that does not reach it is never recorded as an approval. "
            "Abstentions are no votes cast."
        ),
        default=RULE_BOOK.majority,
        choices=choices_of(MajorityRule),
    ),
    ChoiceSwitch(
        key="proxies",
        number="S30",
        group=GROUP,
        label=_("Proxies"),
        effect=_(
            "Proxies count for the quorum while the city that holds them is there and the one "
            "that gave them is not."
        ),
        default=RULE_BOOK.proxies,
        choices=choices_of(ProxyRule),
    ),
    ChoiceSwitch(
        key="written",
        number="S31",
        group=GROUP,
        label=_("Written ballots between meetings"),
        effect=_("The General Assembly decides in its meetings in any case."),
        default=RULE_BOOK.written,
        choices=choices_of(WrittenRule),
    ),
    NumberSwitch(
        key="written_days",
        number="S31",
        group=GROUP,
        label=_("Days a written ballot stays open, at least"),
        effect=_("A shorter one is refused. Ballots already opened keep their last day."),
        default=RULE_BOOK.written_days,
        smallest=1,
        largest=LONGEST_NOTICE,
    ),
    notice_switch(
        "assembly_call_days",
        _("General Assembly: days from the call"),
        RULE_BOOK.assembly_call_days,
    ),
    notice_switch(
        "assembly_agenda_days",
        _("General Assembly: days from the agenda"),
        RULE_BOOK.assembly_agenda_days,
    ),
    notice_switch("excom_call_days", _("EXCOM: days from the call"), RULE_BOOK.excom_call_days),
    notice_switch(
        "excom_agenda_days", _("EXCOM: days from the agenda"), RULE_BOOK.excom_agenda_days
    ),
)
# Switches of other topics stand in modules of their own and are added here.
SWITCHES: tuple[Switch, ...] = (*MEETINGS, *OFFICES, *AWARDS)
