"""Changes of what a member is called (X10), of what it is, and the merging of duplicates (C19).

A change that moves money shows the next invoice before and after, then is saved.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from members.access import person
from members.admin.member_acts import find_member, in_step, say_and_return, show_member_act
from members.admin.pages import status_badge
from members.changes import (
    change_facts,
    change_kind,
    merge_members,
    rename_member,
    undo_merge,
)
from members.forms.changes import KindForm, MergeForm, RenameForm
from members.forms.leaving import ReasonForm
from members.history import status_on
from members.lifecycle import read_lines
from members.models import Kind, Member, level_name
from wego import seoul
from wego.numbers import read_key
from wego.questions import ask
from wego.templatetags.ui import day, money_short

MOST_FOUND = 20


def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """A new name from a day on; the old one keeps its days, and what was printed stays."""
    member, today = find_member(pk), seoul.today()
    initial = {"name_en": member.name_en, "name_ko": member.name_ko, "used_from": today}
    form = RenameForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        before = str(member)
        try:
            rename_member(member, **form.cleaned_data, on=today, by=person(request))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            facts = {"before": before, "after": member}
            sentence = _("%(before)s is now called %(after)s.") % facts
            return say_and_return(request, member, sentence)
    return show_member_act(
        request,
        member,
        form,
        title=_("Record a new name"),
        button=_("Record the new name"),
        notices=[
            (
                "info",
                _(
                    "Invoices and letters already issued keep the name they print. The next ones "
                    "print the new name; no amount changes."
                ),
            )
        ],
    )


def change_a_kind(request: HttpRequest, pk: int) -> HttpResponse:
    """Another kind or level: first the next invoice before and after, then it is saved."""
    member, today = find_member(pk), seoul.today()
    form = KindForm(request.POST or None, member=member)
    if request.method != "POST" or not form.is_valid():
        return show_member_act(
            request,
            member,
            form,
            title=_("Change kind or level"),
            button=_("Next: see the effect"),
        )
    wanted = form.cleaned_data
    if in_step(request, "save"):
        try:
            save_kind(member, wanted, request, today)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            sentence = _("%(member)s: the change is saved.") % {"member": member}
            return say_and_return(request, member, sentence)
        return show_member_act(
            request,
            member,
            form,
            title=_("Change kind or level"),
            button=_("Next: see the effect"),
        )
    return show_member_act(
        request,
        member,
        None,
        title=_("Check the change"),
        button=_("Save the change"),
        pairs=[*compare_kind(member, wanted), *compare_invoice(member, wanted["kind"], today)],
        hidden={"step": "save", **{name: str(value) for name, value in wanted.items()}},
        back=request.path,
        back_words=_("Choose differently"),
    )


def save_kind(member: Member, wanted: dict[str, Any], request: HttpRequest, today: dt.date) -> None:
    """Both changes or neither."""
    by, why = person(request), wanted["reason"]
    with transaction.atomic():
        if wanted["kind"] != member.kind:
            change_kind(member, wanted["kind"], on=today, reason=why, by=by)
        if wanted["level"] != member.level:
            change_facts(member, {"level": wanted["level"]}, on=today, reason=why, by=by)


def compare_kind(member: Member, wanted: dict[str, Any]) -> list[tuple[str, object]]:
    """Old and new of what changes."""
    rows: list[tuple[str, object]] = []
    if wanted["kind"] != member.kind:
        rows.append((_("Kind"), f"{member.get_kind_display()} → {Kind(wanted['kind']).label}"))
    if wanted["level"] != member.level:
        rows.append(
            (_("Level"), f"{member.level_name or '–'} → {level_name(wanted['level']) or '–'}")
        )
    rows.append((_("Reason"), wanted["reason"]))
    return rows


def compare_invoice(member: Member, kind: str, today: dt.date) -> list[tuple[str, object]]:
    """The next invoice before and after, as dues would price it."""
    rows: list[tuple[str, object]] = []
    for answer in ask("next invoice", member, on=today, kind=kind):
        rows += [
            (_("Next invoice"), _("dues year %(year)s") % {"year": answer.dues_year}),
            (
                _("Amount"),
                _("stays %(amount)s") % {"amount": say_amount(answer.before_cents)}
                if answer.before_cents == answer.after_cents
                else f"{say_amount(answer.before_cents)} → {say_amount(answer.after_cents)}",
            ),
            (_("How it is worked out"), answer.why),
        ]
    return rows


def say_amount(cents: int | None) -> str:
    """An amount, or that nothing is invoiced."""
    return money_short(cents) if cents is not None else _("no invoice")


def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Find the other one, see both side by side, say which stays."""
    member = find_member(pk)
    chosen = request.POST.get("other") or request.GET.get("other") or ""
    if key := read_key(chosen):
        other = get_object_or_404(candidates(member), pk=key)
        return merge_pair(request, (member, other))
    term = request.GET.get("name", "").strip()
    return show_member_act(
        request,
        member,
        None,
        title=_("Merge a duplicate"),
        template="admin/members/change/merge_find.html",
        term=term,
        found=search(member, term) if term else [],
    )


