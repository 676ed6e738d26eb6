"""The staff pages: Django's admin with our own front page, navigation and login."""

from __future__ import annotations

from inspect import isclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from wego import seoul
from wego.finding import find_all, tidy_term
from wego.nav import NavItem, links_for

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.urls import URLPattern, URLResolver

# Django's groups play no part here; the others are looked after on a person's page.
LIBRARIES = frozenset({"auth", "account", "mfa", "usersessions"})
FRAME_ITEMS = (
    NavItem(_("Today"), "admin:index", "", 0),
    NavItem(_("Settings"), "admin:settings", "", 900, group=_("House")),
)


class StaffSite(AdminSite):
    """The one admin site; named by ``default_site``, so plain ``@admin.register`` works."""

    site_title = _("WeGO Members")
    site_header = _("WeGO Members")
    index_title = _("Today")
    site_url = None
    enable_nav_sidebar = False
    empty_value_display = "–"

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:  # noqa: ANN401 Django's signature
        """Take the tables of the house; a library's are no register and get no page."""
        models = [model_or_iterable] if isclass(model_or_iterable) else model_or_iterable
        ours = [model for model in models if model._meta.app_label not in LIBRARIES]  # noqa: SLF001 Django's documented door
        super().register(ours, admin_class, **options)

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
        """Add settings, search and the apps' task pages to Django's own addresses.

        A task page belongs to no single table: the admin class that offers some returns them from
        `get_task_urls`, with their whole address below the site's.
        """
        own = [
            path("settings/", self.admin_view(self.settings_page), name="settings"),
            path("search/", self.admin_view(self.search_page), name="search"),
        ]
        tasks = [
            address
            for model_admin in self._registry.values()
            for address in getattr(model_admin, "get_task_urls", list)()
        ]
        return [*own, *tasks, *super().get_urls()]

    def settings_page(self, request: HttpRequest) -> TemplateResponse:
        """List every register this reader may open, for the less frequent work."""
        context = {
            **self.each_context(request),
            "title": _("Settings and registers"),
            "app_list": self.get_app_list(request),
        }
        return TemplateResponse(request, "admin/settings.html", context)

    def search_page(self, request: HttpRequest) -> HttpResponse:
        """Show what every app finds for `q`, the best first; one hit alone is gone to at once."""
        term = tidy_term(request.GET.get("q", ""))
        findings = find_all(term, request.user)
        if findings.only:
            return redirect(findings.only)
        context = {
            **self.each_context(request),
            "title": _("Search"),
            "term": term,
            "findings": findings,
        }
        return TemplateResponse(request, "admin/search.html", context)

    def password_change(  # type: ignore[override]  # a redirect instead of a page
        self,
        request: HttpRequest,  # noqa: ARG002 Django's signature
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002 Django's signature
    ) -> HttpResponse:
        """Everybody's password is changed on the page of their account."""
        return redirect("account_change_password")

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
