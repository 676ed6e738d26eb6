"""Decisions on members: the list, the page of one, how one is recorded and how one is corrected.

The pages of acts on one member that lead to a decision, or need none, hang here too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from members.access import person
from members.admin import changes, leaving
from members.admin.deciding import record
from members.admin.pages import CHANGE, task_page
from members.admin.rehearsal import Summary, say_effect, sum_up
from members.decisions import reverse_item
from members.forms.decisions import CorrectionForm
from members.models import Decision, DecisionItem, Outcome
from members.policies import load_policies
from wego import seoul
from wego.admin.pages import show, status_of
from wego.grave import recently_signed_in
from wego.questions import ask
from wego.rehearsal import rehearse
from wego.templatetags.ui import day

if TYPE_CHECKING:
    _DecisionAdmin = admin.ModelAdmin[Decision]
else:
    _DecisionAdmin = admin.ModelAdmin


@admin.register(Decision)
class DecisionAdmin(_DecisionAdmin):
    """What was decided, newest first; never changed, never deleted."""

    list_display = ("meeting", "decided", "body", "reference", "about", "recorder")
    list_display_links = ("meeting",)
    list_filter = ("body",)
    date_hierarchy = None
    search_fields = ("meeting", "reference", "items__member__name_en", "items__member__name_ko")
    search_help_text = gettext_lazy("Meeting, reference, or a member in either script")
    list_select_related = ("recorded_by",)
    list_per_page = 100
    show_full_result_count = False
    actions = None
    empty_text = gettext_lazy("Approvals, deferrals and withdrawals are recorded here.")
    empty_url_name = "admin:members_decision_record"
    empty_action = gettext_lazy("Record a decision")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Decision]:
        """Each with the number of its items."""
        return super().get_queryset(request).annotate(count=Count("items"))

    @admin.display(description=gettext_lazy("Decided on"), ordering="decided_on")
    def decided(self, decision: Decision) -> str:
        """The day."""
        return day(decision.decided_on)

    @admin.display(description=gettext_lazy("About"), ordering="count")
    def about(self, decision: Any) -> str:  # noqa: ANN401 annotated by the queryset
        """How many members."""
        count = decision.count
        return ngettext("%(count)s member", "%(count)s members", count) % {"count": count}

    @admin.display(description=gettext_lazy("Recorded by"))
    def recorder(self, decision: Decision) -> str:
        """Who wrote it down."""
        return str(decision.recorded_by or "–")

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 Django's signature
        """Recording is a page of its own."""
        return False

    def has_change_permission(
        self,
        request: HttpRequest,  # noqa: ARG002 Django's signature
        obj: Decision | None = None,  # noqa: ARG002 Django's signature
    ) -> bool:
        """A decision is corrected by a later one."""
        return False

    def has_delete_permission(
        self,
        request: HttpRequest,  # noqa: ARG002 Django's signature
        obj: Decision | None = None,  # noqa: ARG002 Django's signature
    ) -> bool:
        """Nothing that was decided is deleted."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """Recording, the page of one, correcting one of its items."""
        pages = (
            ("record/", record, "record", CHANGE),
            ("<int:pk>/change/", show_decision, "change", "members.view_decision"),
            ("item/<int:pk>/correct/", correct, "correct", CHANGE),
        )
        own = [
            path(
                address,
                task_page(recently_signed_in(view), permission=permission),
                name=f"members_decision_{name}",
            )
            for address, view, name, permission in pages
        ]
        return [*own, *super().get_urls()]

    def get_task_urls(self) -> list[URLPattern]:
        """The acts on one member: leaving, and changes of what it is."""
        return [
            path(
                f"members/member/<int:pk>/{address}",
                task_page(view, permission=CHANGE),
                name=name,
            )
            for address, view, name in (*leaving.ADDRESSES, *changes.ADDRESSES)
        ]


def show_decision(request: HttpRequest, pk: int) -> HttpResponse:
    """What was decided of whom, and what followed: letters, mails, who could not be reached."""
    rows = Decision.objects.select_related("recorded_by")
    decision = get_object_or_404(rows, pk=pk)
    return show(
        request,
        "admin/members/decision/show.html",
        title=str(decision),
        decision=decision,
        summary=sum_up(decision),
        may_correct=request.user.has_perm(CHANGE),
    )


def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct an item by a later decision (X09): type it, see what goes back, record it."""
    rows = DecisionItem.objects.select_related("decision", "member")
    item = get_object_or_404(rows, pk=pk)
    decision, today = item.decision, seoul.today()
    initial = {"body": decision.body, "decided_on": today, "meeting": decision.meeting}
    form = CorrectionForm(request.POST or None, initial=initial)
    if request.method != "POST" or not form.is_valid() or request.POST.get("step") == "edit":
        return show_correction(request, item, form)

    def act() -> DecisionItem:
        return reverse_item(item, **form.cleaned_data, by=person(request), on=today)

    try:
        if request.POST.get("step") == "record":
            done = act()
            sentence = _("The decision on %(member)s is corrected.") % {"member": item.member}
            messages.success(request, sentence)
            return redirect("admin:members_decision_change", done.decision_id)
        summary, invoices = rehearse(lambda: tell_correction(act()))
    except ValidationError as error:
        form.add_error(None, error.messages)
        return show_correction(request, item, form)
    return show_correction(request, item, form, summary=summary, invoices=invoices)


def tell_correction(correction: DecisionItem) -> tuple[Summary, list[str]]:
    """What a correction leads to: the lines that go back, and invoices that lose their ground."""
    invoices = [
        sentence for answer in ask("unsupported invoices", correction.member) for sentence in answer
    ]
    return sum_up(correction.decision), invoices


def show_correction(
    request: HttpRequest,
    item: DecisionItem,
    form: CorrectionForm,
    *,
    summary: Summary | None = None,
    invoices: list[str] | None = None,
) -> HttpResponse:
    """The form, or once it is sound what it leads to."""
    return show(
        request,
        "admin/members/decision/correct.html",
        title=_("Check the correction") if summary else _("Correct a decision"),
        form=form,
        item=item,
        was=say_effect(item, item.decision, load_policies().first_dues),
        outcome=Outcome(item.outcome).label,
        summary=summary,
        invoices=invoices or [],
        status=status_of(form) if request.POST.get("step") != "edit" else 200,
    )
