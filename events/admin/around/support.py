"""Requests for speaker support: the list, one request, and its steps (R27)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from events.admin.around.pages import CHANGE, Act, View, answer, files, show, task_page, typed
from events.forms.programme import GrantForm, NoteForm, ReceiptForm
from events.kept_files import read_kept
from events.models import SupportReceipt, SupportRequest, SupportState, SupportStep
from events.programme.support import (
    FOLLOWS,
    add_receipt,
    begin_consultation,
    caps_of,
    decline_support,
    grant_support,
    say_arrears,
    settle_support,
    spent_on,
    state_of,
)
from members.access import person
from wego import seoul
from wego.grave import recently_signed_in
from wego.sending import as_file

if TYPE_CHECKING:
    _SupportAdmin = admin.ModelAdmin[SupportRequest]
else:
    _SupportAdmin = admin.ModelAdmin

LOOK = "events.view_supportrequest"
LOOKING = ["GET", "HEAD", "POST"]


@admin.register(SupportRequest)
class SupportAdmin(_SupportAdmin):
    """Every request, and our own page for one."""

    list_display = ("speaker", "member_name", "session", "state", "requested_on")
    list_display_links = ("speaker",)
    list_select_related = ("speaker__member", "speaker__session")
    list_per_page = 100
    search_fields = ("speaker__name", "speaker__member__name_en", "speaker__member__name_ko")
    search_help_text = gettext_lazy("Speaker, or member in either script")
    actions = None
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> Any:  # noqa: ANN401 a QuerySet with a state
        """Requests with the state of their last step."""
        last = SupportStep.objects.filter(request=OuterRef("pk")).order_by("-pk")
        return super().get_queryset(request).annotate(now=Subquery(last.values("state")[:1]))

    @admin.display(description=gettext_lazy("Member"))
    def member_name(self, asked: SupportRequest) -> str:
        """For which member."""
        return str(asked.speaker.member)

    @admin.display(description=gettext_lazy("Session"))
    def session(self, asked: SupportRequest) -> str:
        """In which session."""
        return str(asked.speaker.session)

    @admin.display(description=gettext_lazy("State"))
    def state(self, asked: SupportRequest) -> str:
        """How far it has come."""
        return str(SupportState(getattr(asked, "now", None) or SupportState.REQUESTED).label)

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 Django's signature
        """The member asks, in its portal."""
        return False

    def has_delete_permission(
        self,
        request: HttpRequest,  # noqa: ARG002 Django's signature
        obj: SupportRequest | None = None,  # noqa: ARG002 Django's signature
    ) -> bool:
        """What was asked stays."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """Our own pages for a request."""
        acts: dict[str, View] = {
            "consult": consult,
            "grant": grant,
            "decline": decline,
            "receipt": receipt,
            "settle": settle,
        }
        own = [
            path(
                "<int:pk>/change/",
                task_page(show_request, permission=LOOK),
                name="events_supportrequest_change",
            ),
            path(
                "receipts/<int:pk>/",
                task_page(download, permission=LOOK),
                name="events_supportrequest_file",
            ),
            *(
                path(
                    f"<int:pk>/{name}/",
                    task_page(view, permission=CHANGE),
                    name=f"events_supportrequest_{name}",
                )
                for name, view in acts.items()
            ),
        ]
        return [*own, *super().get_urls()]


def find_request(pk: int) -> SupportRequest:
    """A request with whom it is about; Http404 when there is none."""
    rows = SupportRequest.objects.select_related("speaker__member", "speaker__session__meeting")
    return get_object_or_404(rows, pk=pk)


@require_safe
def show_request(request: HttpRequest, pk: int) -> HttpResponse:
    """What is asked, what to know, how far it has come, and the next step."""
    asked, today = find_request(pk), seoul.today()
    now = state_of(asked)
    return show(
        request,
        "support",
        title=_("Support for %(name)s") % {"name": asked.speaker},
        asked=asked,
        meeting=asked.speaker.session.meeting,
        arrears=say_arrears(asked, on=today),
        steps=list(asked.steps.select_related("recorded_by")),
        receipts=list(asked.receipts.all()),
        sums=[(of, cap, spent_on(asked, of)) for of, cap in caps_of(asked).items()],
        follows=FOLLOWS[now],
        now=now,
        may_act=request.user.has_perm(CHANGE),
    )


def act_of(asked: SupportRequest, button: str, said: str, lead: str = "") -> Act:
    """The page of one step."""
    return Act(
        title=_("Support for %(name)s") % {"name": asked.speaker},
        lead=lead or say_arrears(asked, on=seoul.today()),
        button=button,
        back=reverse("admin:events_supportrequest_change", args=[asked.pk]),
        said=said,
    )


@require_http_methods(LOOKING)
def consult(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin to talk with the member."""
    asked = find_request(pk)
    act = act_of(asked, _("Begin the consultation"), _("The consultation has begun."))
    return answer(
        request,
        act,
        NoteForm(typed(request)),
        lambda facts: begin_consultation(asked, **facts, on=seoul.today(), by=person(request)),
    )


@recently_signed_in
@require_http_methods(LOOKING)
def grant(request: HttpRequest, pk: int) -> HttpResponse:
    """Promise an amount; whoever does has signed in just now."""
    asked = find_request(pk)
    act = act_of(asked, _("Grant support"), _("The support is granted."))
    return answer(
        request,
        act,
        GrantForm(typed(request), asked=asked),
        lambda facts: grant_support(asked, **facts, on=seoul.today(), by=person(request)),
    )


@require_http_methods(LOOKING)
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Pay nothing, and say why."""
    asked = find_request(pk)
    act = act_of(asked, _("Do not grant support"), _("The member reads why in its portal."))
    return answer(
        request,
        act,
        NoteForm(typed(request)),
        lambda facts: decline_support(asked, **facts, on=seoul.today(), by=person(request)),
    )


@require_http_methods(LOOKING)
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a receipt under the grant."""
    asked = find_request(pk)
    form = ReceiptForm(typed(request), files(request), asked=asked)
    act = act_of(asked, _("Keep the receipt"), _("The receipt is kept."))
    return answer(
        request,
        act,
        form,
        lambda _facts: add_receipt(asked, form.paid(), on=seoul.today(), by=person(request)),
    )


@require_http_methods(LOOKING)
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the grant with what its receipts say."""
    asked = find_request(pk)
    lead = _("What the receipts say is paid; the rest of the cap is free again.")
    act = act_of(asked, _("Settle"), _("The support is settled."), lead)
    return answer(
        request,
        act,
        NoteForm(typed(request)),
        lambda facts: settle_support(asked, **facts, on=seoul.today(), by=person(request)),
    )


@require_safe
def download(_request: HttpRequest, pk: int) -> HttpResponse:
    """A receipt as it was handed in."""
    found = get_object_or_404(SupportReceipt.objects.exclude(file_path=""), pk=pk)
    content = read_kept(found.file_path, found.file_sha256)
    return as_file(content, "application/octet-stream", found.file_name, saved=True)
