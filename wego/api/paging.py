"""Lists a page at a time, by a cursor: a page costs the same however far back it lies.

The cursor is the key of the last row seen. Rows that come meanwhile move nothing.
"""

from __future__ import annotations

import base64
import binascii
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from wego.api.problems import Problem
from wego.api.queries import Query

PER_PAGE, MOST = 50, 200
LARGEST_KEY = 2**63 - 1


class PageQuery(Query):
    """What every list takes besides its own filters."""

    cursor = serializers.RegexField(
        r"^[A-Za-z0-9_-]{1,40}$",
        required=False,
        help_text="From the `next` of the page before; opaque.",
    )
    limit = serializers.IntegerField(
        required=False, min_value=1, max_value=MOST, help_text=f"Rows a page, {PER_PAGE} if absent."
    )


def write_cursor(key: int) -> str:
    """The cursor after the row with this key."""
    return base64.urlsafe_b64encode(f"k{key}".encode()).decode().rstrip("=")


def read_cursor(cursor: str) -> int:
    """The key in a cursor.

    Raises:
        Problem: it is none of ours (400).
    """
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
    except (binascii.Error, ValueError):
        text = ""
    digits = text[1:]
    if text[:1] != "k" or not digits.isdecimal() or int(digits) > LARGEST_KEY:
        raise Problem(
            400,
            _("The parameters cannot be taken: see errors."),
            errors=[
                {
                    "parameter": "cursor",
                    "code": "cursor",
                    "detail": _("Take the cursor from the page before, unchanged."),
                }
            ],
        )
    return int(digits)


def read_page(
    rows: QuerySet[Any], query: dict[str, Any], *, newest_first: bool = False
) -> tuple[list[Any], str | None]:
    """One page of rows in the order of their keys, and the cursor of the next one; one query."""
    size = query.get("limit", PER_PAGE)
    if cursor := query.get("cursor"):
        key = read_cursor(cursor)
        rows = rows.filter(pk__lt=key) if newest_first else rows.filter(pk__gt=key)
    found = list(rows.order_by("-pk" if newest_first else "pk")[: size + 1])
    more = len(found) > size
    page = found[:size]
    return page, write_cursor(page[-1].pk) if more else None


def page_response(request: Request, results: list[Any], cursor: str | None) -> Response:
    """A page as it is sent: the rows and the address of the next one, in the body and as a link."""
    following = None
    if cursor:
        query = request.query_params.copy()
        query["cursor"] = cursor
        following = request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
    headers = {"Link": f'<{following}>; rel="next"'} if following else None
    return Response({"results": results, "next": following}, headers=headers)
