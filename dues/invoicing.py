"""Issuing: the one act that turns a preview into numbered invoices, wholly or not at all.

The number series' row is the lock: whoever holds it issues, everybody else waits and then finds
the work done. Numbers are given in that same transaction, so a rolled-back run leaves no gap.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _
from stdnum.iso7064 import mod_97_10

from dues.assessment import MONTHS, Schedule, Sourced
from dues.fees import Cell
from dues.ledger import entry_of_invoice, refuse_locked
from dues.models import DuesRun, Entry, Invoice, InvoiceSeries, IssuerProfile
from dues.preview import Line, Preview, preview_dues
from members.models import Member, User, country_names
from wego import audit
from wego.money import USD, display, plain
from wego.webhooks.announcing import announce_all, new_happening
from wego.webhooks.rows import Happening

BATCH = 500
FIRST_YEAR, LAST_YEAR = 2010, 2199


@dataclass(frozen=True, slots=True)
class IssueResult:
    """What one act of issuing did; the numbers are empty when it issued nothing."""

    preview: Preview
    issued: int
    already_issued: int
    first_number: str = ""
    last_number: str = ""


def invoice_number(year: int, sequence: int) -> str:
    """`WEGO-2020-0001`: gapless within a dues year."""
    return f"WEGO-{year}-{sequence:04d}"


def payment_reference(number: str) -> str:
    """The ISO 11649 creditor reference of an invoice number, with its check digits."""
    body = number.replace("-", "")
    return f"RF{mod_97_10.calc_check_digits(f'{body}RF')}{body}"


def default_days(year: int, issuer: IssuerProfile) -> tuple[dt.date, dt.date]:
    """Issue day and due day of a dues year by the settings (S7)."""
    return (
        dt.date(year, issuer.issue_month, issuer.issue_day),
        dt.date(year, issuer.due_month, issuer.due_day),
    )


def lock_series(year: int) -> int:
    """Take the lock of a year's numbers until the transaction ends; the last number given."""
    InvoiceSeries.objects.bulk_create([InvoiceSeries(year=year)], ignore_conflicts=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE dues_invoiceseries SET last_number = last_number WHERE year = %s "
            "RETURNING last_number",
            [year],
        )
        row = cursor.fetchone()
    return int(row[0])


@transaction.atomic
def issue_dues(
    year: int,
    *,
    by: User | None,
    expected_hash: str | None = None,
    issued_on: dt.date | None = None,
    due_on: dt.date | None = None,
) -> IssueResult:
    """Issue an invoice to every priced member that has none for the year (R7, S7, X01).

    `expected_hash` is the preview a person saw; without it the world as it stands is issued.
    A second call issues nothing and changes nothing.

    Raises:
        ValidationError: the world changed since the preview, or the days make no sense.
    """
    check_year(year)
    last = lock_series(year)
    preview = preview_dues(year)
    if expected_hash and expected_hash != preview.hash:
        raise ValidationError(
            _(
                "Something changed since this preview was made (a figure, a status, a schedule or "
                "the settings), or the invoices were issued meanwhile. Nothing was issued: look "
                "at the new preview and issue again."
            ),
            code="world_changed",
        )
    already = len(preview.priced) - len(preview.to_issue)
    if not preview.to_issue:
        return IssueResult(preview=preview, issued=0, already_issued=already)
    return issue_preview(preview, last=last, by=by, issued_on=issued_on, due_on=due_on)


