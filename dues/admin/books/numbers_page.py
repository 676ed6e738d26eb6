"""The numbering report: every series, and what is missing in it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dues.gaps import MOST_NAMED, Numbered, SeriesReport, report_numbers
from dues.invoicing import invoice_number
from dues.models import Series
from dues.numbering import number_of
from wego.admin.pages import show


def show_numbers(request: HttpRequest) -> HttpResponse:
    """Whether numbers run 1 to n, by kind and year."""
    reports = report_numbers()
    return show(
        request,
        "admin/dues/books/numbers.html",
        title=_("Numbers without gaps"),
        broken=sum(not report.is_whole for report in reports),
        documents=sum(report.count for report in reports),
        most=MOST_NAMED,
        kinds=[
            {
                "label": kind.label,
                "rows": [row_of(report) for report in reports if report.kind == kind],
            }
            for kind in Numbered
        ],
    )


def row_of(report: SeriesReport) -> dict[str, Any]:
    """One series as the page shows it."""
    return {
        "report": report,
        "first": name_of(report, 1) if report.highest else "",
        "last": name_of(report, report.highest) if report.highest else "",
        "faults": faults_of(report),
    }


def name_of(report: SeriesReport, place: int) -> str:
    """The number that stands at a place of a series."""
    if report.kind == Numbered.INVOICE:
        return invoice_number(report.year, place)
    kind = Series.RECEIPT if report.kind == Numbered.RECEIPT else Series.CREDIT_NOTE
    return number_of(kind, report.year, place)


def faults_of(report: SeriesReport) -> list[str]:
    """What is wrong with a series, in sentences that name the numbers."""
    found = []
    if missing := report.missing:
        found.append(
            ngettext("%(numbers)s is missing.", "Missing: %(numbers)s.", len(missing))
            % {"numbers": ", ".join(missing)}
        )
    if beyond := report.beyond:
        found.append(
            _("Beyond the counter, which stands at %(counter)s: %(numbers)s.")
            % {"counter": report.counter, "numbers": ", ".join(beyond)}
        )
    if misnamed := report.misnamed:
        found.append(
            _("Numbers that do not say their place: %(numbers)s.")
            % {"numbers": ", ".join(misnamed)}
        )
    return found
