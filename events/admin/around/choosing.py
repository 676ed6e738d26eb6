"""Recording who is host: selected, confirmed, replaced or let go (C7, C16, P11)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events.admin.around.pages import Act, answer, typed
from events.forms.hosting import HostForm, ProposalForm, SittingForm
from events.hosting.effects import propose_host
from events.hosts import HostChoice, decide_host, host_in_force, release_host
from events.models import AgendaItem, AgendaKind, HostCall, HostProposal
from members.access import person
from wego import seoul
from wego.grave import recently_signed_in


@recently_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """A body chose or confirmed a host elsewhere than in a resolution: by ballot, or long ago."""
    call = get_object_or_404(HostCall.objects.select_related("meeting"), pk=pk)
    today, now = seoul.today(), host_in_force(call.meeting)
    form = HostForm(
        typed(request),
        call=call,
        on=today,
        initial={
            "decided_on": today,
            "bid": now.bid_id if now else None,
            "body": "assembly" if now else "excom",
        },
    )
    act = Act(
        title=_("Decide the host of %(meeting)s") % {"meeting": call.meeting},
        lead=_("%(host)s is host until now.") % {"host": now.host}
        if now
        else _("Nobody is host yet."),
        button=_("Record the decision"),
        back=reverse("admin:events_hostcall_change", args=[pk]),
        said=_("The decision on the host is recorded."),
    )

    def do(facts: dict[str, Any]) -> object:
        return decide_host(
            call.meeting,
            form.choice(),
            form.sitting(),
            reason=facts["reason"],
            on=today,
            by=person(request),
        )

    return answer(request, act, form, do)


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which meeting's host an item is about, so that a confirmed decision makes it host."""
    rows = AgendaItem.objects.filter(kind=AgendaKind.HOSTS).select_related("meeting")
    item = get_object_or_404(rows, pk=pk)
    before = HostProposal.objects.filter(item=item).first()
    form = ProposalForm(
        typed(request),
        initial={"meeting": before.meeting_id, "bid": before.bid_id} if before else None,
    )
    act = Act(
        title=_("Whose host is “%(item)s” about?") % {"item": item},
        lead=str(item.meeting),
        button=_("Save"),
        back=reverse("admin:events_meeting_change", args=[item.meeting_id]),
        said=_("A decision on this item now chooses the host."),
    )

    def do(facts: dict[str, Any]) -> object:
        choice = HostChoice(facts["bid"]) if facts["bid"] else None
        return propose_host(item, facts["meeting"], choice, by=person(request))

    return answer(request, act, form, do)


@recently_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """The host in force is host no more."""
    call = get_object_or_404(HostCall.objects.select_related("meeting"), pk=pk)
    form = SittingForm(typed(request), initial={"decided_on": seoul.today()})
    act = Act(
        title=_("Let the host of %(meeting)s go") % {"meeting": call.meeting},
        lead=_("The Executive Vice President follows the host: that office becomes free too."),
        button=_("Let the host go"),
        back=reverse("admin:events_hostcall_change", args=[pk]),
        said=_("Nobody is host now."),
        danger=True,
    )

    def do(facts: dict[str, Any]) -> object:
        return release_host(
            call.meeting,
            form.sitting(),
            reason=facts["reason"],
            on=seoul.today(),
            by=person(request),
        )

    return answer(request, act, form, do)
