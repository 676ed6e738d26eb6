"""One application: complete, known, in debt? Which EXCOM, which fee? And how it is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from members.access import person
from members.admin.pages import ask_for_letters
from members.admission import (
    accept_application,
    move_to_excom,
    reject_application,
    return_application,
)
from members.applicants import addresses_of, person_of
from members.applying import private_link, read_attached
from members.completeness import find_gaps
from members.figures import KINDS_OF
from members.forms.applications import AcceptForm, ExcomForm, RejectForm, ReturnForm
from members.models import (
    Application,
    ApplicationState,
    ContactRole,
    Language,
    Measure,
    Member,
    Region,
    level_name,
)
from members.newcomers import INVITED
from members.vetting import Vetting, vet_application
from wego import seoul
from wego.admin.pages import show, status_of
from wego.sending import as_file
from wego.templatetags.ui import day, figure

if TYPE_CHECKING:
    from django.forms import BaseForm

State = ApplicationState
TONES: dict[str, str] = {
    State.DRAFT: "quiet",
    State.SUBMITTED: "warn",
    State.RETURNED: "info",
    State.ACCEPTED: "info",
    State.APPROVED: "ok",
    State.REJECTED: "bad",
    State.WITHDRAWN: "quiet",
    State.LAPSED: "quiet",
}
OPEN = (State.SUBMITTED, State.RETURNED, State.ACCEPTED)


def find(pk: int) -> Application:
    """The application with all that hangs on it; nothing else is read for it."""
    rows = Application.objects.select_related("member").prefetch_related("files")
    return get_object_or_404(rows, pk=pk)


def show_application(
    request: HttpRequest, application: Application, **refused: BaseForm
) -> HttpResponse:
    """The page, with a refused form when there is one."""
    today = seoul.today()
    vetting = vet_application(application, on=today)
    forms: dict[str, Any] = {
        "accept_form": AcceptForm(asks_region=not vetting.region),
        "return_form": ReturnForm(initial={"note": say_gaps(application)}),
        "reject_form": RejectForm(),
        "excom_form": ExcomForm(first_year=today.year, chosen=vetting.excom_year),
        **refused,
    }
    return show(
        request,
        "admin/members/application/page.html",
        title=str(application),
        application=application,
        tone=TONES[application.state],
        vetting=vetting,
        today=today,
        waiting=(today - application.submitted_on).days if application.submitted_on else None,
        to_check=application.state == State.SUBMITTED,
        may_reject=application.state in {State.SUBMITTED, State.RETURNED},
        may_move=application.state in OPEN,
        effects=effects_of(application, vetting),
        twins=describe_twins(vetting),
        facts=facts_of(application),
        figures=figures_of(application),
        people=people_of(application),
        entries=application.entries.select_related("recorded_by"),
        letters=application.letters.select_related("document").defer("snapshot"),
        link=private_link(application),
        **forms,
        status=status_of(*refused.values()),
    )


def say_gaps(application: Application) -> str:
    """What is missing, in the applicant's own language, to be sent as it stands."""
    with translation.override(application.language):
        return "\n".join(gap.sentence for gap in find_gaps(application))


def effects_of(application: Application, vetting: Vetting) -> list[str]:
    """What accepting does, before anybody presses the button."""
    facts = {
        "name": application,
        "day": day(vetting.associate_from),
        "excom": vetting.excom_year,
        "language": Language(application.language).label,
        "addresses": ", ".join(addresses_of(application)),
    }
    effects = [
        _("%(name)s is an associate from %(day)s, pays no fee and does not vote.") % facts,
        _("It goes to the EXCOM of %(excom)s.") % facts,
        _("The letter of acceptance (%(language)s) is mailed to %(addresses)s.") % facts,
    ]
    invited = dict.fromkeys(person_of(application, role)["email"].lower() for role, _as in INVITED)
    if people := ", ".join(filter(None, invited)):
        effects.append(_("Invited to the portal: %(people)s.") % {"people": people})
    if vetting.former:
        effects.insert(0, _("A readmission: the history of the former member goes on."))
    return effects


def describe_twins(vetting: Vetting) -> list[dict[str, Any]]:
    """What may be the same organisation, with where to look at it."""
    return [
        {
            "name": str(twin.found),
            "why": twin.why,
            "certain": twin.certain,
            "is_member": isinstance(twin.found, Member),
            "url": reverse(
                "admin:members_member_change"
                if isinstance(twin.found, Member)
                else "admin:members_application_change",
                args=[twin.found.pk],
            ),
        }
        for twin in vetting.twins
    ]


