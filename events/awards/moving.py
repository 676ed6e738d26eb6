"""The way of an edition, step by step (workflow 4.8): what may come next, and what it takes."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from events.models import (
    AwardEdition,
    AwardEntry,
    AwardWinner,
    EditionEntry,
    EditionState,
    EntryState,
)
from events.models.awards import WHOLE
from members.models import User
from wego import audit
from wego.templatetags.ui import day

S = EditionState
WAY = tuple(S)


def next_state(edition: AwardEdition) -> EditionState | None:
    """The step that follows; None at the end."""
    place = WAY.index(S(edition.state)) + 1
    return WAY[place] if place < len(WAY) else None


def has_reached(edition: AwardEdition, state: EditionState) -> bool:
    """Whether an edition is at that step or beyond."""
    return WAY.index(S(edition.state)) >= WAY.index(state)


def is_public(edition: AwardEdition) -> bool:
    """Whether anybody may read the results: only once they are announced."""
    return has_reached(edition, S.ANNOUNCED)


def takes_entries(edition: AwardEdition, on: dt.date) -> bool:
    """Whether an entry may be begun, changed or submitted on a day in Seoul."""
    return edition.state == S.CALL_OPEN and edition.call_on <= on <= edition.deadline_on


def lock_edition(edition: AwardEdition) -> AwardEdition:
    """The edition's row, while nobody else changes it."""
    return AwardEdition.objects.select_for_update().get(pk=edition.pk)


def require_state(edition: AwardEdition, *states: EditionState) -> None:
    """Refuse an act that belongs to another step.

    Raises:
        ValidationError: `state`.
    """
    if edition.state not in states:
        wanted = ", ".join(str(state.label) for state in states)
        raise ValidationError(
            _("This belongs to the step “%(wanted)s”; %(edition)s is at “%(state)s”.")
            % {"wanted": wanted, "edition": edition, "state": edition.get_state_display()},
            code="state",
        )


@transaction.atomic
def move_edition(
    edition: AwardEdition, state: str, *, on: dt.date, by: User | None
) -> AwardEdition:
    """Take the next step of the way; letters and mails of a step are `events.awards.telling`'s.

    Raises:
        ValidationError: it is not the next step (`state`), or something is missing for it.
    """
    locked = lock_edition(edition)
    following = next_state(locked)
    if following is None or state != following:
        raise ValidationError(
            _("%(edition)s is at “%(state)s”: look at the board again.")
            % {"edition": locked, "state": locked.get_state_display()},
            code="state",
        )
    if refusal := find_obstacle(locked, on=on):
        raise ValidationError(refusal, code="obstacle")
    before, locked.state = locked.state, following
    locked.save(update_fields=["state"])
    EditionEntry.objects.create(edition=locked, state=following, on=on, recorded_by=by)
    audit.record_act(
        "award.edition_moved", by=by, subject=locked, facts={"state": [before, locked.state]}
    )
    return locked


def find_obstacle(edition: AwardEdition, *, on: dt.date) -> str:
    """What is missing for the next step, as a sentence; "" when nothing is."""
    following = next_state(edition)
    checks = {
        S.CALL_OPEN: refuse_bare_call,
        S.CLOSED: refuse_early_close,
        S.ROUND_1: refuse_unchecked,
        S.FINALISTS: refuse_without_finalists,
        S.ROUND_2: refuse_without_second_jury,
        S.DECIDED: refuse_without_winners,
        S.ANNOUNCED: refuse_under_embargo,
        S.CEREMONY: refuse_before_ceremony,
    }
    check = checks.get(following) if following else None
    return check(edition, on) if check else ""


def refuse_bare_call(edition: AwardEdition, on: dt.date) -> str:
    """A call needs categories, criteria that weigh 100 together, and a day to come."""
    if not edition.categories.exists():
        return _("Give the edition a category first.")
    weights = sum(edition.criteria.values_list("weight", flat=True))
    if weights != WHOLE:
        return _("The weights of the criteria add up to %(sum)s: they must be 100.") % {
            "sum": weights
        }
    if on < edition.call_on:
        return _("The call begins on %(day)s.") % {"day": day(edition.call_on)}
    if on > edition.deadline_on:
        return _("The deadline %(day)s is over: choose a later one.") % {
            "day": day(edition.deadline_on)
        }
    return ""


def refuse_early_close(edition: AwardEdition, on: dt.date) -> str:
    """The call runs until its deadline."""
    if on <= edition.deadline_on:
        return _("The call runs until the end of %(day)s in Seoul.") % {
            "day": day(edition.deadline_on)
        }
    return ""


def refuse_unchecked(edition: AwardEdition, _on: dt.date) -> str:
    """Scoring begins when every entry is checked and given to a jury."""
    unchecked = edition.entries.filter(state=EntryState.SUBMITTED).count()
    if unchecked:
        return _("%(count)s entries are not checked yet.") % {"count": unchecked}
    eligible = edition.entries.filter(state=EntryState.ELIGIBLE)
    if not eligible.exists():
        return _("No entry is eligible.")
    return refuse_unassigned(eligible.exclude(sheets__round=1, sheets__set_aside="").count())


def refuse_unassigned(count: int) -> str:
    """Every entry needs somebody who may score it."""
    if count:
        return _("%(count)s entries have no juror who may score them: give them to jurors.") % {
            "count": count
        }
    return ""


def refuse_without_finalists(edition: AwardEdition, _on: dt.date) -> str:
    """Finalists are named first."""
    if not edition.entries.filter(is_finalist=True).exists():
        return _("Name the finalists first, on the ranking.")
    return ""


def refuse_without_second_jury(edition: AwardEdition, _on: dt.date) -> str:
    """Every finalist needs somebody who may score it."""
    finalists = edition.entries.filter(is_finalist=True)
    return refuse_unassigned(finalists.exclude(sheets__round=2, sheets__set_aside="").count())


def refuse_without_winners(edition: AwardEdition, _on: dt.date) -> str:
    """Every category with finalists has its winners."""
    categories = edition.categories.filter(entries__is_finalist=True)
    undecided = categories.exclude(winners__isnull=False).distinct()
    if undecided:
        return _("Decide the winners of: %(names)s.") % {"names": ", ".join(map(str, undecided))}
    return ""


def refuse_under_embargo(edition: AwardEdition, on: dt.date) -> str:
    """Nothing is public before the day of the result."""
    if edition.result_on and on < edition.result_on:
        return _("The embargo holds until %(day)s.") % {"day": day(edition.result_on)}
    return ""


def refuse_before_ceremony(edition: AwardEdition, on: dt.date) -> str:
    """The ceremony has its own day, perhaps a year after the result (C11)."""
    if edition.ceremony_on is None:
        return _("Enter the day of the ceremony first.")
    if on < edition.ceremony_on:
        return _("The ceremony is on %(day)s.") % {"day": day(edition.ceremony_on)}
    return ""


def winners_of(edition: AwardEdition) -> list[AwardWinner]:
    """The winners by category and rank."""
    rows = AwardWinner.objects.filter(category__edition=edition)
    return list(
        rows.select_related("category", "entry__member", "tie").order_by(
            "category__position", "rank", "pk"
        )
    )


def others_of(edition: AwardEdition) -> list[AwardEntry]:
    """Entries the jury looked at that won nothing."""
    rows = edition.entries.filter(state=EntryState.ELIGIBLE, prize__isnull=True)
    return list(rows.order_by("pk"))
