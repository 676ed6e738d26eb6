"""What every page of services does first: see who asks, for whom, and whether they may."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from members.access import MemberRequest, own_member
from members.mandate import Right, standing_of
from members.rights import refuse_without
from wego import seoul

if TYPE_CHECKING:
    from django.forms import BaseForm

View = Callable[..., HttpResponseBase]
REFUSED = 422


def service_page(*, shows: bool = True, acts: bool = False) -> Callable[[View], View]:
    """A page for the people of a member that has not left; acting asks for the right to."""
    methods = [*(["GET", "HEAD"] if shows else []), *(["POST"] if acts else [])]

    def decorate(view: View) -> View:
        @require_http_methods(methods)
        @login_required
        @cache_control(private=True, no_store=True)
        @wraps(view)
        def checked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if standing_of(own_member(request), seoul.today()).ended:
                raise PermissionDenied(_("The membership has ended: services are for members."))
            if request.method == "POST":
                refuse_without(request, Right.SERVICES)
            return view(request, *args, **kwargs)

        return checked

    return decorate


def show(
    request: HttpRequest,
    template: str,
    *forms: BaseForm,
    status: int = 200,
    **context: Any,  # noqa: ANN401 whatever the page shows
) -> HttpResponse:
    """A page of the portal; 422 when one of its forms was refused."""
    refused = any(form.errors for form in forms)
    context = {"member": cast("MemberRequest", request).member, **context}
    return render(
        request, f"portal/services/{template}.html", context, status=REFUSED if refused else status
    )


def place_refusal(form: BaseForm, error: ValidationError) -> None:
    """Put a rule's sentence at the field its code names, or on top."""
    for each in error.error_list:
        form.add_error(each.code if each.code in form.fields else None, each)
