"""The audit trail for administrators: who did what, when and why, and whether it is sealed."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.urls import path
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wego import audit, seals, seoul
from wego.admin.pages import PagesAdmin, list_page, person, show, task_page
from wego.grave import recently_signed_in
from wego.kept import keep
from wego.models import AuditEntry, AuditSeal
from wego.spreadsheet import Column, Value, write_csv

VIEW = "wego.view_auditentry"
COLUMNS = tuple(
    Column(name, name)
    for name in ("number", "at", "by", "act", "what", "subject", "label", "file", "why", "facts")
)
LISTS = frozenset({"changed", "files"})
FILTERS = ("who", "act", "since", "until")


def show_trail(request: HttpRequest) -> HttpResponse:
    """Entries, newest first, by who, what and when; above them the head of the seals."""
    query = request.GET
    labels = audit.declared_acts()
    listing = list_page(find_entries(query).select_related("by", "sealed"), query)
    for entry in listing.page:
        entry.act_label = audit.label_of(entry.act)
        entry.changes = changes_of(entry.facts)
    return show(
        request,
        "admin/wego/trail.html",
        title=_("Audit trail"),
        listing=listing,
        acts=sorted(((act, str(label)) for act, label in labels.items()), key=lambda each: each[1]),
        chosen={name: query.get(name, "") for name in FILTERS},
        narrowed=any(query.get(name) for name in FILTERS),
        head=AuditSeal.objects.order_by("-pk").first(),
        unsealed=keep("unsealed", seals.waiting().count, size=int),
        query=query.urlencode(),
    )


def find_entries(query: QueryDict) -> QuerySet[AuditEntry]:
    """The entries an address asks for."""
    found = AuditEntry.objects.order_by("-pk")
    if who := query.get("who", "").replace("\x00", "").strip():
        found = found.filter(Q(by__full_name__icontains=who) | Q(by__email__icontains=who))
    if act := query.get("act", "").replace("\x00", ""):
        found = found.filter(act=act)
    if since := read_day(query.get("since", "")):
        found = found.filter(at__gte=midnight(since))
    if until := read_day(query.get("until", "")):
        found = found.filter(at__lt=midnight(until + dt.timedelta(days=1)))
    return found


def read_day(typed: str) -> dt.date | None:
    """A day as the browser sends it; nothing for anything else or out of the calendar's reach."""
    try:
        day = parse_date(typed.strip())
    except ValueError:
        return None
    return day if day and 1900 < day.year < 9999 else None  # noqa: PLR2004 years of a calendar


def midnight(day: dt.date) -> dt.datetime:
    """When a day begins in Seoul."""
    return dt.datetime.combine(day, dt.time(), tzinfo=seoul.SEOUL)


def changes_of(facts: dict[str, Any]) -> list[dict[str, Any]]:
    """The facts of an entry for readers: [old, new] as a change, anything else as it is.

    What is `changed` in an application, and which `files` were read, are lists even of two.
    """
    return [
        {"name": readable(name), "old": in_words(value[0]), "new": in_words(value[1])}
        if name not in LISTS and isinstance(value, list) and len(value) == len(("old", "new"))
        else {"name": readable(name), "value": in_words(value)}
        for name, value in facts.items()
    ]


def readable(name: str) -> str:
    """The name of a fact in the reader's language, as far as the house has a word for it."""
    words = name.replace("_", " ")
    return _(words) if words else words


def in_words(value: object) -> str:
    """A JSON value as people write it."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(map(name_or_words, value))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def name_or_words(value: object) -> str:
    """One of a list: most are names of fields."""
    return readable(value) if isinstance(value, str) else in_words(value)


@require_POST
def export(request: HttpRequest) -> HttpResponseBase:
    """The entries of the filter as CSV, in which no text is a formula; the export is noted."""
    noted = audit.record_act(
        "audit trail.exported",
        by=person(request),
        facts={name: request.GET[name] for name in FILTERS if request.GET.get(name)},
    )
    found = find_entries(request.GET).filter(pk__lt=noted.pk).order_by("pk")
    stream = tempfile.TemporaryFile()  # noqa: SIM115 the response closes it
    try:
        write_csv(stream, COLUMNS, csv_rows(found.select_related("by")))
    except Exception:
        stream.close()
        raise
    stream.seek(0)
    response = FileResponse(stream, as_attachment=True, filename=f"audit-trail-{seoul.today()}.csv")
    response.headers["Cache-Control"] = "no-store, private"
    return response


def csv_rows(entries: QuerySet[AuditEntry]) -> Iterator[list[Value]]:
    """One line an entry, oldest first, instants in UTC."""
    for entry in entries.iterator(chunk_size=2000):
        yield [
            entry.pk,
            entry.at.isoformat(timespec="seconds"),
            getattr(entry.by, "email", ""),
            entry.act,
            audit.label_of(entry.act),
            entry.subject,
            entry.label,
            entry.file,
            entry.why,
            json.dumps(entry.facts, ensure_ascii=False, sort_keys=True),
        ]


@admin.register(AuditEntry)
class AuditAdmin(PagesAdmin):
    """The trail is read and exported, never changed."""

    pages = (
        path("", task_page(show_trail, permission=VIEW), name="wego_auditentry_changelist"),
        path(
            "export/",
            task_page(recently_signed_in(export), permission=VIEW),
            name="wego_auditentry_export",
        ),
    )
