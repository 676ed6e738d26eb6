"""Members as programs read them, and the details of one that staff may change."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from members.details import details_of, mark_of, update_details
from members.models import Kind, Language, Member, Region, Status
from members.tokens import acting_person, note_act, reached_members
from wego import seoul
from wego.api.caller import caller_of
from wego.api.etags import refuse_unseen, tag_of_data
from wego.api.paging import PageQuery, page_response, read_page
from wego.api.queries import DayField, OnQuery, Query, read_query
from wego.api.views import Resource

WEBSITE = OpenApiExample("A website", {"website": "https://www.goyang.go.kr"}, request_only=True)
COUNTRY = r"^[A-Z]{2}$"


class MemberBody(serializers.Serializer[Any]):
    """A member organisation; `status` and `status_since` are those of the day asked for."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(Kind.choices)
    name_en = serializers.CharField()
    name_ko = serializers.CharField()
    country_code = serializers.CharField(help_text="ISO 3166, two letters.")
    region = serializers.ChoiceField(Region.choices)
    is_capital = serializers.BooleanField()
    level = serializers.CharField()
    status = serializers.ChoiceField(Status.choices, allow_null=True)
    status_since = serializers.DateField(allow_null=True)
    status_confirmed = serializers.BooleanField()
    address = serializers.CharField()
    website = serializers.CharField()
    language = serializers.ChoiceField(Language.choices)
    in_directory = serializers.BooleanField()
    merged_into = serializers.IntegerField(source="merged_into_id", allow_null=True)


class MemberPage(serializers.Serializer[Any]):
    """A page of members."""

    results = MemberBody(many=True)
    next = serializers.URLField(allow_null=True)


class MemberQuery(PageQuery):
    """What members can be chosen by."""

    kind = serializers.ChoiceField(Kind.choices, required=False)
    region = serializers.ChoiceField(Region.choices, required=False)
    country_code = serializers.RegexField(COUNTRY, required=False)
    status = serializers.ChoiceField(Status.choices, required=False)
    on = DayField(required=False, help_text="A day in Seoul, today if absent.")


class DetailsBody(serializers.Serializer[Any]):
    """What can be changed of a member by itself; what is absent stays."""

    address = serializers.CharField(required=False, allow_blank=True, max_length=1000)
    website = serializers.URLField(required=False, allow_blank=True, max_length=200)
    language = serializers.ChoiceField(Language.choices, required=False)
    in_directory = serializers.BooleanField(required=False)


def find_member(request: Request, pk: int, on: dt.date) -> Member:
    """A member the caller reaches, as it stands on a day."""
    found = reached_members(caller_of(request)).with_status(on).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


class Members(Resource):
    """The members a token reaches."""

    scope, permission = "members", "members.view_member"

    @extend_schema(operation_id="list_members", parameters=[MemberQuery], responses=MemberPage)
    def get(self, request: Request) -> Response:
        """List members, by key. Duplicates that were merged into another are left out."""
        query = read_query(request, MemberQuery)
        on = query.get("on") or seoul.today()
        facts = {
            name: query[name]
            for name in ("kind", "region", "country_code", "status")
            if name in query
        }
        rows = reached_members(caller_of(request)).standing_alone().with_status(on).filter(**facts)
        page, cursor = read_page(rows, query)
        return page_response(request, list(MemberBody(page, many=True).data), cursor)


class OneMember(Resource):
    """One member."""

    scope, permission = "members", "members.view_member"
    write_permission = "members.change_member"

    @extend_schema(operation_id="read_member", parameters=[OnQuery], responses=MemberBody)
    def get(self, request: Request, pk: int) -> Response:
        """Read a member as it stands on a day."""
        on = read_query(request, OnQuery).get("on") or seoul.today()
        return Response(MemberBody(find_member(request, pk, on)).data)

    @extend_schema(
        operation_id="change_member",
        request=DetailsBody,
        responses=MemberBody,
        examples=[WEBSITE],
    )
    def patch(self, request: Request, pk: int) -> Response:
        """Change address, website, language or listing of a member; If-Match is required."""
        read_query(request, Query)
        today, caller = seoul.today(), caller_of(request)
        member = find_member(request, pk, today)
        refuse_unseen(request, tag_of_data(MemberBody(member).data))
        body = DetailsBody(data=request.data)
        body.is_valid(raise_exception=True)
        seen = mark_of(details_of(member))
        update_details(member, seen=seen, on=today, by=acting_person(caller), **body.validated_data)
        note_act(caller, did="PATCH members", made=str(pk))
        data = MemberBody(find_member(request, pk, today)).data
        return Response(data, headers={"ETag": tag_of_data(data)})
