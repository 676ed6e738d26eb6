"""What a member should do now, and what comes next: short lists for its home page."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from members.access import has_second_factor
from members.confirming import ASKED_KINDS, FIRST_MONTH, figure_for, year_to_confirm
from members.leaving import open_proceedings, standing_notices
from members.mandate import Right, Standing, may_change
from members.models import (
    ApplicationState,
    ContactRole,
    Member,
    Outcome,
    Proposal,
    ProposalState,
    Status,
    User,
)
from wego.seoul import SEOUL

# A declined proposal is news for as long as people are likely to come back to it.
NEWS_DAYS = 60
OWING = (Status.FULL, Status.SUSPENDED)


class Task(NamedTuple):
    """One line of what to do now."""

    words: str
    why: str
    url: str


class Coming(NamedTuple):
    """One line of what comes next; `when` is a day, or a year where no day is set yet."""

    when: str
    what: str


def list_tasks(
    member: Member, roles: Iterable[str], standing: Standing, *, user: User, on: dt.date
) -> list[Task]:
    """What waits for somebody with these roles, the most pressing first."""
    held = frozenset(roles)
    proposals = recent_proposals(member, on)
    found: list[Task] = []
    if may_change(held, Right.LEAVING):
        found += hearing_tasks(member, standing)
    if may_change(held, Right.FIGURES):
        found += figure_tasks(member, standing, proposals, on)
    if may_change(held, Right.FINANCE_CONTACT):
        found += contact_tasks(member)
        found += answer_tasks(proposals)
    return found + factor_tasks(user)


def recent_proposals(member: Member, on: dt.date) -> list[Proposal]:
    """Those that wait for the secretariat, and those declined of late."""
    since = timezone.make_aware(
        dt.datetime.combine(on - dt.timedelta(days=NEWS_DAYS), dt.time()), SEOUL
    )
    rows = member.proposals.filter(state__in=(ProposalState.WAITING, ProposalState.DECLINED))
    return [row for row in rows if row.answered_at is None or row.answered_at >= since]


def hearing_tasks(member: Member, standing: Standing) -> list[Task]:
    """Proposals to suspend or expel that the member has not answered yet (S12, S13)."""
    if standing.status not in OWING:
        return []
    unanswered = open_proceedings().filter(member=member, statement="")
    return [
        Task(
            _("Say what you have to say to a proposal about you"),
            _("“%(what)s” is proposed. You may be heard until %(day)s.")
            % {"day": date_format(each.heard_until), "what": Outcome(each.outcome).label},
            reverse("portal:hearing", args=[each.pk]),
        )
        for each in unanswered
    ]


def figure_tasks(
    member: Member, standing: Standing, proposals: list[Proposal], on: dt.date
) -> list[Task]:
    """A figure to confirm in autumn, or one that is missing."""
    if member.kind not in ASKED_KINDS or standing.status not in OWING:
        return []
    year = year_to_confirm(on)
    proposed = any(
        "figure" in each.changes for each in proposals if each.state == ProposalState.WAITING
    )
    if proposed or figure_for(member, year):
        return []
    words = {
        "city": _("Confirm your population for the dues of %(year)s"),
        "company": _("Confirm your number of employees for the dues of %(year)s"),
    }
    why = (
        _("Two fields, two minutes. Please do it by 31 December.")
        if on.month >= FIRST_MONTH
        else _("Without it your dues cannot be worked out.")
    )
    return [Task(words[member.kind] % {"year": year}, why, reverse("portal:figures"))]


def contact_tasks(member: Member) -> list[Task]:
    """Somebody has to receive the invoices."""
    if member.contacts.filter(role=ContactRole.FINANCE).exists():
        return []
    return [
        Task(
            _("Name your finance contact"),
            _("Invoices and reminders go to this person."),
            reverse("portal:contact-add", args=[ContactRole.FINANCE.value]),
        )
    ]


def answer_tasks(proposals: list[Proposal]) -> list[Task]:
    """What the secretariat did not accept."""
    declined = [each for each in proposals if each.state == ProposalState.DECLINED]
    return [
        Task(
            _("Read why a change you proposed was declined"),
            each.answer,
            reverse("portal:data") + "#proposals",
        )
        for each in declined[:1]
    ]


def factor_tasks(user: User) -> list[Task]:
    """A second factor is offered to members, never demanded; staff have their own page for it."""
    if user.role or has_second_factor(user):
        return []
    return [
        Task(
            _("Protect your account with a second step"),
            _("An app on your phone or a passkey. You need not, but it keeps others out."),
            reverse("mfa_index"),
        )
    ]


def list_coming(member: Member, standing: Standing, *, on: dt.date) -> list[Coming]:
    """What is ahead of a member besides its dues."""
    found: list[Coming] = []
    if standing.status == Status.ASSOCIATE:
        application = member.applications.filter(state=ApplicationState.ACCEPTED).last()
        if application and application.target_excom_year:
            year = application.target_excom_year
            found += [
                Coming(str(year), _("The EXCOM decides on your full membership.")),
                Coming(str(year + 1), _("First year of dues, if the EXCOM approves.")),
            ]
    if standing.ended:
        return found
    notice = standing_notices(member).first()
    if notice and notice.effective_on and notice.effective_on >= on:
        day = date_format(notice.effective_on)
        found.append(Coming(day, _("Your membership ends, as you asked.")))
    return found
