"""Where staff find programmes and partners."""

from django.utils.translation import gettext_lazy as _

from wego.nav import NavItem

SERVICES = (
    NavItem(
        _("Programmes"),
        "admin:events_training_changelist",
        "events.view_training",
        25,
        also=("admin:events_servicerequest_changelist",),
    ),
    NavItem(
        _("Partners"),
        "admin:events_partner_changelist",
        "events.view_partner",
        26,
        also=("admin:events_regionaloffice_changelist", "admin:events_adviser_changelist"),
    ),
)