def candidates(member: Member) -> QuerySet[Member]:
    """Members that stand alone, besides this one."""
    return Member.objects.standing_alone().exclude(pk=member.pk)


def search(member: Member, term: str) -> list[Member]:
    """Members whose name, in either script or an earlier one, holds what was typed."""
    wanted = Q()
    for field in ("name_en", "name_ko", "other_names__name_en", "other_names__name_ko"):
        wanted |= Q((f"{field}__icontains", term))
    found = candidates(member).filter(wanted).distinct().order_by("name_en", "pk")
    return list(found[:MOST_FOUND])


def merge_pair(request: HttpRequest, pair: tuple[Member, Member]) -> HttpResponse:
    """Both side by side; the act itself."""
    member, other = pair
    today = seoul.today()
    form = MergeForm(request.POST or None, pair=pair)
    if request.method == "POST" and form.is_valid():
        kept = member if form.cleaned_data["keep"] == member.pk else other
        gone = other if kept is member else member
        try:
            merge_members(
                gone, kept, on=today, reason=form.cleaned_data["reason"], by=person(request)
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            facts = {"gone": gone, "kept": kept}
            return say_and_return(request, kept, _("%(gone)s is now part of %(kept)s.") % facts)
    return show_member_act(
        request,
        member,
        form,
        title=_("Merge two members"),
        button=_("Merge them"),
        danger=True,
        hidden={"other": str(other.pk)},
        template="admin/members/change/merge.html",
        pair=pair,
        rows=list(zip_sides(side_of(member, today), side_of(other, today))),
        back=request.path,
        back_words=_("Find another one"),
    )


def side_of(member: Member, today: dt.date) -> list[tuple[str, object]]:
    """What is compared of one of two members."""
    lines = read_lines(member)
    return [
        (_("Name in English"), member.name_en),
        (_("Name in Korean"), member.name_ko or "–"),
        (_("Kind"), member.get_kind_display()),
        (_("Country"), member.country),
        (_("Level"), member.level_name or "–"),
        (_("Status"), status_badge(status_on(lines, today))),
        (_("In the register since"), day(lines[0].effective_on) if lines else "–"),
        (_("Contacts"), member.contacts.count()),
        (_("People who act for it"), member.affiliations.count()),
        (_("Figures"), member.figures.count()),
        (_("Letters"), member.letters.count()),
        (_("Invoices"), sum(ask("invoice count", member))),
    ]


def zip_sides(
    one: list[tuple[str, object]], other: list[tuple[str, object]]
) -> list[tuple[str, object, object, bool]]:
    """Label, both values, and whether they differ."""
    return [
        (label, mine, theirs, mine != theirs)
        for (label, mine), (_label, theirs) in zip(one, other, strict=True)
    ]


def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a merged member stand alone again."""
    member = find_member(pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            undo_merge(
                member,
                on=seoul.today(),
                reason=form.cleaned_data["reason"],
                by=person(request),
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            sentence = _("%(member)s stands alone again.") % {"member": member}
            return say_and_return(request, member, sentence)
    alone = _("%(member)s is not merged into another member.") % {"member": member}
    return show_member_act(
        request,
        member,
        form if member.merged_into else None,
        title=_("Undo the merge"),
        button=_("Let it stand alone again") if member.merged_into else "",
        notices=[] if member.merged_into else [("info", alone)],
        pairs=[(_("Merged into"), member.merged_into)] if member.merged_into else [],
    )


ADDRESSES = (
    ("rename/", rename, "members_member_rename"),
    ("kind/", change_a_kind, "members_member_change_kind"),
    ("merge/", merge, "members_member_merge"),
    ("unmerge/", undo, "members_member_unmerge"),
)
