"""Trainings at the secretariat's desk: announce, select, note who came, certify (R28)."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from events.admin.programmes.pages import ListAdmin, badge, run_act, send_file, show, typed
from events.forms.programmes import ReasonForm, TrainingForm
from events.history.showing import say_when
from events.models import Nomination, NominationState, Training, TrainingCertificate
from events.services import trainings
from events.services.certificates import certify_training
from events.tasks import render_event_papers
from events.templatetags.programmes import nomination_tone
from members.access import person
from wego import seoul

VIEW, CHANGE = "events.view_training", "events.change_training"
ACTS = {
    NominationState.SELECTED.value: gettext_lazy("Select"),
    NominationState.NOT_SELECTED.value: gettext_lazy("Do not select"),
    NominationState.CONFIRMED.value: gettext_lazy("They come"),
    NominationState.ATTENDED.value: gettext_lazy("Attended"),
    NominationState.ABSENT.value: gettext_lazy("Did not come"),
}
AFTER = frozenset(each.value for each in trainings.AFTER_BEGIN)
TABS = (
    (gettext_lazy("Trainings"), "admin:events_training_changelist"),
    (gettext_lazy("Requests of members"), "admin:events_servicerequest_changelist"),
)


def state_of(training: Training) -> tuple[str, str]:
    """How a training stands today: tone and words."""
    today = seoul.today()
    if training.cancelled_on:
        return "bad", _("Cancelled")
    if training.ends_on and training.ends_on < today:
        return "quiet", _("Over")
    if trainings.is_open(training, today):
        return "ok", _("Open for nominations")
    return "info", _("Nominations closed")


def announce(request: HttpRequest) -> HttpResponse:
    """A new training."""
    form = TrainingForm(typed(request)[0])
    return run_act(
        request,
        form,
        lambda facts: trainings.announce_training(
            trainings.TrainingDraft(**facts), on=seoul.today(), by=person(request)
        ),
        title=_("Announce a training"),
        lead=_("Member cities see it in their portal at once and can name people."),
        button=_("Announce"),
        done=_("The training is announced."),
        back=("admin:events_training_change", ()),
    )


def find(pk: int) -> Training:
    """The training of an address."""
    return get_object_or_404(Training, pk=pk)


def show_training(request: HttpRequest, pk: int) -> HttpResponse:
    """One training: places, who was named by whom, and what is next."""
    training, today = find(pk), seoul.today()
    rows = training.nominations.select_related("member", "certificate__paper")
    named = list(rows.order_by("member__name_en", "pk"))
    counted = trainings.count_attendance(training)
    tone, words = state_of(training)
    standing = {each.state for each in named}
    begun = bool(training.starts_on and training.starts_on <= today)
    return show(
        request,
        "training",
        title=str(training),
        training=training,
        when=say_when(training.starts_on, training.ends_on, training.precision),
        tone=tone,
        words=words,
        nominations=[
            {"row": row, "tone": nomination_tone(row.state), "paper": paper_of(row)}
            for row in named
        ],
        counted=counted,
        taken=sum(each.state in trainings.SEATED for each in named),
        acts=[(state, label) for state, label in ACTS.items() if begun or state not in AFTER]
        if request.user.has_perm(CHANGE) and not training.cancelled_on
        else [],
        may_cancel=request.user.has_perm(CHANGE)
        and not training.cancelled_on
        and bool(training.ends_on and training.ends_on >= today),
        may_certify=request.user.has_perm(CHANGE)
        and NominationState.ATTENDED in standing
        and bool(training.ends_on and training.ends_on <= today),
    )


def paper_of(row: Nomination) -> TrainingCertificate | None:
    """The certificate, if it is written."""
    return getattr(row, "certificate", None)


@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Move the chosen people on."""
    training = find(pk)
    chosen = [int(each) for each in request.POST.getlist("nomination") if each.isdecimal()]
    state = request.POST.get("state", "")
    if state not in ACTS:
        raise Http404
    try:
        rows = trainings.move_nominations(
            training, chosen, state, on=seoul.today(), by=person(request)
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        words = ngettext("%(count)s person moved on.", "%(count)s people moved on.", len(rows))
        messages.success(request, words % {"count": len(rows)})
    return redirect("admin:events_training_change", pk)


@require_POST
def certify(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the certificates of all who came."""
    try:
        made = certify_training(find(pk), on=seoul.today(), by=person(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        transaction.on_commit(render_event_papers.delay, robust=True)
        words = ngettext(
            "%(count)s certificate is written and goes out by mail.",
            "%(count)s certificates are written and go out by mail.",
            len(made),
        )
        messages.success(request, words % {"count": len(made)})
    return redirect("admin:events_training_change", pk)


def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a training off."""
    training = find(pk)
    return run_act(
        request,
        ReasonForm(typed(request)[0]),
        lambda facts: trainings.cancel_training(
            training, reason=facts["reason"], on=seoul.today(), by=person(request)
        ),
        title=_("Cancel the training"),
        lead=str(training),
        button=_("Cancel the training"),
        done=_("The training is cancelled. Please write to the cities that named people."),
        back=("admin:events_training_change", [pk]),
        danger=True,
    )


def open_certificate(request: HttpRequest, pk: int, certificate_reference: str) -> HttpResponse:  # noqa: ARG001 a page is asked by somebody
    """The PDF of a certificate, once it is made."""
    rows = TrainingCertificate.objects.select_related("paper__document")
    row = get_object_or_404(
        rows, nomination__training_id=pk, paper__reference=certificate_reference
    )
    document = getattr(row.paper, "document", None)
    if document is None:
        raise Http404
    return send_file(document.path, document.sha256, f"{certificate_reference}.pdf")


@admin.register(Training)
class TrainingAdmin(ListAdmin):
    """Trainings, the newest first."""

    list_display = ("name", "days", "place", "named", "came", "state")
    list_display_links = ("name",)
    search_fields = ("name_en", "name_ko", "place")
    search_help_text = gettext_lazy("Name or place")
    empty_text = gettext_lazy("Announce the first training: member cities then name people.")
    tabs = TABS
    offers = ((gettext_lazy("Announce a training"), "admin:events_training_announce"),)
    pages = (
        ("announce/", announce, "events_training_announce", CHANGE),
        ("<int:pk>/change/", show_training, "events_training_change", VIEW),
        ("<int:pk>/move/", move, "events_training_move", CHANGE),
        ("<int:pk>/certify/", certify, "events_training_certify", CHANGE),
        ("<int:pk>/cancel/", cancel, "events_training_cancel", CHANGE),
        (
            "<int:pk>/certificates/<slug:certificate_reference>/",
            open_certificate,
            "events_training_certificate",
            VIEW,
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Training]:
        """With how many were named and came."""
        return trainings.with_counts(super().get_queryset(request))

    @admin.display(description=gettext_lazy("Training"), ordering="name_en")
    def name(self, row: Training) -> str:
        """In the reader's language."""
        return str(row)

    @admin.display(description=gettext_lazy("Days"), ordering="starts_on")
    def days(self, row: Training) -> str:
        """As exactly as they are known."""
        return say_when(row.starts_on, row.ends_on, row.precision)

    @admin.display(description=gettext_lazy("Named"))
    def named(self, row: Any) -> str:  # noqa: ANN401 annotated
        """How many people cities named."""
        return f"{row.named}" if row.announced_on else "–"

    @admin.display(description=gettext_lazy("Came (cities)"))
    def came(self, row: Any) -> str:  # noqa: ANN401 annotated
        """People and cities, counted or as quoted."""
        people = row.came or row.quoted_people
        return f"{people} ({row.came_cities or row.quoted_cities})" if people else "–"

    @admin.display(description=gettext_lazy("State"))
    def state(self, row: Training) -> str:
        """A badge."""
        return badge(*state_of(row))
