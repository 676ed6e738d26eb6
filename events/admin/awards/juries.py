"""The jury of an edition: who sits on it, who is behind, whom to invite, who scores what."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.admin.awards.pages import add_errors, find_edition
from events.awards import board, juries
from events.awards.moving import S
from events.forms.award_edition import AssignForm, JurorForm
from events.models import AwardEdition, Juror, ScoreSheet
from members.access import person
from wego import seoul
from wego.admin.pages import show, status_of


def show_jury(request: HttpRequest, pk: int) -> HttpResponse:
    """Who sits on the jury; one more is invited here."""
    edition = find_edition(pk)
    form = JurorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            juror = juries.invite_juror(
                edition, **form.cleaned_data, on=seoul.today(), by=person(request)
            )
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("%(juror)s is invited by mail.") % {"juror": juror})
            return redirect("admin:events_awardedition_jury", pk)
    return show_page(request, edition, form, AssignForm(edition))


def show_page(
    request: HttpRequest, edition: AwardEdition, form: JurorForm, assigning: AssignForm
) -> HttpResponse:
    """The page of a jury."""
    number = juries.ROUND_OF.get(S(edition.state))
    aside = ScoreSheet.objects.filter(juror__edition=edition).exclude(set_aside="")
    return show(
        request,
        "admin/awards/jury.html",
        title=_("Jury of the %(edition)s") % {"edition": edition},
        edition=edition,
        form=form,
        assigning=assigning if number and edition.jurors.exists() else None,
        number=number,
        round=board.round_of(edition),
        lines=board.count_jurors(edition),
        aside=aside.select_related("juror__user", "entry"),
        status=status_of(form, assigning),
    )


def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Give entries to jurors."""
    edition = find_edition(pk)
    form = AssignForm(edition, request.POST)
    if form.is_valid():
        try:
            count = juries.assign_entries(edition, **form.cleaned_data, by=person(request))
        except ValidationError as error:
            add_errors(form, error)
        else:
            words = ngettext(
                "%(count)s entry is given out.", "%(count)s entries are given out.", count
            )
            messages.success(request, words % {"count": count})
            return redirect("admin:events_awardedition_jury", pk)
    return show_page(request, edition, JurorForm(), form)


def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a juror off who has submitted nothing."""
    juror = get_object_or_404(Juror.objects.select_related("user"), pk=pk)
    edition, name = juror.edition_id, str(juror)
    try:
        juries.remove_juror(juror, by=person(request))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("%(juror)s is off the jury.") % {"juror": name})
    return redirect("admin:events_awardedition_jury", edition)
