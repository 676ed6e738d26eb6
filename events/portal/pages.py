"""What every page of meetings in the portal does first: see who asks, for whom, with what right."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from events.models import Delegate, Delegation, Meeting
from events.tasks import render_event_papers
from members.access import MemberRequest, own_member
from members.mandate import Right, standing_of
from members.rights import refuse_without
from wego import seoul
from wego.uploads import SizeGuard, refusal

if TYPE_CHECKING:
    from django.forms import BaseForm

View = Callable[..., HttpResponseBase]
REFUSED = 422


def meeting_page(
    *, right: Right | None = None, shows: bool = True, acts: bool = False
) -> Callable[[View], View]:
    """A page for the people of a member that has not left; posting to it asks for the `right`."""
    methods = [*(["GET", "HEAD"] if shows else []), *(["POST"] if acts else [])]

    def decorate(view: View) -> View:
        @require_http_methods(methods)
        @login_required
        @cache_control(private=True, no_store=True)
        @wraps(view)
        def checked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if standing_of(own_member(request), seoul.today()).ended:
                raise PermissionDenied(_("The membership has ended: meetings are for members."))
            if right and request.method == "POST":
                refuse_without(request, right)
            return view(request, *args, **kwargs)

        return checked

    return decorate


def takes_files(view: View) -> View:
    """Watch the size of what arrives before anything reads it; the view is given the guard."""

    @csrf_exempt  # only until the guard stands: the inner view is protected
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        guard = SizeGuard(request)
        request.upload_handlers = [guard, *request.upload_handlers]
        return csrf_protect(view)(request, *args, guard=guard, **kwargs)

    return guarded


def find_meeting(code: str) -> Meeting:
    """A meeting by the word of its address.

    Raises:
        Http404: there is none.
    """
    return get_object_or_404(Meeting, code=code)


def own_delegation(request: HttpRequest, meeting: Meeting) -> Delegation | None:
    """The reader's organisation at a meeting, if it was invited or asked to come."""
    rows = own_member(request).delegations.filter(meeting=meeting)
    return rows.prefetch_related("delegates", "credentials").first()


def own_delegate(request: HttpRequest, pk: int) -> Delegate:
    """Somebody whom the reader's organisation named; anybody else is not found.

    Raises:
        Http404: they named no such person.
    """
    rows = Delegate.objects.filter(delegation__in=own_member(request).delegations.all())
    return get_object_or_404(
        rows.select_related("delegation__meeting", "delegation__member"), pk=pk
    )


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
        request, f"portal/meetings/{template}.html", context, status=REFUSED if refused else status
    )


def refuse(form: BaseForm, error: ValidationError) -> None:
    """Put a rule's refusal at the field it is about, or on top."""
    problems = error.error_dict if hasattr(error, "error_dict") else {"": error.error_list}
    for name, found in problems.items():
        form.add_error(name if name in form.fields else None, found)


def refuse_size(form: BaseForm, name: str, guard: SizeGuard) -> None:
    """Say at the field that a file was too large to be read."""
    if guard.refused:
        form.errors[name] = form.error_class(refusal("large").messages)


def ask_for_papers() -> None:
    """Have the worker print at once; without it the clock does within half a minute."""
    transaction.on_commit(render_event_papers.delay, robust=True)
