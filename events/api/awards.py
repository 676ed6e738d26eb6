"""Awards as the public sees them: editions that were called, winners once they are announced."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from events.awards.gallery import SHOWN, find_edition, show_winners
from events.models import AwardEdition, AwardWinner
from events.models.awards import EditionState
from wego.api.paging import PageQuery, page_response, read_page
from wego.api.queries import Query, YearField, read_query
from wego.api.views import Resource


class EditionBody(serializers.Serializer[Any]):
    """An edition of a series of awards."""

    code = serializers.CharField()
    series = serializers.CharField()
    name_en = serializers.CharField()
    name_ko = serializers.CharField()
    number = serializers.IntegerField()
    year = serializers.IntegerField()
    state = serializers.ChoiceField(EditionState.choices)
    call_on = serializers.DateField()
    deadline_on = serializers.DateField()
    result_on = serializers.DateField(allow_null=True)
    ceremony_on = serializers.DateField(allow_null=True)
    ceremony_place = serializers.CharField()


class WinnerBody(serializers.Serializer[Any]):
    """A winner: rank 1 is gold."""

    category_en = serializers.CharField()
    category_ko = serializers.CharField()
    rank = serializers.IntegerField()
    is_tie = serializers.BooleanField()
    entrant = serializers.CharField()
    country_code = serializers.CharField()
    member = serializers.IntegerField(allow_null=True)
    project = serializers.CharField()
    summary = serializers.CharField()


class OneEditionBody(EditionBody):
    """An edition with its winners; none before they are announced."""

    winners = WinnerBody(many=True)


class EditionPage(serializers.Serializer[Any]):
    """A page of editions."""

    results = EditionBody(many=True)
    next = serializers.URLField(allow_null=True)


class EditionQuery(PageQuery):
    """What editions can be chosen by."""

    year = YearField(required=False)
    series = serializers.SlugField(required=False, max_length=40)


def edition_data(edition: AwardEdition) -> dict[str, Any]:
    """An edition as it is sent."""
    days = ("call_on", "deadline_on", "result_on", "ceremony_on")
    return {
        "code": f"{edition.series.code}-{edition.number}",
        "series": edition.series.code,
        "name_en": edition.series.name_en,
        "name_ko": edition.series.name_ko,
        "number": edition.number,
        "year": edition.year,
        "state": edition.state,
        **{name: day.isoformat() if (day := getattr(edition, name)) else None for name in days},
        "ceremony_place": edition.ceremony_place,
    }


def winner_data(winner: AwardWinner) -> dict[str, Any]:
    """A winner as it is sent; nothing of whoever handed the entry in."""
    entry = winner.entry
    return {
        "category_en": winner.category.name_en,
        "category_ko": winner.category.name_ko,
        "rank": winner.rank,
        "is_tie": winner.tie_id is not None,
        "entrant": str(entry.entrant),
        "country_code": entry.country_code,
        "member": entry.member_id,
        "project": entry.title,
        "summary": entry.summary,
    }


class Awards(Resource):
    """Editions."""

    scope, permission = "awards", "events.view_awardedition"

    @extend_schema(operation_id="list_awards", parameters=[EditionQuery], responses=EditionPage)
    def get(self, request: Request) -> Response:
        """List the editions that were called, the last entered first."""
        query = read_query(request, EditionQuery)
        names = {"year": "year", "series": "series__code"}
        chosen = {field: query[name] for name, field in names.items() if name in query}
        rows = AwardEdition.objects.filter(state__in=SHOWN, **chosen).select_related("series")
        page, cursor = read_page(rows, query, newest_first=True)
        return page_response(request, [edition_data(each) for each in page], cursor)


class OneAward(Resource):
    """One edition."""

    scope, permission = "awards", "events.view_awardedition"

    @extend_schema(operation_id="read_award", responses=OneEditionBody)
    def get(self, request: Request, code: str) -> Response:
        """Read an edition and, once they are announced, its winners."""
        read_query(request, Query)
        edition = find_edition(code)
        if edition is None:
            raise Http404
        winners = [
            winner_data(laureate.winner)
            for group in show_winners(edition)
            for laureate in group.laureates
        ]
        return Response({**edition_data(edition), "winners": winners})
