"""An entry is written: its page, its parts, its files. Kept at every step, complete or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from events.awards import attaching, entering
from events.awards.completeness import FILES, PARTS, PROJECT, WHO, Gap, find_gaps
from events.awards.links import private_link, say_deadline
from events.awards.moving import is_public, takes_entries
from events.awards.papers import papers_for
from events.awards.results import prize_name
from events.forms.award_entry import FileForm, ProjectForm, WhoForm
from events.models import AwardEntry, EntryState
from events.public.awards.door import TOO_MANY, UPLOADS, entrant_page, show, token_in
from wego import seoul
from wego.limits import take_place
from wego.uploads import SizeGuard, refusal

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpRequest, HttpResponse, HttpResponseBase
    from django_stubs_ext import StrOrPromise

REFUSED = 422
TITLES: dict[str, StrOrPromise] = {
    WHO: gettext_lazy("Who enters"),
    PROJECT: gettext_lazy("The project"),
    FILES: gettext_lazy("Files and pictures"),
}
WORDS: dict[str, StrOrPromise] = {
    WHO: gettext_lazy("City, country, the person we write to"),
    PROJECT: gettext_lazy("Category, title, texts in English"),
    FILES: gettext_lazy("Letter of approval if needed, attachments, pictures"),
}


class Task(NamedTuple):
    """One part of the list: how far it is, in words and tone."""

    part: str
    title: StrOrPromise
    words: StrOrPromise
    tone: str
    label: str


def is_open(entry: AwardEntry) -> bool:
    """Whether the entrant may still write."""
    return entry.state == EntryState.DRAFT and takes_entries(entry.edition, seoul.today())


@entrant_page("GET")
def show_entry(request: HttpRequest, entry: AwardEntry) -> HttpResponse:
    """Everything at a glance: what to do, or where the entry is."""
    gaps = find_gaps(entry)
    prize = getattr(entry, "prize", None)
    told = entry.edition.state == "notified" or is_public(entry.edition)
    return show(
        request,
        "awards/entry.html",
        entry,
        is_open=is_open(entry),
        may_reopen=takes_entries(entry.edition, seoul.today()),
        tasks=list_tasks(entry, gaps),
        complete=not gaps,
        following=next((gap.part for gap in gaps), WHO),
        link=private_link(entry),
        deadline=say_deadline(entry.edition),
        now=timezone.now(),
        files=attaching.files_of(entry),
        prize=prize_name(prize.rank) if prize and told else "",
        is_public=is_public(entry.edition),
        may_add_picture=attaching.may_add_picture(entry),
        papers=papers_for(prize) if prize and told else [],
    )


def list_tasks(entry: AwardEntry, gaps: list[Gap]) -> list[Task]:
    """The three parts in order."""
    lacking = {gap.part for gap in gaps}
    begun = {
        WHO: bool(entry.city or entry.contact_name),
        PROJECT: bool(entry.title or entry.summary),
        FILES: entry.files.filter(is_removed=False).exists(),
    }

    def how_far(part: str) -> tuple[str, str]:
        if part == FILES and part not in lacking and not begun[part]:
            return "quiet", _("Optional")
        if part not in lacking:
            return "ok", _("Completed")
        return ("warn", _("Incomplete")) if begun[part] else ("info", _("Not started"))

    return [Task(part, TITLES[part], WORDS[part], *how_far(part)) for part in PARTS]


@entrant_page("GET", "POST")
def edit_who(request: HttpRequest, entry: AwardEntry) -> HttpResponse:
    """Who enters."""
    form = WhoForm(entry, request.POST if request.method == "POST" else None)
    return edit(request, entry, WHO, form)


@entrant_page("GET", "POST")
def edit_project(request: HttpRequest, entry: AwardEntry) -> HttpResponse:
    """What is entered."""
    form = ProjectForm(entry, request.POST if request.method == "POST" else None)
    return edit(request, entry, PROJECT, form)


def edit(request: HttpRequest, entry: AwardEntry, part: str, form: forms.Form) -> HttpResponse:
    """One part: what can be read is kept, even beside something that must be corrected."""
    if not form.is_bound and not is_open(entry):
        return redirect("awards:entry", token_in(request))
    if form.is_bound and keep(entry, form):
        return leave(request, entry, part)
    gaps = [gap for gap in find_gaps(entry) if gap.part == part]
    return show(
        request,
        "awards/part.html",
        entry,
        status=REFUSED if form.errors else 200,
        form=form,
        part=part,
        title=TITLES[part],
        place=PARTS.index(part) + 1,
        gaps=gaps if "check" in request.GET and not form.is_bound else [],
        deadline=say_deadline(entry.edition),
    )


def keep(entry: AwardEntry, form: forms.Form) -> bool:
    """Save what can be read; whether that was everything."""
    is_valid = form.is_valid()
    try:
        entering.save_entry(entry, form.cleaned_data, on=seoul.today())
    except ValidationError as error:
        if hasattr(error, "error_dict"):
            for name, errors in error.error_dict.items():
                form.add_error(name if name in form.fields else None, errors)
        else:
            form.add_error(None, error.messages)
        return False
    entry.refresh_from_db()
    return is_valid


def leave(request: HttpRequest, entry: AwardEntry, part: str) -> HttpResponse:
    """On to where the entrant was going: the check, the list, or the next part."""
    token = token_in(request)
    if "check" in request.GET:
        return redirect("awards:check", token)
    if "later" in request.POST:
        messages.success(request, _("Saved. You can close this page and come back by your link."))
        return redirect("awards:entry", token)
    missing = [gap.sentence for gap in find_gaps(entry) if gap.part == part]
    if missing:
        messages.info(request, _("Saved. Still missing:") + f" {' '.join(missing[:3])}")
        return redirect("awards:entry", token)
    following = PARTS[PARTS.index(part) + 1]
    return redirect(f"awards:{following}", token)


@csrf_exempt  # only until the guard stands: the inner view is protected
def upload_files(request: HttpRequest, token: str) -> HttpResponseBase:
    """Watch the size of what arrives before anything reads it."""
    guard = SizeGuard(request)
    request.upload_handlers = [guard, *request.upload_handlers]
    return take_files(request, token, guard=guard)


@csrf_protect
@entrant_page("GET", "POST")
def take_files(request: HttpRequest, entry: AwardEntry, *, guard: SizeGuard) -> HttpResponse:
    """Show what is there; keep one more file."""
    posted, status = request.method == "POST", 200
    won = attaching.may_add_picture(entry)
    if not posted and not won and not is_open(entry):
        return redirect("awards:entry", token_in(request))
    form = FileForm(request.POST, request.FILES) if posted else FileForm()
    if won:
        form.offer_pictures()
    if posted and not take_place(UPLOADS, str(entry.pk)):
        form.add_error(None, _("This was asked for too often. Please wait an hour and try again."))
        status = TOO_MANY
    elif posted and keep_upload(entry, form, guard):
        messages.success(request, _("The file was received."))
        return redirect("awards:files", token_in(request))
    elif posted:
        status = REFUSED
    return show(
        request,
        "awards/files.html",
        entry,
        won=won,
        status=status,
        form=form,
        title=TITLES[FILES],
        place=len(PARTS),
        files=attaching.files_of(entry),
        gaps=[gap for gap in find_gaps(entry) if gap.part == FILES],
    )


def keep_upload(entry: AwardEntry, form: FileForm, guard: SizeGuard) -> bool:
    """Keep the file if it is one to keep; otherwise the form says why not."""
    if guard.refused:
        form.errors["file"] = form.error_class(refusal("large").messages)
    elif form.is_valid() and form.upload is not None:
        purpose = form.cleaned_data["purpose"]
        try:
            if attaching.may_add_picture(entry):
                attaching.add_own_picture(entry, form.upload)
            else:
                attaching.attach_to_entry(entry, form.upload, purpose=purpose, on=seoul.today())
        except ValidationError as error:
            form.add_error("file", error)
    return not form.errors


@entrant_page("POST")
def drop_file(request: HttpRequest, entry: AwardEntry, pk: int) -> HttpResponse:
    """Take a file out again."""
    file = get_object_or_404(entry.files.filter(is_removed=False), pk=pk)
    try:
        attaching.remove_file(file, on=seoul.today())
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("The file was removed."))
    return redirect("awards:files", token_in(request))
