"""Recording a decision: the sitting and everybody who waits, then what will happen, then the act.

Nothing is stored between the steps: what was typed travels with the form, and the last step asks
the rules anew.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from members.access import person
from members.admin.pages import ask_for_letters
from members.admin.rehearsal import Summary, sum_up
from members.admin.wishes import Row, load_rows, read_numbers
from members.decisions import record_decision
from members.forms.decisions import RecordForm, SittingForm
from members.models import Decision, Outcome
from members.policies import load_policies
from wego import seoul
from wego.admin.pages import show
from wego.rehearsal import rehearse

REFUSED = 422


@dataclass
class Draft:
    """What is being recorded: the sitting, everybody on the agenda, and who was asked for."""

    request: HttpRequest
    form: SittingForm
    rows: list[Row]
    also: list[int]

    @property
    def chosen(self) -> list[Row]:
        """Those something was decided of."""
        return [row for row in self.rows if row.outcome]

    def decide(self) -> Decision:
        """The rule, asked with what was typed."""
        return record_decision(
            **self.form.cleaned_data,
            items=[row.wish for row in self.chosen],
            by=person(self.request),
            on=seoul.today(),
        )

    def rehearse(self) -> Summary:
        """What the rule would do."""
        return rehearse(lambda: sum_up(self.decide()))


def record(request: HttpRequest) -> HttpResponse:
    """The agenda as one form; from there the check, and from there the act."""
    today = seoul.today()
    data = request.POST if request.method == "POST" else None
    also = read_numbers(data if data is not None else request.GET, "member")
    form = SittingForm(data, policies=load_policies(), initial={"decided_on": today})
    draft = Draft(request, form, load_rows(today, data=data, also=also), also)
    if data is None:
        return show_agenda(draft)
    step = data.get("step", "")
    sound = all([form.is_valid(), *(row.form.is_valid() for row in draft.rows)])
    if step == "edit" or not sound:
        return show_agenda(draft)
    if gone := missing_choices(request, draft.rows):
        form.add_error(None, gone)
        return show_agenda(draft)
    try:
        if step == "record":
            return finish(draft)
        return show_check(draft, draft.rehearse(), RecordForm(count=len(draft.chosen)))
    except ValidationError as error:
        form.add_error(None, error.messages)
        return show_agenda(draft)


def missing_choices(request: HttpRequest, rows: list[Row]) -> str:
    """A sentence when something was chosen of somebody who no longer waits; else ""."""
    known = {f"{row.key}-outcome" for row in rows}
    sent = [name for name, value in request.POST.items() if name.endswith("-outcome") and value]
    if all(name in known for name in sent):
        return ""
    return _(
        "Something changed meanwhile: a member you chose no longer waits. Look at the list again."
    )


def finish(draft: Draft) -> HttpResponse:
    """Record it, unless the number typed is not the one shown."""
    count = len(draft.chosen)
    last = RecordForm(draft.request.POST, count=count)
    if not last.is_valid():
        return show_check(draft, draft.rehearse(), last)
    decision = draft.decide()
    ask_for_letters()
    sentence = ngettext(
        "The decision on %(count)s member is recorded.",
        "The decision on %(count)s members is recorded.",
        count,
    )
    messages.success(draft.request, sentence % {"count": count})
    return redirect("admin:members_decision_change", decision.pk)


def show_agenda(draft: Draft) -> HttpResponse:
    """The first page, with what was typed and the rules' refusals."""
    labels = {
        Outcome.APPROVE: _("Associates waiting for approval"),
        Outcome.NOTE: _("Notices of withdrawal to note"),
        Outcome.SUSPEND: _("Proposals to suspend"),
        Outcome.EXPEL: _("Proposals to expel"),
        Outcome.LIFT: _("Suspended members"),
        Outcome.WAIVE: _("Arrears to waive"),
    }
    forms = [draft.form, *(row.form for row in draft.rows)]
    refused = any(form.is_bound and form.errors for form in forms)
    editing = draft.request.POST.get("step") == "edit"
    return show(
        draft.request,
        "admin/members/decision/record.html",
        title=_("Record a decision"),
        form=draft.form,
        row_forms=[row.form for row in draft.rows],
        groups=[
            {"key": key.value, "label": label, "rows": found}
            for key, label in labels.items()
            if (found := [row for row in draft.rows if row.waiting.ask == key])
        ],
        also=draft.also,
        problems=refused and not editing,
        status=REFUSED if refused and not editing else 200,
    )


def show_check(draft: Draft, summary: Summary, last: RecordForm) -> HttpResponse:
    """Exactly what will happen, and the one button."""
    sent = draft.request.POST
    fields = [(bound.html_name, sent.get(bound.html_name, "")) for bound in draft.form]
    for row in draft.chosen:
        fields += [(bound.html_name, bound.value() or "") for bound in row.form]
    return show(
        draft.request,
        "admin/members/decision/check.html",
        title=_("Check the decision"),
        form=last,
        summary=summary,
        fields=[*fields, *(("member", str(pk)) for pk in draft.also)],
        status=REFUSED if last.is_bound and last.errors else 200,
    )
