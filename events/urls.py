"""A member's meetings in the portal."""

from django.urls import path

from events.portal import calendars, delegates, hosting, meetings, wishes, written

app_name = "meetings"
urlpatterns = [
    path("", meetings.list_meetings, name="list"),
    path("calendar/", calendars.change_link, name="calendar"),
    path("hosting/<slug:code>/", hosting.bid, name="host-bid"),
    path("hosting/documents/<int:pk>/", hosting.document, name="bid-document"),
    path("delegates/<int:pk>/", delegates.edit, name="delegate"),
    path("delegates/<int:pk>/badge/", delegates.badge, name="badge"),
    path("delegates/<int:pk>/visa/", delegates.visa, name="visa"),
    path("papers/<slug:reference>/", delegates.paper, name="paper"),
    path("speakers/<int:pk>/support/", wishes.support, name="support"),
    path("<slug:code>/", meetings.show_meeting, name="meeting"),
    path("<slug:code>/my/", meetings.my_meeting, name="my"),
    path("<slug:code>/answer/", meetings.answer, name="answer"),
    path("<slug:code>/delegates/add/", delegates.add, name="delegate-add"),
    path("<slug:code>/credentials/", delegates.credentials, name="credentials"),
    path("<slug:code>/written/", written.written, name="written"),
    path("<slug:code>/memorandum/", meetings.memorandum, name="memorandum"),
    path("<slug:code>/topics/", wishes.topics, name="topics"),
    path("<slug:code>/agenda/<int:pk>/", meetings.item_paper, name="item-paper"),
]
