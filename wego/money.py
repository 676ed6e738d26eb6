"""Money is integer cents; this is the one place where figures become cents and cents figures."""

from decimal import ROUND_HALF_UP, Decimal

USD = "USD"


def cents_of(amount: Decimal | int | str) -> int:
    """Whole cents of an amount in dollars; a half cent goes away from zero."""
    return int((Decimal(amount) * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def plain(cents: int) -> str:
    """`450100.00`: for exports and JSON, always two places."""
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def display(cents: int, currency: str = USD) -> str:
    """`USD 450,100.00`: for people, code first, a minus before the figures."""
    sign = "-" if cents < 0 else ""
    return f"{currency} {sign}{abs(cents) // 100:,}.{abs(cents) % 100:02d}"


def short(cents: int, currency: str = USD) -> str:
    """`USD 450,100`: as `display`, without the places when they are zero."""
    return display(cents, currency).removesuffix(".00")
