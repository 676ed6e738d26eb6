"""Papers of one application: the form as a page and as PDF, handed-in files, our letters.

Each is reached through the application alone, so another's does not exist here.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from members.apply.answers import list_answers
from members.apply.door import applicant_page, show, token_in
from members.applying import find_form, find_gaps, read_attached
from members.letters import read_letter
from wego import seoul
from wego.sending import as_file

if TYPE_CHECKING:
    from django.http import HttpRequest

    from members.models import Application, Letter

GONE = 503


@applicant_page("GET")
def print_form(request: HttpRequest, application: Application) -> HttpResponse:
    """All answers on one sheet, with the place to sign."""
    today: dt.date = seoul.today()
    return show(
        request,
        "apply/print.html",
        application,
        answers=list_answers(application),
        gaps=[gap for gap in find_gaps(application) if gap.section != "form"],
        today=today,
    )


@applicant_page("GET")
def download_form(request: HttpRequest, application: Application) -> HttpResponse:
    """The form as PDF; the page about it while it is being made."""
    letter = find_form(application)
    if letter is None or not hasattr(letter, "document"):
        return redirect("apply:form", token_in(request))
    return answer_letter(letter)


@applicant_page("GET")
def download_letter(request: HttpRequest, application: Application, pk: int) -> HttpResponse:  # noqa: ARG001 a view
    """A letter of the secretariat about this application."""
    letters = application.letters.exclude(kind="application_form")
    return answer_letter(get_object_or_404(letters, pk=pk, document__isnull=False))


@applicant_page("GET")
def download_file(request: HttpRequest, application: Application, pk: int) -> HttpResponse:  # noqa: ARG001 a view
    """A file the applicant handed in: saved, never shown by the browser."""
    file = get_object_or_404(application.files, pk=pk)
    try:
        content = read_attached(file)
    except ValidationError as error:
        return HttpResponse(
            error.messages[0], status=GONE, content_type="text/plain; charset=utf-8"
        )
    return as_file(content, file.content_type, file.name, saved=True)


def answer_letter(letter: Letter) -> HttpResponse:
    """A stored letter as a download.

    Raises:
        Http404: there is no document of it.
    """
    try:
        content = read_letter(letter)
    except ValidationError as error:
        if error.code == "document_missing":
            raise Http404 from error
        return HttpResponse(
            error.messages[0], status=GONE, content_type="text/plain; charset=utf-8"
        )
    return as_file(content, "application/pdf", f"{letter.reference}.pdf", saved=True)
