"""What members propose to change: side by side with what stands, and with the next invoice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Case, Model, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.access import person
from members.models import Proposal, ProposalState
from members.proposal_words import FIGURE, describe, label_of, mark_of_now
from members.proposals import accept_proposal, decline_proposal
from wego import questions, seoul
from wego.admin.pages import show
from wego.templatetags.ui import moment

if TYPE_CHECKING:
    _ProposalAdmin = admin.ModelAdmin[Proposal]
else:
    _ProposalAdmin = admin.ModelAdmin

REFUSED = 422
TONES: dict[str, str] = {
    ProposalState.WAITING: "info",
    ProposalState.ACCEPTED: "ok",
    ProposalState.DECLINED: "bad",
    ProposalState.TAKEN_BACK: "quiet",
}


@admin.register(Proposal)
class ProposalAdmin(_ProposalAdmin):
    """The list, those that wait first; each is answered on a page of its own."""

    actions = None
    list_display = ("member_name", "what", "proposed", "state_shown")
    list_filter = ("state", "member__kind")
    list_select_related = ("member", "proposed_by")
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("member__name_en", "member__name_ko", "proposed_by__full_name")
    empty_text = gettext_lazy("What members want changed about their name, kind or figure.")

    def get_ordering(self, request: HttpRequest) -> tuple[Any, ...]:  # noqa: ARG002 Django's signature
        """Those that wait first, the newest first among them."""
        return Case(When(state=ProposalState.WAITING, then=0), default=1).asc(), "-pk"

    @admin.display(description=gettext_lazy("Member"), ordering="member__name_en")
    def member_name(self, row: Proposal) -> str:
        """In the reader's language."""
        return str(row.member)

    @admin.display(description=gettext_lazy("Change"))
    def what(self, row: Proposal) -> str:
        """The fields, without their values."""
        return ", ".join(label_of(name, pair[1]) for name, pair in row.changes.items())

    @admin.display(description=gettext_lazy("Proposed"), ordering="proposed_at")
    def proposed(self, row: Proposal) -> str:
        """When and by whom."""
        return f"{moment(row.proposed_at)}, {row.proposed_by or '–'}"

    @admin.display(description=gettext_lazy("State"), ordering="state")
    def state_shown(self, row: Proposal) -> str:
        """A badge."""
        facts = {"tone": TONES[row.state], "label": row.get_state_display()}
        return render_to_string("ui/badge.html", facts)

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 Django's signature
        """Members propose."""
        return False

    def has_delete_permission(
        self,
        request: HttpRequest,  # noqa: ARG002 Django's signature
        obj: Model | None = None,  # noqa: ARG002 Django's signature
    ) -> bool:
        """A proposal is answered, never deleted."""
        return False

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",  # noqa: ARG002 Django's signature
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002 Django's signature
    ) -> HttpResponse:
        """Side by side, and the two answers."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        rows = Proposal.objects.select_related("member", "proposed_by", "answered_by")
        pk = int(object_id) if object_id.isdecimal() else 0
        return answer(request, get_object_or_404(rows, pk=pk))


def answer(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """One proposal: accept it as it stands, or decline it and say why."""
    problems: dict[str, list[str]] = {}
    if request.method == "POST":
        try:
            settle(request, proposal)
        except ValidationError as error:
            problems = getattr(error, "message_dict", None) or {"": error.messages}
        else:
            return redirect("admin:members_proposal_changelist")
    member = proposal.member
    rows = describe(proposal)
    waiting = proposal.state == ProposalState.WAITING
    return show(
        request,
        "admin/members/proposal/answer.html",
        title=_("Proposal of %(member)s") % {"member": member},
        proposal=proposal,
        tone=TONES[proposal.state],
        rows=rows,
        stale=any(row.stale for row in rows),
        seen=mark_of_now(proposal),
        effect=effect_of(proposal) if waiting else None,
        waiting=waiting,
        typed=request.POST.get("answer", ""),
        problems=problems,
        status=REFUSED if problems else 200,
    )


def settle(request: HttpRequest, proposal: Proposal) -> None:
    """The answer that was chosen, by its rule."""
    if request.POST.get("act") == "accept":
        accept_proposal(
            proposal, seen=request.POST.get("seen", ""), on=seoul.today(), by=person(request)
        )
        sentence = _("Accepted. %(person)s is told by mail.")
    else:
        decline_proposal(proposal, text=request.POST.get("answer", ""), by=person(request))
        sentence = _("Declined. %(person)s is told by mail.")
    messages.success(request, sentence % {"person": proposal.proposed_by or _("Nobody")})


def effect_of(proposal: Proposal) -> object:
    """What it would make of the next invoice; None when it touches neither kind nor figure."""
    wanted = {name: pair[1] for name, pair in proposal.changes.items()}
    moves: dict[str, Any] = {}
    if "kind" in wanted:
        moves["kind"] = wanted["kind"]
    if FIGURE in wanted:
        moves["value"] = wanted[FIGURE]["value"]
    if not moves:
        return None
    return next(
        iter(questions.ask("next invoice", proposal.member, on=seoul.today(), **moves)), None
    )
