"""Payments as programs read them, and how finance records one: once, however often it is sent."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from dues.arrears import invoices_of
from dues.ledger import with_left
from dues.models import Invoice, Method, Payment
from dues.payments import payments_of, record_payment
from dues.received import Received
from dues.states import is_taken_back
from members.models import Member
from members.tokens import acting_person, note_act
from wego import seoul
from wego.api.caller import caller_of
from wego.api.fields import MoneyField, money
from wego.api.idempotency import Made, answer_once
from wego.api.paging import PageQuery, page_response, read_page
from wego.api.queries import DayField, Query, read_query
from wego.api.views import Resource, member_of

MOST_PARTS = 50
TRANSFER = OpenApiExample(
    "A bank transfer",
    {
        "member": 12,
        "amount": {"amount": "6000.00", "currency": "USD"},
        "received_on": "2026-02-20",
        "bank_reference": "FT26051123",
    },
    request_only=True,
)


class PaymentBody(serializers.Serializer[Any]):
    """Money received from a member."""

    number = serializers.CharField(help_text="The number of its receipt.")
    member = serializers.IntegerField()
    received_on = serializers.DateField()
    amount = MoneyField()
    credit = MoneyField(help_text="What of it is credit on account.")
    method = serializers.ChoiceField(Method.choices)
    payer = serializers.CharField()
    bank_reference = serializers.CharField()
    taken_back = serializers.BooleanField()


class PaymentPage(serializers.Serializer[Any]):
    """A page of payments."""

    results = PaymentBody(many=True)
    next = serializers.URLField(allow_null=True)


class PaymentQuery(PageQuery):
    """What payments can be chosen by."""

    member = serializers.IntegerField(required=False, min_value=1, max_value=2**53)
    received_from = DayField(required=False, help_text="First day.")
    received_until = DayField(required=False, help_text="Last day.")


class PartBody(serializers.Serializer[Any]):
    """How much of a payment settles which invoice."""

    invoice = serializers.CharField(max_length=20)
    amount = MoneyField()


class PaymentReceived(serializers.Serializer[Any]):
    """A payment to record; without `allocations` the oldest open invoices are settled first."""

    member = serializers.IntegerField(min_value=1, max_value=2**53)
    amount = MoneyField()
    received_on = DayField()
    method = serializers.ChoiceField(Method.choices, required=False)
    payer = serializers.CharField(required=False, allow_blank=True, max_length=200)
    bank_reference = serializers.CharField(required=False, allow_blank=True, max_length=140)
    note = serializers.CharField(required=False, allow_blank=True, max_length=1000)
    allocations = serializers.ListField(child=PartBody(), required=False, max_length=MOST_PARTS)


def reached_payments(request: Request) -> QuerySet[Payment]:
    """The payments a caller may see: a member's own, or all of them; with what is left of each."""
    member = member_of(request)
    rows = Payment.objects.all() if member is None else payments_of(member)
    return with_left(rows).annotate(taken_back=is_taken_back())


def payment_data(payment: Any) -> dict[str, Any]:  # noqa: ANN401 annotated by the queryset
    """A payment as it is sent."""
    return {
        "number": payment.number,
        "member": payment.member_id,
        "received_on": payment.received_on.isoformat(),
        "amount": money(payment.amount_cents),
        "credit": money(payment.left_cents),
        "method": payment.method,
        "payer": payment.payer,
        "bank_reference": payment.bank_reference,
        "taken_back": payment.taken_back,
    }


def find_payment(request: Request, number: str) -> dict[str, Any]:
    """One payment the caller reaches, as it is sent.

    Raises:
        Http404: the caller reaches no such payment.
    """
    found = reached_payments(request).filter(number=number).first()
    if found is None:
        raise Http404
    return payment_data(found)


class Payments(Resource):
    """Payments."""

    scope, permission = "payments", "dues.view_payment"
    write_permission = "dues.add_payment"
    made_once = True

    @extend_schema(operation_id="list_payments", parameters=[PaymentQuery], responses=PaymentPage)
    def get(self, request: Request) -> Response:
        """List payments, the last recorded first."""
        query = read_query(request, PaymentQuery)
        names = {
            "member": "member_id",
            "received_from": "received_on__gte",
            "received_until": "received_on__lte",
        }
        chosen = {field: query[name] for name, field in names.items() if name in query}
        page, cursor = read_page(
            reached_payments(request).filter(**chosen), query, newest_first=True
        )
        return page_response(request, [payment_data(each) for each in page], cursor)

    @extend_schema(
        operation_id="record_payment",
        request=PaymentReceived,
        responses={201: PaymentBody},
        examples=[TRANSFER],
    )
    def post(self, request: Request) -> HttpResponse:
        """Record money that came in, write its receipt, settle invoices; Idempotency-Key needed."""
        read_query(request, Query)
        return answer_once(request, lambda: self.record(request))

    def record(self, request: Request) -> Made:
        """The payment and where it can be read; within the transaction of its key."""
        body = PaymentReceived(data=request.data)
        body.is_valid(raise_exception=True)
        given, caller = body.validated_data, caller_of(request)
        member = find_payer(given["member"])
        payment = record_payment(
            member,
            Received(
                amount_cents=given["amount"],
                received_on=given["received_on"],
                method=given.get("method", Method.BANK),
                payer=given.get("payer", ""),
                bank_reference=given.get("bank_reference", ""),
                note=given.get("note", ""),
            ),
            on=seoul.today(),
            by=acting_person(caller),
            parts=read_parts(member, given["allocations"]) if "allocations" in given else None,
        )
        note_act(caller, did="POST payments", made=payment.number)
        address = reverse("api-payment", args=[payment.number], request=request)
        return Made(find_payment(request, payment.number), headers={"Location": address})


def find_payer(pk: int) -> Member:
    """The member that paid."""
    member = Member.objects.select_related("merged_into").filter(pk=pk).first()
    if member is None:
        raise serializers.ValidationError(
            {"member": [ErrorDetail(_("There is no such member."), "unknown")]}
        )
    return member


def read_parts(member: Member, parts: list[dict[str, Any]]) -> dict[Invoice, int]:
    """Which invoice of the member gets how much (US cents)."""
    numbers = [part["invoice"] for part in parts]
    known = {each.number: each for each in invoices_of(member).filter(number__in=numbers)}
    if len(known) != len(numbers):
        sentence = _("Name invoices of this member, each once.")
        raise serializers.ValidationError({"allocations": [ErrorDetail(sentence, "unknown")]})
    return {known[part["invoice"]]: part["amount"] for part in parts}


class OnePayment(Resource):
    """One payment."""

    scope, permission = "payments", "dues.view_payment"

    @extend_schema(operation_id="read_payment", responses=PaymentBody)
    def get(self, request: Request, number: str) -> Response:
        """Read a payment."""
        read_query(request, Query)
        return Response(find_payment(request, number))
