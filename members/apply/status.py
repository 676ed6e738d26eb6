"""The page a private link opens: where the application is, what is to do, what comes next."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from members.answers import FeeQuote
from members.apply.advice import find_notices
from members.apply.door import RENEWALS, TOO_MANY, applicant_page, show
from members.apply.quoting import excom_year_of, quote_for
from members.apply.tasks import list_tasks
from members.applying import (
    find_form,
    find_gaps,
    is_open,
    may_withdraw,
    private_link,
    reasons_of_return,
    renew_link,
    token_of,
)
from members.models import Application, ApplicationState, Kind, Letter
from wego import seoul
from wego.limits import take_place

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

State = ApplicationState
DONE, CURRENT, NEXT, ENDED = "done", "current", "next", "ended"


@dataclass(frozen=True)
class Step:
    """One step of the way, as the picture shows it."""

    title: str
    state: str
    on: dt.date | None = None
    words: str = ""


@applicant_page("GET")
def show_overview(request: HttpRequest, application: Application) -> HttpResponse:
    """Everything at a glance; the task list as long as it is the applicant's turn."""
    today, its_turn = seoul.today(), is_open(application)
    gaps = find_gaps(application) if its_turn else []
    tasks = list_tasks(application, gaps) if its_turn else []
    quote, printed = quote_for(application, today), find_form(application)
    return show(
        request,
        "apply/overview.html",
        application,
        its_turn=its_turn,
        tasks=tasks,
        following=next((task for task in tasks if task.tone != "ok"), None),
        complete=its_turn and not gaps,
        notices=find_notices(application, on=today) if its_turn else [],
        reasons=reasons_of_return(application).splitlines(),
        steps=list_steps(application, on=today),
        quote=quote,
        shows_fee=shows_fee(application, quote),
        excom_year=excom_year_of(application, today),
        file=application.files.first(),
        is_printed=hasattr(printed, "document"),
        letters=list_letters(application),
        link=private_link(application),
        may_withdraw=may_withdraw(application),
        last=application.entries.last(),
    )


@applicant_page("GET", "POST")
def renew(request: HttpRequest, application: Application) -> HttpResponse:
    """Exchange the link for a new one, mailed to the applicant."""
    if request.method != "POST":
        return show(request, "apply/new_link.html", application)
    if not take_place(RENEWALS, str(application.pk)):
        return show(request, "apply/new_link.html", application, status=TOO_MANY, too_many=True)
    renewed = renew_link(application)
    messages.success(request, _("The old link opens nothing any more. This page is the new one."))
    return redirect("apply:overview", token_of(renewed))


def shows_fee(application: Application, quote: FeeQuote | None) -> bool:
    """Whether the page has something to say about the fee: not before there is a figure."""
    if quote is None:
        return False
    return application.kind == Kind.INSTITUTION or application.figure_value is not None


def list_letters(application: Application) -> list[Letter]:
    """The secretariat's letters about it whose PDF is made, oldest first."""
    letters = application.letters.exclude(kind="application_form").filter(document__isnull=False)
    return list(letters.order_by("pk"))


def list_steps(application: Application, *, on: dt.date) -> list[Step]:
    """The way from draft to full member, and how far this application is."""
    state = application.state
    if state in {State.REJECTED, State.WITHDRAWN}:
        return [*_steps_so_far(application), _end_of(application)]
    year = excom_year_of(application, on)
    reached = _place_of(state)
    approved = _day_of(application, State.APPROVED)
    steps = [
        (_("Begun"), seoul.date_of(application.started_at), _words_of_draft(application)),
        (_("Submitted"), application.submitted_on, _words_of_submitted(application)),
        (
            _("Accepted: associate member"),
            application.accepted_on,
            _words_of_acceptance(application),
        ),
        (
            _("EXCOM %(year)s decides") % {"year": year},
            approved,
            _("The Executive Committee meets once a year and decides on full membership."),
        ),
        (
            _("Full member"),
            approved,
            _("With the certificate of membership. Dues begin in the year after the approval."),
        ),
    ]
    return [
        Step(
            title,
            DONE if place < reached else CURRENT if place == reached else NEXT,
            day if place < reached or (place == reached and place in {0, 1}) else None,
            words,
        )
        for place, (title, day, words) in enumerate(steps)
    ]


def _place_of(state: str) -> int:
    """Which step is going on; beyond the last when everything is done."""
    places = {State.DRAFT: 0, State.RETURNED: 1, State.SUBMITTED: 2, State.ACCEPTED: 3}
    return places.get(State(state), 5)


def _words_of_draft(application: Application) -> str:
    return _("You complete the application and send it.") if is_open(application) else ""


def _words_of_submitted(application: Application) -> str:
    if application.state == State.RETURNED:
        return _("Returned to you: please complete it and send it again.")
    return ""


def _words_of_acceptance(application: Application) -> str:
    if application.state == State.SUBMITTED:
        return _("The secretariat is checking the application.")
    return _("From this day you are an associate. Associates pay nothing.")


def _day_of(application: Application, state: str) -> dt.date | None:
    entry = application.entries.filter(state=state).last()
    return entry.on if entry else None


def _steps_so_far(application: Application) -> list[Step]:
    days = [
        (_("Begun"), seoul.date_of(application.started_at)),
        (_("Submitted"), application.submitted_on),
        (_("Accepted: associate member"), application.accepted_on),
    ]
    return [Step(title, DONE, day) for title, day in days if day]


def _end_of(application: Application) -> Step:
    day = _day_of(application, application.state)
    return Step(str(application.get_state_display()), ENDED, day)
