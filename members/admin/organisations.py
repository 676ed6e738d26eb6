"""Members: the list, the page of one, and the task pages that hang here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from members.access import person
from members.admin import acts, checklist, file, report
from members.admin.filters import CountryFilter, LevelFilter, OpenQuestionFilter, StatusFilter
from members.admin.pages import CHANGE, status_badge, task_page, year_at_work
from members.changes import change_facts
from members.forms.facts import FactsForm
from members.forms.fields import DayInput
from members.lifecycle import settle_statuses
from members.models import Member, MemberFigure, MemberName, country_names
from wego import seoul
from wego.audit import record_act
from wego.templatetags.ui import day, figure

if TYPE_CHECKING:
    _MemberAdmin = admin.ModelAdmin[Member]
    _NameInline = admin.TabularInline[MemberName, Member]
else:
    _MemberAdmin = admin.ModelAdmin
    _NameInline = admin.TabularInline


# A single letter begins too many countries.
SHORTEST_COUNTRY = 2


class NameInline(_NameInline):
    """Earlier names with their dates, and other spellings seen."""

    model = MemberName
    extra = 1
    fields = ("name_en", "name_ko", "used_from", "used_until", "note")
    formfield_overrides: ClassVar = {models.DateField: {"widget": DayInput}}


@admin.register(Member)
class MemberAdmin(_MemberAdmin):
    """Everybody who belongs, belonged or wants to."""

    form = FactsForm
    inlines = (NameInline,)
    list_display = (
        "name",
        "country_name",
        "kind",
        "region",
        "status_shown",
        "since",
        "figure_shown",
    )
    list_display_links = ("name",)
    list_filter = (
        "kind",
        "region",
        CountryFilter,
        LevelFilter,
        StatusFilter,
        OpenQuestionFilter,
    )
    list_per_page = 100
    search_fields = ("name_en", "name_ko", "other_names__name_en", "other_names__name_ko")
    search_help_text = gettext_lazy("Name in either script, an earlier name, or a country")
    show_full_result_count = False
    actions = ("confirm_full", "mark_associates")
    fieldsets: ClassVar = (
        (
            gettext_lazy("Place"),
            {"fields": ("country_code", "region", "is_capital", "level")},
        ),
        (gettext_lazy("Letters and invoices"), {"fields": ("language", "address")}),
        (gettext_lazy("Public directory"), {"fields": ("website", "in_directory")}),
        (gettext_lazy("Note"), {"fields": ("note", "reason")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Member]:
        """Members with today's status and their figure of the dues year at work."""
        newest = MemberFigure.objects.filter(
            member=OuterRef("pk"), dues_year=year_at_work(request)
        ).order_by("-pk")
        return Member.objects.with_status(seoul.today()).annotate(
            figure=Subquery(newest.values("value")[:1])
        )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Member], search_term: str
    ) -> tuple[QuerySet[Member], bool]:
        """Names in both scripts and other names; a country's name finds its members."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        codes = find_countries(search_term)
        if not codes:
            return found, may_repeat
        by_country = queryset.filter(country_code__in=codes)
        wanted = Q(pk__in=found.values("pk")) | Q(pk__in=by_country.values("pk"))
        return queryset.filter(wanted), False

    @admin.display(description=gettext_lazy("Name"), ordering="name_en")
    def name(self, member: Member) -> str:
        """The reader's script first, the other beneath."""
        first, second = str(member), member.name_ko
        if second == first:
            second = member.name_en
        if not second or second == first:
            return first
        return format_html('{} <span class="quiet">{}</span>', first, second)

    @admin.display(description=gettext_lazy("Country"), ordering="country_code")
    def country_name(self, member: Member) -> str:
        """In the reader's language."""
        return member.country

    @admin.display(description=gettext_lazy("Status"), ordering="status")
    def status_shown(self, member: Any) -> str:  # noqa: ANN401 annotated by the queryset
        """A badge, and whether somebody has still to confirm it."""
        badge = status_badge(member.status)
        if member.status_confirmed:
            return badge
        return format_html('{} <span class="quiet">{}</span>', badge, _("to confirm"))

    @admin.display(description=gettext_lazy("Since"), ordering="status_since")
    def since(self, member: Any) -> str:  # noqa: ANN401 annotated by the queryset
        """The day the status holds from."""
        return day(member.status_since)

    @admin.display(
        description=gettext_lazy("Population or employees"),
        ordering="figure",
    )
    def figure_shown(self, member: Any) -> str:  # noqa: ANN401 annotated by the queryset
        """The figure of the dues year at work."""
        return figure(member.figure)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Say which dues year the figures are of."""
        year = {"dues_year": year_at_work(request)}
        return super().changelist_view(request, {**(extra_context or {}), **year})

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",  # noqa: ARG002 Django's signature
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002 Django's signature
    ) -> HttpResponse:
        """A new member comes with the first line of its history, by a rule."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        return acts.add_by_hand(request)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",  # noqa: ARG002 Django's signature
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002 Django's signature
    ) -> HttpResponse:
        """The member's file; what is changed about a member has pages of its own."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return file.show_file(request, object_id)

    def edit_facts(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The facts that are neither dated nor decided, and other spellings of the name."""
        get_object_or_404(Member, pk=pk)
        context = {"title": _("Edit facts"), "show_save_and_add_another": False}
        return self.changeform_view(request, str(pk), "", context)

    def save_model(
        self,
        request: HttpRequest,
        obj: Member,
        form: Any,  # noqa: ANN401 the form of this class
        change: bool,  # noqa: ARG002 Django's signature
    ) -> None:
        """Changed facts go through the rule, which keeps old and new."""
        if facts := form.changed_facts():
            change_facts(
                Member.objects.get(pk=obj.pk),
                facts,
                on=seoul.today(),
                reason=form.cleaned_data["reason"],
                by=person(request),
            )

    def save_formset(
        self,
        request: HttpRequest,
        form: Any,  # noqa: ANN401 the form of this class
        formset: Any,  # noqa: ANN401 of other names
        change: bool,
    ) -> None:
        """Other names that were added, corrected or taken out are told to the audit trail."""
        super().save_formset(request, form, formset, change)
        told = {
            "added": ", ".join(map(str, formset.new_objects)),
            "corrected": ", ".join(str(name) for name, _fields in formset.changed_objects),
            "taken_out": ", ".join(map(str, formset.deleted_objects)),
        }
        if any(told.values()):
            record_act(
                "member.spellings_changed",
                by=person(request),
                subject=form.instance,
                why=form.cleaned_data["reason"],
                facts=told,
            )

    def response_post_save_change(
        self,
        request: HttpRequest,  # noqa: ARG002 Django's signature
        obj: Member,
    ) -> HttpResponseRedirect:
        """Back to the file."""
        return HttpResponseRedirect(reverse(file.FILE, args=[obj.pk]))

    def has_delete_permission(
        self,
        request: HttpRequest,  # noqa: ARG002 Django's signature
        obj: Member | None = None,  # noqa: ARG002 Django's signature
    ) -> bool:
        """A member leaves; it is never deleted."""
        return False

    @admin.action(description=gettext_lazy("Confirm status"), permissions=["change"])
    def confirm_full(self, request: HttpRequest, queryset: QuerySet[Member]) -> None:
        """The imported statuses are right."""
        self.settle(request, confirmed=list(queryset.values_list("pk", flat=True)))

    @admin.action(description=gettext_lazy("Mark as associate (no fee)"), permissions=["change"])
    def mark_associates(self, request: HttpRequest, queryset: QuerySet[Member]) -> None:
        """The members were associates all along."""
        self.settle(
            request,
            associates=list(queryset.values_list("pk", flat=True)),
            reason="Associate of the imported roster, marked in the list of members.",
        )

    def settle(self, request: HttpRequest, **settled: Any) -> None:  # noqa: ANN401 passed on
        """Ask the rule and say what it did."""
        try:
            entries = settle_statuses(on=seoul.today(), by=person(request), **settled)
        except ValidationError as error:
            for sentence in error.messages:
                self.message_user(request, sentence, messages.ERROR)
            return
        sentence = ngettext(
            "%(count)s status settled.", "%(count)s statuses settled.", len(entries)
        )
        self.message_user(request, sentence % {"count": len(entries)}, messages.SUCCESS)

    def get_urls(self) -> list[URLPattern]:
        """The report, the check list, and the acts on one member."""
        pages = (
            ("report/", report.show_report, "report", None),
            ("report/xlsx/", report.download_report, "report_xlsx", None),
            ("checklist/", checklist.show_checklist, "checklist", CHANGE),
            ("<int:pk>/status/", acts.record_status_by_hand, "status", CHANGE),
            ("<int:pk>/figure/", acts.record_figure_by_hand, "figure", CHANGE),
            ("<int:pk>/facts/", self.edit_facts, "facts", CHANGE),
        )
        own = [
            path(
                address,
                task_page(view, **({"permission": permission} if permission else {})),
                name=f"members_member_{name}",
            )
            for address, view, name, permission in pages
        ]
        return [*own, *super().get_urls()]


def find_countries(term: str) -> list[str]:
    """Codes of the countries that have, in either language, a word that begins as typed."""
    wanted = term.strip().casefold()
    if len(wanted) < SHORTEST_COUNTRY:
        return []
    return [
        code
        for language in ("en", "ko")
        for code, name in country_names(language).items()
        if f" {name.casefold()}".find(f" {wanted}") >= 0
    ]
