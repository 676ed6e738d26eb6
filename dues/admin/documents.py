"""How far a year's documents are, and another chance for those that could not be made."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from dues import documents
from dues.admin.pages import steps_of
from dues.models import ParkedDocument
from dues.overview import read_board
from dues.tasks import render_pending_documents
from members.access import person
from wego.admin.pages import show

# More than a person reads; the count above the list is of all.
MOST_LISTED = 200


def ask_for_documents() -> None:
    """Have the worker look at once; without it the clock looks within half a minute."""
    transaction.on_commit(render_pending_documents.delay, robust=True)


def show_documents(request: HttpRequest, year: int) -> HttpResponse:
    """How far it is, counted on without reloading; the parked ones with their reasons."""
    progress = documents.progress(year)
    parked = ParkedDocument.objects.filter(
        invoice__dues_year=year, invoice__document__isnull=True
    ).select_related("invoice__member")
    return show(
        request,
        "admin/dues/year/documents.html",
        title=_("Dues year %(year)s: documents") % {"year": year},
        **steps_of(year, 3),
        progress=progress,
        done=not progress.pending,
        parked=parked.order_by("invoice__sequence")[:MOST_LISTED],
        board=read_board(year),
    )


@never_cache
def tell_progress(_request: HttpRequest, year: int) -> JsonResponse:
    """The same numbers for the script that counts on."""
    progress = documents.progress(year)
    return JsonResponse(
        {
            "total": progress.total,
            "ready": progress.ready,
            "parked": progress.parked,
            "pending": progress.pending,
            "done": not progress.pending,
        }
    )


@require_POST
def retry(request: HttpRequest, year: int) -> HttpResponse:
    """Give the parked documents another chance."""
    count = documents.retry_parked(year, by=person(request))
    ask_for_documents()
    messages.success(
        request,
        ngettext(
            "%(count)s document is tried again.", "%(count)s documents are tried again.", count
        )
        % {"count": f"{count:,}"},
    )
    return redirect("admin:dues_year_documents", year)
