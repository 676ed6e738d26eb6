"""The statement of account as a paper: written with all it prints, in the member's language."""

import datetime as dt
from typing import Any

from django.db import transaction

from dues.ledger import lock_account
from dues.models import Paper, PaperKind
from dues.papers import write_paper
from dues.statement import Line, Statement, read_statement
from members.models import Member, User
from wego import audit


@transaction.atomic
def write_statement(
    member: Member,
    *,
    first: dt.date,
    last: dt.date,
    on: dt.date,
    by: User | None,
    goes_with: Paper | None = None,
) -> Paper:
    """The statement of a member's account in a period; the worker makes its PDF.

    One that says the same and was written on the same day is that paper, not a second one, unless
    it is to be enclosed.

    Raises:
        ValidationError: the period ends before it begins.
    """
    owner = lock_account(member)
    snapshot = facts_of(read_statement(owner, first=first, last=last))
    if goes_with is None and (known := find_same(owner, snapshot, on)):
        return known
    paper = write_paper(
        PaperKind.STATEMENT,
        member=owner,
        language=owner.language,
        snapshot=snapshot,
        on=on,
        by=by,
        goes_with=goes_with,
    )
    facts = {"first": first.isoformat(), "last": last.isoformat()}
    audit.record_act("statement.written", by=by, subject=paper, file=owner, facts=facts)
    return paper


def find_same(owner: Member, snapshot: dict[str, Any], on: dt.date) -> Paper | None:
    """A statement of the same day that prints the same."""
    papers = Paper.objects.filter(
        kind=PaperKind.STATEMENT,
        member=owner,
        language=owner.language,
        issued_on=on,
        goes_with__isnull=True,
    )
    return next((paper for paper in papers if paper.snapshot["facts"] == snapshot), None)


def facts_of(statement: Statement) -> dict[str, Any]:
    """Everything a statement prints, as JSON."""
    return {
        "first": statement.first.isoformat(),
        "last": statement.last.isoformat(),
        "opening_cents": statement.opening_cents,
        "debit_cents": statement.debit_cents,
        "credits_cents": statement.credits_cents,
        "closing_cents": statement.closing_cents,
        "open_cents": statement.open_cents,
        "credit_cents": statement.credit_cents,
        "refunds_cents": statement.refunds_cents,
        "lines": [line_facts(line) for line in statement.lines],
        "open": [
            {
                "number": invoice.number,
                "dues_year": invoice.dues_year,
                "due_on": invoice.due_on.isoformat(),
                "amount_cents": invoice.amount_cents,
                "open_cents": invoice.open_cents,
            }
            for invoice in statement.open_invoices
        ],
    }


def line_facts(line: Line) -> dict[str, Any]:
    """One document on the account."""
    return {
        "on": line.on.isoformat(),
        "kind": str(line.kind),
        "taken_back": line.taken_back,
        "number": line.number,
        "invoice": line.invoice,
        "dues_year": line.dues_year,
        "received_on": line.received_on.isoformat() if line.received_on else "",
        "owed_cents": line.owed_cents,
        "balance_cents": line.balance_cents,
    }
