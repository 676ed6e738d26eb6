"""What an applicant should know before going on: the organisation may be known already.

Members are public, other applications are not: of those only their existence is told.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from django.utils.translation import gettext as _

from members.duplicates import Twin, find_duplicates
from members.models import ON_ROSTER, Application, Member

MOST_NOTICES = 3


class Advice(NamedTuple):
    """A kind notice: its tone, its heading, what to do."""

    tone: str
    title: str
    text: str


def find_notices(application: Application, *, on: dt.date) -> list[Advice]:
    """Notices about members and applications that may be the same organisation, surest first."""
    if not application.country_code or not (application.name_en or application.name_ko):
        return []
    twins = find_duplicates(
        application.name_en,
        application.name_ko,
        name_local=application.name_local,
        country_code=application.country_code,
        kind=application.kind,
        apart_from=application,
    )
    pks = [twin.found.pk for twin in twins if isinstance(twin.found, Member)]
    current = set(
        Member.objects.with_status(on)
        .filter(("status__in", ON_ROSTER), pk__in=pks)
        .values_list("pk", flat=True)
    )
    notices = [advise(application, twin, is_current=twin.found.pk in current) for twin in twins]
    return list(dict.fromkeys(notices))[:MOST_NOTICES]


def advise(application: Application, twin: Twin, *, is_current: bool) -> Advice:
    """What one likeness means for the applicant."""
    found = twin.found
    if isinstance(found, Application):
        return advise_of_application(application, certain=twin.certain)
    shown = found if found.in_directory else application
    if is_current and twin.certain:
        return Advice(
            "warn",
            _("%(name)s is a member already") % {"name": shown},
            _(
                "You need no application. To act for it, ask a colleague who uses the members’ "
                "portal, or the secretariat, for an invitation."
            ),
        )
    if twin.certain:
        return Advice(
            "info",
            _("%(name)s was a member before") % {"name": shown},
            _(
                "You are welcome back. Dues still open from that time must be paid, or waived by "
                "a decision, before the application can be accepted."
            ),
        )
    return Advice(
        "info",
        _("A member has a similar name: %(name)s") % {"name": shown},
        _(
            "If that is your organisation, ask the secretariat for an invitation instead. "
            "If it is another one, simply go on."
        ),
    )


def advise_of_application(application: Application, *, certain: bool) -> Advice:
    """An open application, of which nothing is told but that there is one."""
    title = (
        _("An application of this organisation is open already")
        if certain
        else _("An application with a similar name is open")
    )
    return Advice(
        "warn" if certain else "info",
        title,
        _(
            "Perhaps a colleague began it. Please write to the secretariat before you submit, and "
            "name your reference %(reference)s."
        )
        % {"reference": application.reference},
    )
