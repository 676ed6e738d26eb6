"""The invoices of a dues year: found, filtered, counted, and taken away."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    QueryDict,
    StreamingHttpResponse,
)
from django.utils.translation import gettext as _

from dues import documents, reports
from dues.admin.pages import steps_of
from dues.admin.preview_page import address, known, page_address
from dues.models import Invoice
from dues.overview import Board, Share, read_board
from dues.register import PARKED, READY, WAITING, state_labels
from members.access import person
from members.models import Kind, MemberName, Region
from wego import audit
from wego.admin.pages import show
from wego.money import short
from wego.templatetags.charts import Bar
from wego.templatetags.ui import Chip

PER_PAGE = 100
FILTERS = ("kind", "region", "document")
STATES: dict[str, Q] = {
    READY: Q(document__isnull=False),
    WAITING: Q(document__isnull=True, parked__isnull=True),
    PARKED: Q(document__isnull=True, parked__isnull=False),
}


def show_invoices(request: HttpRequest, year: int) -> HttpResponse:
    """The year's invoices, what they come to, and the downloads."""
    query = request.GET
    found = find_invoices(year, query)
    page = Paginator(found, PER_PAGE).get_page(query.get("page"))
    board = read_board(year)
    progress = documents.progress(year)
    return show(
        request,
        "admin/dues/year/invoices.html",
        title=_("Dues year %(year)s: invoices and downloads") % {"year": year},
        **steps_of(year, 4),
        board=board,
        regions=share_bars(board.regions, dict(Region.choices), query, "region"),
        kinds=share_bars(board.kinds, dict(Kind.choices), query, "kind"),
        filters=filter_rows(board, progress, query),
        narrowed=any(query.get(name) for name in ("q", *FILTERS)),
        kept={name: query[name] for name in FILTERS if query.get(name)},
        page=page,
        previous_url=page_address(query, "page", page.number - 1),
        next_url=page_address(query, "page", page.number + 1),
        q=query.get("q", ""),
        progress=progress,
        missing=progress.total - progress.ready,
        parts=range(1, reports.parts_of(progress.ready) + 1) if progress.ready else range(0),
    )


def find_invoices(year: int, query: QueryDict) -> QuerySet[Invoice]:
    """The invoices an address asks for, by number."""
    found = Invoice.objects.filter(dues_year=year).with_credited().order_by("sequence")
    if kind := known(query.get("kind", ""), Kind.values):
        found = found.filter(member__kind=kind)
    if region := known(query.get("region", ""), Region.values):
        found = found.filter(member__region=region)
    if state := known(query.get("document", ""), STATES):
        found = found.filter(STATES[state])
    for word in query.get("q", "").split():
        found = found.filter(mentions(word))
    return found.select_related("member", "document", "parked").defer("snapshot")


def mentions(word: str) -> Q:
    """Whether a word stands in a number, a reference or a name, in either script, old or new."""
    names = MemberName.objects.filter(member=OuterRef("member"))
    return (
        Q(number__icontains=word)
        | Q(reference__icontains=word)
        | Q(member__name_en__icontains=word)
        | Q(member__name_ko__icontains=word)
        | Q(Exists(names.filter(Q(name_en__icontains=word) | Q(name_ko__icontains=word))))
    )


def share_bars(
    shares: list[Share], labels: dict[str, Any], query: QueryDict, parameter: str
) -> list[Bar]:
    """What was invoiced, as bars that lead to the invoices behind them."""
    return [
        Bar(
            f"{labels[share.name]} ({share.count:,})",
            share.total_cents / 100,
            short(share.total_cents),
            address(query, parameter, share.name),
        )
        for share in shares
    ]


def filter_rows(
    board: Board, progress: documents.Progress, query: QueryDict
) -> list[dict[str, Any]]:
    """The filters as rows of links; the counts are of the whole year."""
    states = {READY: progress.ready, WAITING: progress.pending, PARKED: progress.parked}
    labels = state_labels()
    kinds, regions = dict(Kind.choices), dict(Region.choices)
    return [
        chip_row(_("Kind"), "kind", query, [(s.name, kinds[s.name], s.count) for s in board.kinds]),
        chip_row(
            _("Region"),
            "region",
            query,
            [(s.name, regions[s.name], s.count) for s in board.regions],
        ),
        chip_row(
            _("PDF"),
            "document",
            query,
            [(state, labels[state], count) for state, count in states.items() if count],
        ),
    ]


def chip_row(
    label: str, name: str, query: QueryDict, choices: list[tuple[str, Any, int]]
) -> dict[str, Any]:
    """One filter of the register."""
    chosen = query.get(name, "")
    chips = [Chip(_("All"), address(query, name, None), None, not chosen)]
    chips += [
        Chip(words, address(query, name, value), count, value == chosen)
        for value, words, count in choices
    ]
    return {"label": label, "chips": chips}


def download(request: HttpRequest, year: int, what: str) -> HttpResponseBase:
    """One of the year's downloads, sent while it is read; who took it is noted."""
    response = send_download(request, year, what)
    audit.record_act("dues.downloaded", by=person(request), facts={"year": year, "what": what})
    return response


def send_download(request: HttpRequest, year: int, what: str) -> HttpResponseBase:
    """The download an address names."""
    if what == "zip":
        return send_zip(year)
    if what == "merged":
        return send_merged(year, request.GET.get("part", "1"))
    if what == "xlsx":
        return send_file(reports.write_xlsx, year, "register.xlsx")
    if what == "csv":
        return send_file(reports.write_csv, year, "register.csv")
    raise Http404


def send_zip(year: int) -> HttpResponseBase:
    """Every PDF and an index, never in memory as a whole."""
    archive = reports.zip_stream(year)
    response = StreamingHttpResponse(archive, content_type="application/zip")
    response.headers["Content-Length"] = str(archive.length)
    response.headers["Content-Disposition"] = f'attachment; filename="{archive.name}"'
    return private(response)


def send_merged(year: int, part: str) -> HttpResponseBase:
    """Every PDF as one document, or a part of it when there are many."""
    if not part.isdecimal():
        raise Http404
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "merged.pdf"
        merged = reports.write_merged(year, path, part=int(part))
        # Read on without its name: the folder goes, the bytes stay until they are sent.
        stream = path.open("rb")
    what = f"invoices-{merged.part}.pdf" if merged.parts > 1 else "invoices.pdf"
    return send(stream, reports.download_name(year, what))


def send_file(write: Callable[[int, IO[bytes]], Any], year: int, what: str) -> HttpResponseBase:
    """A register written to a file without a name, then sent."""
    stream = tempfile.TemporaryFile()  # noqa: SIM115 the response closes it
    try:
        write(year, stream)
    except Exception:
        stream.close()
        raise
    return send(stream, reports.download_name(year, what))


def send(stream: IO[bytes], name: str) -> HttpResponseBase:
    """A written file from its beginning, with its length and a name to save it under."""
    stream.seek(0)
    return private(FileResponse(stream, as_attachment=True, filename=name))


def private(response: HttpResponseBase) -> HttpResponseBase:
    """Not kept by any cache, not guessed at by any browser."""
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
