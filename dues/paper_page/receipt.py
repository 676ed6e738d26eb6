"""The receipt of a payment: what arrived, in figures and words, what it settled, what is left."""

from dues.paper_page.blocks import (
    Block,
    Body,
    Column,
    Heading,
    KeyFacts,
    Paragraph,
    Table,
    Total,
)
from members.letter_page.writer import Row, Writer, clean
from members.letter_words import Phrase
from wego.money import display
from wego.typography import cut, printed
from wego.words import amount_in_english, amount_in_korean

LONGEST = 120
WORDS = {
    "title": Phrase("Receipt {number}", "영수증 {number}"),
    "number": Phrase("Receipt number", "영수증 번호"),
    "opening": Phrase(
        "We confirm with thanks that {name} paid {amount}, received on {day}.",
        "{name}에서 납부하신 {amount}을 {day}에 받았음을 확인합니다. 감사합니다.",
    ),
    "amount": Phrase("Amount received", "받은 금액"),
    "words": Phrase("In words", "한글 금액"),
    "received_on": Phrase("Received on", "받은 날"),
    "payer": Phrase("Paid by", "보낸 이"),
    "bank_reference": Phrase("Bank reference", "은행 참조번호"),
    "original": Phrase("Amount sent", "보낸 금액"),
    "rate_note": Phrase("Exchange rate", "환율"),
    "settled": Phrase("What this payment settled", "이 납부로 처리된 청구서"),
    "invoice": Phrase("Invoice", "청구서"),
    "year": Phrase("Dues year", "회비 연도"),
    "part": Phrase("Settled (USD)", "납부 처리 (USD)"),
    "open": Phrase("Still open (USD)", "남은 금액 (USD)"),
    "sum": Phrase("Sum", "합계"),
    "left": Phrase(
        "{amount} is credit on your account. It can be used for your next invoice.",
        "{amount}은 계정에 예치되었습니다. 다음 청구서에 사용하실 수 있습니다.",
    ),
    "note": Phrase(
        "The amount is what reached our account. Charges that banks took on the way are not in it.",
        "위 금액은 저희 계좌에 실제로 들어온 금액이며, 송금 과정에서 은행이 공제한 수수료는 "
        "포함되지 않습니다.",
    ),
}


def receipt(writer: Writer) -> Body:
    """What a receipt prints."""
    facts = writer.facts
    amount = display(facts["amount_cents"])
    blocks: list[Block] = [
        Paragraph(
            writer.show(
                WORDS,
                "opening",
                name=writer.name,
                amount=amount,
                day=writer.day(facts["received_on"]),
            )
        ),
        KeyFacts(list_facts(writer)),
    ]
    if facts["settles"]:
        blocks += [Heading(writer.show(WORDS, "settled")), list_settled(writer)]
    if facts["left_cents"]:
        left = display(facts["left_cents"])
        blocks.append(Paragraph(writer.show(WORDS, "left", amount=left)))
    blocks.append(Paragraph(writer.show(WORDS, "note"), quiet=True))
    return Body(
        title=writer.say(WORDS, "title", number=facts["number"]),
        head=[Row(writer.show(WORDS, "number"), printed(facts["number"]))],
        blocks=blocks,
    )


def list_facts(writer: Writer) -> list[Row]:
    """The labelled facts, those that are known."""
    facts = writer.facts
    in_words = amount_in_korean if writer.language == "ko" else amount_in_english
    values = {
        "amount": display(facts["amount_cents"]),
        "words": in_words(facts["amount_cents"]),
        "received_on": writer.day(facts["received_on"]),
        **{
            key: cut(clean(facts[key]), LONGEST)
            for key in ("payer", "bank_reference", "original", "rate_note")
        },
    }
    return [Row(writer.show(WORDS, key), printed(value)) for key, value in values.items() if value]


def list_settled(writer: Writer) -> Table:
    """The invoices, what of each was settled, and what is still open on it."""
    rows = writer.facts["settles"]
    total = sum(row["cents"] for row in rows)
    return Table(
        columns=[
            Column(writer.show(WORDS, "invoice")),
            Column(writer.show(WORDS, "year"), 28),
            Column(writer.show(WORDS, "part"), 38, is_figure=True),
            Column(writer.show(WORDS, "open"), 38, is_figure=True),
        ],
        rows=[
            [
                printed(row["number"]),
                printed(str(row["dues_year"])),
                printed(display(row["cents"])),
                printed(display(row["open_cents"])),
            ]
            for row in rows
        ],
        totals=[
            Total(
                writer.show(WORDS, "sum"),
                [printed(display(total)), printed(display(sum(row["open_cents"] for row in rows)))],
            )
        ],
    )
