"""The paper of a credit note, written with it and mailed to who pays (X04)."""

from dataclasses import dataclass

from dues.correspondence import write_to_payer
from dues.ledger import owner_of
from dues.models import CreditNote, Entry, EntryKind, Invoice, Paper, PaperKind
from dues.papers import write_paper
from members.models import User
from wego.money import display


def write_credit_paper(note: CreditNote, *, before_cents: int, by: User | None) -> Paper:
    """Write the paper of a credit note in the same transaction, and the mail that brings it.

    `before_cents` is what was credited of the invoice earlier (US cents). A duplicate's goes to
    the member it was merged into; it names whom the invoice names.
    """
    invoice, member = note.invoice, owner_of(note.invoice.member)
    printed = invoice.snapshot["member"]
    paid = Entry.objects.filter(invoice=invoice, kind=EntryKind.ALLOCATION)
    paper = write_paper(
        PaperKind.CREDIT_NOTE,
        member=member,
        language=member.language,
        snapshot={
            "number": note.number,
            "kind": note.kind,
            "invoice": invoice.number,
            "invoice_issued_on": invoice.issued_on.isoformat(),
            "dues_year": invoice.dues_year,
            "name_en": printed["name_en"],
            "name_ko": printed["name_ko"],
            "invoiced_cents": invoice.amount_cents,
            "before_cents": before_cents,
            "cents": note.amount_cents,
            "reason": note.reason,
            "decided_on": note.decided_on.isoformat() if note.decided_on else "",
            "decided_by": note.decided_by,
            "decision_reference": note.decision_reference,
            "was_paid": paid.exists(),
        },
        on=note.issued_on,
        by=by,
    )
    rest = invoice.amount_cents - before_cents - note.amount_cents
    facts = {
        "number": note.number,
        "invoice": invoice.number,
        "amount": display(note.amount_cents, invoice.currency),
        "rest": display(rest, invoice.currency),
        "reason": note.reason,
        "link": invoice.snapshot["portal_url"],
    }
    write_to_payer("credit_note", member, facts, paper=paper)
    return paper


@dataclass(frozen=True)
class Credited:
    """A credit note of an invoice and its paper; none was written before there were papers."""

    note: CreditNote
    paper: Paper | None


def credits_of(invoice: Invoice) -> list[Credited]:
    """The credit notes of an invoice in order, with their papers: two queries."""
    notes = list(invoice.credit_notes.order_by("pk"))
    if not notes:
        return []
    member = owner_of(invoice.member)
    papers = Paper.objects.filter(
        kind=PaperKind.CREDIT_NOTE,
        member__in=[invoice.member_id, member.pk],
        snapshot__facts__invoice=invoice.number,
    )
    by_number = {
        paper.snapshot["facts"]["number"]: paper for paper in papers.select_related("document")
    }
    return [Credited(note, by_number.get(note.number)) for note in notes]
