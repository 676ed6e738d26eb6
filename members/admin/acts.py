"""Acts on one member: it is added, its status changes, a figure is recorded."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from members.access import person
from members.admin.pages import TONES, year_at_work
from members.figures import KINDS_OF, record_figure
from members.forms.members import AddMemberForm, FigureForm, StatusForm
from members.history import Entry, full_since, status_on
from members.lifecycle import add_member, next_statuses, record_status, words
from members.models import ENTRY_ORDER, Measure, Member, Status
from wego import seoul
from wego.admin.pages import show, status_of


def add_by_hand(request: HttpRequest) -> HttpResponse:
    """A new member with its first status."""
    form = AddMemberForm(request.POST or None, initial={"on": seoul.today()})
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            member = add_member(
                form.save(commit=False),
                status=facts["status"],
                on=facts["on"],
                reason=facts["reason"],
                by=person(request),
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("%(name)s is in the register.") % {"name": member})
            return redirect("admin:members_member_change", member.pk)
    return show(
        request,
        "admin/members/member/add.html",
        title=_("Add a member"),
        form=form,
        status=status_of(form),
    )


def record_status_by_hand(request: HttpRequest, pk: int) -> HttpResponse:
    """One more line of the history."""
    member = get_object_or_404(Member, pk=pk)
    today = seoul.today()
    form = StatusForm(
        request.POST or None, allowed=offer_statuses(member, today), initial={"on": today}
    )
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            record_status(
                member, facts["status"], on=facts["on"], reason=facts["reason"], by=person(request)
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            return say_and_return(
                request, member, _("%(name)s: %(status)s."), status=words(facts["status"])
            )
    return show_act(request, member, form, title=_("Record a status"))


def offer_statuses(member: Member, today: dt.date) -> list[str]:
    """What may hold from today on, and what may correct the last line from its own day."""
    last = member.status_entries.order_by(*ENTRY_ORDER).last()
    days = {today, last.effective_on} if last else {today}
    offered = {status for on in days for status in next_statuses(member, on)}
    return [status for status in Status.values if status in offered]


def record_figure_by_hand(request: HttpRequest, pk: int) -> HttpResponse:
    """A figure for a dues year, which replaces no earlier one but holds from now on."""
    member = get_object_or_404(Member, pk=pk)
    measure = measure_of(member)
    form = FigureForm(
        request.POST or None, measure=measure, initial={"year": year_at_work(request)}
    )
    if request.method == "POST" and form.is_valid():
        try:
            record_figure(member, measure, **form.cleaned_data, by=person(request))
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            return say_and_return(request, member, _("%(name)s: the figure is recorded."))
    return show_act(request, member, form, title=_("Record a figure"))


def measure_of(member: Member) -> str:
    """Which figure is kept of a member."""
    return next(measure for measure in Measure.values if member.kind in KINDS_OF[measure])


def say_and_return(
    request: HttpRequest, member: Member, sentence: str, **params: object
) -> HttpResponse:
    """Back to the member's page, with what was done."""
    messages.success(request, sentence % {"name": member, **params})
    return redirect("admin:members_member_change", member.pk)


def show_act(request: HttpRequest, member: Member, form: BaseForm, *, title: str) -> HttpResponse:
    """The form of one act on one member."""
    return show(
        request,
        "admin/members/member/act.html",
        title=title,
        member=member,
        form=form,
        status=status_of(form),
        **records_of(member),
    )


def records_of(member: Member) -> dict[str, Any]:
    """What was recorded of a member: its standing, history and figures, in two queries."""
    today = seoul.today()
    entries = member.status_entries.select_related("recorded_by", "decision_item__decision")
    history = list(entries.order_by(*ENTRY_ORDER))
    lines = [Entry(entry.status, entry.effective_on) for entry in history]
    standing = status_on(lines, today)
    return {
        "record": member,
        "standing": words(standing) if standing else _("No status"),
        "standing_tone": TONES.get(standing or "", "quiet"),
        "full_since": full_since(lines, today),
        "history": [
            {"entry": entry, "tone": TONES[entry.status], "label": entry.get_status_display()}
            for entry in reversed(history)
        ],
        "figures": list(member.figures.select_related("entered_by").order_by("-dues_year", "-pk")),
        "to_come": any(line.effective_on > today for line in lines),
    }
