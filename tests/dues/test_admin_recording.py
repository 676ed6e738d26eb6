"""Record a payment: found by name or invoice, checked, booked once."""

import datetime as dt

import pytest
from django.urls import reverse

from dues.claims import Claimed, file_claim
from dues.models import Payment
from tests.dues.books import account_of, pay
from tests.dues.builders import city, issued_invoice
from tests.dues.desk import RECORD, check, hidden_of, open_by_number, parts_of, record
from tests.dues.staff import messages_of, text_of
from wego.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def goyang(db):
    """Owes 7,500 for 2020 and 7,500 for 2021."""
    member = city("Goyang", "고양시")
    issued_invoice(member, year=2020)
    issued_invoice(member, year=2021)
    return member


@pytest.mark.parametrize(
    "who", ["Goyang", "고양시", "goyang", "WEGO-2021-0001", "RF18 WEGO 2020 0001", "2020/1"]
)
def test_the_member_is_found_by_name_invoice_or_reference(desk, goyang, who):
    city("Almaty", "알마티", country_code="KZ")

    page = check(desk, who=who, amount="4,500.00")

    assert page.status_code == 200
    assert page.context["member"] == goyang
    assert "Record USD 4,500.00" in text_of(page)
    assert not Payment.objects.exists()


def test_the_oldest_is_settled_first_and_the_rest_is_credit(desk, goyang):
    page = check(desk, who="Goyang", amount="20000")

    assert [bound.value() for _invoice, bound in page.context["draft"].parts.rows] == [
        "7,500.00",
        "7,500.00",
    ]
    assert "USD 5,000.00 stays on the account as credit." in text_of(page)

    answer = record(desk, page)

    payment = Payment.objects.get()
    assert answer.url == reverse("admin:dues_payment_change", args=[payment.pk])
    assert payment.amount_cents == 2_000_000
    assert account_of(goyang) == (0, 500_000)
    assert messages_of(desk.get(answer.url)) == [
        f"{payment.number}: USD 20,000.00 of Goyang; USD 5,000.00 of it is credit on account."
    ]


def test_amounts_may_be_told_otherwise(desk, goyang):
    page = check(desk, who="Goyang", amount="7500", bank_reference="NB-7")
    first, second = [name for name in parts_of(page) if name.startswith("part_")]

    record(desk, page, **{first: "", second: "7,500.00"})

    assert open_by_number() == {"WEGO-2020-0001": 750_000, "WEGO-2021-0001": 0}
    assert Payment.objects.get().bank_reference == "NB-7"


def test_parts_that_do_not_fit_are_refused_with_everything_kept(desk, goyang):
    page = check(desk, who="Goyang", amount="5000", payer="CITY OF GOYANG")
    [first, _second] = [name for name in parts_of(page) if name.startswith("part_")]

    answer = record(desk, page, **{first: "6,000.00"})

    assert answer.status_code == 422
    assert "USD 6,000.00 is not possible: USD 5,000.00 is left of" in text_of(answer)
    assert 'value="CITY OF GOYANG"' in answer.content.decode()
    assert 'value="6,000.00"' in answer.content.decode()
    assert not Payment.objects.exists()
    assert not AuditEntry.objects.filter(act="payment.recorded").exists()


def test_another_amount_is_looked_at_again_before_it_is_booked(desk, goyang):
    page = check(desk, who="Goyang", amount="5000")

    answer = record(desk, page, amount="9000")

    assert answer.status_code == 422
    assert "The amount is another one now" in text_of(answer)
    assert [bound.value() for _invoice, bound in answer.context["draft"].parts.rows] == [
        "7,500.00",
        "1,500.00",
    ]
    assert not Payment.objects.exists()


def test_a_second_press_finds_the_work_done(desk, goyang):
    page = check(desk, who="Goyang", amount="5000")
    record(desk, page)

    again = record(desk, page)

    assert again.status_code == 422
    words = text_of(again)
    assert "Meanwhile this was recorded on the account" in words
    assert "by Lee Ji-hoon" in words
    assert Payment.objects.count() == 1
    assert account_of(goyang) == (1_000_000, 0)


