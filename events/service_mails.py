"""The mails of trainings and requests; words stand in templates/mail/<name>.<language>.txt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from wego.wording import MailKind

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_MEMBER: dict[str, StrOrPromise] = {
    "member": _("name of the member"),
    "portal": _("address of the member's portal"),
}
_KATHMANDU = {"member": "Kathmandu", "portal": "https://members.example/portal/"}
_SELECTION: dict[str, StrOrPromise] = {
    **_MEMBER,
    "training": _("name of the training"),
    "people": _("people it is about, a line each"),
    "first_day": _("first day"),
    "last_day": _("last day"),
    "place": _("place"),
}
_SELECTED = {
    **_KATHMANDU,
    "training": "e-Government capacity programme",
    "people": "Maya Gurung (Head of IT)",
    "first_day": "15 March 2027",
    "last_day": "19 March 2027",
    "place": "Seoul",
}
SERVICES: tuple[MailKind, ...] = (
    MailKind("training_selected", _("Selected for a training"), _SELECTION, samples=_SELECTED),
    MailKind(
        "training_not_selected", _("Not selected for a training"), _SELECTION, samples=_SELECTED
    ),
    MailKind(
        "training_certificate",
        _("Certificate of a training"),
        {**_MEMBER, "person": _("name of the person"), "training": _("name of the training")},
        samples={
            **_KATHMANDU,
            "person": "Maya Gurung",
            "training": "e-Government capacity programme",
        },
    ),
    MailKind(
        "request_answered",
        _("Request answered"),
        {
            **_MEMBER,
            "title": _("what was asked for"),
            "state": _("how it stands"),
            "answer": _("the answer"),
        },
        samples={
            **_KATHMANDU,
            "title": "Kathmandu Smart City Week",
            "state": "approved",
            "answer": "We tell all members this week.",
        },
    ),
    MailKind(
        "event_promoted",
        _("Event of a member"),
        {
            **_MEMBER,
            "host": _("member that holds the event"),
            "event": _("name of the event"),
            "about": _("what it is about"),
            "first_day": _("first day"),
            "last_day": _("last day"),
            "place": _("place"),
            "website": _("website"),
        },
        samples={
            **_KATHMANDU,
            "host": "Goyang",
            "event": "Smart City Innovation Summit Asia",
            "about": "Cities and companies show what works.",
            "first_day": "18 September 2027",
            "last_day": "20 September 2027",
            "place": "KINTEX, Goyang",
            "website": "https://summit.example/",
        },
    ),
)
