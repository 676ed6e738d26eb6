"""Somebody works without pause: a city joins, is invoiced, pays; a document is printed, the trail
sealed. Says "done" after every round.
"""

import itertools
import sys

import django

django.setup()

from dues.documents import render_pending  # noqa: E402 Django first
from dues.invoicing import issue_dues  # noqa: E402 the same
from dues.models import Invoice  # noqa: E402 the same
from tests.dues.books import pay  # noqa: E402 the same
from tests.register import add_figure, add_member  # noqa: E402 the same
from wego import seals  # noqa: E402 the same


def work(number):
    """One round."""
    city = add_member(f"Ward {number:04}")
    add_figure(city, 100_000 + number)
    issue_dues(2020, by=None)
    invoice = Invoice.objects.get(member=city)
    pay(city, invoice.amount_cents // 100 - number % 3, bank_reference=f"W{number}")
    if number % 4 == 0:
        render_pending(limit=1)
    seals.seal_all()


if __name__ == "__main__":
    for number in itertools.count(1):
        work(number)
        sys.stdout.write("done\n")
        sys.stdout.flush()
