"""Acts on a payment: settle, release, move, refund, take back; each told before, and once."""

import pytest

from dues.models import Allocation, Payment, Refund
from dues.payments import standing_allocations
from tests.dues.books import account_of, pay
from tests.dues.builders import city, issued_invoice
from tests.dues.desk import act, hidden_of, open_by_number, page_of
from tests.dues.staff import messages_of, text_of
from wego.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def goyang(db):
    return city("Goyang", "고양시")


@pytest.fixture
def payment(goyang):
    """8,000 that came before anything was invoiced, for 2020 and 2021 since."""
    paid = pay(goyang, "8000")
    issued_invoice(goyang, year=2020)
    issued_invoice(goyang, year=2021)
    return paid


def test_the_oldest_first_is_one_button_on_the_page(desk, payment, goyang):
    page = desk.get(page_of(payment))
    seen = page.context["seen"]

    answer = desk.post(page_of(payment, "allocate"), {"seen": seen, "step": "oldest"})

    assert answer.url == page_of(payment)
    assert open_by_number() == {"WEGO-2020-0001": 0, "WEGO-2021-0001": 700_000}
    assert messages_of(desk.get(answer.url)) == [
        "Settled: WEGO-2020-0001 USD 7,500.00, WEGO-2021-0001 USD 500.00."
    ]


def test_amounts_are_chosen_on_a_page_of_their_own(desk, payment):
    address = page_of(payment, "allocate")
    page = desk.get(address)
    first, second = [bound.html_name for _invoice, bound in page.context["act"].parts.rows]

    answer = desk.post(address, {**hidden_of(page), first: "1,000.00", second: "7000"})

    assert answer.status_code == 302
    assert open_by_number() == {"WEGO-2020-0001": 650_000, "WEGO-2021-0001": 50_000}


def test_more_than_is_left_is_refused_and_kept(desk, payment):
    address = page_of(payment, "allocate")
    page = desk.get(address)
    first, second = [bound.html_name for _invoice, bound in page.context["act"].parts.rows]

    answer = desk.post(address, {**hidden_of(page), first: "7500", second: "600"})

    assert answer.status_code == 422
    assert "USD 600.00 is not possible: USD 500.00 is left of" in text_of(answer)
    assert 'value="600"' in answer.content.decode()
    assert not Allocation.objects.exists()


def test_what_somebody_else_did_meanwhile_is_said_first(desk, payment):
    address = page_of(payment, "allocate")
    page = desk.get(address)
    [(_invoice, bound), _second] = page.context["act"].parts.rows
    act(desk, page_of(payment, "reverse"), reason="It was not ours")

    answer = desk.post(address, {**hidden_of(page), bound.html_name: "1000"})

    assert answer.status_code == 422
    assert f"Meanwhile this was recorded on the account: Taken back: Payment {payment}" in text_of(
        answer
    )
    assert not Allocation.objects.exists()


def test_an_allocation_is_taken_back_with_a_reason(desk, finance, goyang):
    issued_invoice(goyang)
    paid = pay(goyang, "7500")
    [allocation] = standing_allocations(paid)
    address = page_of(paid, "release", allocation.pk)

    refused = act(desk, address, reason=" ")
    assert refused.status_code == 422
    assert "Say why." in text_of(refused)
    assert account_of(goyang) == (0, 0)

    act(desk, address, reason="It was for another year")

    assert account_of(goyang) == (750_000, 750_000)
    entry = AuditEntry.objects.get(act="payment.released")
    assert (entry.by, entry.why) == (finance, "It was for another year")


def test_an_allocation_of_another_payment_is_not_found(desk, goyang):
    issued_invoice(goyang)
    [allocation] = standing_allocations(pay(goyang, "7500"))
    other = pay(goyang, "100")

    assert desk.get(page_of(other, "release", allocation.pk)).status_code == 404


