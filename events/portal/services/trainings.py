"""Trainings in the portal: name people, confirm that they come, take a name back (R28)."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from events.forms.programmes import NomineeForm
from events.models import TAKING_A_PLACE, NominationState, Training
from events.papers import read_event_paper
from events.portal.services.pages import place_refusal, service_page, show
from events.services import trainings
from members.access import own_member, person
from members.mandate import Right
from members.rights import may
from wego import seoul
from wego.sending import as_file

# What a city may do itself with somebody it named.
OWN_MOVES = {
    "confirm": NominationState.CONFIRMED,
    "withdraw": NominationState.WITHDRAWN,
}


@service_page(acts=True)
def nominate(request: HttpRequest, pk: int) -> HttpResponse:
    """One training: whom we named, how many we may still name, and the form for one more."""
    member, today = own_member(request), seoul.today()
    training = get_object_or_404(Training, pk=pk, announced_on__isnull=False)
    form = NomineeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            trainings.nominate(
                training,
                member,
                trainings.Nominee(**form.cleaned_data),
                on=today,
                by=person(request),
            )
        except ValidationError as error:
            place_refusal(form, error)
        else:
            messages.success(request, _("Named. You hear from us when the selection is made."))
            return redirect("services:training", pk)
    ours = list(member.nominations.filter(training=training).select_related("certificate__paper"))
    taken = sum(each.state in TAKING_A_PLACE for each in ours)
    return show(
        request,
        "training",
        form,
        form=form,
        training=training,
        ours=ours,
        left=max(0, training.quota - taken),
        is_open=trainings.is_open(training, today),
        is_city=member.kind == "city",
        may_act=may(request, Right.SERVICES),
    )


@service_page(shows=False, acts=True)
def move_on(request: HttpRequest, pk: int, move: str) -> HttpResponse:
    """Confirm that somebody comes, or take the name back."""
    nomination = get_object_or_404(
        own_member(request).nominations.select_related("training"), pk=pk
    )
    if move not in OWN_MOVES:
        raise Http404
    try:
        trainings.move_nominations(
            nomination.training,
            [nomination.pk],
            OWN_MOVES[move],
            on=seoul.today(),
            by=person(request),
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Recorded, thank you."))
    return redirect("services:training", nomination.training_id)


@service_page()
def download_certificate(request: HttpRequest, reference: str) -> HttpResponse:
    """The certificate of one of our people."""
    rows = own_member(request).nominations.select_related("certificate__paper")
    nomination = get_object_or_404(rows, certificate__paper__reference=reference)
    paper = nomination.certificate.paper
    try:
        content = read_event_paper(paper)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("services:training", nomination.training_id)
    return as_file(content, "application/pdf", f"{reference}.pdf", saved="save" in request.GET)
