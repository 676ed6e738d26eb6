"""A list of papers that a press prints, as every app shows its own: never added, never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wego.press import Press
from wego.templatetags.ui import day

if TYPE_CHECKING:
    from django.db.models import QuerySet

    _PapersAdmin = admin.ModelAdmin[Any]
else:
    _PapersAdmin = admin.ModelAdmin


class PapersAdmin(_PapersAdmin):
    """What was written to whom, and its PDF; an app says whom, and gives the PDF its address."""

    press: ClassVar[Press[Any]]
    # Rows that say to whom a paper is.
    addressed_by: ClassVar[tuple[str, ...]] = ("member",)
    actions = None
    list_display = ("kind", "whom", "dated", "language", "pdf")
    list_display_links = None
    list_filter = ("kind", "language")
    list_per_page = 50
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With what the list shows of each, and without what each prints."""
        rows = super().get_queryset(request).defer("snapshot")
        return rows.select_related(*self.addressed_by, "document", "parked")

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Say how many could not be printed."""
        parked = {"parked": self.press.parked.count()}
        return super().changelist_view(request, {**(extra_context or {}), **parked})

    @admin.display(description=gettext_lazy("Dated"), ordering="issued_on")
    def dated(self, paper: Any) -> str:  # noqa: ANN401 a row of the app's own
        """In the reader's form."""
        return day(paper.issued_on)

    @admin.display(description=gettext_lazy("PDF"))
    def pdf(self, paper: Any) -> str:  # noqa: ANN401 a row of the app's own
        """The PDF, or how far it is."""
        if hasattr(paper, "document"):
            return format_html('<a href="{}/pdf/">{}</a>', paper.pk, paper.reference)
        if hasattr(paper, "parked"):
            facts = {"tone": "bad", "label": _("could not be made")}
            badge = render_to_string("ui/badge.html", facts)
            return format_html('{} <span class="quiet">{}</span>', badge, paper.parked.reason)
        return render_to_string("ui/badge.html", {"tone": "info", "label": _("being made")})

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 Django's signature
        """Papers follow from acts."""
        return False

    def has_change_permission(
        self,
        request: HttpRequest,  # noqa: ARG002 Django's signature
        obj: Any = None,  # noqa: ANN401, ARG002 Django's signature
    ) -> bool:
        """What was written stays."""
        return False

    def has_delete_permission(
        self,
        request: HttpRequest,  # noqa: ARG002 Django's signature
        obj: Any = None,  # noqa: ANN401, ARG002 Django's signature
    ) -> bool:
        """What was written stays."""
        return False
