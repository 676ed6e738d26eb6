"""Figures: the one our dues are priced from, confirmed each October in two fields."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from members.access import own_member, person
from members.confirming import (
    ASKED_KINDS,
    confirm_figure,
    figure_before,
    figure_for,
    known_value,
    own_figures,
    year_to_confirm,
)
from members.forms.portal import FigureForm
from members.mandate import Right
from members.models import Member, MemberFigure
from members.portal.data import effect_of, refuse
from members.portal.pages import portal_page, show
from members.proposals import propose_change, waiting_of
from members.rights import may
from wego import seoul
from wego.templatetags.charts import Bar

SHOWN_YEARS = 8


@portal_page(acts=True, right=Right.FIGURES)
def show_figures(request: HttpRequest) -> HttpResponse:
    """The figure of the year to confirm, and the earlier ones as a small chart."""
    member = own_member(request)
    if member.kind not in ASKED_KINDS and request.method == "POST":
        raise PermissionDenied(_("Institutions pay no dues: no figure is asked of you."))
    year = year_to_confirm(seoul.today())
    held, before = figure_for(member, year), figure_before(member, year)
    form = FigureForm(request.POST or None, kind=member.kind, initial=filled_in(held or before))
    if request.method == "POST" and form.is_valid():
        response = act(request, member, form, year)
        if response:
            return response
    return show(
        request,
        "portal/figures.html",
        form,
        form=form,
        asked=member.kind in ASKED_KINDS,
        may_change=may(request, Right.FIGURES),
        year=year,
        held=held,
        before=before,
        waiting=[each for each in waiting_of(member) if "figure" in each.changes],
        bars=bars_of(member),
    )


def filled_in(figure: MemberFigure | None) -> dict[str, Any]:
    """The figure known so far, ready to confirm."""
    if figure is None:
        return {}
    return {
        "value": f"{figure.value:,}",
        "source": figure.source,
        "source_year": figure.source_year,
    }


def act(request: HttpRequest, member: Member, form: FigureForm, year: int) -> HttpResponse | None:
    """Record what is the same, show the effect of what is not, send it when asked to."""
    facts = form.cleaned_data
    value, note = facts["value"], facts.pop("note")
    try:
        if value == known_value(member, year):
            confirm_figure(member, year=year, **facts, on=seoul.today(), by=person(request))
            messages.success(
                request, _("The figure for the dues of %(year)s is recorded.") % {"year": year}
            )
            return redirect("portal:figures")
        if request.POST.get("step") == "send":
            changes = {"figure": {"dues_year": year, **facts}}
            propose_change(member, changes, note=note, by=person(request))
            messages.success(request, _("Your proposal is with the secretariat."))
            return redirect("portal:figures")
    except ValidationError as error:
        refuse(form, error)
        return None
    return show(
        request,
        "portal/figures_check.html",
        form=form,
        year=year,
        known=known_value(member, year),
        value=value,
        effect=effect_of(member, value=value),
    )


def bars_of(member: Member) -> list[Bar]:
    """The figure that held for each of the last dues years, oldest first."""
    by_year = {figure.dues_year: figure for figure in own_figures(member)}
    return [Bar(str(year), by_year[year].value) for year in sorted(by_year)[-SHOWN_YEARS:]]
