"""What an issued invoice says, as names and values for its page. All of it is from the snapshot."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from dues.explained import read_reduction
from dues.models import Invoice
from dues.wording import band_words, figure_words
from members.models import Kind, Language
from wego import reader
from wego.money import display
from wego.numbers import parse_figure
from wego.templatetags.ui import day, figure, moment

Pairs = list[tuple[str, Any]]


def facts_of(invoice: Invoice) -> dict[str, Any]:
    """Everything printed on the invoice and everything recorded about it."""
    snapshot = invoice.snapshot
    return {
        "member_name": in_reader_language(snapshot["member"], "name"),
        "schedule_name": in_reader_language(snapshot["basis"]["schedule"], "name"),
        "schedule_source": snapshot["basis"]["schedule"]["source"],
        "schedule_first_year": snapshot["basis"]["schedule"]["first_dues_year"],
        "invoice_facts": invoice_facts(invoice),
        "member_facts": member_facts(snapshot["member"]),
        "basis_facts": [*basis_facts(snapshot["basis"]), *reduction_facts(invoice)],
        "printed_facts": filled(printed_facts(snapshot)),
        "proof_facts": proof_facts(invoice),
    }


def in_reader_language(facts: dict[str, Any], name: str) -> str:
    """`name_ko` or `name_en` of printed facts, whichever the reader reads and is filled."""
    return reader.choose(facts[f"{name}_en"], facts[f"{name}_ko"])


def filled(pairs: Pairs) -> Pairs:
    """The pairs that say something."""
    return [(name, value) for name, value in pairs if value]


def in_fours(reference: str) -> str:
    """An ISO 11649 reference as it is printed."""
    return " ".join(reference[start : start + 4] for start in range(0, len(reference), 4))


def invoice_facts(invoice: Invoice) -> Pairs:
    """Number, year, days, amount, reference."""
    return [
        (_("Number"), invoice.number),
        (_("Dues year"), invoice.dues_year),
        (_("Amount"), display(invoice.amount_cents, invoice.currency)),
        (_("Issued on"), day(dt.date.fromisoformat(invoice.snapshot["issued_on"]))),
        (_("Due on"), day(dt.date.fromisoformat(invoice.snapshot["due_on"]))),
        (_("Payment reference"), in_fours(invoice.reference)),
        (_("Language"), dict(Language.choices)[invoice.snapshot["language"]]),
    ]


def member_facts(party: dict[str, Any]) -> Pairs:
    """Who was invoiced, as printed that day."""
    return filled(
        [
            (_("Name in English"), party["name_en"]),
            (_("Name in Korean"), party["name_ko"]),
            (_("Kind"), Kind(party["kind"]).label),
            (_("Country"), in_reader_language(party, "country")),
            (_("Address"), ", ".join(party["address"])),
            (_("Attention"), party["attention"]),
        ]
    )


def basis_facts(basis: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The figures the amount was priced from, each with its band and source."""
    for axis in ("column", "row"):
        if fact := basis[axis]:
            lower, upper = fact["band"]
            band = _("band %(band)s") % {"band": band_words(fact["measure"], (lower, upper))}
            source = filter(None, [fact["source"], fact["source_year"], fact["definition"]])
            yield (
                figure_words(fact["measure"], parse_figure(fact["value"])),
                f"{band}; {', '.join(map(str, source))}",
            )
    if months := basis.get("months"):
        yield _("Part of the year"), _("%(months)s of 12 months") % {"months": months}


def reduction_facts(invoice: Invoice) -> Iterator[tuple[str, str]]:
    """The fee, and what a decision took off it (S17)."""
    if reduction := read_reduction(invoice):
        yield _("Fee by the table"), display(reduction["fee_cents"], invoice.currency)
        yield (
            _("Reduction"),
            _("%(off)s by %(decision)s: %(reason)s")
            % {name: reduction[name] for name in ("off", "decision", "reason")},
        )


def printed_facts(snapshot: dict[str, Any]) -> Pairs:
    """Letterhead, bank details and foot line as they were printed."""
    issuer, bank = snapshot["issuer"], snapshot["bank"]
    contact = [issuer["email"], issuer["phone"], issuer["website"]]
    asked = _("none: the invoice asks the payer to write for them")
    return [
        (_("Issuer"), in_reader_language(issuer, "name")),
        (_("Address"), ", ".join(in_reader_lines(issuer))),
        (_("Contact"), " · ".join(filter(None, contact))),
        (_("Bank details"), "" if any(bank.values()) else asked),
        (_("Account holder"), bank["beneficiary"]),
        (_("Bank"), ", ".join(filter(None, [bank["bank_name"], bank["bank_address"]]))),
        (_("Account number"), bank["account"]),
        (_("SWIFT/BIC"), bank["swift"]),
        (_("Foot line"), snapshot["note"]),
        (
            _("Credit on account printed"),
            display(snapshot["credit_cents"]) if "credit_cents" in snapshot else "",
        ),
        (_("Demonstration"), _("yes: printed as not payable") if snapshot["demo"] else ""),
    ]


def in_reader_lines(issuer: dict[str, Any]) -> list[str]:
    """The address of the letterhead in the reader's language."""
    lines: list[str] = issuer[f"address_{reader.language()}"]
    return lines


def proof_facts(invoice: Invoice) -> Pairs:
    """Who issued it and when; the hash that proves its document."""
    run, document = invoice.run, getattr(invoice, "document", None)
    by = str(run.issued_by) if run.issued_by else _("the command line")
    pairs: Pairs = [
        (_("Issued by"), by),
        (_("Issued"), moment(run.issued_at)),
        (
            _("Run"),
            _("no. %(run)s, %(count)s invoices")
            % {"run": run.pk, "count": figure(run.invoice_count)},
        ),
    ]
    if document:
        pairs += [
            (_("PDF made"), moment(document.rendered_at)),
            (_("PDF size"), _("%(size)s bytes") % {"size": figure(document.size)}),
            (_("PDF SHA-256"), document.sha256),
            (_("Made with"), document.renderer),
        ]
    return pairs
