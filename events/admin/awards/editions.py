"""Editions of awards: the list, the board of one, how one is written and moved on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from events.admin.awards import juries, prizes
from events.admin.awards.pages import CHANGE, VIEW, add_errors, find_edition, task_page
from events.awards import board, editions, gallery, moving, telling
from events.awards.links import say_deadline
from events.awards.moving import S
from events.awards.results import prize_name
from events.forms.award_edition import DatesForm, DeadlineForm, EditionForm
from events.models import AwardEdition, EntryState
from events.tasks import render_award_papers
from members.access import person
from wego import seoul
from wego.admin.pages import show, status_of
from wego.grave import recently_signed_in
from wego.templatetags.charts import Bar
from wego.templatetags.ui import day

if TYPE_CHECKING:
    _EditionAdmin = admin.ModelAdmin[AwardEdition]
else:
    _EditionAdmin = admin.ModelAdmin


@admin.register(AwardEdition)
class AwardEditionAdmin(_EditionAdmin):
    """Editions, newest first; the board of each is its page."""

    list_display = ("name", "step", "entries_count", "deadline", "result", "ceremony")
    list_display_links = ("name",)
    list_filter = ("series", "state")
    list_select_related = ("series",)
    search_fields = ("series__name_en", "series__name_ko", "year")
    show_full_result_count = False
    actions = None
    empty_text = gettext_lazy("An edition has categories, criteria, dates and a jury of its own.")
    empty_url_name = "admin:events_awardedition_add"
    empty_action = gettext_lazy("Prepare an edition")

    def get_queryset(self, request: HttpRequest) -> QuerySet[AwardEdition]:
        """Each with the number of entries handed in."""
        handed_in = ~Q(entries__state__in=[EntryState.DRAFT, EntryState.WITHDRAWN])
        counted = Count("entries", filter=handed_in & Q(entries__isnull=False))
        return super().get_queryset(request).annotate(handed_in=counted)

    @admin.display(description=gettext_lazy("Edition"), ordering="year")
    def name(self, edition: AwardEdition) -> str:
        """Series and year."""
        return str(edition)

    @admin.display(description=gettext_lazy("Step"), ordering="state")
    def step(self, edition: AwardEdition) -> str:
        """How far it is."""
        return edition.get_state_display()

    @admin.display(description=gettext_lazy("Entries handed in"), ordering="handed_in")
    def entries_count(self, edition: Any) -> int:  # noqa: ANN401 annotated by the queryset
        """How many were handed in."""
        return int(edition.handed_in)

    @admin.display(description=gettext_lazy("Deadline"), ordering="deadline_on")
    def deadline(self, edition: AwardEdition) -> str:
        """The last day for entries."""
        return day(edition.deadline_on)

    @admin.display(description=gettext_lazy("Result"), ordering="result_on")
    def result(self, edition: AwardEdition) -> str:
        """The day of the announcement."""
        return day(edition.result_on)

    @admin.display(description=gettext_lazy("Ceremony"), ordering="ceremony_on")
    def ceremony(self, edition: AwardEdition) -> str:
        """The day of the ceremony."""
        return day(edition.ceremony_on)

    def has_delete_permission(
        self,
        request: HttpRequest,  # noqa: ARG002 Django's signature
        obj: AwardEdition | None = None,  # noqa: ARG002 Django's signature
    ) -> bool:
        """An edition stays on record."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """Our own pages."""
        pages = (
            ("add/", add_edition, "add", CHANGE),
            ("<int:pk>/change/", show_board, "change", VIEW),
            ("<int:pk>/edit/", edit_edition, "edit", CHANGE),
            ("<int:pk>/step/", require_POST(recently_signed_in(take_step)), "step", CHANGE),
            ("<int:pk>/dates/", edit_dates, "dates", CHANGE),
            ("<int:pk>/deadline/", extend, "deadline", CHANGE),
            ("<int:pk>/jury/", juries.show_jury, "jury", CHANGE),
            ("<int:pk>/assign/", require_POST(juries.assign), "assign", CHANGE),
            ("juror/<int:pk>/remove/", require_POST(juries.remove), "remove_juror", CHANGE),
            ("<int:pk>/ranking/", prizes.show_ranking, "ranking", VIEW),
            ("<int:pk>/finalists/", require_POST(prizes.name_finalists), "finalists", CHANGE),
            ("category/<int:pk>/winners/", prizes.decide, "winners", CHANGE),
            ("category/<int:pk>/tie/", require_POST(prizes.declare), "tie", CHANGE),
            ("paper/<int:pk>/pdf/", prizes.show_paper, "paper", VIEW),
        )
        own = [
            path(
                address,
                task_page(view, permission=permission),
                name=f"events_awardedition_{name}",
            )
            for address, view, name, permission in pages
        ]
        return [*own, *super().get_urls()]


def show_board(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything at a glance, and the one next step."""
    edition = find_edition(pk)
    today = seoul.today()
    lines = board.count_categories(edition)
    following = moving.next_state(edition)
    unchecked = edition.entries.filter(state=EntryState.SUBMITTED)
    finalists = list(edition.entries.filter(is_finalist=True).select_related("category"))
    pictures = gallery.pictures_of([entry.pk for entry in finalists])
    winners = moving.winners_of(edition)
    entries_url = f"../../../awardentry/?edition={edition.pk}"
    return show(
        request,
        "admin/awards/board.html",
        title=str(edition),
        edition=edition,
        deadline=say_deadline(edition),
        way=[state.label for state in S],
        place=list(S).index(S(edition.state)) + 1,
        following=following,
        obstacle=moving.find_obstacle(edition, on=today),
        lines=lines,
        entries_url=entries_url,
        bars=[
            Bar(
                str(line.category),
                line.submitted,
                url=f"{entries_url}&category={line.category.pk}",
            )
            for line in lines
        ],
        submitted=sum(line.submitted for line in lines),
        unchecked=unchecked.count(),
        first_unchecked=unchecked.order_by("pk").first(),
        eligible=sum(line.eligible for line in lines),
        round=board.round_of(edition),
        jurors=board.count_jurors(edition),
        finalists=[(entry, pictures.get(entry.pk)) for entry in finalists],
        winners=[(winner, prize_name(winner.rank)) for winner in winners],
        may_change=request.user.has_perm(CHANGE),
        is_draft=edition.state == S.DRAFT,
        is_open=edition.state == S.CALL_OPEN,
        is_called=edition.state != S.DRAFT,
        is_public=moving.is_public(edition),
    )


