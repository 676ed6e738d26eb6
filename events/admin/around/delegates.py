"""Delegates of a meeting for the secretariat: people of every delegation, papers, mails (R18)."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.admin.around.pages import CHANGE, Act, answer, ask_for_papers, show, typed
from events.announcing import announce_agenda, announce_call, invite_observers
from events.delegating.naming import (
    change_delegate,
    name_delegate,
    remove_delegate,
    stage_of,
)
from events.delegating.papers import write_badge, write_visa_letter
from events.forms.around import DelegateForm, VisaForm, facts_of
from events.kept_files import read_kept
from events.models import Credential, Delegate, Delegation, EventPaper, Meeting
from events.papers import read_event_paper
from members.access import person
from members.models import User
from wego import seoul
from wego.admin.pages import tell
from wego.sending import as_file

LOOKING = ["GET", "HEAD", "POST"]


def back_to(meeting: Meeting) -> str:
    """The page of a meeting's delegates."""
    return reverse("admin:events_around_delegates", args=[meeting.pk])


@require_safe
def show_delegates(request: HttpRequest, pk: int) -> HttpResponse:
    """Every delegation with its people, their papers, and the mails to send."""
    meeting = get_object_or_404(Meeting, pk=pk)
    papers = EventPaper.objects.filter(kind__in=("badge", "visa")).select_related("document")
    people = Delegate.objects.filter(left_on__isnull=True).prefetch_related(
        Prefetch("papers", papers, "shown")
    )
    rows = Delegation.objects.filter(meeting=meeting).select_related("member")
    delegations = rows.prefetch_related(Prefetch("delegates", people, "people"), "credentials")
    return show(
        request,
        "delegates",
        title=_("Delegates of %(meeting)s") % {"meeting": meeting},
        meeting=meeting,
        stage=stage_of(meeting),
        delegations=sorted(delegations, key=lambda each: (each.kind != "voting", str(each))),
        may_act=request.user.has_perm(CHANGE),
    )


@require_http_methods(LOOKING)
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Name somebody for an organisation: a guest's, or when a city asks by letter."""
    rows = Delegation.objects.select_related("meeting", "member")
    delegation = get_object_or_404(rows, pk=pk)
    mode = stage_of(delegation.meeting).mode
    form = DelegateForm(typed(request), mode=mode, initial={"role": "observer"})
    act = Act(
        title=_("Name somebody for %(organisation)s") % {"organisation": delegation},
        lead=str(delegation.meeting),
        button=_("Name this person"),
        back=back_to(delegation.meeting),
        said=_("The person is named."),
    )
    return answer(
        request,
        act,
        form,
        lambda _facts: name_delegate(
            delegation, form.person(), on=seoul.today(), by=person(request)
        ),
    )


def find_delegate(pk: int) -> Delegate:
    """Somebody of a delegation; Http404 when there is nobody."""
    rows = Delegate.objects.select_related("delegation__meeting", "delegation__member")
    return get_object_or_404(rows, pk=pk)


@require_http_methods(LOOKING)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct somebody."""
    delegate = find_delegate(pk)
    meeting = delegate.delegation.meeting
    form = DelegateForm(typed(request), mode=stage_of(meeting).mode, initial=facts_of(delegate))
    act = Act(
        title=str(delegate),
        lead=str(delegate.delegation),
        button=_("Save"),
        back=back_to(meeting),
        said=_("The person is stored."),
    )
    return answer(
        request,
        act,
        form,
        lambda _facts: change_delegate(delegate, form.person(), by=person(request)),
    )


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody comes no more."""
    delegate = find_delegate(pk)
    said = _("%(name)s comes no more.") % {"name": delegate}
    tell(request, lambda: remove_delegate(delegate, on=seoul.today(), by=person(request)), said)
    return redirect(back_to(delegate.delegation.meeting))


@require_POST
def badge(request: HttpRequest, pk: int) -> HttpResponse:
    """Have somebody's badge printed."""
    delegate = find_delegate(pk)
    said = _("The badge of %(name)s is being printed.") % {"name": delegate}
    tell(request, lambda: write_badge(delegate, on=seoul.today(), by=person(request)), said)
    ask_for_papers()
    return redirect(back_to(delegate.delegation.meeting))


@require_POST
def badges(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the badges of everybody printed who comes on site."""
    meeting = get_object_or_404(Meeting, pk=pk)
    rows = Delegate.objects.filter(
        delegation__meeting=meeting, left_on__isnull=True, takes_part="on_site"
    ).select_related("delegation__meeting", "delegation__member")
    count = 0
    try:
        for delegate in rows:
            write_badge(delegate, on=seoul.today(), by=person(request))
            count += 1
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    words = ngettext("%(count)s badge is made.", "%(count)s badges are made.", count)
    messages.success(request, words % {"count": count})
    ask_for_papers()
    return redirect(back_to(meeting))


@require_http_methods(LOOKING)
def visa(request: HttpRequest, pk: int) -> HttpResponse:
    """Have somebody's visa letter printed."""
    delegate = find_delegate(pk)
    delegation = delegate.delegation
    country = delegation.member.country_code if delegation.member else delegation.country_code
    form = VisaForm(typed(request), initial={"nationality": country})
    act = Act(
        title=_("Visa letter for %(name)s") % {"name": delegate},
        lead=_("An invitation in English that the embassy reads."),
        button=_("Make the letter"),
        back=back_to(delegation.meeting),
        said=_("The visa letter is being printed."),
    )

    def do(facts: dict[str, str]) -> object:
        paper = write_visa_letter(delegate, **facts, on=seoul.today(), by=person(request))
        ask_for_papers()
        return paper

    return answer(request, act, form, do)


@require_safe
def paper(_request: HttpRequest, pk: int) -> HttpResponse:
    """A badge or visa letter as PDF."""
    found = get_object_or_404(EventPaper.objects.filter(delegate__isnull=False), pk=pk)
    try:
        content = read_event_paper(found)
    except ValidationError as error:
        raise Http404(" ".join(error.messages)) from error
    return as_file(content, "application/pdf", f"{found.reference}.pdf", saved=False)


@require_safe
def credential(_request: HttpRequest, pk: int) -> HttpResponse:
    """A signed letter of credentials as it was handed in."""
    found = get_object_or_404(Credential, pk=pk)
    content = read_kept(found.file_path, found.file_sha256)
    return as_file(content, found.content_type, found.file_name, saved=True)


@require_POST
def announce(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the call, the agenda, or the invitation to observe; each once to everybody."""
    meeting, by = get_object_or_404(Meeting, pk=pk), person(request)
    try:
        count = send(request.POST.get("step", ""), meeting, by)()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        words = ngettext(
            "%(count)s member is written to.", "%(count)s members are written to.", count
        )
        messages.success(request, words % {"count": count})
    return redirect(back_to(meeting))


def send(step: str, meeting: Meeting, by: User) -> Callable[[], int]:
    """The mail that a button names; Http404 for none."""
    acts: dict[str, Callable[[], int]] = {
        "call": lambda: announce_call(meeting, by=by),
        "agenda": lambda: announce_agenda(meeting, by=by),
        "observers": lambda: invite_observers(meeting, on=seoul.today(), by=by),
    }
    if step not in acts:
        raise Http404
    return acts[step]
