"""The membership report of a day, counted as the secretariat's paper prints it (R32)."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from members.census import SECTIONS, membership_report
from wego import seoul
from wego.api.queries import OnQuery, read_query
from wego.api.views import Resource


def counts() -> serializers.DictField:
    """Numbers by word."""
    return serializers.DictField(child=serializers.IntegerField())


class SectionBody(serializers.Serializer[Any]):
    """One kind of member; only cities are capitals or not."""

    total = serializers.IntegerField()
    capital = serializers.IntegerField(required=False)
    other = serializers.IntegerField(required=False)
    by_region = counts()
    by_country = counts()


ReportBody = inline_serializer(
    "MembershipReport",
    {
        "on": serializers.DateField(),
        "total": serializers.IntegerField(),
        "by_kind": counts(),
        "by_status": counts(),
        **{section: SectionBody() for section in SECTIONS},
    },
)


class MembershipReport(Resource):
    """Totals by kind, status, region and country."""

    scope, permission, staff_only = "reports", "members.view_member", True

    @extend_schema(
        operation_id="read_membership_report", parameters=[OnQuery], responses=ReportBody
    )
    def get(self, request: Request) -> Response:
        """Count the members of a day."""
        on = read_query(request, OnQuery).get("on") or seoul.today()
        return Response(membership_report(on))
