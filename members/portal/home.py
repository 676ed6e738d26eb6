"""The first page: are we in good standing, what do we owe, what to do now, what comes next."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from members.access import MemberRequest, person
from members.mandate import standing_of
from members.models import Kind
from members.portal.pages import show
from members.portal.todo import list_coming, list_tasks
from wego import seoul


@require_safe
@login_required
@cache_control(private=True, no_store=True)
def show_home(request: HttpRequest) -> HttpResponse:
    """The first answers; staff without an organisation of their own go to the web admin."""
    own = cast("MemberRequest", request)
    if own.member is None:
        if getattr(request.user, "is_staff", False):
            return redirect("admin:index")
        return show(request, "portal/home.html")
    today = seoul.today()
    standing = standing_of(own.member, today)
    open_to = () if standing.ended else (own.member, own.member_roles, standing)
    return show(
        request,
        "portal/home.html",
        standing=standing,
        votes=own.member.kind == Kind.CITY,
        tasks=list_tasks(*open_to, user=person(request), on=today) if open_to else [],
        coming=list_coming(own.member, standing, on=today),
        today=today,
    )
