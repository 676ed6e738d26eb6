"""Which member a name in a history file means: exactly that name, in either script, or nobody."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from events.history.words import Name
from members.models import Kind, Member, MemberName
from members.rows import sameness

# Spellings of a region around a member city of the same name.
LEVELS = (" region", " city", " state", " province")


@dataclass
class Register:
    """Every member by every name it has or had; read once, in two queries."""

    by_name: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    members: dict[int, Member] = field(default_factory=dict)
    missed: set[str] = field(default_factory=set)

    def find(self, name: Name, *, kind: str = Kind.CITY) -> Member | None:
        """The one member of a kind that is called so; several, or none, is nobody."""
        for spelling in name.spellings:
            found = {
                pk
                for each in (spelling, *without_level(spelling))
                for pk in self.by_name.get(sameness(each), ())
                if not kind or self.members[pk].kind == kind
            }
            if len(found) == 1:
                return self.members[found.pop()]
        self.missed.update(name.spellings[:1])
        return None


def without_level(name: str) -> list[str]:
    """`Ulyanovsk Region` may be the member Ulyanovsk."""
    return [name[: -len(level)] for level in LEVELS if name.casefold().endswith(level)]


def read_register() -> Register:
    """The members that stand alone, by all their names."""
    register = Register()
    for member in Member.objects.standing_alone():
        register.members[member.pk] = member
        for name in (member.name_en, member.name_ko):
            register.by_name[sameness(name)].add(member.pk)
    rows = MemberName.objects.filter(member__merged_into__isnull=True)
    for pk, *names in rows.values_list("member_id", "name_en", "name_ko"):
        for name in filter(None, names):
            register.by_name[sameness(name)].add(pk)
    register.by_name.pop("", None)
    return register
