"""The step that only a CSV needs: which of its columns says what, with its first rows in sight."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from dues.admin.kept_file import KeptFile, find_file, remember_file
from dues.admin.pages import REFUSED
from dues.forms.columns import ColumnsForm
from dues.preview import load_issuer
from dues.statements import CsvMapping, suggest_mapping
from dues.statements.guessing import best_delimiter, find_header, rows_by
from dues.statements.texts import decode
from wego.admin.pages import show
from wego.money import USD

ROWS_SHOWN = 5


def choose_columns(request: HttpRequest) -> HttpResponse:
    """Guess, show the first rows, take what is chosen; a file that cannot be read so says why."""
    kept = find_file(request)
    if kept is None:
        messages.info(request, _("Choose the bank's file first."))
        return redirect("admin:dues_bankstatement_upload")
    guess, questions, rows = look_at_table(kept)
    headings = rows[guess.header_row - 1] if guess.header_row else [""] * max(map(len, rows))
    posted = request.method == "POST"
    form = ColumnsForm(headings, kept.mapping or guess, request.POST if posted else None)
    if posted and form.is_valid():
        chosen = replace(kept, mapping=form.mapping())
        try:
            chosen.read_statements()
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            remember_file(request, chosen)
            return redirect("admin:dues_bankstatement_preview")
    return show(
        request,
        "admin/dues/bank/columns.html",
        title=_("Which column says what"),
        kept=kept,
        form=form,
        questions=[] if posted else questions,
        headings=headings if guess.header_row else [],
        rows=rows[guess.header_row : guess.header_row + ROWS_SHOWN],
        status=REFUSED if posted else 200,
    )


def look_at_table(kept: KeptFile) -> tuple[CsvMapping, tuple[str, ...], list[list[str]]]:
    """A guess, what to ask, and the rows; our account is that of the invoice settings.

    Raises:
        ValidationError: the file is no table.
    """
    content = kept.read()
    account = load_issuer().bank_account
    suggestion = suggest_mapping(content, own_account=account, own_currency=USD)
    text, encoding, _warnings = decode(content)
    delimiter = best_delimiter(text)
    rows = rows_by(text, delimiter)
    bare = CsvMapping(
        booked_on="",
        own_account=account,
        own_currency=USD,
        header_row=find_header(rows),
        delimiter=delimiter,
        encoding=encoding,
        date_format="",
    )
    return suggestion.mapping or bare, suggestion.questions, rows
