"""The programming interface: version 1, its OpenAPI document, and pages that explain it."""

from django.urls import include, path, re_path
from drf_spectacular.renderers import OpenApiJsonRenderer
from drf_spectacular.views import SpectacularAPIView

from wego.api import docs, schema
from wego.api.views import Nowhere

__all__ = ["schema", "urlpatterns"]

document = SpectacularAPIView.as_view(
    renderer_classes=[OpenApiJsonRenderer], authentication_classes=[], permission_classes=[]
)
resources = [
    path("", include("members.api.urls")),
    path("", include("dues.api.urls")),
    path("", include("events.api.urls")),
]
urlpatterns = [
    path("", docs.show_docs, name="api-docs"),
    path("schema/", document, name="api-schema"),
    path("v1/", include(resources)),
    re_path(r"^v1/(?P<rest>.*)$", Nowhere.as_view(), name="api-nowhere"),
]
