"""What may be done with lines, read from the real books."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dues.banking import find_waiting
from dues.matching import Confidence
from dues.models import BankLine
from dues.policies import load_policies
from dues.proposals import Way, propose_for
from dues.refunds import pay_out_refund, refund_payment, reverse_payout
from members.models import MemberName
from tests.dues.bank import TODAY, line_in, movement, offers_of, statement, take_in
from tests.dues.books import pay
from tests.dues.builders import city, issued_invoice

pytestmark = pytest.mark.django_db


@pytest.fixture
def goyang():
    return city()


@pytest.fixture
def kathmandu():
    member = city("Kathmandu", "카트만두", country_code="NP")
    MemberName.objects.create(member=member, name_en="Kantipur")
    return member


def test_reference_of_an_open_invoice_is_certain(goyang):
    invoice = issued_invoice(goyang, amount_cents=700_000)

    (offer,) = offers_of(line_in("7000.00", creditor_reference=invoice.reference))

    assert (offer.way, offer.target, offer.parts) == (
        Way.PAYMENT,
        goyang.pk,
        ((invoice.pk, 700_000),),
    )
    assert offer.confidence == Confidence.CERTAIN
    assert offer.key == f"payment-{goyang.pk}-{invoice.pk}:700000-0"


def test_settled_invoice_is_named_as_such(goyang):
    invoice = issued_invoice(goyang, amount_cents=700_000)
    pay(goyang, "7000.00")

    (offer,) = offers_of(line_in("7000.00", invoice.number))

    assert (offer.parts, offer.rest_cents) == ((), 700_000)
    assert offer.confidence == Confidence.LIKELY
    assert offer.reasons == (
        "The text names invoice WEGO-2020-0001, which is settled already",
        "USD 7,000.00 stays as credit on account",
    )


def test_other_name_of_a_member_is_a_payer(kathmandu):
    invoice = issued_invoice(kathmandu, amount_cents=150_000)

    (offer,) = offers_of(line_in("1500.00", party="MUNICIPALITY OF KANTIPUR"))

    assert (offer.target, offer.parts) == (kathmandu.pk, ((invoice.pk, 150_000),))
    assert offer.reasons[0] == "The payer is called “Kantipur”"


def test_invoice_of_a_duplicate_is_proposed_to_the_member_it_became(goyang):
    twin = city("Koyang", "")
    invoice = issued_invoice(twin, amount_cents=700_000)
    twin.merged_into = goyang
    twin.save()

    (offer,) = offers_of(line_in("7000.00", invoice.number))

    assert (offer.target, offer.confidence) == (goyang.pk, Confidence.CERTAIN)


def test_account_that_paid_before_is_known(kathmandu):
    first = line_in("400.00", party="HIMALAYAN EXCHANGE", account="NP 12-345", bank="B-777001")
    pay(kathmandu, "400.00", bank_line=first, payer=first.party)
    issued_invoice(kathmandu, amount_cents=150_000)

    (offer,) = offers_of(line_in("1500.00", account="NP 12-345", bank="B-777002"))

    assert (offer.target, offer.confidence) == (kathmandu.pk, Confidence.LIKELY)
    assert offer.reasons[0] == "This account paid for the member before"


def test_rest_of_a_line_is_what_is_matched(goyang, kathmandu):
    issued_invoice(goyang, amount_cents=700_000, sequence=1)
    invoice = issued_invoice(kathmandu, amount_cents=150_000, sequence=2)
    line = line_in("8500.00", "WEGO-2020-0001 AND WEGO-2020-0002")
    pay(goyang, "7000.00", bank_line=line)

    best = offers_of(line)[0]

    assert (best.target, best.parts) == (kathmandu.pk, ((invoice.pk, 150_000),))


@pytest.fixture
def refund(goyang):
    """USD 100 that Goyang paid too much, waiting to go back."""
    payment = pay(goyang, "100.00", payer="GOYANG CITY")
    return refund_payment(payment, 10_000, reason="Paid twice", on=dt.date(2020, 3, 20), by=None)


def test_money_out_is_matched_with_a_refund_that_waits(refund):
    (offer,) = offers_of(line_in("-100.00", party="GOYANG CITY", on=dt.date(2020, 4, 1)))

    assert (offer.way, offer.target) == (Way.PAYOUT, refund.pk)
    assert offer.reasons == (f"A refund of this amount waits: {refund.payment.number} of Goyang",)


def test_refund_that_was_paid_out_is_not_proposed(refund):
    payout = pay_out_refund(refund, paid_on=dt.date(2020, 4, 1), on=TODAY, by=None)
    line = line_in("-100.00", on=dt.date(2020, 4, 2))
    assert offers_of(line) == []

    reverse_payout(payout, reason="Came back", on=TODAY, by=None)

    assert [offer.target for offer in offers_of(line)] == [refund.pk]


def test_money_out_of_another_amount_or_currency_has_no_proposal(refund):
    assert offers_of(line_in("-100.01", "A")) == []
    assert offers_of(line_in("-100.00", "B", currency="EUR")) == []


def test_what_the_bank_takes_back_is_proposed_and_never_sure(goyang):
    line = line_in("7000.00", party="GOYANG CITY", bank="B-555001")
    payment = pay(goyang, "7000.00", bank_line=line, payer=line.party)

    (offer,) = offers_of(
        line_in("-7000.00", party="GOYANG CITY", bank="B-555002", is_reversal=True)
    )

    assert (offer.way, offer.target) == (Way.RETURNED, payment.pk)
    assert offer.confidence == Confidence.POSSIBLE


def test_payout_that_came_back_is_proposed(refund):
    payout = pay_out_refund(refund, paid_on=dt.date(2020, 4, 1), on=TODAY, by=None)

    (offer,) = offers_of(line_in("100.00", is_reversal=True, on=dt.date(2020, 4, 3)))

    assert (offer.way, offer.target) == (Way.PAYOUT_RETURNED, payout.pk)


def test_five_hundred_lines_ask_as_often_as_three(goyang, kathmandu, refund):
    issued_invoice(goyang, amount_cents=700_000, sequence=1)
    issued_invoice(kathmandu, amount_cents=150_000, sequence=2)

    def lines(count, tag):
        for number in range(count):
            amount = ("7000.00", "1500.00", "-100.00")[number % 3]
            facts = {"party": f"PAYER {number}", "account": f"{tag}{number}"}
            yield movement(amount, f"WEGO-2020-{number:04d}", bank=f"{tag}{number:06d}", **facts)

    def queries(count, tag):
        take_in(statement(*lines(count, tag), name=tag))
        rows = list(find_waiting(BankLine.objects.filter(statement__reference=tag)))
        assert len(rows) == count
        policies = load_policies()
        with CaptureQueriesContext(connection) as captured:
            offers = propose_for(rows, policies)
        assert sum(map(bool, offers.values())) >= count // 3
        return len(captured)

    assert queries(3, "few") == queries(500, "many") == 5
