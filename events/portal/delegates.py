"""Who comes for us: people named, corrected, taken back; their papers; the signed credentials."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from events.delegating.credentials import hand_in_credentials
from events.delegating.naming import (
    ask_to_take_part,
    change_delegate,
    name_delegate,
    remove_delegate,
    stage_of,
)
from events.delegating.papers import write_badge, write_credentials_form, write_visa_letter
from events.forms.around import CredentialForm, DelegateForm, VisaForm, facts_of
from events.models import Delegate, Delegation, Meeting
from events.papers import read_event_paper
from events.portal.pages import (
    ask_for_papers,
    find_meeting,
    meeting_page,
    own_delegate,
    own_delegation,
    refuse,
    refuse_size,
    show,
    takes_files,
)
from members.access import own_member, person
from members.mandate import Right
from members.rights import refuse_without
from wego import seoul
from wego.sending import as_file
from wego.uploads import SizeGuard

MISSING = 503


@meeting_page(right=Right.MEETINGS, acts=True)
def add(request: HttpRequest, code: str) -> HttpResponse:
    """Name somebody; a member that was not invited comes as an observer."""
    refuse_without(request, Right.MEETINGS)
    meeting = find_meeting(code)
    form = DelegateForm(
        request.POST or None,
        mode=stage_of(meeting).mode,
        initial={"role": "deputy" if has_head(request, meeting) else "head"},
    )
    if request.method == "POST" and form.is_valid():
        try:
            delegate = name_delegate(
                delegation_for(request, meeting),
                form.person(),
                on=seoul.today(),
                by=person(request),
            )
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, _("%(name)s is named.") % {"name": delegate})
            return redirect("meetings:meeting", code)
    return show(request, "delegate", form, form=form, meeting=meeting, delegate=None)


def has_head(request: HttpRequest, meeting: Meeting) -> bool:
    """Whether the delegation has its head already."""
    delegation = own_delegation(request, meeting)
    return bool(
        delegation and delegation.delegates.filter(role="head", left_on__isnull=True).exists()
    )


def delegation_for(request: HttpRequest, meeting: Meeting) -> Delegation:
    """Our delegation; a new one of an observer when we were not invited (R18)."""
    return own_delegation(request, meeting) or ask_to_take_part(
        meeting, own_member(request), on=seoul.today(), by=person(request)
    )


@meeting_page(right=Right.MEETINGS, acts=True)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct somebody, or say that they come no more."""
    refuse_without(request, Right.MEETINGS)
    delegate = own_delegate(request, pk)
    meeting = delegate.delegation.meeting
    if request.method == "POST" and "remove" in request.POST:
        return remove(request, delegate)
    form = DelegateForm(
        request.POST or None, mode=stage_of(meeting).mode, initial=facts_of(delegate)
    )
    if request.method == "POST" and form.is_valid():
        try:
            change_delegate(delegate, form.person(), by=person(request))
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, _("%(name)s is stored.") % {"name": delegate})
            return redirect("meetings:meeting", meeting.code)
    return show(request, "delegate", form, form=form, meeting=meeting, delegate=delegate)


def remove(request: HttpRequest, delegate: Delegate) -> HttpResponse:
    """Somebody comes no more."""
    try:
        remove_delegate(delegate, on=seoul.today(), by=person(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("%(name)s comes no more.") % {"name": delegate})
    return redirect("meetings:meeting", delegate.delegation.meeting.code)


@meeting_page(right=Right.MEETINGS, shows=False, acts=True)
def badge(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the badge printed."""
    delegate = own_delegate(request, pk)
    code = delegate.delegation.meeting.code
    try:
        paper = write_badge(delegate, on=seoul.today(), by=person(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("meetings:meeting", code)
    ask_for_papers()
    return redirect("meetings:paper", paper.reference)


@meeting_page(right=Right.MEETINGS, acts=True)
def visa(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the passport's country, and have the invitation printed."""
    refuse_without(request, Right.MEETINGS)
    delegate = own_delegate(request, pk)
    country = own_member(request).country_code
    form = VisaForm(request.POST or None, initial={"nationality": country})
    if request.method == "POST" and form.is_valid():
        try:
            paper = write_visa_letter(
                delegate, **form.cleaned_data, on=seoul.today(), by=person(request)
            )
        except ValidationError as error:
            refuse(form, error)
        else:
            ask_for_papers()
            return redirect("meetings:paper", paper.reference)
    return show(
        request, "visa", form, form=form, delegate=delegate, meeting=delegate.delegation.meeting
    )


@takes_files
@meeting_page(right=Right.MEETINGS, acts=True)
def credentials(request: HttpRequest, code: str, *, guard: SizeGuard) -> HttpResponse:
    """Have the letter of credentials made out, sign it, and hand it in."""
    refuse_without(request, Right.MEETINGS)
    meeting = find_meeting(code)
    delegation = own_delegation(request, meeting)
    posted = request.method == "POST" and request.POST.get("step") != "write"
    form = CredentialForm(request.POST if posted else None, request.FILES if posted else None)
    if request.method == "POST" and delegation is not None:
        if not posted:
            return write_form(request, delegation)
        if form.is_valid() and not guard.refused and keep(request, delegation, form):
            messages.success(request, _("The letter of credentials is handed in. Thank you."))
            return redirect("meetings:meeting", code)
        refuse_size(form, "letter", guard)
    return show(
        request,
        "credentials",
        form,
        form=form,
        meeting=meeting,
        delegation=delegation,
        letters=list(delegation.credentials.all()) if delegation else [],
    )


def write_form(request: HttpRequest, delegation: Delegation) -> HttpResponse:
    """The letter, ready to sign."""
    try:
        paper = write_credentials_form(delegation, on=seoul.today(), by=person(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("meetings:credentials", delegation.meeting.code)
    ask_for_papers()
    return redirect("meetings:paper", paper.reference)


def keep(request: HttpRequest, delegation: Delegation, form: CredentialForm) -> bool:
    """Keep what was handed in; otherwise the form says why not."""
    try:
        hand_in_credentials(
            delegation, form.cleaned_data["letter"], on=seoul.today(), by=person(request)
        )
    except ValidationError as error:
        refuse(form, error)
        return False
    return True


@meeting_page()
def paper(request: HttpRequest, reference: str) -> HttpResponse:
    """A paper of our delegation as PDF; until it is printed, a page that says so."""
    rows = own_member(request).event_papers.filter(kind__in=("badge", "visa", "credentials"))
    found = get_object_or_404(rows.select_related("meeting"), reference=reference)
    try:
        content = read_event_paper(found)
    except ValidationError as error:
        return show(request, "paper_missing", paper=found, error=error, status=MISSING)
    saved = "save" in request.GET
    return as_file(content, "application/pdf", f"{found.reference}.pdf", saved=saved)
