"""Elections in the portal: standing for an office, voting in secret, what became of it.

The page of a ballot is as long whatever is chosen on it, and neither the choice nor the receipt is
in an address, a session or a message: see `events.balloting.box`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from events.balloting.box import cast_ballot
from events.balloting.calling import deadline_of
from events.balloting.candidacies import file_candidacy, withdraw_candidacy
from events.balloting.of_member import (
    OpenBallot,
    elections_of,
    eligibility,
    open_ballots,
    takes_part,
)
from events.forms.electing import StandForm
from events.models import CameBy, Candidacy, Election
from events.seats import terms_on
from members.access import own_member, person
from members.mandate import Right, standing_of
from members.models import Member
from members.rights import may, refuse_without
from wego import seoul

app_name = "elections"
View = Callable[..., HttpResponseBase]
REFUSED = 422
# Every answer of a ballot page is a multiple of this long: longer than any of them.
ONE_LENGTH = 65536
UNCHOSEN = "?"


def own_page(
    *, right: Right | None = None, methods: tuple[str, ...] = ("GET", "HEAD")
) -> Callable[[View], View]:
    """A page for the people of a member that has not left; posting to it asks for the right."""

    def decorate(view: View) -> View:
        @require_http_methods(list(methods))
        @login_required
        @cache_control(private=True, no_store=True)
        @wraps(view)
        def checked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            member = own_member(request)
            if standing_of(member, seoul.today()).ended:
                raise PermissionDenied(_("The membership has ended: elections are for members."))
            if right and request.method == "POST":
                refuse_without(request, right)
            return view(request, *args, **kwargs)

        return checked

    return decorate


def show(request: HttpRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:  # noqa: ANN401 whatever the page shows
    """A page of the portal."""
    context = {"member": own_member(request), **context}
    return render(request, f"portal/elections/{template}.html", context, status=status)


@own_page()
def list_elections(request: HttpRequest) -> HttpResponse:
    """May we vote now, may we stand, what became of it, which offices are ours."""
    member, today = own_member(request), seoul.today()
    return show(
        request,
        "list",
        ballots=open_ballots(member) if takes_part(member) else [],
        elections=elections_of(member, today),
        takes_part=takes_part(member),
        own_terms=[term for term in terms_on(today) if term.member_id == member.pk],
        may_stand=may(request, Right.CANDIDACY),
        may_cast=may(request, Right.BALLOT),
    )


@own_page(right=Right.CANDIDACY, methods=("GET", "HEAD", "POST"))
def stand(request: HttpRequest, pk: int) -> HttpResponse:
    """Give notice that our city stands; whether it may is said before and kept after."""
    member, today = own_member(request), seoul.today()
    if not takes_part(member):
        raise Http404
    refuse_without(request, Right.CANDIDACY)
    rows = Election.objects.select_related("call__meeting")
    election = get_object_or_404(rows, pk=pk, confirmation__isnull=True)
    form = StandForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            candidacy = file_candidacy(
                election,
                member,
                received_on=today,
                came_by=CameBy.PORTAL,
                statement=form.cleaned_data["statement"],
                on=today,
                by=person(request),
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            tell_notice(request, candidacy)
            return redirect("elections:list")
    return show(
        request,
        "stand",
        status=REFUSED if form.errors else 200,
        form=form,
        election=election,
        deadline=find_deadline(election),
        answer=eligibility(member, today),
        today=today,
    )


def find_deadline(election: Election) -> object:
    """The last day to stand; None while the Assembly has no day."""
    try:
        return deadline_of(election.call)
    except ValidationError:
        return None


def tell_notice(request: HttpRequest, candidacy: Candidacy) -> None:
    """Say whether the city stands, and if not, why."""
    if candidacy.is_late or not candidacy.is_eligible:
        sentence = _("Your notice is recorded, and it does not stand: %(reason)s")
        messages.warning(request, sentence % {"reason": candidacy.reason})
    else:
        messages.success(
            request,
            _("%(member)s stands. The secretariat has your notice.") % {"member": candidacy.member},
        )


@own_page(right=Right.CANDIDACY, methods=("POST",))
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Our city stands no more."""
    candidacy = get_object_or_404(own_member(request).candidacies, pk=pk)
    try:
        withdraw_candidacy(candidacy, on=seoul.today(), by=person(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Your candidacy is withdrawn."))
    return redirect("elections:list")


class BallotForm(forms.Form):
    """A ballot; the name of its field keeps it out of what sessions remember."""

    def __init__(self, data: Any, *, ballot: OpenBallot) -> None:  # noqa: ANN401 Django's signature
        super().__init__(data)
        row = ballot.round
        rows = row.candidates.select_related("candidacy__member")
        choices = [(each.code, each) for each in rows]
        single = row.seats == 1
        kind, widget = (
            (forms.ChoiceField, forms.RadioSelect)
            if single
            else (forms.MultipleChoiceField, forms.CheckboxSelectMultiple)
        )
        blank = [("", _("None of them: a blank ballot"))] if single else []
        self.fields["ballot"] = kind(
            choices=[*choices, *blank],
            widget=widget,
            required=False,
            # No choice at all: nothing given would stand for the blank ballot, chosen beforehand.
            initial=UNCHOSEN if single else None,
            label=_("Your choice"),
        )
        self.seats, self.single = row.seats, single

    def chosen(self) -> list[str]:
        """The codes on the ballot."""
        value = self.cleaned_data["ballot"]
        return [value] if self.single and value else list(value or [])

    def clean(self) -> dict[str, Any]:
        """No more than there are seats; a single choice says even that it is blank."""
        data = super().clean() or self.cleaned_data
        if self.single and "ballot" not in self.data:
            self.add_error("ballot", _("Choose one, or the blank ballot."))
        elif len(data.get("ballot") or []) > self.seats and not self.single:
            self.add_error("ballot", _("Choose at most %(seats)s cities.") % {"seats": self.seats})
        return data


@sensitive_post_parameters()
@own_page(right=Right.BALLOT, methods=("GET", "HEAD", "POST"))
def vote(request: HttpRequest, pk: int, proxy: int | None = None) -> HttpResponse:
    """The ballot; then what was chosen, to look at once more; then the receipt, this once.

    With a `proxy` it is the ballot of the city that gave it to ours (S30).
    """
    ballot = find_ballot(own_member(request), pk, proxy)
    refuse_without(request, Right.BALLOT)
    form = BallotForm(request.POST if request.method == "POST" else None, ballot=ballot)
    step = request.POST.get("step", "")
    if request.method != "POST" or step == "edit" or not ballot.may_vote or not form.is_valid():
        return show_ballot(request, ballot, form, step)
    if step != "cast":
        return one_length(show(request, "check", ballot=ballot, form=form, chosen=named(form)))
    try:
        receipt = cast_ballot(
            ballot.round,
            ballot.city,
            form.chosen(),
            holder=None if ballot.is_own else own_member(request),
            by=person(request),
        )
    except ValidationError as error:
        form.add_error(None, error.messages)
        return show_ballot(request, ballot, form, step)
    return one_length(show(request, "receipt", ballot=ballot, receipt=receipt))


def find_ballot(member: Member, pk: int, proxy: int | None) -> OpenBallot:
    """A member's own ballot of a round, or one it casts by proxy. Raises Http404 for any other."""
    if takes_part(member):
        for ballot in open_ballots(member):
            held = None if ballot.is_own or ballot.proxy is None else ballot.proxy.pk
            if (ballot.round.pk, held) == (pk, proxy):
                return ballot
    raise Http404


def named(form: BallotForm) -> list[tuple[str, str]]:
    """What was chosen, as code and name."""
    names = dict(form.fields["ballot"].choices)  # type: ignore[attr-defined]
    return [(code, str(names[code])) for code in form.chosen()]


def show_ballot(
    request: HttpRequest, ballot: OpenBallot, form: BallotForm, step: str
) -> HttpResponse:
    """The ballot, with what was chosen when it was refused."""
    refused = form.is_bound and bool(form.errors) and step != "edit"
    page = show(request, "ballot", ballot=ballot, form=form, status=REFUSED if refused else 200)
    return one_length(page)


def one_length(page: HttpResponse) -> HttpResponse:
    """Fill a page up, so that nobody reads a choice from the length of an answer in a log."""
    missing = -(len(page.content) + 7) % ONE_LENGTH
    page.content += b"<!--" + b"." * missing + b"-->"
    return page


urlpatterns = [
    path("", list_elections, name="list"),
    path("<int:pk>/stand/", stand, name="stand"),
    path("candidacies/<int:pk>/withdraw/", withdraw, name="withdraw"),
    path("rounds/<int:pk>/vote/", vote, name="vote"),
    path("rounds/<int:pk>/proxies/<int:proxy>/vote/", vote, name="vote_for"),
]
