"""What every page of the register does first: see who asks; and how it shows a status."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from members.figures import dues_year_at_work
from members.models import Status
from members.tasks import render_letters
from wego import seoul

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

TONES: dict[str, str] = {
    Status.ASSOCIATE: "info",
    Status.FULL: "ok",
    Status.SUSPENDED: "warn",
    Status.REJECTED: "quiet",
    Status.WITHDRAWN: "quiet",
    Status.EXPELLED: "bad",
}
VIEW, CHANGE = "members.view_member", "members.change_member"
View = Callable[..., HttpResponseBase]


def ask_for_letters() -> None:
    """Have the worker print at once; without it the clock does within half a minute."""
    transaction.on_commit(render_letters.delay, robust=True)


def task_page(view: View, *, permission: str = VIEW) -> View:
    """A staff page for those who hold the permission; strangers are sent to the login page."""

    @wraps(view)
    def checked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not request.user.has_perm(permission):
            raise PermissionDenied(
                _("The register is for the secretariat. An administrator can give you that role.")
            )
        return view(request, *args, **kwargs)

    return admin.site.admin_view(checked)


def year_at_work(request: HttpRequest) -> int:
    """The dues year whose figures a page shows; asked once a request."""
    key = "wego.dues_year"
    if key not in request.META:
        request.META[key] = dues_year_at_work(seoul.today())
    return int(request.META[key])


def status_badge(status: str | None) -> SafeString:
    """A status as a word with its mark."""
    if status is None:
        return render_to_string("ui/badge.html", {"tone": "quiet", "label": _("No status")})
    label = dict(Status.choices)[status]
    return render_to_string("ui/badge.html", {"tone": TONES[status], "label": label})
