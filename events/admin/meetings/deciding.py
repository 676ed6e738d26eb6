"""Recording what was resolved on an item, in bulk with exceptions; and correcting it later."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dues.long_arrears import read_long_arrears
from events.admin.meetings.pages import add_refusal, show
from events.forms.resolving import LEAVE_OUT, MotionForm, RollForm, RulingForm
from events.meetings.quorum import Quorum, count_quorum
from events.meetings.resolving import Motion, Ruling, resolve_item
from events.meetings.stages import last_stage, voting_day
from events.models import AgendaItem, AgendaKind, LineOutcome, Resolution
from events.policies import load_policies
from members.access import person
from members.decisions import waiting_members
from members.models import Member
from wego import money, seoul
from wego.admin.pages import status_of

CHOOSES = (AgendaKind.HOSTS, AgendaKind.OFFICES)


@dataclass
class Row:
    """A member something may be resolved of, what is known, and the fields."""

    member: Member
    form: RulingForm
    note: str


@dataclass
class Draft:
    """What is being recorded on an item."""

    request: HttpRequest
    item: AgendaItem
    form: MotionForm
    quorum: Quorum
    rows: list[Row]
    roll: list[tuple[Member, RollForm]]
    corrects: Resolution | None = None

    def is_valid(self) -> bool:
        """Whether everything that was typed can be read."""
        parts = [self.form, *(row.form for row in self.rows), *(form for _m, form in self.roll)]
        # Every part says what is to be corrected, not only the first.
        sound = [part.is_valid() for part in parts]
        return all(sound)

    def motion(self) -> Motion:
        """What was typed, as the rule takes it."""
        facts = self.form.cleaned_data
        rulings = [
            Ruling(
                row.form.cleaned_data["outcome"], row.member, reason=row.form.cleaned_data["reason"]
            )
            for row in self.rows
            if row.form.cleaned_data["outcome"] != LEAVE_OUT
        ]
        city, other = facts.get("city"), facts.get("other", "")
        if city or other:
            assembly = self.item.meeting.body == "assembly"
            outcome = LineOutcome.CONFIRM if assembly else LineOutcome.SELECT
            rulings.append(Ruling(outcome, city, about="" if city else other))
        roll = [
            (member, form.cleaned_data["choice"])
            for member, form in self.roll
            if form.cleaned_data["choice"]
        ]
        return Motion(
            verdict=facts["verdict"],
            vote=self.form.vote(roll),
            resolved_on=facts["resolved_on"],
            effective_on=facts["effective_on"],
            reference=facts["reference"],
            rulings=rulings,
            note=facts["note"],
            corrects=self.corrects,
        )


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """What was resolved on an item."""
    item = get_object_or_404(AgendaItem.objects.select_related("meeting"), pk=pk)
    return answer(open_draft(request, item))


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """A later resolution that corrects one, beginning with what that one said (X09)."""
    rows = Resolution.objects.select_related("item__meeting")
    corrects = get_object_or_404(rows, pk=pk)
    return answer(open_draft(request, corrects.item, corrects))


def open_draft(request: HttpRequest, item: AgendaItem, corrects: Resolution | None = None) -> Draft:
    """The fields, filled with what is usual or with what is corrected."""
    data = request.POST if request.method == "POST" else None
    day = voting_day(last_stage(item.meeting), seoul.today())
    initial = {
        "verdict": corrects.verdict if corrects else "approve",
        "manner": corrects.manner if corrects else "unanimous",
        "votes_for": corrects.votes_for if corrects else None,
        "votes_against": corrects.votes_against if corrects else None,
        "abstentions": corrects.abstentions if corrects else None,
        "resolved_on": day,
        "reference": _("item %(number)s") % {"number": item.position},
    }
    form = MotionForm(
        data, initial=initial, chooses=item.kind in CHOOSES, corrects=corrects is not None
    )
    quorum = count_quorum(item.meeting, on=day, policies=load_policies())
    roll = [
        (member, RollForm(data, prefix=f"roll-{member.pk}", name=str(member)))
        for member in quorum.may_cast
    ]
    rows = corrected_rows(corrects, data) if corrects else waiting_rows(item, data)
    return Draft(request, item, form, quorum, rows, roll, corrects)


def waiting_rows(item: AgendaItem, data: object) -> list[Row]:
    """Everybody an item is about, but those it has decided on."""
    day = voting_day(last_stage(item.meeting), seoul.today())
    standing = item.resolutions.standing().values_list("lines__member", flat=True)
    decided = {key for key in standing if key}
    if item.kind == AgendaKind.MEMBERS:
        found = [
            (
                each.member,
                each.ask,
                each.note,
                LEAVE_OUT if each.excom_year and each.excom_year > day.year else None,
            )
            for each in waiting_members(day)
        ]
    elif item.kind == AgendaKind.ARREARS:
        found = [
            (each.member, LineOutcome.WAIVE, money.short(each.long_cents), None)
            for each in read_long_arrears(day).debtors
        ]
    else:
        return []
    return [
        Row(
            member,
            RulingForm(
                data,  # type: ignore[arg-type]  # posted or nothing
                prefix=f"m-{member.pk}",
                ask=ask,
                name=str(member),
                usual=usual,
            ),
            note,
        )
        for member, ask, note, usual in found
        if member.pk not in decided
    ]


def corrected_rows(corrects: Resolution, data: object) -> list[Row]:
    """Those the corrected resolution is about, as it decided on them."""
    asks = {LineOutcome.REJECT: LineOutcome.APPROVE, LineOutcome.DEFER: LineOutcome.APPROVE}
    return [
        Row(
            line.member,
            RulingForm(
                data,  # type: ignore[arg-type]  # posted or nothing
                prefix=f"m-{line.member.pk}",
                ask=asks.get(LineOutcome(line.outcome), line.outcome),
                name=str(line.member),
                usual=line.outcome,
            ),
            _("until now: %(outcome)s") % {"outcome": line.get_outcome_display()},
        )
        for line in corrects.lines.select_related("member")
        if line.member and line.outcome not in {LineOutcome.SELECT, LineOutcome.CONFIRM}
    ]


def answer(draft: Draft) -> HttpResponse:
    """Show the form, or record it and go back to the board."""
    if draft.request.method == "POST" and draft.is_valid():
        try:
            resolution = resolve_item(
                draft.item, draft.motion(), on=seoul.today(), by=person(draft.request)
            )
        except ValidationError as error:
            add_refusal(draft.form, error)
        else:
            if resolution.quorum_held:
                messages.success(draft.request, _("The resolution is recorded. Now confirm it."))
            else:
                messages.warning(
                    draft.request,
                    _("The resolution is recorded. Without a quorum it has no effect."),
                )
            return redirect("admin:events_meeting_change", draft.item.meeting_id)
    return show(
        draft.request,
        "decide",
        title=_("Correct a resolution") if draft.corrects else _("Record a resolution"),
        meeting=draft.item.meeting,
        item=draft.item,
        draft=draft,
        form=draft.form,
        row_forms=[row.form for row in draft.rows],
        status=status_of(draft.form, *(row.form for row in draft.rows)),
    )
