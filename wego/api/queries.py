"""What may stand behind the question mark: a whitelist, and nothing else.

An unknown parameter is refused: a filter that is silently ignored answers another question.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request

from wego.api.problems import Problem

FIRST_DAY, LAST_DAY = dt.date(2000, 1, 1), dt.date(2100, 12, 31)


class DayField(serializers.DateField):
    """A Seoul calendar date of this century, `2020-12-31`."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 DRF's options
        super().__init__(input_formats=["%Y-%m-%d"], **options)

    def to_internal_value(self, value: Any) -> dt.date:  # noqa: ANN401 whatever was sent
        """The day, within the years this house knows."""
        day: dt.date = super().to_internal_value(value)
        if not FIRST_DAY <= day <= LAST_DAY:
            raise serializers.ValidationError(
                _("Choose a day between %(first)s and %(last)s.")
                % {"first": FIRST_DAY, "last": LAST_DAY},
                code="day",
            )
        return day


class YearField(serializers.IntegerField):
    """A year of this century."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 DRF's options
        super().__init__(min_value=FIRST_DAY.year, max_value=LAST_DAY.year, **options)


class Query(serializers.Serializer[Any]):
    """The parameters of an address; a resource lists its own."""


class OnQuery(Query):
    """A day in Seoul; today when it is absent."""

    on = DayField(required=False, help_text="A day in Seoul, today if absent.")


def read_query(request: Request, kind: type[Query]) -> dict[str, Any]:
    """The parameters of a request, checked; those that are absent are left out.

    Raises:
        Problem: one is not known here, stands twice, or has a value it cannot have (400).
    """
    known = set(kind().fields)
    given = request.query_params
    errors = [
        wrong(name, "unknown", _("This parameter is not known here."))
        for name in given
        if name not in known
    ]
    errors += [
        wrong(name, "twice", _("This parameter stands twice."))
        for name in given
        if name in known and len(given.getlist(name)) > 1
    ]
    query = kind(data={name: given[name] for name in given if name in known})
    if not query.is_valid():
        errors += wrong_values(query)
    if errors:
        raise Problem(400, _("The parameters cannot be taken: see errors."), errors=errors)
    return dict(query.validated_data)


def wrong(name: str, code: str, detail: str) -> dict[str, str]:
    """One thing that is wrong with a parameter."""
    return {"parameter": name[:80], "code": code, "detail": detail}


def wrong_values(query: Query) -> list[dict[str, str]]:
    """What is wrong with the values, by parameter."""
    return [
        wrong(name, found.code, str(found))
        for name, all_found in query.errors.items()
        for found in all_found
    ]
