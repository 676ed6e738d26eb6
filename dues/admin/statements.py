"""Bank statements in the web admin: handed in, looked at line by line, taken in, read again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from dues.admin import bank_acts, bank_queue, columns
from dues.admin.kept_file import find_file, forget_file, keep_file
from dues.admin.pages import REFUSED, task_page
from dues.banking import (
    find_known,
    find_waiting,
    foresee_import,
    import_statements,
    with_used,
)
from dues.booking import book_certain
from dues.forms.bank import StatementFileForm
from dues.models import BankLine, BankStatement, Payment, Payout
from dues.statements import Statement
from members.access import person
from wego import seoul
from wego.admin.pages import show
from wego.templatetags.ui import day

if TYPE_CHECKING:
    _StatementAdmin = admin.ModelAdmin[BankStatement]
else:
    _StatementAdmin = admin.ModelAdmin

LOOK, ADD, BOOK = "dues.view_bankstatement", "dues.add_bankstatement", "dues.change_bankline"
PER_PAGE = 200


@admin.register(BankStatement)
class StatementAdmin(_StatementAdmin):
    """The statements that were taken in; the ways to take in another hang here too."""

    change_list_template = "admin/dues/bank/list.html"
    list_display = ("name", "account", "period", "lines_figure", "file_name", "imported_at")
    list_display_links = ("name",)
    list_filter = ("account", "currency")
    search_fields = ("account", "reference", "file_name")
    search_help_text = gettext_lazy("Account, number of the statement or name of the file")
    list_per_page = 100
    actions = None
    show_full_result_count = False
    empty_text = gettext_lazy(
        "Take in the file that the bank gives for the organisation's account."
    )
    empty_url_name = "admin:dues_bankstatement_upload"
    empty_action = gettext_lazy("Take in a statement")

    def get_queryset(self, request: HttpRequest) -> QuerySet[BankStatement]:
        """With how many lines each added."""
        return super().get_queryset(request).annotate(line_count=Count("lines"))

    @admin.display(description=gettext_lazy("Statement"), ordering="pk")
    def name(self, statement: BankStatement) -> str:
        """The bank's number of it, or the file's name."""
        return statement.reference or statement.file_name

    @admin.display(description=gettext_lazy("Period"), ordering="closed_on")
    def period(self, statement: BankStatement) -> str:
        """From when to when."""
        return period_of(statement)

    @admin.display(description=gettext_lazy("Lines"), ordering="line_count")
    def lines_figure(self, statement: Any) -> str:  # noqa: ANN401 with what the query added
        """How many lines it added."""
        return f"{statement.line_count:,}"

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 Django's signature
        """A file is the only way a statement comes to be."""
        return False

    def has_change_permission(
        self,
        request: HttpRequest,  # noqa: ARG002 Django's signature
        obj: BankStatement | None = None,  # noqa: ARG002 Django's signature
    ) -> bool:
        """Nobody changes what the bank said."""
        return False

    def has_delete_permission(
        self,
        request: HttpRequest,  # noqa: ARG002 Django's signature
        obj: BankStatement | None = None,  # noqa: ARG002 Django's signature
    ) -> bool:
        """Nobody deletes it either."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """Our own page for one statement, and the steps of taking one in."""
        pages = (
            ("upload/", upload, "upload", ADD),
            ("columns/", columns.choose_columns, "columns", ADD),
            ("preview/", preview, "preview", ADD),
            ("import/", take_in, "import", ADD),
            ("<int:pk>/change/", show_statement, "change", LOOK),
        )
        return [
            *(
                path(
                    address,
                    task_page(view, permission=permission),
                    name=f"dues_bankstatement_{name}",
                )
                for address, view, name, permission in pages
            ),
            *super().get_urls(),
        ]

    def get_task_urls(self) -> list[URLPattern]:
        """The bank queue and its acts."""
        pages = (
            ("", bank_queue.show_queue, "dues_bank_queue"),
            ("<int:pk>/accept/", bank_acts.accept, "dues_bank_accept"),
            ("<int:pk>/book/", bank_acts.book, "dues_bank_book"),
            ("<int:pk>/aside/", bank_acts.set_aside, "dues_bank_aside"),
            ("undo/<slug:what>/<int:pk>/", bank_acts.undo, "dues_bank_undo"),
        )
        return [
            path(f"dues/bank/{address}", task_page(view, permission=BOOK), name=name)
            for address, view, name in pages
        ]


def period_of(statement: BankStatement) -> str:
    """From when to when a statement goes; one day is said once."""
    days = [each for each in (statement.opened_on, statement.closed_on) if each]
    return " – ".join(dict.fromkeys(map(day, days))) or "–"


def upload(request: HttpRequest) -> HttpResponse:
    """Hand in the bank's file; it is read at once and nothing is written."""
    posted = request.method == "POST"
    form = StatementFileForm(*(request.POST, request.FILES) if posted else ())
    if posted and form.is_valid():
        try:
            kept = keep_file(request, form.cleaned_data["file"])
            kept.read_statements()
        except ValidationError as error:
            if getattr(error, "code", "") == "mapping":
                return redirect("admin:dues_bankstatement_columns")
            forget_file(request)
            form.add_error("file", error)
        else:
            return redirect("admin:dues_bankstatement_preview")
    return show(
        request,
        "admin/dues/bank/upload.html",
        title=_("Take in a bank statement"),
        form=form,
        status=REFUSED if posted else 200,
    )