def issue_preview(
    preview: Preview,
    *,
    last: int,
    by: User | None,
    issued_on: dt.date | None,
    due_on: dt.date | None,
    file: Member | None = None,
) -> IssueResult:
    """Write the run, the invoices and the entries of what a preview has to issue.

    The caller holds the lock of the year's series, whose last number is `last`. `file` is the
    member on whose file the act shows, where it is about one alone.

    Raises:
        ValidationError: the days make no sense.
    """
    year, count = preview.year, len(preview.to_issue)
    run = open_run(preview, by=by, issued_on=issued_on, due_on=due_on)
    rows = build_invoices(preview, run, after=last)
    while batch := list(islice(rows, BATCH)):
        Invoice.objects.bulk_create(batch)
        Entry.objects.bulk_create(entry_of_invoice(invoice, by=by) for invoice in batch)
        announce_all(map(tell_issue, batch))
    InvoiceSeries.objects.filter(year=year).update(last_number=last + count)
    result = IssueResult(
        preview=preview,
        issued=count,
        already_issued=len(preview.priced) - count,
        first_number=invoice_number(year, last + 1),
        last_number=invoice_number(year, last + count),
    )
    note_issue(run, result, by=by, file=file)
    return result


def tell_issue(invoice: Invoice) -> Happening:
    """What other systems are told of an issued invoice; not stored."""
    facts = {
        "invoice": invoice.number,
        "member": invoice.member_id,
        "dues_year": invoice.dues_year,
        "amount": {"amount": plain(invoice.amount_cents), "currency": invoice.currency},
        "due_on": invoice.due_on.isoformat(),
    }
    return new_happening("invoice.issued", facts, file=Member(pk=invoice.member_id))


def note_issue(
    run: DuesRun, result: IssueResult, *, by: User | None, file: Member | None = None
) -> None:
    """Leave who issued how much in the audit trail."""
    facts = {
        "year": run.dues_year,
        "invoices": result.issued,
        "from": result.first_number,
        "to": result.last_number,
        "total": display(run.total_cents),
        "issued_on": run.issued_on.isoformat(),
        "due_on": run.due_on.isoformat(),
    }
    audit.record_act("dues.issued", by=by, subject=run, file=file, facts=facts)


def check_year(year: int) -> None:
    """Refuse a year that cannot be a dues year."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValidationError(
            _("%(year)s is no dues year: enter a year from %(first)s to %(last)s.")
            % {"year": year, "first": FIRST_YEAR, "last": LAST_YEAR},
            code="year",
        )


def open_run(
    preview: Preview, *, by: User | None, issued_on: dt.date | None, due_on: dt.date | None
) -> DuesRun:
    """The record of this act of issuing.

    Raises:
        ValidationError: due before issued, or issued in a locked period.
    """
    default_issue, default_due = default_days(preview.year, preview.issuer)
    issued, due = issued_on or default_issue, due_on or default_due
    refuse_locked(issued)
    if due < issued:
        raise ValidationError(
            _("The due day %(due)s lies before the issue day %(issued)s.")
            % {"due": due.isoformat(), "issued": issued.isoformat()},
            code="due_before_issue",
        )
    return DuesRun.objects.create(
        dues_year=preview.year,
        issued_on=issued,
        due_on=due,
        preview_hash=preview.hash,
        invoice_count=len(preview.to_issue),
        total_cents=preview.to_issue_cents,
        issued_by=by,
    )


def build_invoices(preview: Preview, run: DuesRun, *, after: int) -> Iterator[Invoice]:
    """The year's new invoices with consecutive numbers, one at a time."""
    english, korean = country_names("en"), country_names("ko")
    voided = find_voided(preview.year)
    issuer = issuer_data(preview.issuer)
    for sequence, line in enumerate(preview.to_issue, start=after + 1):
        number = invoice_number(preview.year, sequence)
        reference = payment_reference(number)
        code = line.party.country_code
        yield Invoice(
            number=number,
            dues_year=preview.year,
            sequence=sequence,
            member_id=line.party.pk,
            run=run,
            schedule_id=pricing_of(line)[0].pk,
            amount_cents=line.amount_cents,
            currency=USD,
            reference=reference,
            issued_on=run.issued_on,
            due_on=run.due_on,
            replaces_id=voided.get(line.party.pk),
            snapshot={
                "schema": 1,
                "language": line.party.language,
                "number": number,
                "reference": reference,
                "dues_year": preview.year,
                "issued_on": run.issued_on.isoformat(),
                "due_on": run.due_on.isoformat(),
                "amount_cents": line.amount_cents,
                "currency": USD,
                "member": {
                    "name_en": line.party.name_en,
                    "name_ko": line.party.name_ko,
                    "kind": line.party.kind,
                    "country_code": code,
                    "country_en": english.get(code, code),
                    "country_ko": korean.get(code, code),
                    "address": line.party.address.splitlines(),
                    "attention": "",
                },
                "basis": basis_data(line),
                **lowered_data(line),
                "portal_url": f"{settings.PUBLIC_URL}/portal/invoices/{number}/",
                **issuer,
            },
        )


