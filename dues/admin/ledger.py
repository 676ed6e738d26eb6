"""The books: where finance finds every report, and their addresses."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from dues.admin.books import (
    aging_page,
    board_page,
    cash_page,
    journal_page,
    meeting_pages,
    numbers_page,
    statement_page,
)
from dues.admin.pages import task_page
from dues.board import find_newest_entry, read_held
from dues.models import Entry
from wego import seoul
from wego.admin.pages import PagesAdmin, show

TASKS = (
    ("year/<int:year>/board/", board_page.show_board, "dues_year_board"),
    ("books/aging/", aging_page.show_aging, "dues_aging"),
    ("books/aging/<str:what>/", aging_page.download_aging, "dues_aging_file"),
    ("books/statement/<int:member>/", statement_page.show_statement, "dues_statement"),
    (
        "books/statement/<int:member>/<str:what>/",
        statement_page.download_statement,
        "dues_statement_file",
    ),
    ("books/cash/", cash_page.show_cash, "dues_cash"),
    ("books/cash/<str:what>/", cash_page.download_cash, "dues_cash_file"),
    ("books/numbers/", numbers_page.show_numbers, "dues_numbers"),
    ("books/ledger/", journal_page.show_journal, "dues_journal"),
    ("books/ledger/<str:what>/", journal_page.download_journal, "dues_journal_file"),
    ("books/fees/", meeting_pages.show_fees, "dues_fees_paper"),
    ("books/arrears/", meeting_pages.show_arrears, "dues_arrears_paper"),
)


def show_books(request: HttpRequest) -> HttpResponse:
    """What members owe and are owed today, and every report."""
    return show(
        request,
        "admin/dues/books/books.html",
        title=_("Books"),
        held=read_held(seoul.today(), newest=find_newest_entry()),
        today=seoul.today(),
    )


@admin.register(Entry)
class EntryAdmin(PagesAdmin):
    """Entries are posted by rules and read in reports."""

    pages = (path("", task_page(show_books), name="dues_entry_changelist"),)

    def get_task_urls(self) -> list[URLPattern]:
        """The reports."""
        return [path(f"dues/{where}", task_page(view), name=name) for where, view, name in TASKS]
