"""Papers of dues: each as it was stored, and another chance for those that could not be printed."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from dues.admin.pages import task_page
from dues.admin.register import private
from dues.models import Paper
from dues.papers import PRESS, read_paper, retry_papers
from dues.tasks import render_papers
from members.access import person
from wego.admin.papers import PapersAdmin

VIEW, CHANGE = "dues.view_paper", "dues.change_paper"


def ask_for_papers() -> None:
    """Have the worker print at once; without it the clock does within half a minute."""
    transaction.on_commit(render_papers.delay, robust=True)


@admin.register(Paper)
class PaperAdmin(PapersAdmin):
    """What dues wrote to members and for meetings."""

    press = PRESS
    search_fields = ("reference", "member__name_en", "member__name_ko")
    empty_text = gettext_lazy("Papers are written when payments are booked and reminders go out.")

    @admin.display(description=gettext_lazy("To"))
    def whom(self, paper: Paper) -> str:
        """The member, or the meetings of the house."""
        return str(paper.member or _("for a meeting"))

    def get_urls(self) -> list[URLPattern]:
        """The PDF of a paper, and the retry."""
        own = [
            path("<int:pk>/pdf/", task_page(open_pdf, permission=VIEW), name="dues_paper_pdf"),
            path("retry/", task_page(retry, permission=CHANGE), name="dues_paper_retry"),
        ]
        return [*own, *super().get_urls()]


def open_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The stored bytes, shown in the browser or, with ?download, saved."""
    paper = get_object_or_404(Paper, pk=pk)
    response = HttpResponse(read_paper(paper), content_type="application/pdf")
    way = "attachment" if "download" in request.GET else "inline"
    response.headers["Content-Disposition"] = f'{way}; filename="{paper.reference}.pdf"'
    private(response)
    return response


@require_POST
def retry(request: HttpRequest) -> HttpResponse:
    """Give the papers that could not be printed another chance."""
    count = retry_papers(by=person(request))
    ask_for_papers()
    sentence = ngettext(
        "%(count)s paper is tried again.", "%(count)s papers are tried again.", count
    )
    messages.success(request, sentence % {"count": count})
    return redirect("admin:dues_paper_changelist")
