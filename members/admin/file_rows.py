"""What the member's file reads: the member with its flags, who it is, one query each."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from django.db.models import (
    BigIntegerField,
    CharField,
    Count,
    DateTimeField,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce
from django.http import Http404
from django.shortcuts import get_object_or_404

from members.models import (
    AffiliationRole,
    ContactRole,
    Member,
    MemberName,
    Proceeding,
    Proposal,
    ProposalState,
    WithdrawalNotice,
)
from wego import seoul

LONGEST_KEY = 19
NAME = "name"


class Person(NamedTuple):
    """Somebody at the member: a contact, a person who may act, or one who is invited to."""

    sort: str
    name: str
    email: str
    role: str
    position: str
    phone: str
    until: dt.datetime | None

    @property
    def role_label(self) -> str:
        """The role in words."""
        choices = ContactRole.choices if self.sort == "contact" else AffiliationRole.choices
        return str(dict(choices).get(self.role, self.role))


class OtherName(NamedTuple):
    """Another name: an earlier one with its days, a spelling, or that of a merged duplicate."""

    pk: int | None
    name_en: str
    name_ko: str
    used_from: dt.date | None
    used_until: dt.date | None
    note: str


def find_member(pk: str) -> Member:
    """The member with today's status and what waits about it, in one query.

    Raises:
        Http404: there is none.
    """
    if not (pk.isascii() and pk.isdigit() and len(pk) < LONGEST_KEY):
        raise Http404
    notices = WithdrawalNotice.objects.filter(
        member=OuterRef("pk"), acknowledged_on__isnull=True, taken_back_on__isnull=True
    )
    proceedings = Proceeding.objects.filter(
        member=OuterRef("pk"), dropped_on__isnull=True, decision_items__isnull=True
    )
    proposals = (
        Proposal.objects.filter(member=OuterRef("pk"), state=ProposalState.WAITING)
        .order_by()
        .values("member")
        .annotate(n=Count("pk"))
    )
    members = Member.objects.with_status(seoul.today()).annotate(
        notice_on=Subquery(notices.values("received_on")[:1]),
        proceeding=Subquery(proceedings.values("pk")[:1]),
        proposed=Subquery(proceedings.values("outcome")[:1]),
        heard_until=Subquery(proceedings.values("heard_until")[:1]),
        waiting=Coalesce(Subquery(proposals.values("n")), 0, output_field=IntegerField()),
    )
    return get_object_or_404(members.select_related("merged_into"), pk=pk)


def read_who(member: Member) -> tuple[list[OtherName], list[Person]]:
    """Who a member is, in one query: its other names, and its people.

    Names are earlier ones, spellings, and those of merged duplicates; people are contacts, those
    who may act, and those who are invited to.
    """
    parts = [*names_of(member), *people_of(member)]
    rows = parts[0].union(*parts[1:], all=True).order_by("who_name", "who_email")
    names, people = [], []
    for sort, name, email, role, position, phone, until, key in rows:
        if sort == NAME:
            since, until_day = read_day(position), read_day(phone)
            names.append(OtherName(key, name, email, since, until_day, role))
        else:
            people.append(Person(sort, name, email, role, position, phone, until))
    return names, people


def names_of(member: Member) -> list[QuerySet[Any]]:
    """Other names in the columns of people: Korean as the address, days where they fit."""
    return [
        columns_of(
            MemberName.objects.filter(member=member),
            NAME,
            name="name_en",
            email="name_ko",
            role="note",
            position="used_from",
            phone="used_until",
        ),
        columns_of(
            Member.objects.filter(merged_into=member),
            NAME,
            name="name_en",
            email="name_ko",
            key="pk",
        ),
    ]


def people_of(member: Member) -> list[QuerySet[Any]]:
    """Contacts, people who may act, and open invitations."""
    return [
        columns_of(
            member.contacts.all(),
            "contact",
            name="full_name",
            email="email",
            role="role",
            position="position",
            phone="phone",
        ),
        columns_of(
            member.affiliations.filter(user__is_active=True),
            "acts",
            name="user__full_name",
            email="user__email",
            role="role",
        ),
        columns_of(
            member.invitations.filter(accepted_at__isnull=True, revoked_at__isnull=True),
            "invited",
            name="full_name",
            email="email",
            role="affiliation_role",
            until="expires_at",
        ),
    ]


def columns_of(rows: QuerySet[Any], sort: str, **fields: str) -> QuerySet[Any]:
    """Rows in the columns all of them share; what a table does not have is empty."""
    shared = {
        f"who_{name}": Cast(F(fields[name]) if name in fields else Value(""), TextField())
        for name in ("name", "email", "role", "position", "phone")
    }
    until = F(fields["until"]) if "until" in fields else Value(None)
    key = F(fields["key"]) if "key" in fields else Value(None)
    named: QuerySet[Any] = rows.order_by().annotate(
        who_sort=Value(sort, CharField()),
        **shared,
        who_until=Cast(until, DateTimeField()),
        who_key=Cast(key, BigIntegerField()),
    )
    return named.values_list("who_sort", *shared, "who_until", "who_key")


def read_day(text: str | None) -> dt.date | None:
    """A day as a database writes it; None for none."""
    return dt.date.fromisoformat(text) if text else None
