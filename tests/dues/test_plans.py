"""Payment plans: agreed on what is open, kept date by date, ended by the first that is missed."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from dues.models import PaymentPlan, PlanEnd, PlanInstalment
from dues.payments import reverse_payment
from dues.plans import Instalment, agree_plan, end_plan, is_kept, read_course
from tests.dues.books import pay
from tests.dues.builders import city, issued_invoice
from wego.models import AuditEntry

pytestmark = pytest.mark.django_db
AGREED = dt.date(2020, 7, 1)
JULY, AUGUST, OCTOBER = (dt.date(2020, month, 31) for month in (7, 8, 10))
DATES = [Instalment(JULY, 250_000), Instalment(AUGUST, 250_000), Instalment(OCTOBER, 250_000)]
ONE_DAY = dt.timedelta(days=1)


@pytest.fixture
def goyang():
    return city()


@pytest.fixture
def invoice(goyang):
    """USD 7,500.00."""
    return issued_invoice(goyang)


def agree(member, *invoices, instalments=DATES, reason="Budget cut by half", on=AGREED):
    return agree_plan(member, invoices, instalments, reason=reason, on=on, by=None)


@pytest.fixture
def plan(goyang, invoice):
    return agree(goyang, invoice)


def paid(member, usd, received_on):
    return pay(member, usd, received_on=received_on, on=dt.date(2021, 1, 31))


def test_a_plan_keeps_its_dates_and_is_noted(goyang, invoice, plan):
    assert list(plan.invoices.all()) == [invoice]
    assert list(plan.instalments.values_list("due_on", "amount_cents")) == DATES
    assert (plan.member, plan.agreed_on, plan.reason) == (goyang, AGREED, "Budget cut by half")
    entry = AuditEntry.objects.get(act="plan.agreed")
    assert (entry.file, entry.why) == (f"member:{goyang.pk}", "Budget cut by half")
    assert entry.facts == {
        "invoices": ["WEGO-2020-0001"],
        "instalments": [
            "2020-07-31: USD 2,500.00",
            "2020-08-31: USD 2,500.00",
            "2020-10-31: USD 2,500.00",
        ],
    }


@pytest.mark.parametrize(
    ("payments", "kept_until"),
    [
        ([], JULY),
        ([("2500", JULY)], AUGUST),
        ([("2500", JULY + ONE_DAY)], JULY),
        ([("2499.99", JULY)], JULY),
        ([("5000", AGREED)], OCTOBER),
        ([("2500", JULY), ("2500", AUGUST)], OCTOBER),
        ([("2500", JULY), ("5000", AUGUST)], dt.date(2021, 1, 31)),
        ([("7500", JULY)], dt.date(2021, 1, 31)),
    ],
)
def test_a_missed_date_ends_it_the_due_day_is_in_time(goyang, plan, payments, kept_until):
    for usd, received_on in payments:
        paid(goyang, usd, received_on)

    days = [AGREED + n * ONE_DAY for n in range(215)]

    assert [day for day in days if is_kept(plan, day)] == [d for d in days if d <= kept_until]
    assert not is_kept(plan, AGREED - ONE_DAY)


def test_a_payment_taken_back_breaks_the_date_it_kept(goyang, plan):
    payment = paid(goyang, 2_500, JULY)
    reverse_payment(payment, reason="Returned", on=dt.date(2020, 8, 10), by=None)

    assert is_kept(plan, dt.date(2020, 8, 9))
    assert not is_kept(plan, dt.date(2020, 8, 10))

    paid(goyang, 2_500, dt.date(2020, 8, 12))
    assert not is_kept(plan, dt.date(2020, 8, 12))
    assert read_course(plan).find_missed(dt.date(2020, 8, 12)) == DATES[0]


@pytest.mark.parametrize(
    ("usd", "due_on", "cents"),
    [
        (0, JULY, 250_000),
        (1_000, JULY, 150_000),
        (2_500, AUGUST, 250_000),
        (5_001, OCTOBER, 249_900),
    ],
)
def test_the_next_date_and_what_of_it_is_left(goyang, plan, usd, due_on, cents):
    if usd:
        paid(goyang, usd, AGREED)

    assert read_course(plan).find_next(AGREED) == Instalment(due_on, cents)


def test_nothing_is_next_when_all_is_paid(goyang, plan):
    paid(goyang, 7_500, AGREED)

    assert read_course(plan).find_next(AGREED) is None
    assert is_kept(plan, dt.date(2022, 1, 1))


def test_a_plan_over_two_years(goyang, invoice):
    second = issued_invoice(goyang, year=2019)
    plan = agree(goyang, second, invoice, instalments=[Instalment(JULY, 1_500_000)])

    paid(goyang, 15_000, JULY)

    assert is_kept(plan, AUGUST)


@pytest.mark.parametrize(
    ("instalments", "code", "words"),
    [
        ([], "instalments", "Enter 1 to 36 dates with amounts."),
        (
            [Instalment(JULY + n * ONE_DAY, 1) for n in range(37)],
            "instalments",
            "Enter 1 to 36 dates with amounts.",
        ),
        ([Instalment(AGREED, 750_000)], "dates", "each later than the one before"),
        ([DATES[1], DATES[0], DATES[2]], "dates", "each later than the one before"),
        ([DATES[0], DATES[0], DATES[2]], "dates", "each later than the one before"),
        ([Instalment(JULY, 750_001), Instalment(AUGUST, -1)], "amount", "more than zero"),
        (
            DATES[:2],
            "sum",
            "The dates add up to USD 5,000.00, but USD 7,500.00 is open: USD 2,500.00 is missing.",
        ),
    ],
)
def test_odd_dates_and_sums_are_refused(goyang, invoice, instalments, code, words):
    with pytest.raises(ValidationError, match=words) as refused:
        agree(goyang, invoice, instalments=instalments)

    assert refused.value.code == code
    assert PaymentPlan.objects.count() == PlanInstalment.objects.count() == 0
    assert not AuditEntry.objects.filter(act="plan.agreed").exists()


def test_other_peoples_and_settled_invoices_are_refused(goyang, invoice):
    almaty = city("Almaty", "", country_code="KZ")
    with pytest.raises(ValidationError, match="WEGO-2020-0001 is not an invoice of Almaty"):
        agree(almaty, invoice)
    with pytest.raises(ValidationError, match="Choose the invoices"):
        agree(goyang)
    with pytest.raises(ValidationError, match="Say why a plan is agreed"):
        agree(goyang, invoice, reason="  ")

    paid(goyang, 7_500, AGREED)
    with pytest.raises(ValidationError, match="Nothing is open on WEGO-2020-0001"):
        agree(goyang, invoice)
    assert PaymentPlan.objects.count() == 0


def test_an_invoice_is_in_one_kept_plan_at_a_time(goyang, invoice, plan):
    with pytest.raises(ValidationError, match="is in a payment plan already"):
        agree(goyang, invoice, on=AGREED + ONE_DAY)
    assert PaymentPlan.objects.count() == 1

    # The first one was missed: a second chance may be agreed.
    again = agree(goyang, invoice, instalments=[Instalment(OCTOBER, 750_000)], on=JULY + ONE_DAY)
    assert is_kept(again, OCTOBER)
    assert not is_kept(plan, OCTOBER)


def test_staff_may_end_a_plan_once(goyang, invoice, plan):
    with pytest.raises(ValidationError, match="Say why"):
        end_plan(plan, reason="", on=AGREED, by=None)
    end_plan(plan, reason="Paid from another fund", on=dt.date(2020, 7, 10), by=None)

    assert is_kept(plan, dt.date(2020, 7, 9))
    assert not is_kept(plan, dt.date(2020, 7, 10))
    with pytest.raises(ValidationError, match="has ended already"):
        end_plan(plan, reason="Again", on=dt.date(2020, 7, 11), by=None)
    assert PlanEnd.objects.count() == 1
    assert AuditEntry.objects.filter(act="plan.ended").count() == 1


def test_the_database_keeps_what_was_agreed(plan):
    for change in (
        lambda: PlanInstalment.objects.update(amount_cents=1),
        plan.invoices.clear,
        lambda: PaymentPlan.objects.update(reason="Other"),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()
