"""What the register answers to a search: members, applications, people; each for who may see it.

Every name is read and compared in Python (see `wego.finding` for why): 5,000 members with their
other names take one query and some 30 ms, and the same term finds the same on every database.
"""

from __future__ import annotations

import re
from functools import cache
from heapq import nlargest
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext_lazy

from members.models import (
    ON_ROSTER,
    Application,
    ApplicationState,
    Contact,
    ContactRole,
    Member,
    Role,
    Status,
    User,
    country_name,
)
from wego import reader, seoul
from wego.finding import (
    ALIKE,
    AROUND,
    EXACT,
    FORMERLY,
    MOST_HITS,
    Hit,
    Term,
    are_alike,
    fold,
    has_words,
    split_words,
)
from wego.kept import keep

if TYPE_CHECKING:
    from collections.abc import Iterable

MEMBERS, APPLICATIONS, CONTACTS, PEOPLE = 10, 20, 30, 40
# So many are read to put those that belong before those that left.
MOST_READ = 40
MOST_ALIKE = 5
# What people add to a city's name without meaning another city.
GENERIC = frozenset(
    {"city", "of", "the", "metropolitan", "municipality", "municipal", "government", "province"}
)
KOREAN_ENDING = re.compile(r"(?<=..)(특별자치도|특별자치시|특별시|광역시|시청|도청|시|도)$")


class Named(NamedTuple):
    """A member as it is searched: its country, its two names of today, then its other names.

    `folded` are all of them as they are compared, a line each.
    """

    country_code: str
    names: tuple[str, ...]
    folded: str


class Written(NamedTuple):
    """A row that is searched by a name and an e-mail address, both folded, and what it shows."""

    folded: str
    name: str
    email: str
    row: tuple[Any, ...]


def find_hits(term: str, user: AbstractBaseUser | AnonymousUser) -> list[Hit]:
    """Everything of the register that answers a term, as far as the person may see it."""
    may = getattr(user, "has_perm", lambda _permission: False)
    wanted = Term(term)
    hits: list[Hit] = []
    if may("members.view_member"):
        hits += find_members(wanted)
    if may("members.view_application"):
        hits += find_applications(wanted)
    if may("members.view_contact"):
        hits += find_contacts(wanted)
    if may("members.view_user"):
        hits += find_people(wanted)
    return hits


def find_members(term: Term) -> list[Hit]:
    """Members by name in either script, other name or country; the closest first.

    When nothing fits, what people add to names is left out of the term; when still nothing does,
    names that are alike are offered.
    """
    named = read_names()
    found = match_members(term, named) or match_members(Term(bare(term)), named)
    # The shortest of equally close names is the likeliest.
    ranked = sorted(found, key=lambda pk: (-found[pk], len(named[pk].names[0]), pk))
    if not ranked:
        ranked = find_alike(term, named)
    members = read_members(ranked[:MOST_READ])
    members.sort(key=lambda member: (-found.get(member.pk, ALIKE), not is_on_roster(member)))
    return [
        Hit(
            gettext_lazy("Members"),
            str(member),
            describe_member(member, named[member.pk].names, term),
            reverse("admin:members_member_change", args=[member.pk]),
            found.get(member.pk, ALIKE),
            MEMBERS,
        )
        for member in members[: MOST_HITS + 1]
    ]


def read_names() -> dict[int, Named]:
    """Every member with all its names, in one query; a duplicate's names are its survivor's.

    A large register is kept as it was read until something is done in the house.
    """
    return keep("members.names", ask_names, size=len)


def ask_names() -> dict[int, Named]:
    """The same, asked of the database."""
    rows = Member.objects.order_by().values_list(
        "pk",
        "merged_into",
        "country_code",
        "name_en",
        "name_ko",
        "other_names__name_en",
        "other_names__name_ko",
    )
    own: dict[int, tuple[str, str, str]] = {}
    others: dict[int, list[str]] = {}
    for pk, survivor, country_code, name_en, name_ko, other_en, other_ko in rows:
        if survivor is None:
            own[pk] = (country_code, name_en, name_ko)
        else:
            others.setdefault(survivor, []).extend((name_en, name_ko))
        if other_en or other_ko:
            others.setdefault(survivor or pk, []).extend((other_en or "", other_ko or ""))
    every = {
        pk: (code, (name_en, name_ko, *others.get(pk, ())))
        for pk, (code, name_en, name_ko) in own.items()
    }
    return {
        pk: Named(code, names, "\n".join(map(fold, names))) for pk, (code, names) in every.items()
    }


def match_members(term: Term, members: dict[int, Named]) -> dict[int, int]:
    """How close each member is that a term finds, by name or else by name and country."""
    found: dict[int, int] = {}
    if not term.folded:
        return found
    for pk, member in members.items():
        if term.may_fit(member.folded) and (closeness := term.closeness(member.names)):
            # Its name of today counts more than one it bore.
            earlier = closeness == EXACT and not term.closeness(member.names[:2])
            found[pk] = FORMERLY if earlier else closeness
    codes = {member.country_code for member in members.values()}
    elsewhere = {code: left for code in codes if (left := words_besides(term, code)) is not None}
    for pk, member in members.items():
        left = elsewhere.get(member.country_code)
        if left is not None and pk not in found and all(begins_any(w, member.names) for w in left):
            found[pk] = AROUND
    return found


def words_besides(term: Term, code: str) -> list[str] | None:
    """The words of a term that are not the country's; None when none is the country's."""
    left = [word for word in term.words if not has_words([word], country_words(code))]
    return None if len(left) == len(term.words) or len(term.folded) == 1 else left


