"""Who belongs: organisations, their people, their life in WeGO, their figures."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from wego.guards import Guard
from wego.nav import NavItem


class MembersConfig(AppConfig):
    """The register."""

    name = "members"
    verbose_name = _("Members")
    nav = (
        NavItem(
            _("Members"),
            "admin:members_member_changelist",
            "members.view_member",
            10,
        ),
        NavItem(_("Membership report"), "admin:members_member_report", "members.view_member", 20),
        NavItem(
            _("Figures"),
            "admin:members_memberfigure_changelist",
            "members.view_memberfigure",
            60,
            also=("admin:members_countryfigure_changelist",),
        ),
        NavItem(_("People"), "admin:members_user_changelist", "members.view_user", 70),
    )
    guards = (
        Guard(
            "members_statusentry",
            "status history is append-only: record a correcting entry instead",
        ),
        Guard("members_memberfigure", "figures are append-only: record a newer figure instead"),
        Guard("members_countryfigure", "figures are append-only: record a newer figure instead"),
    )
