"""The member's statement of account in the portal: any period, and as a PDF to keep."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from dues.forms.books import PeriodForm
from dues.ledger import owner_of
from dues.models import Paper, PaperKind
from dues.papers import read_paper
from dues.statement import read_statement
from dues.statement_papers import write_statement
from dues.tasks import render_papers
from members.access import own_member, person
from members.models import Member
from wego.sending import as_file
from wego.seoul import today

INVALID = 422
MOST_LISTED = 5


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@cache_control(private=True, no_store=True)
def show_statement(request: HttpRequest) -> HttpResponse:
    """The account in a period; posting has it printed."""
    member = own_member(request)
    form, first, last = period_of(request)
    if request.method == "POST" and form.is_valid():
        write_statement(member, first=first, last=last, on=today(), by=person(request))
        transaction.on_commit(render_papers.delay, robust=True)
        messages.success(request, _("The PDF is being made: it will be on this page in a moment."))
        return redirect(f"{reverse('dues:statement')}?first={first}&last={last}#papers")
    context = {
        "member": member,
        "form": form,
        "statement": read_statement(member, first=first, last=last),
        "papers": papers_of(member)[:MOST_LISTED],
    }
    return render(request, "portal/statement.html", context, status=INVALID if form.errors else 200)


def period_of(request: HttpRequest) -> tuple[PeriodForm, dt.date, dt.date]:
    """The period asked for: last year and this one without one; and the form that asks again."""
    day = today()
    data: dict[str, Any] = {"first": f"{day.year - 1}-01-01", "last": day.isoformat()}
    asked = request.POST if request.method == "POST" else request.GET
    form = PeriodForm({name: asked.get(name) or value for name, value in data.items()})
    if form.is_valid():
        return form, form.cleaned_data["first"], form.cleaned_data["last"]
    return form, dt.date(day.year - 1, 1, 1), day


def papers_of(member: Member) -> QuerySet[Paper]:
    """The statements that were written to a member, the newest first."""
    rows = Paper.objects.filter(kind=PaperKind.STATEMENT, member=owner_of(member))
    return rows.select_related("document").order_by("-pk")


@require_safe
@login_required
@cache_control(private=True, no_store=True)
def download_statement(request: HttpRequest, reference: str) -> HttpResponse:
    """The stored PDF of one of the member's own statements."""
    paper = get_object_or_404(papers_of(own_member(request)), reference=reference)
    try:
        content = read_paper(paper)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
        return redirect("dues:statement")
    return as_file(
        content, "application/pdf", f"{paper.reference}.pdf", saved="save" in request.GET
    )
