"""The same organisation twice (C19, C22): found by either script, over other names; never merged.

Compared within a country. `certain` is the same kind under the same English name, or under the
same Korean name with an English one that differs in words such as “City”. Everything else is a
likeness to look at: George Town lies on Penang Island, and Gadarif is a city and a state.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from members.models import OPEN_STATES, Application, Member
from members.rows import sameness

# Words that say what a place is, not which.
COMMON_WORDS = frozenset(
    {
        *("the", "of", "and", "city", "town", "state", "province", "region", "district"),
        *("county", "municipality", "municipal", "metropolitan", "metropolis", "prefecture"),
        *("government", "council", "special", "self", "governing", "administration"),
        *("ltd", "inc", "co", "corp", "corporation", "company", "limited"),
    }
)
COMMON_ENDINGS = re.compile(r"(특별자치시|특별자치도|광역시|특별시|시청|도청|군청|구청|주식회사)$")
SHORT_ENDINGS = re.compile(r"(?<=\w\w)[시군구도]$")
# How alike two names are before somebody should look (Suncheon, Sunchon).
ALIKE = 0.86
SHORTEST_ALIKE = 4


class Twin(NamedTuple):
    """A member or application that may be the same organisation, in words why, and how sure."""

    found: Member | Application
    why: str
    certain: bool


class _Known(NamedTuple):
    """A name something is known by, and whether it is its own or another one."""

    found: Member | Application
    name_en: str
    name_ko: str
    is_other: bool


def find_duplicates(
    name_en: str,
    name_ko: str = "",
    *,
    name_local: str = "",
    country_code: str,
    kind: str = "",
    apart_from: Application | None = None,
) -> list[Twin]:
    """Members of any status and open applications that may be the same, the surest first.

    `apart_from` is the application that asks. Four queries at most, however many are known.
    """
    wanted = _Wanted(name_en, name_ko, name_local, kind)
    twins: dict[tuple[str, int], Twin] = {}
    for known in _known_in(country_code, apart_from):
        twin = wanted.compare(known)
        key = (known.found._meta.model_name or "", known.found.pk)  # noqa: SLF001 Django's door
        if twin and (key not in twins or twin.certain > twins[key].certain):
            twins[key] = twin
    return sorted(twins.values(), key=lambda twin: (not twin.certain, str(twin.found)))


class _Wanted:
    """The names of who asks, ready to be compared."""

    def __init__(self, name_en: str, name_ko: str, name_local: str, kind: str) -> None:
        self.en, self.ko = sameness(name_en), sameness(name_ko)
        self.core_en, self.core_ko = core_of(name_en), core_of(name_ko)
        self.local = core_of(name_local)
        self.kind = kind

    def compare(self, known: _Known) -> Twin | None:
        """Whether a known name is ours, certainly or nearly."""
        en, ko = core_of(known.name_en), core_of(known.name_ko)
        same_en = bool(self.en) and self.en == sameness(known.name_en)
        same_ko = bool(self.ko) and self.ko == sameness(known.name_ko)
        near_en = bool(self.core_en) and self.core_en == en
        near_ko = bool(self.core_ko) and self.core_ko == ko
        near_local = bool(self.local) and self.local in {en, ko}
        certain = same_en or (near_ko and near_en) or (same_ko and not (en and self.core_en))
        certain = certain and self.kind in {"", known.found.kind}
        if certain or same_ko or near_en or near_ko or near_local:
            return Twin(known.found, say_same(known), certain)
        if alike(self.core_en, en) or alike(self.core_ko, ko):
            return Twin(known.found, say_alike(known), certain=False)
        return None


def say_same(known: _Known) -> str:
    """Why two are taken for one."""
    name = known.name_en or known.name_ko
    if known.is_other:
        return _("also known as %(name)s") % {"name": name}
    return _("the same name: %(name)s") % {"name": name}


def say_alike(known: _Known) -> str:
    """Why two look like one."""
    return _("a similar name: %(name)s") % {"name": known.name_en or known.name_ko}


def core_of(name: str) -> str:
    """What of a name says which: no accents, signs, nor words such as “City of”."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    plain = unicodedata.normalize("NFC", plain)
    words = re.findall(r"\w+", plain)
    rest = [word for word in words if word not in COMMON_WORDS] or words
    return SHORT_ENDINGS.sub("", COMMON_ENDINGS.sub("", " ".join(rest)))


def alike(one: str, other: str) -> bool:
    """Whether two names differ by a slip of spelling."""
    if min(len(one), len(other)) < SHORTEST_ALIKE:
        return False
    # Lengths and letters alone bound the ratio from above, at a fraction of its cost.
    if 2 * min(len(one), len(other)) < ALIKE * (len(one) + len(other)):
        return False
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _known_in(country_code: str, apart_from: Application | None) -> Iterator[_Known]:
    members = Member.objects.standing_alone().filter(country_code=country_code)
    yield from _names_of(members.prefetch_related("other_names"))
    waiting = Application.objects.filter(country_code=country_code, state__in=OPEN_STATES)
    if apart_from is not None:
        waiting = waiting.exclude(pk=apart_from.pk)
    yield from _applicants(waiting)


def _names_of(members: QuerySet[Member]) -> Iterator[_Known]:
    for member in members:
        yield _Known(member, member.name_en, member.name_ko, is_other=False)
        for other in member.other_names.all():
            yield _Known(member, other.name_en, other.name_ko, is_other=True)


def _applicants(applications: Iterable[Application]) -> Iterator[_Known]:
    for application in applications:
        yield _Known(application, application.name_en, application.name_ko, is_other=False)
        if application.name_local:
            yield _Known(application, application.name_local, "", is_other=True)
