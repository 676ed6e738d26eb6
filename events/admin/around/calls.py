"""Calls for bids to host: the list, the board of one call, and the acts on it (R16, P12, C16)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from events.admin.around import bids, choosing, delegates, programme, scoring
from events.admin.around.pages import CHANGE, VIEW, Act, answer, show, task_page, typed
from events.forms.hosting import CallForm, ExtendForm, ScorerForm, WhyForm
from events.hosting.calls import extend_call, publish_call, state_of, withdraw_call
from events.hosting.scores import score_table
from events.hosts import latest_decision
from events.models import HostCall
from members.access import person
from wego import seoul
from wego.templatetags.charts import Bar

if TYPE_CHECKING:
    _CallAdmin = admin.ModelAdmin[HostCall]
else:
    _CallAdmin = admin.ModelAdmin

ADD = "events.add_hostcall"
LOOKING = ["GET", "HEAD", "POST"]


@admin.register(HostCall)
class HostCallAdmin(_CallAdmin):
    """Every call for bids, and our own board for one."""

    list_display = ("meeting", "published_on", "deadline_on", "bid_count", "withdrawn_on")
    list_display_links = ("meeting",)
    list_select_related = ("meeting",)
    list_per_page = 100
    search_fields = ("meeting__name_en", "meeting__name_ko", "code")
    search_help_text = gettext_lazy("Meeting in either script")
    actions = None
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> Any:  # noqa: ANN401 a QuerySet with a count
        """Calls with how many bids came."""
        from_model = super().get_queryset(request)
        return from_model.annotate(handed_in=scoring.COUNT)

    @admin.display(description=gettext_lazy("Bids"))
    def bid_count(self, call: HostCall) -> int:
        """How many bids were handed in."""
        return int(getattr(call, "handed_in", 0))

    def has_delete_permission(
        self,
        request: HttpRequest,  # noqa: ARG002 Django's signature
        obj: HostCall | None = None,  # noqa: ARG002 Django's signature
    ) -> bool:
        """What was published stays."""
        return False

    def get_task_urls(self) -> list[URLPattern]:
        """The pages around one meeting, which belong to no single table."""

        def page(route: str, view: Any, name: str, permission: str = CHANGE) -> URLPattern:  # noqa: ANN401 a view
            return path(
                f"events/around/{route}",
                task_page(view, permission=permission),
                name=f"events_around_{name}",
            )

        return [
            page("<int:pk>/delegates/", delegates.show_delegates, "delegates", VIEW),
            page("items/<int:pk>/host/", choosing.propose, "host_item"),
            page("<int:pk>/announce/", delegates.announce, "announce"),
            page("<int:pk>/badges/", delegates.badges, "badges"),
            page("delegations/<int:pk>/add/", delegates.add, "delegate_add"),
            page("delegates/<int:pk>/", delegates.edit, "delegate"),
            page("delegates/<int:pk>/remove/", delegates.remove, "delegate_remove"),
            page("delegates/<int:pk>/badge/", delegates.badge, "badge"),
            page("delegates/<int:pk>/visa/", delegates.visa, "visa"),
            page("papers/<int:pk>/", delegates.paper, "paper", VIEW),
            page("credentials/<int:pk>/", delegates.credential, "credential", VIEW),
            page("<int:pk>/programme/", programme.show_programme, "programme", VIEW),
            page("<int:pk>/consult/", programme.consult, "consult"),
            page("<int:pk>/sessions/add/", programme.add_session, "session_add"),
            page("topics/<int:pk>/", programme.answer_suggestion, "topic"),
            page("sessions/<int:pk>/", programme.edit_session, "session"),
            page("sessions/<int:pk>/speaker/", programme.add_speaker, "speaker_add"),
            page("speakers/<int:pk>/off/", programme.take_speaker_off, "speaker_off"),
        ]

    def get_urls(self) -> list[URLPattern]:
        """Our own pages for a call."""

        def act(route: str, view: Any, name: str, permission: str = CHANGE) -> URLPattern:  # noqa: ANN401 a view
            page = task_page(view, permission=permission)
            return path(route, page, name=f"events_hostcall_{name}")

        own = [
            act("add/", publish, "add", ADD),
            act("<int:pk>/change/", show_call, "change", VIEW),
            act("<int:pk>/extend/", extend, "extend"),
            act("<int:pk>/withdraw/", withdraw, "withdraw"),
            act("<int:pk>/bid/", bids.record, "bid"),
            act("<int:pk>/scorer/", scoring.add, "scorer"),
            act("scorers/<int:pk>/", scoring.score, "score"),
            act("<int:pk>/decide/", choosing.decide, "decide"),
            act("<int:pk>/release/", choosing.release, "release"),
            act("documents/<int:pk>/", bids.download, "document", VIEW),
            act("bids/<int:pk>/withdraw/", bids.withdraw, "bid_withdraw"),
        ]
        return [*own, *super().get_urls()]


@require_http_methods(LOOKING)
def publish(request: HttpRequest) -> HttpResponse:
    """A new call."""
    today = seoul.today()
    form = CallForm(typed(request), initial={"published_on": today})
    act = Act(
        title=_("Call for bids to host"),
        lead=_("It stands on the public page from its first day; member cities bid in the portal."),
        button=_("Publish the call"),
        back=reverse("admin:events_hostcall_changelist"),
        said=_("The call is published."),
    )

    def do(facts: dict[str, Any]) -> object:
        return publish_call(
            facts["meeting"], form.terms(), facts["criteria"], on=today, by=person(request)
        )

    return answer(request, act, form, do)


@require_safe
def show_call(request: HttpRequest, pk: int) -> HttpResponse:
    """One call: its days, bids, scores as a picture, and who is host."""
    call, today = find_call(pk), seoul.today()
    table = score_table(call)
    decisions = call.meeting.host_decisions.select_related("member", "superseded_by")
    return show(
        request,
        "call",
        title=_("Host of %(meeting)s") % {"meeting": call.meeting},
        call=call,
        today=today,
        state=state_of(call, on=today),
        criteria=list(call.criteria.all()),
        bids=list(call.bids.select_related("member").prefetch_related("documents")),
        scorers=list(call.scorers.select_related("member")),
        table=table,
        bars=[
            Bar(line.bid.city, float(line.total), line.shown)
            for line in table
            if line.total is not None
        ],
        host=latest_decision(call.meeting),
        decisions=list(decisions.order_by("-pk")),
        scorer_form=ScorerForm(on=today),
        may_act=request.user.has_perm(CHANGE),
    )


def find_call(pk: int) -> HostCall:
    """A call with its meeting; Http404 when there is none."""
    return get_object_or_404(HostCall.objects.select_related("meeting"), pk=pk)


@require_http_methods(LOOKING)
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    """More time for bidders."""
    call = find_call(pk)
    form = ExtendForm(typed(request), initial={"announced_on": call.announced_on})
    act = Act(
        title=_("Extend the call: %(meeting)s") % {"meeting": call.meeting},
        lead=_("A call is never shortened: cities rely on its deadline."),
        button=_("Extend the call"),
        back=reverse("admin:events_hostcall_change", args=[pk]),
        said=_("The call is extended."),
    )
    return answer(
        request,
        act,
        form,
        lambda facts: extend_call(call, **facts, on=seoul.today(), by=person(request)),
    )


@require_http_methods(LOOKING)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """No more bids are asked for."""
    call = find_call(pk)
    act = Act(
        title=_("Withdraw the call: %(meeting)s") % {"meeting": call.meeting},
        lead=_("What was handed in stays on record. The bidders read the reason."),
        button=_("Withdraw the call"),
        back=reverse("admin:events_hostcall_change", args=[pk]),
        said=_("The call is withdrawn."),
        danger=True,
    )
    return answer(
        request,
        act,
        WhyForm(typed(request)),
        lambda facts: withdraw_call(call, why=facts["why"], on=seoul.today(), by=person(request)),
    )
