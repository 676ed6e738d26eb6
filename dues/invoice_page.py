"""The page of an invoice: every printed fact of a snapshot, as HTML for the printer.

Pure: no clock, no database, no setting and no reader's language; the same snapshot gives the same
page for ever. Korean invoices print Korean first and English beside it.
"""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import segno
from django.template.loader import get_template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from dues.phrases import PHRASES
from wego.money import display
from wego.typography import cut, printed, width
from wego.words import amount_in_english, amount_in_korean

# The layout's own version: raised when the same snapshot would print differently.
LAYOUT = "invoice 1"
ASSETS = Path(__file__).resolve().parent.parent / "templates" / "dues" / "pdf"
# How far down the page (mm) the fixed areas end.
LIMITS = {
    "end-of-address": 87.0,
    "end-of-charge": 153.0,
    "end-of-basis": 216.0,
    "end-of-payment": 265.0,
    "end-of-note": 279.5,
}
MONTHS = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)
# Phrases without a fact in them, as the template names them.
PLAIN = (
    *("invoice", "demo", "to", "description", "amount", "total"),
    *("basis", "measure", "figure", "band", "reading"),
    *("payment", "no_bank", "charges", "portal", "contact"),
)
# Sizes of names and addresses: the widest name and the most lines that each holds.
NAME_SIZES = (("", 34, 4), ("middle", 64, 6))
WIDEST_LINE = 55
WIDEST_NOTE = 190
# Sources wider than these are set smaller, and smaller still; longer ones are cut, with a sign.
WIDEST_SOURCE = 75
WIDER_SOURCE = 115
LONGEST_SOURCE = 118
LONGEST_SCHEDULE_SOURCE = 90
# What a decision says of itself beside a reduction, on one line.
LONGEST_BODY, LONGEST_DECISION = 20, 40


class Row(NamedTuple):
    """One labelled fact."""

    name: str
    label: SafeString
    value: str


class Figure(NamedTuple):
    """One measure the amount was worked out from."""

    measure: SafeString
    value: SafeString
    band: SafeString
    source: SafeString


class _Speaker:
    """Says a fact in the language of the invoice: English, or Korean with English beside it."""

    def __init__(self, language: str) -> None:
        self.bilingual = language == "ko"

    def pair(self, en: str, ko: str) -> SafeString:
        """The same fact in both languages; once when they are written alike."""
        if not self.bilingual:
            return printed(en)
        if not ko or en == ko:
            return printed(en or ko)
        return format_html(
            '<span class="ko">{}</span> <span class="en">{}</span>', printed(ko), printed(en)
        )

    def say(
        self, key: str, in_korean: Mapping[str, str] | None = None, **fields: object
    ) -> SafeString:
        """A phrase filled with `fields`; `in_korean` replaces those that read differently there."""
        phrase = PHRASES[key]
        korean = {**fields, **(in_korean or {})}
        return self.pair(phrase.en.format(**fields), phrase.ko.format(**korean))

    def either(self, key: str, **fields: object) -> SafeString:
        """A phrase in the first language only: figures that both readers understand."""
        phrase = PHRASES[key]
        return printed((phrase.ko if self.bilingual else phrase.en).format(**fields))

    def date(self, iso: str) -> SafeString:
        """A calendar date, `15 Jan 2020` and `2020. 1. 15.`."""
        return self.pair(*date_words(iso))


def date_words(iso: str) -> tuple[str, str]:
    """A calendar date in English and in Korean."""
    day = dt.date.fromisoformat(iso)
    return (
        f"{day.day} {MONTHS[day.month - 1]} {day.year}",
        f"{day.year}. {day.month}. {day.day}.",
    )


def invoice_html(snapshot: Mapping[str, Any]) -> str:
    """The whole page of an invoice."""
    return get_template("dues/pdf/invoice.html").render({"page": page_of(snapshot)})


@cache
def stylesheet() -> str:
    """The CSS of the page."""
    return (ASSETS / "invoice.css").read_text()


@cache
def assets() -> dict[str, bytes]:
    """The pictures of the page, by the name the page calls them."""
    return {"mark.svg": (ASSETS / "mark.svg").read_bytes()}


