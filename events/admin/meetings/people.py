"""Who is invited, who is there, who votes for whom, and the quorum as it is now."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from events.admin.meetings.pages import add_refusal, show
from events.board import read_board
from events.forms.meetings import InviteForm, ProxyForm
from events.meetings.attending import note_arrival, note_departure
from events.meetings.inviting import invite, invite_assembly
from events.meetings.proxies import give_proxy, revoke_proxy
from events.meetings.stages import last_stage, voting_day
from events.models import Delegation, Meeting, Proxy, TakesPart
from members.access import person
from wego import seoul, storage
from wego.admin.pages import status_of, tell
from wego.numbers import read_key
from wego.sending import as_file


@require_http_methods(["GET", "HEAD", "POST"])
def show_people(request: HttpRequest, pk: int) -> HttpResponse:
    """The list of delegations with one button each; invitations and proxies below."""
    meeting = get_object_or_404(Meeting, pk=pk)
    step = request.POST.get("step", "")
    inviting = InviteForm(request.POST if step == "invite" else None)
    is_proxy = step == "proxy"
    proxy = ProxyForm(
        request.POST if is_proxy else None,
        request.FILES if is_proxy else None,
        meeting=meeting.pk,
        initial={"given_on": seoul.today()},
    )
    if request.method == "POST" and act(request, meeting, inviting, proxy):
        return redirect("admin:events_meeting_people", pk)
    board = read_board(meeting, on=seoul.today())
    there = {
        note.delegation_id: note
        for each in board.delegations
        for note in each.attendances.all()
        if note.until_at is None
    }
    why = {voter.member.pk: voter for voter in board.quorum.voters}
    return show(
        request,
        "people",
        title=_("People and quorum"),
        meeting=meeting,
        board=board,
        rows=[
            {
                "delegation": each,
                "there": there.get(each.pk),
                "voter": why.get(each.member_id) if each.member_id else None,
            }
            for each in board.delegations
        ],
        inviting=inviting,
        proxy_form=proxy,
        proxies=Proxy.objects.standing()
        .filter(meeting=meeting)
        .select_related("giver__member", "holder__member"),
        status=status_of(inviting, proxy),
    )


def act(request: HttpRequest, meeting: Meeting, inviting: InviteForm, proxy: ProxyForm) -> bool:
    """Do what a button or form asks; False when something is to be corrected."""
    step, by, today = request.POST.get("step", ""), person(request), seoul.today()
    if step in {"came", "came_online", "left"}:
        note(request, meeting, step)
        return True
    if step == "revoke":
        row = get_object_or_404(meeting.proxies, pk=read_key(request.POST.get("proxy", "")))
        tell(request, lambda: revoke_proxy(row, on=today, by=by), _("The proxy is taken back."))
        return True
    if step == "invite_all":
        done = _("Every full member city is invited.")
        tell(request, lambda: invite_assembly(meeting, on=today, by=by), done)
        return True
    try:
        if inviting.is_bound and inviting.is_valid():
            found = invite(meeting, **inviting.cleaned_data, on=today, by=by)
            words = ngettext(
                "%(count)s delegation is invited.", "%(count)s delegations are invited.", len(found)
            )
            messages.success(request, words % {"count": len(found)})
            return True
        if proxy.is_bound and proxy.is_valid():
            day = voting_day(last_stage(meeting), today)
            give_proxy(**proxy.cleaned_data, voting_on=day, on=today, by=by)
            messages.success(request, _("The proxy is recorded."))
            return True
    except ValidationError as error:
        add_refusal(proxy if proxy.is_bound else inviting, error)
    return False


def note(request: HttpRequest, meeting: Meeting, step: str) -> None:
    """Somebody came or left."""
    rows = Delegation.objects.filter(meeting=meeting)
    delegation = get_object_or_404(rows, pk=read_key(request.POST.get("delegation", "")))
    by, now = person(request), timezone.now()
    if step == "left":
        done = _("%(who)s has left.") % {"who": delegation}
        tell(request, lambda: note_departure(delegation, at=now, by=by), done)
        return
    how = TakesPart.ONLINE if step == "came_online" else TakesPart.ON_SITE
    done = _("%(who)s is there.") % {"who": delegation}
    tell(request, lambda: note_arrival(delegation, takes_part=how, at=now, by=by), done)


@require_safe
def download_proxy(_request: HttpRequest, pk: int) -> HttpResponse:
    """The scan of a written proxy."""
    proxy = get_object_or_404(Proxy.objects.exclude(file_path=""), pk=pk)
    try:
        content = storage.read_file(proxy.file_path, sha256=proxy.file_sha256)
    except storage.StorageError as error:
        raise Http404(_("The stored file is missing or was altered.")) from error
    return as_file(content, "application/octet-stream", proxy.file_name, saved=True)
