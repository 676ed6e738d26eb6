"""Papers for delegates: the credentials to sign, the invitation for a visa, the badge.

No passport number is asked for or printed: a paper is kept for ever, and embassies read it from
the passport itself.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from events.delegating.naming import refuse_over, stage_of, standing_delegates
from events.models import (
    Delegate,
    Delegation,
    DelegationKind,
    EventPaper,
    EventPaperKind,
    Meeting,
    MeetingStage,
    Mode,
    Session,
    Speaker,
    TakesPart,
)
from events.papers import write_event_paper
from members.models import User, country_name, is_country
from wego import audit

ENGLISH = "en"


@transaction.atomic
def write_credentials_form(delegation: Delegation, *, on: dt.date, by: User | None) -> EventPaper:
    """The letter by which a mayor names the delegation, ready to sign.

    Raises:
        ValidationError: nobody is named yet, or it is no member's delegation.
    """
    refuse_over(delegation.meeting)
    delegates = standing_delegates(delegation)
    if delegation.member is None or not delegates:
        raise ValidationError(
            _("Name the delegation first: the letter says who it is."), code="nobody"
        )
    facts = {
        **say_meeting(delegation.meeting),
        "votes": delegation.kind == DelegationKind.VOTING,
        "delegates": [
            {"name": each.name, "position": each.position, "role": each.role} for each in delegates
        ],
    }
    return write(
        EventPaperKind.CREDENTIALS,
        delegation,
        None,
        facts,
        language=delegation.member.language,
        on=on,
        by=by,
    )


@transaction.atomic
def write_visa_letter(
    delegate: Delegate, *, nationality: str, on: dt.date, by: User | None
) -> EventPaper:
    """The invitation that somebody shows when they ask for a visa; always in English.

    Raises:
        ValidationError: no country, or they do not travel: the meeting is online, they take part
            online, or its days are not known yet.
    """
    delegation = delegate.delegation
    stage = refuse_staying_home(delegate)
    if not is_country(nationality):
        raise ValidationError({"nationality": _("Choose the country of the passport.")})
    facts = {
        **say_meeting(delegation.meeting),
        "name": delegate.name,
        "position": delegate.position,
        "organisation": name_in_english(delegation),
        "nationality": country_name(nationality, ENGLISH),
        "host": stage.host.name_en if stage.host else "",
        "host_country": country_name(stage.host.country_code, ENGLISH) if stage.host else "",
    }
    return write(EventPaperKind.VISA, delegation, delegate, facts, language=ENGLISH, on=on, by=by)


def refuse_staying_home(delegate: Delegate) -> MeetingStage:
    """Whoever travels to a meeting of known days can be invited; the stage that says so.

    Raises:
        ValidationError: they do not.
    """
    refuse_over(delegate.delegation.meeting)
    stage = stage_of(delegate.delegation.meeting)
    if stage.mode == Mode.ONLINE or delegate.takes_part == TakesPart.ONLINE:
        raise ValidationError(
            _("%(name)s takes part online: no visa is needed.") % {"name": delegate},
            code="online",
        )
    if stage.starts_on is None or delegate.left_on:
        raise ValidationError(
            _("A visa letter names the days of the meeting: they are not set yet."), code="no_day"
        )
    return stage


@transaction.atomic
def write_badge(delegate: Delegate, *, on: dt.date, by: User | None) -> EventPaper:
    """The badge to wear: name, organisation, and what the person is.

    Raises:
        ValidationError: they are named no more, or the meeting is over.
    """
    delegation = delegate.delegation
    refuse_over(delegation.meeting)
    if delegate.left_on:
        raise ValidationError(
            _("%(name)s is no longer named: nothing was changed.") % {"name": delegate},
            code="left",
        )
    facts = {
        **say_meeting(delegation.meeting),
        "name": delegate.name,
        "position": delegate.position,
        "organisation": name_in_english(delegation),
        "organisation_ko": delegation.member.name_ko if delegation.member else "",
        "country": country_name(country_of(delegation), ENGLISH),
        "role": delegate.role,
        "votes": delegation.kind == DelegationKind.VOTING,
        "speaks": speaks(delegate),
    }
    return write(EventPaperKind.BADGE, delegation, delegate, facts, language=ENGLISH, on=on, by=by)


def write(
    kind: str,
    delegation: Delegation,
    delegate: Delegate | None,
    facts: dict[str, Any],
    *,
    language: str,
    on: dt.date,
    by: User | None,
) -> EventPaper:
    """The paper, or the same one again while nothing that it prints has changed."""
    newest = EventPaper.objects.filter(
        kind=kind, meeting=delegation.meeting, member=delegation.member, delegate=delegate
    ).first()
    if newest and newest.snapshot["facts"] == facts and newest.language == language:
        return newest
    paper = write_event_paper(
        kind,
        meeting=delegation.meeting,
        member=delegation.member,
        delegate=delegate,
        language=language,
        snapshot=facts,
        on=on,
        by=by,
    )
    audit.record_act(
        "delegate.paper",
        by=by,
        subject=paper,
        file=delegation.member,
        facts={"kind": kind},
    )
    return paper


def say_meeting(meeting: Meeting) -> dict[str, Any]:
    """The meeting as a paper prints it."""
    stage = stage_of(meeting)
    return {
        "meeting_en": meeting.name_en,
        "meeting_ko": meeting.name_ko,
        "starts_on": stage.starts_on.isoformat() if stage.starts_on else "",
        "ends_on": (stage.ends_on or stage.starts_on).isoformat() if stage.starts_on else "",
        "place": stage.place or (stage.host.name_en if stage.host else ""),
    }


def name_in_english(delegation: Delegation) -> str:
    """The organisation as an embassy reads it."""
    return delegation.member.name_en if delegation.member else delegation.organisation


def country_of(delegation: Delegation) -> str:
    """The country code of an organisation; "" where it is not known."""
    return delegation.member.country_code if delegation.member else delegation.country_code


def speaks(delegate: Delegate) -> bool:
    """Whether somebody of that name speaks for the same organisation in a session."""
    delegation = delegate.delegation
    sessions = Session.objects.filter(meeting=delegation.meeting)
    return Speaker.objects.filter(
        session__in=sessions, name__iexact=delegate.name, member=delegation.member, left_on=None
    ).exists()
