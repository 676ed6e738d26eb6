"""Rounds of voting: made, opened with the tellers' keys, counted, declared void."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from events.admin.electing.pages import (
    CHANGE,
    VIEW,
    Act,
    View,
    add_refusal,
    answer,
    secret_page,
    show,
    task_page,
)
from events.balloting.box import open_round, prepare_round, void_round
from events.balloting.counting import (
    count_electronic,
    count_paper,
    find_faults,
    record_acclaim,
)
from events.balloting.overview import Progress
from events.forms.electing import AcclaimForm, KeysForm, MannerForm, PaperCountForm, ReasonForm
from events.models import Election, Round, RoundState, VoteManner
from members.access import person
from wego import seoul
from wego.admin.pages import tell
from wego.templatetags.charts import Bar

PAGE = "admin:events_election_change"
TONES = {
    RoundState.PREPARED: "info",
    RoundState.OPEN: "warn",
    RoundState.COUNTED: "ok",
    RoundState.VOID: "quiet",
}


def find_round(pk: int) -> Round:
    """The round of an address."""
    return get_object_or_404(Round.objects.select_related("election__call__meeting"), pk=pk)


def describe_rounds(progress: Progress) -> list[dict[str, Any]]:
    """Each round as its card shows it: state, turnout, the picture of the votes."""
    results = {result.round.pk: result for result in progress.results}
    found = []
    for row in progress.rounds:
        result = results.get(row.pk)
        counted = row.state == RoundState.COUNTED
        votes = row.count.votes if counted else {}
        names = {each.code: str(each) for each in row.candidates.all()}
        found.append(
            {
                "row": row,
                "tone": TONES[RoundState(row.state)],
                "result": result,
                "names": names,
                "bars": [
                    Bar(names[code], number)
                    for code, number in sorted(votes.items(), key=lambda pair: -pair[1])
                ],
                "electronic": row.manner == VoteManner.ELECTRONIC,
            }
        )
    return found


def back_to(election: Election) -> dict[str, Any]:
    """Where an act of a round leads back to."""
    back = reverse(PAGE, args=[election.pk])
    return {
        "back": back,
        "back_words": _("Back to the election"),
        "crumb": (back, str(election)),
    }


def prepare(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the ballots of the next round; an electronic one shows its two keys, this once."""
    rows = Election.objects.select_related("call__meeting")
    election = get_object_or_404(rows, pk=pk)
    form = MannerForm(request.POST or None, initial={"manner": VoteManner.ELECTRONIC})
    if request.method == "POST" and form.is_valid():
        try:
            made = prepare_round(
                election, **form.cleaned_data, on=seoul.today(), by=person(request)
            )
        except ValidationError as error:
            add_refusal(form, error)
        else:
            if made.keys:
                return show_keys(request, made.round, made.keys)
            return redirect(PAGE, pk)
    act = Act(
        request,
        form,
        lambda _data: None,
        title=_("Make the ballots of the next round"),
        lead=_("The seats that are left, and who stands for them."),
        button=_("Make the ballots"),
        final=_("From now on candidates no longer change."),
        **back_to(election),
    )
    status = 422 if form.errors else 200
    return show(request, "electing/act", title=act.title, act=act, form=form, status=status)


def show_keys(request: HttpRequest, row: Round, keys: tuple[str, str]) -> HttpResponse:
    """The tellers' keys, in this one answer and nowhere else."""
    response = show(
        request,
        "electing/keys",
        title=_("The tellers' keys"),
        row=row,
        keys=keys,
        election=row.election,
    )
    response["Cache-Control"] = "no-store"
    return response


@sensitive_post_parameters()
def open_voting(request: HttpRequest, pk: int) -> HttpResponse:
    """Open voting: both tellers type their keys once, to show that they have them right."""
    row = find_round(pk)
    if row.manner != VoteManner.ELECTRONIC:
        if request.method == "POST":
            tell(
                request,
                lambda: open_round(row, on=seoul.today(), by=person(request)),
                _("The round is open."),
            )
        return redirect(PAGE, row.election_id)
    return answer(
        Act(
            request,
            KeysForm(request.POST or None),
            lambda data: open_round(
                row,
                first_key=data["first_code"],
                second_key=data["second_code"],
                on=seoul.today(),
                by=person(request),
            ),
            title=_("Open voting"),
            lead=_("Each teller types the key from the paper. Without both, nobody can count."),
            button=_("Open voting"),
            said=_("Voting is open: cities vote in their portal."),
            **back_to(row.election),
        )
    )


