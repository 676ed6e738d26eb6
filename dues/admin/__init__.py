"""The staff pages of dues: the year, its invoices, money, the bank, the books, settings."""

from dues.admin import (
    claims,
    invoices,
    issuer,
    ledger,
    papers,
    payments,
    periods,
    plans,
    reductions,
    refunds,
    reminders,
    schedules,
    statements,
)

__all__ = [
    "claims",
    "invoices",
    "issuer",
    "ledger",
    "papers",
    "payments",
    "periods",
    "plans",
    "reductions",
    "refunds",
    "reminders",
    "schedules",
    "statements",
]
