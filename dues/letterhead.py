"""What stands above every letter: the issuer's facts, lent to the register."""

from typing import Any

from dues.models import IssuerProfile

FIELDS = ("name_en", "name_ko", "email", "phone", "website")


def read_letterhead() -> dict[str, Any]:
    """Names, address lines and ways to reach the secretariat; nothing when none were set."""
    issuer = IssuerProfile.objects.first()
    if issuer is None:
        return {}
    return {
        **{name: getattr(issuer, name) for name in FIELDS},
        "address_en": issuer.address_en.splitlines(),
        "address_ko": issuer.address_ko.splitlines(),
        "demo": issuer.is_demo,
    }


def read_secretariat_address() -> str:
    """Where answers to mails go; "" when none is set."""
    return IssuerProfile.objects.values_list("email", flat=True).first() or ""
