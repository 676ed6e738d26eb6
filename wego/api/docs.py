"""The interface explained for people: one page, made from the OpenAPI document, no script on it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from wego.api.outline import draw_outline
from wego.api.problems import KINDS
from wego.api.scopes import declared_scopes
from wego.webhooks.announcing import declared_kinds


@require_safe
@cache_control(private=True, max_age=0)
def show_docs(request: HttpRequest) -> HttpResponse:
    """What there is, how to ask for it, what comes back."""
    context: dict[str, Any] = {
        "groups": draw_outline(settings.PUBLIC_URL),
        "problems": [(number, *kind) for number, kind in sorted(KINDS.items())],
        "scopes": list(declared_scopes().values()),
        "kinds": list(declared_kinds().items()),
        "base": settings.PUBLIC_URL,
    }
    return render(request, "api/docs.html", context)
