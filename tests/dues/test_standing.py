"""Who is in good standing, may vote and may stand for office: S9-S11, S18, P2, by worked cases."""

import datetime as dt

import pytest

from dues.adjustments import waive_invoice
from dues.credit_notes import Resolution, void_invoice
from dues.models import Invoice
from dues.payments import apply_credit, reverse_payment
from dues.plans import Instalment, agree_plan
from dues.standing import standing_of, standings_of
from members.models import StatusEntry
from tests.dues.books import pay
from tests.dues.builders import city, issued_invoice
from wego.models import PolicyValue

pytestmark = pytest.mark.django_db
CENTS = 750_000
NOTICE = dt.date(2021, 9, 15)
RESOLUTION = Resolution(dt.date(2021, 5, 1), "EXCOM", "Memorandum 2021, item 4")


def day(text):
    return dt.date.fromisoformat(text)


def choose(**answers):
    for key, value in answers.items():
        PolicyValue.objects.create(key=key, value=value)


def verdicts(member, on):
    """Good standing, vote, candidacy."""
    found = standing_of(member, on=on)
    return found.good.is_yes, found.voting.is_yes, found.candidacy.is_yes


@pytest.fixture
def goyang():
    return city()


@pytest.fixture
def of_2020(goyang):
    """Due on 31 March 2020, USD 7,500.00."""
    return issued_invoice(goyang)


@pytest.fixture
def of_2021(goyang):
    return issued_invoice(goyang, year=2021)


def test_a_city_without_invoices_may_do_everything(goyang):
    found = standing_of(goyang, on=NOTICE)

    assert (found.good.why, found.voting.why, found.candidacy.why) == (
        "Nothing is in arrears.",
        "Every invoice of previous years is paid.",
        "Everything that was invoiced is paid.",
    )
    assert verdicts(goyang, NOTICE) == (True, True, True)
    assert (found.status, found.open_cents, found.unpaid, found.plan) == ("full", 0, (), None)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2020-01-14", (True, True, True)),  # not issued yet
        ("2020-01-15", (True, True, False)),  # issued: a candidate has paid everything (S11)
        ("2020-03-31", (True, True, False)),  # the due day is still in time
        ("2020-04-01", (False, True, False)),  # in arrears (S9), of this year (S10)
        ("2020-12-31", (False, True, False)),
        ("2021-01-01", (False, False, False)),  # of a previous year
    ],
)
def test_an_unpaid_invoice_takes_one_right_after_the_other(goyang, of_2020, on, expected):
    assert verdicts(goyang, day(on)) == expected


def test_the_reasons_name_invoice_and_balance(goyang, of_2020):
    pay(goyang, 2_500, parts={of_2020: 250_000})

    found = standing_of(goyang, on=NOTICE)

    assert found.good.why == "In arrears: WEGO-2020-0001 (USD 5,000.00)."
    assert found.voting.why == "Not paid of previous years: WEGO-2020-0001 (USD 5,000.00)."
    assert found.candidacy.why == "Fees not fully paid: WEGO-2020-0001 (USD 5,000.00)."
    for answer in (found.good, found.voting, found.candidacy):
        assert [(each.number, each.dues_year, each.open_cents) for each in answer.invoices] == [
            ("WEGO-2020-0001", 2020, 500_000)
        ]
    assert found.open_cents == 500_000


def test_a18_eligible_the_moment_the_balance_is_zero(goyang, of_2021):
    pay(goyang, "7499.99", received_on=day("2021-09-14"), on=day("2021-09-14"))
    refused = standing_of(goyang, on=NOTICE).candidacy
    assert refused.why == "Fees not fully paid: WEGO-2021-0001 (USD 0.01)."

    pay(goyang, "0.01", received_on=NOTICE, on=NOTICE)

    assert standing_of(goyang, on=NOTICE).candidacy.is_yes
    assert not standing_of(goyang, on=day("2021-09-14")).candidacy.is_yes


def test_credit_on_account_pays_nothing_until_it_is_used(goyang, of_2020):
    pay(goyang, 10_000)
    of_2021 = issued_invoice(goyang, year=2021)

    assert standing_of(goyang, on=NOTICE).candidacy.why == (
        "Fees not fully paid: WEGO-2021-0001 (USD 7,500.00)."
    )
    apply_credit(of_2021, on=NOTICE, by=None)
    assert standing_of(goyang, on=NOTICE).open_cents == 500_000


