"""Amounts in words, English and Korean, word for word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wego.words import amount_in_english, amount_in_korean


@pytest.mark.parametrize(
    ("cents", "words"),
    [
        (40_000, "US dollars four hundred only"),
        (75_000, "US dollars seven hundred and fifty only"),
        (100_000, "US dollars one thousand only"),
        (225_000, "US dollars two thousand two hundred and fifty only"),
        (650_000, "US dollars six thousand five hundred only"),
        (1_000_000, "US dollars ten thousand only"),
        (45_010_000, "US dollars four hundred and fifty thousand one hundred only"),
        (
            123_456_789,
            "US dollars one million two hundred and thirty-four thousand five hundred and "
            "sixty-seven and cents eighty-nine only",
        ),
        (50, "US dollars zero and cents fifty only"),
        (0, "US dollars zero only"),
    ],
)
def test_english_amounts(cents: int, words: str) -> None:
    assert amount_in_english(cents) == words


@pytest.mark.parametrize(
    ("cents", "words"),
    [
        (40_000, "미화 사백 달러정"),
        (75_000, "미화 칠백오십 달러정"),
        (100_000, "미화 일천 달러정"),
        (225_000, "미화 이천이백오십 달러정"),
        (650_000, "미화 육천오백 달러정"),
        (1_000_000, "미화 일만 달러정"),
        (11_356_000, "미화 일십일만삼천오백육십 달러정"),
        (45_010_000, "미화 사십오만일백 달러정"),
        (100_000_000_00, "미화 일억 달러정"),
        (1_000_000_000_001, "미화 일백억 달러 일 센트정"),
        (123_456_789, "미화 일백이십삼만사천오백육십칠 달러 팔십구 센트정"),
        (50, "미화 영 달러 오십 센트정"),
        (0, "미화 영 달러정"),
    ],
)
def test_korean_amounts(cents: int, words: str) -> None:
    assert amount_in_korean(cents) == words


@pytest.mark.parametrize("in_words", [amount_in_english, amount_in_korean])
def test_a_negative_amount_is_refused(in_words) -> None:
    with pytest.raises(ValueError, match="never negative"):
        in_words(-1)


def test_an_unknown_currency_is_refused() -> None:
    with pytest.raises(KeyError):
        amount_in_english(100, "XXX")


def read_korean(words: str) -> int:
    """The number a Korean numeral stands for, read back digit by digit."""
    total = group = digit = 0
    for letter in words:
        if letter in "일이삼사오육칠팔구":
            digit = "일이삼사오육칠팔구".index(letter) + 1
        elif letter in "십백천":
            group += digit * 10 ** ("십백천".index(letter) + 1)
            digit = 0
        else:
            total += (group + digit) * 10 ** (4 * ("만억조".index(letter) + 1))
            group = digit = 0
    return total + group + digit


@given(st.integers(min_value=1, max_value=10**15))
def test_korean_words_read_back_as_the_same_number(units: int) -> None:
    words = amount_in_korean(units * 100)

    assert read_korean(words.removeprefix("미화 ").removesuffix(" 달러정")) == units