def facts_of(application: Application) -> list[tuple[str, Any]]:
    """The answers about the organisation, those that were given."""
    pairs = [
        (_("Kind"), application.get_kind_display()),
        (_("Name in English"), application.name_en),
        (_("Name in Korean"), application.name_ko),
        (_("Name in the local script"), application.name_local),
        (_("Country"), application.country),
        (_("Region"), Region(application.region).label if application.region else ""),
        (_("Level"), level_name(application.level)),
        (_("Postal address"), application.address),
        (_("Website"), application.website),
        (_("Language"), application.get_language_display()),
        (_("Message"), application.note),
    ]
    return [(label, value) for label, value in pairs if value]


def figures_of(application: Application) -> list[tuple[str, Any]]:
    """The declared figure and where it comes from."""
    measure = next(
        (each for each in Measure.values if application.kind in KINDS_OF[each]), Measure.POPULATION
    )
    return [
        (str(Measure(measure).label), figure(application.figure_value)),
        (_("Source"), application.figure_source or "–"),
        (_("Year of the source"), application.figure_source_year or "–"),
    ]


def people_of(application: Application) -> list[dict[str, str]]:
    """The three contacts as typed."""
    return [
        {"role": str(ContactRole(role).label), **person_of(application, role)}
        for role in (ContactRole.HEAD, ContactRole.LIAISON, ContactRole.FINANCE)
    ]


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """One click: the applicant is an associate."""
    application = find(pk)
    asks = "accept-region" in request.POST
    form = AcceptForm(request.POST, asks_region=asks)
    if form.is_valid():
        try:
            accept_application(
                application,
                region=form.cleaned_data.get("region", ""),
                on=seoul.today(),
                by=person(request),
                at=timezone.now(),
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            ask_for_letters()
            return back(request, application, _("%(name)s is an associate member now."))
    return show_application(request, find(pk), accept_form=form)


@require_POST
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Return it to be completed."""
    application = find(pk)
    form = ReturnForm(request.POST)
    if form.is_valid():
        try:
            return_application(
                application, **form.cleaned_data, on=seoul.today(), by=person(request)
            )
        except ValidationError as error:
            form.add_error("note", error.messages)
        else:
            return back(request, application, _("Returned: %(name)s is told by mail."))
    return show_application(request, application, return_form=form)


@require_POST
def reject(request: HttpRequest, pk: int) -> HttpResponse:
    """Turn it down."""
    application = find(pk)
    form = RejectForm(request.POST)
    if form.is_valid():
        try:
            reject_application(
                application, **form.cleaned_data, on=seoul.today(), by=person(request)
            )
        except ValidationError as error:
            form.add_error("reason", error.messages)
        else:
            ask_for_letters()
            return back(request, application, _("Rejected: %(name)s gets a letter by mail."))
    return show_application(request, application, reject_form=form)


@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Put it on the agenda of another EXCOM."""
    application = find(pk)
    today = seoul.today()
    form = ExcomForm(request.POST, first_year=today.year, chosen=today.year)
    if form.is_valid():
        try:
            move_to_excom(application, **form.cleaned_data, on=today, by=person(request))
        except ValidationError as error:
            form.add_error("year", error.messages)
        else:
            return back(
                request,
                application,
                _("%(name)s goes to the EXCOM of %(year)s."),
                year=form.cleaned_data["year"],
            )
    return show_application(request, application, excom_form=form)


def open_file(request: HttpRequest, pk: int, file: int) -> HttpResponse:  # noqa: ARG001 a page's signature
    """A file the applicant handed in: saved, never shown inside our pages."""
    row = get_object_or_404(get_object_or_404(Application, pk=pk).files, pk=file)
    try:
        content = read_attached(row)
    except ValidationError as error:
        raise Http404(error.messages[0]) from error
    return as_file(content, row.content_type, row.name, saved=True)


def back(
    request: HttpRequest, application: Application, sentence: str, **facts: object
) -> HttpResponse:
    """The application's page again, with what was done."""
    messages.success(request, sentence % {"name": application, **facts})
    return redirect("admin:members_application_change", application.pk)
