"""The reduction and the credit on a printed invoice, in both languages, on their own lines."""

import re

import pytest

from dues import invoice_page
from dues.documents import render_invoice
from tests.dues.snapshots import danfoss, invoice_snapshot, long_names, seoul
from tests.dues.test_invoice_page import copied
from wego import drawing, pdf
from wego.money import display

REDUCTION = {
    "id": 1,
    "fee_cents": 1_000_000,
    "cents": 500_000,
    "percent": 50,
    "reason": "Earthquake",
    "decided_on": "2019-11-17",
    "decided_by": "EXCOM",
    "reference": "EXCOM 2019, item 7",
}
LENGTHY = {
    "decided_by": "Executive Committee of the World Smart Sustainable Cities Organization",
    "reference": "Resolution 12 of the meeting held in Ulyanovsk, agenda item 7, annex B, " * 4,
}


def part(snapshot, tmp_path, first, last):
    """The lines between two that are printed, both with them."""
    text = copied(snapshot, tmp_path)
    return re.search(rf"{first}.*?{last}[^\n]*\n", text, re.DOTALL)[0]


def test_english_prints_fee_reduction_total_and_credit(tmp_path):
    snapshot = invoice_snapshot(
        2,
        amount_cents=62_500,
        reduction=REDUCTION | {"fee_cents": 125_000, "cents": 62_500},
        credit_cents=10_000,
    )

    assert part(snapshot, tmp_path, "Description", "Credit") == (
        "Description | Amount\n"
        "Annual membership dues, 1 January to 31 December 2020 | USD 1,250.00\n"
        "City member\n"
        "Reduction of 50 % by decision: EXCOM, 17 Nov 2019 (EXCOM 2019, item 7) | USD -625.00\n"
        "Total due | USD 625.00\n"
        "US dollars six hundred and twenty-five only\n"
        "Credit on your account: USD 100.00. It can be set off: please pay USD 525.00, or write "
        "to us.\n"
    )


def test_korean_prints_both_languages(tmp_path):
    snapshot = seoul() | {
        "amount_cents": 500_000,
        "reduction": REDUCTION,
        "credit_cents": 500_000,
    }

    assert part(snapshot, tmp_path, "결정에", "Credit") == (
        "결정에 따른 50 % 감면: EXCOM, 2019. 11. 17. (EXCOM 2019, item 7) | USD -5,000.00\n"
        "Reduction of 50 % by decision: EXCOM, 17 Nov 2019 (EXCOM 2019, item 7)\n"
        "청구 금액 Total due | USD 5,000.00\n"
        "미화 오천 달러정\n"
        "US dollars five thousand only\n"
        "예치금 USD 5,000.00이 있어 이 청구 금액을 충당합니다. 상계를 원하시면 사무국에 알려 "
        "주십시오.\n"
        "Credit on your account: USD 5,000.00. It covers this invoice: to set it off, write to "
        "us.\n"
    )


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_longest_decision_keeps_the_page(language, tmp_path):
    snapshot = long_names() | {
        "language": language,
        "amount_cents": 500_000,
        "reduction": REDUCTION | LENGTHY,
        "credit_cents": 10_000,
    }

    text = copied(snapshot, tmp_path)

    assert "Executive Committe…, 17 Nov 2019 (Resolution 12 of t…" in text
    assert "please pay USD 4,900.00" in text


@pytest.mark.parametrize("credit", [{}, {"credit_cents": 10_000}])
def test_a_stamped_reduction_is_what_a_full_print_would_be(credit):
    def lowered(sequence, cents):
        lines = REDUCTION | {"fee_cents": 800_000, "cents": cents, "percent": None}
        return danfoss(sequence) | {"amount_cents": 800_000 - cents, "reduction": lines} | credit

    render_invoice(lowered(1, 100_000))
    snapshot = lowered(2, 234_567)

    full = pdf.render_pdf(
        invoice_page.invoice_html(snapshot),
        css=invoice_page.stylesheet(),
        identifier=snapshot["number"],
        assets=invoice_page.assets(),
        limits=invoice_page.LIMITS,
    )
    assert drawing.alike(render_invoice(snapshot), full)


@pytest.mark.parametrize("cents", [1, 62_500, 124_999])
def test_lines_add_up_to_the_amount(cents):
    lines = REDUCTION | {"fee_cents": 125_000, "cents": cents, "percent": None}
    page = invoice_page.page_of(invoice_snapshot(2, amount_cents=125_000 - cents, reduction=lines))

    fee, off, total = (
        round(float(page[name].removeprefix("USD ").replace(",", "")) * 100)
        for name in ("fee", "off", "amount")
    )
    assert fee + off == total > 0
    assert page["amount"] == display(125_000 - cents)
