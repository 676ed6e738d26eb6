"""What every staff page of programmes does first: see who asks; and a page for one act."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from events.kept_files import read_kept
from wego.sending import as_file

if TYPE_CHECKING:
    from django.forms import BaseForm

    _ListAdmin = admin.ModelAdmin[Any]
else:
    _ListAdmin = admin.ModelAdmin

REFUSED, MISSING = 422, 503
View = Callable[..., HttpResponseBase]


class ListAdmin(_ListAdmin):
    """A list with our own pages behind it; rows are written by rules and never deleted here.

    `pages` are (address, view, name of the page, permission); `offers` are (words, name of a page)
    shown above the list; `tabs` are neighbouring lists.
    """

    actions = None
    list_per_page = 50
    show_full_result_count = False
    change_list_template = "admin/programmes/list.html"
    pages: tuple[tuple[str, View, str, str], ...] = ()
    offers: tuple[tuple[Any, str], ...] = ()
    tabs: tuple[tuple[Any, str], ...] = ()

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 Django's signature
        """Rows are written by rules."""
        return False

    def has_delete_permission(
        self,
        request: HttpRequest,  # noqa: ARG002 Django's signature
        obj: Model | None = None,  # noqa: ARG002 Django's signature
    ) -> bool:
        """What happened stays on record."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """Our own pages before Django's."""
        own = [
            path(address, task_page(view, permission=permission), name=name)
            for address, view, name, permission in self.pages
        ]
        return [*own, *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list with what can be done, and its neighbours."""
        offers = self.offers if self.has_change_permission(request) else ()
        context = {"offers": offers, "tabs": self.tabs, **(extra_context or {})}
        return super().changelist_view(request, context)


def task_page(view: View, *, permission: str) -> View:
    """A staff page for those who hold the permission; strangers are sent to the login page."""

    @wraps(view)
    def checked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not request.user.has_perm(permission):
            raise PermissionDenied(
                _("Programmes are for the secretariat. An administrator can give you that role.")
            )
        return view(request, *args, **kwargs)

    return admin.site.admin_view(checked)


def show(
    request: HttpRequest, template: str, *, status: int = 200, **context: object
) -> TemplateResponse:
    """A staff page with its navigation."""
    return TemplateResponse(
        request,
        f"admin/programmes/{template}.html",
        {**admin.site.each_context(request), **context},
        status=status,
    )


def typed(request: HttpRequest) -> tuple[Any, Any]:
    """What a form was sent with and its files; None twice where it is only looked at."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def run_act(
    request: HttpRequest,
    form: BaseForm,
    do: Callable[[dict[str, Any]], object],
    *,
    title: str,
    button: str,
    done: str,
    back: tuple[str, Sequence[object]],
    lead: str = "",
    way: Sequence[tuple[str, str]] = (),
    danger: bool = False,
) -> HttpResponse:
    """One act: the form, the rule, and where one is afterwards; `back` is a page and what it is of.

    A rule's refusal stands at the field its code names, and what was typed stays.
    """
    if request.method == "POST" and form.is_valid():
        try:
            made = do(form.cleaned_data)
        except ValidationError as error:
            place_refusal(form, error)
        else:
            messages.success(request, done)
            name, of = back
            return redirect(name, *(of or ([made.pk] if isinstance(made, Model) else [])))
    return show(
        request,
        "act",
        title=title,
        lead=lead,
        form=form,
        button=button,
        back=back,
        way=way,
        danger=danger,
        status=REFUSED if form.errors else 200,
    )


def place_refusal(form: BaseForm, error: ValidationError) -> None:
    """Put a rule's sentence at the field its code names, or on top."""
    for each in error.error_list:
        form.add_error(each.code if each.code in form.fields else None, each)


def badge(tone: str, label: object) -> str:
    """A state as a word with its mark."""
    return render_to_string("ui/badge.html", {"tone": tone, "label": label})


def send_file(path_kept: str, sha256: str, name: str) -> HttpResponse:
    """A kept file, saved; nobody in between keeps it."""
    try:
        content = read_kept(path_kept, sha256)
    except ValidationError as error:
        return HttpResponse(
            " ".join(error.messages), status=MISSING, content_type="text/plain; charset=utf-8"
        )
    return as_file(content, "application/octet-stream", name, saved=True)
