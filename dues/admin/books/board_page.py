"""The board of a dues year: what became of its invoices, beside last year, and what is new."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dues.admin.books.meeting_pages import parts_of
from dues.admin.books.pages import day_of, status_of
from dues.admin.pages import steps_of
from dues.admin.preview_page import address, known, page_address
from dues.board import SHOWN, YearFigures, compare_years, find_behind, find_changes
from dues.models import EntryKind
from wego import seoul
from wego.admin.pages import show
from wego.money import short
from wego.seoul import SEOUL

PER_PAGE = 100
STEP = 5


def show_board(request: HttpRequest, year: int) -> HttpResponse:
    """The figures of a year, the invoices behind one of them, and what was recorded lately."""
    form, on = day_of(request)
    query = request.GET
    now, before = compare_years(year, on)
    shown = known(query.get("show", ""), SHOWN)
    found = find_behind(year, on, shown).select_related("member").defer("snapshot") if shown else ()
    page = Paginator(found, PER_PAGE).get_page(query.get("page"))
    yesterday = seoul.today() - dt.timedelta(days=1)
    changes = find_changes(year, dt.datetime.combine(yesterday, dt.time.min, SEOUL))
    labels = labels_of()
    return show(
        request,
        "admin/dues/year/board.html",
        title=_("Dues year %(year)s: paid and open") % {"year": year},
        **steps_of(year, STEP),
        form=form,
        on=on,
        now=now,
        before=before,
        parts=parts_of(now),
        before_parts=parts_of(before),
        figures=[
            figure_of(name, labels[name], now, before, address(query, "show", name))
            for name in SHOWN
        ],
        shown=shown,
        shown_label=labels.get(shown, ""),
        page=page,
        previous_url=page_address(query, "page", page.number - 1),
        next_url=page_address(query, "page", page.number + 1),
        changes=changes,
        change_kinds=[(EntryKind(kind).label, n, cents) for kind, n, cents in changes.kinds],
        yesterday=yesterday,
        status=status_of(form),
    )


def labels_of() -> dict[str, str]:
    """What the figures are called."""
    return {
        "invoiced": _("Invoiced"),
        "credited": _("Credited"),
        "paid": _("Paid"),
        "closed": _("Closed without money"),
        "open": pgettext("amount", "Open"),
        "overdue": _("Overdue"),
    }


def figure_of(
    name: str, label: str, now: YearFigures, before: YearFigures, url: str
) -> dict[str, Any]:
    """One figure of two years, and how it moved."""
    cents, was = getattr(now, f"{name}_cents"), getattr(before, f"{name}_cents")
    change = f"{(cents - was) / was:+.0%}" if was else "–"
    return {
        "label": label,
        "cents": cents,
        "before_cents": was,
        "change": change,
        "shown": short(cents),
        "url": f"{url}#rows" if cents else "",
    }
