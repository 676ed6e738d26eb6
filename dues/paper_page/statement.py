"""What a statement of account prints: every document of a period, and what is open at its end."""

from collections.abc import Mapping
from typing import Any

from django.utils.safestring import SafeString

from dues.paper_page.blocks import Block, Body, Column, Heading, KeyFacts, Paragraph, Table, Total
from members.letter_page.writer import Row, Writer
from members.letter_words import Phrase
from wego.money import display
from wego.typography import printed

WORDS = {
    "title": Phrase("Statement of account", "거래 명세서"),
    "period": Phrase("Period", "기간"),
    "from_to": Phrase("{first} to {last}", "{first} ~ {last}"),
    "opening_words": Phrase(
        "This is the account of {name} as it stands in our books. All amounts are in US dollars; "
        "a balance in your favour has a minus.",
        "장부에 기록된 {name}의 거래 내역을 알려 드립니다. 모든 금액은 미국 달러이며, 잔액 앞의 "
        "빼기 표시는 귀 기관의 예치금을 뜻합니다.",
    ),
    "balance_on": Phrase("Balance on {day}", "{day} 현재 잔액"),
    "open_on": Phrase("Open on invoices", "미납 청구액"),
    "credit": Phrase("Credit on your account", "계정 예치금"),
    "refunds": Phrase("Refund on its way to you", "송금 예정 환급금"),
    "documents": Phrase("Documents of the period", "기간 중 거래"),
    "date": Phrase("Date", "날짜"),
    "document": Phrase("Document", "문서"),
    "text": Phrase("Text", "내용"),
    "debit": Phrase("Debit", "청구"),
    "credit_column": Phrase("Credit", "납부·차감"),
    "balance": Phrase("Balance", "잔액"),
    "opening": Phrase("Opening balance", "이월 잔액"),
    "sum": Phrase("Sum", "합계"),
    "closing": Phrase("Closing balance", "기말 잔액"),
    "open_items": Phrase("Open at the end of the period", "기말 미납 내역"),
    "invoice_no": Phrase("Invoice", "청구서"),
    "dues_year": Phrase("Dues year", "회비 연도"),
    "due_on": Phrase("Due on", "납부 기한"),
    "amount": Phrase("Amount", "금액"),
    "open": Phrase("Open", "미납액"),
    "nothing_open": Phrase("No invoice is open.", "미납된 청구서가 없습니다."),
    "note": Phrase(
        "Please quote the payment reference printed on an invoice with every transfer. If "
        "something here does not agree with your records, please write to us.",
        "송금하실 때 청구서에 적힌 납부 참조번호를 반드시 적어 주십시오. 귀 기관의 기록과 "
        "다른 내용이 있으면 저희에게 알려 주십시오.",
    ),
    "taken_back": Phrase("Taken back: {text}", "취소: {text}"),
    "kind_invoice": Phrase("Annual dues {year}", "{year}년도 연회비"),
    "kind_credit_note": Phrase("Credit note to invoice {invoice}", "청구서 {invoice} 감액"),
    "kind_payment": Phrase("Payment received on {day}", "{day} 입금"),
    "kind_bank_charge": Phrase("Bank charges, invoice {invoice}", "은행 수수료, 청구서 {invoice}"),
    "kind_waiver": Phrase(
        "Waived by decision, invoice {invoice}", "결정에 따른 면제, 청구서 {invoice}"
    ),
    "kind_write_off": Phrase("Written off, invoice {invoice}", "상각, 청구서 {invoice}"),
    "kind_payout": Phrase("Refund paid out", "환급금 송금"),
}


def statement(writer: Writer) -> Body:
    """The account of a member in a period."""
    facts = writer.facts
    period = writer.show(
        WORDS, "from_to", first=writer.day(facts["first"]), last=writer.day(facts["last"])
    )
    return Body(
        title=writer.say(WORDS, "title"),
        head=[Row(writer.show(WORDS, "period"), period)],
        greeted=True,
        blocks=[
            Paragraph(writer.show(WORDS, "opening_words", name=writer.name)),
            KeyFacts(key_facts(writer)),
            Heading(writer.show(WORDS, "documents")),
            documents(writer),
            Heading(writer.show(WORDS, "open_items")),
            open_items(writer),
            Paragraph(writer.show(WORDS, "note"), quiet=True),
        ],
    )


