"""Tokens for the organisation's own systems: an administrator makes them, and they read."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from members.access import own_member, person
from members.forms.tokens import MemberTokenForm
from members.mandate import Right
from members.portal.data import refuse
from members.portal.pages import portal_page, refuse_without, show
from members.rights import may
from members.tokens import live_tokens, make_token, revoke_token
from wego.grave import recently_signed_in


@portal_page()
def show_tokens(request: HttpRequest) -> HttpResponse:
    """Our tokens, and when each was last used."""
    return show(
        request,
        "portal/tokens.html",
        tokens=live_tokens(own_member(request)).select_related("person").order_by("-pk"),
        may_change=may(request, Right.PEOPLE),
        now=timezone.now(),
    )


@recently_signed_in
@portal_page(acts=True, right=Right.PEOPLE)
def add_token(request: HttpRequest) -> HttpResponse:
    """Make one; it is shown on the answer to this form and nowhere else."""
    refuse_without(request, Right.PEOPLE)
    form = MemberTokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = make_token(
                **form.cleaned_data,
                member=own_member(request),
                at=timezone.now(),
                by=person(request),
            )
        except ValidationError as error:
            refuse(form, error)
        else:
            return show(request, "portal/token_made.html", token=made.token, secret=made.secret)
    return show(request, "portal/token_add.html", form, form=form)


@recently_signed_in
@portal_page(acts=True, shows=False)
def revoke(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take one back; another organisation's does not exist."""
    token = get_object_or_404(live_tokens(own_member(request)), pk=pk)
    refuse_without(request, Right.PEOPLE)
    revoke_token(token, at=timezone.now(), by=person(request))
    messages.success(
        request, _("“%(name)s” is taken back and opens nothing.") % {"name": token.name}
    )
    return redirect("portal:tokens")
