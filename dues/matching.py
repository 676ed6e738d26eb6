"""What a line of a bank statement probably pays, with reasons in words (workflow 4.4); no database.

Certain is only what leaves no doubt: the invoices are named, by reference or in full, the amount is
exactly what they leave open, and the payer does not look like another member. Likely is one of
these without the others; possible is what a person should look at first.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import accumulate
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dues.payers import Fit, NameIndex
from dues.written import Mention, Writing, find_mentions
from wego.finding import fold
from wego.money import USD, display

MOST = 5


class Confidence(IntEnum):
    """How sure a proposal is."""

    POSSIBLE = 1
    LIKELY = 2
    CERTAIN = 3


class Due(NamedTuple):
    """An invoice as matching sees it; `open_cents` is what is left to pay (US cents)."""

    pk: int
    number: str
    member: int
    year: int
    sequence: int
    open_cents: int


class Money(NamedTuple):
    """What came in by a line and is not booked yet: hundredths of its currency, and its words."""

    cents: int
    currency: str
    party: str
    account: str
    texts: tuple[str, ...]


class Limits(NamedTuple):
    """The rests that look like bank charges, and those that close by themselves (S21, US cents)."""

    charge_cents: int
    automatic_cents: int


@dataclass(frozen=True)
class Books:
    """What lines are held against: invoices by place in their series and by member, and payers.

    `places` holds what the lines name, settled ones with nothing open; `payers` says for whom an
    account or a name as the bank prints it has paid before.
    """

    places: Mapping[tuple[int, int], Due]
    open_dues: Mapping[int, Sequence[Due]]
    names: NameIndex
    payers: Mapping[str, frozenset[int]]
    limits: Limits
    by_amount: Mapping[int, Sequence[Due]]


@dataclass
class Evidence:
    """What speaks for a member."""

    named: list[tuple[Due, Writing]] = field(default_factory=list)
    fit: int = 0
    reasons: list[str] = field(default_factory=list)


class Plan(NamedTuple):
    """What the money would settle; what is short of it, and what would be left on account."""

    parts: tuple[tuple[int, int], ...]
    short_cents: int = 0
    rest_cents: int = 0
    is_exact: bool = False


@dataclass(frozen=True)
class Proposal:
    """For which member a line may be booked, on which invoices (key and US cents), and why."""

    member: int
    parts: tuple[tuple[int, int], ...]
    confidence: Confidence
    reasons: tuple[str, ...]
    short_cents: int = 0
    rest_cents: int = 0
    score: int = 0


def propose(money: Money, books: Books) -> list[Proposal]:
    """At most five proposals for money that came in, the surest first."""
    mentions = find_mentions(*money.texts)
    gathered = gather(money, mentions, books)
    proposals = [judge(money, member, gathered, books) for member in gathered]
    if not any(each.confidence > Confidence.POSSIBLE for each in proposals):
        proposals += match_amount(money, gathered, books)
    proposals.sort(key=lambda each: (-each.confidence, -each.score, each.member))
    return proposals[:MOST]


def gather(money: Money, mentions: Iterable[Mention], books: Books) -> dict[int, Evidence]:
    """The members that something speaks for, by their keys."""
    found: dict[int, Evidence] = {}
    for mention in mentions:
        due = books.places.get((mention.year, mention.sequence))
        if due is not None:
            evidence = found.setdefault(due.member, Evidence())
            evidence.named.append((due, mention.writing))
            evidence.reasons.append(named_in_words(due, mention.writing))
    for member, fit, reason in find_payers(money, books):
        evidence = found.setdefault(member, Evidence())
        # A text says a name once; what is surer was said first.
        if fit > evidence.fit or not evidence.fit:
            evidence.fit = max(fit, evidence.fit)
            evidence.reasons.append(reason)
    return found


def find_payers(money: Money, books: Books) -> Iterable[tuple[int, Fit, str]]:
    """Members by account, by name of the payer, and by names in the text; the surest first."""
    before = {
        money.account: _("This account paid for the member before"),
        money.party: _("This payer paid for the member before"),
    }
    for printed, reason in before.items():
        for member in books.payers.get(fold(printed), ()) if printed else ():
            yield member, Fit.WHOLE, reason
    for name in books.names.find(money.party):
        words = (
            _("The payer is called “%(name)s”") if name.whole else _("The payer names “%(name)s”")
        )
        for member in name.members:
            yield member, Fit.WHOLE if name.whole else Fit.WITHIN, words % {"name": name.name}
    for text in money.texts:
        for name in books.names.find(text):
            for member in name.members:
                words = _("The text names “%(name)s”") % {"name": name.name}
                yield member, Fit.IN_TEXT, words


def named_in_words(due: Due, writing: Writing) -> str:
    """How a text names an invoice."""
    words = {
        Writing.REFERENCE: _("The reference is that of invoice %(number)s"),
        Writing.NUMBER: _("The text names invoice %(number)s"),
        Writing.LOOSE: _("The text may mean invoice %(number)s"),
    }[writing] % {"number": due.number}
    if due.open_cents:
        return words
    return _("%(words)s, which is settled already") % {"words": words}


def judge(money: Money, member: int, gathered: Mapping[int, Evidence], books: Books) -> Proposal:
    """The proposal for one member: what it would settle, and how sure that is."""
    evidence = gathered[member]
    named = [due for due, _writing in evidence.named if due.open_cents]
    plan = plan_parts(money, sorted(named, key=age), books.open_dues.get(member, ()), books.limits)
    strangers = [key for key, other in gathered.items() if key != member]
    conflict = evidence.fit < Fit.WITHIN and any(
        gathered[key].fit >= Fit.WITHIN for key in strangers
    )
    others_named = any(gathered[key].named for key in strangers)
    fits = plan.is_exact or 0 < plan.short_cents <= books.limits.automatic_cents
    sure = evidence.named and all(is_sure(each, evidence.fit) for each in evidence.named)
    if money.currency == USD and sure and fits and not (conflict or others_named):
        confidence = Confidence.CERTAIN
    else:
        confidence = likelihood(evidence, plan, books.limits)
    reasons = [*evidence.reasons, *plan_in_words(plan)]
    if conflict:
        reasons.append(_("But the payer looks like another member"))
    return Proposal(
        member,
        plan.parts,
        confidence,
        tuple(reasons),
        plan.short_cents,
        plan.rest_cents,
        score_of(evidence, plan, conflict=conflict),
    )


def age(due: Due) -> tuple[int, int]:
    """Oldest first."""
    return due.year, due.sequence


def is_sure(named: tuple[Due, Writing], fit: int) -> bool:
    """Whether an invoice is named beyond doubt: by reference or in full, or the payer agrees."""
    due, writing = named
    return due.open_cents > 0 and (writing > Writing.LOOSE or fit >= Fit.WITHIN)


def likelihood(evidence: Evidence, plan: Plan, limits: Limits) -> Confidence:
    """Likely or merely possible."""
    fits = plan.is_exact or 0 < plan.short_cents <= limits.charge_cents
    if any(writing > Writing.LOOSE for _due, writing in evidence.named):
        return Confidence.LIKELY
    if evidence.named and (evidence.fit or plan.is_exact):
        return Confidence.LIKELY
    if evidence.fit >= Fit.WITHIN and fits:
        return Confidence.LIKELY
    return Confidence.POSSIBLE


def score_of(evidence: Evidence, plan: Plan, *, conflict: bool) -> int:
    """What orders proposals that are equally sure."""
    named = max((int(writing) for _due, writing in evidence.named), default=0)
    return 20 * named + 10 * evidence.fit + 15 * plan.is_exact - 10 * conflict


def plan_parts(
    money: Money, named: Sequence[Due], open_dues: Sequence[Due], limits: Limits
) -> Plan:
    """What the money settles: what is named, or what has just this amount, or the oldest first.

    In another currency nobody knows yet how much it is: the parts are then what is open.
    """
    if money.currency != USD:
        return Plan(tuple((due.pk, due.open_cents) for due in named or open_dues))
    chosen = list(named) or choose_by_amount(money.cents, open_dues, limits)
    total = sum(due.open_cents for due in chosen)
    if money.cents > total:
        others = [due for due in open_dues if due not in chosen]
        chosen += find_prefix(money.cents - total, others)
        total = sum(due.open_cents for due in chosen)
    parts, left = [], money.cents
    for due in chosen:
        if cents := min(left, due.open_cents):
            parts.append((due.pk, cents))
            left -= cents
    return Plan(tuple(parts), max(total - money.cents, 0), left, total == money.cents)


def choose_by_amount(cents: int, dues: Sequence[Due], limits: Limits) -> list[Due]:
    """The one invoice of just this amount, the oldest that together have it, or the oldest."""
    for due in dues:
        if due.open_cents == cents:
            return [due]
    if prefix := find_prefix(cents, dues):
        return prefix
    for due in dues:
        if 0 < due.open_cents - cents <= limits.charge_cents:
            return [due]
    reached = list(accumulate(due.open_cents for due in dues))
    needed = next((place for place, sum_ in enumerate(reached) if sum_ >= cents), len(dues))
    return list(dues[: needed + 1])


def find_prefix(cents: int, dues: Sequence[Due]) -> list[Due]:
    """The oldest invoices that together have just this amount open; none when no such do."""
    for count, total in enumerate(accumulate(due.open_cents for due in dues), start=1):
        if total == cents:
            return list(dues[:count])
    return []


def plan_in_words(plan: Plan) -> list[str]:
    """How the amount fits what is open."""
    if plan.is_exact:
        return [
            ngettext(
                "The amount is exactly what is open",
                "The amount is exactly what is open on %(count)s invoices",
                len(plan.parts),
            )
            % {"count": len(plan.parts)}
        ]
    if plan.short_cents:
        return [_("%(short)s less than what is open") % {"short": display(plan.short_cents)}]
    if plan.rest_cents:
        return [_("%(rest)s stays as credit on account") % {"rest": display(plan.rest_cents)}]
    return []


def match_amount(money: Money, known: Mapping[int, Evidence], books: Books) -> list[Proposal]:
    """Invoices with just this amount open, while they are few: dues come in round amounts."""
    found = [] if money.currency != USD else books.by_amount.get(money.cents, ())
    if len(found) > MOST:
        return []
    reason = ngettext(
        "Exactly this amount is open on this invoice alone",
        "Exactly this amount is open on %(count)s invoices",
        len(found),
    ) % {"count": len(found)}
    return [
        Proposal(due.member, ((due.pk, money.cents),), Confidence.POSSIBLE, (reason,))
        for due in found
        if due.member not in known
    ]
