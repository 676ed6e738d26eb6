"""What the public sees: editions that are called or announced, and winners with their pictures."""

from __future__ import annotations

from typing import NamedTuple

from events.awards.moving import S, is_public, winners_of
from events.models import AwardCategory, AwardEdition, AwardWinner, EntryFile, FilePurpose

SHOWN = tuple(state for state in S if state != S.DRAFT)


class Laureate(NamedTuple):
    """A winner with one picture, if there is one."""

    winner: AwardWinner
    picture: EntryFile | None


class Group(NamedTuple):
    """A category with its winners, gold first."""

    category: AwardCategory
    laureates: list[Laureate]


def list_editions() -> list[AwardEdition]:
    """Every edition that was called, newest first."""
    return list(AwardEdition.objects.filter(state__in=SHOWN).select_related("series"))


def find_edition(code: str) -> AwardEdition | None:
    """The public edition an address names: `wego-awards-4`."""
    series, _dash, number = code.rpartition("-")
    if not number.isdecimal():
        return None
    rows = AwardEdition.objects.filter(state__in=SHOWN).select_related("series", "meeting")
    return rows.filter(series__code=series, number=number).first()


def show_winners(edition: AwardEdition) -> list[Group]:
    """Winners by category with a picture each; nothing before they are announced."""
    if not is_public(edition):
        return []
    return gather_winners(edition)


def gather_winners(edition: AwardEdition) -> list[Group]:
    """The same for the secretariat, who sees it before; two queries."""
    winners = winners_of(edition)
    pictures = pictures_of([winner.entry_id for winner in winners])
    groups: dict[int, Group] = {}
    for winner in winners:
        group = groups.setdefault(winner.category_id, Group(winner.category, []))
        group.laureates.append(Laureate(winner, pictures.get(winner.entry_id)))
    return list(groups.values())


def pictures_of(entries: list[int]) -> dict[int, EntryFile]:
    """The newest picture of each entry that has one."""
    rows = EntryFile.objects.filter(
        entry__in=entries, purpose=FilePurpose.PICTURE, is_removed=False
    )
    return {file.entry_id: file for file in rows.order_by("pk")}


def find_public_picture(pk: int) -> EntryFile | None:
    """A picture of an announced winner; nobody else's is public."""
    rows = EntryFile.objects.filter(
        pk=pk,
        purpose=FilePurpose.PICTURE,
        is_removed=False,
        entry__prize__isnull=False,
        entry__edition__state__in=[S.ANNOUNCED, S.CEREMONY, S.ARCHIVED],
    )
    return rows.first()
