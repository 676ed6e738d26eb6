"""The page an invitation opens: who asks whom to do what, and what one tells about oneself."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from members.access import CHOSEN_MEMBER
from members.accounts.forms import JoinForm
from members.invitations import accept_invitation, find_invitation, place_of, role_of
from members.models import Invitation, User
from wego.limits import Limit, address_of, take_place

OPENED = Limit("join", most=60, seconds=15 * 60)


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def show_invitation(request: HttpRequest, token: str) -> HttpResponseBase:
    """Accept here; whoever has an account already signs in first."""
    if not take_place(OPENED, address_of(request)):
        return render(request, "429.html", status=429)
    invitation = find_invitation(token, on_at=timezone.now())
    if invitation is None:
        return render(request, "account/join_lapsed.html", status=410)
    context = {"invitation": invitation, "place": place_of(invitation), "role": role_of(invitation)}
    if isinstance(request.user, User):
        return join_signed_in(request, request.user, invitation, context)
    if User.objects.filter(email=invitation.email).exists():
        back = urlencode({"next": request.path})
        context["login_url"] = f"{reverse('login')}?{back}"
        return render(request, "account/join_sign_in.html", context)
    return join_newly(request, invitation, context)


def join_signed_in(
    request: HttpRequest, user: User, invitation: Invitation, context: dict[str, Any]
) -> HttpResponse:
    """Accept with one button; the link of somebody else opens nothing."""
    if user.email != invitation.email:
        return render(request, "account/join_other.html", context, status=403)
    if request.method == "POST":
        try:
            accept_invitation(invitation, user=user, on_at=timezone.now())
        except ValidationError:
            return render(request, "account/join_lapsed.html", status=410)
        if invitation.member_id:
            request.session[CHOSEN_MEMBER] = invitation.member_id
        return redirect("home")
    return render(request, "account/join_accept.html", context)


def join_newly(
    request: HttpRequest, invitation: Invitation, context: dict[str, Any]
) -> HttpResponse:
    """Take a name, a language and, if wanted, a password; then sign in at once.

    The link came to the person's mailbox, so it counts as a mailed code.
    """
    form = JoinForm(
        request.POST or None,
        user=User(email=invitation.email),
        initial={"full_name": invitation.full_name, "language": invitation.language},
    )
    if form.is_valid():
        try:
            user = accept_invitation(invitation, on_at=timezone.now(), **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            record_authentication(request, user, method="code", email=user.email)
            response: HttpResponse = perform_login(request, Login(user=user, email=user.email))
            return response
    status = 422 if form.errors else 200
    return render(request, "account/join.html", {**context, "form": form}, status=status)
