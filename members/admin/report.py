"""The membership report of any date: a page to look at and a workbook to keep (R32)."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from members.access import person
from members.census import SECTIONS, list_members, membership_report
from members.forms.members import ReportForm
from members.models import Kind, Region, Status, country_name
from wego import audit, seoul
from wego.admin.pages import show, status_of
from wego.spreadsheet import XLSX_TYPE, Column, Sheet, write_xlsx
from wego.templatetags.charts import Bar, Part

STATUS_TONES = {Status.ASSOCIATE: "info", Status.FULL: "ok", Status.SUSPENDED: "warn"}


def show_report(request: HttpRequest) -> HttpResponse:
    """Totals, the map, bars by region, and the paper's table by country."""
    form = ReportForm(request.GET or None, initial={"on": seoul.today()})
    on = form.cleaned_data["on"] if form.is_valid() else seoul.today()
    report = membership_report(on)
    return show(
        request,
        "admin/members/member/report.html",
        title=_("Membership report"),
        form=form,
        on=on,
        report=report,
        regions=add_sections(report, "by_region"),
        countries=add_sections(report, "by_country"),
        statuses=[
            Part(Status(status).label, count, STATUS_TONES[Status(status)])
            for status, count in report["by_status"].items()
        ],
        sections=[describe_section(name, report[name]) for name in SECTIONS],
        status=status_of(form),
    )


def add_sections(report: dict[str, Any], part: str) -> dict[str, int]:
    """Counts of all three kinds together."""
    counts: dict[str, int] = {}
    for name in SECTIONS:
        for key, count in report[name][part].items():
            counts[key] = counts.get(key, 0) + count
    return counts


def describe_section(name: str, section: dict[str, Any]) -> dict[str, Any]:
    """One kind as the page shows it: bars by region, countries by name in two columns."""
    kind = SECTIONS[name]
    titles = {
        Kind.CITY: _("Cities"),
        Kind.INSTITUTION: _("Institutions"),
        Kind.COMPANY: _("Companies"),
    }
    return {
        "name": name,
        "title": titles[kind],
        "section": section,
        "bars": [
            Bar(Region(region).label, count) for region, count in section["by_region"].items()
        ],
        "capitals": split_capitals(section),
        "countries": [
            {"name": country_name(code, get_language() or "en"), "count": count}
            for code, count in section["by_country"].items()
        ],
    }


def split_capitals(section: dict[str, Any]) -> list[Part]:
    """Capitals and other cities; nothing for who can be neither."""
    if "capital" not in section:
        return []
    return [
        Part(_("Capitals"), section["capital"], "info"),
        Part(_("Others"), section["other"], "quiet"),
    ]


def download_report(request: HttpRequest) -> HttpResponse:
    """The same report as a workbook: totals, regions and countries, and every member."""
    form = ReportForm(request.GET or None)
    on = form.cleaned_data["on"] if form.is_valid() else seoul.today()
    stream = io.BytesIO()
    write_xlsx(stream, sheets_of(on), title=f"WeGO members {on.isoformat()}", on=on)
    audit.record_act("report.downloaded", by=person(request), facts={"on": on.isoformat()})
    name = f"wego-members-{on.isoformat()}.xlsx"
    return HttpResponse(
        stream.getvalue(),
        content_type=XLSX_TYPE,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )


def sheets_of(on: dt.date) -> list[Sheet]:
    """The members themselves, then the counts by region and by country."""
    report = membership_report(on)
    language = get_language() or "en"
    return [
        Sheet(_("Members"), member_columns(), list_members(on)),
        Sheet(
            _("By region"),
            [Column("region", _("Region"), width=20), *count_columns()],
            count_rows(report, "by_region", {code: str(name) for code, name in Region.choices}),
            total_label=_("Total"),
        ),
        Sheet(
            _("By country"),
            [Column("country", _("Country"), width=30), *count_columns()],
            count_rows(
                report,
                "by_country",
                {code: country_name(code, language) for code in add_sections(report, "by_country")},
            ),
            total_label=_("Total"),
        ),
    ]


def member_columns() -> list[Column]:
    """The columns of `list_members`."""
    answers = {"yes": _("yes"), "no": _("no")}
    return [
        Column("kind", _("Kind"), labels={code: str(name) for code, name in Kind.choices}),
        Column("name_en", _("Name in English"), width=44),
        Column("name_ko", _("Name in Korean"), width=28),
        Column("country_code", _("Country code"), width=10),
        Column("region", _("Region"), labels={code: str(name) for code, name in Region.choices}),
        Column("is_capital", _("Capital"), width=9, labels=answers),
        Column("level", _("Level")),
        Column("status", _("Status"), labels={code: str(name) for code, name in Status.choices}),
        Column("since", _("Since"), "date"),
        Column("confirmed", _("Status confirmed"), width=12, labels=answers),
    ]


def count_columns() -> list[Column]:
    """One column per kind, and all of them."""
    titles = {
        "cities": _("Cities"),
        "institutions": _("Institutions"),
        "companies": _("Companies"),
        "all": _("All"),
    }
    return [Column(name, title, "whole", total=True) for name, title in titles.items()]


def count_rows(report: dict[str, Any], part: str, names: dict[str, str]) -> list[list[str | int]]:
    """A row of counts for each region or country that has members."""
    rows: list[list[str | int]] = []
    for key, total in add_sections(report, part).items():
        counts = [report[name][part].get(key, 0) for name in SECTIONS]
        rows.append([names[key], *counts, total])
    return rows