def test_a_reference_that_is_booked_is_said_at_its_field(desk, goyang):
    pay(goyang, "100", bank_reference="NB-7")
    page = check(desk, who="Goyang", amount="5000", bank_reference="NB-7")

    answer = record(desk, page)

    assert answer.status_code == 422
    assert "NB-7 is booked already" in str(answer.context["form"].errors["bank_reference"])
    assert Payment.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"amount": "USD 4.500,00"}, "amount", "can be read in two ways"),
        ({"amount": ""}, "amount", "Enter an amount in US dollars."),
        ({"received_on": "03/04/2020"}, "received_on", "can be 2020-03-04 or 2020-04-03"),
        ({"received_on": ""}, "received_on", "Enter a day."),
        ({"who": ""}, "who", "Say whose payment it is."),
        ({"who": "Atlantis"}, "who", "No member and no invoice is called “Atlantis”"),
        ({"original_currency": "Euro"}, "original_currency", "at most 3"),
        ({"original_currency": "EUR"}, "original_amount", "Enter the amount that was sent."),
    ],
)
def test_what_cannot_be_read_is_asked_back_at_its_field(desk, goyang, typed, field, sentence):
    page = check(desk, **{"who": "Goyang", "amount": "5000", "payer": "CITY", **typed})

    assert page.status_code == 422
    assert sentence in " ".join(page.context["form"].errors[field])
    assert b"<title>Error:" in page.content
    assert 'value="CITY"' in page.content.decode()
    assert not Payment.objects.exists()


def test_several_members_are_offered_and_chosen_by_one_press(desk, goyang):
    north = city("Dhaka North", "", country_code="BD")
    south = city("Dhaka South", "", country_code="BD")

    page = check(desk, who="Dhaka", amount="5000")
    chosen = check(desk, who="Dhaka", amount="5000", choose=south.pk)

    assert page.status_code == 422
    assert [str(each) for each in page.context["draft"].whom.candidates] == [
        north.name_en,
        south.name_en,
    ]
    assert chosen.status_code == 200
    assert chosen.context["member"] == south
    assert "This member has no open invoice." in text_of(chosen)


def test_another_member_is_asked_for_with_the_rest_kept(desk, goyang):
    page = check(desk, who="Goyang", amount="5000", payer="CITY")

    answer = check(desk, **hidden_of(page), amount="5000", payer="CITY", step="another")

    assert answer.status_code == 200
    assert answer.context["member"] is None
    assert 'name="who"' in answer.content.decode()
    assert 'value="CITY"' in answer.content.decode()


def test_from_an_invoice_it_comes_filled_in(desk, goyang):
    invoice = goyang.invoices.get(dues_year=2021)

    page = desk.get(f"{RECORD}?invoice={invoice.pk}")

    assert page.context["form"]["amount"].value() == "7,500.00"
    assert next(number for number, _part in page.context["draft"].parts.rows) == invoice
    words = text_of(page)
    assert "Record USD 7,500.00" in words
    assert "Nothing stays on the account." in words


def test_from_a_members_file_the_member_is_chosen(desk, goyang):
    page = desk.get(f"{RECORD}?member={goyang.pk}")

    assert page.context["member"] == goyang
    assert page.context["draft"].parts is None
    assert "WEGO-2020-0001" in text_of(page)


def test_money_of_a_duplicate_is_that_of_the_member_it_became(desk, goyang):
    double = city("Goyang City", "고양", merged_into=goyang)

    page = desk.get(f"{RECORD}?member={double.pk}")

    assert page.context["member"] == goyang


def test_an_announced_payment_is_answered_by_recording_it(desk, goyang, finance):
    invoice = goyang.invoices.get(dues_year=2020)
    claim = file_claim(
        goyang,
        Claimed(750_000, dt.date(2020, 3, 30), invoice),
        on=dt.date(2020, 4, 1),
        by=None,
    )
    page = desk.get(f"{RECORD}?claim={claim.pk}")
    assert "Goyang says it paid USD 7,500.00 on 30 Mar 2020." in text_of(page)

    answer = desk.post(
        RECORD,
        {
            **hidden_of(page),
            **parts_of(page),
            "amount": "7500",
            "received_on": "2020-04-02",
            "method": "bank",
            "step": "record",
        },
    )

    payment = Payment.objects.get()
    claim.refresh_from_db()
    assert answer.status_code == 302
    assert (claim.payment, claim.closed_by) == (payment, finance)
    assert open_by_number()["WEGO-2020-0001"] == 0


def test_money_before_a_closed_period_says_nothing_but_lands_after_it(desk, goyang):
    from dues.periods import lock_period

    lock_period(dt.date(2020, 12, 31), reason="Reported", on=dt.date(2021, 3, 1), by=None)
    page = check(desk, who="Goyang", amount="100", received_on="2020-06-01")

    record(desk, page)

    entry = Payment.objects.get().entries.get(kind="payment")
    assert entry.posted_on == dt.date(2021, 1, 1)


def test_the_secretariat_looks_on(client, secretariat, goyang):
    client.force_login(secretariat)

    refused = client.get(RECORD)

    assert refused.status_code == 403
    assert "Money is moved by finance." in text_of(refused)
    assert client.post(RECORD, {"who": "Goyang", "amount": "1"}).status_code == 403
