"""Policies: what the organisation has chosen where its rules leave a choice, every app's switches.

The secretariat reads them; an administrator changes one in two steps: choose and say why, then see
old and new side by side.
"""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from wego import seoul
from wego.admin.pages import PagesAdmin, person, show, task_page
from wego.admin.policy_form import PolicyForm
from wego.grave import recently_signed_in
from wego.models import AuditEntry, PolicyValue
from wego.policies import (
    change_policy,
    declared_switches,
    find_switch,
    load_chosen,
    load_value,
)
from wego.switches import Switch, Value

VIEW_POLICIES, CHANGE_POLICIES = "wego.view_policyvalue", "wego.change_policyvalue"
CHANGES_SHOWN = 10


def show_policies(request: HttpRequest) -> HttpResponse:
    """Every switch with its number, its answer and what follows from it, by their numbers."""
    switches = declared_switches()
    chosen = load_chosen(switches)
    return show(
        request,
        "admin/wego/policy/list.html",
        title=_("Policies"),
        groups=[
            {
                "label": label,
                "switches": [shown(each, chosen.get(each.key, each.default)) for each in group],
            }
            for label, group in groupby(switches, key=lambda switch: str(switch.group))
        ],
        changes=tell_changes(switches),
        may_change=request.user.has_perm(CHANGE_POLICIES),
    )


def shown(switch: Switch, value: Value) -> dict[str, Any]:
    """A switch as the page shows it."""
    return {
        "key": switch.key,
        "number": switch.number,
        "label": switch.label,
        "chosen": capfirst(switch.words(value)),
        "default": capfirst(switch.words(switch.default)),
        "is_default": value == switch.default,
        "is_fixed": switch.is_fixed,
        "effect": switch.effect,
    }


def tell_changes(switches: list[Switch]) -> list[dict[str, Any]]:
    """The last changes of a switch from the audit trail, newest first."""
    by_key = {switch.key: switch for switch in switches}
    entries = AuditEntry.objects.filter(act="policy.changed").select_related("by")
    found = []
    for entry in entries.order_by("-pk")[:CHANGES_SHOWN]:
        switch = by_key.get(entry.subject.rpartition(":")[2])
        before, after = entry.facts.get("value", ["", ""])
        found.append(
            {
                "entry": entry,
                "number": entry.facts.get("number", ""),
                "label": switch.label if switch else entry.label,
                "before": capfirst(switch.words(before)) if switch else before,
                "after": capfirst(switch.words(after)) if switch else after,
            }
        )
    return found


def change_switch(request: HttpRequest, key: str) -> HttpResponse:
    """Choose another answer and say why; see old and new; change it."""
    switch = find_switch(key)
    if switch is None or switch.is_fixed:
        raise Http404(_("There is no such policy switch."))
    if not request.user.has_perm(CHANGE_POLICIES):
        raise PermissionDenied(_("Policies are changed by an administrator."))
    chosen = load_value(switch)
    form = PolicyForm(request.POST or None, switch=switch, chosen=chosen)
    if request.method != "POST" or not form.is_valid():
        return show_switch(request, switch, chosen, form)
    wanted: Value = form.cleaned_data["value"]
    if wanted == chosen:
        form.add_error("value", _("This is what holds already: choose another answer."))
        return show_switch(request, switch, chosen, form)
    if request.POST.get("step") != "change":
        return show(
            request,
            "admin/wego/policy/check.html",
            title=_("Change policy %(number)s?") % {"number": switch.number},
            switch=switch,
            before=capfirst(switch.words(chosen)),
            after=capfirst(switch.words(wanted)),
            form=form,
        )
    return store(request, switch, wanted, form)


def store(request: HttpRequest, switch: Switch, wanted: Value, form: PolicyForm) -> HttpResponse:
    """Ask the rule and say what it did."""
    try:
        change_policy(
            switch.key,
            wanted,
            by=person(request),
            why=form.cleaned_data["why"],
            on=seoul.today(),
        )
    except ValidationError as error:
        form.add_error(None, error.messages)
        return show_switch(request, switch, load_value(switch), form)
    messages.success(
        request,
        _("%(number)s now says: %(answer)s.")
        % {"number": switch.number, "answer": switch.words(wanted)},
    )
    return redirect("admin:wego_policyvalue_changelist")


def show_switch(
    request: HttpRequest, switch: Switch, chosen: Value, form: PolicyForm
) -> HttpResponse:
    """The form of one switch."""
    return show(
        request,
        "admin/wego/policy/change.html",
        title=_("Policy %(number)s: %(label)s") % {"number": switch.number, "label": switch.label},
        switch=switch,
        chosen=capfirst(switch.words(chosen)),
        form=form,
        status=422 if form.errors else 200,
    )


@admin.register(PolicyValue)
class PolicyAdmin(PagesAdmin):
    """One page for all switches and one for each."""

    pages = (
        path(
            "",
            task_page(show_policies, permission=VIEW_POLICIES),
            name="wego_policyvalue_changelist",
        ),
        path(
            "<slug:key>/",
            task_page(recently_signed_in(change_switch), permission=VIEW_POLICIES),
            name="wego_policyvalue_change",
        ),
    )
