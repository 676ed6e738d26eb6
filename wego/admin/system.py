"""The page System for administrators: how the house is, and what was done to keep it safe."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _

from wego.admin.pages import PagesAdmin, list_page, show, task_page
from wego.condition.lines import BAD, OK, WARN
from wego.condition.safety import details_of
from wego.condition.whole import lines_of, look_at_house
from wego.models import Operation

VIEW = "wego.view_operation"
SHOWN = 5


def show_system(request: HttpRequest) -> HttpResponse:
    """Every line about the house, what must be mended first on top."""
    now = timezone.now()
    groups = look_at_house(now)
    return show(
        request,
        "admin/wego/system.html",
        title=_("System"),
        now=now,
        groups=groups,
        bad=lines_of(groups, BAD),
        warn=lines_of(groups, WARN),
        ok=lines_of(groups, OK),
        words={BAD: _("Mend"), WARN: _("Look"), OK: _("Well"), "info": _("Good to know")},
        operations=described(Operation.objects.order_by("-pk")[:SHOWN]),
    )


def show_operations(request: HttpRequest) -> HttpResponse:
    """Every proof, backup and restore, the newest first."""
    listing = list_page(Operation.objects.order_by("-pk"), request.GET)
    return show(
        request,
        "admin/wego/operations.html",
        title=_("Proofs and backups"),
        listing=listing,
        operations=described(listing.page),
    )


def described(operations: Iterable[Operation]) -> list[dict[str, Any]]:
    """Operations for readers: what, when, how it ended, and the first facts."""
    return [
        {
            "operation": each,
            "tone": OK if each.ok else BAD,
            "seconds": max(round((each.finished_at - each.started_at).total_seconds()), 0),
            "facts": facts_of(each),
        }
        for each in operations
    ]


def facts_of(operation: Operation) -> list[str]:
    """What is worth reading of an operation."""
    facts = operation.facts
    found = [str(facts[name]) for name in ("error", "file") if facts.get(name)]
    faults = facts.get("faults")
    found += faults[:3] if isinstance(faults, list) else []
    return found + details_of(facts)


@admin.register(Operation)
class OperationAdmin(PagesAdmin):
    """Operations note themselves; nobody writes them."""

    pages = (
        path("", task_page(show_operations, permission=VIEW), name="wego_operation_changelist"),
    )

    def get_task_urls(self) -> list[URLPattern]:
        """The page itself."""
        return [path("system/", task_page(show_system, permission=VIEW), name="system")]
