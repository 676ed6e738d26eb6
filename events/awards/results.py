"""From scores to winners: the ranking, finalists, ties that the jury declares, ranks (R24)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from events.awards.entering import file_of
from events.awards.juries import LAST_ROUND, entries_of_round
from events.awards.moving import S, lock_edition, require_state
from events.awards.ranking import Place, rank_entries
from events.models import (
    AwardCategory,
    AwardEdition,
    AwardEntry,
    AwardWinner,
    DeclaredTie,
    ScoreSheet,
)
from members.models import User
from wego import audit


class Ranked(NamedTuple):
    """An entry where it stands, and who has not scored it yet."""

    entry: AwardEntry
    place: Place
    behind: int
    set_aside: int


def rank_edition(edition: AwardEdition, number: int) -> dict[int, list[Ranked]]:
    """The ranking of every category in a round, by the category's primary key; two queries."""
    rows = entries_of_round(edition, number).select_related("member", "category", "edition")
    entries = {entry.pk: entry for entry in rows}
    scores: dict[int, list[int]] = {pk: [] for pk in entries}
    behind, aside = Counter[int](), Counter[int]()
    for entry, total, set_aside in ScoreSheet.objects.filter(
        entry__in=entries, round=number
    ).values_list("entry_id", "total", "set_aside"):
        if set_aside:
            aside[entry] += 1
        elif total is None:
            behind[entry] += 1
        else:
            scores[entry].append(total)
    ranked: dict[int, list[Ranked]] = {}
    for category in {entry.category_id for entry in entries.values() if entry.category_id}:
        own = {pk: given for pk, given in scores.items() if entries[pk].category_id == category}
        ranked[category] = [
            Ranked(entries[each.entry], each, behind[each.entry], aside[each.entry])
            for each in rank_entries(own)
        ]
    return ranked


def rank_category(category: AwardCategory, number: int) -> list[Place]:
    """Where the entries of a category stand in a round."""
    found = rank_edition(category.edition, number).get(category.pk, [])
    return [each.place for each in found]


@transaction.atomic
def name_finalists(
    edition: AwardEdition, entries: Collection[AwardEntry], *, by: User
) -> AwardEdition:
    """Say which entries go to the second round; until it begins this may be said anew.

    Raises:
        ValidationError: `state`; `unscored`, nobody has scored one of them; `foreign`.
    """
    locked = lock_edition(edition)
    require_state(locked, S.ROUND_1)
    eligible = {entry.pk for entry in entries_of_round(locked, 1)}
    wanted = {entry.pk for entry in entries}
    if not wanted <= eligible:
        raise ValidationError(_("A finalist is an eligible entry of this edition."), code="foreign")
    if not wanted:
        raise ValidationError(_("Choose at least one finalist."), code="none")
    scored = set(
        ScoreSheet.objects.filter(entry__in=wanted, round=1, total__isnull=False).values_list(
            "entry", flat=True
        )
    )
    unscored = [entry for entry in entries if entry.pk not in scored]
    if unscored:
        raise ValidationError(
            _("Nobody has scored these yet: %(names)s.")
            % {"names": ", ".join(entry.reference for entry in unscored)},
            code="unscored",
        )
    locked.entries.update(is_finalist=False)
    locked.entries.filter(pk__in=wanted).update(is_finalist=True)
    audit.record_act(
        "award.finalists_named",
        by=by,
        subject=locked,
        facts={"entries": sorted(entry.reference for entry in entries)},
    )
    return locked


@transaction.atomic
def declare_tie(
    category: AwardCategory, rank: int, *, reason: str, on: dt.date, by: User
) -> DeclaredTie:
    """The jury gives a rank to several entries; only then may it be given more than once.

    Raises:
        ValidationError: `state`, `rank` is none of the category's, `reason` is missing, or it is
            declared already (`already`).
    """
    edition = lock_edition(category.edition)
    require_state(edition, S.ROUND_2)
    if not 1 <= rank <= category.prizes:
        raise ValidationError(_("There is no such prize in this category."), code="rank")
    if not reason.strip():
        raise ValidationError(_("Say why the jury shares the prize."), code="reason")
    tie, made = DeclaredTie.objects.get_or_create(
        category=category,
        rank=rank,
        defaults={"reason": reason.strip(), "declared_on": on, "declared_by": by},
    )
    if not made:
        raise ValidationError(_("This tie is declared already."), code="already")
    audit.record_act(
        "award.tie_declared",
        by=by,
        subject=tie,
        file=edition,
        why=tie.reason,
        facts={"category": str(category), "rank": rank},
    )
    return tie


