"""What waits on Today for the people of dues: tiles and a work list, each with its number."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dues.board import read_held
from dues.digest import Digest, State, read_state
from dues.overview import YearSummary, choose_working_year, summarise_years
from wego import seoul
from wego.money import short

register = template.Library()


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
    state = read_state(year, on=today)
    may_book = context["request"].user.has_perm("dues.change_bankline")
    unmatched = state.unmatched_lines if may_book else 0
    return {
        "allowed": True,
        "year": year,
        "summary": summary,
        "digest": state.digest,
        "total": short(state.digest.to_issue_cents),
        "may_record": context["request"].user.has_perm("dues.add_payment"),
        "unmatched": unmatched,
        "held": read_held(today, newest=state.newest_entry),
        "work": [
            *bank_work(unmatched),
            *money_work(state),
            *reminder_work(state.digest.reminders),
            *year_work(year, state.digest),
            *correction_work(state.digest),
            *document_work(summaries),
            *paper_work(state.parked_papers),
            *settings_work(state.has_bank),
        ],
    }


def money_work(state: State) -> list[Work]:
    """Payments that members announced, and refunds to pay out."""
    work = []
    if count := state.claims:
        words = ngettext(
            "%(count)s member says it has paid: look for the money",
            "%(count)s payments announced by members: look for the money",
            count,
        ) % {"count": f"{count:,}"}
        url = reverse("admin:dues_paymentclaim_changelist")
        work.append(Work(words, url, "warn", _("announced")))
    if count := state.refunds:
        words = ngettext("%(count)s refund to pay out", "%(count)s refunds to pay out", count) % {
            "count": f"{count:,}"
        }
        work.append(Work(words, reverse("admin:dues_refund_changelist"), "warn", _("to pay out")))
    return work


def reminder_work(due: int) -> list[Work]:
    """Reminders whose day has come and that nothing holds back (S8)."""
    if not due:
        return []
    words = ngettext("%(count)s reminder is due", "%(count)s reminders are due", due) % {
        "count": f"{due:,}"
    }
    return [Work(words, reverse("admin:dues_reminders"), "info", _("to send"))]


def year_work(year: int, digest: Digest) -> list[Work]:
    """What the dues year itself asks for."""
    url = reverse("admin:dues_year", args=[year])
    if not digest.previewed:
        return [Work(_("Dues year %(year)s: see the preview") % {"year": year}, url, "", "")]
    work = []
    if count := digest.to_issue:
        words = ngettext(
            "Dues year %(year)s: %(count)s member to bill, %(total)s",
            "Dues year %(year)s: %(count)s members to bill, %(total)s",
            count,
        ) % {"year": year, "count": f"{count:,}", "total": short(digest.to_issue_cents)}
        work.append(Work(words, url, "info", _("preview")))
    if count := digest.blocked:
        words = ngettext(
            "Dues year %(year)s: %(count)s member cannot be billed, a figure is missing",
            "Dues year %(year)s: %(count)s members cannot be billed, figures are missing",
            count,
        ) % {"year": year, "count": f"{count:,}"}
        work.append(Work(words, f"{url}#blocked", "warn", _("blocked")))
    return work


def bank_work(unmatched: int) -> list[Work]:
    """Money that came in and that nobody has booked."""
    if not unmatched:
        return []
    words = ngettext(
        "%(count)s line of the bank to book or set aside",
        "%(count)s lines of the bank to book or set aside",
        unmatched,
    ) % {"count": f"{unmatched:,}"}
    return [Work(words, reverse("admin:dues_bank_queue"), "warn", _("unmatched"))]


def correction_work(digest: Digest) -> list[Work]:
    """Invoices that what was recorded after their issue no longer supports, by dues year."""
    return [
        Work(
            ngettext(
                "Dues year %(year)s: %(count)s invoice to void or lower",
                "Dues year %(year)s: %(count)s invoices to void or lower",
                count,
            )
            % {"year": year, "count": f"{count:,}"},
            f"{reverse('admin:dues_year', args=[year])}#flagged",
            "warn",
            _("to correct"),
        )
        for year, count in digest.flagged
    ]


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


def paper_work(parked: int) -> list[Work]:
    """Receipts, reminders and other papers that could not be made."""
    if not parked:
        return []
    words = ngettext(
        "%(count)s paper could not be printed; the mail that carries it waits",
        "%(count)s papers could not be printed; the mails that carry them wait",
        parked,
    ) % {"count": f"{parked:,}"}
    return [Work(words, reverse("admin:dues_paper_changelist"), "bad", _("try again"))]


def settings_work(has_bank: bool) -> list[Work]:
    """What invoices would lack."""
    if has_bank:
        return []
    url = reverse("admin:dues_issuerprofile_changelist")
    return [Work(_("Invoices have no bank details"), url, "warn", _("missing"))]
