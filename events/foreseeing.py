"""What confirming would do, told by doing it and taking it back: the page before it cannot lie."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.confirming import EFFECTS, confirm_resolution
from events.models import Confirmation, Resolution, Verdict
from members.history import first_dues_year
from members.models import DecisionItem, Letter, Outcome, User
from members.policies import load_policies
from wego.models import Mail
from wego.rehearsal import rehearse
from wego.templatetags.ui import day


@dataclass(frozen=True)
class Foreseen:
    """One resolution: what it would do, or why it cannot be confirmed."""

    resolution: Resolution
    sentences: Sequence[str] = ()
    refusal: str = ""


def outline(resolutions: Sequence[Resolution]) -> list[Foreseen]:
    """What each of them says, without trying it; those without a quorum say so."""
    return [
        Foreseen(each, count_lines(each))
        if each.quorum_held
        else Foreseen(
            each,
            refusal=_("%(there)s of %(needed)s: no quorum, nothing takes effect (S28).")
            % {"there": each.represented, "needed": each.quorum},
        )
        for each in resolutions
    ]


def count_lines(resolution: Resolution) -> list[str]:
    """`Approved as full member: 16`, one line an outcome."""
    counts = Counter(line.get_outcome_display() for line in resolution.lines.all())
    return [f"{outcome}: {count}" for outcome, count in counts.items()]


def foresee(resolutions: Sequence[Resolution], *, on: dt.date, by: User | None) -> list[Foreseen]:
    """What confirming each of them by itself would do; nothing of it stays."""
    found = []
    for resolution in resolutions:
        try:
            found.append(rehearse(lambda each=resolution: tell(each, on=on, by=by)))  # type: ignore[misc]
        except ValidationError as error:
            found.append(Foreseen(resolution, refusal=" ".join(error.messages)))
    return found


def tell(resolution: Resolution, *, on: dt.date, by: User | None) -> Foreseen:
    """Confirm it, and say what happened."""
    mails, letters = Mail.objects.count(), Letter.objects.count()
    confirmation = confirm_resolution(resolution, on=on, by=by)
    sentences = [*say_decided(confirmation), *say_taken_back(confirmation)]
    if not sentences:
        sentences = [say_nothing_else(resolution)]
    if sent := Mail.objects.count() - mails:
        written = Letter.objects.count() - letters
        sentences.append(
            _("%(letters)s letters and %(mails)s mails go out")
            % {"letters": written, "mails": sent}
        )
    return Foreseen(resolution, sentences)


def say_nothing_else(resolution: Resolution) -> str:
    """That it is on record, for kinds of items without an effect of their own."""
    if resolution.verdict == Verdict.APPROVE and resolution.item.kind in EFFECTS:
        return _("It takes effect.")
    return _("It is on record; nothing else follows from it.")


def say_decided(confirmation: Confirmation) -> list[str]:
    """`16 become full members from 6 Nov 2019, dues from 2020`, one line an outcome."""
    if confirmation.decision is None:
        return []
    policy = load_policies()
    items = confirmation.decision.items.values_list("outcome", "effective_on")
    order = list(Outcome.values)
    counts = sorted(Counter(items).items(), key=lambda each: (order.index(each[0][0]), each[0][1]))
    return [
        sentence_of(outcome, count)
        % {
            "count": count,
            "day": day(effective_on),
            "year": first_dues_year(effective_on, policy.first_dues),
            "next": confirmation.decision.decided_on.year + 1,
        }
        for (outcome, effective_on), count in counts
    ]


def say_taken_back(confirmation: Confirmation) -> list[str]:
    """How many earlier lines of the register a correction takes back."""
    resolution = confirmation.resolution
    if resolution.corrects is None:
        return []
    items = DecisionItem.objects.filter(
        outcome=Outcome.REVERSE,
        decision__meeting=resolution.item.meeting.name_en,
        decision__reference=resolution.reference,
    )
    count = items.count()
    words = ngettext(
        "%(count)s earlier decision is taken back",
        "%(count)s earlier decisions are taken back",
        count,
    )
    return [words % {"count": count}] if count else []


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
    }
    return sentences[Outcome(outcome)]
