"""The result of an election, confirmed by an authorised person: its terms begin."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from events.admin.electing.pages import CONFIRM, Act, View, answer
from events.balloting.overview import read_progress
from events.balloting.results import confirm_election
from events.forms.electing import ConfirmForm
from events.models import Election
from events.offices.terms import default_end
from members.access import person
from wego import seoul


def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is elected, from when to when, and what ends; then the act."""
    rows = Election.objects.select_related("call__meeting")
    election = get_object_or_404(rows, pk=pk)
    today = seoul.today()
    progress = read_progress(election, today)
    starts_on = progress.day or today
    ends_on = default_end(starts_on, after=election.call.meeting)
    form = ConfirmForm(request.POST or None, initial={"starts_on": starts_on, "ends_on": ends_on})
    if not progress.left:
        del form.fields["leaves_free"]
    back = reverse("admin:events_election_change", args=[pk])
    names = ", ".join(str(each.member) for each in progress.elected)
    return answer(
        Act(
            request,
            form,
            lambda data: confirm_election(election, **data, on=today, by=person(request)),
            title=_("Confirm the result"),
            pairs=[
                (_("Office"), election.get_office_display()),
                (_("Elected"), names or _("nobody")),
                (
                    _("Terms that run"),
                    _("end the day before")
                    if election.replaces_running
                    else _("stay; free seats are filled"),
                ),
            ],
            notices=[
                (
                    "info",
                    _(
                        "The Executive Vice President City follows the confirmed host of the "
                        "next Assembly at the same time."
                    ),
                )
            ],
            button=_("Confirm the result"),
            final=_("Terms are never changed. An early end is recorded later, if need be."),
            said=_("The result is confirmed: the terms hold."),
            back=back,
            back_words=_("Back to the election"),
            crumb=(back, str(election)),
        )
    )


ADDRESSES: tuple[tuple[str, View, str, str], ...] = (
    ("<int:pk>/confirm/", confirm, "confirm", CONFIRM),
)
