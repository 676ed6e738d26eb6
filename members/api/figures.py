"""Figures fees are priced from: of members, and of countries."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from members.api.members import COUNTRY
from members.models import CountryFigure, Measure, MemberFigure
from members.tokens import reached_members
from wego.api.caller import caller_of
from wego.api.fields import MoneyField
from wego.api.paging import PageQuery, page_response, read_page
from wego.api.queries import YearField, read_query
from wego.api.views import Resource


class FigureBody(serializers.Serializer[Any]):
    """A figure of a member for a dues year; of several of one year the newest holds."""

    id = serializers.IntegerField()
    member = serializers.IntegerField(source="member_id")
    measure = serializers.ChoiceField(Measure.choices)
    dues_year = serializers.IntegerField()
    value = serializers.IntegerField(help_text="Persons, or employees.")
    source = serializers.CharField()  # type: ignore[assignment]  # a field of the body
    source_year = serializers.IntegerField(allow_null=True)
    definition = serializers.CharField()
    entered_at = serializers.DateTimeField()


class FigurePage(serializers.Serializer[Any]):
    """A page of figures."""

    results = FigureBody(many=True)
    next = serializers.URLField(allow_null=True)


class FigureQuery(PageQuery):
    """What figures can be chosen by."""

    member = serializers.IntegerField(required=False, min_value=1, max_value=2**53)
    measure = serializers.ChoiceField(Measure.choices, required=False)
    dues_year = YearField(required=False)


class CountryFigureBody(serializers.Serializer[Any]):
    """The GDP per capita (PPP) of a country for a dues year; the newest of a year holds."""

    id = serializers.IntegerField()
    country_code = serializers.CharField()
    dues_year = serializers.IntegerField()
    gdp_per_capita = MoneyField(source="gdp_cents")
    source = serializers.CharField()  # type: ignore[assignment]  # a field of the body
    source_year = serializers.IntegerField(allow_null=True)
    definition = serializers.CharField()
    entered_at = serializers.DateTimeField()


class CountryFigurePage(serializers.Serializer[Any]):
    """A page of figures of countries."""

    results = CountryFigureBody(many=True)
    next = serializers.URLField(allow_null=True)


class CountryFigureQuery(PageQuery):
    """What figures of countries can be chosen by."""

    country_code = serializers.RegexField(COUNTRY, required=False)
    dues_year = YearField(required=False)


class Figures(Resource):
    """Population and employees."""

    scope, permission = "figures", "members.view_memberfigure"

    @extend_schema(operation_id="list_figures", parameters=[FigureQuery], responses=FigurePage)
    def get(self, request: Request) -> Response:
        """List the figures of members, the newest first."""
        query = read_query(request, FigureQuery)
        chosen = {name: query[name] for name in ("measure", "dues_year") if name in query}
        if "member" in query:
            chosen["member_id"] = query["member"]
        rows = MemberFigure.objects.filter(member__in=reached_members(caller_of(request)), **chosen)
        page, cursor = read_page(rows, query, newest_first=True)
        return page_response(request, list(FigureBody(page, many=True).data), cursor)


class CountryFigures(Resource):
    """GDP per capita."""

    scope, permission = "figures", "members.view_countryfigure"

    @extend_schema(
        operation_id="list_country_figures",
        parameters=[CountryFigureQuery],
        responses=CountryFigurePage,
    )
    def get(self, request: Request) -> Response:
        """List the figures of countries, the newest first; they are public statistics."""
        query = read_query(request, CountryFigureQuery)
        chosen = {name: query[name] for name in ("country_code", "dues_year") if name in query}
        rows = CountryFigure.objects.filter(**chosen)
        page, cursor = read_page(rows, query, newest_first=True)
        return page_response(request, list(CountryFigureBody(page, many=True).data), cursor)
