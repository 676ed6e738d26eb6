"""Tokens and webhooks by the thousand, for the count of queries of every list."""

import datetime as dt

from django.utils import timezone

from members.models import ApiToken
from wego.models import WebhookEndpoint


def fill_api(numbers, members):
    """A token of every member, and a webhook of every fiftieth."""
    later = timezone.now() + dt.timedelta(days=30)
    ApiToken.objects.bulk_create(
        (
            ApiToken(
                name=f"Accounting {n}",
                digest=f"{n:064d}",
                member=member,
                scopes=["invoices:read"],
                expires_at=later,
            )
            for n, member in zip(numbers, members, strict=True)
        ),
        batch_size=500,
    )
    WebhookEndpoint.objects.bulk_create(
        WebhookEndpoint(name=f"City {n}", url="https://x.example", nonce="n", digest="d")
        for n in numbers[::50]
    )
