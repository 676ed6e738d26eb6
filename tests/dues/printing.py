"""Invoices of named cities, issued and without documents."""

from dues.models import Invoice
from tests.dues.builders import city, issued_invoice

NAMES = ["Goyang", "Almaty", "Kathmandu", "Beyoglu", "Makati", "Ulyanovsk"]


def issue(count: int = 3) -> list[Invoice]:
    """Invoices of as many named cities."""
    return [
        issued_invoice(city(name, ""), sequence=sequence)
        for sequence, name in enumerate(NAMES[:count], start=1)
    ]