def find_voided(year: int) -> dict[int, int]:
    """The last invoice of each member that was issued for a year and is void, as keys (X04)."""
    rows = Invoice.objects.filter(dues_year=year, replaced_by__isnull=True)
    return dict(rows.order_by("sequence").values_list("member_id", "pk"))


def issuer_data(issuer: IssuerProfile) -> dict[str, Any]:
    """The printed facts of the issuer: letterhead, bank, foot line."""
    return {
        "issuer": {
            "name_en": issuer.name_en,
            "name_ko": issuer.name_ko,
            "address_en": issuer.address_en.splitlines(),
            "address_ko": issuer.address_ko.splitlines(),
            "email": issuer.email,
            "phone": issuer.phone,
            "website": issuer.website,
        },
        "bank": {
            "beneficiary": issuer.beneficiary,
            "bank_name": issuer.bank_name,
            "bank_address": issuer.bank_address,
            "account": issuer.bank_account,
            "swift": issuer.bank_swift,
        },
        "note": issuer.note,
        "demo": issuer.is_demo,
    }


def pricing_of(line: Line) -> tuple[Schedule, Cell, Sourced]:
    """Schedule, cell and column figure of a priced line; no other line can be invoiced."""
    found = line.assessment
    if found.schedule is None or found.cell is None or found.column is None:
        raise TypeError(f"{line.party.name_en} is not priced")
    return found.schedule, found.cell, found.column


def basis_data(line: Line) -> dict[str, Any]:
    """What the amount was priced from: schedule, figures, bands; `months` where not all 12."""
    schedule, cell, column = pricing_of(line)
    row, months = line.assessment.row, line.assessment.months
    part = {"months": months} if months < MONTHS else {}
    return part | {
        "schedule": {
            "id": schedule.pk,
            "name_en": schedule.name_en,
            "name_ko": schedule.name_ko,
            "source": schedule.source,
            "first_dues_year": schedule.first_dues_year,
        },
        "column": figure_data(schedule.table.column_measure, column, cell.column_band),
        "row": figure_data(schedule.table.row_measure, row, cell.row_band) if row else None,
    }


def lowered_data(line: Line) -> dict[str, Any]:
    """What is printed besides the fee: the decided reduction (S17), and credit on account (X06).

    Neither is there on an invoice that has none; a credit changes no amount.
    """
    found = line.assessment
    data: dict[str, Any] = {}
    if lowering := found.lowering:
        data["reduction"] = {
            "id": lowering.pk,
            "fee_cents": found.fee_cents,
            "cents": found.off_cents,
            "percent": lowering.percent,
            "reason": lowering.reason,
            "decided_on": lowering.decided_on.isoformat(),
            "decided_by": lowering.decided_by,
            "reference": lowering.reference,
        }
    return data | ({"credit_cents": line.credit_cents} if line.credit_cents > 0 else {})


def figure_data(
    measure: str, figure: Sourced, band: tuple[int, int | None] | None
) -> dict[str, Any]:
    """A figure as it is printed and kept: value, half-open band, source."""
    value = f"{figure.value:.2f}" if measure == "gdp_ppp_per_capita" else str(figure.value)
    return {
        "measure": measure,
        "value": value,
        "band": list(band) if band else None,
        "source": figure.source,
        "source_year": figure.source_year,
        "definition": figure.definition,
    }
