"""Meetings of the bodies, and their agenda once it is published."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from events.models import AgendaItem, AgendaKind, Meeting, MeetingState, Mode
from members.models import Body
from wego.api.paging import PageQuery, page_response, read_page
from wego.api.queries import Query, read_query
from wego.api.views import Resource, member_of


class MeetingBody(serializers.Serializer[Any]):
    """A meeting as its last stage says."""

    code = serializers.CharField()
    body = serializers.ChoiceField(Body.choices)
    number = serializers.IntegerField(allow_null=True)
    name_en = serializers.CharField()
    name_ko = serializers.CharField()
    state = serializers.ChoiceField(MeetingState.choices, allow_null=True)
    mode = serializers.ChoiceField(Mode.choices, allow_null=True)
    starts_on = serializers.DateField(allow_null=True)
    ends_on = serializers.DateField(allow_null=True)
    host = serializers.IntegerField(source="host_id", allow_null=True, help_text="A member.")
    place = serializers.CharField(allow_null=True)
    called_on = serializers.DateField(allow_null=True)
    agenda_on = serializers.DateField(allow_null=True)


class ItemBody(serializers.Serializer[Any]):
    """One item of an agenda."""

    position = serializers.IntegerField()
    kind = serializers.ChoiceField(AgendaKind.choices)
    title_en = serializers.CharField()
    title_ko = serializers.CharField()


class OneMeetingBody(MeetingBody):
    """A meeting with its agenda; members see none before it is published."""

    agenda = ItemBody(many=True)


class MeetingPage(serializers.Serializer[Any]):
    """A page of meetings."""

    results = MeetingBody(many=True)
    next = serializers.URLField(allow_null=True)


class MeetingQuery(PageQuery):
    """What meetings can be chosen by."""

    body = serializers.ChoiceField(Body.choices, required=False)
    state = serializers.ChoiceField(MeetingState.choices, required=False)


def shown_agenda(request: Request, meeting: Meeting) -> list[AgendaItem]:
    """The items a caller may see."""
    if member_of(request) is not None and meeting.agenda_on is None:
        return []
    return list(meeting.items.order_by("position"))


class Meetings(Resource):
    """Meetings."""

    scope, permission = "meetings", "events.view_meeting"

    @extend_schema(operation_id="list_meetings", parameters=[MeetingQuery], responses=MeetingPage)
    def get(self, request: Request) -> Response:
        """List meetings, the last entered first."""
        query = read_query(request, MeetingQuery)
        chosen = {name: query[name] for name in ("body", "state") if name in query}
        rows = Meeting.objects.with_stage().filter(**chosen)
        page, cursor = read_page(rows, query, newest_first=True)
        return page_response(request, list(MeetingBody(page, many=True).data), cursor)


class OneMeeting(Resource):
    """One meeting."""

    scope, permission = "meetings", "events.view_meeting"

    @extend_schema(operation_id="read_meeting", responses=OneMeetingBody)
    def get(self, request: Request, code: str) -> Response:
        """Read a meeting and its agenda."""
        read_query(request, Query)
        meeting = Meeting.objects.with_stage().filter(code=code).first()
        if meeting is None:
            raise Http404
        items = ItemBody(shown_agenda(request, meeting), many=True).data
        return Response({**MeetingBody(meeting).data, "agenda": items})
