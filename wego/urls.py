"""The front doors; each app's own addresses are included by name."""

from django.contrib import admin
from django.urls import include, path

from wego import health, home

urlpatterns = [
    path("", home.go_home, name="home"),
    path("", include("members.accounts.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
    # Printed on invoices: this address must stay.
    path("portal/invoices/", include("dues.urls")),
    path("portal/meetings/", include("events.urls")),
    path("portal/services/", include("events.portal.services.urls")),
    path("hosting/", include("events.public.hosting")),
    path("calendar/", include("events.public.calendar")),
    path("portal/elections/", include("events.portal.elections")),
    path("portal/", include("members.urls")),
    path("elections/", include("events.public.ballots")),
    path("apply/", include("members.apply.urls")),
    path("directory/", include("members.directory")),
    path("awards/", include("events.public.awards.urls")),
    path("jury/", include("events.jury.urls")),
    path("history/", include("events.public.history")),
    path("api/", include("wego.api.urls")),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]

handler400 = "wego.errors.bad_request"
handler403 = "wego.errors.permission_denied"
handler404 = "wego.errors.page_not_found"
handler500 = "wego.errors.server_error"
