"""The letters that are letters: what each names, its box of facts, and what is open."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.safestring import SafeString

from members.letter_page.writer import Row, Writer, clean
from members.letter_words import BODIES, FACTS, FRAME, SENTENCES
from wego.money import display
from wego.typography import cut, printed, width

LONGEST_REASON = 900
LONGEST_LINE, LONGEST_ADDRESS, LONGEST_NAME = 90, 160, 60
MOST_LINES, MOST_OPEN = 5, 5
# How wide each size of a text may be; what is wider is set smallest.
NAME_SIZES = ((34, ""), (64, "middle"))
BODY_SIZES = ((1100, ""), (1700, "middle"))


def size_of(wide: float, sizes: tuple[tuple[int, str], ...]) -> str:
    """How large to set a text."""
    return next((size for most, size in sizes if wide <= most), "long")


def body_of(writer: Writer, kind: str) -> dict[str, Any]:
    """A letter: paragraphs, the box of facts, and what is open."""
    fields = FIELDS[kind](writer)
    texts = [phrase.of(writer.language).format(**fields) for phrase in BODIES[kind]]
    paragraphs = [text for text in texts if text.strip()]
    return {
        **addressee_of(writer),
        "paragraphs": [printed(text) for text in paragraphs],
        "body_size": size_of(sum(map(width, paragraphs)), BODY_SIZES),
        "facts": [
            Row(writer.show(FACTS, key), printed(value)) for key, value in BOXES[kind](writer)
        ],
        "open": open_rows(writer) if kind == "withdrawal" else [],
        "open_total": printed(total_of(writer)) if kind == "withdrawal" else "",
        "of": {key: writer.show(FACTS, key) for key in ("invoice", "due_on", "amount", "total")},
    }


def addressee_of(writer: Writer) -> dict[str, Any]:
    """Who the letter is for, and how large to set it."""
    to = writer.to
    other = to["name_en"] if writer.language == "ko" else to["name_ko"]
    second = clean(other) if other and clean(other) != writer.name else ""
    lines = [clean(line) for line in to["address"] if line.strip()][:MOST_LINES]
    country = to["country_ko"] if writer.language == "ko" else to["country_en"]
    size = size_of(max(map(width, [writer.name, second, *lines])), NAME_SIZES)
    if size == "long":
        lines = [", ".join(lines)] if lines else []
    attention = cut(clean(to["attention"]), LONGEST_NAME)
    return {
        "name": printed(writer.name),
        "second": printed(second),
        "to_lines": [
            *(
                [writer.show(FRAME, "attention", attention=cut(attention, LONGEST_NAME))]
                if attention
                else []
            ),
            *(printed(cut(line, LONGEST_ADDRESS)) for line in lines),
            printed(country),
        ],
        "to_size": size,
        "greeting": writer.show(FRAME, "dear", attention=attention)
        if attention
        else writer.show(FRAME, "dear_all"),
    }


def acceptance_fields(writer: Writer) -> dict[str, str]:
    """What the letter of acceptance names."""
    facts = writer.facts
    return {
        "name": writer.name,
        "since": writer.day(facts["associate_since"]),
        "excom_year": f"{facts['excom_year'] or ''}",
    }


def approval_fields(writer: Writer) -> dict[str, str]:
    """What the letter of approval names."""
    facts = writer.facts
    city = writer.to["kind"] == "city"
    key = "fee_known" if facts["fee_cents"] else "fee_later"
    if writer.to["kind"] == "institution" and not facts["fee_cents"]:
        key = "fee_institution"
    amount = display(facts["fee_cents"], "USD") if facts["fee_cents"] else ""
    return {
        "name": writer.name,
        "body": writer.body or writer.say(FRAME, "excom"),
        "since": writer.day(facts["full_since"]),
        "rights": writer.say(SENTENCES, "rights_city" if city else "rights_other"),
        "fee": writer.say(SENTENCES, key, year=facts["first_dues_year"], amount=amount),
    }


def rejection_fields(writer: Writer) -> dict[str, str]:
    """What the letter of rejection names."""
    key = "refused_by_body" if writer.body else "refused_by_secretariat"
    reason = cut(clean(writer.facts["reason"]), LONGEST_REASON)
    return {
        "outcome": writer.say(SENTENCES, key, name=writer.name, body=writer.body),
        "reason": writer.say(SENTENCES, "reason", reason=reason) if reason else "",
    }


def withdrawal_fields(writer: Writer) -> dict[str, str]:
    """What the confirmation of withdrawal names."""
    return {
        "name": writer.name,
        "effective": writer.day(writer.facts["effective_on"]),
        "open": writer.say(SENTENCES, "open" if writer.facts["open"] else "nothing_open"),
    }


FIELDS: Mapping[str, Callable[[Writer], dict[str, str]]] = {
    "acceptance": acceptance_fields,
    "approval": approval_fields,
    "rejection": rejection_fields,
    "withdrawal": withdrawal_fields,
}
Pairs = list[tuple[str, str]]


def acceptance_box(writer: Writer) -> Pairs:
    """The facts of an acceptance at a glance."""
    facts = writer.facts
    return [
        ("application", facts["application"]),
        ("kind", writer.say(FRAME, writer.to["kind"])),
        ("status", writer.say(FACTS, "associate")),
        ("since", writer.day(facts["associate_since"])),
        ("fee", writer.say(FACTS, "no_fee")),
        ("next", writer.say(FACTS, "excom_of", year=facts["excom_year"])),
    ]


def approval_box(writer: Writer) -> Pairs:
    """The facts of an approval at a glance."""
    facts = writer.facts
    dues = [("first_dues", writer.say(FACTS, "dues_of", year=facts["first_dues_year"]))]
    unbilled = writer.to["kind"] == "institution" and not facts["fee_cents"]
    return [
        ("kind", writer.say(FRAME, writer.to["kind"])),
        ("status", writer.say(FACTS, "full")),
        ("since", writer.day(facts["full_since"])),
        *decision_rows(writer),
        *([] if unbilled else dues),
    ]


def rejection_box(writer: Writer) -> Pairs:
    """The facts of a rejection at a glance."""
    facts = writer.facts
    number = [("application", facts["application"])] if facts["application"] else []
    return [*number, ("decided", writer.day(facts["rejected_on"])), *decision_rows(writer)]


def withdrawal_box(writer: Writer) -> Pairs:
    """The facts of a withdrawal at a glance."""
    facts = writer.facts
    return [
        ("kind", writer.say(FRAME, writer.to["kind"])),
        ("received", writer.day(facts["received_on"])),
        ("effective", writer.day(facts["effective_on"])),
    ]


def decision_rows(writer: Writer) -> Pairs:
    """The decision a letter rests on."""
    facts = writer.facts
    if not facts.get("decision"):
        return []
    named = f"{facts['meeting']}, {facts['decision']} ({writer.day(facts['decided_on'])})"
    return [("decision", cut(clean(named), LONGEST_LINE))]


BOXES: Mapping[str, Callable[[Writer], Pairs]] = {
    "acceptance": acceptance_box,
    "approval": approval_box,
    "rejection": rejection_box,
    "withdrawal": withdrawal_box,
}


def open_rows(writer: Writer) -> list[tuple[SafeString, SafeString, SafeString]]:
    """The overdue invoices a leaving member keeps owing; the oldest ones when there are many."""
    return [
        (
            printed(cut(clean(row["label"]), LONGEST_LINE)),
            printed(writer.day(row["due_on"])),
            printed(display(row["cents"], "USD")),
        )
        for row in writer.facts["open"][:MOST_OPEN]
    ]


def total_of(writer: Writer) -> str:
    """The sum of everything overdue."""
    return display(sum(row["cents"] for row in writer.facts["open"]), "USD")
