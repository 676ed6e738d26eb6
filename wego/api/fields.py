"""Money and days as they are sent: `{"amount": "6000.00", "currency": "USD"}`, `2020-12-31`."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from wego.money import USD, cents_of, plain

AMOUNT = re.compile(r"(0|[1-9][0-9]{0,9})\.[0-9]{2}")
MONEY_SCHEMA = {
    "type": "object",
    "properties": {
        "amount": {"type": "string", "pattern": r"^-?(0|[1-9][0-9]*)\.[0-9]{2}$"},
        "currency": {"type": "string", "enum": [USD]},
    },
    "required": ["amount", "currency"],
    "additionalProperties": False,
}


@extend_schema_field(MONEY_SCHEMA)
class MoneyField(serializers.Field[Any, Any, Any, Any]):
    """Whole cents as an amount in dollars, always with two places."""

    default_error_messages = {  # noqa: RUF012 DRF's way
        "shape": _('Send money as {{"amount": "6000.00", "currency": "USD"}}.')
    }

    def to_representation(self, value: int) -> dict[str, str]:
        """As it is sent."""
        return {"amount": plain(value), "currency": USD}

    def to_internal_value(self, data: Any) -> int:  # noqa: ANN401 whatever was sent
        """Whole cents of what was sent."""
        amount = data.get("amount") if isinstance(data, dict) else None
        if (
            not isinstance(amount, str)
            or not AMOUNT.fullmatch(amount)
            or data.get("currency") != USD
            or set(data) != {"amount", "currency"}
        ):
            self.fail("shape")
        return cents_of(Decimal(amount))


def money(cents: int) -> dict[str, str]:
    """Cents as they are sent."""
    return {"amount": plain(cents), "currency": USD}
