"""What the bodies decided, once it is confirmed (R11-R13)."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from events.models import AgendaKind, Manner, Resolution, ResolutionLine, Verdict
from events.models.resolutions import LineOutcome
from members.models import Body
from wego.api.paging import PageQuery, page_response, read_page
from wego.api.queries import Query, read_query
from wego.api.views import Resource, member_of


class LineBody(serializers.Serializer[Any]):
    """What a decision says of one organisation."""

    member = serializers.IntegerField(allow_null=True)
    about = serializers.CharField()
    outcome = serializers.ChoiceField(LineOutcome.choices)


class DecisionBody(serializers.Serializer[Any]):
    """A confirmed decision; a member's token sees its own lines alone."""

    id = serializers.IntegerField()
    meeting = serializers.CharField()
    body = serializers.ChoiceField(Body.choices)
    kind = serializers.ChoiceField(AgendaKind.choices)
    title_en = serializers.CharField()
    title_ko = serializers.CharField()
    verdict = serializers.ChoiceField(Verdict.choices)
    manner = serializers.ChoiceField(Manner.choices)
    votes_for = serializers.IntegerField(allow_null=True)
    votes_against = serializers.IntegerField(allow_null=True)
    abstentions = serializers.IntegerField(allow_null=True)
    resolved_on = serializers.DateField()
    effective_on = serializers.DateField()
    confirmed_on = serializers.DateField()
    reference = serializers.CharField()
    is_standing = serializers.BooleanField(help_text="Not corrected by a later one.")
    lines = LineBody(many=True)


class DecisionPage(serializers.Serializer[Any]):
    """A page of decisions."""

    results = DecisionBody(many=True)
    next = serializers.URLField(allow_null=True)


class DecisionQuery(PageQuery):
    """What decisions can be chosen by."""

    meeting = serializers.SlugField(required=False, max_length=40)
    body = serializers.ChoiceField(Body.choices, required=False)
    kind = serializers.ChoiceField(AgendaKind.choices, required=False)


NAMES = {"meeting": "item__meeting__code", "body": "item__meeting__body", "kind": "item__kind"}


def reached_decisions(request: Request) -> QuerySet[Resolution]:
    """Confirmed decisions with the lines a caller may see, in two queries."""
    member = member_of(request)
    lines = ResolutionLine.objects.order_by("pk")
    own = lines if member is None else lines.filter(member=member)
    confirmed = Resolution.objects.filter(confirmation__isnull=False)
    rows = confirmed.select_related("item__meeting", "confirmation", "corrected_by")
    return rows.prefetch_related(Prefetch("lines", own, "seen"))


def decision_data(decision: Any) -> dict[str, Any]:  # noqa: ANN401 prefetched by the queryset
    """A decision as it is sent."""
    copied = (
        *("verdict", "manner", "votes_for", "votes_against", "abstentions"),
        "reference",
    )
    return {
        "id": decision.pk,
        "meeting": decision.item.meeting.code,
        "body": decision.item.meeting.body,
        "kind": decision.item.kind,
        "title_en": decision.item.title_en,
        "title_ko": decision.item.title_ko,
        **{name: getattr(decision, name) for name in copied},
        "resolved_on": decision.resolved_on.isoformat(),
        "effective_on": decision.effective_on.isoformat(),
        "confirmed_on": decision.confirmation.confirmed_on.isoformat(),
        "is_standing": getattr(decision, "corrected_by", None) is None,
        "lines": [
            {"member": line.member_id, "about": line.about, "outcome": line.outcome}
            for line in decision.seen
        ],
    }


class Decisions(Resource):
    """Confirmed decisions."""

    scope, permission = "decisions", "events.view_resolution"

    @extend_schema(
        operation_id="list_decisions", parameters=[DecisionQuery], responses=DecisionPage
    )
    def get(self, request: Request) -> Response:
        """List confirmed decisions, the last recorded first."""
        query = read_query(request, DecisionQuery)
        chosen = {field: query[name] for name, field in NAMES.items() if name in query}
        rows = reached_decisions(request).filter(**chosen)
        page, cursor = read_page(rows, query, newest_first=True)
        return page_response(request, [decision_data(each) for each in page], cursor)


class OneDecision(Resource):
    """One confirmed decision."""

    scope, permission = "decisions", "events.view_resolution"

    @extend_schema(operation_id="read_decision", responses=DecisionBody)
    def get(self, request: Request, pk: int) -> Response:
        """Read a confirmed decision."""
        read_query(request, Query)
        found = reached_decisions(request).filter(pk=pk).first()
        if found is None:
            raise Http404
        return Response(decision_data(found))
