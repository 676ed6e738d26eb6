"""Elections: the list, the page of one, the call, candidacies, the list of voters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from events.admin.electing import results, rounds
from events.admin.electing.pages import (
    CHANGE,
    OVERRIDE,
    VIEW,
    Act,
    answer,
    grave_routes,
    show,
    task_page,
)
from events.balloting.calling import call_elections
from events.balloting.candidacies import admit_candidacy, file_candidacy, withdraw_candidacy
from events.balloting.overview import Stage, read_progress, state_of
from events.balloting.voters import fix_voters
from events.forms.electing import CallForm, CandidacyForm, ReasonForm
from events.models import CameBy, Candidacy, Election, ElectionCall, Meeting, Voter
from members.access import person
from members.models import Body
from wego import seoul
from wego.admin.pages import tell
from wego.templatetags.ui import day

if TYPE_CHECKING:
    _ElectionAdmin = admin.ModelAdmin[Election]
else:
    _ElectionAdmin = admin.ModelAdmin

STEPS = (
    gettext_lazy("Candidacies"),
    gettext_lazy("List of voters"),
    gettext_lazy("Voting"),
    gettext_lazy("Result"),
)
TONES = {"stands": "ok", "refused": "bad", "withdrawn": "quiet"}
PAGE = "admin:events_election_change"


@admin.register(Election)
class ElectionAdmin(_ElectionAdmin):
    """The elections, newest Assembly first; nothing is changed or deleted."""

    list_display = ("office_name", "assembly", "called", "seats", "candidates", "state")
    list_display_links = ("office_name",)
    ordering = ("-call_id", "pk")
    list_filter = ("office",)
    search_fields = ("call__meeting__name_en", "call__meeting__name_ko")
    search_help_text = gettext_lazy("Meeting in either script")
    list_per_page = 100
    show_full_result_count = False
    actions = None
    empty_text = gettext_lazy("Elections begin with a call, at least sixty days ahead.")
    empty_url_name = "admin:events_election_call"
    empty_action = gettext_lazy("Call elections")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Election]:
        """Each with its Assembly and how many notices came."""
        rows = super().get_queryset(request).select_related("call__meeting", "confirmation")
        return rows.annotate(notices=Count("candidacies"))

    @admin.display(description=gettext_lazy("Office"), ordering="office")
    def office_name(self, election: Election) -> str:
        """What is elected."""
        return election.get_office_display()

    @admin.display(description=gettext_lazy("Assembly"))
    def assembly(self, election: Election) -> str:
        """Which Assembly elects."""
        return str(election.call.meeting)

    @admin.display(description=gettext_lazy("Called on"), ordering="call__called_on")
    def called(self, election: Election) -> str:
        """Since when candidacies are called for."""
        return day(election.call.called_on)

    @admin.display(description=gettext_lazy("Notices"), ordering="notices")
    def candidates(self, election: Any) -> int:  # noqa: ANN401 annotated by the queryset
        """How many notices of candidacy came."""
        return int(election.notices)

    @admin.display(description=gettext_lazy("Confirmed"), boolean=True)
    def state(self, election: Election) -> bool:
        """Whether the result holds."""
        return hasattr(election, "confirmation")

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 Django's signature
        """Elections are called."""
        return False

    def has_change_permission(
        self,
        request: HttpRequest,  # noqa: ARG002 Django's signature
        obj: Election | None = None,  # noqa: ARG002 Django's signature
    ) -> bool:
        """What was called stays."""
        return False

    def has_delete_permission(
        self,
        request: HttpRequest,  # noqa: ARG002 Django's signature
        obj: Election | None = None,  # noqa: ARG002 Django's signature
    ) -> bool:
        """What was called stays."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """The page of one and its acts."""
        prefix = "events_election"
        acts = grave_routes(
            prefix,
            (
                ("call/", call, "call", CHANGE),
                ("<int:pk>/candidacy/", add_candidacy, "candidacy", CHANGE),
                ("candidacy/<int:pk>/admit/", admit, "admit", OVERRIDE),
                ("candidacy/<int:pk>/withdraw/", withdraw, "withdraw", CHANGE),
                ("<int:pk>/voters/", require_POST(fix), "voters", CHANGE),
                *rounds.ADDRESSES,
                *results.ADDRESSES,
            ),
        )
        own = [
            path(
                "<int:pk>/change/",
                task_page(show_election, permission=VIEW),
                name=f"{prefix}_change",
            ),
            path("<int:pk>/list/", task_page(show_voters, permission=VIEW), name=f"{prefix}_list"),
            *rounds.secret_addresses(),
        ]
        return [*own, *acts, *super().get_urls()]


def find_election(pk: int) -> Election:
    """The election of an address."""
    rows = Election.objects.select_related("call__meeting", "call__recorded_by")
    return get_object_or_404(rows, pk=pk)


def show_election(request: HttpRequest, pk: int) -> HttpResponse:
    """Who stands, who may vote, the rounds, and the one thing to do next."""
    election = find_election(pk)
    progress = read_progress(election, seoul.today())
    return show(
        request,
        "electing/election",
        title=election.get_office_display(),
        election=election,
        progress=progress,
        steps=STEPS,
        stage=progress.stage,
        step_names={each.name.lower(): each.value for each in Stage},
        candidacies=[
            (each, state_of(each), TONES[state_of(each)]) for each in progress.candidacies
        ],
        round_rows=rounds.describe_rounds(progress),
        may_override=request.user.has_perm(OVERRIDE),
    )


def call(request: HttpRequest) -> HttpResponse:
    """Call the elections of an Assembly to come."""
    called = ElectionCall.objects.values("meeting")
    rows = Meeting.objects.filter(body=Body.ASSEMBLY).exclude(pk__in=called).order_by("-pk")
    asked = request.GET.get("meeting", "")
    if not asked.isdecimal():
        return show(request, "electing/choose", title=_("Call elections"), meetings=rows[:50])
    meeting = get_object_or_404(rows, pk=asked)
    today = seoul.today()
    form = CallForm(
        request.POST or None, initial={"called_on": today, "record_on": "", "president": True}
    )

    def do(data: dict[str, Any]) -> object:
        kept = {name: data[name] for name in ("called_on", "record_on", "notice_reason")}
        return call_elections(meeting, form.vacancies(), **kept, on=today, by=person(request))

    back = reverse("admin:events_election_changelist")
    return answer(
        Act(
            request,
            form,
            do,
            title=_("Call elections: %(meeting)s") % {"meeting": meeting},
            lead=_("Candidacies are open until one calendar month before the Assembly."),
            button=_("Call the elections"),
            back=back,
            back_words=_("Back to elections"),
            said=_("The elections are called."),
            crumb=(back, _("Elections")),
        )
    )


def of_election(request: HttpRequest, election: Election, **facts: Any) -> HttpResponse:  # noqa: ANN401 fields of an act
    """An act that leads back to the page of its election."""
    back = reverse(PAGE, args=[election.pk])
    return answer(
        Act(
            request,
            back=back,
            back_words=_("Back to the election"),
            crumb=(back, str(election)),
            **facts,
        )
    )


def add_candidacy(request: HttpRequest, pk: int) -> HttpResponse:
    """A notice that reached the secretariat by letter or mail."""
    election, today = find_election(pk), seoul.today()
    form = CandidacyForm(request.POST or None, initial={"received_on": today})
    return of_election(
        request,
        election,
        form=form,
        do=lambda data: file_candidacy(
            election, came_by=CameBy.LETTER, on=today, by=person(request), **data
        ),
        title=_("Record a notice of candidacy"),
        lead=_("Whether the city may stand is found for the day its notice came, and kept."),
        button=_("Record the notice"),
        said=_("The notice is recorded; see below whether the city stands."),
    )


def find_candidacy(pk: int) -> Candidacy:
    """The candidacy of an address."""
    rows = Candidacy.objects.select_related("member", "election__call__meeting")
    return get_object_or_404(rows, pk=pk)


def admit(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a candidacy stand by way of exception."""
    candidacy = find_candidacy(pk)
    return of_election(
        request,
        candidacy.election,
        form=ReasonForm(request.POST or None),
        do=lambda data: admit_candidacy(candidacy, **data, on=seoul.today(), by=person(request)),
        title=_("Admit %(member)s by way of exception") % {"member": candidacy.member},
        pairs=[
            (_("Received on"), day(candidacy.received_on)),
            (_("Last day to stand"), day(candidacy.deadline_on)),
            (_("Found that day"), candidacy.reason),
        ],
        button=_("Admit the candidacy"),
        danger=True,
        final=_("Your name and reason stay with the candidacy and the term that may follow."),
        said=_("%(member)s stands by way of exception.") % {"member": candidacy.member},
    )


def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """A city wrote that it stands no more."""
    candidacy = find_candidacy(pk)
    if request.method == "POST":
        tell(
            request,
            lambda: withdraw_candidacy(candidacy, on=seoul.today(), by=person(request)),
            _("%(member)s stands no more.") % {"member": candidacy.member},
        )
    return redirect(PAGE, candidacy.election_id)


def fix(request: HttpRequest, pk: int) -> HttpResponse:
    """Fix the list of voters."""
    election = find_election(pk)
    tell(
        request,
        lambda: fix_voters(election.call, on=seoul.today(), by=person(request)),
        _("The list of voters is fixed."),
    )
    return redirect(PAGE, pk)


def show_voters(request: HttpRequest, pk: int) -> HttpResponse:
    """The list of voters as it was fixed, each with its reason."""
    election = find_election(pk)
    voters = Voter.objects.filter(call=election.call).select_related("member")
    return show(
        request,
        "electing/voters",
        title=_("List of voters"),
        election=election,
        voters=list(voters),
    )
