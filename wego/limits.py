"""How often something may be tried, counted where every process sees it (S13).

A limit is a row of places: each try takes one, a place is free again when its time has run out.
Taking a place is atomic in the shared cache, so two processes never take the same.
"""

import hashlib
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest


@dataclass(frozen=True)
class Limit:
    """At most `most` tries of one key within `seconds`."""

    name: str
    most: int
    seconds: int


def take_place(limit: Limit, key: str) -> bool:
    """Whether this try is still allowed; it counts from now on if it is."""
    digest = hashlib.sha256(key.encode()).hexdigest()[:32]
    places = [f"limit:{limit.name}:{digest}:{number}" for number in range(limit.most)]
    # Mostly free, any place will do: with hundreds of them asking for all would cost more.
    if cache.add(secrets.choice(places), 1, timeout=limit.seconds):
        return True
    taken = cache.get_many(places)
    return any(cache.add(place, 1, timeout=limit.seconds) for place in places if place not in taken)


def address_of(request: HttpRequest) -> str:
    """Where a request comes from; what a proxy says counts only when one is configured."""
    said = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if settings.SECURE_PROXY_SSL_HEADER and said:
        return str(said).rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))
