"""The board of an edition at a glance: entries, jurors behind, conflicts, finalists."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Count, Q

from events.awards.moving import S
from events.models import AwardCategory, AwardEdition, EntryState, Juror, SetAside

CONFLICTS = (SetAside.COUNTRY, SetAside.EMPLOYER)
ROUND_NOW = {S.ROUND_2: 2, S.FINALISTS: 2, S.DECIDED: 2, S.NOTIFIED: 2}


class CategoryLine(NamedTuple):
    """A category with how many entries stand where."""

    category: AwardCategory
    submitted: int
    eligible: int
    ineligible: int
    finalists: int
    winners: int


class JurorLine(NamedTuple):
    """A juror with how much is done in a round, and what was set aside."""

    juror: Juror
    given: int
    done: int
    conflicts: int
    recused: int

    @property
    def behind(self) -> int:
        """Entries still to score."""
        return self.given - self.done


def round_of(edition: AwardEdition) -> int:
    """The round that is scored now, or was last."""
    later = {S.ANNOUNCED, S.CEREMONY, S.ARCHIVED}
    return 2 if edition.state in later else ROUND_NOW.get(S(edition.state), 1)


def count_categories(edition: AwardEdition) -> list[CategoryLine]:
    """Every category of an edition, in one query."""

    def number(**state: object) -> Count:
        wanted = {f"entries__{name}": value for name, value in state.items()}
        return Count("entries", filter=Q(**wanted), distinct=True)

    submitted = [EntryState.SUBMITTED, EntryState.ELIGIBLE, EntryState.INELIGIBLE]
    rows = edition.categories.annotate(
        submitted=number(state__in=submitted),
        eligible=number(state=EntryState.ELIGIBLE),
        ineligible=number(state=EntryState.INELIGIBLE),
        finalists=number(is_finalist=True),
        decided=Count("winners", distinct=True),
    )
    return [
        CategoryLine(row, row.submitted, row.eligible, row.ineligible, row.finalists, row.decided)
        for row in rows.order_by("position")
    ]


def count_jurors(edition: AwardEdition) -> list[JurorLine]:
    """Every juror of an edition in the round at hand, the furthest behind first; one query."""
    here = Q(sheets__round=round_of(edition))
    rows = edition.jurors.select_related("user").annotate(
        given=Count("sheets", filter=here & Q(sheets__set_aside="")),
        done=Count("sheets", filter=here & Q(sheets__total__isnull=False)),
        conflicts=Count("sheets", filter=here & Q(sheets__set_aside__in=CONFLICTS)),
        recused=Count("sheets", filter=here & Q(sheets__set_aside=SetAside.PERSONAL)),
    )
    lines = [JurorLine(row, row.given, row.done, row.conflicts, row.recused) for row in rows]
    return sorted(lines, key=lambda line: (-line.behind, str(line.juror)))
