"""Fee schedules, and what a city or company would pay (R8, R9)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail
from rest_framework.request import Request
from rest_framework.response import Response

from dues.models import BandMeasure, FeeSchedule, ScheduleState
from dues.quotes import Quote, quote_dues
from members.models import Kind
from wego.api.fields import MoneyField, money
from wego.api.paging import PageQuery, page_response, read_page
from wego.api.queries import Query, YearField, read_query
from wego.api.views import Question, Resource

GOYANG = OpenApiExample(
    "A city",
    {
        "kind": "city",
        "dues_year": 2026,
        "population": 1_073_069,
        "gdp_per_capita": {"amount": "42300.00", "currency": "USD"},
    },
    request_only=True,
)


class ScheduleBody(serializers.Serializer[Any]):
    """A table of yearly fees: `cells[row][column]`; a band runs from its bound to the next one."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(Kind.choices)
    name_en = serializers.CharField()
    name_ko = serializers.CharField()
    first_dues_year = serializers.IntegerField()
    source = serializers.CharField()  # type: ignore[assignment]  # a field of the body
    column_measure = serializers.ChoiceField(BandMeasure.choices)
    column_bounds = serializers.ListField(child=serializers.IntegerField())
    row_measure = serializers.ChoiceField(BandMeasure.choices, allow_blank=True)
    row_bounds = serializers.ListField(child=serializers.IntegerField())
    cells = serializers.ListField(child=serializers.ListField(child=MoneyField()))


class SchedulePage(serializers.Serializer[Any]):
    """A page of schedules."""

    results = ScheduleBody(many=True)
    next = serializers.URLField(allow_null=True)


class ScheduleQuery(PageQuery):
    """What schedules can be chosen by."""

    kind = serializers.ChoiceField(Kind.choices, required=False)


class QuoteAsked(serializers.Serializer[Any]):
    """Figures: `population` and `gdp_per_capita` of a city, or `employees` of a company."""

    kind = serializers.ChoiceField([Kind.CITY, Kind.COMPANY])
    dues_year = YearField()
    population = serializers.IntegerField(required=False, min_value=1, max_value=300_000_000)
    gdp_per_capita = MoneyField(required=False)
    employees = serializers.IntegerField(required=False, min_value=0, max_value=10_000_000)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A city has no employees to price, a company no population."""
        wanted = (
            {"employees"} if attrs["kind"] == Kind.COMPANY else {"population", "gdp_per_capita"}
        )
        given = {"employees", "population", "gdp_per_capita"} & attrs.keys()
        if given != wanted:
            raise serializers.ValidationError(
                _("Give population and gdp_per_capita for a city, or employees for a company."),
                code="figures",
            )
        if attrs.get("gdp_per_capita") == 0:
            sentence = _("0 is no figure here: leave it out while it is unknown.")
            raise serializers.ValidationError({"gdp_per_capita": [ErrorDetail(sentence, "0")]})
        return attrs


class BandBody(serializers.Serializer[Any]):
    """A half-open band; without `below` it is open upward."""

    measure = serializers.ChoiceField(BandMeasure.choices)
    from_value = serializers.IntegerField()
    below = serializers.IntegerField(allow_null=True)


class QuoteBody(serializers.Serializer[Any]):
    """The yearly fee, and the cell it stands in."""

    fee = MoneyField()
    schedule = serializers.IntegerField()
    schedule_name_en = serializers.CharField()
    bands = BandBody(many=True)


class FeeSchedules(Resource):
    """Schedules in force."""

    scope, permission = "fees", "dues.view_feeschedule"

    @extend_schema(
        operation_id="list_fee_schedules", parameters=[ScheduleQuery], responses=SchedulePage
    )
    def get(self, request: Request) -> Response:
        """List the fee schedules in force; drafts price nothing and are not shown."""
        query = read_query(request, ScheduleQuery)
        chosen = {"kind": query["kind"]} if "kind" in query else {}
        rows = FeeSchedule.objects.filter(state=ScheduleState.IN_FORCE, **chosen)
        page, cursor = read_page(rows, query)
        return page_response(request, [schedule_data(each) for each in page], cursor)


class Quotes(Question):
    """What a member would pay."""

    scope, permission = "fees", "dues.view_feeschedule"

    @extend_schema(operation_id="quote", request=QuoteAsked, responses=QuoteBody, examples=[GOYANG])
    def post(self, request: Request) -> Response:
        """Ask for the yearly fee of some figures; nothing is stored."""
        read_query(request, Query)
        asked = QuoteAsked(data=request.data)
        asked.is_valid(raise_exception=True)
        found = asked.validated_data
        city = found["kind"] == Kind.CITY
        quote = quote_dues(
            found["kind"],
            year=found["dues_year"],
            column=Decimal(found["population"] if city else found["employees"]),
            row=Decimal(found["gdp_per_capita"]) / 100 if city else None,
        )
        return Response(quote_data(quote))


def schedule_data(row: FeeSchedule) -> dict[str, Any]:
    """A schedule as it is sent."""
    return {
        "id": row.pk,
        "kind": row.kind,
        "name_en": row.name_en,
        "name_ko": row.name_ko,
        "first_dues_year": row.first_dues_year,
        "source": row.source,
        "column_measure": row.column_measure,
        "column_bounds": row.column_bounds,
        "row_measure": row.row_measure,
        "row_bounds": row.row_bounds,
        "cells": [[money(int(cell)) for cell in line] for line in row.cells_cents],
    }


def quote_data(quote: Quote) -> dict[str, Any]:
    """A quote as it is sent."""
    table, cell = quote.schedule.table, quote.cell
    bands = [(table.column_measure, cell.column_band)]
    if cell.row_band is not None:
        bands.append((table.row_measure, cell.row_band))
    return {
        "fee": money(cell.amount_cents),
        "schedule": quote.schedule.pk,
        "schedule_name_en": quote.schedule.name_en,
        "bands": [
            {"measure": measure, "from_value": band[0], "below": band[1]} for measure, band in bands
        ],
    }
