"""Editions for everybody: what is open, what was won; an entry begins here."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from events.awards import entering, gallery
from events.awards.attaching import read_entry_file
from events.awards.links import say_deadline, send_links, token_of
from events.awards.moving import is_public, takes_entries
from events.awards.results import prize_name
from events.forms.award_entry import BeginForm, LinkForm
from events.models import AwardEdition
from events.public.awards.door import (
    LINKS_BY_ADDRESS,
    LINKS_BY_MAILBOX,
    STARTS_BY_ADDRESS,
    STARTS_BY_MAILBOX,
    TOO_MANY,
    are_left,
    public_page,
)
from wego import reader, seoul

REFUSED = 422
PICTURE_KEPT_SECONDS = 60 * 60


def find_or_404(code: str) -> AwardEdition:
    """The public edition of an address.

    Raises:
        Http404: there is none, or it was not called yet.
    """
    edition = gallery.find_edition(code)
    if edition is None:
        raise Http404
    return edition


@public_page("GET")
def show_editions(request: HttpRequest) -> HttpResponse:
    """Calls that are open first, then results."""
    today = seoul.today()
    editions = gallery.list_editions()
    return render(
        request,
        "awards/list.html",
        {
            "open_now": [each for each in editions if takes_entries(each, today)],
            "announced": [each for each in editions if is_public(each)],
            "in_jury": [
                each for each in editions if not is_public(each) and not takes_entries(each, today)
            ],
        },
    )


@public_page("GET")
def show_edition(request: HttpRequest, code: str) -> HttpResponse:
    """One edition: its call while it is open, its winners once they are announced."""
    edition = find_or_404(code)
    groups = [
        (group.category, [(each, prize_name(each.winner.rank)) for each in group.laureates])
        for group in gallery.show_winners(edition)
    ]
    return render(
        request,
        "awards/edition.html",
        {
            "edition": edition,
            "is_open": takes_entries(edition, seoul.today()),
            "is_public": is_public(edition),
            "deadline": say_deadline(edition),
            "now": timezone.now(),
            "categories": edition.categories.all(),
            "criteria": edition.criteria.all(),
            "groups": groups,
        },
    )


@public_page("GET")
def show_picture(_request: HttpRequest, pk: int) -> HttpResponse:
    """A picture of an announced winner."""
    file = gallery.find_public_picture(pk)
    if file is None:
        raise Http404
    try:
        content = read_entry_file(file)
    except ValidationError as error:
        raise Http404 from error
    return HttpResponse(
        content,
        content_type=file.content_type,
        headers={
            "Cache-Control": f"public, max-age={PICTURE_KEPT_SECONDS}",
            "X-Content-Type-Options": "nosniff",
        },
    )


@public_page("GET", "POST")
def begin(request: HttpRequest, code: str) -> HttpResponse:
    """An e-mail address makes a draft; its page says that the link was mailed."""
    edition = find_or_404(code)
    form, status = BeginForm(request.POST or None), 200
    today = seoul.today()
    if form.is_bound and form.is_valid():
        email = form.cleaned_data["email"]
        if not are_left(request, STARTS_BY_ADDRESS, STARTS_BY_MAILBOX, email):
            form.add_error(None, refuse_haste())
            status = TOO_MANY
        else:
            try:
                entry = entering.begin_entry(
                    edition, email=email, language=reader.language(), on=today
                )
            except ValidationError as error:
                form.add_error(None, error.messages)
                status = REFUSED
            else:
                return redirect("awards:entry", token_of(entry))
    return render(
        request,
        "awards/begin.html",
        {
            "edition": edition,
            "form": form,
            "is_open": takes_entries(edition, today),
            "deadline": say_deadline(edition),
            "now": timezone.now(),
        },
        status=status,
    )


@public_page("GET", "POST")
def ask_link(request: HttpRequest) -> HttpResponse:
    """Mail the links of an address to it; the answer is the same whether it has any."""
    form = LinkForm(request.POST or None)
    if form.is_bound and form.is_valid():
        email = form.cleaned_data["email"]
        if not are_left(request, LINKS_BY_ADDRESS, LINKS_BY_MAILBOX, email):
            form.add_error(None, refuse_haste())
            return render(request, "awards/link.html", {"form": form}, status=TOO_MANY)
        send_links(email, language=reader.language())
        return render(request, "awards/link.html", {"sent": True})
    return render(request, "awards/link.html", {"form": form})


def refuse_haste() -> ValidationError:
    """What somebody reads who tries too often."""
    return ValidationError(
        _("This was asked for too often. Please wait an hour and try again."), code="too_often"
    )
