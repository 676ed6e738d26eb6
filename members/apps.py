"""Who belongs: organisations, their people, their life in WeGO, their figures."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from wego.guards import Guard


class MembersConfig(AppConfig):
    """The register."""

    name = "members"
    verbose_name = _("Members")
    guards = (
        Guard(
            "members_statusentry",
            "status history is append-only: record a correcting entry instead",
        ),
        Guard("members_memberfigure", "figures are append-only: record a newer figure instead"),
        Guard("members_countryfigure", "figures are append-only: record a newer figure instead"),
    )
