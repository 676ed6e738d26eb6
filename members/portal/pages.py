"""What every page of the portal does first: see who asks, for whom, and whether they may act."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from members.access import MemberRequest, own_member
from members.mandate import Right, holders_of, standing_of
from members.models import Member
from members.rights import may
from wego import seoul

if TYPE_CHECKING:
    from django.forms import BaseForm

View = Callable[..., HttpResponseBase]
REFUSED = 422


def portal_page(
    *, acts: bool = False, shows: bool = True, right: Right | None = None, after_end: bool = False
) -> Callable[[View], View]:
    """A page for the people of one member; without an organisation there is no such page.

    `acts` lets it be posted to, which asks for the `right`; where the right hangs on what is
    acted on, or looking asks for it too, the page calls `refuse_without` once it has found that.
    What does not show itself is a button of another page. `after_end` keeps a page open to members
    that left.
    """
    methods = [*(["GET", "HEAD"] if shows else []), *(["POST"] if acts else [])]

    def decorate(view: View) -> View:
        @require_http_methods(methods)
        @login_required
        @cache_control(private=True, no_store=True)
        @wraps(view)
        def checked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            member = own_member(request)
            if not after_end:
                refuse_ended(member)
            if right and request.method == "POST":
                refuse_without(request, right)
            return view(request, *args, **kwargs)

        return checked

    return decorate


def refuse_without(request: HttpRequest, right: Right) -> None:
    """Say who may change this, to somebody who may not.

    Raises:
        PermissionDenied: none of the reader's roles carries the right.
    """
    if may(request, right):
        return
    member = own_member(request)
    names = ", ".join(str(user) for user in holders_of(member, right))
    if names:
        raise PermissionDenied(
            _("For %(member)s this can be changed by: %(names)s.")
            % {"member": member, "names": names}
        )
    raise PermissionDenied(
        _("Nobody at %(member)s may change this yet: please write to the secretariat.")
        % {"member": member}
    )


def refuse_ended(member: Member) -> None:
    """Keep the portal to invoices and letters once the membership is over.

    Raises:
        PermissionDenied: the member has left.
    """
    standing = standing_of(member, seoul.today())
    if standing.ended:
        raise PermissionDenied(
            _("The membership of %(member)s ended on %(day)s: invoices and letters stay open here.")
            % {"member": member, "day": date_format(standing.since) if standing.since else "–"}
        )


def show(
    request: HttpRequest, template: str, *forms: BaseForm, status: int = 200, **context: object
) -> HttpResponse:
    """A page of the portal; 422 when one of its forms was refused."""
    refused = any(form.errors for form in forms)
    context = {"member": cast("MemberRequest", request).member, **context}
    return render(request, template, context, status=REFUSED if refused else status)
