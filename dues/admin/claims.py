"""Announced payments: what members say they paid, until finance finds the money or answers."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dues.admin.act_page import REFUSED
from dues.admin.pages import task_page, typed
from dues.admin.register import private
from dues.claims import close_claim
from dues.forms.money import AnswerForm
from dues.ledger import owner_of
from dues.models import Payment, PaymentClaim
from dues.payments import payments_of
from dues.states import is_taken_back
from members.access import person
from wego import seoul, storage
from wego.admin.pages import PagesAdmin, address, list_page, show
from wego.templatetags.ui import Chip

VIEW, CHANGE = "dues.view_paymentclaim", "dues.change_paymentclaim"
WAITING, ANSWERED, ALL = "waiting", "answered", "all"
STATES: dict[str, Any] = {
    WAITING: gettext_lazy("Waiting"),
    ANSWERED: gettext_lazy("Answered"),
    ALL: gettext_lazy("All"),
}
WANTED: dict[str, Q] = {
    WAITING: Q(closed_on__isnull=True),
    ANSWERED: Q(closed_on__isnull=False),
    ALL: Q(),
}


def show_claims(request: HttpRequest) -> HttpResponse:
    """What members say they paid, the longest waiting first."""
    chosen = request.GET.get("state", WAITING)
    chosen = chosen if chosen in STATES else WAITING
    rows = PaymentClaim.objects.filter(WANTED[chosen])
    rows = rows.select_related("member__merged_into", "invoice", "payment").defer(
        "invoice__snapshot"
    )
    counts: dict[str, Any] = PaymentClaim.objects.order_by().aggregate(
        **{state: Count("pk", filter=wanted) for state, wanted in WANTED.items() if state != ALL},
        all=Count("pk"),
    )
    return show(
        request,
        "admin/dues/claim/list.html",
        title=_("Announced payments"),
        listing=list_page(rows.order_by("claimed_on", "pk"), request.GET),
        chosen=chosen,
        chips=[
            Chip(words, address(request.GET, state=state), counts[state], state == chosen)
            for state, words in STATES.items()
        ],
        today=seoul.today(),
    )


def find_claim(pk: int) -> PaymentClaim:
    """The announced payment a page is about; 404 without one."""
    rows = PaymentClaim.objects.select_related(
        "member__merged_into", "invoice", "payment", "claimed_by", "closed_by"
    )
    return get_object_or_404(rows.defer("invoice__snapshot"), pk=pk)


def show_claim(request: HttpRequest, pk: int) -> HttpResponse:
    """One announced payment: what the member said, its proof, and the answer."""
    claim = find_claim(pk)
    may = request.user.has_perm(CHANGE) and claim.closed_on is None
    form = AnswerForm(typed(request), payments=find_payments(claim)) if may else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            close_claim(claim, **form.cleaned_data, on=seoul.today(), by=person(request))
        except ValidationError as error:
            form.add_error("answer", error.messages)
        else:
            messages.success(request, _("%(member)s has its answer.") % {"member": claim.member})
            return redirect("admin:dues_paymentclaim_changelist")
    elif request.method == "POST" and form is None:
        refuse_acting(request, claim)
    return show(
        request,
        "admin/dues/claim/page.html",
        title=_("Announced by %(member)s") % {"member": claim.member},
        claim=claim,
        member=owner_of(claim.member),
        form=form,
        status=REFUSED if form is not None and form.errors else 200,
    )


def refuse_acting(request: HttpRequest, claim: PaymentClaim) -> None:
    """Why there is no form to send.

    Raises:
        PermissionDenied: the reader only looks on.
        ValidationError: it was answered meanwhile.
    """
    if not request.user.has_perm(CHANGE):
        raise PermissionDenied(_("Announced payments are answered by finance."))
    raise ValidationError(
        _("%(who)s answered this announced payment meanwhile. Nothing was changed.")
        % {"who": claim.closed_by or _("The command line")},
        code="closed",
    )


def find_payments(claim: PaymentClaim) -> QuerySet[Payment]:
    """Payments of the member that stand, newest first: the announced one may be among them."""
    return payments_of(claim.member).filter(~is_taken_back())


def send_proof(request: HttpRequest, pk: int) -> HttpResponse:  # noqa: ARG001 a page's signature
    """The file a member sent, to keep; never shown inside our pages."""
    claim = get_object_or_404(PaymentClaim.objects.exclude(file_path=""), pk=pk)
    try:
        content = storage.read_file(claim.file_path, sha256=claim.file_sha256)
    except storage.StorageError as error:
        raise Http404(_("The proof cannot be read.")) from error
    disposition = content_disposition_header(as_attachment=True, filename=claim.file_name)
    response = HttpResponse(
        content,
        content_type="application/octet-stream",
        headers={"Content-Disposition": disposition or "attachment"},
    )
    private(response)
    return response


@admin.register(PaymentClaim)
class PaymentClaimAdmin(PagesAdmin):
    """The queue, one of them, its proof."""

    pages = (
        path("", task_page(show_claims, permission=VIEW), name="dues_paymentclaim_changelist"),
        path(
            "<int:pk>/change/",
            task_page(show_claim, permission=VIEW),
            name="dues_paymentclaim_change",
        ),
        path(
            "<int:pk>/proof/",
            task_page(send_proof, permission=VIEW),
            name="dues_paymentclaim_proof",
        ),
    )
