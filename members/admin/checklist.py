"""The check list of imported statuses (C3): who of the roster was an associate.

Two steps: tick the associates, then see both lists once more and settle them in one act.
"""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from members.access import person
from members.lifecycle import settle_statuses
from members.models import Kind, Member
from wego import seoul
from wego.admin.pages import show
from wego.numbers import read_key

REFUSED = 422


def show_checklist(request: HttpRequest) -> HttpResponse:
    """Tick, check, settle."""
    step = request.POST.get("step", "")
    associates = read_numbers(request.POST.getlist("associate"))
    if step == "settle":
        return settle(request, associates)
    members = list(unconfirmed())
    if step == "check" and members:
        return show(
            request,
            "admin/members/member/checklist_check.html",
            title=_("Check once more"),
            associates=[member for member in members if member.pk in associates],
            full=[member for member in members if member.pk not in associates],
        )
    return show(
        request,
        "admin/members/member/checklist.html",
        title=_("Statuses to confirm"),
        groups=[
            {"label": label, "members": of_kind}
            for kind, label in Kind.choices
            if (of_kind := [member for member in members if member.kind == kind])
        ],
        count=len(members),
        ticked=associates,
    )


def settle(request: HttpRequest, associates: set[int]) -> HttpResponse:
    """The act itself: what was shown on the page before, no more and no less."""
    full = read_numbers(request.POST.getlist("full"))
    try:
        settle_statuses(
            confirmed=full,
            associates=associates,
            reason=request.POST.get("reason", ""),
            on=seoul.today(),
            by=person(request),
        )
    except ValidationError as error:
        members = Member.objects.filter(pk__in=associates | full).order_by("name_en", "pk")
        return show(
            request,
            "admin/members/member/checklist_check.html",
            title=_("Check once more"),
            associates=members.filter(pk__in=associates),
            full=members.exclude(pk__in=associates),
            reason=request.POST.get("reason", ""),
            problems=error.messages,
            status=REFUSED,
        )
    sentence = ngettext(
        "%(count)s associate marked, %(full)s statuses confirmed.",
        "%(count)s associates marked, %(full)s statuses confirmed.",
        len(associates),
    )
    messages.success(request, sentence % {"count": len(associates), "full": len(full)})
    return redirect("admin:members_member_changelist")


def unconfirmed() -> QuerySet[Member]:
    """Members whose imported status nobody has confirmed, by country and name."""
    alone = Member.objects.standing_alone()
    return alone.filter(status_confirmed=False).order_by("country_code", "name_en", "pk")


def read_numbers(texts: list[str]) -> set[int]:
    """The numbers among what a form sent; lists of them may be joined by commas."""
    return {key for part in texts for key in map(read_key, part.split(",")) if key}
