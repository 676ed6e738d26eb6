"""What a credit note prints: which invoice it takes back, how much, why, and what still stands."""

from django.utils.safestring import SafeString

from dues.paper_page.blocks import Body, Column, KeyFacts, Paragraph, Table, Total
from members.letter_page.writer import Row, Writer, clean
from members.letter_words import Phrase
from wego.money import display
from wego.typography import printed

WORDS = {
    "title": Phrase("Credit note {number}", "감액 청구서 {number}"),
    "void": Phrase(
        "This credit note takes back invoice {invoice} of {day} in full. The invoice is void: "
        "please do not pay it.",
        "{day}자 청구서 {invoice}를 전액 취소합니다. 해당 청구서는 무효이므로 납부하지 마십시오.",
    ),
    "reduction": Phrase(
        "This credit note lowers invoice {invoice} of {day} by decision. What is left of the "
        "invoice stands as it was issued.",
        "{day}자 청구서 {invoice}의 금액을 결정에 따라 감액합니다. 나머지 금액은 발행된 "
        "청구서대로 유효합니다.",
    ),
    "number": Phrase("Number", "번호"),
    "invoice": Phrase("Invoice", "청구서"),
    "invoiced_to": Phrase("Invoiced to", "청구 대상"),
    "year": Phrase("Dues year", "회비 연도"),
    "reason": Phrase("Reason", "사유"),
    "decision": Phrase("Decision", "결정"),
    "decided": Phrase("{body}, {day} ({reference})", "{body}, {day} ({reference})"),
    "what": Phrase("Description", "내역"),
    "amount": Phrase("Amount", "금액"),
    "invoiced": Phrase(
        "Annual membership dues {year}, invoice {invoice}", "{year}년도 연회비, 청구서 {invoice}"
    ),
    "before": Phrase("Credited before", "기존 감액"),
    "credited": Phrase("This credit note", "이번 감액 청구서"),
    "rest": Phrase("What the invoice stands for now", "청구서 잔존 금액"),
    "paid": Phrase(
        "What you have paid beyond that is credit on your account: it is set off against other "
        "invoices or paid back, as you ask.",
        "이를 초과하여 납부하신 금액은 예치금으로 보관되며, 요청에 따라 다른 청구서와 상계하거나 "
        "환급해 드립니다.",
    ),
}


def credit_note(writer: Writer) -> Body:
    """A credit note, with the name that its invoice prints."""
    facts = writer.facts
    issued = writer.day(facts["invoice_issued_on"])
    opening = writer.show(WORDS, facts["kind"], invoice=facts["invoice"], day=issued)
    return Body(
        title=writer.say(WORDS, "title", number=facts["number"]),
        head=[Row(writer.show(WORDS, "number"), printed(facts["number"]))],
        greeted=True,
        blocks=[
            Paragraph(opening),
            KeyFacts(key_facts(writer)),
            sums(writer),
            *([Paragraph(writer.show(WORDS, "paid"), quiet=True)] if facts["was_paid"] else []),
        ],
    )


def key_facts(writer: Writer) -> list[Row]:
    """Invoice, member, year, reason, and the decision where there is one."""
    facts = writer.facts
    korean = writer.language == "ko" and facts["name_ko"]
    rows = [
        ("invoice", printed(facts["invoice"])),
        ("invoiced_to", printed(clean(facts["name_ko"] if korean else facts["name_en"]))),
        ("year", printed(str(facts["dues_year"]))),
        ("reason", printed(clean(facts["reason"]))),
    ]
    if facts["decided_on"]:
        decided = writer.show(
            WORDS,
            "decided",
            body=clean(facts["decided_by"]),
            day=writer.day(facts["decided_on"]),
            reference=clean(facts["decision_reference"]),
        )
        rows.append(("decision", decided))
    return [Row(writer.show(WORDS, key), value) for key, value in rows]


def sums(writer: Writer) -> Table:
    """From what was invoiced to what still stands."""
    facts = writer.facts
    invoiced = writer.show(WORDS, "invoiced", year=facts["dues_year"], invoice=facts["invoice"])
    rows = [[invoiced, money(facts["invoiced_cents"])]]
    if facts["before_cents"]:
        rows.append([writer.show(WORDS, "before"), money(-facts["before_cents"])])
    rows.append([writer.show(WORDS, "credited"), money(-facts["cents"])])
    rest = facts["invoiced_cents"] - facts["before_cents"] - facts["cents"]
    return Table(
        columns=[
            Column(writer.show(WORDS, "what")),
            Column(writer.show(WORDS, "amount"), 40, is_figure=True),
        ],
        rows=rows,
        totals=[Total(writer.show(WORDS, "rest"), [money(rest)])],
    )


def money(cents: int) -> SafeString:
    """An amount as papers print it."""
    return printed(display(cents))
