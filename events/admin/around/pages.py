"""What every staff page around a meeting does first, and the page of one act with its form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from events.tasks import render_event_papers

if TYPE_CHECKING:
    from django import forms

View = Callable[..., HttpResponseBase]
REFUSED = 422
VIEW, CHANGE = "events.view_hostcall", "events.change_hostcall"


def task_page(view: View, *, permission: str = VIEW) -> View:
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
        f"admin/events/around/{template}.html",
        {**admin.site.each_context(request), **context},
        status=status,
    )


def add_refusal(form: forms.Form, error: ValidationError) -> None:
    """The sentence of a rule, at the field it is about or else on top."""
    problems = error.error_dict if hasattr(error, "error_dict") else {"": error.error_list}
    for name, found in problems.items():
        form.add_error(name if name in form.fields else None, found)


@dataclass(frozen=True)
class Act:
    """One act as its page shows and does it; `back` is where one came from."""

    title: str
    button: str
    back: str
    said: str
    lead: str = ""
    danger: bool = False


def answer(
    request: HttpRequest, act: Act, form: forms.Form, do: Callable[[dict[str, Any]], object]
) -> HttpResponse:
    """Show the form; do what was typed and say so; a refusal stands at its field."""
    if request.method == "POST" and form.is_valid():
        try:
            do(form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, act.said)
            return redirect(act.back)
    return show(
        request,
        "form",
        title=act.title,
        act=act,
        form=form,
        status=REFUSED if form.is_bound and form.errors else 200,
    )


def typed(request: HttpRequest) -> Any:  # noqa: ANN401 a QueryDict or None
    """What a form was sent with; None where it is only looked at."""
    return request.POST if request.method == "POST" else None


def files(request: HttpRequest) -> Any:  # noqa: ANN401 a MultiValueDict or None
    """The files a form was sent with."""
    return request.FILES if request.method == "POST" else None


def ask_for_papers() -> None:
    """Have the worker print at once; without it the clock does within half a minute."""
    transaction.on_commit(render_event_papers.delay, robust=True)