@transaction.atomic
def decide_winners(
    category: AwardCategory,
    ranks: Mapping[int, int],
    *,
    why: str = "",
    on: dt.date,
    by: User,
) -> list[AwardWinner]:
    """Give the prizes of a category: ranks by the primary keys of its finalists.

    Deciding again replaces what was decided, until the winners are notified.

    Raises:
        ValidationError: `state`, `foreign`, `rank`, `tie` (a rank twice without a declared tie),
            or `order` (against the ranking, and no reason says why).
    """
    edition = lock_edition(category.edition)
    require_state(edition, S.ROUND_2)
    finalists = {
        entry.pk: entry for entry in entries_of_round(edition, LAST_ROUND).filter(category=category)
    }
    ties = {tie.rank: tie for tie in category.ties.all()}
    refuse_ranks(category, ranks, finalists=finalists, ties=ties)
    if not why.strip() and (sentence := find_disorder(category, ranks)):
        raise ValidationError(sentence, code="order")
    AwardWinner.objects.filter(category=category).delete()
    shared = {rank for rank, count in Counter(ranks.values()).items() if count > 1}
    winners = AwardWinner.objects.bulk_create(
        AwardWinner(
            category=category,
            entry=finalists[pk],
            rank=rank,
            tie=ties[rank] if rank in shared else None,
            decided_on=on,
            decided_by=by,
            why=why.strip(),
        )
        for pk, rank in sorted(ranks.items(), key=lambda pair: pair[1])
    )
    for winner in winners:
        audit.record_act(
            "award.winners_decided",
            by=by,
            subject=winner.entry,
            file=file_of(winner.entry),
            why=winner.why,
            facts={"category": str(category), "rank": winner.rank},
        )
    return winners


def refuse_ranks(
    category: AwardCategory,
    ranks: Mapping[int, int],
    *,
    finalists: Mapping[int, AwardEntry],
    ties: Mapping[int, DeclaredTie],
) -> None:
    """Prizes go to finalists, within the number of prizes, each once unless a tie is declared.

    Raises:
        ValidationError: `foreign`, `rank`, `tie`, or `none`.
    """
    if not ranks:
        raise ValidationError(_("Give at least one prize."), code="none")
    if not ranks.keys() <= finalists.keys():
        raise ValidationError(_("A winner is a finalist of this category."), code="foreign")
    if any(not 1 <= rank <= category.prizes for rank in ranks.values()):
        raise ValidationError(
            _("This category has %(count)s prizes.") % {"count": category.prizes}, code="rank"
        )
    doubled = sorted(
        rank for rank, count in Counter(ranks.values()).items() if count > 1 and rank not in ties
    )
    if doubled:
        raise ValidationError(
            _("%(prize)s is given twice. Declare the tie first, with the jury’s reason.")
            % {"prize": prize_name(doubled[0])},
            code="tie",
        )


def find_disorder(category: AwardCategory, ranks: Mapping[int, int]) -> str:
    """A sentence when a prize goes against the ranking of round 2; "" when none does."""
    means = {each.entry: each.mean for each in rank_category(category, LAST_ROUND)}
    if any(means.get(pk) is None for pk in ranks):
        return _("A winner has no score in round 2: say why it wins.")
    below = max((mean for pk, mean in means.items() if mean and pk not in ranks), default=None)
    for pk, rank in ranks.items():
        own = means[pk]
        better = [other for other, given in ranks.items() if given < rank]
        if own is None or any((means[other] or 0) < own for other in better):
            return _("A better score gets a lower prize: say why.")
        if below is not None and own < below:
            return _("An entry with a better score gets no prize: say why.")
    return ""


def prize_name(rank: int) -> str:
    """Gold, silver, bronze, then by number."""
    names = {1: _("Gold"), 2: _("Silver"), 3: _("Bronze")}
    return names.get(rank) or _("Prize %(rank)s") % {"rank": rank}
