"""The frame as a Django app: it carries tags, commands and checks, and knows no other app."""

from types import MappingProxyType

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _

from wego import guards
from wego.nav import NavItem


class FrameConfig(AppConfig):
    """The frame; puts the database guards back after every migration (SQLite drops them)."""

    default = True
    name = "wego"
    verbose_name = _("Mails and audit trail")
    nav_group = _("House")
    nav = (
        NavItem(
            _("Mails"),
            "admin:wego_mail_changelist",
            "wego.view_mail",
            75,
            also=("admin:wego_mailwording_changelist",),
        ),
        NavItem(_("Audit trail"), "admin:wego_auditentry_changelist", "wego.view_auditentry", 80),
        NavItem(
            _("System"),
            "admin:system",
            "wego.view_operation",
            85,
            also=("admin:wego_operation_changelist",),
        ),
    )
    acts = MappingProxyType(
        {
            "mail.retried": _("Mail queued again"),
            "mail.confirmed": _("Mail marked as sent"),
            "mail wording.changed": _("Wording of a mail changed"),
            "mail wording.restored": _("Wording of a mail set back"),
            "mail wording.tested": _("Test mail sent"),
            "policy.changed": _("Policy changed"),
            "webhook.made": _("Webhook made"),
            "webhook.secret_renewed": _("New secret for a webhook"),
            "webhook.switched_on": _("Webhook switched on"),
            "webhook.switched_off": _("Webhook switched off"),
            "webhook.replayed": _("Webhook sent again"),
            "audit trail.exported": _("Audit trail exported"),
        }
    )
    guards = (
        guards.Guard("wego_auditentry", "the audit trail is append-only"),
        guards.Guard("wego_auditseal", "the audit trail is append-only"),
        guards.Guard("wego_sealedentry", "the audit trail is append-only"),
        guards.Guard("wego_operation", "what was done is not changed"),
    )

    def ready(self) -> None:
        """Install the guards whenever tables may have been rebuilt."""
        pre_migrate.connect(guards.before_migrate, dispatch_uid="wego.guards")
        post_migrate.connect(guards.after_migrate, dispatch_uid="wego.guards")


class StaffAdminConfig(admin_apps.AdminConfig):
    """Django's admin, served by our own site class."""

    default = False
    default_site = "wego.site.StaffSite"
