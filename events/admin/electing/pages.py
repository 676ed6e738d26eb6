"""What every staff page of offices and elections does first, and the page of one act."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from wego.grave import recently_signed_in, signed_in_recently

VIEW, CHANGE = "events.view_election", "events.change_election"
CONFIRM, OVERRIDE = "events.add_electionconfirmation", "events.override_limits"
REFUSED = 422
# At which field the sentence of a rule stands.
FIELD_OF = {
    "days": "ends_on",
    "held": "starts_on",
    "status": "member",
    "kind": "member",
    "associate": "override_reason",
    "seats": "override_reason",
    "reference": "reference",
    "source": "source",
    "ended": "ended_on",
    "reason": "reason",
    "future": "received_on",
    "before_call": "received_on",
    "stands_already": "member",
    "nominated": "member",
    "notice": "notice_reason",
    "record": "record_on",
    "offices": "president",
    "free": "leaves_free",
    "cast": "cast",
    "blank": "blank",
    "note": "note",
    "key1": "first_code",
    "key2": "second_code",
}
View = Callable[..., HttpResponseBase]


def task_page(view: View, *, permission: str) -> View:
    """A staff page for those who hold the permission; strangers are sent to the login page."""

    @wraps(view)
    def checked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not request.user.has_perm(permission):
            raise PermissionDenied(
                _("This is for an administrator of the secretariat.")
                if permission in {CONFIRM, OVERRIDE}
                else _(
                    "Offices and elections are for the secretariat. An administrator can give "
                    "you that role."
                )
            )
        return view(request, *args, **kwargs)

    return admin.site.admin_view(checked)


def grave_routes(prefix: str, pages: Sequence[tuple[str, View, str, str]]) -> list[URLPattern]:
    """Addresses of acts that ask for a fresh sign-in: route, view, name, permission."""
    return [
        path(
            route,
            task_page(recently_signed_in(view), permission=permission),
            name=f"{prefix}_{name}",
        )
        for route, view, name, permission in pages
    ]


def show(
    request: HttpRequest, template: str, *, status: int = 200, **context: object
) -> TemplateResponse:
    """A staff page with its navigation."""
    return TemplateResponse(
        request,
        f"admin/events/{template}.html",
        {**admin.site.each_context(request), **context},
        status=status,
    )


@dataclass
class Act:
    """One act as its page shows and does it: what stands, a form, one button.

    `final` says on the button's left what cannot be taken back.
    """

    request: HttpRequest
    form: forms.Form
    do: Callable[[dict[str, Any]], Any]
    title: str
    button: str
    back: str
    back_words: str
    said: str = ""
    lead: str = ""
    final: str = ""
    pairs: Sequence[tuple[str, object]] = ()
    notices: Sequence[tuple[str, str]] = ()
    danger: bool = False
    crumb: tuple[str, str] | None = None


def answer(act: Act) -> HttpResponse:
    """Show the form; do it and say so, or say at the field why not, with what was typed."""
    refuse_override(act.request, act.form)
    if act.request.method == "POST" and act.form.is_valid():
        try:
            act.do(act.form.cleaned_data)
        except ValidationError as error:
            add_refusal(act.form, error)
        else:
            messages.success(act.request, act.said)
            return redirect(act.back)
    return show(
        act.request,
        "electing/act",
        title=act.title,
        act=act,
        form=act.form,
        status=REFUSED if act.form.errors else 200,
    )


def refuse_override(request: HttpRequest, form: forms.Form) -> None:
    """Only an administrator is offered a reason that goes against a limit."""
    if "override_reason" in form.fields and not request.user.has_perm(OVERRIDE):
        del form.fields["override_reason"]


def add_refusal(form: forms.Form, error: ValidationError) -> None:
    """The sentence of a rule, at the field it is about or else on top."""
    name = FIELD_OF.get(getattr(error, "code", "") or "", "")
    form.add_error(name if name in form.fields else None, error.messages)


def secret_page(view: View) -> View:
    """A page whose form carries a secret: a fresh sign-in is asked for before it is filled in.

    What is sent to it is never kept in a session, as `recently_signed_in` would.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.method == "POST" and not signed_in_recently(request):
            messages.info(request, _("Nothing was done: sign in once more, then type it again."))
            return redirect(request.get_full_path())
        return recently_signed_in(view, reading=True)(request, *args, **kwargs)

    return guarded
