"""The staff pages of dues: the year, its invoices, the fee schedules, the invoice settings."""

from dues.admin import invoices, issuer, schedules

__all__ = ["invoices", "issuer", "schedules"]