def add_edition(request: HttpRequest) -> HttpResponse:
    """A new edition, beginning with what S36 says."""
    return write_edition(request, AwardEdition(), _("Prepare an edition"))


def edit_edition(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an edition before its call."""
    edition = find_edition(pk)
    if edition.state != S.DRAFT:
        messages.info(request, _("Once it is called an edition stays as it is."))
        return redirect("admin:events_awardedition_change", pk)
    return write_edition(request, edition, _("Change the edition"))


def write_edition(request: HttpRequest, edition: AwardEdition, title: str) -> HttpResponse:
    """The form of an edition."""
    defaults = editions.read_defaults()
    form = EditionForm(request.POST or None, defaults=defaults, instance=edition)
    if request.method == "POST" and form.is_valid():
        try:
            saved = editions.save_edition(
                form.save(commit=False),
                categories=form.cleaned_data["categories"],
                criteria=form.cleaned_data["criteria"],
                on=seoul.today(),
                by=person(request),
            )
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("%(edition)s is saved.") % {"edition": saved})
            return redirect("admin:events_awardedition_change", saved.pk)
    return show(
        request,
        "admin/awards/form.html",
        title=title,
        edition=edition if edition.pk else None,
        form=form,
        button=_("Save the edition"),
        status=status_of(form),
    )


def take_step(request: HttpRequest, pk: int) -> HttpResponse:
    """The next step, with its letters and mails."""
    edition = find_edition(pk)
    try:
        moved = telling.take_step(
            edition, request.POST.get("state", ""), on=seoul.today(), by=person(request)
        )
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        render_award_papers.delay()
        words = _("%(edition)s is at “%(state)s”.")
        messages.success(request, words % {"edition": moved, "state": moved.get_state_display()})
    return redirect("admin:events_awardedition_change", pk)


def edit_dates(request: HttpRequest, pk: int) -> HttpResponse:
    """Result and ceremony."""
    edition = find_edition(pk)
    names = ("scores_by", "result_on", "ceremony_on", "ceremony_place")
    form = DatesForm(request.POST or None, initial={name: getattr(edition, name) for name in names})
    if request.method == "POST" and form.is_valid():
        try:
            editions.set_dates(edition, **form.cleaned_data, by=person(request))
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The dates are saved."))
            return redirect("admin:events_awardedition_change", pk)
    return show_act(request, edition, form, _("Dates"), _("Save the dates"))


def extend(request: HttpRequest, pk: int) -> HttpResponse:
    """Give entrants more time."""
    edition = find_edition(pk)
    form = DeadlineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            editions.extend_deadline(
                edition, **form.cleaned_data, on=seoul.today(), by=person(request)
            )
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The deadline is extended."))
            return redirect("admin:events_awardedition_change", pk)
    return show_act(request, edition, form, _("Extend the deadline"), _("Extend the deadline"))


def show_act(
    request: HttpRequest,
    edition: AwardEdition,
    form: Form,
    title: str,
    button: str,
) -> HttpResponse:
    """The form of one act on an edition."""
    return show(
        request,
        "admin/awards/form.html",
        title=title,
        edition=edition,
        form=form,
        button=button,
        status=status_of(form),
    )
