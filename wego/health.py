"""Two questions from outside: does the process live, and may it be given work?"""

import logging
from functools import cache

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from wego import guards, heartbeat

logger = logging.getLogger(__name__)
SILENT = "no worker has been heard of for 90 seconds: start `celery -A wego worker`"


@never_cache
@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """The process answers; it asks no database."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@never_cache
@require_safe
def readyz(_request: HttpRequest) -> JsonResponse:
    """200 when pages can be served, else 503 with the reasons."""
    reasons = reasons_not_ready()
    status = 503 if reasons else 200
    return JsonResponse({"ready": not reasons, "reasons": reasons}, status=status)


def reasons_not_ready() -> list[str]:
    """In words and without addresses or passwords: this is shown to anybody."""
    try:
        reasons = []
        if waiting := unapplied_migrations():
            reasons.append(f"{len(waiting)} migrations are not applied: run `manage.py migrate`")
        if settings.EXPECT_WORKER and not heartbeat.alive(timezone.now()):
            reasons.append(
                "no worker has been heard of for 90 seconds: start `celery -A wego worker`"
            )
        if missing := guards.missing():
            reasons.append(f"{len(missing)} database guards are missing: run `manage.py migrate`")
    except Error:
        logger.exception("The database does not answer")
        return ["the database does not answer"]
    return reasons


@cache
def latest_migrations() -> frozenset[tuple[str, str]]:
    """The last migration of every app, as this code knows them."""
    return frozenset(MigrationLoader(None).graph.leaf_nodes())


def unapplied_migrations() -> list[tuple[str, str]]:
    """Apps whose last migration the database has not seen."""
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(latest_migrations() - applied.keys())
