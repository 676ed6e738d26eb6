"""The page of one act on one member: what stands, what follows, one form, one button."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from members.models import Member
from wego.admin.pages import show, status_of

FILE = "admin:members_member_change"
NOTHING: Mapping[str, str] = MappingProxyType({})


def find_member(pk: int) -> Member:
    """The member a page is about; 404 without one."""
    return get_object_or_404(Member.objects.select_related("merged_into"), pk=pk)


def show_member_act(
    request: HttpRequest,
    member: Member,
    form: BaseForm | None,
    *,
    title: str,
    button: str = "",
    pairs: Sequence[tuple[str, object]] = (),
    notices: Sequence[tuple[str, str]] = (),
    hidden: Mapping[str, str] = NOTHING,
    template: str = "admin/members/member_act.html",
    **context: Any,  # noqa: ANN401 what one page shows besides
) -> HttpResponse:
    """The page; `notices` are (tone, sentence), `hidden` goes along with the form."""
    return show(
        request,
        template,
        title=title,
        member=member,
        form=form,
        button=button,
        pairs=pairs,
        notices=notices,
        hidden=hidden,
        member_url=reverse(FILE, args=[member.pk]),
        back_to_member=_("Back to the member"),
        status=status_of(form) if form else 200,
        **context,
    )


def say_and_return(request: HttpRequest, member: Member, sentence: str) -> HttpResponse:
    """Back to the member's file, with what was done."""
    messages.success(request, sentence)
    return redirect(FILE, member.pk)


def in_step(request: HttpRequest, step: str) -> bool:
    """Whether a form was sent from that step of its page."""
    return request.method == "POST" and request.POST.get("step") == step
