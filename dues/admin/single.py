"""One member's invoice at finance's desk: issued anew, or issued for several years ahead."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dues import ahead, reissuing
from dues.admin.documents import ask_for_documents
from dues.admin.invoice_facts import basis_facts, reduction_facts
from dues.admin.preview_rows import figures_of
from dues.credit_notes import is_void
from dues.forms.single import AheadForm, ReissueForm, YearsForm
from dues.models import Invoice
from dues.preview import Preview
from members.access import person
from members.models import Member
from wego import seoul
from wego.admin.pages import show
from wego.money import display, short

REFUSED = 422
CHANGED = "world_changed"


def reissue(request: HttpRequest, pk: int) -> HttpResponse:
    """What the invoice was and what it would be, side by side, and one button."""
    invoice = get_object_or_404(Invoice.objects.select_related("member__merged_into"), pk=pk)
    reissuing.refuse_reissue(invoice)
    preview, today = reissuing.price_again(invoice), seoul.today()
    initial = {"seen": preview.hash, "due_on": reissuing.choose_new_due_day(invoice, today)}
    form = ReissueForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            anew = reissuing.reissue_invoice(
                invoice,
                reason=form.cleaned_data["reason"],
                due_on=form.cleaned_data["due_on"],
                expected_hash=form.cleaned_data["seen"],
                on=today,
                by=person(request),
            )
        except ValidationError as error:
            form = keep_typed(request, form, error, preview)
        else:
            ask_for_documents()
            messages.success(
                request,
                _("%(old)s is void; %(new)s stands instead, %(amount)s.")
                % {
                    "old": invoice.number,
                    "new": anew.number,
                    "amount": display(anew.amount_cents),
                },
            )
            return redirect("admin:dues_invoice_change", anew.pk)
    return show(
        request,
        "admin/dues/reissue.html",
        title=_("Issue anew: %(number)s") % {"number": invoice.number},
        status=REFUSED if form.errors else 200,
        invoice=invoice,
        void=is_void(invoice),
        line=preview.lines[0],
        priced=bool(preview.to_issue),
        old_facts=[*basis_facts(invoice.snapshot["basis"]), *reduction_facts(invoice)],
        figures=list(figures_of(preview.lines[0].assessment)),
        form=form,
    )


def keep_typed(
    request: HttpRequest, form: ReissueForm, error: ValidationError, preview: Preview
) -> ReissueForm:
    """The form with the rule's sentence; when the world changed, what is shown now counts."""
    if error.code == CHANGED:
        typed = request.POST.copy()
        typed["seen"] = preview.hash
        form = ReissueForm(typed)
    form.add_error("due_on" if error.code == "due_before_issue" else None, error.messages)
    return form


def issue_ahead(request: HttpRequest, member: int) -> HttpResponse:
    """Choose how many years; look at amounts and reasons; issue."""
    found = get_object_or_404(Member.objects.select_related("merged_into"), pk=member)
    form = YearsForm(request.GET or None)
    if not form.is_valid():
        return show_ahead(request, found, form if form.is_bound else YearsForm())
    count = form.cleaned_data["years"]
    try:
        shown = ahead.foresee_ahead(found, count, on=seoul.today())
    except ValidationError as error:
        form.add_error(None, error.messages)
        return show_ahead(request, found, form)
    days = [(year, due_on) for year, _line, due_on in shown.rows]
    check = AheadForm(request.POST or None, years=days)
    check.fields["seen"].initial = shown.hash
    if request.method == "POST" and check.is_valid():
        try:
            issued = ahead.issue_ahead(
                found,
                count,
                due_days=check.due_days(),
                expected_hash=check.cleaned_data["seen"],
                on=seoul.today(),
                by=person(request),
            )
        except ValidationError as error:
            if error.code == CHANGED:
                typed = request.POST.copy()
                typed["seen"] = shown.hash
                check = AheadForm(typed, years=days)
            check.add_error(None, error.messages)
        else:
            return announce(request, issued)
    return show_ahead(request, found, form, shown, check)


def announce(request: HttpRequest, issued: list[Invoice]) -> HttpResponse:
    """Say what was issued; from the first invoice all others are one click away."""
    ask_for_documents()
    sentence = ngettext(
        "%(count)s invoice issued, %(total)s: %(numbers)s.",
        "%(count)s invoices issued, %(total)s: %(numbers)s.",
        len(issued),
    )
    facts = {
        "count": len(issued),
        "total": short(sum(invoice.amount_cents for invoice in issued)),
        "numbers": ", ".join(invoice.number for invoice in issued),
    }
    messages.success(request, sentence % facts)
    return redirect("admin:dues_invoice_change", issued[0].pk)


def show_ahead(
    request: HttpRequest,
    member: Member,
    form: YearsForm,
    shown: ahead.Ahead | None = None,
    check: AheadForm | None = None,
) -> HttpResponse:
    """The page of years ahead."""
    boxes = check.boxes() if check else []
    refused = bool(form.errors or (check and check.errors))
    return show(
        request,
        "admin/dues/ahead.html",
        title=_("Years ahead: %(member)s") % {"member": member},
        status=REFUSED if refused else 200,
        member=member,
        form=form,
        shown=shown,
        check=check,
        rows=list(zip(shown.rows, boxes, strict=True)) if shown else [],
    )
