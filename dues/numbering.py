"""Gapless numbers of receipts and credit notes: given under a lock, in the act that needs them."""

from django.db import connection

from dues.models import NumberSeries, Series

PREFIXES: dict[str, str] = {Series.RECEIPT: "RC", Series.CREDIT_NOTE: "CN"}


def number_of(kind: str, year: int, sequence: int) -> str:
    """`RC-2027-0001` or `CN-2027-0001`: gapless within a year."""
    return f"{PREFIXES[kind]}-{year}-{sequence:04d}"


def take_number(kind: str, year: int) -> tuple[str, int]:
    """The next number of a year and its place in the series.

    The counter's row stays locked until the transaction ends; a rolled-back one leaves no gap.
    """
    NumberSeries.objects.bulk_create([NumberSeries(kind=kind, year=year)], ignore_conflicts=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE dues_numberseries SET last_number = last_number + 1 "
            "WHERE kind = %s AND year = %s RETURNING last_number",
            [kind, year],
        )
        sequence = int(cursor.fetchone()[0])
    return number_of(kind, year, sequence), sequence
