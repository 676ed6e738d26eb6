"""A paper as tests write it: a statement of account with a box, a table, sums and a signature."""

from typing import Any

from dues.paper_page.blocks import Body, Column, Heading, KeyFacts, Paragraph, Table, Total
from members.letter_facts import LETTERHEAD
from members.letter_page.writer import Row, Writer
from members.letter_words import Phrase
from wego.money import display
from wego.typography import printed

WORDS = {
    "title": Phrase("Statement of account", "거래 명세서"),
    "opening": Phrase(
        "This is the account of {name} as it stands in our books on {day}. Payments that reached "
        "our bank after that day are not in it yet.",
        "{day} 현재 장부에 기록된 {name}의 거래 내역을 알려 드립니다. 이날 이후 은행에 입금된 "
        "금액은 아직 반영되지 않았습니다.",
    ),
    "balance": Phrase("Balance due", "미납 잔액"),
    "oldest": Phrase("Oldest open invoice", "가장 오래된 미납 청구서"),
    "part": Phrase("Invoices and payments", "청구와 납부 내역"),
    "date": Phrase("Date", "날짜"),
    "entry": Phrase("Entry", "내역"),
    "charged": Phrase("Charged", "청구액"),
    "paid": Phrase("Paid", "납부액"),
    "sum": Phrase("Sum", "합계"),
    "invoice": Phrase("Annual dues {year}, invoice {number}", "{year}년도 연회비, 청구서 {number}"),
    "period": Phrase("Period", "기간"),
    "note": Phrase(
        "Please quote the payment reference of an invoice with every transfer.",
        "송금하실 때 청구서의 납부 참조번호를 반드시 적어 주십시오.",
    ),
}


def statement(writer: Writer) -> Body:
    """What a statement prints."""
    facts = writer.facts
    name = writer.name if writer.to else "WeGO"
    day = writer.day(facts["day"])
    figures = [(row["charged"], row["paid"]) for row in facts["rows"]]
    charged, paid = (sum(column) for column in zip(*figures, strict=True))
    return Body(
        title=writer.say(WORDS, "title"),
        head=[Row(writer.show(WORDS, "period"), printed(facts["period"]))],
        greeted=True,
        signed=facts["signed"],
        blocks=[
            Paragraph(writer.show(WORDS, "opening", name=name, day=day)),
            KeyFacts(
                [
                    Row(writer.show(WORDS, "balance"), money(charged - paid)),
                    Row(writer.show(WORDS, "oldest"), printed(facts["oldest"])),
                ]
            ),
            Heading(writer.show(WORDS, "part")),
            Table(
                columns=[
                    Column(writer.show(WORDS, "date"), 34),
                    Column(writer.show(WORDS, "entry")),
                    Column(writer.show(WORDS, "charged"), 32, is_figure=True),
                    Column(writer.show(WORDS, "paid"), 32, is_figure=True),
                ],
                rows=[
                    [
                        printed(writer.day(row["day"])),
                        writer.show(WORDS, "invoice", year=row["year"], number=row["number"]),
                        money(row["charged"]),
                        money(row["paid"]),
                    ]
                    for row in facts["rows"]
                ],
                totals=[
                    Total(writer.show(WORDS, "sum"), [money(charged), money(paid)]),
                    Total(writer.show(WORDS, "balance"), [money(charged - paid)]),
                ],
            ),
            Paragraph(writer.show(WORDS, "note"), quiet=True),
        ],
    )


def money(cents: int):
    """An amount as papers print it."""
    return printed(display(cents))


def facts_of(*, rows: int = 3, signed: bool = True) -> dict[str, Any]:
    """What is on the account: a year's dues a row, the last of them unpaid."""
    years = range(2021 - rows, 2021)
    return {
        "day": "2020-09-30",
        "period": f"{years[0]}–2020",
        "oldest": "WEGO-2020-0001",
        "signed": signed,
        "rows": [
            {
                "day": f"{year}-01-15",
                "year": year,
                "number": f"WEGO-{year}-0001",
                "charged": 650_000,
                "paid": 650_000 if year < 2020 else 0,
            }
            for year in years
        ],
    }


def snapshot(kind: str, language: str, **options: Any) -> dict[str, Any]:
    """A snapshot as `write_paper` makes it, for Goyang."""
    return {
        "reference": "WEGO-2020-SA-7K3Q9T",
        "layout": "paper 1",
        "language": language,
        "kind": kind,
        "issued_on": "2020-09-30",
        "letterhead": dict(LETTERHEAD),
        "to": {
            "name_en": "Goyang",
            "name_ko": "고양시",
            "kind": "city",
            "address": ["104 Goyangsicheong-ro, Deogyang-gu", "Goyang 10460"],
            "country_en": "Republic of Korea",
            "country_ko": "대한민국",
            "name_local": "",
            "attention": "Lee Su-jin",
        },
        "facts": facts_of(**options),
    }
