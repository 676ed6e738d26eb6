"""Reductions: decided, read, taken back, and carried out on what was issued before (S17)."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from dues import reductions
from dues.admin.pages import View, task_page
from dues.forms.reduction import EndForm, ReductionForm
from dues.models import Invoice, Reduction
from dues.wording import say_decision, say_off
from members.access import person
from members.models import Member
from wego import seoul
from wego.admin.pages import show
from wego.grave import recently_signed_in
from wego.money import display
from wego.templatetags.ui import day

if TYPE_CHECKING:
    _ReductionAdmin = admin.ModelAdmin[Reduction]
else:
    _ReductionAdmin = admin.ModelAdmin

ADD, CHANGE, VIEW = (f"dues.{verb}_reduction" for verb in ("add", "change", "view"))
# At which box the sentence of a rule stands.
BOXES = {
    "years": "last_year",
    "off": "percent",
    "percent": "percent",
    "amount": "amount",
    "decision": "decided_by",
    "future": "decided_on",
    "reason": "reason",
}
REFUSED = 422


@admin.register(Reduction)
class ReductionAdmin(_ReductionAdmin):
    """A list, and our own pages for one; never changed or deleted here."""

    list_display = ("member_name", "years", "off", "decided_on", "decided_by", "holds")
    list_filter = ("first_year", "member__kind", "member__region")
    list_select_related = ("member",)
    search_fields = ("member__name_en", "member__name_ko", "decision_reference", "reason")
    search_help_text = gettext_lazy("Member in either script, decision or reason")
    list_per_page = 100
    actions = None
    show_full_result_count = False

    @admin.display(description=gettext_lazy("Member"), ordering="member__name_en")
    def member_name(self, reduction: Reduction) -> str:
        """The member in the reader's language."""
        return str(reduction.member)

    @admin.display(description=gettext_lazy("Dues years"), ordering="first_year")
    def years(self, reduction: Reduction) -> str:
        """From which to which dues year."""
        return years_in_words(reduction)

    @admin.display(description=gettext_lazy("Off"))
    def off(self, reduction: Reduction) -> str:
        """The amount a year, or per cent."""
        return off_in_words(reduction)

    @admin.display(description=gettext_lazy("Holds"), boolean=True)
    def holds(self, reduction: Reduction) -> bool:
        """Whether it was not taken back."""
        return reduction.ended_on is None

    def has_delete_permission(
        self,
        request: HttpRequest,  # noqa: ARG002 Django's signature
        obj: Reduction | None = None,  # noqa: ARG002 Django's signature
    ) -> bool:
        """A decision stays on record."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """Our own pages."""
        pages: tuple[tuple[str, View, str, str], ...] = (
            ("add/", recently_signed_in(decide), "add", ADD),
            ("<int:pk>/change/", show_reduction, "change", VIEW),
            ("<int:pk>/end/", require_POST(recently_signed_in(end)), "end", CHANGE),
            ("<int:pk>/credit/", require_POST(recently_signed_in(credit)), "credit", CHANGE),
        )
        own = [
            path(address, task_page(view, permission=asked), name=f"dues_reduction_{name}")
            for address, view, name, asked in pages
        ]
        return [*own, *super().get_urls()]


def years_in_words(reduction: Reduction) -> str:
    """`2020` or `2020-2022`."""
    first, last = reduction.first_year, reduction.last_year
    return f"{first}" if first == last else f"{first}-{last}"


def off_in_words(reduction: Reduction) -> str:
    """`50 %`, or an amount a year."""
    if reduction.percent:
        return _("%(percent)s %% of the fee") % {"percent": reduction.percent}
    return _("%(amount)s a year") % {"amount": display(reduction.amount_cents or 0)}


def decide(request: HttpRequest) -> HttpResponse:
    """Record a reduction that was decided for the member named in the address."""
    asked = request.GET.get("member", "")
    if not asked.isdecimal():
        messages.info(request, _("Choose the member: its file leads to “Reduce dues”."))
        return redirect("admin:members_member_changelist")
    member = get_object_or_404(Member, pk=asked)
    form = ReductionForm(
        request.POST or None, initial={"decided_on": "", "first_year": seoul.today().year + 1}
    )
    if request.method == "POST" and form.is_valid():
        try:
            reduction = reductions.decide_reduction(
                member,
                form.grant(),
                resolution=form.resolution(),
                on=seoul.today(),
                by=person(request),
            )
        except ValidationError as error:
            form.add_error(BOXES.get(error.code or ""), error.messages)
        else:
            messages.success(
                request,
                _("The reduction of %(member)s is recorded. It counts for invoices from now on.")
                % {"member": reduction.member},
            )
            return redirect("admin:dues_reduction_change", reduction.pk)
    return show(
        request,
        "admin/dues/reduction/decide.html",
        title=_("Reduce dues: %(member)s") % {"member": member},
        status=REFUSED if form.errors else 200,
        member=member,
        form=form,
        held=reductions.reductions_of(member),
    )


def show_reduction(request: HttpRequest, pk: int) -> HttpResponse:
    """One reduction: what was decided, and invoices issued before it, each with its button."""
    reduction = find_reduction(pk)
    return show_one(request, reduction, EndForm())


def find_reduction(pk: int) -> Reduction:
    """The reduction of an address."""
    rows = Reduction.objects.select_related("member__merged_into", "recorded_by")
    return get_object_or_404(rows, pk=pk)


def show_one(
    request: HttpRequest, reduction: Reduction, form: EndForm, *, status: int = 200
) -> HttpResponse:
    """The page of a reduction."""
    return show(
        request,
        "admin/dues/reduction/show.html",
        title=_("Reduction: %(member)s, %(years)s")
        % {"member": reduction.member, "years": years_in_words(reduction)},
        status=status,
        reduction=reduction,
        decided_facts=facts_of(reduction),
        unreduced=reductions.find_unreduced(reduction),
        form=form,
        may_change=request.user.has_perm(CHANGE),
    )


def facts_of(reduction: Reduction) -> list[tuple[str, Any]]:
    """What was decided, by whom, and who recorded it."""
    lowering = reductions.lowering_of(reduction)
    decision = say_decision(lowering.decided_by, lowering.decided_on, lowering.reference)
    pairs: list[tuple[str, Any]] = [
        (_("Member"), reduction.member),
        (_("Dues years"), years_in_words(reduction)),
        (_("Off"), off_in_words(reduction)),
        (_("Decision"), decision),
        (_("Reason"), reduction.reason),
        (_("Recorded by"), reduction.recorded_by or _("the command line")),
    ]
    if reduction.ended_on:
        pairs += [
            (_("Taken back on"), day(reduction.ended_on)),
            (_("Why taken back"), reduction.ended_why),
        ]
    return pairs


def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a reduction back."""
    reduction = find_reduction(pk)
    form = EndForm(request.POST)
    if not form.is_valid():
        return show_one(request, reduction, form, status=REFUSED)
    reductions.end_reduction(
        reduction, reason=form.cleaned_data["reason"], on=seoul.today(), by=person(request)
    )
    messages.success(
        request, _("The reduction is taken back. Invoices issued before keep what they print.")
    )
    return redirect("admin:dues_reduction_change", pk)


def credit(request: HttpRequest, pk: int) -> HttpResponse:
    """Carry the reduction out on one invoice that was issued before it."""
    asked = request.POST.get("invoice", "")
    invoice = get_object_or_404(Invoice, pk=asked if asked.isdecimal() else 0)
    note = reductions.credit_unreduced(
        find_reduction(pk), invoice, on=seoul.today(), by=person(request)
    )
    messages.success(
        request,
        _("%(note)s takes %(off)s off %(number)s.")
        % {
            "note": note.number,
            "off": say_off(note.amount_cents, None),
            "number": invoice.number,
        },
    )
    return redirect("admin:dues_reduction_change", pk)
