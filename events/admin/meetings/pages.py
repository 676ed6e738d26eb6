"""What every staff page of meetings does first: see who asks, and show a refusal as a page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from events.models import MeetingState

if TYPE_CHECKING:
    from django.forms import BaseForm

REFUSED = 422
VIEW, CHANGE = "events.view_meeting", "events.change_meeting"
CONFIRM = "events.add_confirmation"
TONES: dict[str, str] = {
    MeetingState.PLANNED: "quiet",
    MeetingState.CALLED: "info",
    MeetingState.POSTPONED: "warn",
    MeetingState.MOVED: "warn",
    MeetingState.HELD: "ok",
    MeetingState.CANCELLED: "bad",
}
# At which field the sentence of a rule stands.
FIELD_OF = {
    "name": "name_en",
    "number": "number",
    "days": "ends_on",
    "day": "starts_on",
    "future": "starts_on",
    "reason": "reason",
    "title": "title_en",
    "majority": "votes_for",
    "carried": "votes_for",
    "too_many": "votes_for",
    "votes": "votes_for",
    "vote": "manner",
    "reference": "reference",
    "note": "note",
    "before": "resolved_on",
    "after": "resolved_on",
    "same": "file",
    "held": "holder",
    "given": "giver",
    "chain": "holder",
    "itself": "holder",
    "paper": "paper",
    "no_vote": "giver",
}
View = Callable[..., HttpResponseBase]


def task_page(view: View, *, permission: str) -> View:
    """A staff page for those who hold the permission; strangers are sent to the login page."""

    @wraps(view)
    def checked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not request.user.has_perm(permission):
            raise PermissionDenied(
                _("Meetings are for the secretariat. An administrator can give you that role.")
            )
        return view(request, *args, **kwargs)

    return admin.site.admin_view(checked)


def show(
    request: HttpRequest, template: str, *, status: int = 200, **context: object
) -> TemplateResponse:
    """A staff page with its navigation."""
    return TemplateResponse(
        request,
        f"admin/events/meeting/{template}.html",
        {**admin.site.each_context(request), **context},
        status=status,
    )


def add_refusal(form: BaseForm, error: ValidationError) -> None:
    """The sentence of a rule, at the field it is about or else on top."""
    name = FIELD_OF.get(getattr(error, "code", "") or "", "")
    form.add_error(name if name in form.fields else None, error.messages)