@pytest.mark.parametrize("settle", ["waive", "void"])
def test_what_was_waived_or_voided_counts_as_paid(goyang, of_2020, settle):
    on = day("2021-05-02")
    if settle == "waive":
        waive_invoice(of_2020, CENTS, resolution=RESOLUTION, reason="Flood", on=on, by=None)
    else:
        void_invoice(of_2020, reason="Wrong population", on=on, by=None)

    assert verdicts(goyang, day("2021-05-01")) == (False, False, False)
    assert verdicts(goyang, on) == (True, True, True)


def test_a_payment_taken_back_takes_the_rights_back(goyang, of_2020):
    payment = pay(goyang, 7_500)
    assert verdicts(goyang, NOTICE) == (True, True, True)

    reverse_payment(payment, reason="The bank took it back", on=NOTICE, by=None)

    assert verdicts(goyang, NOTICE) == (False, False, False)
    assert verdicts(goyang, day("2021-09-14")) == (True, True, True)


# The switches.


@pytest.mark.parametrize(
    ("on", "good"), [("2020-04-01", True), ("2020-12-31", True), ("2021-01-01", False)]
)
def test_s9_arrears_may_begin_with_the_end_of_the_year(goyang, of_2020, on, good):
    choose(arrears_from="year_end")

    assert verdicts(goyang, day(on))[0] is good


@pytest.mark.parametrize(
    ("answer", "on", "votes", "why"),
    [
        ("nothing_overdue", "2020-03-31", True, "Everything that is past its due day is paid."),
        (
            "nothing_overdue",
            "2020-04-01",
            False,
            "Past its due day and not paid: WEGO-2020-0001 (USD 7,500.00).",
        ),
        ("one_year", "2021-03-31", True, "Nothing is more than a year past its due day."),
        (
            "one_year",
            "2021-04-01",
            False,
            "More than a year past its due day: WEGO-2020-0001 (USD 7,500.00).",
        ),
    ],
)
def test_s10_what_a_vote_asks_for(of_2020, answer, on, votes, why):
    choose(voting_standing=answer)

    found = standing_of(of_2020.member, on=day(on)).voting

    assert (found.is_yes, found.why) == (votes, why)


@pytest.mark.parametrize(
    ("received", "stands"),
    [("2021-09-12", True), ("2021-09-13", False), ("2021-09-14", False), ("2021-09-15", False)],
)
def test_s11_payments_of_the_last_two_days_may_not_count(goyang, of_2021, received, stands):
    pay(goyang, 7_500, received_on=day(received), on=NOTICE)
    assert standing_of(goyang, on=NOTICE).candidacy.is_yes

    choose(candidacy_standing="payment_48h")
    found = standing_of(goyang, on=NOTICE)

    assert found.candidacy.is_yes is stands
    assert found.voting.is_yes
    assert found.open_cents == 0
    if not stands:
        assert found.candidacy.why == (
            "Paid less than 48 hours before: WEGO-2021-0001 (USD 7,500.00)."
        )


def test_s11_old_money_used_today_counts(goyang):
    pay(goyang, 7_500, received_on=day("2021-06-01"), on=day("2021-06-01"))
    invoice = issued_invoice(goyang, year=2021)
    choose(candidacy_standing="payment_48h")

    apply_credit(invoice, on=NOTICE, by=None)

    assert standing_of(goyang, on=NOTICE).candidacy.is_yes


@pytest.mark.parametrize(("answer", "kept"), [("keeps", True), ("does_not", False)])
def test_s18_a_kept_plan_keeps_the_vote_and_never_a_candidacy(goyang, of_2020, answer, kept):
    choose(plan_standing=answer)
    agree_plan(
        goyang,
        [of_2020],
        [Instalment(day("2021-10-01"), 250_000), Instalment(day("2021-12-01"), 500_000)],
        reason="Budget of the province",
        on=day("2021-07-01"),
        by=None,
    )

    assert verdicts(goyang, day("2021-06-30")) == (False, False, False)
    assert verdicts(goyang, NOTICE) == (kept, kept, False)
    assert verdicts(goyang, day("2021-10-01")) == (kept, kept, False)
    assert verdicts(goyang, day("2021-10-02")) == (False, False, False)
    if kept:
        assert standing_of(goyang, on=NOTICE).voting.why == (
            "What is open is in a payment plan that is kept."
        )


