"""Leaving by our own notice (S14), and being heard before somebody else decides it (S12, S13)."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from members.access import own_member, person
from members.forms.portal import NoticeForm, StatementForm
from members.leaving import (
    file_notice,
    leaving_day,
    open_proceedings,
    record_statement,
    standing_notices,
    take_back_notice,
)
from members.mandate import Right, standing_of
from members.models import Member, Status
from members.policies import load_policies
from members.portal.data import refuse
from members.portal.pages import portal_page, refuse_without, show
from members.rights import may
from members.switches import WithdrawalEffective
from wego import questions, seoul
from wego.uploads import Upload, check_upload


@portal_page(acts=True, right=Right.LEAVING)
def leave(request: HttpRequest) -> HttpResponse:
    """What leaving means, before it is confirmed; or the notice that stands, and taking it back."""
    member, today = own_member(request), seoul.today()
    notice = standing_notices(member).first()
    form = NoticeForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        if "back" in request.POST and notice:
            return take_back(request)
        if not notice and form.is_valid() and file(request, member, form, today):
            messages.success(request, _("Your notice is with the secretariat."))
            return redirect("portal:leave")
    return show(
        request,
        "portal/leave.html",
        form,
        form=form,
        notice=notice,
        effective_on=notice.effective_on if notice else effective_day(member, today),
        arrears=[
            each for found in questions.ask("open arrears", member, on=today) for each in found
        ],
        today=today,
        may_change=may(request, Right.LEAVING),
    )


def effective_day(member: Member, today: dt.date) -> dt.date | None:
    """When a notice of today would take effect; an associate leaves at once."""
    if standing_of(member, today).status == Status.ASSOCIATE:
        return leaving_day(WithdrawalEffective.IMMEDIATE, today)
    return leaving_day(load_policies().withdrawal_effective, today)


def file(request: HttpRequest, member: Member, form: NoticeForm, today: dt.date) -> bool:
    """File the notice with its letter; False when something is refused."""
    try:
        letter = read_letter(form)
    except ValidationError as error:
        form.add_error("letter", error)
        return False
    try:
        file_notice(
            member,
            received_on=today,
            reason=form.cleaned_data["reason"],
            file=letter,
            by=person(request),
            on=today,
        )
    except ValidationError as error:
        refuse(form, error)
        return False
    return True


def read_letter(form: NoticeForm) -> Upload | None:
    """The letter, looked into; none is none."""
    letter = form.cleaned_data["letter"]
    return check_upload(letter) if letter else None


def take_back(request: HttpRequest) -> HttpResponse:
    """Stay after all."""
    notice = standing_notices(own_member(request)).first()
    try:
        if notice:
            take_back_notice(notice, on=seoul.today(), by=person(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Your notice is taken back: you stay a member."))
    return redirect("portal:leave")


@portal_page(acts=True)
def hearing(request: HttpRequest, pk: int) -> HttpResponse:
    """What is proposed and why, until when we may be heard, and our statement."""
    member = own_member(request)
    proceeding = get_object_or_404(open_proceedings().filter(member=member), pk=pk)
    if request.method == "POST":
        refuse_without(request, Right.LEAVING)
    form = StatementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            record_statement(
                proceeding, form.cleaned_data["statement"], on=seoul.today(), by=person(request)
            )
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, _("Your statement is with the secretariat."))
            return redirect("portal:hearing", pk)
    return show(
        request,
        "portal/hearing.html",
        form,
        form=form,
        proceeding=proceeding,
        today=seoul.today(),
        may_change=may(request, Right.LEAVING),
    )
