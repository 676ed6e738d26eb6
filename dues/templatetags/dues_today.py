"""What waits on Today for the people of dues: tiles and a work list, each with its number."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dues.models import IssuerProfile
from dues.overview import YearSummary, choose_working_year, summarise_years
from dues.preview import Preview, load_issuer, preview_dues
from members.models import Member
from wego import seoul
from wego.money import short

register = template.Library()

# Beyond this many members the preview (about 0.06 ms each) is left to its own page.
MOST_PREVIEWED = 2000


@dataclass(frozen=True)
class Work:
    """One line of the work list."""

    words: str
    url: str
    tone: str
    label: str


@register.inclusion_tag("dues/today.html", takes_context=True)
def dues_today(context: dict[str, Any]) -> dict[str, Any]:
    """The dues year in work: what is to bill, what is blocked, how far the documents are."""
    if not context["request"].user.has_perm("dues.view_invoice"):
        return {"allowed": False}
    today: dt.date = context.get("today") or seoul.today()
    summaries = summarise_years()
    year = choose_working_year(summaries, on=today)
    summary = next((s for s in summaries if s.year == year), YearSummary(year))
    preview = preview_dues(year) if Member.objects.count() <= MOST_PREVIEWED else None
    return {
        "allowed": True,
        "year": year,
        "summary": summary,
        "preview": preview,
        "total": short(preview.to_issue_cents) if preview else "",
        "work": [
            *year_work(year, preview),
            *document_work(summaries),
            *settings_work(preview.issuer if preview else load_issuer()),
        ],
    }


def year_work(year: int, preview: Preview | None) -> list[Work]:
    """What the dues year itself asks for."""
    url = reverse("admin:dues_year", args=[year])
    if preview is None:
        return [Work(_("Dues year %(year)s: see the preview") % {"year": year}, url, "", "")]
    work = []
    if count := len(preview.to_issue):
        words = ngettext(
            "Dues year %(year)s: %(count)s member to bill, %(total)s",
            "Dues year %(year)s: %(count)s members to bill, %(total)s",
            count,
        ) % {"year": year, "count": f"{count:,}", "total": short(preview.to_issue_cents)}
        work.append(Work(words, url, "info", _("preview")))
    if count := len(preview.blocked):
        words = ngettext(
            "Dues year %(year)s: %(count)s member cannot be billed, a figure is missing",
            "Dues year %(year)s: %(count)s members cannot be billed, figures are missing",
            count,
        ) % {"year": year, "count": f"{count:,}"}
        work.append(Work(words, f"{url}#blocked", "warn", _("blocked")))
    return work


def document_work(summaries: list[YearSummary]) -> list[Work]:
    """Documents that wait or could not be made, of whatever year."""
    work = []
    for summary in summaries:
        url = reverse("admin:dues_year_documents", args=[summary.year])
        facts = {"year": summary.year, "total": f"{summary.invoices:,}"}
        if summary.parked:
            words = ngettext(
                "Dues year %(year)s: %(count)s document could not be made",
                "Dues year %(year)s: %(count)s documents could not be made",
                summary.parked,
            ) % {**facts, "count": f"{summary.parked:,}"}
            work.append(Work(words, url, "bad", _("try again")))
        if summary.pending:
            words = _("Dues year %(year)s: %(ready)s of %(total)s documents made") % {
                **facts,
                "ready": f"{summary.ready:,}",
            }
            work.append(Work(words, url, "info", _("in progress")))
    return work


def settings_work(issuer: IssuerProfile) -> list[Work]:
    """What invoices would lack."""
    if issuer.bank_account:
        return []
    url = reverse("admin:dues_issuerprofile_changelist")
    return [Work(_("Invoices have no bank details"), url, "warn", _("missing"))]
