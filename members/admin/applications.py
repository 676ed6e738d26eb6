"""The secretariat's queue: applications by where they stand, those to check first."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.admin import application_page
from members.admin.pages import task_page
from members.answers import FeeQuote
from members.applying import private_link, start_application
from members.forms.applications import PaperForm
from members.models import Application, ApplicationState
from members.rows import CONTROL, squeeze
from members.vetting import next_excom_year
from wego import questions, seoul
from wego.admin.pages import show, status_of
from wego.templatetags.ui import Chip

if TYPE_CHECKING:
    _ApplicationAdmin = admin.ModelAdmin[Application]
else:
    _ApplicationAdmin = admin.ModelAdmin

State = ApplicationState
CHANGE = "members.change_application"
PER_PAGE = 50
LONGEST_TERM = 100
ALL = "all"
# What the chips above the list are called, and the states behind each.
QUEUES: dict[str, tuple[Any, tuple[str, ...]]] = {
    "submitted": (gettext_lazy("To check"), (State.SUBMITTED,)),
    "returned": (gettext_lazy("Returned"), (State.RETURNED,)),
    "accepted": (gettext_lazy("Waiting for EXCOM"), (State.ACCEPTED,)),
    "draft": (gettext_lazy("Not sent yet"), (State.DRAFT,)),
    "settled": (
        gettext_lazy("Settled"),
        (State.APPROVED, State.REJECTED, State.WITHDRAWN, State.LAPSED),
    ),
    ALL: (gettext_lazy("All"), tuple(State.values)),
}


class Line(NamedTuple):
    """One application of the list."""

    application: Application
    tone: str
    waiting: int | None
    excom: int | None
    fee: FeeQuote | None


@admin.register(Application)
class ApplicationAdmin(_ApplicationAdmin):
    """Applications come from applicants, move by rules and are never deleted."""

    def get_urls(self) -> list[URLPattern]:
        """The acts on one application, its files, and one that came on paper."""
        pages = (
            ("paper/", begin_on_paper, "paper"),
            ("<int:pk>/accept/", application_page.accept, "accept"),
            ("<int:pk>/return/", application_page.give_back, "return"),
            ("<int:pk>/reject/", application_page.reject, "reject"),
            ("<int:pk>/excom/", application_page.move, "excom"),
            ("<int:pk>/files/<int:file>/", application_page.open_file, "file"),
        )
        own = [
            path(
                address,
                task_page(view, permission=CHANGE),
                name=f"members_application_{name}",
            )
            for address, view, name in pages
        ]
        return [*own, *super().get_urls()]

    def changelist_view(
        self,
        request: HttpRequest,
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002 Django's signature
    ) -> HttpResponse:
        """The list."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return show_list(request)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",  # noqa: ARG002 Django's signature
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002 Django's signature
    ) -> HttpResponse:
        """One application, everything about it on one page."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        pk = int(object_id) if object_id.isdecimal() else 0
        return application_page.show_application(request, application_page.find(pk))

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 Django's signature
        """Applicants apply; what came on paper has a page of its own."""
        return False

    def has_delete_permission(
        self,
        request: HttpRequest,  # noqa: ARG002 Django's signature
        obj: Application | None = None,  # noqa: ARG002 Django's signature
    ) -> bool:
        """Not even a rejected application is deleted."""
        return False


def show_list(request: HttpRequest) -> HttpResponse:
    """One queue of applications, the longest waiting first."""
    queue = request.GET.get("state", "submitted")
    queue = queue if queue in QUEUES else "submitted"
    term = squeeze(CONTROL.sub("", request.GET.get("q", "")))[:LONGEST_TERM]
    found = search(term)
    counts = dict(found.order_by().values_list("state").annotate(Count("pk")))
    rows = found.filter(state__in=QUEUES[queue][1]).order_by("submitted_on", "pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return show(
        request,
        "admin/members/application/list.html",
        title=_("Applications"),
        chips=chips_of(counts, queue, term),
        term=term,
        queue=queue,
        page=page,
        lines=lines_of(list(page), seoul.today()),
    )


def search(term: str) -> QuerySet[Application]:
    """Applications whose name in any script, reference or address holds the words."""
    if not term:
        return Application.objects.all()
    names = ("name_en", "name_ko", "name_local", "reference", "applicant_email")
    wanted = Q()
    for name in names:
        wanted |= Q((f"{name}__icontains", term))
    return Application.objects.filter(wanted)


def chips_of(counts: dict[str, int], chosen: str, term: str) -> list[Chip]:
    """The queues with how many stand in each."""
    base = reverse("admin:members_application_changelist")
    kept = {"q": term} if term else {}
    return [
        Chip(
            label,
            f"{base}?{urlencode({'state': name, **kept})}",
            sum(counts.get(state, 0) for state in states),
            name == chosen,
        )
        for name, (label, states) in QUEUES.items()
    ]


def lines_of(applications: list[Application], on: dt.date) -> list[Line]:
    """Each with how long it waits, where it goes and what it would owe, in constant queries."""
    asked = [(each.kind, each.country_code, each.figure_value) for each in applications]
    answers = questions.ask("fee quotes", asked, on=on) if asked else []
    quotes: list[FeeQuote | None] = list(answers[0]) if answers else [None] * len(applications)
    excom = next_excom_year(on) if applications else None
    return [
        Line(
            each,
            application_page.TONES[each.state],
            (on - each.submitted_on).days
            if each.submitted_on and each.state == State.SUBMITTED
            else None,
            each.target_excom_year or (excom if each.state in application_page.OPEN else None),
            quote if each.kind and each.country_code else None,
        )
        for each, quote in zip(applications, quotes, strict=True)
    ]


def begin_on_paper(request: HttpRequest) -> HttpResponse:
    """Begin an application for somebody who sent it on paper, then fill in its own pages."""
    form = PaperForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            application = start_application(**form.cleaned_data, on=seoul.today())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(
                request,
                _("Application %(reference)s is begun: fill it in here, as the applicant would.")
                % {"reference": application.reference},
            )
            return redirect(private_link(application))
    return show(
        request,
        "admin/members/application/paper.html",
        title=_("Application on paper"),
        form=form,
        status=status_of(form),
    )
