"""The staff pages: Django's admin with our own front page, navigation and login."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from wego import seoul
from wego.nav import NavItem, links_for

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.urls import URLPattern, URLResolver

FRAME_ITEMS = (
    NavItem(_("Today"), "admin:index", "", 0),
    NavItem(_("Settings"), "admin:settings", "", 900),
)


class StaffSite(AdminSite):
    """The one admin site; named by ``default_site``, so plain ``@admin.register`` works."""

    site_title = _("WeGO Members")
    site_header = _("WeGO Members")
    index_title = _("Today")
    site_url = None
    enable_nav_sidebar = False
    empty_value_display = "–"

    def has_permission(self, request: HttpRequest) -> bool:
        """Let in active staff only."""
        return request.user.is_active and request.user.is_staff

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Add the navigation this reader may use to every page."""
        context: dict[str, Any] = super().each_context(request)
        if context["has_permission"]:
            context["nav_links"] = links_for(request, frame_items=FRAME_ITEMS)
        return context

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """Show Today: what needs doing, placed by the apps' own tags."""
        return super().index(request, {"today": seoul.today(), **(extra_context or {})})

    def get_urls(self) -> list[URLResolver | URLPattern]:
        """Add the settings page and the apps' task pages to Django's own addresses.

        A task page belongs to no single table: the admin class that offers some returns them from
        `get_task_urls`, with their whole address below the site's.
        """
        settings_page = path("settings/", self.admin_view(self.settings_page), name="settings")
        tasks = [
            address
            for model_admin in self._registry.values()
            for address in getattr(model_admin, "get_task_urls", list)()
        ]
        return [settings_page, *tasks, *super().get_urls()]

    def settings_page(self, request: HttpRequest) -> TemplateResponse:
        """List every register this reader may open, for the less frequent work."""
        context = {
            **self.each_context(request),
            "title": _("Settings and registers"),
            "app_list": self.get_app_list(request),
        }
        return TemplateResponse(request, "admin/settings.html", context)

    @method_decorator(never_cache)
    def login(
        self,
        request: HttpRequest,
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002 Django's signature
    ) -> HttpResponse:
        """Send strangers to the one login page; tell people who are logged in what is missing."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied(_("These pages are for staff of the secretariat and finance."))
        return redirect_to_login(request.GET.get("next", "/"), settings.LOGIN_URL)
