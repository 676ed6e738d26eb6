"""Services: what we can use now, how our requests stand, and the office we host."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from events.forms.programmes import REQUEST_FORMS, OfficeReportForm
from events.models import (
    NominationState,
    RegionalOffice,
    RequestKind,
    RequestState,
    ServiceRequest,
    Training,
)
from events.partners import offices
from events.portal.pages import takes_files
from events.portal.services.pages import place_refusal, service_page, show
from events.services.requests import Wish, answer_request, file_request
from members.access import own_member, person
from members.mandate import Right
from members.models import Kind
from members.rights import may
from wego import seoul
from wego.uploads import SizeGuard, refusal

TONES: dict[str, str] = {
    RequestState.WAITING: "info",
    RequestState.APPROVED: "ok",
    RequestState.ASSIGNED: "info",
    RequestState.DONE: "ok",
    RequestState.DECLINED: "warn",
    RequestState.WITHDRAWN: "quiet",
}
MOST = 20


@service_page()
def home(request: HttpRequest) -> HttpResponse:
    """The first answers: what can we use, and how does what we asked for stand?"""
    member, today = own_member(request), seoul.today()
    open_now = Training.objects.filter(
        announced_on__isnull=False, cancelled_on__isnull=True, nominate_until__gte=today
    )
    ours = member.nominations.exclude(state=NominationState.WITHDRAWN)
    return show(
        request,
        "home",
        trainings=list(open_now.order_by("nominate_until", "pk")[:MOST]),
        nominations=list(
            ours.select_related("training", "certificate__paper").order_by("-pk")[:MOST]
        ),
        requests=[(row, TONES[row.state]) for row in member.service_requests.all()[:MOST]],
        offices=offices.offices_of(member),
        is_city=member.kind == Kind.CITY,
        may_act=may(request, Right.SERVICES),
    )


@service_page(acts=True)
def ask(request: HttpRequest, wish: str) -> HttpResponse:
    """Ask for one thing."""
    if wish not in RequestKind.values:
        raise Http404
    form = REQUEST_FORMS[wish](request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            file_request(
                own_member(request),
                Wish(wish, **form.cleaned_data),
                on=seoul.today(),
                by=person(request),
            )
        except ValidationError as error:
            place_refusal(form, error)
        else:
            messages.success(request, _("Your request is with the secretariat."))
            return redirect("services:home")
    return show(
        request,
        "ask",
        form,
        form=form,
        kind=RequestKind(wish),
        may_act=may(request, Right.SERVICES),
    )


@service_page(shows=False, acts=True)
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a request back that waits."""
    row: ServiceRequest = get_object_or_404(own_member(request).service_requests.all(), pk=pk)
    try:
        answer_request(row, RequestState.WITHDRAWN, on=seoul.today(), by=person(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Your request is taken back."))
    return redirect("services:home")


@takes_files
@service_page(acts=True)
def report(request: HttpRequest, pk: int, guard: SizeGuard) -> HttpResponse:
    """The yearly report of the office we host (P8)."""
    member = own_member(request)
    hosted = RegionalOffice.objects.filter(stages__host=member).distinct()
    office = get_object_or_404(hosted, pk=pk)
    if not offices.is_host(member, office):
        raise Http404
    posted = request.method == "POST"
    form = OfficeReportForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        initial={"year": seoul.today().year - 1},
    )
    if posted and guard.refused:
        form.errors["file"] = form.error_class(refusal("large").messages)
    elif posted and form.is_valid() and hand_in(request, office, form):
        messages.success(request, _("Thank you. EXCOM assesses the report at its next meeting."))
        return redirect("services:office", pk)
    return show(
        request,
        "office",
        form,
        form=form,
        office=office,
        last=offices.last_step(office),
        reports=list(office.reports.all()),
        may_act=may(request, Right.SERVICES),
    )


def hand_in(request: HttpRequest, office: RegionalOffice, form: Any) -> bool:  # noqa: ANN401 a form of ours
    """Hand the report in; False when a rule refuses."""
    try:
        offices.hand_in_report(office, **form.cleaned_data, on=seoul.today(), by=person(request))
    except ValidationError as error:
        place_refusal(form, error)
        return False
    return True
