"""What a person may do for the organisation they act for, and what is left when it has ended.

An administrator may change everything of their own organisation; the finance contact its figures,
who receives invoices and what was paid; a delegate votes for it and answers for its meetings;
readers look. A member that left keeps its invoices and letters to read (workflows of leaving), and
nobody changes anything for it.
"""

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from members.history import ENDINGS, Entry, full_since
from members.models import ENTRY_ORDER, AffiliationRole, Member, Status, StatusEntry, User

Role = AffiliationRole


class Right(StrEnum):
    """What may be changed in the portal."""

    DATA = "data"
    CONTACTS = "contacts"
    FINANCE_CONTACT = "finance_contact"
    FIGURES = "figures"
    PAYMENTS = "payments"
    PEOPLE = "people"
    LEAVING = "leaving"
    MEETINGS = "meetings"
    HOSTING = "hosting"
    SERVICES = "services"
    CANDIDACY = "candidacy"
    BALLOT = "ballot"


HOLDERS: dict[Right, frozenset[str]] = {
    Right.DATA: frozenset({Role.ADMINISTRATOR}),
    Right.CONTACTS: frozenset({Role.ADMINISTRATOR}),
    Right.FINANCE_CONTACT: frozenset({Role.ADMINISTRATOR, Role.FINANCE}),
    Right.FIGURES: frozenset({Role.ADMINISTRATOR, Role.FINANCE}),
    Right.PAYMENTS: frozenset({Role.ADMINISTRATOR, Role.FINANCE}),
    Right.PEOPLE: frozenset({Role.ADMINISTRATOR}),
    Right.LEAVING: frozenset({Role.ADMINISTRATOR}),
    Right.MEETINGS: frozenset({Role.ADMINISTRATOR, Role.DELEGATE}),
    Right.HOSTING: frozenset({Role.ADMINISTRATOR}),
    Right.SERVICES: frozenset({Role.ADMINISTRATOR, Role.DELEGATE}),
    Right.CANDIDACY: frozenset({Role.ADMINISTRATOR}),
    Right.BALLOT: frozenset({Role.ADMINISTRATOR, Role.DELEGATE}),
}


class Standing(NamedTuple):
    """A member's status on a day, since when, and whether it is one of those that end it."""

    status: str
    since: dt.date | None
    confirmed: bool

    @property
    def ended(self) -> bool:
        """Whether the membership is over, or never came about."""
        return self.status in ENDINGS

    @property
    def label(self) -> str:
        """The status in words."""
        return str(dict(Status.choices).get(self.status, ""))


def may_change(roles: Iterable[str], right: Right) -> bool:
    """Whether somebody with these roles may change it."""
    return not HOLDERS[right].isdisjoint(roles)


def role_labels(roles: Iterable[str]) -> list[str]:
    """The roles in words, the widest first."""
    held = set(roles)
    return [str(role.label) for role in Role if role.value in held]


def holders_of(member: Member, right: Right) -> list[User]:
    """The people who may change it for this member, by name."""
    found = User.objects.filter(
        is_active=True,
        affiliations__member=member,
        affiliations__role__in=HOLDERS[right],
    )
    return list(found.distinct().order_by("full_name", "pk"))


def standing_of(member: Member, on: dt.date) -> Standing:
    """Where a member stands on a day; full membership counts from its first day (R4)."""
    rows = StatusEntry.objects.filter(member=member, effective_on__lte=on).order_by(*ENTRY_ORDER)
    lines = [Entry(*row) for row in rows.values_list("status", "effective_on")]
    if not lines:
        return Standing("", None, member.status_confirmed)
    status, since = lines[-1]
    if status == Status.FULL:
        since = full_since(lines, on) or since
    return Standing(status, since, member.status_confirmed)
