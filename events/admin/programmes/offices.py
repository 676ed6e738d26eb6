"""Regional offices at the secretariat's desk: proposed, established, assessed (R30, P8)."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.admin.programmes.pages import ListAdmin, badge, run_act, send_file, show, typed
from events.forms.programmes import (
    AssessmentForm,
    OfficeForm,
    OfficeProposalForm,
    OfficeReportForm,
    OfficeStepForm,
)
from events.history.showing import name_of_host, say_when
from events.models import OfficeReport, OfficeStage, OfficeState, RegionalOffice
from events.partners import offices
from members.access import person
from wego import reader, seoul
from wego.templatetags.ui import day

VIEW, CHANGE = "events.view_regionaloffice", "events.change_regionaloffice"
CHANGE_PAGE = "admin:events_regionaloffice_change"
TONES: dict[str, str] = {
    "": "quiet",
    OfficeState.PROPOSED: "info",
    OfficeState.APPROVED: "info",
    OfficeState.OPENED: "ok",
    OfficeState.RENEWED: "ok",
    OfficeState.MOVED: "ok",
    OfficeState.CLOSED: "quiet",
    OfficeState.REVOKED: "quiet",
}
TABS = (
    (gettext_lazy("Partners"), "admin:events_partner_changelist"),
    (gettext_lazy("Regional offices"), "admin:events_regionaloffice_changelist"),
    (gettext_lazy("Advisory committee"), "admin:events_adviser_changelist"),
)


def find(pk: int) -> RegionalOffice:
    """The office of an address."""
    return get_object_or_404(RegionalOffice, pk=pk)


def add(request: HttpRequest) -> HttpResponse:
    """A region that is to have an office."""
    return run_act(
        request,
        OfficeForm(typed(request)[0]),
        lambda facts: offices.create_office(**facts, by=person(request)),
        title=_("Plan a regional office"),
        lead=_("It is established by a decision of EXCOM or the Assembly."),
        button=_("Plan it"),
        done=_("The office is planned. Put it to EXCOM, or record what was decided."),
        back=(CHANGE_PAGE, ()),
    )


def show_office(request: HttpRequest, pk: int) -> HttpResponse:
    """One office: its life, its agreement, its yearly reports."""
    office = find(pk)
    stages = list(
        office.stages.select_related("host", "item__meeting", "resolution__item__meeting")
    )
    last = next((each for each in reversed(stages) if each.state != OfficeState.PROPOSED), None)
    return show(
        request,
        "office",
        title=str(office),
        office=office,
        last=last,
        host=name_of_host(last) if last else "",
        tone=TONES[last.state if last else ""],
        stages=[describe(each) for each in reversed(stages)],
        reports=list(office.reports.select_related("reported_by")),
        may_change=request.user.has_perm(CHANGE),
    )


def describe(stage: OfficeStage) -> dict[str, Any]:
    """A step with its words."""
    return {
        "stage": stage,
        "tone": TONES[stage.state],
        "when": say_when(stage.happened_on, None, stage.precision),
        "host": name_of_host(stage),
        "proposes": OfficeState(stage.proposes).label if stage.proposes else "",
        "rests_on": rests_on(stage),
    }


def rests_on(stage: OfficeStage) -> str:
    """The decision, or the item under which it is put."""
    if stage.resolution:
        meeting = stage.resolution.item.meeting
        return f"{meeting}, {stage.resolution.reference}"
    return f"{stage.item.meeting}: {stage.item}" if stage.item else stage.decided_by


def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Put something about an office to a body."""
    office = find(pk)
    return run_act(
        request,
        OfficeProposalForm(typed(request)[0]),
        lambda facts: offices.propose_step(office, **facts, on=seoul.today(), by=person(request)),
        title=_("Put to a meeting"),
        lead=str(office),
        button=_("Propose"),
        done=_("Proposed. When the resolution is confirmed it takes effect by itself."),
        back=(CHANGE_PAGE, [pk]),
    )


