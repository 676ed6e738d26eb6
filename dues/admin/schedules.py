"""Fee schedules: seen as the paper prints them, drafted, compared, put in force."""

from typing import TYPE_CHECKING

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dues import schedules
from dues.admin.pages import task_page
from dues.admin.schedule_grid import grid_of, in_force_before, try_out
from dues.forms.grid import TypedGrid
from dues.forms.schedule import CopyForm, ScheduleForm, fingerprint
from dues.models import BandMeasure, FeeSchedule, Invoice, ScheduleState
from dues.wording import name_of
from members.access import person
from members.models import Kind
from wego.admin.pages import show
from wego.grave import recently_signed_in

if TYPE_CHECKING:
    _ScheduleAdmin = admin.ModelAdmin[FeeSchedule]
else:
    _ScheduleAdmin = admin.ModelAdmin

SAVE = "save"


@admin.register(FeeSchedule)
class FeeScheduleAdmin(_ScheduleAdmin):
    """Our own pages for all but throwing a draft away."""

    def has_delete_permission(self, request: HttpRequest, obj: FeeSchedule | None = None) -> bool:
        """A draft may be thrown away; what prices or priced dues may not."""
        is_draft = obj is not None and obj.state == ScheduleState.DRAFT
        return is_draft and super().has_delete_permission(request, obj)

    def delete_model(self, request: HttpRequest, obj: FeeSchedule) -> None:
        """By the rule, which leaves a trace."""
        schedules.discard_draft(obj, by=person(request))

    def get_urls(self) -> list[URLPattern]:
        """A list, a page for each schedule, and what can be done there."""
        pages = (
            ("", show_list, "changelist"),
            ("add/", add, "add"),
            ("<int:pk>/change/", edit, "change"),
            ("<int:pk>/copy/", copy, "copy"),
            ("<int:pk>/in-force/", recently_signed_in(put_in_force), "in_force"),
        )
        own = [
            path(
                address,
                task_page(view, permission="dues.change_feeschedule"),
                name=f"dues_feeschedule_{name}",
            )
            for address, view, name in pages
        ]
        return [*own, *super().get_urls()]


def show_list(request: HttpRequest) -> HttpResponse:
    """Every schedule: for whom, from when, whether it may still change."""
    priced = Invoice.objects.filter(schedule=OuterRef("pk"))
    rows = FeeSchedule.objects.annotate(frozen=Exists(priced))
    return show(
        request,
        "admin/dues/schedule/list.html",
        title=_("Fee schedules"),
        schedules=rows.order_by("kind", "-first_dues_year", "pk"),
    )


def add(request: HttpRequest) -> HttpResponse:
    """A new draft, from an empty grid."""
    draft = FeeSchedule(
        kind=Kind.CITY, column_measure=BandMeasure.POPULATION, row_measure=BandMeasure.GDP
    )
    return answer(request, draft, TypedGrid.empty())


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """One schedule: its grid, or its table when it is frozen."""
    schedule = get_object_or_404(FeeSchedule, pk=pk)
    if schedules.is_frozen(schedule):
        return show_frozen(request, schedule)
    return answer(request, schedule, TypedGrid.of(schedule))


def show_frozen(request: HttpRequest, schedule: FeeSchedule) -> HttpResponse:
    """The table that priced issued invoices: to be read, tried and copied."""
    try_form, cell = try_out(schedule, request.GET)
    return show(
        request,
        "admin/dues/schedule/frozen.html",
        title=str(schedule),
        schedule=schedule,
        frozen=True,
        invoices=Invoice.objects.filter(schedule=schedule).count(),
        copy_form=CopyForm(initial={"first_dues_year": schedule.first_dues_year + 1}),
        try_form=try_form,
        cell=cell,
        highlight=(cell.row, cell.column) if cell else None,
    )


def answer(request: HttpRequest, schedule: FeeSchedule, stored: TypedGrid) -> HttpResponse:
    """The grid as it is stored; as it was typed with a band more or less; or saved."""
    if request.method != "POST":
        return show_grid(request, schedule, form_of(schedule, stored))
    typed = TypedGrid.posted(request.POST)
    act = request.POST.get("act", SAVE)
    if act == SAVE:
        return save(request, schedule, ScheduleForm(request.POST, grid=typed))
    typed.change(act)
    facts = {name: request.POST.get(name, "") for name in ScheduleForm.base_fields}
    return show_grid(request, schedule, ScheduleForm(grid=typed, initial=facts), changed=True)


