"""What the pages of the books share: the day or period asked for, and files to take away."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable
from typing import IO, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import override

from dues.admin.papers import ask_for_papers
from dues.admin.register import send
from dues.forms.books import DayForm, PeriodForm
from dues.models import Paper
from members.access import person
from members.models import Member
from wego import audit, seoul, spreadsheet
from wego.spreadsheet import Column, Sheet, Value

CSV, XLSX = "csv", "xlsx"
INVALID = 422


def day_of(request: HttpRequest) -> tuple[DayForm, dt.date]:
    """The day an address asks for, today without one; and the form that asks again."""
    today = seoul.today()
    query = request.POST if request.method == "POST" else request.GET
    form = DayForm({"on": query.get("on") or today.isoformat()})
    return form, form.cleaned_data["on"] if form.is_valid() else today


def period_of(request: HttpRequest, first: dt.date, last: dt.date) -> tuple[PeriodForm, Any]:
    """The period an address asks for, or these days; and the form that asks again."""
    query = request.POST if request.method == "POST" else request.GET
    asked = {name: query.get(name) for name in ("first", "last")}
    form = PeriodForm(
        {
            "first": asked["first"] or first.isoformat(),
            "last": asked["last"] or last.isoformat(),
        }
    )
    if form.is_valid():
        return form, (form.cleaned_data["first"], form.cleaned_data["last"])
    return form, (first, last)


def status_of(form: DayForm | PeriodForm) -> int:
    """422 for a page that shows a refused form, so that programs can tell."""
    return INVALID if form.errors else 200


MOST_LISTED = 5


def list_papers(kind: str, *, member: Member | None = None) -> list[Paper]:
    """The newest papers of a kind, each with its document or without one yet."""
    rows = Paper.objects.filter(kind=kind, member=member).select_related("document", "parked")
    return list(rows.defer("snapshot").order_by("-pk")[:MOST_LISTED])


def announce_paper(request: HttpRequest, paper: Paper) -> None:
    """Have a paper printed at once, and say so."""
    ask_for_papers()
    messages.success(
        request, _("%(paper)s is written; its PDF is being made.") % {"paper": paper.reference}
    )


def hand_out(
    request: HttpRequest, name: str, write: Callable[[IO[bytes]], Any], **facts: str
) -> HttpResponseBase:
    """A file written to a place without a name, then sent; who took it is noted."""
    stream = tempfile.TemporaryFile()  # noqa: SIM115 the response closes it
    try:
        write(stream)
    except Exception:
        stream.close()
        raise
    response = send(stream, name)
    audit.record_act("books.downloaded", by=person(request), facts={"file": name, **facts})
    return response


def table_writer(
    what: str,
    columns: Callable[[], list[Column]],
    rows: Callable[[], list[list[Value]]],
    *,
    title: str,
    on: dt.date,
) -> Callable[[IO[bytes]], Any]:
    """Writes one table: as CSV for programs, with English codes, or as a workbook for people."""

    def write(stream: IO[bytes]) -> None:
        if what == CSV:
            with override("en"):
                spreadsheet.write_csv(stream, columns(), rows())
        else:
            sheet = Sheet(title, columns(), rows(), total_label=title)
            spreadsheet.write_xlsx(stream, [sheet], title=title, on=on)

    return write
