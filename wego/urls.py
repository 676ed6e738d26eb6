"""The front doors; each app's own addresses are included by name."""

from django.contrib import admin
from django.contrib.auth import views as auth_views
from django.urls import include, path

from wego import health, home

urlpatterns = [
    path("", home.go_home, name="home"),
    path("login/", auth_views.LoginView.as_view(redirect_authenticated_user=True), name="login"),
    path("logout/", auth_views.LogoutView.as_view(), name="logout"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
    path("portal/", include("dues.urls")),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]

handler400 = "wego.errors.bad_request"
handler403 = "wego.errors.permission_denied"
handler404 = "wego.errors.page_not_found"
handler500 = "wego.errors.server_error"
