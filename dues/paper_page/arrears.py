"""What the paper on arrears over two years prints, for EXCOM (S12)."""

from typing import Any

from django.utils.safestring import SafeString

from dues.paper_page.blocks import Body, Column, KeyFacts, Paragraph, Table, Total
from members.letter_page.writer import Row, Writer, clean
from members.letter_words import Phrase
from wego.money import display
from wego.typography import printed

WORDS = {
    "title": Phrase("Arrears over two years", "2년을 넘긴 미납 회비"),
    "as_of": Phrase("As of", "기준일"),
    "opening": Phrase(
        "Members with invoices unpaid for more than two years on {day}; nobody else is named. "
        "Amounts are in US dollars.",
        "{day} 현재 2년 넘게 미납된 청구서가 있는 회원이며, 그 밖의 회원은 적지 않았습니다. "
        "금액은 미국 달러입니다.",
    ),
    "nobody": Phrase(
        "On {day} no member has an invoice unpaid for more than two years.",
        "{day} 현재 2년 넘게 미납된 청구서가 있는 회원이 없습니다.",
    ),
    "members": Phrase("Members named", "해당 회원"),
    "long": Phrase("Over two years", "2년 초과"),
    "open": Phrase("Open of all members", "전체 미납"),
    "member": Phrase("Member", "회원"),
    "years": Phrase("Dues years", "회비 연도"),
    "total": Phrase("Open in all", "미납 합계"),
    "contact": Phrase("Last contact", "최근 연락"),
    "sum": Phrase("Sum", "합계"),
    "written": Phrase("mail {day}", "메일 {day}"),
    "claimed": Phrase("said it paid {day}", "납부 통보 {day}"),
    "plan_kept": Phrase("plan of {day}, kept", "{day} 분납 약정, 이행 중"),
    "plan_broken": Phrase("plan of {day}, not kept", "{day} 분납 약정, 불이행"),
}


def arrears(writer: Writer) -> Body:
    """Who is named, with amounts, years and what was last heard."""
    facts = writer.facts
    day = writer.day(facts["on"])
    rows = facts["debtors"]
    opening = "opening" if rows else "nobody"
    summary = KeyFacts(
        [
            Row(writer.show(WORDS, "members"), printed(f"{len(rows):,}")),
            Row(writer.show(WORDS, "long"), printed(display(facts["long_cents"]))),
            Row(writer.show(WORDS, "open"), printed(display(facts["open_cents"]))),
        ]
    )
    return Body(
        title=writer.say(WORDS, "title"),
        head=[Row(writer.show(WORDS, "as_of"), printed(day))],
        blocks=[
            Paragraph(writer.show(WORDS, opening, day=day)),
            summary,
            *([debtors(writer)] if rows else []),
        ],
    )


def debtors(writer: Writer) -> Table:
    """One row a member, the largest debt first."""
    facts = writer.facts
    return Table(
        columns=[
            Column(writer.show(WORDS, "member")),
            Column(writer.show(WORDS, "years"), 28),
            Column(writer.show(WORDS, "contact"), 40),
            Column(writer.show(WORDS, "long"), 26, is_figure=True),
            Column(writer.show(WORDS, "total"), 26, is_figure=True),
        ],
        rows=[
            [
                printed(clean(f"{row['name']}, {row['country']}")),
                printed(", ".join(map(str, row["years"]))),
                printed(contact_of(writer, row)),
                figure(row["long_cents"]),
                figure(row["total_cents"]),
            ]
            for row in facts["debtors"]
        ],
        totals=[
            Total(
                writer.show(WORDS, "sum"),
                [
                    figure(facts["long_cents"]),
                    figure(sum(row["total_cents"] for row in facts["debtors"])),
                ],
            )
        ],
    )


def contact_of(writer: Writer, row: dict[str, Any]) -> str:
    """What was last heard: our mail, its word, its plan; a dash where there is nothing."""
    plan = "plan_kept" if row["plan_is_kept"] else "plan_broken"
    known = (("written", row["written_on"]), ("claimed", row["claimed_on"]), (plan, row["plan_on"]))
    return "; ".join(writer.say(WORDS, key, day=day) for key, day in known if day) or "–"


def figure(cents: int) -> SafeString:
    """An amount in a column."""
    return printed(display(cents, "").strip())
