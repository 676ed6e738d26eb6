"""The acts of meetings for readers of the audit trail. Pure."""

from django.utils.translation import gettext_lazy as _

MEETINGS = {
    "meeting.planned": _("Meeting planned"),
    "meeting.called": _("Meeting called"),
    "meeting.postponed": _("Meeting postponed"),
    "meeting.moved": _("Meeting moved"),
    "meeting.held": _("Meeting held"),
    "meeting.cancelled": _("Meeting cancelled"),
    "delegation.invited": _("Invited to a meeting"),
    "attendance.came": _("Came to a meeting"),
    "attendance.left": _("Left a meeting"),
    "proxy.given": _("Proxy given"),
    "proxy.revoked": _("Proxy taken back"),
    "agenda.laid_out": _("Agenda laid out"),
    "agenda.added": _("Item put on the agenda"),
    "agenda.changed": _("Item of the agenda changed"),
    "agenda.removed": _("Item taken off the agenda"),
    "agenda.moved": _("Item of the agenda moved"),
    "agenda.published": _("Agenda published"),
    "agenda.paper_put": _("Paper put to an item"),
    "agenda.paper_taken_back": _("Paper of an item taken back"),
    "resolution.recorded": _("Resolution recorded"),
    "resolution.corrected": _("Resolution corrected"),
    "resolution.confirmed": _("Resolution confirmed"),
    "ballot.answered": _("Written ballot answered"),
    "memorandum.written": _("Memorandum written"),
    "memorandum.approved": _("Memorandum approved"),
    "memorandum.published": _("Memorandum published"),
}
