"""The dues year: which one, its preview, the last check, and the act of issuing."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dues.admin.documents import ask_for_documents
from dues.admin.pages import steps_of
from dues.admin.preview_heat import heat_tables
from dues.admin.preview_page import (
    Wanted,
    filter_chips,
    reason_bars,
    region_bars,
    section,
    sort_links,
)
from dues.admin.preview_rows import (
    change_in_words,
    figures_of,
    group_reasons,
    rows_of,
)
from dues.corrections import flag_invoices
from dues.forms.issue import IssueForm, YearForm
from dues.invoicing import IssueResult, default_days, issue_dues
from dues.models import Invoice
from dues.overview import choose_working_year, summarise_years
from dues.preview import Line, Preview, preview_dues
from dues.wording import name_of
from members.access import person
from wego import seoul
from wego.admin.pages import show
from wego.money import display, short
from wego.templatetags.ui import in_language


def choose_year(request: HttpRequest) -> HttpResponse:
    """The dues years that have something to show, and a field for any other."""
    form = YearForm(request.GET or None)
    if form.is_valid():
        return redirect("admin:dues_year", form.cleaned_data["year"])
    summaries = summarise_years()
    today = seoul.today()
    return show(
        request,
        "admin/dues/year/choose.html",
        title=_("Dues years"),
        summaries=summaries,
        working_year=choose_working_year(summaries, on=today),
        form=form if form.is_bound else YearForm(initial={"year": today.year}),
    )


def show_preview(request: HttpRequest, year: int) -> HttpResponse:
    """Who would be billed, how much and why; who would not, and why not."""
    preview = preview_dues(year)
    wanted = Wanted.read(request.GET)
    issued = [line for line in preview.priced if line.invoice]
    return show(
        request,
        "admin/dues/year/preview.html",
        title=_("Dues year %(year)s: preview") % {"year": year},
        **steps_of(year, 1),
        preview=preview,
        warnings=preview.warnings() if preview.to_issue else [],
        wanted=wanted,
        issued_count=len(issued),
        issued_cents=sum(line.amount_cents for line in issued),
        change=change_of_total(preview),
        filters=filter_chips(preview, wanted, request.GET),
        sorts=sort_links(wanted, request.GET),
        regions=region_bars(filter(wanted.takes, preview.priced), request.GET),
        heat=heat_tables(filter(wanted.takes, preview.priced)),
        reasons=reason_bars(filter(wanted.takes, [*preview.blocked, *preview.not_due])),
        may_see_members=request.user.has_perm("members.view_member"),
        flags=flag_invoices(Invoice.objects.filter(dues_year=year), terms=preview.terms),
        lists={
            name: list_of(lines, preview, wanted, request.GET, name)
            for name, lines in (
                ("page", preview.priced),
                ("blocked", preview.blocked),
                ("not_due", preview.not_due),
            )
        },
    )


def list_of(
    lines: list[Line], preview: Preview, wanted: Wanted, query: QueryDict, parameter: str
) -> dict[str, Any]:
    """One of the three lists: a page of rows, and the count and sum of all of it."""
    part = section(lines, wanted, query, parameter)
    return {
        "part": part,
        "page": part.page,
        "rows": rows_of(list(part.page), preview),
        "groups": group_reasons([line for line in lines if wanted.takes(line)])
        if parameter != "page"
        else [],
    }


def change_of_total(preview: Preview) -> str:
    """The year's total against last year's, in words; empty when nothing was invoiced then."""
    last = preview.last_year_cents
    if not last:
        return ""
    return _("%(last)s invoiced for %(year)s, %(percent)s") % {
        "last": short(last),
        "year": preview.year - 1,
        "percent": f"{(preview.total_cents - last) / last:+.1%}",
    }


def explain_line(request: HttpRequest, year: int, member: int) -> HttpResponse:
    """Why one member pays what it pays: its figures, its bands, its cell on the fee table."""
    line = find_line(preview_dues(year), member)
    schedule, cell = line.assessment.schedule, line.assessment.cell
    name = {"name": in_language(line.party, "name"), "year": year}
    return show(
        request,
        "admin/dues/year/why.html",
        title=_("Why this amount: %(name)s, %(year)s") % name,
        year=year,
        line=line,
        change=change_in_words(line),
        sums=sums_of(line),
        figures=list(figures_of(line.assessment)),
        schedule=schedule,
        schedule_name=name_of(schedule) if schedule else "",
        table=schedule.table if schedule else None,
        highlight=(cell.row, cell.column) if cell else None,
    )


def sums_of(line: Line) -> list[tuple[str, str]]:
    """Fee, reduction and what is left (S17)."""
    found = line.assessment
    return [
        (_("Fee by the table"), display(found.fee_cents)),
        (_("Reduction"), display(-found.off_cents)),
        (_("Due"), display(found.amount_cents)),
    ]


def find_line(preview: Preview, member: int) -> Line:
    """The line of a member."""
    for line in preview.lines:
        if line.party.pk == member:
            return line
    raise Http404(_("There is no such member."))


def check_year_page(request: HttpRequest, year: int) -> HttpResponse:
    """The last look: warnings, days, and the one button that is final."""
    preview = preview_dues(year)
    if request.method == "POST":
        return issue(request, preview)
    issued_on, due_on = default_days(year, preview.issuer)
    initial = {"issued_on": issued_on, "due_on": due_on, "expected_hash": preview.hash}
    return show_check(request, preview, form_for(preview, initial=initial))


def form_for(
    preview: Preview, data: QueryDict | None = None, *, initial: dict[str, Any] | None = None
) -> IssueForm:
    """The form of the last look at a preview."""
    return IssueForm(
        data,
        warned=bool(preview.warnings()),
        count=len(preview.to_issue),
        initial=initial,
    )


def show_check(
    request: HttpRequest, preview: Preview, form: IssueForm, *, refusals: Sequence[str] = ()
) -> HttpResponse:
    """The page of the last look."""
    count = len(preview.to_issue)
    button = ngettext(
        "Issue %(count)s invoice, %(total)s", "Issue %(count)s invoices, %(total)s", count
    ) % {"count": f"{count:,}", "total": short(preview.to_issue_cents)}
    return show(
        request,
        "admin/dues/year/check.html",
        title=_("Dues year %(year)s: check and issue") % {"year": preview.year},
        **steps_of(preview.year, 2),
        preview=preview,
        warnings=preview.warnings(),
        form=form,
        refusals=refusals,
        button=button,
        issued_count=len(preview.priced) - count,
        change=change_of_total(preview),
    )


def issue(request: HttpRequest, preview: Preview) -> HttpResponse:
    """Issue what the person saw; a second press finds the work done."""
    if not preview.to_issue:
        announce(request, IssueResult(preview, issued=0, already_issued=len(preview.priced)))
        return redirect("admin:dues_year_documents", preview.year)
    form = form_for(preview, request.POST)
    if not form.is_valid():
        return show_check(request, preview, form)
    try:
        result = issue_dues(
            preview.year,
            by=person(request),
            expected_hash=form.cleaned_data["expected_hash"],
            issued_on=form.cleaned_data["issued_on"],
            due_on=form.cleaned_data["due_on"],
        )
    except ValidationError as error:
        return show_refused(request, preview, form, error)
    ask_for_documents()
    announce(request, result)
    return redirect("admin:dues_year_documents", preview.year)


def show_refused(
    request: HttpRequest, seen: Preview, form: IssueForm, error: ValidationError
) -> HttpResponse:
    """The page again with the rule's sentence on top and the days as typed.

    When the world changed it shows the preview as it is now, to be looked at and confirmed anew.
    """
    if error.code != "world_changed":
        form.add_error("due_on" if error.code == "due_before_issue" else None, error)
        return show_check(request, seen, form)
    fresh = preview_dues(seen.year)
    if not fresh.to_issue:
        announce(request, IssueResult(fresh, issued=0, already_issued=len(fresh.priced)))
        return redirect("admin:dues_year_documents", fresh.year)
    days = {name: request.POST[name] for name in ("issued_on", "due_on")}
    again = form_for(fresh, initial={**days, "expected_hash": fresh.hash})
    return show_check(request, fresh, again, refusals=error.messages)


def announce(request: HttpRequest, result: IssueResult) -> None:
    """Say what one press of the button did."""
    preview, count = result.preview, result.issued or result.already_issued
    facts = {
        "count": f"{count:,}",
        "year": preview.year,
        "total": short(preview.to_issue_cents),
        "numbers": numbers_in_words(result),
    }
    if result.issued:
        sentence = ngettext(
            "%(count)s invoice issued, %(total)s: %(numbers)s.",
            "%(count)s invoices issued, %(total)s: %(numbers)s.",
            count,
        )
        messages.success(request, sentence % facts)
    elif count:
        sentence = ngettext(
            "Nothing was issued: the %(count)s invoice of %(year)s was issued before.",
            "Nothing was issued: the %(count)s invoices of %(year)s were issued before.",
            count,
        )
        messages.info(request, sentence % facts)
    else:
        messages.info(request, _("Nothing was issued: no member can be billed yet."))


def numbers_in_words(result: IssueResult) -> str:
    """`WEGO-2020-0001 to WEGO-2020-0184`, or the one number."""
    if result.first_number == result.last_number:
        return result.first_number
    return _("%(first)s to %(last)s") % {
        "first": result.first_number,
        "last": result.last_number,
    }