def test_a_plan_covers_its_own_invoices_alone(goyang, of_2020, of_2021):
    agree_plan(
        goyang,
        [of_2021],
        [Instalment(day("2021-12-01"), CENTS)],
        reason="Budget of the province",
        on=day("2021-07-01"),
        by=None,
    )

    assert standing_of(goyang, on=NOTICE).voting.why == (
        "Not paid of previous years: WEGO-2020-0001 (USD 7,500.00)."
    )
    assert standing_of(goyang, on=NOTICE).good.why == ("In arrears: WEGO-2020-0001 (USD 7,500.00).")


# Kind and status.


@pytest.mark.parametrize("kind", ["company", "institution"])
def test_s27_companies_and_institutions_have_no_vote(kind):
    member = city("Danfoss", "", country_code="DK", kind=kind)

    found = standing_of(member, on=NOTICE)

    assert (found.good.is_yes, found.voting.is_yes, found.candidacy.is_yes) == (True, False, False)
    assert found.voting.why == "Companies and institutions have no vote in the General Assembly."
    assert found.candidacy.why == "Danfoss is no city: only full member cities stand for office."


@pytest.mark.parametrize(
    ("status", "word", "good"),
    [
        ("associate", "Associate", True),
        ("suspended", "Suspended", False),
        ("withdrawn", "Withdrawn", False),
        ("expelled", "Expelled", False),
    ],
)
def test_status_matters_from_its_day_on(goyang, status, word, good):
    StatusEntry.objects.create(member=goyang, status=status, effective_on=NOTICE, reason="x")

    found = standing_of(goyang, on=NOTICE)

    assert verdicts(goyang, day("2021-09-14")) == (True, True, True)
    assert (found.good.is_yes, found.voting.is_yes, found.candidacy.is_yes) == (good, False, False)
    assert found.voting.why == f"Goyang is {word}: only full member cities vote."
    assert found.candidacy.why == f"Goyang is {word}: only full member cities stand for office."
    assert found.good.why == ("Nothing is in arrears." if good else f"Goyang is {word}.")


def test_a16_an_expelled_member_still_owes(goyang, of_2020, of_2021):
    StatusEntry.objects.create(member=goyang, status="expelled", effective_on=NOTICE, reason="x")

    found = standing_of(goyang, on=NOTICE)

    assert found.open_cents == 2 * CENTS
    assert [each.number for each in found.good.invoices] == ["WEGO-2020-0001", "WEGO-2021-0001"]


def test_nobody_is_a_member_before_its_history_begins(goyang):
    assert standing_of(goyang, on=day("2012-08-31")).voting.why == (
        "Goyang is not a member: only full member cities vote."
    )


def test_a_merged_duplicates_debts_are_the_members(goyang):
    twin = city("Goyang City", "")
    issued_invoice(twin)
    twin.merged_into = goyang
    twin.save()

    assert standing_of(goyang, on=NOTICE).open_cents == CENTS
    assert standing_of(twin, on=NOTICE).open_cents == CENTS


# Many at once.


def test_many_are_answered_like_one_by_one_in_their_order(goyang, of_2020, of_2021):
    seoul, almaty = city("Seoul", "서울시"), city("Almaty", "", country_code="KZ")
    issued_invoice(almaty, year=2021, sequence=2)
    pay(goyang, 7_500)

    found = standings_of([seoul, almaty, goyang], on=NOTICE)

    assert [each.member for each in found] == [seoul, almaty, goyang]
    assert found == [standing_of(each, on=NOTICE) for each in (seoul, almaty, goyang)]
    assert [each.voting.is_yes for each in found] == [True, True, True]
    assert [each.candidacy.is_yes for each in found] == [True, False, False]


@pytest.mark.parametrize("number", [1, 30])
def test_many_cost_as_many_queries_as_one(django_assert_num_queries, number):
    members = [city(f"Ward {n}", "") for n in range(number)]
    for n, member in enumerate(members):
        invoice = issued_invoice(member, sequence=n + 1)
        agree_plan(
            member,
            [invoice],
            [Instalment(day("2021-12-01"), CENTS)],
            reason="Budget",
            on=day("2021-07-01"),
            by=None,
        )

    with django_assert_num_queries(8):
        found = standings_of(members, on=NOTICE)

    assert [each.voting.is_yes for each in found] == [True] * number
    assert Invoice.objects.count() == number


def test_nobody_asked_is_nobody_answered():
    assert standings_of([], on=NOTICE) == []
