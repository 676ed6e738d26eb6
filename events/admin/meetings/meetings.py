"""Meetings: the list, and where the pages of one hang."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from events.admin.meetings import (
    agenda,
    ballots,
    board,
    confirming,
    deciding,
    memoranda,
    people,
    stages,
)
from events.admin.meetings.pages import CHANGE, CONFIRM, TONES, VIEW, task_page
from events.models import Meeting, MeetingStage, MeetingState, Mode, Precision
from members.models import Member
from wego import reader
from wego.grave import recently_signed_in

if TYPE_CHECKING:
    _MeetingAdmin = admin.ModelAdmin[Meeting]
else:
    _MeetingAdmin = admin.ModelAdmin

# Address, view, name, permission; what is grave asks for a fresh sign-in.
PAGES: tuple[tuple[str, Any, str, str], ...] = (
    ("plan/", stages.plan, "plan", CHANGE),
    ("ballot/", ballots.open_written, "ballot", CHANGE),
    ("<int:pk>/change/", board.show_board, "change", VIEW),
    ("<int:pk>/stage/", stages.record, "stage", CHANGE),
    ("<int:pk>/agenda/", agenda.show_agenda, "agenda", CHANGE),
    ("item/<int:pk>/", agenda.edit, "item", CHANGE),
    ("paper/<int:pk>/file/", agenda.download, "paper", VIEW),
    ("<int:pk>/people/", people.show_people, "people", CHANGE),
    ("proxy/<int:pk>/file/", people.download_proxy, "proxy", VIEW),
    ("item/<int:pk>/decide/", deciding.decide, "decide", CHANGE),
    ("resolution/<int:pk>/correct/", deciding.correct, "correct", CHANGE),
    ("<int:pk>/confirm/", recently_signed_in(confirming.confirm), "confirm", CONFIRM),
    ("<int:pk>/answers/", ballots.take_answers, "answers", CHANGE),
    ("<int:pk>/memorandum/", memoranda.show_memoranda, "memorandum", CHANGE),
    ("memorandum/<int:pk>/pdf/", memoranda.download, "memorandum-pdf", VIEW),
)


@admin.register(Meeting)
class MeetingAdmin(_MeetingAdmin):
    """Every meeting, the newest first; one is a board of its own."""

    list_display = ("name", "body", "when", "state_badge", "mode_words", "host_name")
    list_display_links = ("name",)
    list_filter = ("body",)
    search_fields = ("name_en", "name_ko", "code", "stages__place", "stages__host__name_en")
    search_help_text = gettext_lazy("Name in either script, place or host")
    list_per_page = 100
    show_full_result_count = False
    actions = None
    change_list_template = "admin/events/meeting/change_list.html"
    empty_text = gettext_lazy("EXCOM and General Assembly are planned, held and recorded here.")
    empty_url_name = "admin:events_meeting_plan"
    empty_action = gettext_lazy("Plan a meeting")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Meeting]:
        """Each with what its last stage says and the names of the host."""
        host = Member.objects.filter(pk=OuterRef("host_id"))
        last = MeetingStage.objects.filter(meeting=OuterRef("pk")).order_by("-pk")
        rows = Meeting.objects.with_stage().annotate(
            precision=Subquery(last.values("precision")[:1]),
            host_en=Subquery(host.values("name_en")[:1]),
            host_ko=Subquery(host.values("name_ko")[:1]),
        )
        return rows.order_by(*self.get_ordering(request))

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:  # noqa: ARG002 Django's signature
        """The latest first, those without a day before them."""
        return ("-starts_on", "-pk")

    @admin.display(description=gettext_lazy("Meeting"))
    def name(self, meeting: Meeting) -> str:
        """In the reader's language."""
        return str(meeting)

    @admin.display(description=gettext_lazy("When"), ordering="starts_on")
    def when(self, meeting: Any) -> str:  # noqa: ANN401 annotated by the queryset
        """The first day, as exactly as it is known."""
        known = meeting.precision or Precision.DAY
        return MeetingStage(starts_on=meeting.starts_on, precision=known).when

    @admin.display(description=gettext_lazy("State"), ordering="state")
    def state_badge(self, meeting: Any) -> SafeString:  # noqa: ANN401 annotated by the queryset
        """The state as a word with its mark."""
        state = MeetingState(meeting.state or MeetingState.PLANNED)
        return render_to_string("ui/badge.html", {"tone": TONES[state], "label": state.label})

    @admin.display(description=gettext_lazy("Mode"), ordering="mode")
    def mode_words(self, meeting: Any) -> str:  # noqa: ANN401 annotated by the queryset
        """On site, online, hybrid or in writing."""
        return str(Mode(meeting.mode or Mode.ON_SITE).label)

    @admin.display(description=gettext_lazy("Host"))
    def host_name(self, meeting: Any) -> str:  # noqa: ANN401 annotated by the queryset
        """The host in the reader's language."""
        return reader.choose(meeting.host_en or "–", meeting.host_ko or "")

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 Django's signature
        """Planning is a page of its own."""
        return False

    def has_delete_permission(
        self,
        request: HttpRequest,  # noqa: ARG002 Django's signature
        obj: Meeting | None = None,  # noqa: ARG002 Django's signature
    ) -> bool:
        """A meeting that does not take place is cancelled."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """The pages of one meeting."""
        own = [
            path(address, task_page(view, permission=permission), name=f"events_meeting_{name}")
            for address, view, name, permission in PAGES
        ]
        return [*own, *super().get_urls()]
