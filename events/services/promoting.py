"""Approved events of members are told to every member, each once (R29).

What is to be done is what the rows say: approved, not over, not told to this member. Sweeping twice
or in two processes at once tells nobody twice.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef

from events.models import PromotionNotice, RequestKind, RequestState, ServiceRequest
from members.correspondence import WRITTEN_TO, find_recipients, name_of, say_day
from members.models import Contact, Member
from wego import audit
from wego.outbox import Mailbox, post_mail

BATCH = 100


def tell_members_of_events(*, on: dt.date) -> int:
    """Tell everybody who was not told of the events that are approved; returns how many members."""
    events = ServiceRequest.objects.filter(
        kind=RequestKind.PROMOTION, state=RequestState.APPROVED, ends_on__gte=on
    )
    return sum(tell_of(event, on=on) for event in events.select_related("member").order_by("pk"))


def tell_of(event: ServiceRequest, *, on: dt.date) -> int:
    """Tell the members on the roster of one event; its own city knows."""
    told, last = 0, 0
    notices = PromotionNotice.objects.filter(request=event, member=OuterRef("pk"))
    reached = Contact.objects.filter(member=OuterRef("pk"), role__in=WRITTEN_TO)
    waiting = (
        Member.objects.on_roster(on)
        .filter(Exists(reached), ~Exists(notices))
        .exclude(pk=event.member_id)
    )
    while members := list(waiting.filter(pk__gt=last).order_by("pk")[:BATCH]):
        for member in members:
            told += tell_member(event, member)
            last = member.pk
    if told:
        audit.record_act(
            "request.told", by=None, subject=event, file=event.member, facts={"members": told}
        )
    return told


@transaction.atomic
def tell_member(event: ServiceRequest, member: Member) -> bool:
    """Tell one member, unless somebody else has just done so, or there is nobody to write to."""
    Member.objects.select_for_update().get(pk=member.pk)
    recipients = find_recipients(member)
    told = PromotionNotice.objects.filter(request=event, member=member).exists()
    if told or not recipients or not (event.starts_on and event.ends_on):
        return False
    PromotionNotice.objects.create(request=event, member=member, mails=len(recipients))
    language = member.language
    for contact in recipients:
        post_mail(
            "event_promoted",
            to=Mailbox(contact.email, contact.full_name, language),
            facts={
                "member": name_of(member),
                "portal": f"{settings.PUBLIC_URL}/portal/services/",
                "host": (event.member.name_ko if language == "ko" else "") or event.member.name_en,
                "event": event.title,
                "about": event.about,
                "first_day": say_day(event.starts_on, language),
                "last_day": say_day(event.ends_on, language),
                "place": event.place,
                "website": event.website or "–",
            },
            file=member,
        )
    return True