def test_moving_says_what_happens_to_both_members_first(desk, payment, goyang):
    almaty = city("Almaty", "알마티", country_code="KZ")
    issued_invoice(almaty, year=2020, sequence=2)
    address = page_of(payment, "move")

    shown = desk.post(address, {"who": "알마티", "reason": "The bank named Almaty"})

    words = text_of(shown)
    assert "What will happen" in words
    assert "Credit of Goyang on account USD 8,000.00 USD 0.00" in words
    assert "Owed by Almaty in all USD 7,500.00 USD 0.00" in words
    assert f"Taken back: Payment {payment.number} USD 8,000.00" in words
    assert Payment.objects.count() == 1
    assert AuditEntry.objects.filter(act="payment.moved").count() == 0

    answer = desk.post(
        address,
        {**hidden_of(shown), "who": "알마티", "reason": "The bank named Almaty", "step": "do"},
    )

    moved = Payment.objects.get(member=almaty)
    assert answer.url == page_of(moved)
    assert account_of(almaty) == (0, 50_000)
    assert account_of(goyang) == (1_500_000, 0)


def test_moving_to_nobody_or_to_the_same_member_is_refused(desk, payment):
    address = page_of(payment, "move")

    nobody = act(desk, address, who="Atlantis", reason="r")
    same = act(desk, address, who="Goyang", reason="r")

    assert "No member and no invoice is called “Atlantis”" in text_of(nobody)
    assert f"{payment.number} is a payment of Goyang already." in text_of(same)
    assert Payment.objects.count() == 1


def test_a_refund_is_seen_before_it_is_decided(desk, payment, goyang):
    address = page_of(payment, "refund")
    assert desk.get(address).context["form"]["amount"].value() == "8,000.00"

    shown = desk.post(address, {"amount": "500", "pay_to": "IBAN 1", "reason": "Paid twice"})
    assert f"Left of {payment.number} USD 8,000.00 USD 7,500.00" in text_of(shown)
    assert not Refund.objects.exists()
    changed = desk.post(
        address, {"amount": "500", "pay_to": "IBAN 1", "reason": "Paid twice", "step": "change"}
    )
    assert changed.status_code == 200
    assert 'value="500"' in changed.content.decode()

    act(desk, address, amount="500", pay_to="IBAN 1", reason="Paid twice")

    refund = Refund.objects.get()
    assert (refund.amount_cents, refund.pay_to, refund.reason) == (50_000, "IBAN 1", "Paid twice")
    assert account_of(goyang) == (1_500_000, 750_000)


def test_more_than_is_left_is_not_refunded(desk, payment):
    answer = act(desk, page_of(payment, "refund"), amount="8,000.01", reason="Paid twice")

    assert answer.status_code == 422
    assert "USD 8,000.01 is not possible" in str(answer.context["form"].errors["amount"])
    assert not Refund.objects.exists()


def test_taking_a_payment_back_opens_what_it_settled(desk, finance, goyang):
    issued_invoice(goyang)
    paid = pay(goyang, "7500")
    address = page_of(paid, "reverse")

    shown = desk.post(address, {"reason": "The cheque bounced"})
    assert "Open" not in [balance.words for balance in shown.context["effect"].balances]
    assert f"Taken back: {paid.number} settles WEGO-2020-0001 USD 7,500.00" in text_of(shown)
    assert account_of(goyang) == (0, 0)

    act(desk, address, reason="The cheque bounced")

    assert account_of(goyang) == (750_000, 0)
    entry = AuditEntry.objects.get(act="payment.reversed")
    assert (entry.by, entry.why) == (finance, "The cheque bounced")


@pytest.mark.parametrize("name", ["move", "refund", "reverse"])
def test_grave_acts_ask_who_one_is(desk, payment, name):
    session = desk.session
    session["session_began"] = 1
    session["account_authentication_methods"] = []
    session.save()

    assert desk.post(page_of(payment, name), {"reason": "r"}).url == "/account/typed/"


@pytest.mark.parametrize("name", ["allocate", "move", "refund", "reverse"])
def test_the_secretariat_may_not(client, secretariat, payment, name):
    client.force_login(secretariat)

    assert client.get(page_of(payment, name)).status_code == 403
    assert client.post(page_of(payment, name), {"reason": "r", "step": "do"}).status_code == 403


@pytest.mark.parametrize("name", ["move", "refund", "reverse"])
def test_a_form_that_sends_nothing_is_asked_back(desk, payment, name):
    assert desk.post(page_of(payment, name)).status_code == 422
