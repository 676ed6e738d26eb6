"""What a juror reaches: their own sheets and nothing else; another's does not exist here."""

from __future__ import annotations

from typing import NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.awards import attaching, juries, scoring
from events.awards.ranking import show_score
from events.forms.award_jury import AcceptForm, RecuseForm, ScoreForm
from events.models import EditionState, Juror, ScoreSheet
from members.access import person
from wego import seoul
from wego.sending import as_file

REFUSED = 422
GONE = 503
ROUND_OF = {EditionState.ROUND_1: 1, EditionState.ROUND_2: 2}


class Sitting(NamedTuple):
    """A jury a person sits on: its sheets of the round, and how many are left."""

    juror: Juror
    round: int
    open: list[ScoreSheet]
    done: list[ScoreSheet]
    aside: list[ScoreSheet]
    form: AcceptForm | None

    @property
    def total(self) -> int:
        """Entries to score in this round, done or not."""
        return len(self.open) + len(self.done)


def own_juries(request: HttpRequest) -> QuerySet[Juror]:
    """The juries the reader sits on."""
    return Juror.objects.filter(user=person(request)).select_related("edition__series")


def own_sheet(request: HttpRequest, pk: int) -> ScoreSheet:
    """A sheet of the reader's own; another's is not found, as if there were none."""
    rows = ScoreSheet.objects.filter(juror__user=person(request)).select_related(
        "juror", "entry__edition__series", "entry__category", "entry__member"
    )
    sheet = get_object_or_404(rows, pk=pk)
    if ROUND_OF.get(EditionState(sheet.entry.edition.state)) is None and sheet.total is None:
        # Given out, but the round is not open, or over: there is nothing to read.
        raise Http404
    return sheet


@require_safe
@login_required
@cache_control(private=True, no_store=True)
def show_home(request: HttpRequest) -> HttpResponse:
    """Own entries: how many are left, and what was set aside."""
    own = list(own_juries(request))
    if not own and not person(request).is_staff:
        raise Http404
    return show_sittings(request, [sit(juror) for juror in own])


def sit(juror: Juror, form: AcceptForm | None = None) -> Sitting:
    """One jury as its juror sees it."""
    number = ROUND_OF.get(EditionState(juror.edition.state), 0)
    rows = juror.sheets.filter(round=number).select_related("entry__category")
    sheets = list(rows.order_by("entry__category__position", "pk"))
    if juror.accepted_on is None:
        form = form or AcceptForm(juror)
        sheets = []
    return Sitting(
        juror,
        number,
        [sheet for sheet in sheets if not sheet.set_aside and sheet.total is None],
        [sheet for sheet in sheets if sheet.total is not None],
        [sheet for sheet in sheets if sheet.set_aside],
        form,
    )


def show_sittings(
    request: HttpRequest, sittings: list[Sitting], *, status: int = 200
) -> HttpResponse:
    """The first page of a juror."""
    context = {"sittings": sittings, "form": next((s.form for s in sittings if s.form), None)}
    return render(request, "jury/home.html", context, status=status)


@require_POST
@login_required
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Serve, and say for whom one works."""
    juror = get_object_or_404(own_juries(request), pk=pk)
    form = AcceptForm(juror, request.POST)
    if form.is_valid():
        try:
            juries.accept_jury(juror, **form.cleaned_data, on=seoul.today(), by=person(request))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Thank you for serving on the jury."))
            return redirect("jury:home")
    sittings = [sit(each, form if each.pk == pk else None) for each in own_juries(request)]
    return show_sittings(request, sittings, status=REFUSED)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@cache_control(private=True, no_store=True)
def score(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry to read, and its points: kept as a draft, or submitted for good."""
    sheet = own_sheet(request, pk)
    posted = request.method == "POST"
    form = ScoreForm(sheet, request.POST if posted else None)
    if posted and form.is_valid():
        try:
            scoring.save_marks(sheet, form.points(), comment=form.cleaned_data["comment"])
            if "submit" in request.POST:
                done = scoring.submit_score(sheet, at=timezone.now(), by=person(request))
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            if "submit" not in request.POST:
                messages.success(request, _("The draft is saved. Nobody else sees it."))
                return redirect("jury:score", pk)
            words = _("Submitted: %(score)s of 100.") % {"score": show_score(done.total or 0)}
            messages.success(request, words)
            return redirect("jury:home")
    return show_sheet(request, sheet, form, RecuseForm())


@require_POST
@login_required
def recuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave an entry to the others."""
    sheet = own_sheet(request, pk)
    form = RecuseForm(request.POST)
    if form.is_valid():
        try:
            scoring.recuse_juror(sheet, why=form.cleaned_data["why"], by=person(request))
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("You have recused yourself. The others score this entry."))
            return redirect("jury:home")
    return show_sheet(request, sheet, ScoreForm(sheet), form)


def show_sheet(
    request: HttpRequest, sheet: ScoreSheet, form: ScoreForm, recusal: RecuseForm
) -> HttpResponse:
    """The page of an entry, as far as this juror may do something about it."""
    refusal = scoring.find_refusal(sheet)
    others = []
    if sheet.total is not None:
        rows = ScoreSheet.objects.filter(
            entry=sheet.entry, round=sheet.round, total__isnull=False
        ).exclude(pk=sheet.pk)
        others = [show_score(total or 0) for total in rows.values_list("total", flat=True)]
    return render(
        request,
        "jury/score.html",
        {
            "sheet": sheet,
            "entry": sheet.entry,
            "files": attaching.files_of(sheet.entry),
            "form": form,
            "recusal": recusal,
            "refusal": refusal.messages[0] if refusal else "",
            "own_score": show_score(sheet.total) if sheet.total is not None else "",
            "given": [
                (mark.criterion, mark.points) for mark in sheet.marks.select_related("criterion")
            ],
            "others": others,
        },
        status=REFUSED if form.errors or recusal.errors else 200,
    )


@require_safe
@login_required
@cache_control(private=True, no_store=True)
def download_file(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """A file of an entry one was given: saved, never shown by the browser."""
    sheet = own_sheet(request, pk)
    if sheet.set_aside:
        raise Http404
    found = get_object_or_404(sheet.entry.files.filter(is_removed=False), pk=file)
    try:
        content = attaching.read_entry_file(found)
    except ValidationError as error:
        words = error.messages[0]
        return HttpResponse(words, status=GONE, content_type="text/plain; charset=utf-8")
    return as_file(content, found.content_type, found.name, saved=True)
