"""Figures: what was entered, one by hand for a country, files of them for a dues year.

Nothing is changed or deleted here: a newer figure takes the place of an earlier one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from members.access import person
from members.admin.pages import task_page, year_at_work
from members.figure_files import FiguresReport, check_figures, import_figures
from members.figures import record_gdp
from members.forms.members import GdpForm, UploadForm
from members.models import CountryFigure, MemberFigure, country_name
from members.rows import read_text
from wego.admin.pages import show, status_of
from wego.money import display
from wego.templatetags.ui import figure, moment

if TYPE_CHECKING:
    _FigureAdmin = admin.ModelAdmin[Any]
else:
    _FigureAdmin = admin.ModelAdmin

ADD = "members.add_memberfigure"
SALT = "members.figures.upload"
# A checked file may be imported for as long as a working day.
KEEP_SECONDS = 8 * 60 * 60
REFUSED = 422


class AppendOnlyAdmin(_FigureAdmin):
    """A list; rows are neither changed nor deleted."""

    actions = None
    show_full_result_count = False
    list_per_page = 100
    change_list_template = "admin/members/figures_list.html"

    def has_change_permission(
        self,
        request: HttpRequest,  # noqa: ARG002 Django's signature
        obj: Model | None = None,  # noqa: ARG002 Django's signature
    ) -> bool:
        """A newer figure takes its place."""
        return False

    def has_delete_permission(
        self,
        request: HttpRequest,  # noqa: ARG002 Django's signature
        obj: Model | None = None,  # noqa: ARG002 Django's signature
    ) -> bool:
        """Invoices were priced from it."""
        return False

    @admin.display(description=gettext_lazy("Entered"), ordering="entered_at")
    def entered(self, row: MemberFigure | CountryFigure) -> str:
        """When and by whom."""
        by = row.entered_by or _("an import")
        return format_html('{} <span class="quiet">{}</span>', moment(row.entered_at), by)

    @admin.display(description=gettext_lazy("Source"), ordering="source")
    def origin(self, row: MemberFigure | CountryFigure) -> str:
        """The source with its year, and what it counted."""
        year = f", {row.source_year}" if row.source_year else ""
        return format_html('{}{} <span class="quiet">{}</span>', row.source, year, row.definition)


@admin.register(MemberFigure)
class MemberFigureAdmin(AppendOnlyAdmin):
    """Populations and employees; single ones are recorded on the member's page."""

    list_display = ("member_name", "measure", "dues_year", "value_shown", "origin", "entered")
    list_filter = ("dues_year", "measure", "member__region")
    list_select_related = ("member", "entered_by")
    search_fields = ("member__name_en", "member__name_ko", "source")

    @admin.display(description=gettext_lazy("Member"), ordering="member__name_en")
    def member_name(self, row: MemberFigure) -> str:
        """In the reader's language."""
        return str(row.member)

    @admin.display(description=gettext_lazy("Figure"), ordering="value")
    def value_shown(self, row: MemberFigure) -> str:
        """With separators."""
        return figure(row.value)

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 Django's signature
        """Recorded where the member is looked at."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """The page of files."""
        upload = path(
            "upload/",
            task_page(upload_figures, permission=ADD),
            name="members_memberfigure_upload",
        )
        return [upload, *super().get_urls()]


@admin.register(CountryFigure)
class CountryFigureAdmin(AppendOnlyAdmin):
    """GDP per capita, PPP."""

    list_display = ("country", "dues_year", "gdp", "origin", "entered")
    list_filter = ("dues_year",)
    list_select_related = ("entered_by",)
    search_fields = ("country_code", "source")

    @admin.display(description=gettext_lazy("Country"), ordering="country_code")
    def country(self, row: CountryFigure) -> str:
        """In the reader's language."""
        return country_name(row.country_code, get_language() or "en")

    @admin.display(description=gettext_lazy("GDP per capita, PPP"), ordering="gdp_cents")
    def gdp(self, row: CountryFigure) -> str:
        """In USD."""
        return display(row.gdp_cents)

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",  # noqa: ARG002 Django's signature
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002 Django's signature
    ) -> HttpResponse:
        """A figure is recorded by a rule."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        return record_gdp_by_hand(request)


def record_gdp_by_hand(request: HttpRequest) -> HttpResponse:
    """One country's GDP per capita for a dues year."""
    form = GdpForm(request.POST or None, initial={"year": year_at_work(request)})
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            record_gdp(
                facts.pop("country_code"), usd=facts.pop("value"), **facts, by=person(request)
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("The figure is recorded."))
            return redirect("admin:members_countryfigure_changelist")
    return show(
        request,
        "admin/members/figure_add.html",
        title=_("Record GDP per capita"),
        form=form,
        status=status_of(form),
    )


