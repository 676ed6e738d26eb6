"""What the paper on the use of membership fees prints, for EXCOM (P9)."""

from collections.abc import Sequence
from typing import Any

from django.utils.safestring import SafeString

from dues.paper_page.blocks import Body, Column, Heading, Paragraph, Table, Total
from members.letter_page.writer import Row, Writer
from members.letter_words import Phrase
from wego.money import display
from wego.typography import printed

WORDS = {
    "title": Phrase("Use of membership fees {year}", "{year}년도 회비 사용 현황"),
    "as_of": Phrase("As of", "기준일"),
    "opening": Phrase(
        "The dues of {year} as of {day}, beside those of {last} as of {before}. All amounts are in "
        "US dollars.",
        "{day} 현재 {year}년도 회비 현황이며, {before} 현재의 {last}년도와 비교하였습니다. "
        "모든 금액은 미국 달러입니다.",
    ),
    "what": Phrase("What", "항목"),
    "invoiced": Phrase("Invoiced", "청구"),
    "credited": Phrase("Credited", "감액"),
    "paid": Phrase("Paid", "납부"),
    "charges": Phrase("Bank charges", "은행 수수료"),
    "waived": Phrase("Waived by decision", "결정에 따른 면제"),
    "written_off": Phrase("Written off", "상각"),
    "closed": Phrase("Closed without money", "납부 외 종결"),
    "open": Phrase("Open", "미납"),
    "overdue": Phrase("of which overdue", "그중 기한 경과"),
    "received": Phrase(
        "Money received in the year, for any dues year", "연중 입금액 (전 연도분 포함)"
    ),
    "refunded": Phrase("Refunds paid out in the year", "연중 환급액"),
    "dues": Phrase("Dues of the year", "해당 연도 회비"),
    "kinds": Phrase("By kind", "회원 종류별"),
    "regions": Phrase("By region", "지역별"),
    "name": Phrase("Name", "구분"),
    "invoices": Phrase("Invoices", "청구서"),
    "sum": Phrase("Sum", "합계"),
    "city": Phrase("Cities", "도시"),
    "institution": Phrase("Institutions", "기관"),
    "company": Phrase("Companies", "기업"),
    "asia": Phrase("Asia", "아시아"),
    "oceania": Phrase("Oceania", "오세아니아"),
    "americas": Phrase("Americas", "미주"),
    "europe": Phrase("Europe", "유럽"),
    "middle_east": Phrase("Middle East", "중동"),
    "africa": Phrase("Africa", "아프리카"),
    "note": Phrase(
        "Invoiced less credited is paid, closed without money, or open. Money is counted by the "
        "day on which the bank had it; payments that were taken back are left out.",
        "청구액에서 감액을 뺀 금액은 납부, 납부 외 종결, 미납의 합과 같습니다. 입금액은 은행 "
        "입금일 기준이며 취소된 입금은 제외하였습니다.",
    ),
}
DUES = ("invoiced", "credited", "paid", "charges", "waived", "written_off", "open", "overdue")
MONEY = ("received", "refunded")


def use_of_fees(writer: Writer) -> Body:
    """A year's dues and money beside the year before."""
    facts = writer.facts
    return Body(
        title=writer.say(WORDS, "title", year=facts["year"]),
        head=[Row(writer.show(WORDS, "as_of"), printed(writer.day(facts["on"])))],
        blocks=[
            Paragraph(
                writer.show(
                    WORDS,
                    "opening",
                    year=facts["year"],
                    day=writer.day(facts["on"]),
                    last=facts["year"] - 1,
                    before=writer.day(facts["before_on"]),
                )
            ),
            Heading(writer.show(WORDS, "dues")),
            both_years(writer),
            Heading(writer.show(WORDS, "kinds")),
            shares(writer, facts["kinds"]),
            Heading(writer.show(WORDS, "regions")),
            shares(writer, facts["regions"]),
            Paragraph(writer.show(WORDS, "note"), quiet=True),
        ],
    )


def both_years(writer: Writer) -> Table:
    """Every figure of the year and of the one before."""
    facts = writer.facts
    return Table(
        columns=[
            Column(writer.show(WORDS, "what")),
            Column(printed(str(facts["year"])), 36, is_figure=True),
            Column(printed(str(facts["year"] - 1)), 36, is_figure=True),
        ],
        rows=[
            [
                writer.show(WORDS, name),
                figure(facts["now"][f"{name}_cents"]),
                figure(facts["before"][f"{name}_cents"]),
            ]
            for name in (*DUES, *MONEY)
        ],
    )


def shares(writer: Writer, rows: Sequence[dict[str, Any]]) -> Table:
    """A row for each kind or region, and their sum."""
    names = ("invoiced", "credited", "paid", "closed", "open")
    sums = [figure(sum(row[f"{name}_cents"] for row in rows)) for name in names]
    return Table(
        columns=[
            Column(writer.show(WORDS, "name")),
            Column(writer.show(WORDS, "invoices"), 16, is_figure=True),
            *(Column(writer.show(WORDS, name), 26, is_figure=True) for name in names),
        ],
        rows=[
            [
                writer.show(WORDS, row["name"]),
                printed(f"{row['invoices']:,}"),
                *(figure(row[f"{name}_cents"]) for name in names),
            ]
            for row in rows
        ],
        totals=[
            Total(
                writer.show(WORDS, "sum"),
                [printed(f"{sum(row['invoices'] for row in rows):,}"), *sums],
            )
        ],
    )


def figure(cents: int) -> SafeString:
    """An amount in a column."""
    return printed(display(cents, "").strip())
