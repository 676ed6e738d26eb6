"""Invoice numbers in any writing, alone and inside what a bank prints."""

import pytest

from dues.invoicing import payment_reference
from dues.written import Writing, find_mentions, read_place

pytestmark = pytest.mark.once
REFERENCE = payment_reference("WEGO-2020-0012")


def places(*texts):
    return [(each.year, each.sequence) for each in find_mentions(*texts)]


@pytest.mark.parametrize(
    "typed",
    ["WEGO-2020-0012", "2020/12", "wego 2020 12", "No. 2020-0012", "번호 2020-12", REFERENCE],
)
def test_typed_name_is_one_place(typed):
    assert read_place(typed) == (2020, 12)


@pytest.mark.parametrize("typed", ["Goyang", "2020", "2020-0", "12", "WEGO-1999-0001"])
def test_other_words_name_no_place(typed):
    assert read_place(typed) is None


@pytest.mark.parametrize(
    ("text", "writing"),
    [
        (f"/ROC/{REFERENCE}//", Writing.REFERENCE),
        (" ".join(REFERENCE[at : at + 4] for at in range(0, len(REFERENCE), 4)), Writing.REFERENCE),
        (f"REF {REFERENCE.lower()} GOYANG", Writing.REFERENCE),
        ("Annual fee WEGO-2020-0012", Writing.NUMBER),
        ("wego 2020/12 회비", Writing.NUMBER),
        ("WEGO20200012", Writing.NUMBER),
        ("INVOICE WEGO-2020-\n0012", Writing.NUMBER),
        ("ＷＥＧＯ－２０２０－００１２", Writing.NUMBER),
        ("dues 2020-12", Writing.LOOSE),
        ("청구서 2020-12번", Writing.LOOSE),
        ("2020 0012", Writing.LOOSE),
    ],
)
def test_text_names_an_invoice_as_surely_as_it_is_written(text, writing):
    assert find_mentions(text) == [(2020, 12, writing)]


def test_reference_with_a_wrong_digit_is_no_reference():
    wrong = REFERENCE[:-1] + ("3" if REFERENCE[-1] != "3" else "4")

    assert find_mentions(wrong)[0].writing == Writing.LOOSE


@pytest.mark.parametrize(
    "text",
    [
        "2020-03-31",
        "paid 31.03.2020.",
        "2020",
        "KR20200012345678901234",
        "4 500.00",
        "dues 2020 85",
    ],
)
def test_dates_and_other_numbers_name_nothing(text):
    assert places(text) == []


def test_several_invoices_come_each_once_the_surest_first():
    text = f"2019-7 and WEGO-2020-0012, {REFERENCE}"

    assert find_mentions(text, "WEGO-2018-0003") == [
        (2020, 12, Writing.REFERENCE),
        (2018, 3, Writing.NUMBER),
        (2019, 7, Writing.LOOSE),
    ]