def preview(request: HttpRequest) -> HttpResponse:
    """Every line of the file, which of them are new, and what looks odd; nothing is written."""
    kept = find_file(request)
    if kept is None:
        messages.info(request, _("Choose the bank's file first."))
        return redirect("admin:dues_bankstatement_upload")
    statements = kept.read_statements()
    result = foresee_import(statements)
    page = Paginator(lines_of(statements), PER_PAGE).get_page(request.GET.get("page"))
    return show(
        request,
        "admin/dues/bank/preview.html",
        title=_("What the file holds"),
        kept=kept,
        statements=statements,
        result=result,
        figures=result.as_json(),
        page=page,
        rows=mark_known(page, find_known(statements)),
        previous_url=f"?page={page.number - 1}",
        next_url=f"?page={page.number + 1}",
    )


def lines_of(statements: list[Statement]) -> list[Any]:
    """Every line with the statement it stands in."""
    return [(one, line) for one in statements for line in one.lines]


def mark_known(page: Page[Any], known: set[str]) -> list[dict[str, Any]]:
    """The lines of a page, each with whether it was taken in before."""
    return [
        {"statement": one, "line": line, "known": line.identity in known}
        for one, line in page.object_list
    ]


@require_POST
def take_in(request: HttpRequest) -> HttpResponse:
    """Take in the file that was shown, and book what is certain."""
    kept = find_file(request)
    if kept is None or request.POST.get("file") != kept.sha256:
        messages.error(request, _("Nothing was taken in: this is not the file shown. Look again."))
        return redirect("admin:dues_bankstatement_upload")
    by, today = person(request), seoul.today()
    result = import_statements(
        kept.read_statements(),
        file_name=kept.name,
        content_sha256=kept.sha256,
        on=today,
        by=by,
    )
    booked = book_certain(on=today, by=by)
    forget_file(request)
    messages.success(request, say_taken_in(result.new, result.known, booked))
    return redirect("admin:dues_bank_queue")


def say_taken_in(new: int, known: int, booked: list[Payment]) -> str:
    """What one press of the button did."""
    if not new:
        return ngettext(
            "Nothing was added: the %(count)s line was taken in before.",
            "Nothing was added: the %(count)s lines were taken in before.",
            known,
        ) % {"count": f"{known:,}"}
    added = ngettext("%(count)s line taken in.", "%(count)s lines taken in.", new)
    done = ngettext(
        "%(count)s payment booked by itself.",
        "%(count)s payments booked by themselves.",
        len(booked),
    )
    return f"{added % {'count': f'{new:,}'}} {done % {'count': f'{len(booked):,}'}}"


def show_statement(request: HttpRequest, pk: int) -> HttpResponse:
    """One statement: what the bank said, and what became of each line."""
    statement = get_object_or_404(BankStatement.objects.select_related("imported_by"), pk=pk)
    lines = with_used(statement.lines.all()).order_by("position", "pk")
    page = Paginator(lines, PER_PAGE).get_page(request.GET.get("page"))
    return show(
        request,
        "admin/dues/bank/statement.html",
        title=_("Statement %(name)s") % {"name": statement.reference or statement.file_name},
        statement=statement,
        period=period_of(statement),
        page=page,
        rows=tell_lines(list(page.object_list)),
        waiting=find_waiting(statement.lines.all()).count(),
        previous_url=f"?page={page.number - 1}",
        next_url=f"?page={page.number + 1}",
        may_book=request.user.has_perm("dues.add_payment"),
    )


def tell_lines(lines: list[BankLine]) -> list[dict[str, Any]]:
    """The lines with what each became, in three queries."""
    keys = [line.pk for line in lines]
    waiting = set(find_waiting(BankLine.objects.filter(pk__in=keys)).values_list("pk", flat=True))
    standing = {"entries__kind": "payment", "entries__reversal_of__isnull": True}
    payments = Payment.objects.filter(bank_line__in=keys, **standing).select_related("member")
    payouts = Payout.objects.filter(bank_line__in=keys, entry__reversal_of__isnull=True)
    booked: dict[int | None, list[Any]] = {}
    for payment in payments.order_by("pk"):
        booked.setdefault(payment.bank_line_id, []).append(payment)
    for payout in payouts.select_related("refund__payment__member"):
        booked.setdefault(payout.bank_line_id, []).append(payout.refund.payment)
    return [
        {"line": line, "waits": line.pk in waiting, "booked": booked.get(line.pk, [])}
        for line in lines
    ]