def upload_figures(request: HttpRequest) -> HttpResponse:
    """Files are checked first; what was checked, and nothing else, is then imported."""
    if "checked" in request.POST:
        return import_checked(request)
    form = UploadForm(
        request.POST or None,
        request.FILES or None,
        initial={"year": request.GET.get("year") or year_at_work(request)},
    )
    if request.method != "POST" or not form.is_valid():
        return show_upload(request, form)
    year = form.cleaned_data["year"]
    files, report = {}, None
    for name, file in form.cleaned_data["files"].items():
        try:
            files[name] = read_text(file)
            check_figures(year=year, files={name: files[name]})
        except ValidationError as error:
            form.add_error(name, error.messages)
    if not form.errors:
        report = check_figures(year=year, files=files)
    return show_upload(request, form, report, files)


def show_upload(
    request: HttpRequest,
    form: UploadForm,
    report: FiguresReport | None = None,
    files: dict[str, str] | None = None,
) -> HttpResponse:
    """The form, and under it what a check found."""
    checked = ""
    if report and files and not report.rejected:
        content = {"year": report.year, "files": files, "by": person(request).pk}
        checked = signing.dumps(content, salt=SALT, compress=True)
    refused = bool(form.errors or (report and report.rejected))
    return show(
        request,
        "admin/members/figures_upload.html",
        title=_("Figures from files"),
        form=form,
        report=report,
        tallies=describe_tallies(report) if report else [],
        checked=checked,
        new=len(report.new) if report else 0,
        status=REFUSED if refused else 200,
    )


def describe_tallies(report: FiguresReport) -> list[dict[str, Any]]:
    """What each file holds, in words."""
    titles = {
        "cities": _("Populations of cities"),
        "gdp": _("GDP per capita of countries"),
        "employees": _("Employees of companies"),
    }
    return [
        {"title": titles[name], "tally": tally}
        for name, tally in report.tallies.items()
        if tally.created or tally.unchanged or tally.missing
    ]


def import_checked(request: HttpRequest) -> HttpResponse:
    """Import the files that this person checked; they come back signed."""
    report = read_checked(request)
    if report is None:
        messages.error(request, _("The files were not imported. Check them again."))
        return redirect("admin:members_memberfigure_upload")
    sentence = ngettext(
        "%(count)s figure recorded for %(year)s.",
        "%(count)s figures recorded for %(year)s.",
        len(report.new),
    )
    messages.success(request, sentence % {"count": len(report.new), "year": report.year})
    return redirect("admin:members_memberfigure_changelist")


def read_checked(request: HttpRequest) -> FiguresReport | None:
    """What the import did; None when the form is not the one shown, or the register changed."""
    try:
        content = signing.loads(request.POST["checked"], salt=SALT, max_age=KEEP_SECONDS)
    except signing.BadSignature:
        return None
    by = person(request)
    if content["by"] != by.pk:
        return None
    report = import_figures(year=content["year"], **content["files"], by=by)
    return None if report.rejected else report
