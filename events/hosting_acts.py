"""What the audit trail calls the acts around a meeting: hosting, delegates, programme."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

HOSTING: Mapping[str, StrOrPromise] = MappingProxyType(
    {
        "host call.published": _("Call for host bids published"),
        "host call.extended": _("Call for host bids extended"),
        "host call.withdrawn": _("Call for host bids withdrawn"),
        "host bid.announced": _("Interest in hosting expressed"),
        "host bid.submitted": _("Host bid handed in"),
        "host bid.withdrawn": _("Host bid withdrawn"),
        "host bid.scorer": _("Scorer of host bids named"),
        "host bid.scored": _("Host bids scored"),
        "host.proposed": _("Host proposed on an agenda"),
        "host.decided": _("Host decided"),
    }
)
DELEGATING: Mapping[str, StrOrPromise] = MappingProxyType(
    {
        "delegation.asked": _("Wishes to take part in a meeting"),
        "delegation.answered": _("Invitation to a meeting answered"),
        "delegate.named": _("Delegate named"),
        "delegate.changed": _("Delegate changed"),
        "delegate.removed": _("Delegate comes no more"),
        "delegate.paper": _("Paper for a delegate written"),
        "credentials.received": _("Letter of credentials received"),
        "calendar.opened": _("Private calendar address made"),
        "calendar.closed": _("Private calendar address taken back"),
        "meeting.announced": _("Members told about a meeting"),
    }
)
PROGRAMME: Mapping[str, StrOrPromise] = MappingProxyType(
    {
        "consultation.opened": _("Members consulted on the agenda"),
        "consultation.changed": _("Consultation on the agenda changed"),
        "topic.suggested": _("Topic suggested"),
        "topic.answered": _("Suggested topic answered"),
        "session.planned": _("Session planned"),
        "session.changed": _("Session changed"),
        "speaker.named": _("Speaker named"),
        "speaker.removed": _("Speaker taken off the programme"),
        "support.requested": _("Speaker support requested"),
        "support.consultation": _("Consultation on speaker support begun"),
        "support.granted": _("Speaker support granted"),
        "support.declined": _("Speaker support not granted"),
        "support.receipt": _("Receipt under a grant kept"),
        "support.settled": _("Speaker support settled"),
    }
)
AROUND = {**HOSTING, **DELEGATING, **PROGRAMME}
