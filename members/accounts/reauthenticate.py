"""Who somebody is, asked once more by a mailed code: for people without password and factor."""

from __future__ import annotations

import time
from typing import Any, cast

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import BaseReauthenticateView
from allauth.core.internal.cryptokit import compare_user_code
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _

from members.accounts import noticing
from members.accounts.forms import MailedCodeForm
from members.models import User
from wego.limits import Limit, take_place

STATE = "reauthentication_code"
GOOD_FOR = 10 * 60
MOST_TRIES = 3
MAILED = Limit("reauthentication_code", most=3, seconds=15 * 60)


@method_decorator(login_required, name="dispatch")
class ConfirmByCodeView(BaseReauthenticateView):  # type: ignore[misc]  # the library has no types
    """Mails a code when opened, and takes it once."""

    form_class = MailedCodeForm
    template_name = "account/reauthenticate_code.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401 passed on
        """Mail a code unless one is under way."""
        if not code_of(request):
            if take_place(MAILED, str(request.user.pk)):
                mail_code(request)
            else:
                messages.error(request, get_adapter().error_messages["rate_limited"])
        response: HttpResponse = super().get(request, *args, **kwargs)
        return response

    def form_valid(self, form: MailedCodeForm) -> HttpResponse:
        """Go on where the act was interrupted, or say that the code is wrong."""
        expected = code_of(self.request)
        if not compare_user_code(actual=form.cleaned_data["code"], expected=expected):
            return self.refuse(form)
        del self.request.session[STATE]
        record_authentication(self.request, self.request.user, "code", reauthenticated=True)
        response: HttpResponse = super().form_valid(form)
        return response

    def refuse(self, form: MailedCodeForm) -> HttpResponse:
        """Three wrong codes void the mailed one."""
        noticing.failed("mailed code", cast("User", self.request.user))
        state = self.request.session.get(STATE)
        if state:
            state["tries"] += 1
            self.request.session[STATE] = state
        if not state or state["tries"] >= MOST_TRIES:
            self.request.session.pop(STATE, None)
            messages.error(self.request, _("That code is void now. We mail you a new one."))
            return redirect(self.passthrough_next_url(reverse("account_reauthenticate_code")))
        form.add_error("code", get_adapter().error_messages["incorrect_code"])
        response: HttpResponse = super().form_invalid(form)
        return response


def code_of(request: HttpRequest) -> str:
    """The code under way, as mailed; empty when there is none."""
    state = request.session.get(STATE)
    if not state or time.time() - state["at"] >= GOOD_FOR:
        return ""
    return str(state["code"])


def mail_code(request: HttpRequest) -> None:
    """Make a code and mail it."""
    adapter = get_adapter()
    code = adapter.generate_login_code()
    adapter.send_mail("account/email/login_code", request.user.email, {"code": code})  # type: ignore[union-attr]  # login_required
    request.session[STATE] = {"code": code, "at": time.time(), "tries": 0}
