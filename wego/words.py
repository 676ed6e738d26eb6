"""Amounts of money in words, as a bank transfer form or a contract writes them."""

from num2words import num2words

_DIGITS = ("", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구")
_PLACES = ("", "십", "백", "천")
_GROUPS = ("", "만", "억", "조")
_CURRENCIES = {"USD": ("US dollars", "미화", "달러")}


def amount_in_english(cents: int, currency: str = "USD") -> str:
    """`US dollars six thousand five hundred only`; cents follow as `and cents twenty-five`."""
    name, _, _ = _CURRENCIES[currency]
    units, rest = _split(cents)
    fraction = f" and cents {_english(rest)}" if rest else ""
    return f"{name} {_english(units)}{fraction} only"


def amount_in_korean(cents: int, currency: str = "USD") -> str:
    """`미화 육천오백 달러정`; every digit is written (`일만`, not `만`), so that none can be added.

    The spelling of amounts in Korean official documents: `금113,560원(금일십일만삼천오백육십원)`.
    """
    _, name, unit = _CURRENCIES[currency]
    units, rest = _split(cents)
    fraction = f" {_korean(rest)} 센트" if rest else ""
    return f"{name} {_korean(units)} {unit}{fraction}정"


def _split(cents: int) -> tuple[int, int]:
    if cents < 0:
        msg = "Amounts in words are never negative."
        raise ValueError(msg)
    return divmod(cents, 100)


def _english(number: int) -> str:
    return str(num2words(number, lang="en")).replace(",", "")


def _korean(number: int) -> str:
    if number == 0:
        return "영"
    words = ""
    for place, digit in enumerate(reversed(str(number))):
        group = _GROUPS[place // 4] if place % 4 == 0 and number // 10**place % 10**4 else ""
        written = _DIGITS[int(digit)] + _PLACES[place % 4] if digit != "0" else ""
        words = written + group + words
    return words
