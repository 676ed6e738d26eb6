"""The letters that ask for dues: a reminder, and at the end one of the Secretary General."""

from dues.paper_page.blocks import Body, KeyFacts, Paragraph
from members.letter_page.writer import Row, Writer
from members.letter_words import Phrase
from wego.money import display
from wego.typography import printed

WORDS = {
    "reminder": Phrase("Reminder of membership dues", "회비 납부 안내"),
    "letter": Phrase("Outstanding membership dues", "미납 회비에 관한 서한"),
    "reminder_1": Phrase(
        "The dues of {name} for {year} were due on {due_on}. In our books {amount} of invoice "
        "{number} is still open.",
        "{name}의 {year}년도 회비 납부 기한은 {due_on}이었습니다. 청구서 {number}의 금액 중 "
        "{amount}이 미납으로 기록되어 있습니다.",
    ),
    "reminder_2": Phrase(
        "If you have paid meanwhile, please tell us in your portal and we look for the money. If "
        "you cannot pay at once, please write to us: a plan of payments can be agreed.",
        "이미 납부하셨다면 회원 포털에서 알려 주십시오. 바로 확인하겠습니다. 한 번에 납부하기 "
        "어려우시면 연락해 주십시오. 분할 납부를 협의할 수 있습니다.",
    ),
    "letter_1": Phrase(
        "The dues of {name} for {year} were due on {due_on}. In spite of our reminders {amount} of "
        "invoice {number} is still open.",
        "{name}의 {year}년도 회비 납부 기한은 {due_on}이었습니다. 여러 차례 안내해 드렸음에도 "
        "청구서 {number}의 금액 중 {amount}이 미납으로 남아 있습니다.",
    ),
    "letter_2": Phrase(
        "The work of our organisation rests on the dues of its members. I ask you to settle this "
        "amount, or to tell us what stands in the way, so that we can look for a way together.",
        "우리 기구의 사업은 회원의 회비로 이루어집니다. 위 금액을 납부하여 주시거나, 납부에 "
        "어려움이 있으시면 함께 방법을 찾을 수 있도록 알려 주시기를 부탁드립니다.",
    ),
    "number": Phrase("Invoice", "청구서"),
    "year": Phrase("Dues year", "회비 연도"),
    "due_on": Phrase("Due on", "납부 기한"),
    "amount": Phrase("Open amount", "미납 금액"),
    "reference": Phrase("Payment reference", "납부 참조번호"),
    "bank": Phrase("Pay to", "납부 계좌"),
    "charges": Phrase(
        "Please quote the payment reference and bear the bank charges (OUR), so that the full "
        "amount arrives.",
        "송금하실 때 납부 참조번호를 적어 주시고, 전액이 입금되도록 송금 수수료는 보내시는 쪽에서 "
        "부담(OUR)하여 주십시오.",
    ),
}


def reminder(writer: Writer) -> Body:
    """What a reminder, or the letter after the last one, prints."""
    facts = writer.facts
    sort = "letter" if facts["step"] == "letter" else "reminder"
    values = {
        "number": facts["number"],
        "year": str(facts["year"]),
        "due_on": writer.day(facts["due_on"]),
        "amount": display(facts["amount_cents"]),
        "reference": facts["reference"],
        "bank": facts["bank"],
    }
    told = {key: values[key] for key in ("number", "year", "due_on", "amount")}
    return Body(
        title=writer.say(WORDS, sort),
        greeted=True,
        signed=True,
        blocks=[
            Paragraph(writer.show(WORDS, f"{sort}_1", name=writer.name, **told)),
            KeyFacts(
                [
                    Row(writer.show(WORDS, key), printed(value))
                    for key, value in values.items()
                    if value
                ]
            ),
            Paragraph(writer.show(WORDS, f"{sort}_2")),
            Paragraph(writer.show(WORDS, "charges"), quiet=True),
        ],
    )