@sensitive_post_parameters()
def count(request: HttpRequest, pk: int) -> HttpResponse:
    """Count the round, in the way it is voted."""
    row = find_round(pk)
    form = count_form(request, row)
    leads = {
        VoteManner.ELECTRONIC: _("Voting ends, and all ballots are opened at once."),
        VoteManner.PAPER: _("Enter what the tellers counted; it must add up."),
        VoteManner.ACCLAIM: _("Everybody on the ballot is elected."),
    }
    return answer(
        Act(
            request,
            form,
            lambda data: do_count(request, row, form, data),
            title=_("Count the votes"),
            lead=leads[VoteManner(row.manner)],
            button=_("Count the votes"),
            final=_("A count is taken once and not changed."),
            said=_("The votes are counted."),
            danger=row.manner == VoteManner.ELECTRONIC,
            **back_to(row.election),
        )
    )


def count_form(request: HttpRequest, row: Round) -> forms.Form:
    """The form of the manner in which a round is voted."""
    data = request.POST or None
    if row.manner == VoteManner.ELECTRONIC:
        return KeysForm(data)
    if row.manner == VoteManner.PAPER:
        candidates = row.candidates.select_related("candidacy__member")
        return PaperCountForm(data, candidates=list(candidates))
    return AcclaimForm(data)


def do_count(request: HttpRequest, row: Round, form: forms.Form, data: dict[str, Any]) -> None:
    """Call the rule of the manner."""
    on, by = seoul.today(), person(request)
    if row.manner == VoteManner.ELECTRONIC:
        keys = {"first_key": data["first_code"], "second_key": data["second_code"]}
        count_electronic(row, **keys, on=on, by=by)
    elif isinstance(form, PaperCountForm):
        count_paper(row, form.tally(), cast=data["cast"], note=data["note"], on=on, by=by)
    else:
        record_acclaim(row, **data, on=on, by=by)


def void(request: HttpRequest, pk: int) -> HttpResponse:
    """Declare a round void."""
    row = find_round(pk)
    return answer(
        Act(
            request,
            ReasonForm(request.POST or None),
            lambda data: void_round(row, **data, by=person(request)),
            title=_("Declare the round void"),
            lead=_("For a lost key, or a mistake on the ballot. Cities vote anew."),
            button=_("Declare it void"),
            danger=True,
            final=_("Ballots in the box are deleted unopened."),
            said=_("The round is void."),
            **back_to(row.election),
        )
    )


def show_turnout(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has voted, by name, and whether the published ballots are those that were counted."""
    row = find_round(pk)
    checked = row.state == RoundState.COUNTED and row.manner == VoteManner.ELECTRONIC
    return show(
        request,
        "electing/turnout",
        title=_("Who has voted"),
        row=row,
        election=row.election,
        turnout=list(row.turnout.select_related("member")),
        checked=checked,
        faults=find_faults(row) if checked else [],
    )


ADDRESSES: tuple[tuple[str, View, str, str], ...] = (
    ("<int:pk>/prepare/", prepare, "prepare", CHANGE),
    ("rounds/<int:pk>/void/", void, "void", CHANGE),
)


def secret_addresses() -> list[URLPattern]:
    """Pages whose forms carry keys, and the turnout."""
    return [
        path(
            f"rounds/<int:pk>/{route}/",
            task_page(view, permission=permission),
            name=f"events_election_{name}",
        )
        for route, view, name, permission in (
            ("open", secret_page(open_voting), "open", CHANGE),
            ("count", secret_page(count), "count", CHANGE),
            ("turnout", show_turnout, "turnout", VIEW),
        )
    ]
