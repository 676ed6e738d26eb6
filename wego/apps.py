"""The frame as a Django app: it carries tags, commands and checks, and knows no other app."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.db.models.signals import post_migrate, pre_migrate

from wego import guards


class FrameConfig(AppConfig):
    """The frame; puts the database guards back after every migration (SQLite drops them)."""

    default = True
    name = "wego"
    verbose_name = "WeGO Members"

    def ready(self) -> None:
        """Install the guards whenever tables may have been rebuilt."""
        pre_migrate.connect(guards.before_migrate, dispatch_uid="wego.guards")
        post_migrate.connect(guards.after_migrate, dispatch_uid="wego.guards")


class StaffAdminConfig(admin_apps.AdminConfig):
    """Django's admin, served by our own site class."""

    default = False
    default_site = "wego.site.StaffSite"
