"""Documents: the letters and the certificate the secretariat wrote, and our own application."""

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.text import get_valid_filename

from members.access import own_member
from members.letters import read_letter
from members.models import Letter, LetterKind
from members.portal.pages import portal_page, show
from wego.sending import as_file

# What an application's own page offers; it is no letter of the secretariat.
HIDDEN = (LetterKind.APPLICATION_FORM,)
MISSING = 503


@portal_page(after_end=True)
def show_documents(request: HttpRequest) -> HttpResponse:
    """Everything on paper, newest first."""
    member = own_member(request)
    return show(
        request,
        "portal/documents.html",
        letters=list(own_letters(request).select_related("document")),
        applications=list(member.applications.prefetch_related("files")),
    )


def own_letters(request: HttpRequest) -> QuerySet[Letter]:
    """The letters to the reader's own organisation."""
    return own_member(request).letters.exclude(kind__in=HIDDEN)


@portal_page(after_end=True)
def download_letter(request: HttpRequest, reference: str) -> HttpResponse:
    """The stored PDF, shown in the browser, or saved with `?save`."""
    letter = get_object_or_404(own_letters(request), reference=reference)
    try:
        content = read_letter(letter)
    except ValidationError as error:
        return show(
            request, "portal/letter_missing.html", letter=letter, status=MISSING, error=error
        )
    return as_file(content, "application/pdf", file_name(letter), saved="save" in request.GET)


def file_name(letter: Letter) -> str:
    """`WEGO-2026-C-7K3Q9T-Certificate_of_membership.pdf`."""
    return get_valid_filename(f"{letter.reference}-{letter.get_kind_display()}.pdf")
