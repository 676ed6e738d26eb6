"""Tokens of the programming interface: made, shown once, taken back; for administrators only."""

from __future__ import annotations

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from members.access import person
from members.admin.pages import task_page
from members.forms.tokens import StaffTokenForm
from members.models import ApiToken
from members.tokens import make_token, revoke_token
from wego.admin.pages import PagesAdmin, list_page, show, status_of
from wego.api.scopes import declared_scopes
from wego.grave import recently_signed_in

VIEW, ADD, CHANGE = (f"members.{verb}_apitoken" for verb in ("view", "add", "change"))


def show_tokens(request: HttpRequest) -> HttpResponse:
    """Every token, newest first: whose, what it opens, when it was last used."""
    rows = ApiToken.objects.select_related("member", "person").order_by("-pk")
    return show(
        request,
        "admin/members/token/list.html",
        title=_("API tokens"),
        listing=list_page(rows, request.GET),
        now=timezone.now(),
    )


@never_cache
@recently_signed_in
def add_token(request: HttpRequest) -> HttpResponse:
    """Make one; the token itself stands on the answer to this form and nowhere else."""
    form = StaffTokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        given["role"] = given["role"] or ""
        try:
            made = make_token(**given, at=timezone.now(), by=person(request))
        except ValidationError as refused:
            form.add_error(field_of(refused), refused)
        else:
            return show(
                request,
                "admin/members/token/made.html",
                title=_("The token is made"),
                token=made.token,
                secret=made.secret,
            )
    return show(
        request,
        "admin/members/token/add.html",
        title=_("Make an API token"),
        form=form,
        status=status_of(form),
    )


def field_of(refused: ValidationError) -> str | None:
    """The field a refusal is about."""
    code = refused.code or ""
    return {"owner": "role", "person": "person", "scopes": "scopes", "name": "name"}.get(code)


def show_token(request: HttpRequest, pk: int) -> HttpResponse:
    """One token; nothing opens with what is shown."""
    token = get_object_or_404(ApiToken.objects.select_related("member", "person", "made_by"), pk=pk)
    known = declared_scopes()
    return show(
        request,
        "admin/members/token/token.html",
        title=token.name,
        token=token,
        scopes=[(name, known[name].label) for name in token.scopes if name in known],
        now=timezone.now(),
    )


@require_POST
@recently_signed_in
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it back."""
    token = get_object_or_404(ApiToken, pk=pk)
    try:
        revoke_token(token, at=timezone.now(), by=person(request))
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    else:
        messages.success(
            request, _("“%(name)s” is taken back and opens nothing.") % {"name": token.name}
        )
    return redirect("admin:members_apitoken_change", pk)


@admin.register(ApiToken)
class TokenAdmin(PagesAdmin):
    """Tokens are made and taken back, never changed."""

    pages = (
        path("", task_page(show_tokens, permission=VIEW), name="members_apitoken_changelist"),
        path("add/", task_page(add_token, permission=ADD), name="members_apitoken_add"),
        path("<int:pk>/", task_page(show_token, permission=VIEW), name="members_apitoken_change"),
        path(
            "<int:pk>/revoke/", task_page(revoke, permission=CHANGE), name="members_apitoken_revoke"
        ),
    )
