"""The statement of account of a member, for any period."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from dues.admin.books.pages import (
    CSV,
    XLSX,
    announce_paper,
    hand_out,
    list_papers,
    period_of,
    status_of,
    table_writer,
)
from dues.models import PaperKind
from dues.statement import Statement, read_statement
from dues.statement_papers import write_statement
from members.access import person
from members.models import Member
from wego import seoul
from wego.admin.pages import show
from wego.spreadsheet import Column, Value


def show_statement(request: HttpRequest, member: int) -> HttpResponse:
    """Opening balance, every document, closing balance, and what is open at the end."""
    form, statement = statement_of(request, member)
    if request.method == "POST" and not form.errors:
        first, last = statement.first, statement.last
        paper = write_statement(
            statement.member, first=first, last=last, on=seoul.today(), by=person(request)
        )
        announce_paper(request, paper)
        asked = urlencode({"first": first, "last": last})
        return redirect(f"{reverse('admin:dues_statement', args=[member])}?{asked}#papers")
    return show(
        request,
        "admin/dues/books/statement.html",
        title=_("Statement of account: %(member)s") % {"member": statement.member},
        form=form,
        statement=statement,
        member=statement.member,
        query=request.GET.urlencode(),
        papers=list_papers(PaperKind.STATEMENT, member=statement.member),
        status=status_of(form),
    )


def statement_of(request: HttpRequest, member: int) -> tuple[Any, Statement]:
    """The statement an address asks for: this year and the last without a period."""
    subject = get_object_or_404(Member.objects.select_related("merged_into"), pk=member)
    today = seoul.today()
    form, (first, last) = period_of(request, dt.date(today.year - 1, 1, 1), today)
    return form, read_statement(subject, first=first, last=last)


def download_statement(request: HttpRequest, member: int, what: str) -> HttpResponseBase:
    """The statement as a file."""
    form, statement = statement_of(request, member)
    if what not in (CSV, XLSX) or form.errors:
        raise Http404
    period = f"{statement.first.isoformat()}-{statement.last.isoformat()}"
    name = f"wego-statement-{statement.member.pk}-{period}.{what}"
    write = table_writer(
        what,
        statement_columns,
        lambda: statement_rows(statement),
        title=_("Statement of account"),
        on=statement.last,
    )
    return hand_out(request, name, write, member=statement.member.name_en)


def statement_columns() -> list[Column]:
    """What each line says."""
    return [
        Column("date", _("Date"), "date", width=21),
        Column("document", _("Document"), width=17),
        Column("text", _("Text"), width=44),
        Column("debit", _("Debit"), "money", width=13, total=True),
        Column("credit", _("Credit"), "money", width=13, total=True),
        Column("balance", _("Balance"), "money", width=13),
    ]


def statement_rows(statement: Statement) -> list[list[Value]]:
    """The opening balance, every document, the closing balance."""
    opening: list[Value] = [
        statement.first,
        "",
        _("Opening balance"),
        None,
        None,
        statement.opening_cents,
    ]
    closing: list[Value] = [
        statement.last,
        "",
        _("Closing balance"),
        None,
        None,
        statement.closing_cents,
    ]
    lines: list[list[Value]] = [
        [
            line.on,
            line.number or line.invoice,
            line.text,
            line.debit_cents or None,
            line.credit_cents or None,
            line.balance_cents,
        ]
        for line in statement.lines
    ]
    return [opening, *lines, closing]
