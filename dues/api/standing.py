"""Good standing, the vote and the candidacy on a day, each with its reason (S9-S11, P2)."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from dues.standing import Answer, Standing, standing_of, standings_of
from members.models import Status
from members.tokens import reached_members
from wego import seoul
from wego.api.caller import caller_of
from wego.api.fields import MoneyField, money
from wego.api.paging import PageQuery, page_response, read_page
from wego.api.queries import DayField, OnQuery, read_query
from wego.api.views import Resource


class AnswerBody(serializers.Serializer[Any]):
    """Yes or no, and why."""

    is_yes = serializers.BooleanField()
    why = serializers.CharField(help_text="In the language asked for.")


class UnpaidBody(serializers.Serializer[Any]):
    """An invoice with something left to pay."""

    invoice = serializers.CharField()
    dues_year = serializers.IntegerField()
    due_on = serializers.DateField()
    open = MoneyField()


class StandingBody(serializers.Serializer[Any]):
    """How a member stands on a day; duplicates stand as the member they were merged into owes."""

    member = serializers.IntegerField()
    on = serializers.DateField()
    status = serializers.ChoiceField(Status.choices, allow_null=True)
    good = AnswerBody()
    voting = AnswerBody()
    candidacy = AnswerBody()
    open = MoneyField()
    unpaid = UnpaidBody(many=True)
    good_by_plan = serializers.BooleanField()


class StandingPage(serializers.Serializer[Any]):
    """A page of standings."""

    results = StandingBody(many=True)
    next = serializers.URLField(allow_null=True)


class StandingQuery(PageQuery):
    """Of which day."""

    on = DayField(required=False, help_text="A day in Seoul, today if absent.")


def answer_data(answer: Answer) -> dict[str, Any]:
    """An answer as it is sent."""
    return {"is_yes": answer.is_yes, "why": str(answer.why)}


def standing_data(standing: Standing) -> dict[str, Any]:
    """A standing as it is sent."""
    return {
        "member": standing.member.pk,
        "on": standing.on.isoformat(),
        "status": standing.status,
        "good": answer_data(standing.good),
        "voting": answer_data(standing.voting),
        "candidacy": answer_data(standing.candidacy),
        "open": money(standing.open_cents),
        "unpaid": [
            {
                "invoice": each.number,
                "dues_year": each.dues_year,
                "due_on": each.due_on.isoformat(),
                "open": money(each.open_cents),
            }
            for each in standing.unpaid
        ],
        "good_by_plan": standing.good_by_plan,
    }


class Standings(Resource):
    """Who is in good standing."""

    scope, permission = "standing", "dues.view_invoice"

    @extend_schema(
        operation_id="list_standings", parameters=[StandingQuery], responses=StandingPage
    )
    def get(self, request: Request) -> Response:
        """List how members stand on a day, by the key of the member."""
        query = read_query(request, StandingQuery)
        on = query.get("on") or seoul.today()
        page, cursor = read_page(reached_members(caller_of(request)).standing_alone(), query)
        found = [standing_data(each) for each in standings_of(page, on=on)]
        return page_response(request, found, cursor)


class OneStanding(Resource):
    """How one member stands."""

    scope, permission = "standing", "dues.view_invoice"

    @extend_schema(operation_id="read_standing", parameters=[OnQuery], responses=StandingBody)
    def get(self, request: Request, pk: int) -> Response:
        """Whether a member is in good standing, votes and may stand on a day, and why."""
        on = read_query(request, OnQuery).get("on") or seoul.today()
        member = get_object_or_404(reached_members(caller_of(request)), pk=pk)
        return Response(standing_data(standing_of(member, on=on)))
