"""The page of aging: who owes how much for how long, on any day, and the invoices behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import IO, Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from dues.admin.books.pages import CSV, XLSX, day_of, hand_out, status_of
from dues.admin.preview_page import address, known, page_address
from dues.admin.register import chip_row
from dues.aging import BUCKETS, Aging, Bucket, MemberLine, OpenInvoice, read_aging
from dues.models import Invoice
from members.models import Kind, Member, Region
from wego import spreadsheet
from wego.admin.pages import show
from wego.money import display, short
from wego.spreadsheet import Column, Sheet, Value
from wego.templatetags.charts import Bar, Part

PER_PAGE = 100
# What the one bar of the whole shows; the chart beneath it has every bucket.
STRETCHES: tuple[tuple[str, tuple[Bucket, ...]], ...] = (
    ("ok", (Bucket.CURRENT,)),
    ("info", (Bucket.TO_30, Bucket.TO_60, Bucket.TO_90)),
    ("warn", (Bucket.TO_180, Bucket.TO_365)),
    ("bad", (Bucket.OVER_YEAR,)),
)


def show_aging(request: HttpRequest) -> HttpResponse:
    """The aging of a day: pictures, and its members or the invoices behind a number."""
    form, on = day_of(request)
    query = request.GET
    aging = read_aging(on)
    wanted = wanted_of(query)
    found = aging.only(**wanted)
    shown = aging.only(**wanted | {"bucket": ""})
    behind = bool(wanted["bucket"] or wanted["member"])
    rows: Sequence[OpenInvoice | MemberLine] = found.rows if behind else found.members
    page = Paginator(rows, PER_PAGE).get_page(query.get("page"))
    members = Member.objects.in_bulk([each.member_id for each in page])
    return show(
        request,
        "admin/dues/books/aging.html",
        title=_("Aging"),
        form=form,
        on=on,
        aging=shown,
        found=found,
        behind=behind,
        kept={name: query[name] for name in ("kind", "region") if query.get(name)},
        parts=parts_of(shown),
        bars=bars_of(shown, query),
        filters=filters_of(aging, wanted, query),
        member=members.get(wanted["member"]) if wanted["member"] else None,
        buckets=BUCKETS,
        lines=invoice_lines(page, members) if behind else member_lines(page, members, query),
        totals=[shown.cents[bucket] for bucket in BUCKETS],
        page=page,
        previous_url=page_address(query, "page", page.number - 1),
        next_url=page_address(query, "page", page.number + 1),
        all_url=address(drop(query, "bucket"), "member", None),
        query=query.urlencode(),
        status=status_of(form),
    )


def wanted_of(query: QueryDict) -> dict[str, Any]:
    """What an address asks for; values nobody offered are ignored."""
    member = query.get("member", "")
    return {
        "bucket": known(query.get("bucket", ""), Bucket.values),
        "kind": known(query.get("kind", ""), Kind.values),
        "region": known(query.get("region", ""), Region.values),
        "member": int(member) if member.isascii() and member.isdecimal() else None,
    }


def drop(query: QueryDict, name: str) -> QueryDict:
    """An address without one of its filters."""
    changed = query.copy()
    changed.pop(name, None)
    return changed


def parts_of(aging: Aging) -> list[Part]:
    """The whole in four stretches of time."""
    labels = [_("Not yet due"), _("1–90 days"), _("91–365 days"), _("Over a year")]
    return [
        Part(label, cents, tone, shown=short(cents))
        for label, (tone, buckets) in zip(labels, STRETCHES, strict=True)
        if (cents := sum(aging.cents[bucket] for bucket in buckets))
    ]


def bars_of(aging: Aging, query: QueryDict) -> list[Bar]:
    """Every bucket, leading to the invoices in it."""
    return [
        Bar(
            f"{bucket.label} ({aging.counts[bucket]:,})",
            aging.cents[bucket] / 100,
            short(aging.cents[bucket]),
            address(query, "bucket", bucket) + "#rows" if aging.counts[bucket] else "",
        )
        for bucket in BUCKETS
    ]


def filters_of(aging: Aging, wanted: dict[str, Any], query: QueryDict) -> list[dict[str, Any]]:
    """The filters as rows of links, each with the number of invoices under the other filters."""
    rows, of = [], aging.only(member=wanted["member"])
    for name, label, choices in (
        ("bucket", _("Past due"), Bucket.choices),
        ("kind", _("Kind"), Kind.choices),
        ("region", _("Region"), Region.choices),
    ):
        counts = count_under(of, name, wanted)
        offered = [
            (value, words, counts[value])
            for value, words in choices
            if counts[value] or value == wanted[name]
        ]
        rows.append(chip_row(label, name, query, offered))
    return rows


def count_under(aging: Aging, name: str, wanted: dict[str, Any]) -> Counter[str]:
    """How many invoices every choice of a filter finds under the other filters."""
    counts: Counter[str] = Counter()
    for place, number in aging.places.items():
        fields = dict(zip(("bucket", "kind", "region"), place, strict=True))
        if all(wanted[each] in ("", fields[each]) for each in fields if each != name):
            counts[fields[name]] += number
    return counts


def member_lines(
    lines: Any,  # noqa: ANN401 a page of them
    members: dict[int, Member],
    query: QueryDict,
) -> list[dict[str, Any]]:
    """Members with the amount in every bucket, each leading to its invoices."""
    return [
        {
            "member": members[line.member_id],
            "invoices": line.invoices,
            "cells": [cell_of(line, bucket, query) for bucket in BUCKETS],
            "total_cents": line.total_cents,
            "url": address(query, "member", str(line.member_id)) + "#rows",
        }
        for line in lines
    ]


def cell_of(line: MemberLine, bucket: Bucket, query: QueryDict) -> dict[str, Any]:
    """What a member owes in one bucket, and where its invoices are."""
    asked = query.copy()
    asked["member"] = str(line.member_id)
    return {"cents": line.cents[bucket], "url": address(asked, "bucket", bucket) + "#rows"}


def invoice_lines(
    rows: Any,  # noqa: ANN401 a page of them
    members: dict[int, Member],
) -> list[dict[str, Any]]:
    """Open invoices, each with its document and who owes it."""
    invoices = Invoice.objects.defer("snapshot").in_bulk([row.invoice_id for row in rows])
    return [
        {
            "row": row,
            "invoice": invoices[row.invoice_id],
            "member": members[row.member_id],
        }
        for row in rows
    ]


def download_aging(request: HttpRequest, what: str) -> HttpResponseBase:
    """The aging as a file: open invoices for programs, members and invoices for people."""
    form, on = day_of(request)
    if what not in (CSV, XLSX) or form.errors:
        raise Http404
    wanted = wanted_of(request.GET)
    aging = read_aging(on).only(**wanted)
    name = f"wego-aging-{on.isoformat()}.{what}"
    return hand_out(request, name, writer_of(aging, what), on=on.isoformat())


def writer_of(aging: Aging, what: str) -> Callable[[IO[bytes]], Any]:
    """Writes an aging in one of two ways."""
    members = Member.objects.in_bulk({row.member_id for row in aging.rows})
    invoices = Invoice.objects.defer("snapshot").in_bulk([row.invoice_id for row in aging.rows])

    def write(stream: IO[bytes]) -> None:
        rows = [invoice_row(row, invoices[row.invoice_id], members, aging) for row in aging.rows]
        if what == CSV:
            with override("en"):
                spreadsheet.write_csv(stream, invoice_columns(), rows)
            return
        total = _("Total, %(amount)s") % {"amount": display(aging.total_cents)}
        sheets = [
            Sheet(_("Members"), member_columns(), member_rows(aging, members), total_label=total),
            Sheet(_("Invoices"), invoice_columns(), rows, total_label=total),
        ]
        title = _("Aging as of %(day)s") % {"day": aging.on.isoformat()}
        spreadsheet.write_xlsx(stream, sheets, title=title, on=aging.on)

    return write


def who_columns() -> list[Column]:
    """Who owes."""
    return [
        Column("member_no", _("Member no."), "plain", width=9),
        Column("member_name_en", _("Member (English)"), width=30),
        Column("member_name_ko", _("Member (Korean)"), width=20),
        Column("kind", _("Kind"), labels={code: str(name) for code, name in Kind.choices}),
        Column("country_code", _("Country code"), width=9),
        Column("region", _("Region"), labels={code: str(name) for code, name in Region.choices}),
    ]


def who_row(member: Member) -> list[Value]:
    """A member under `who_columns`."""
    return [
        member.pk,
        member.name_en,
        member.name_ko,
        member.kind,
        member.country_code,
        member.region,
    ]


def member_columns() -> list[Column]:
    """Who owes, every bucket, and all of it."""
    buckets = [
        Column(str(bucket), str(bucket.label), "money", total=True, width=13) for bucket in BUCKETS
    ]
    return [*who_columns(), *buckets, Column("total", _("Total"), "money", total=True, width=13)]


def member_rows(aging: Aging, members: dict[int, Member]) -> list[list[Value]]:
    """One row a member, the largest debt first."""
    return [
        [
            *who_row(members[line.member_id]),
            *(line.cents[bucket] for bucket in BUCKETS),
            line.total_cents,
        ]
        for line in aging.members
    ]


def invoice_columns() -> list[Column]:
    """Who owes, and which invoice."""
    buckets = {str(bucket): str(bucket.label) for bucket in BUCKETS}
    return [
        *who_columns(),
        Column("invoice", _("Invoice"), width=17),
        Column("dues_year", _("Dues year"), "plain", width=7),
        Column("issued_on", _("Issued on"), "date", width=11),
        Column("due_on", _("Due on"), "date", width=11),
        Column("days_past_due", _("Days past due"), "whole", width=9),
        Column("bucket", _("Past due"), labels=buckets),
        Column("amount", _("Amount"), "money", width=13),
        Column("open", pgettext("amount", "Open"), "money", total=True, width=13),
        Column("currency", _("Currency"), width=9),
    ]


def invoice_row(
    row: OpenInvoice, invoice: Invoice, members: dict[int, Member], aging: Aging
) -> list[Value]:
    """One open invoice under `invoice_columns`."""
    return [
        *who_row(members[row.member_id]),
        invoice.number,
        invoice.dues_year,
        invoice.issued_on,
        invoice.due_on,
        max((aging.on - invoice.due_on).days, 0),
        str(row.bucket),
        invoice.amount_cents,
        row.open_cents,
        invoice.currency,
    ]
