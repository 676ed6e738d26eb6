"""Each October the members that owe dues are asked by mail to confirm their figure (dues cycle).

What is to be done is what the rows say: owes dues next year, has confirmed nothing, was not asked.
Asking twice, or in two processes at once, sends one mail.
"""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from members.confirming import (
    ASKED_KINDS,
    FIRST_MONTH,
    figure_before,
    figure_for,
    measure_of,
    year_to_confirm,
)
from members.lifecycle import lock
from members.models import (
    AffiliationRole,
    ContactRole,
    Measure,
    Member,
    MemberFigure,
    Status,
    User,
)
from wego import audit, reader
from wego.models import AuditEntry
from wego.outbox import Mailbox, post_mail

ACT = "member.figure_asked"
OWING = (Status.FULL, Status.SUSPENDED)


def ask_for_figures(*, on: dt.date) -> int:
    """From October on, ask everybody not asked yet for next year's figure; returns how many.

    A member without anybody to write to is left for when somebody is named.
    """
    if on.month < FIRST_MONTH:
        return 0
    year = year_to_confirm(on)
    return sum(ask_member(member, year=year, on=on) for member in members_to_ask(on, year))


def members_to_ask(on: dt.date, year: int) -> QuerySet[Member]:
    """Cities and companies that are full or suspended and have no figure for the dues year."""
    known = MemberFigure.objects.filter(member=OuterRef("pk"), dues_year=year)
    return (
        Member.objects.standing_alone()
        .with_status(on)
        .filter(Q(("status__in", OWING)), ~Exists(known), kind__in=ASKED_KINDS)
        .exclude(pk__in=asked_already(year))
        .order_by("pk")
    )


def asked_already(year: int) -> list[int]:
    """The members asked for a dues year, as the audit trail says."""
    files = AuditEntry.objects.filter(act=ACT, facts__dues_year=year)
    return [int(file.removeprefix("member:")) for file in files.values_list("file", flat=True)]


@transaction.atomic
def ask_member(member: Member, *, year: int, on: dt.date) -> bool:
    """Ask one member, unless somebody else has just done so."""
    locked = lock(member)
    file = audit.file_of(locked)
    asked = AuditEntry.objects.filter(act=ACT, file=file, facts__dues_year=year).exists()
    recipients = recipients_of(locked)
    if asked or not recipients or figure_for(locked, year):
        return False
    for recipient in recipients:
        with translation.override(recipient.language):
            facts = facts_for(locked, year)
        post_mail(
            "figures_request", to=recipient, facts={"name": recipient.name, **facts}, file=locked
        )
    audit.record_act(
        ACT,
        by=None,
        subject=locked,
        facts={"dues_year": year, "mails": len(recipients), "on": on.isoformat()},
    )
    return True


def facts_for(member: Member, year: int) -> dict[str, str]:
    """What the mail says, in the language now active."""
    before = figure_before(member, year)
    return {
        "member": reader.choose(member.name_en, member.name_ko),
        "year": str(year),
        "measure": str(Measure(measure_of(member)).label),
        "known": f"{before.value:,} ({before.dues_year})" if before else _("none yet"),
        "link": settings.PUBLIC_URL + reverse("portal:figures"),
    }


def recipients_of(member: Member) -> list[Mailbox]:
    """The finance contacts, else the liaison officers, else the people who may confirm it."""
    contacts = list(member.contacts.all())
    for role in (ContactRole.FINANCE, ContactRole.LIAISON):
        chosen = {each.email.lower(): each for each in contacts if each.role == role}
        if chosen:
            return [
                Mailbox(each.email, each.full_name, member.language) for each in chosen.values()
            ]
    people = User.objects.filter(
        is_active=True,
        affiliations__member=member,
        affiliations__role__in=(AffiliationRole.ADMINISTRATOR, AffiliationRole.FINANCE),
    )
    return [
        Mailbox(user.email, user.full_name, user.language)
        for user in people.distinct().order_by("pk")
    ]