def key_facts(writer: Writer) -> list[Row]:
    """What the reader looks for: the balance and what it is made of."""
    facts = writer.facts
    balance = writer.show(WORDS, "balance_on", day=writer.day(facts["last"]))
    rows = [
        Row(balance, money(facts["closing_cents"])),
        Row(writer.show(WORDS, "open_on"), money(facts["open_cents"])),
    ]
    if facts["credit_cents"]:
        rows.append(Row(writer.show(WORDS, "credit"), money(facts["credit_cents"])))
    if facts["refunds_cents"]:
        rows.append(Row(writer.show(WORDS, "refunds"), money(facts["refunds_cents"])))
    return rows


def documents(writer: Writer) -> Table:
    """Opening balance, every document with the running balance, sums and closing balance."""
    facts = writer.facts
    nothing = printed("")
    opening = [
        short_day(facts["first"]),
        nothing,
        writer.show(WORDS, "opening"),
        nothing,
        nothing,
        figure(facts["opening_cents"]),
    ]
    return Table(
        columns=[
            Column(writer.show(WORDS, "date"), 19),
            Column(writer.show(WORDS, "document"), 30),
            Column(writer.show(WORDS, "text")),
            Column(writer.show(WORDS, "debit"), 20, is_figure=True),
            Column(writer.show(WORDS, "credit_column"), 20, is_figure=True),
            Column(writer.show(WORDS, "balance"), 22, is_figure=True),
        ],
        rows=[opening, *(document(writer, line) for line in facts["lines"])],
        totals=[
            Total(
                writer.show(WORDS, "sum"),
                [figure(facts["debit_cents"]), figure(facts["credits_cents"]), nothing],
            ),
            Total(writer.show(WORDS, "closing"), [figure(facts["closing_cents"])]),
        ],
    )


def document(writer: Writer, line: Mapping[str, Any]) -> list[SafeString]:
    """One document, or one taken back."""
    owed = line["owed_cents"]
    text = writer.say(
        WORDS,
        f"kind_{line['kind']}",
        year=line["dues_year"],
        invoice=line["invoice"],
        day=writer.day(line["received_on"]),
    )
    if line["taken_back"]:
        text = writer.say(WORDS, "taken_back", text=text)
    return [
        short_day(line["on"]),
        printed(line["number"] or line["invoice"]),
        printed(text),
        figure(owed) if owed > 0 else printed(""),
        figure(-owed) if owed < 0 else printed(""),
        figure(line["balance_cents"]),
    ]


def open_items(writer: Writer) -> Block:
    """The invoices that are open at the end, or that there are none."""
    rows = writer.facts["open"]
    if not rows:
        return Paragraph(writer.show(WORDS, "nothing_open"))
    return Table(
        columns=[
            Column(writer.show(WORDS, "invoice_no")),
            Column(writer.show(WORDS, "dues_year"), 26),
            Column(writer.show(WORDS, "due_on"), 26),
            Column(writer.show(WORDS, "amount"), 28, is_figure=True),
            Column(writer.show(WORDS, "open"), 28, is_figure=True),
        ],
        rows=[
            [
                printed(row["number"]),
                printed(str(row["dues_year"])),
                short_day(row["due_on"]),
                figure(row["amount_cents"]),
                figure(row["open_cents"]),
            ]
            for row in rows
        ],
        totals=[Total(writer.show(WORDS, "sum"), [figure(writer.facts["open_cents"])])],
    )


def money(cents: int) -> SafeString:
    """An amount with its currency."""
    return printed(display(cents))


def figure(cents: int) -> SafeString:
    """An amount in a column."""
    return printed(display(cents, "").strip())


def short_day(iso: str) -> SafeString:
    """A day in a column, as ISO writes it in every language."""
    return printed(iso)
