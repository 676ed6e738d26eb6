"""What an act would do, told by doing it and taking it back: the page before the act cannot lie."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from members.decisions import find_unreachable
from members.effects import MAILS
from members.history import first_dues_year
from members.models import Decision, DecisionItem, Letter, Member, Outcome
from members.policies import load_policies
from wego.audit import file_of
from wego.models import Mail
from wego.templatetags.ui import day


@dataclass
class Effect:
    """What one item of a decision does: in words, its letters, and its mails."""

    item: DecisionItem
    words: str
    letters: list[Letter] = field(default_factory=list)
    mails: list[Mail] = field(default_factory=list)

    @property
    def member(self) -> Member:
        """Whom it is about."""
        return self.item.member


@dataclass
class Summary:
    """What a decision does as a whole."""

    decision: Decision
    effects: list[Effect]
    sentences: list[str]
    letters: int
    mails: int
    unreachable: list[Member]


def sum_up(decision: Decision) -> Summary:
    """A recorded decision and everything that followed from it, in seven queries."""
    items = list(
        decision.items.select_related("member", "application", "reverses__decision")
        .prefetch_related("reversed_by__decision")
        .order_by("pk")
    )
    policy = load_policies()
    effects = [Effect(item, say_effect(item, decision, policy.first_dues)) for item in items]
    add_letters(effects)
    add_mails(effects, decision)
    return Summary(
        decision=decision,
        effects=effects,
        sentences=say_outcomes(items, decision, policy.first_dues),
        letters=sum(len(effect.letters) for effect in effects),
        mails=sum(len(effect.mails) for effect in effects),
        unreachable=find_unreachable(decision),
    )


def add_letters(effects: list[Effect]) -> None:
    """The letters each item wrote."""
    found: dict[int | None, list[Letter]] = defaultdict(list)
    letters = Letter.objects.filter(decision_item__in=[effect.item.pk for effect in effects])
    for letter in letters.select_related("document").order_by("pk"):
        found[letter.decision_item_id].append(letter)
    for effect in effects:
        effect.letters = found[effect.item.pk]


def add_mails(effects: list[Effect], decision: Decision) -> None:
    """The mails each item posted."""
    kinds = {*MAILS.values(), "withdrawal_acknowledged", "decision_corrected"}
    files = {file_of(effect.member) for effect in effects}
    found: dict[tuple[str, str], list[Mail]] = defaultdict(list)
    mails = Mail.objects.filter(file__in=files, kind__in=kinds, queued_at__gte=decision.recorded_at)
    for mail in mails.order_by("pk"):
        found[mail.file, mail.kind].append(mail)
    for effect in effects:
        kind = kind_of(effect.item)
        effect.mails = found[file_of(effect.member), kind]


def kind_of(item: DecisionItem) -> str:
    """Which mail tells of an item; "" for none."""
    besides = {
        Outcome.NOTE.value: "withdrawal_acknowledged",
        Outcome.REVERSE.value: "decision_corrected",
    }
    return MAILS.get(item.outcome) or besides.get(item.outcome, "")


def say_effect(item: DecisionItem, decision: Decision, first_dues: str) -> str:
    """What becomes of one member."""
    facts = {
        "day": day(item.effective_on),
        "year": first_dues_year(item.effective_on, first_dues),
        "next": decision.decided_on.year + 1,
    }
    sentences = {
        Outcome.APPROVE: _("Full member from %(day)s, dues from %(year)s"),
        Outcome.REJECT: _("Rejected on %(day)s; it may apply again"),
        Outcome.DEFER: _("Stays an associate, goes to EXCOM %(next)s"),
        Outcome.SUSPEND: _("Suspended from %(day)s; its dues stay payable"),
        Outcome.LIFT: _("Full member again from %(day)s"),
        Outcome.EXPEL: _("Expelled from %(day)s; its open invoices stay debts"),
        Outcome.NOTE: _("Withdrawal noted, effective %(day)s"),
        Outcome.WAIVE: _("Arrears issued until %(day)s are waived"),
        Outcome.REVERSE: _("Earlier decision corrected, from %(day)s"),
    }
    return sentences[Outcome(item.outcome)] % facts


def say_outcomes(items: list[DecisionItem], decision: Decision, first_dues: str) -> list[str]:
    """`16 become full members from 15 Nov 2019, dues from 2020`, one line an outcome."""
    counts = Counter((item.outcome, item.effective_on) for item in items)
    order = list(Outcome.values)
    lines = []
    for (outcome, on), count in sorted(
        counts.items(), key=lambda each: (order.index(each[0][0]), each[0][1])
    ):
        facts = {
            "count": count,
            "day": day(on),
            "year": first_dues_year(on, first_dues),
            "next": decision.decided_on.year + 1,
        }
        lines.append(sentence_of(outcome, count) % facts)
    return lines


def sentence_of(outcome: str, count: int) -> str:
    """How many members an outcome is about, as a sentence with its blanks."""
    sentences = {
        Outcome.APPROVE: ngettext(
            "%(count)s becomes a full member from %(day)s, dues from %(year)s",
            "%(count)s become full members from %(day)s, dues from %(year)s",
            count,
        ),
        Outcome.REJECT: ngettext("%(count)s is rejected", "%(count)s are rejected", count),
        Outcome.DEFER: ngettext(
            "%(count)s is deferred to EXCOM %(next)s",
            "%(count)s are deferred to EXCOM %(next)s",
            count,
        ),
        Outcome.SUSPEND: ngettext(
            "%(count)s is suspended from %(day)s", "%(count)s are suspended from %(day)s", count
        ),
        Outcome.LIFT: ngettext(
            "%(count)s suspension is lifted on %(day)s",
            "%(count)s suspensions are lifted on %(day)s",
            count,
        ),
        Outcome.EXPEL: ngettext(
            "%(count)s is expelled from %(day)s", "%(count)s are expelled from %(day)s", count
        ),
        Outcome.NOTE: ngettext(
            "%(count)s withdrawal is noted, effective %(day)s",
            "%(count)s withdrawals are noted, effective %(day)s",
            count,
        ),
        Outcome.WAIVE: ngettext(
            "The arrears of %(count)s member are waived",
            "The arrears of %(count)s members are waived",
            count,
        ),
        Outcome.REVERSE: ngettext(
            "%(count)s decision is corrected", "%(count)s decisions are corrected", count
        ),
    }
    return sentences[Outcome(outcome)]
