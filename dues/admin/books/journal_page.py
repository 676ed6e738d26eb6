"""The accounting export: a period, what it comes to, its columns, and the files."""

from __future__ import annotations

import datetime as dt
from functools import partial
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db.models import Count, Sum
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from dues.admin.books.pages import CSV, XLSX, hand_out, status_of
from dues.forms.books import COMMA, ExportForm
from dues.journal import MEANINGS, journal_columns, write_csv, write_xlsx
from dues.models import Account, Entry
from wego import seoul
from wego.admin.pages import show


def show_journal(request: HttpRequest) -> HttpResponse:
    """The trial balance of a period, and the files of its entries."""
    form, first, last = asked_of(request)
    asked = {bound.html_name: bound.value() or "" for bound in form}
    rows = Entry.objects.filter(posted_on__range=(first, last)).order_by()
    moved = list(rows.values_list("debit", "credit").annotate(n=Count("pk"), c=Sum("amount_cents")))
    accounts = [
        {
            "label": label,
            "debit": sum(cents for debit, _credit, _n, cents in moved if debit == account),
            "credit": sum(cents for _debit, credit, _n, cents in moved if credit == account),
        }
        for account, label in Account.choices
    ]
    return show(
        request,
        "admin/dues/books/journal.html",
        title=_("Accounting export"),
        form=form,
        first=first,
        last=last,
        entries=sum(row[2] for row in moved),
        accounts=[each for each in accounts if each["debit"] or each["credit"]],
        debit=sum(each["debit"] for each in accounts),
        credit=sum(each["credit"] for each in accounts),
        columns=[(column, MEANINGS[column.name]) for column in journal_columns()],
        query=urlencode(asked),
        status=status_of(form),
    )


def asked_of(request: HttpRequest) -> tuple[ExportForm, dt.date, dt.date]:
    """The period an address asks for, the last month without one; and the form."""
    first_of_month = seoul.today().replace(day=1)
    first, last = seoul.shift_months(first_of_month, -1), first_of_month - dt.timedelta(days=1)
    data = request.GET.copy()
    for name, value in {
        "first": first.isoformat(),
        "last": last.isoformat(),
        "delimiter": COMMA,
        "mark": "yes",
    }.items():
        data.setdefault(name, value)
    form = ExportForm(data)
    if not form.is_valid():
        return form, first, last
    return form, form.cleaned_data["first"], form.cleaned_data["last"]


def download_journal(request: HttpRequest, what: str) -> HttpResponseBase:
    """The entries of a period, two lines each."""
    form, first, last = asked_of(request)
    if what not in (CSV, XLSX):
        raise Http404
    if form.errors:
        raise ValidationError([line for lines in form.errors.values() for line in lines])
    if what == CSV:
        delimiter, mark = form.cleaned_data["delimiter"], form.cleaned_data["mark"] != "no"
        write = partial(write_csv, first, last, delimiter=delimiter or COMMA, mark=mark)
    else:
        write = partial(write_xlsx, first, last)
    name = f"wego-ledger-{first.isoformat()}-{last.isoformat()}.{what}"
    return hand_out(request, name, write, first=first.isoformat(), last=last.isoformat())