def page_of(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """What the template places: labels, facts and figures, ready to print."""
    speaker = _Speaker(snapshot["language"])
    amount = display(snapshot["amount_cents"], snapshot["currency"])
    title = PHRASES["title"].en.format(number=snapshot["number"])
    return {
        "language": snapshot["language"],
        "title": title,
        "description": PHRASES["subject"].en.format(dues_year=snapshot["dues_year"]),
        # Midnight in Seoul of the day of issue: a document's date, not the printer's.
        "created": f"{snapshot['issued_on']}T00:00:00+09:00",
        "issuer": snapshot["issuer"],
        "issuer_lines": issuer_lines(snapshot),
        "t": labels(speaker, snapshot),
        "demo": snapshot["demo"],
        **addressee(speaker, snapshot),
        "facts": facts(speaker, snapshot),
        "amount": amount,
        **lines_of(speaker, snapshot),
        "words": speaker.pair(
            amount_in_english(snapshot["amount_cents"], snapshot["currency"]),
            amount_in_korean(snapshot["amount_cents"], snapshot["currency"]),
        ),
        "figures": figures(speaker, snapshot["basis"]),
        "basis_size": basis_size(snapshot["basis"]),
        "bank": bank_rows(speaker, snapshot),
        "has_bank": any(snapshot["bank"].values()),
        "qr": segno.make(snapshot["portal_url"], error="m").png_data_uri(scale=1, border=0),
        "portal_url": snapshot["portal_url"],
        "note": printed(snapshot["note"]) if snapshot["note"] else "",
        "note_size": "long" if width(snapshot["note"]) > WIDEST_NOTE else "",
        "contact": contact(snapshot["issuer"]),
        "number": snapshot["number"],
    }


def labels(speaker: _Speaker, snapshot: Mapping[str, Any]) -> dict[str, SafeString]:
    """Every fixed text of the page, in the invoice's language."""
    schedule = snapshot["basis"]["schedule"]
    year = snapshot["dues_year"]
    return {
        **{key: speaker.say(key) for key in PLAIN},
        "subject": speaker.say("subject", dues_year=year),
        "charge": say_charge(speaker, snapshot),
        "kind": speaker.say(snapshot["member"]["kind"]),
        "result": say_result(speaker, snapshot["basis"]),
        "schedule": speaker.say(
            "schedule",
            in_korean={"name": schedule["name_ko"] or schedule["name_en"]},
            name=schedule["name_en"],
            first_dues_year=schedule["first_dues_year"],
            source=cut(schedule["source"], LONGEST_SCHEDULE_SOURCE),
        ),
    }


def say_charge(speaker: _Speaker, snapshot: Mapping[str, Any]) -> SafeString:
    """What is charged: a whole dues year, or some months of it (S5, S15)."""
    year = snapshot["dues_year"]
    if months := snapshot["basis"].get("months"):
        return speaker.say("charge_part", dues_year=year, months=months)
    return speaker.say("charge", dues_year=year)


def lines_of(speaker: _Speaker, snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """The fee, what a decision takes off it (S17), and what could be set off (X06)."""
    currency = snapshot["currency"]
    reduction, credit = snapshot.get("reduction"), snapshot.get("credit_cents", 0)
    fee = reduction["fee_cents"] if reduction else snapshot["amount_cents"]
    return {
        "fee": display(fee, currency),
        "reduction": say_reduction(speaker, reduction) if reduction else "",
        "off": display(-reduction["cents"], currency) if reduction else "",
        "credit": say_credit(speaker, snapshot, credit) if credit else "",
        "charge_size": "full" if reduction or credit else "",
    }


def say_reduction(speaker: _Speaker, reduction: Mapping[str, Any]) -> SafeString:
    """The reduction and the decision it rests on, on a line for each language."""
    percent = reduction["percent"]
    phrase = PHRASES["reduction_percent" if percent else "reduction"]
    english, korean = date_words(reduction["decided_on"])
    body = cut(reduction["decided_by"], LONGEST_BODY)
    reference = cut(reduction["reference"], LONGEST_DECISION - width(body))
    decision = {"body": body, "reference": reference}
    said = PHRASES["decision"]
    return speaker.pair(
        f"{phrase.en.format(percent=percent)}: {said.en.format(day=english, **decision)}",
        f"{phrase.ko.format(percent=percent)}: {said.ko.format(day=korean, **decision)}",
    )


def say_credit(speaker: _Speaker, snapshot: Mapping[str, Any], credit: int) -> SafeString:
    """What is on the member's account, and what would be left to pay after setting it off."""
    currency, rest = snapshot["currency"], snapshot["amount_cents"] - credit
    said = display(credit, currency)
    if rest <= 0:
        return speaker.say("credit_covers", credit=said)
    return speaker.say("credit", credit=said, rest=display(rest, currency))


def say_result(speaker: _Speaker, basis: Mapping[str, Any]) -> SafeString:
    """How the figures lead to the amount."""
    if months := basis.get("months"):
        return speaker.say("result_part", months=months)
    return speaker.say("result" if basis["row"] else "result_single")


def issuer_lines(snapshot: Mapping[str, Any]) -> SafeString:
    """The letterhead's address, Korean and English on a bilingual page."""
    issuer = snapshot["issuer"]
    lines = list(issuer["address_en"])
    if snapshot["language"] == "ko":
        lines.append(" ".join(issuer["address_ko"]))
    return format_html_join(mark_safe("<br/>"), "{}", ((printed(line),) for line in lines if line))


def addressee(speaker: _Speaker, snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """Who the invoice is for, how large to set it, and whether its address runs on in lines."""
    member = snapshot["member"]
    korean = member["name_ko"] if speaker.bilingual else ""
    lines = [line.strip() for line in member["address"] if line.strip()]
    size = size_of(member["name_en"], korean, lines)
    if size == "long":
        lines = [", ".join(lines)] if lines else []
    attention = member["attention"]
    return {
        "size": size,
        "member_en": printed(member["name_en"]),
        # 귀중: "to", said to an organisation.
        "member_ko": printed(f"{korean} 귀중") if korean else "",
        "member_lines": [
            *([speaker.either("attention", attention=attention)] if attention else []),
            *(printed(line) for line in lines),
            speaker.pair(member["country_en"], member["country_ko"]),
        ],
    }


def size_of(name_en: str, name_ko: str, lines: list[str]) -> str:
    """How large names and address are set, so that the address keeps its area."""
    widest = max(width(name_en), width(name_ko) * 1.2)
    rows = sum(1 + width(line) // WIDEST_LINE for line in lines)
    for size, name, most in NAME_SIZES:
        if widest <= name and rows <= most:
            return size
    return "long"


def facts(speaker: _Speaker, snapshot: Mapping[str, Any]) -> list[Row]:
    """Number, dates and reference, at the top right."""
    values = {
        "number": printed(snapshot["number"]),
        "issued_on": speaker.date(snapshot["issued_on"]),
        "due_on": speaker.date(snapshot["due_on"]),
        "reference": printed(in_fours(snapshot["reference"])),
    }
    return [Row(name, speaker.say(name), value) for name, value in values.items()]


def in_fours(reference: str) -> str:
    """`RF18 WEGO 2020 0001`: ISO 11649 prints a reference in groups of four."""
    return " ".join(reference[start : start + 4] for start in range(0, len(reference), 4))


def figures(speaker: _Speaker, basis: Mapping[str, Any]) -> list[Figure]:
    """The figures the amount was worked out from, with their bands and sources."""
    return [figure(speaker, basis[axis]) for axis in ("column", "row") if basis[axis]]


def basis_size(basis: Mapping[str, Any]) -> str:
    """How large sources are set, so that the working keeps its area."""
    widest = max(width(basis[axis]["source"]) for axis in ("column", "row") if basis[axis])
    return "" if widest <= WIDEST_SOURCE else "long" if widest <= WIDER_SOURCE else "long longest"


def figure(speaker: _Speaker, fact: Mapping[str, Any]) -> Figure:
    """One figure: what was counted, which band it falls in, and who says so."""
    measure = fact["measure"]
    said = cut(fact["source"], LONGEST_SOURCE)
    source = printed(said)
    if fact["source_year"]:
        source = speaker.either("figure_of", source=said, year=fact["source_year"])
    return Figure(
        speaker.say(measure),
        speaker.either(f"{measure}_value", value=grouped(fact["value"])),
        band(speaker, measure, *fact["band"]),
        source,
    )


def band(speaker: _Speaker, measure: str, lower: int, upper: int | None) -> SafeString:
    """A half-open band, first as the fee table prints it, then exactly."""
    if upper is None:
        exact = speaker.say(f"{measure}_open", lower=f"{lower:,}")
    else:
        exact = speaker.say(f"{measure}_band", lower=f"{lower:,}", upper=f"{upper:,}")
    step = 1000 if measure == "population" else 1
    if lower % step or (upper or 0) % step:
        return exact
    short = f"{lower // step:,}~" + (f"{upper // step - 1:,}" if upper else "")
    paper = speaker.either("thousands", band=short) if step > 1 else printed(short)
    return format_html('<b>{}</b><br/><span class="exact">{}</span>', paper, exact)


def grouped(value: str) -> str:
    """`10,349,312`, `42,300.50`: grouped by thousands, without places that are zero."""
    number = Decimal(value)
    return f"{number:,.0f}" if number == number.to_integral_value() else f"{number:,.2f}"


def bank_rows(speaker: _Speaker, snapshot: Mapping[str, Any]) -> list[Row]:
    """Where to pay, as far as the secretariat has said it, and what to write on the transfer."""
    bank = snapshot["bank"]
    keys = [
        key for key in ("beneficiary", "bank_name", "bank_address", "account", "swift") if bank[key]
    ]
    rows = [Row(key, speaker.say(key), printed(bank[key])) for key in keys]
    quoted = Row("reference", speaker.say("reference"), printed(in_fours(snapshot["reference"])))
    return [*rows, quoted]


def contact(issuer: Mapping[str, Any]) -> SafeString:
    """Mail, telephone and website of the secretariat, those that are known."""
    known = [issuer[key] for key in ("email", "phone", "website") if issuer[key]]
    return printed(" · ".join(known))
