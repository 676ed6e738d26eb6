"""From the ranking to the prizes: finalists, ties, winners, and their papers."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from events.admin.awards.pages import CHANGE, GONE, find_edition
from events.awards import board, results
from events.awards.juries import LAST_ROUND
from events.awards.moving import S
from events.awards.papers import read_award_paper
from events.awards.ranking import find_ties, show_score
from events.forms.award_edition import TieForm, WinnersForm
from events.models import AwardCategory, AwardEntry, AwardPaper
from members.access import person
from wego import seoul
from wego.admin.pages import show, status_of
from wego.sending import as_file


def show_ranking(request: HttpRequest, pk: int) -> HttpResponse:
    """Every category from the best down, with spread and who is behind."""
    edition = find_edition(pk)
    number = LAST_ROUND if request.GET.get("round") == "2" else 1
    if "round" not in request.GET:
        number = board.round_of(edition)
    ranked = results.rank_edition(edition, number)
    groups = [
        {
            "category": category,
            "rows": [(row, spread_of(row)) for row in ranked.get(category.pk, [])],
            "proposed": category.prizes * 2,
            "tied": {
                pk
                for group in find_ties([row.place for row in ranked.get(category.pk, [])])
                for pk in group
            },
        }
        for category in edition.categories.all()
    ]
    return show(
        request,
        "admin/awards/ranking.html",
        title=_("Ranking, round %(round)s") % {"round": number},
        edition=edition,
        number=number,
        groups=groups,
        names_finalists=number == 1
        and edition.state == S.ROUND_1
        and request.user.has_perm(CHANGE),
        decides=number == LAST_ROUND
        and edition.state == S.ROUND_2
        and request.user.has_perm(CHANGE),
    )


def spread_of(row: results.Ranked) -> str:
    """How far the jurors are apart, out of 100."""
    return "–" if row.place.spread is None else show_score(row.place.spread)


def name_finalists(request: HttpRequest, pk: int) -> HttpResponse:
    """Those that were ticked go to the second round."""
    edition = find_edition(pk)
    ticked = [key for key in request.POST.getlist("entry") if key.isdecimal()]
    entries = list(edition.entries.filter(pk__in=ticked))
    try:
        results.name_finalists(edition, entries, by=person(request))
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("admin:events_awardedition_ranking", pk)
    messages.success(request, _("The finalists are named. The next step is on the board."))
    return redirect("admin:events_awardedition_change", pk)


def find_category(pk: int) -> AwardCategory:
    """The category of an address."""
    return get_object_or_404(AwardCategory.objects.select_related("edition__series"), pk=pk)


def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """The prizes of one category."""
    category = find_category(pk)
    rows = results.rank_edition(category.edition, LAST_ROUND).get(category.pk, [])
    form = winners_form(request, category, rows)
    if request.method == "POST" and form.is_valid():
        try:
            results.decide_winners(
                category,
                form.ranks(),
                why=form.cleaned_data["why"],
                on=seoul.today(),
                by=person(request),
            )
        except ValidationError as error:
            form.add_error("why" if error.code == "order" else None, error.messages)
        else:
            messages.success(
                request, _("The winners of “%(category)s” are decided.") % {"category": category}
            )
            return redirect("admin:events_awardedition_change", category.edition_id)
    return show_prizes(request, category, rows, form, TieForm(category))


def winners_form(
    request: HttpRequest, category: AwardCategory, rows: list[results.Ranked]
) -> WinnersForm:
    """The form, proposing what the ranking says or what was decided."""
    entries: list[AwardEntry] = [row.entry for row in rows]
    decided = {f"e{each.entry_id}": each.rank for each in category.winners.all()}
    proposed = {
        f"e{row.entry.pk}": row.place.place
        for row in rows
        if row.place.place is not None and row.place.place <= category.prizes
    }
    data = request.POST if request.method == "POST" else None
    return WinnersForm(category, entries, data, initial=decided or proposed)


def declare(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the jury shares a prize."""
    category = find_category(pk)
    form = TieForm(category, request.POST)
    if form.is_valid():
        try:
            results.declare_tie(category, **form.cleaned_data, on=seoul.today(), by=person(request))
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("The tie is declared. The prize may be given twice."))
            return redirect("admin:events_awardedition_winners", pk)
    rows = results.rank_edition(category.edition, LAST_ROUND).get(category.pk, [])
    blank = WinnersForm(category, [row.entry for row in rows])
    return show_prizes(request, category, rows, blank, form)


def show_prizes(
    request: HttpRequest,
    category: AwardCategory,
    rows: list[results.Ranked],
    form: WinnersForm,
    tie: TieForm,
) -> HttpResponse:
    """The page on which a category is decided."""
    ties = [(each, results.prize_name(each.rank)) for each in category.ties.all()]
    return show(
        request,
        "admin/awards/winners.html",
        title=_("Winners: %(category)s") % {"category": category},
        edition=category.edition,
        category=category,
        rows=[(row, spread_of(row), form[f"e{row.entry.pk}"]) for row in rows],
        equal=bool(find_ties([row.place for row in rows])),
        form=form,
        tie=tie,
        ties=ties,
        is_open=category.edition.state == S.ROUND_2,
        status=status_of(form, tie),
    )


def show_paper(_request: HttpRequest, pk: int) -> HttpResponse:
    """The PDF of an invitation or certificate.

    Raises:
        Http404: it is not made yet.
    """
    paper = get_object_or_404(AwardPaper, pk=pk)
    try:
        content = read_award_paper(paper)
    except ValidationError as error:
        if error.code == "document_missing":
            raise Http404 from error
        words = error.messages[0]
        return HttpResponse(words, status=GONE, content_type="text/plain; charset=utf-8")
    return as_file(content, "application/pdf", f"{paper.reference}.pdf", saved=False)
