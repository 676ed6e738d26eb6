"""What EXCOM is shown: the use of membership fees of a year, and arrears over two years."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dues.admin.books.pages import announce_paper, day_of, list_papers, status_of
from dues.admin.pages import refuse_odd_year
from dues.board import YearFigures
from dues.long_arrears import read_long_arrears
from dues.meeting_papers import write_long_arrears, write_use_of_fees
from dues.models import PaperKind
from dues.overview import choose_working_year, summarise_years
from dues.use_of_fees import Share, UseOfFees, read_use_of_fees
from members.access import person
from members.models import Kind, Region
from wego import seoul
from wego.admin.pages import show
from wego.money import short
from wego.templatetags.charts import Part


def show_fees(request: HttpRequest) -> HttpResponse:
    """A year's dues and money beside the year before, by the same day."""
    year = year_of(request.POST if request.method == "POST" else request.GET)
    form, on = day_of(request)
    if request.method == "POST" and not form.errors:
        paper = write_use_of_fees(year, as_of=on, on=seoul.today(), by=person(request))
        announce_paper(request, paper)
        asked = urlencode({"year": year, "on": on})
        return redirect(f"{reverse('admin:dues_fees_paper')}?{asked}#papers")
    fees = read_use_of_fees(year, on)
    return show(
        request,
        "admin/dues/books/fees.html",
        title=_("Use of membership fees %(year)s") % {"year": year},
        form=form,
        year=year,
        on=on,
        fees=fees,
        lines=fee_lines(fees),
        parts=parts_of(fees.now.figures),
        kinds=share_lines(fees.now.kinds, dict(Kind.choices)),
        regions=share_lines(fees.now.regions, dict(Region.choices)),
        papers=list_papers(PaperKind.USE_OF_FEES_PAPER),
        status=status_of(form),
    )


def year_of(query: QueryDict) -> int:
    """The year an address asks for, the one in work without one."""
    asked = query.get("year", "")
    if asked.isascii() and asked.isdecimal():
        refuse_odd_year(int(asked))
        return int(asked)
    today = seoul.today()
    worked_on = [summary for summary in summarise_years() if summary.invoices]
    return choose_working_year(worked_on, on=today)


def fee_lines(fees: UseOfFees) -> list[tuple[str, int, int]]:
    """Every figure in words, this year and the last (US cents)."""
    now, before = fees.now, fees.before
    dues = (
        (_("Invoiced"), "invoiced_cents"),
        (_("Credited"), "credited_cents"),
        (_("Paid"), "paid_cents"),
        (_("Bank charges"), "charges_cents"),
        (_("Waived by decision"), "waived_cents"),
        (_("Written off"), "written_off_cents"),
        (pgettext("amount", "Open"), "open_cents"),
        (_("of which overdue"), "overdue_cents"),
    )
    money = (
        (_("Money received in the year, for any dues year"), "received_cents"),
        (_("Refunds paid out in the year"), "refunded_cents"),
    )
    return [
        *(
            (words, getattr(now.figures, name), getattr(before.figures, name))
            for words, name in dues
        ),
        *((words, getattr(now, name), getattr(before, name)) for words, name in money),
    ]


def share_lines(shares: Sequence[Share], labels: dict[str, Any]) -> list[tuple[str, YearFigures]]:
    """Shares under their labels."""
    return [(labels[share.name], share.figures) for share in shares]


def parts_of(figures: YearFigures) -> list[Part]:
    """What became of the year's dues, as parts of what was invoiced."""
    parts = (
        (_("Paid"), figures.paid_cents, "ok"),
        (_("Open, not yet due"), figures.not_yet_due_cents, "info"),
        (_("Overdue"), figures.overdue_cents, "bad"),
        (_("Closed without money"), figures.closed_cents, "warn"),
        (_("Credited"), figures.credited_cents, "quiet"),
    )
    return [Part(label, cents, tone, shown=short(cents)) for label, cents, tone in parts if cents]


def show_arrears(request: HttpRequest) -> HttpResponse:
    """The members with invoices unpaid for more than two years, by name (S12)."""
    form, on = day_of(request)
    if request.method == "POST" and not form.errors:
        paper = write_long_arrears(as_of=on, on=seoul.today(), by=person(request))
        announce_paper(request, paper)
        asked = urlencode({"on": on})
        return redirect(f"{reverse('admin:dues_arrears_paper')}?{asked}#papers")
    return show(
        request,
        "admin/dues/books/arrears.html",
        title=_("Arrears over two years"),
        form=form,
        on=on,
        arrears=read_long_arrears(on),
        papers=list_papers(PaperKind.ARREARS_PAPER),
        status=status_of(form),
    )