def record(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what became of an office."""
    office = find(pk)
    form = OfficeStepForm(
        *typed(request),
        steps=sorted(offices.possible_steps(office) - {OfficeState.REVOKED}),
        initial={"happened_on": seoul.today()},
    )
    return run_act(
        request,
        form,
        lambda facts: offices.record_step(
            office, offices.Step(**facts), on=seoul.today(), by=person(request)
        ),
        title=_("Record a step"),
        lead=str(office),
        button=_("Record"),
        done=_("Recorded."),
        back=(CHANGE_PAGE, [pk]),
    )


def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a report that came on paper or by mail."""
    office = find(pk)
    form = OfficeReportForm(*typed(request), initial={"year": seoul.today().year - 1})
    return run_act(
        request,
        form,
        lambda facts: offices.hand_in_report(office, **facts, on=seoul.today(), by=person(request)),
        title=_("Record a yearly report"),
        lead=str(office),
        button=_("Record"),
        done=_("The report is recorded."),
        back=(CHANGE_PAGE, [pk]),
    )


def assess(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """Record what EXCOM made of a report."""
    row = get_object_or_404(OfficeReport.objects.select_related("office"), office_id=pk, year=year)
    return run_act(
        request,
        AssessmentForm(typed(request)[0]),
        lambda facts: offices.assess_report(row, **facts, on=seoul.today(), by=person(request)),
        title=_("Assess the report of %(year)s") % {"year": year},
        lead=f"{row.office}: {row.summary[:300]}",
        button=_("Record the assessment"),
        done=_("The assessment is recorded."),
        back=(CHANGE_PAGE, [pk]),
    )


def open_file(request: HttpRequest, pk: int, file_kind: str, row: int) -> HttpResponse:  # noqa: ARG001 a page is asked by somebody
    """An agreement or a report as it was handed in."""
    tables: dict[str, Any] = {"agreement": OfficeStage, "report": OfficeReport}
    if file_kind not in tables:
        raise Http404
    found = get_object_or_404(tables[file_kind], office_id=pk, pk=row)
    if not found.file_path:
        raise Http404
    return send_file(found.file_path, found.file_sha256, found.file_name)


@admin.register(RegionalOffice)
class RegionalOfficeAdmin(ListAdmin):
    """Offices by region."""

    list_display = ("region", "host", "agreement", "state")
    list_display_links = ("region",)
    search_fields = ("name_en", "name_ko", "stages__host__name_en", "stages__place")
    search_help_text = gettext_lazy("Region or host")
    empty_text = gettext_lazy("Plan an office for a region; EXCOM then establishes it.")
    tabs = TABS
    offers = ((gettext_lazy("Plan a regional office"), "admin:events_regionaloffice_plan"),)
    pages = (
        ("plan/", add, "events_regionaloffice_plan", CHANGE),
        ("<int:pk>/change/", show_office, "events_regionaloffice_change", VIEW),
        ("<int:pk>/propose/", propose, "events_regionaloffice_propose", CHANGE),
        ("<int:pk>/record/", record, "events_regionaloffice_record", CHANGE),
        ("<int:pk>/report/", report, "events_regionaloffice_report", CHANGE),
        ("<int:pk>/assess/<int:year>/", assess, "events_regionaloffice_assess", CHANGE),
        ("<int:pk>/<slug:file_kind>/<int:row>/", open_file, "events_regionaloffice_file", VIEW),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[RegionalOffice]:
        """With their steps, in one query more."""
        stages = OfficeStage.objects.exclude(state=OfficeState.PROPOSED).select_related("host")
        return (
            super()
            .get_queryset(request)
            .prefetch_related(Prefetch("stages", stages.order_by("pk"), to_attr="steps"))
        )

    @admin.display(description=gettext_lazy("Region"), ordering="name_en")
    def region(self, row: RegionalOffice) -> str:
        """In the reader's language."""
        return reader.choose(row.name_en, row.name_ko)

    @admin.display(description=gettext_lazy("Host city"))
    def host(self, row: Any) -> str:  # noqa: ANN401 with its steps
        """Who hosts it now."""
        return name_of_host(row.steps[-1]) if row.steps else "–"

    @admin.display(description=gettext_lazy("Agreement until"))
    def agreement(self, row: Any) -> str:  # noqa: ANN401 with its steps
        """The last day of the agreement that holds."""
        last = next((each for each in reversed(row.steps) if each.term_until), None)
        return str(day(last.term_until)) if last else "–"

    @admin.display(description=gettext_lazy("State"))
    def state(self, row: Any) -> str:  # noqa: ANN401 with its steps
        """A badge."""
        if not row.steps:
            return badge("quiet", _("Planned"))
        return badge(TONES[row.steps[-1].state], row.steps[-1].get_state_display())
