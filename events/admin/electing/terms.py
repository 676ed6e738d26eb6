"""Terms and offices: the page of a day, and the acts that change who holds what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from events.admin.electing.pages import CHANGE, Act, answer, grave_routes, show, task_page
from events.forms.electing import (
    AppointmentForm,
    DayForm,
    EndForm,
    HolderForm,
    NominationForm,
    SecretaryForm,
    TermForm,
)
from events.models import Basis, Office, Term, ViceNomination
from events.offices.certificates import certificates_of, write_certificate
from events.offices.executive import settle_executive
from events.offices.overview import Overview, read_overview
from events.offices.terms import (
    NewTerm,
    default_end,
    end_term,
    held_until,
    record_holder,
    record_term,
)
from events.offices.vice_presidents import appoint_vice_president, nominate_vice_president
from events.papers import read_event_paper
from events.tasks import render_event_papers
from members.access import person
from wego import seoul
from wego.admin.pages import tell
from wego.sending import as_file
from wego.templatetags.charts import Part
from wego.templatetags.ui import day

if TYPE_CHECKING:
    _TermAdmin = admin.ModelAdmin[Term]
else:
    _TermAdmin = admin.ModelAdmin

BOARD = "admin:events_term_changelist"
TONES = ("info", "ok", "warn", "bad", "quiet", "info")


@admin.register(Term)
class TermAdmin(_TermAdmin):
    """The page of a day instead of a list; nothing is changed or deleted."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Terms are recorded by acts of their own."""
        return request.user.has_perm(CHANGE)

    def has_change_permission(
        self,
        request: HttpRequest,  # noqa: ARG002 Django's signature
        obj: Term | None = None,  # noqa: ARG002 Django's signature
    ) -> bool:
        """A term is never changed."""
        return False

    def has_delete_permission(
        self,
        request: HttpRequest,  # noqa: ARG002 Django's signature
        obj: Term | None = None,  # noqa: ARG002 Django's signature
    ) -> bool:
        """A term is never deleted."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """The page of a day and the acts."""
        prefix = "events_term"
        acts = grave_routes(
            prefix,
            (
                ("add/", add_term, "add", CHANGE),
                ("secretary/", appoint_secretary, "secretary", CHANGE),
                ("holder/", add_holder, "holder", CHANGE),
                ("nominate/", nominate, "nominate", CHANGE),
                ("nominations/<int:pk>/appoint/", appoint, "appoint", CHANGE),
                ("<int:pk>/end/", end, "end", CHANGE),
                ("follow/", require_POST(follow_host), "follow", CHANGE),
            ),
        )
        own = [
            path("", task_page(show_board, permission=CHANGE), name=f"{prefix}_changelist"),
            path(
                "<int:pk>/change/", task_page(show_term, permission=CHANGE), name=f"{prefix}_change"
            ),
            path(
                "<int:pk>/certificate/",
                task_page(require_POST(certificate), permission=CHANGE),
                name=f"{prefix}_certificate",
            ),
            path(
                "<int:pk>/certificate/<slug:reference>/",
                task_page(read_certificate, permission=CHANGE),
                name=f"{prefix}_certificate_pdf",
            ),
        ]
        return [*own, *acts, *super().get_urls()]


def show_board(request: HttpRequest) -> HttpResponse:
    """Who holds what until when, what is free, what needs doing; as of any day."""
    today = seoul.today()
    form = DayForm(request.GET if "on" in request.GET else None, initial={"on": today})
    overview = read_overview(form.day_or(today) if form.is_bound else today)
    return show(
        request,
        "electing/board",
        title=_("Terms & offices"),
        form=form,
        overview=overview,
        regions=region_parts(overview),
        warnings=list_warnings(overview),
        is_today=overview.on == today,
    )


def region_parts(overview: Overview) -> list[Part]:
    """The picture of the regions."""
    return [
        Part(label, count, tone=tone)
        for (label, count), tone in zip(overview.regions, TONES, strict=True)
    ]


def list_warnings(overview: Overview) -> list[str]:
    """What a reader should notice before anything else."""
    found = [_("Nobody is %(office)s.") % {"office": office.label} for office in overview.vacant]
    if overview.too_few_vice_presidents:
        found.append(
            _("%(count)s Vice President Cities of at least %(fewest)s.")
            % {
                "count": overview.vice_presidents,
                "fewest": overview.policies.fewest_vice_presidents,
            }
        )
    if overview.succession.problem:
        found.append(overview.succession.problem)
    over = len(overview.seats) - overview.policies.most_excom_cities
    if over > 0:
        found.append(
            ngettext(
                "%(over)s city more than the EXCOM may have, by a written reason.",
                "%(over)s cities more than the EXCOM may have, by a written reason.",
                over,
            )
            % {"over": over}
        )
    return found


def act_here(request: HttpRequest, **facts: object) -> HttpResponse:
    """An act that leads back to the page of the day."""
    back = {"back": reverse(BOARD), "back_words": _("Back to terms and offices")}
    crumb = (reverse(BOARD), _("Terms & offices"))
    return answer(Act(request, **{**back, "crumb": crumb, **facts}))  # type: ignore[arg-type]


def add_term(request: HttpRequest) -> HttpResponse:
    """A term that a record tells of."""
    today = seoul.today()
    initial = {"starts_on": today, "ends_on": default_end(today), "office": Office.EXCOM}
    form = TermForm(request.POST or None, initial=initial)

    def do(data: dict[str, object]) -> Term:
        reason = str(data.pop("override_reason", ""))
        term = NewTerm(basis=Basis.RECORDED, **data)  # type: ignore[arg-type]
        return record_term(term, override_reason=reason, on=today, by=person(request))

    return act_here(
        request,
        form=form,
        do=do,
        title=_("Record a term"),
        lead=_("For terms that a record tells of. Elections and appointments make theirs."),
        button=_("Record the term"),
        said=_("The term is recorded."),
    )


def appoint_secretary(request: HttpRequest) -> HttpResponse:
    """The President appointed the Secretary General (P5)."""
    today = seoul.today()
    form = SecretaryForm(
        request.POST or None, initial={"starts_on": today, "ends_on": default_end(today)}
    )

    def do(data: dict[str, object]) -> Term:
        term = NewTerm(office=Office.SECRETARY, basis=Basis.APPOINTED, **data)  # type: ignore[arg-type]
        return record_term(term, follows=True, on=today, by=person(request))

    return act_here(
        request,
        form=form,
        do=do,
        title=_("Secretary General"),
        lead=_("Appointed by the President. The term of who held the office ends the day before."),
        button=_("Record the appointment"),
        said=_("The Secretary General is recorded."),
    )


def add_holder(request: HttpRequest) -> HttpResponse:
    """Another mayor of a city."""
    member = request.GET.get("member", "")
    form = HolderForm(request.POST or None, initial={"member": member, "since_on": seoul.today()})
    return act_here(
        request,
        form=form,
        do=lambda data: record_holder(**data, on=seoul.today(), by=person(request)),
        title=_("Head of a city"),
        lead=_("The office stays with the city; who speaks for it changes."),
        button=_("Record who it is"),
        said=_("The head of the city is recorded."),
    )


def nominate(request: HttpRequest) -> HttpResponse:
    """EXCOM nominated a Vice President."""
    form = NominationForm(request.POST or None, initial={"nominated_on": seoul.today()})
    return act_here(
        request,
        form=form,
        do=lambda data: nominate_vice_president(**data, on=seoul.today(), by=person(request)),
        title=_("Nominate a Vice President City"),
        lead=_("EXCOM nominates; the city holds the office once the President has appointed it."),
        button=_("Record the nomination"),
        said=_("The nomination is recorded and waits for the President."),
    )


def appoint(request: HttpRequest, pk: int) -> HttpResponse:
    """The President appointed a nominated city."""
    waiting = ViceNomination.objects.filter(appointment__isnull=True).select_related("member")
    nomination = get_object_or_404(waiting, pk=pk)
    today = seoul.today()
    form = AppointmentForm(
        request.POST or None, initial={"appointed_on": today, "ends_on": default_end(today)}
    )
    return act_here(
        request,
        form=form,
        do=lambda data: appoint_vice_president(nomination, **data, on=today, by=person(request)),
        title=_("Appoint %(member)s as Vice President City") % {"member": nomination.member},
        pairs=[
            (_("Nominated by EXCOM"), day(nomination.nominated_on)),
            (_("Meeting and item"), nomination.reference),
        ],
        button=_("Record the appointment"),
        said=_("%(member)s is Vice President City.") % {"member": nomination.member},
    )


def end(request: HttpRequest, pk: int) -> HttpResponse:
    """A term that ends before its time."""
    term = find_term(pk)
    form = EndForm(request.POST or None, initial={"ended_on": seoul.today()})
    return act_here(
        request,
        form=form,
        do=lambda data: end_term(term, **data, by=person(request)),
        title=_("End a term: %(term)s") % {"term": term},
        pairs=facts_of(term),
        button=_("End the term"),
        danger=True,
        final=_("What was recorded stays; the end is a record of its own and is not taken back."),
        said=_("The end of the term is recorded."),
    )


def follow_host(request: HttpRequest) -> HttpResponse:
    """Let the Executive Vice President follow the host at once, not at the next sweep."""
    term = settle_executive(on=seoul.today(), by=person(request))
    if term:
        messages.success(
            request, _("%(who)s is Executive Vice President City.") % {"who": term.who}
        )
    else:
        messages.info(request, _("The office follows the host already."))
    return redirect(BOARD)


def find_term(pk: int) -> Term:
    """The term of an address."""
    return get_object_or_404(Term.objects.select_related("member", "meeting", "recorded_by"), pk=pk)


def show_term(request: HttpRequest, pk: int) -> HttpResponse:
    """One term: from when to when, how it came about, and its end."""
    term = find_term(pk)
    return show(
        request,
        "electing/term",
        title=str(term),
        term=term,
        term_facts=facts_of(term),
        certificates=certificates_of(term) if term.member else [],
        runs=term.starts_on <= seoul.today() <= held_until(term),
    )


def facts_of(term: Term) -> list[tuple[str, object]]:
    """What is on record of a term."""
    ending = getattr(term, "ending", None)
    pairs: list[tuple[str, object]] = [
        (_("Office"), term.get_office_display()),
        (_("City") if term.member else _("Person"), term.who),
        (_("From"), day(term.starts_on)),
        (_("Until"), day(term.ends_on)),
        (_("Came to it"), term.get_basis_display()),
        (_("Label"), term.label),
        (_("Meeting"), term.meeting or ""),
        (_("Reference"), term.reference),
        (_("Source"), term.source),
        (_("Why it stands against a limit"), term.override_reason),
        (_("Ended early on"), day(ending.ended_on) if ending else ""),
        (_("Why it ended"), ending.reason if ending else ""),
        (_("Recorded by"), term.recorded_by or _("the house itself")),
    ]
    return [(label, value) for label, value in pairs if value]


def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the certificate of a term; the worker prints it."""
    term = find_term(pk)
    if tell(
        request,
        lambda: write_certificate(
            term, language=request.POST.get("language", ""), on=seoul.today(), by=person(request)
        ),
        _("The certificate is being made; it is here in a moment."),
    ):
        transaction.on_commit(render_event_papers.delay, robust=True)
    return redirect("admin:events_term_change", pk)


def read_certificate(request: HttpRequest, pk: int, reference: str) -> HttpResponse:
    """The PDF of a certificate of a term; its page while it is made."""
    papers = {each.reference: each for each in certificates_of(find_term(pk))}
    if reference not in papers:
        raise Http404
    try:
        content = read_event_paper(papers[reference])
    except ValidationError as error:
        messages.info(request, " ".join(error.messages))
        return redirect("admin:events_term_change", pk)
    return as_file(content, "application/pdf", f"{reference}.pdf", saved="save" in request.GET)
