"""What members ask for, and the secretariat's answers (R28, R29)."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Case, Count, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.admin.programmes.pages import REFUSED, ListAdmin, badge, place_refusal, show
from events.admin.programmes.trainings import TABS
from events.forms.programmes import AnswerForm
from events.models import RequestKind, RequestState, ServiceRequest
from events.services.requests import NEXT, answer_request
from events.tasks import tell_members_of_events
from members.access import person
from wego import seoul

VIEW, CHANGE = "events.view_servicerequest", "events.change_servicerequest"
TONES: dict[str, str] = {
    RequestState.WAITING: "warn",
    RequestState.APPROVED: "ok",
    RequestState.ASSIGNED: "info",
    RequestState.DONE: "ok",
    RequestState.DECLINED: "quiet",
    RequestState.WITHDRAWN: "quiet",
}
BUTTONS = {
    RequestState.APPROVED.value: gettext_lazy("Approve and tell all members"),
    RequestState.ASSIGNED.value: gettext_lazy("Put in their hands"),
    RequestState.DONE.value: gettext_lazy("Done"),
    RequestState.DECLINED.value: gettext_lazy("Decline"),
}


def show_request(request: HttpRequest, pk: int) -> HttpResponse:
    """One request, and the answers that fit."""
    rows = ServiceRequest.objects.select_related("member", "asked_by", "assigned_to")
    row = get_object_or_404(rows.annotate(told=Count("notices")), pk=pk)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if row.kind == RequestKind.PROMOTION:
        del form.fields["assigned_to"]
    if request.method == "POST" and form.is_valid() and answer(request, row, form):
        return redirect("admin:events_servicerequest_change", pk)
    steps = NEXT.get((row.kind, row.state), frozenset())
    return show(
        request,
        "request",
        title=str(row),
        row=row,
        tone=TONES[row.state],
        form=form,
        buttons=[(state, words) for state, words in BUTTONS.items() if state in steps],
        may_answer=request.user.has_perm(CHANGE),
        status=REFUSED if form.errors else 200,
    )


def answer(request: HttpRequest, row: ServiceRequest, form: AnswerForm) -> bool:
    """Carry an answer out; False when a rule refuses."""
    state = request.POST.get("state", "")
    if state not in BUTTONS or not request.user.has_perm(CHANGE):
        raise Http404
    try:
        answer_request(
            row,
            state,
            answer=form.cleaned_data["answer"],
            assigned_to=form.cleaned_data.get("assigned_to"),
            on=seoul.today(),
            by=person(request),
        )
    except ValidationError as error:
        place_refusal(form, error)
        return False
    if state == RequestState.APPROVED:
        transaction.on_commit(tell_members_of_events.delay, robust=True)
    messages.success(request, _("Answered. The member is told by mail."))
    return True


@admin.register(ServiceRequest)
class ServiceRequestAdmin(ListAdmin):
    """Requests, those that wait first."""

    list_display = ("title", "kind", "member_name", "asked_on", "state_shown")
    list_filter = ("state", "kind")
    list_select_related = ("member",)
    search_fields = ("title", "member__name_en", "member__name_ko")
    search_help_text = gettext_lazy("Title, or member in either script")
    empty_text = gettext_lazy(
        "Members ask in their portal for consulting, a diagnosis or the promotion of an event."
    )
    tabs = TABS
    pages = (("<int:pk>/change/", show_request, "events_servicerequest_change", VIEW),)

    def get_ordering(self, request: HttpRequest) -> tuple[Any, ...]:  # noqa: ARG002 Django's signature
        """Those that wait first, the newest first among them."""
        return Case(When(state=RequestState.WAITING, then=0), default=1).asc(), "-pk"

    @admin.display(description=gettext_lazy("Member"), ordering="member__name_en")
    def member_name(self, row: ServiceRequest) -> str:
        """In the reader's language."""
        return str(row.member)

    @admin.display(description=gettext_lazy("State"), ordering="state")
    def state_shown(self, row: ServiceRequest) -> str:
        """A badge."""
        return badge(TONES[row.state], row.get_state_display())
