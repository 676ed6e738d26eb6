"""The mails around a meeting; their words stand in templates/mail/<name>.<language>.txt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from wego.wording import MailKind

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_MEETING: dict[str, StrOrPromise] = {
    "member": _("name of the member"),
    "portal": _("address of the member's portal"),
    "meeting": _("name of the meeting"),
    "days": _("days of the meeting"),
    "place": _("place of the meeting"),
    "mode": _("how the meeting is attended"),
}
_SAMPLES = {
    "member": "Kathmandu",
    "portal": "https://members.example/portal/",
    "meeting": "7th General Assembly",
    "days": "16 September 2026 – 18 September 2026",
    "place": "Almaty",
    "mode": "On site",
}
AROUND: tuple[MailKind, ...] = (
    MailKind("meeting_called", _("Call of a meeting"), _MEETING, samples=_SAMPLES),
    MailKind("agenda_published", _("Agenda of a meeting published"), _MEETING, samples=_SAMPLES),
    MailKind("observers_invited", _("Invitation to observe a meeting"), _MEETING, samples=_SAMPLES),
)