def begins_any(start: str, names: Iterable[str]) -> bool:
    """Whether a word of some names begins so."""
    return any(has_words([start], split_words(name)) for name in names)


@cache
def country_words(code: str) -> tuple[str, ...]:
    """What a country is called, in both languages."""
    return tuple(word for lang in ("en", "ko") for word in split_words(country_name(code, lang)))


def bare(term: Term) -> str:
    """A term without “City of”, “특별시” and their like."""
    kept = [word for word in term.words if word not in GENERIC]
    return " ".join(KOREAN_ENDING.sub("", word) for word in kept)


def find_alike(term: Term, members: dict[int, Named]) -> list[int]:
    """The members whose names are most alike to a misspelt term."""
    measured = (
        (max(are_alike(term.folded, name) for name in member.names), pk)
        for pk, member in members.items()
    )
    return [pk for share, pk in nlargest(MOST_ALIKE, measured) if share]


def read_members(pks: list[int]) -> list[Member]:
    """Some members with today's status, in their order and one query; none without members."""
    if not pks:
        return []
    rows = {row.pk: row for row in Member.objects.with_status(seoul.today()).filter(pk__in=pks)}
    return [rows[pk] for pk in pks]


def is_on_roster(member: Member) -> bool:
    """Whether it belongs today."""
    return getattr(member, "status", None) in ON_ROSTER


def describe_member(member: Member, names: tuple[str, ...], term: Term) -> str:
    """What tells members apart: the other script, an old name that was typed, place, standing."""
    shown = str(member)
    told = [name for name in names[:2] if name and name != shown]
    if not term.closeness(names[:2]):
        told += [name for name in names[2:] if term.closeness_of(name)][:1]
    status = getattr(member, "status", None)
    standing = [str(Status(status).label)] if status else []
    return " · ".join([*told, member.country, member.get_kind_display(), *standing])


def keep_closest(measured: Iterable[tuple[int, Any]]) -> list[tuple[int, Any]]:
    """The rows a page shows and one more, the closest first; ties keep their order."""
    found = (pair for pair in measured if pair[0])
    return nlargest(MOST_HITS + 1, found, key=lambda pair: pair[0])


def find_applications(term: Term) -> list[Hit]:
    """Applications by reference or name; drafts are the applicants' own."""
    rows = (
        Application.objects.exclude(state=ApplicationState.DRAFT)
        .order_by("-pk")
        .values_list("pk", "reference", "state", "name_en", "name_ko", "name_local")
    )
    measured = ((term.closeness((row[1], *row[3:])), row) for row in rows)
    return [
        Hit(
            gettext_lazy("Applications"),
            reader.choose(row[3], row[4]) or row[1],
            f"{row[1]} · {ApplicationState(row[2]).label}",
            reverse("admin:members_application_change", args=[row[0]]),
            closeness,
            APPLICATIONS,
        )
        for closeness, row in keep_closest(measured)
    ]


def find_contacts(term: Term) -> list[Hit]:
    """Contacts by name or e-mail; they stand on their member's file."""
    contacts = keep("members.contacts", read_contacts, size=len)
    return [
        Hit(
            gettext_lazy("Contacts"),
            name,
            f"{ContactRole(role).label}, {reader.choose(*names)} · {email}",
            reverse("admin:members_member_change", args=[member]),
            closeness,
            CONTACTS,
        )
        for closeness, (member, name, email, role, *names) in closest_of(term, contacts)
    ]


def read_contacts() -> list[Written]:
    """Every contact with its member, by name; in one query."""
    rows = Contact.objects.order_by("full_name", "pk").values_list(
        "member_id", "full_name", "email", "role", "member__name_en", "member__name_ko"
    )
    return [written(row) for row in rows.iterator()]


def written(row: tuple[Any, ...]) -> Written:
    """A row whose second and third column are a name and an address."""
    name, email = row[1], row[2]
    return Written(f"{fold(name)}\n{fold(email)}", name, email, row)


def closest_of(term: Term, people: Iterable[Written]) -> list[tuple[int, Any]]:
    """The closest of many: most are passed over by one look at their folded names."""
    return keep_closest(
        (measure_person(term, each.name, each.email), each.row)
        for each in people
        if term.may_fit(each.folded)
    )


def find_people(term: Term) -> list[Hit]:
    """People who sign in, by name or e-mail, with the first organisation they act for."""
    people = keep("members.people", read_people, size=len)
    return [
        Hit(
            gettext_lazy("People"),
            name or email,
            " · ".join(part for part in (email, describe_person(role, *names)) if part),
            reverse("admin:members_user_change", args=[pk]),
            closeness,
            PEOPLE,
        )
        for closeness, (pk, name, email, role, *names) in closest_of(term, people)
    ]


def read_people() -> list[Written]:
    """Everybody who signs in, by name, with the first organisation they act for; in one query."""
    rows = User.objects.order_by("full_name", "pk", "affiliations__member__name_en").values_list(
        "pk",
        "full_name",
        "email",
        "role",
        "affiliations__member__name_en",
        "affiliations__member__name_ko",
    )
    people: dict[int, tuple[Any, ...]] = {}
    for row in rows:
        people.setdefault(row[0], row)
    return [written(row) for row in people.values()]


def describe_person(role: str, name_en: str | None, name_ko: str | None) -> str:
    """What a person does: a staff role, or the organisation they act for."""
    return str(Role(role).label) if role else reader.choose(name_en or "", name_ko or "")


def measure_person(term: Term, name: str, email: str) -> int:
    """How close a person is; with an @ only the address counts, without one its first part too."""
    if "@" in term.typed:
        same = term.typed.strip().casefold() == email.casefold()
        return EXACT if same else term.closeness_of(email)
    return term.closeness((name, email.partition("@")[0]))
