"""Payment plans: agreed on a member's open invoices, looked at, ended (S18)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from dues.admin.pages import task_page
from dues.arrears import find_open_invoices
from dues.forms.money import ReasonForm
from dues.forms.reminder import PlanForm, field_of
from dues.ledger import owner_of
from dues.models import PaymentPlan
from dues.plans import agree_plan, end_plan, read_course
from members.access import person
from members.models import Member
from wego import seoul
from wego.admin.pages import show

if TYPE_CHECKING:
    _PlanAdmin = admin.ModelAdmin[PaymentPlan]
else:
    _PlanAdmin = admin.ModelAdmin

VIEW, ADD, CHANGE = (f"dues.{verb}_paymentplan" for verb in ("view", "add", "change"))
REFUSED = 422


@admin.register(PaymentPlan)
class PlanAdmin(_PlanAdmin):
    """Every plan that was agreed, and our own page for one."""

    list_display = ("agreed_on", "member_name", "reason")
    list_display_links = ("agreed_on",)
    list_select_related = ("member",)
    search_fields = ("member__name_en", "member__name_ko", "invoices__number")
    search_help_text = gettext_lazy("Member in either script, or number of an invoice")
    list_per_page = 100
    actions = None
    show_full_result_count = False

    @admin.display(description=gettext_lazy("Member"), ordering="member__name_en")
    def member_name(self, plan: PaymentPlan) -> str:
        """The member in the reader's language."""
        return str(plan.member)

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 Django's signature
        """A plan is agreed from the member's file."""
        return False

    def has_delete_permission(
        self,
        request: HttpRequest,  # noqa: ARG002 Django's signature
        obj: PaymentPlan | None = None,  # noqa: ARG002 Django's signature
    ) -> bool:
        """What was agreed stays."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """Our own page for one plan, and the page on which one is agreed."""
        own = [
            path(
                "<int:pk>/change/",
                task_page(show_plan, permission=VIEW),
                name="dues_paymentplan_change",
            ),
            path("<int:pk>/end/", task_page(end, permission=CHANGE), name="dues_paymentplan_end"),
            path(
                "agree/<int:member>/",
                task_page(agree, permission=ADD),
                name="dues_paymentplan_agree",
            ),
        ]
        return [*own, *super().get_urls()]


@require_http_methods(["GET", "HEAD", "POST"])
def agree(request: HttpRequest, member: int) -> HttpResponse:
    """Dates and amounts for what is open."""
    owner, today = owner_of(get_object_or_404(Member, pk=member)), seoul.today()
    posted = request.method == "POST"
    invoices = list(find_open_invoices(owner, today).defer("snapshot"))
    form = PlanForm(request.POST if posted else None, invoices=invoices)
    if posted and form.is_valid():
        facts = form.cleaned_data
        try:
            plan = agree_plan(
                owner,
                form.chosen(),
                facts["dates"],
                reason=facts["reason"],
                on=today,
                by=person(request),
            )
        except ValidationError as error:
            form.add_error(field_of(error.code), error)
        else:
            messages.success(request, _("The payment plan is agreed."))
            return redirect("admin:dues_paymentplan_change", plan.pk)
    return show(
        request,
        "admin/dues/plan_agree.html",
        title=_("Agree a payment plan with %(member)s") % {"member": owner},
        member=owner,
        form=form,
        invoices=invoices,
        open_cents=sum(each.open_cents for each in invoices),
        status=REFUSED if form.errors else 200,
    )


@require_safe
def show_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """One plan: its dates, whether each was kept, and what comes next."""
    return show_course(request, pk, ReasonForm())


@require_http_methods(["POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a plan before its last date."""
    plan, form = get_object_or_404(PaymentPlan, pk=pk), ReasonForm(request.POST)
    if form.is_valid():
        try:
            end_plan(plan, reason=form.cleaned_data["reason"], on=seoul.today(), by=person(request))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The payment plan has ended."))
            return redirect("admin:dues_paymentplan_change", pk)
    return show_course(request, pk, form)


def show_course(request: HttpRequest, pk: int, form: ReasonForm) -> HttpResponse:
    """The page of a plan, with the form that ends it."""
    plan, today = (
        get_object_or_404(PaymentPlan.objects.select_related("member"), pk=pk),
        seoul.today(),
    )
    course = read_course(plan)
    return show(
        request,
        "admin/dues/plan.html",
        title=_("Payment plan of %(member)s") % {"member": plan.member},
        plan=plan,
        course=course,
        invoices=plan.invoices.defer("snapshot"),
        kept=course.is_kept(today),
        missed=course.find_missed(today),
        following=course.find_next(today),
        open_cents=course.open_on(today),
        end=getattr(plan, "end", None),
        may_end=request.user.has_perm(CHANGE) and course.is_running(today),
        form=form,
        status=REFUSED if form.errors else 200,
    )
