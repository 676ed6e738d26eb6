"""The addresses of meetings, decisions and awards for programs."""

from django.urls import path

from events.api import awards, decisions, meetings

urlpatterns = [
    path("meetings", meetings.Meetings.as_view(), name="api-meetings"),
    path("meetings/<slug:code>", meetings.OneMeeting.as_view(), name="api-meeting"),
    path("decisions", decisions.Decisions.as_view(), name="api-decisions"),
    path("decisions/<int:pk>", decisions.OneDecision.as_view(), name="api-decision"),
    path("awards", awards.Awards.as_view(), name="api-awards"),
    path("awards/<slug:code>", awards.OneAward.as_view(), name="api-award"),
]
