"""Letters: each as it was stored, and another chance for those that could not be printed."""

from __future__ import annotations

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from members.access import person
from members.admin.pages import ask_for_letters, task_page
from members.letters import PRESS, read_letter, retry_letters
from members.models import Letter
from wego.admin.papers import PapersAdmin
from wego.sending import as_file

VIEW, CHANGE = "members.view_letter", "members.change_letter"
NOT_YET = 503


@admin.register(Letter)
class LetterAdmin(PapersAdmin):
    """What was written to members and applicants."""

    press = PRESS
    addressed_by = ("member", "application")
    search_fields = ("reference", "member__name_en", "member__name_ko", "application__name_en")
    empty_text = gettext_lazy("Letters are written when applications are answered and decided.")

    @admin.display(description=gettext_lazy("To"))
    def whom(self, letter: Letter) -> str:
        """The member, or the applicant."""
        return str(letter.member or letter.application)

    def get_urls(self) -> list[URLPattern]:
        """The PDF of a letter, and the retry."""
        own = [
            path(
                "<int:pk>/pdf/",
                task_page(download_letter, permission=VIEW),
                name="members_letter_pdf",
            ),
            path("retry/", task_page(retry, permission=CHANGE), name="members_letter_retry"),
        ]
        return [*own, *super().get_urls()]


def download_letter(request: HttpRequest, pk: int) -> HttpResponse:
    """The stored PDF; shown, or saved with `?download`."""
    letter = get_object_or_404(Letter, pk=pk)
    try:
        content = read_letter(letter)
    except ValidationError as error:
        sentence = error.messages[0]
        return HttpResponse(sentence, status=NOT_YET, content_type="text/plain; charset=utf-8")
    name = f"{letter.reference}.pdf"
    return as_file(content, "application/pdf", name, saved="download" in request.GET)


@require_POST
def retry(request: HttpRequest) -> HttpResponse:
    """Give the letters that could not be printed another chance."""
    count = retry_letters(by=person(request))
    ask_for_letters()
    sentence = ngettext(
        "%(count)s letter is tried again.", "%(count)s letters are tried again.", count
    )
    messages.success(request, sentence % {"count": count})
    return redirect("admin:members_letter_changelist")
