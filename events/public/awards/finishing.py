"""The end of an entry: checked and submitted, opened again, withdrawn; its papers and its link."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from events.awards import attaching, entering
from events.awards.completeness import PROJECT, WHO, find_gaps
from events.awards.links import renew_link, say_deadline, token_of
from events.awards.moving import is_public
from events.awards.papers import papers_for, read_award_paper
from events.models import AwardEntry, EntrantKind
from events.public.awards.door import RENEWALS, TOO_MANY, entrant_page, show, token_in
from events.public.awards.writing import TITLES, is_open
from wego import seoul
from wego.limits import take_place
from wego.sending import as_file

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django_stubs_ext import StrOrPromise

GONE = 503
REFUSED = 422


class Answer(NamedTuple):
    """One answer read back: its question, what was said, and the field to change it at."""

    question: StrOrPromise
    said: str
    field: str


def list_answers(entry: AwardEntry) -> list[tuple[str, StrOrPromise, list[Answer]]]:
    """Everything that was answered, part by part."""
    who = [
        Answer(_("Who enters?"), str(entry.get_kind_display()), "kind"),
        Answer(_("City"), entry.city, "city"),
        Answer(_("Country"), entry.country, "country_code"),
        Answer(_("Full name"), entry.contact_name, "contact_name"),
        Answer(_("Position"), entry.contact_position or "–", "contact_position"),
    ]
    if entry.kind == EntrantKind.ORGANISATION:
        who.insert(3, Answer(_("Organisation"), entry.organisation, "organisation"))
    project = [
        Answer(_("Category"), str(entry.category or ""), "category"),
        Answer(_("Title"), entry.title, "title"),
        Answer(_("Summary"), entry.summary, "summary"),
        Answer(_("Challenge"), entry.challenge, "challenge"),
        Answer(_("Solution"), entry.solution, "solution"),
        Answer(_("Results"), entry.results, "results"),
        Answer(_("Website"), entry.website or "–", "website"),
    ]
    return [(WHO, TITLES[WHO], who), (PROJECT, TITLES[PROJECT], project)]


@entrant_page("GET", "POST")
def check_entry(request: HttpRequest, entry: AwardEntry) -> HttpResponse:
    """Every answer with a way to change it, and the last button."""
    refused: list[str] = []
    if request.method == "POST":
        try:
            entering.submit_entry(entry, on=seoul.today())
        except ValidationError as error:
            refused = error.messages
        else:
            messages.success(request, _("Your entry is submitted. We have mailed you a receipt."))
            return redirect("awards:entry", token_in(request))
    elif not is_open(entry):
        return redirect("awards:entry", token_in(request))
    gaps = find_gaps(entry)
    return show(
        request,
        "awards/check.html",
        entry,
        status=REFUSED if refused else 200,
        parts=list_answers(entry),
        files=attaching.files_of(entry),
        gaps=gaps,
        refused=[] if gaps and is_open(entry) else refused,
        posted=request.method == "POST",
        deadline=say_deadline(entry.edition),
        now=timezone.now(),
    )


@entrant_page("POST")
def reopen(request: HttpRequest, entry: AwardEntry) -> HttpResponse:
    """Back into a draft."""
    try:
        entering.reopen_entry(entry, on=seoul.today())
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.info(request, _("The entry is open again. Do not forget to submit it."))
    return redirect("awards:entry", token_in(request))


@entrant_page("GET", "POST")
def withdraw(request: HttpRequest, entry: AwardEntry) -> HttpResponse:
    """Take the entry back, after one question."""
    if request.method == "POST":
        try:
            entering.withdraw_entry(entry, on=seoul.today())
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            messages.success(request, _("The entry was withdrawn."))
        return redirect("awards:entry", token_in(request))
    return show(request, "awards/withdraw.html", entry)


@entrant_page("GET", "POST")
def renew(request: HttpRequest, entry: AwardEntry) -> HttpResponse:
    """Exchange the link for a new one, mailed to the entrant."""
    if request.method != "POST":
        return show(request, "awards/new_link.html", entry)
    if not take_place(RENEWALS, str(entry.pk)):
        return show(request, "awards/new_link.html", entry, status=TOO_MANY, too_many=True)
    renewed = renew_link(entry)
    messages.success(request, _("The old link opens nothing any more. This page is the new one."))
    return redirect("awards:entry", token_of(renewed))


@entrant_page("GET")
def download_file(request: HttpRequest, entry: AwardEntry, pk: int) -> HttpResponse:  # noqa: ARG001 a view
    """A file of the entry: saved, never shown by the browser."""
    file = get_object_or_404(entry.files.filter(is_removed=False), pk=pk)
    try:
        content = attaching.read_entry_file(file)
    except ValidationError as error:
        return plain_refusal(error)
    return as_file(content, file.content_type, file.name, saved=True)


@entrant_page("GET")
def download_paper(request: HttpRequest, entry: AwardEntry, pk: int) -> HttpResponse:  # noqa: ARG001 a view
    """The invitation or, once it is announced, the certificate."""
    prize = getattr(entry, "prize", None)
    told = entry.edition.state == "notified" or is_public(entry.edition)
    paper = next((each for each in papers_for(prize) if each.pk == pk), None) if prize else None
    if paper is None or not told:
        raise Http404
    try:
        content = read_award_paper(paper)
    except ValidationError as error:
        return plain_refusal(error)
    return as_file(content, "application/pdf", f"{paper.reference}.pdf", saved=True)


def plain_refusal(error: ValidationError) -> HttpResponse:
    """A sentence instead of a file that is not what was stored."""
    return HttpResponse(error.messages[0], status=GONE, content_type="text/plain; charset=utf-8")