def form_of(schedule: FeeSchedule, grid: TypedGrid) -> ScheduleForm:
    """The form of a schedule nobody has typed in yet."""
    facts = {name: getattr(schedule, name, "") for name in ScheduleForm.base_fields}
    return ScheduleForm(grid=grid, initial={**facts, "seen": fingerprint(schedule)})


def save(request: HttpRequest, schedule: FeeSchedule, form: ScheduleForm) -> HttpResponse:
    """Store what was typed, unless it is no table or somebody else was faster."""
    if not form.is_valid():
        return show_grid(request, schedule, form)
    if form.cleaned_data["seen"] != fingerprint(schedule):
        return show_both(request, schedule, form)
    is_new = schedule.pk is None
    try:
        saved = schedules.save_draft(form.apply_to(schedule), by=person(request))
    except ValidationError as error:
        form.add_refusal(error)
        return show_grid(request, schedule, form)
    remember(request, saved, is_new=is_new)
    messages.success(request, _("%(name)s is saved.") % {"name": saved})
    return redirect("admin:dues_feeschedule_change", saved.pk)


def show_both(request: HttpRequest, schedule: FeeSchedule, form: ScheduleForm) -> HttpResponse:
    """What was typed and what somebody else has stored meanwhile; saving again is a choice."""
    typed = request.POST.copy()
    typed["seen"] = fingerprint(schedule)
    again = ScheduleForm(typed, grid=form.grid)
    again.add_error(
        None,
        _(
            "Somebody else saved this schedule meanwhile. What you typed is still in the boxes; "
            "what is stored stands below them. Save again to replace it."
        ),
    )
    return show_grid(request, schedule, again, other=schedule)


def remember(request: HttpRequest, schedule: FeeSchedule, *, is_new: bool) -> None:
    """Leave who did it and when in the admin's own log."""
    model_admin = admin.site.get_model_admin(FeeSchedule)
    log = model_admin.log_addition if is_new else model_admin.log_change
    log(request, schedule, [{"added" if is_new else "changed": {}}])


def show_grid(
    request: HttpRequest,
    schedule: FeeSchedule,
    form: ScheduleForm,
    *,
    changed: bool = False,
    other: FeeSchedule | None = None,
) -> HttpResponse:
    """The page of a schedule that may still change."""
    before = in_force_before(schedule)
    try_form, cell = try_out(schedule, request.GET)
    return show(
        request,
        "admin/dues/schedule/edit.html",
        title=str(schedule) if schedule.pk else _("New fee schedule"),
        schedule=schedule,
        form=form,
        grid=grid_of(form, before),
        before=before,
        before_name=name_of(before) if before else "",
        changed=changed,
        other=other,
        in_force=schedule.state == ScheduleState.IN_FORCE,
        copy_form=CopyForm(initial={"first_dues_year": (schedule.first_dues_year or 0) + 1}),
        try_form=try_form,
        cell=cell,
        highlight=(cell.row, cell.column) if cell else None,
    )


@require_POST
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft with the same table for a later year: how a change of fees begins."""
    schedule = get_object_or_404(FeeSchedule, pk=pk)
    form = CopyForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Enter the first dues year of the copy."))
        return redirect("admin:dues_feeschedule_change", pk)
    draft = schedules.copy_to_draft(
        schedule, first_dues_year=form.cleaned_data["first_dues_year"], by=person(request)
    )
    remember(request, draft, is_new=True)
    messages.success(request, _("%(name)s is a draft: it prices nothing yet.") % {"name": draft})
    return redirect("admin:dues_feeschedule_change", draft.pk)


@require_POST
def put_in_force(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a draft price dues from its first year on."""
    schedule = get_object_or_404(FeeSchedule, pk=pk)
    try:
        current = schedules.put_in_force(schedule, by=person(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("admin:dues_feeschedule_change", pk)
    remember(request, current, is_new=False)
    messages.success(
        request,
        _("%(name)s is in force: it prices dues from %(year)s on.")
        % {"name": current, "year": current.first_dues_year},
    )
    return redirect("admin:dues_feeschedule_change", pk)
