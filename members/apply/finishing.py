"""The end of an application: checked and sent, or taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from members.apply.advice import find_notices
from members.apply.answers import list_answers
from members.apply.door import applicant_page, show, token_in
from members.apply.forms import WithdrawForm
from members.apply.quoting import excom_year_of, quote_for
from members.apply.signing import is_outdated
from members.applying import (
    find_form,
    find_gaps,
    is_open,
    may_withdraw,
    private_link,
    submit_application,
    withdraw_application,
)
from members.models import Application, ApplicationState
from wego import seoul

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@applicant_page("GET", "POST")
def check_answers(request: HttpRequest, application: Application) -> HttpResponse:
    """Every answer with a way to change it, what it would cost, and the last button."""
    if not is_open(application):
        return redirect("apply:overview", token_in(request))
    today, refused = seoul.today(), ""
    gaps = find_gaps(application)
    if request.method == "POST" and not gaps:
        try:
            submit_application(application, on=today)
        except ValidationError as error:
            refused = error.messages[0]
        else:
            return redirect("apply:submitted", token_in(request))
    return show(
        request,
        "apply/check.html",
        application,
        parts=list_answers(application),
        file=application.files.first(),
        gaps=gaps,
        refused=refused,
        posted=request.method == "POST",
        quote=quote_for(application, today),
        notices=find_notices(application, on=today),
        outdated=is_outdated(application),
    )


@applicant_page("GET")
def show_submitted(request: HttpRequest, application: Application) -> HttpResponse:
    """It is with the secretariat: the reference, what comes next, what to keep."""
    if application.state != ApplicationState.SUBMITTED:
        return redirect("apply:overview", token_in(request))
    today = seoul.today()
    printed = find_form(application)
    return show(
        request,
        "apply/submitted.html",
        application,
        link=private_link(application),
        excom_year=excom_year_of(application, today),
        quote=quote_for(application, today),
        is_ready=hasattr(printed, "document"),
    )


@applicant_page("GET", "POST")
def withdraw(request: HttpRequest, application: Application) -> HttpResponse:
    """Take the application back, after one question."""
    if not may_withdraw(application):
        return redirect("apply:overview", token_in(request))
    form = WithdrawForm(request.POST) if request.method == "POST" else WithdrawForm()
    if form.is_bound and form.is_valid():
        try:
            withdraw_application(application, reason=form.cleaned_data["reason"], on=seoul.today())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The application was withdrawn."))
            return redirect("apply:overview", token_in(request))
    return show(request, "apply/withdraw.html", application, form=form)
