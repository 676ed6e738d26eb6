"""Acts about an issued invoice: from credit, as bank charge, by decision, by credit note."""

import datetime as dt

import pytest

from dues.models import Adjustment, CreditNote
from dues.plans import Instalment, agree_plan
from tests.dues.books import account_of, pay
from tests.dues.builders import city, issued_invoice
from tests.dues.desk import act, hidden_of, page_of
from tests.dues.staff import messages_of, text_of
from wego.models import AuditEntry, PolicyValue

pytestmark = pytest.mark.django_db
DECIDED = {
    "decided_on": "2020-11-20",
    "decided_by": "EXCOM",
    "reference": "EXCOM 2020, item 3",
    "reason": "After the flood",
}


APRIL = dt.date(2020, 4, 20)


@pytest.fixture
def goyang(db):
    return city("Goyang", "고양시")


@pytest.fixture
def invoice(goyang):
    return issued_invoice(goyang)


def test_the_page_says_how_it_stands_and_why(desk, goyang, invoice):
    payment = pay(goyang, "7470", payer="CITY OF GOYANG")

    page = desk.get(page_of(invoice))

    words = text_of(page)
    assert "Invoice WEGO-2020-0001 Overdue" in words
    assert "Invoiced USD 7,500.00 Paid USD 7,470.00 Open USD 30.00" in words
    assert f"{payment.number} settles WEGO-2020-0001" in words
    assert [step.left for step in page.context["standing"].steps] == [750_000, 3_000]
    assert f'href="/admin/dues/payment/record/?invoice={invoice.pk}"' in page.content.decode()


def test_s18_the_page_leads_to_its_payment_plan(desk, goyang, invoice):
    assert "Payment plan of" not in text_of(desk.get(page_of(invoice)))
    dates = [Instalment(dt.date(2020, 12, 1), 750_000)]
    plan = agree_plan(goyang, [invoice], dates, reason="Flood", on=APRIL, by=None)

    page = desk.get(page_of(invoice))

    assert f'href="/admin/dues/paymentplan/{plan.pk}/change/"' in page.content.decode()
    assert "Payment plan of 20 Apr 2020" in text_of(page)


def test_the_members_file_leads_to_its_statement(client, administrator, goyang, invoice):
    client.force_login(administrator)

    page = client.get(f"/admin/members/member/{goyang.pk}/change/")

    assert f'href="/admin/dues/books/statement/{goyang.pk}/"' in page.content.decode()


def test_the_secretariat_reads_the_account_and_acts_on_nothing(client, secretariat, invoice):
    client.force_login(secretariat)

    page = client.get(page_of(invoice))

    assert page.status_code == 200
    assert page.context["standing"].acts == []
    assert "Record payment" not in text_of(page)
    assert client.get(page_of(invoice, "void")).status_code == 403


def test_credit_on_account_is_used_by_one_button(desk, goyang):
    pay(goyang, "8000")
    invoice = issued_invoice(goyang)
    address = page_of(invoice, "use_credit")
    assert "Use USD 7,500.00 of credit" in text_of(desk.get(address))

    answer = act(desk, address)

    assert account_of(goyang) == (0, 50_000)
    assert messages_of(desk.get(answer.url)) == [
        "USD 7,500.00 of WEGO-2020-0001 is settled with credit."
    ]


def test_without_credit_there_is_no_button(desk, invoice):
    page = desk.get(page_of(invoice, "use_credit"))

    assert "There is no credit on account, or nothing is open." in text_of(page)
    assert 'name="seen"' not in page.content.decode()


def test_a_rest_within_the_limit_is_closed_as_bank_charge(desk, finance, goyang, invoice):
    pay(goyang, "7470")

    act(desk, page_of(invoice, "close_rest"), reason="Charges of the bank")

    assert account_of(goyang) == (0, 0)
    assert Adjustment.objects.get().amount_cents == 3_000
    entry = AuditEntry.objects.get(act="invoice.bank_charge")
    assert (entry.by, entry.why) == (finance, "Charges of the bank")


def test_the_limit_is_that_of_the_policy_when_the_button_is_pressed(desk, goyang, invoice):
    pay(goyang, "7470")
    address = page_of(invoice, "close_rest")
    page = desk.get(address)
    PolicyValue.objects.create(key="bank_charge_limit", value="20")

    answer = desk.post(address, {**hidden_of(page), "reason": "Charges of the bank"})

    assert answer.status_code == 422
    assert "as a bank charge at most USD 20.00 may be closed (S21)" in text_of(answer)
    assert 'name="seen"' not in answer.content.decode()
    assert not Adjustment.objects.exists()


@pytest.mark.parametrize(("name", "kind"), [("waive", "waiver"), ("write_off", "write_off")])
def test_what_is_open_is_closed_by_decision(desk, finance, invoice, name, kind):
    address = page_of(invoice, name)
    assert desk.get(address).context["form"]["amount"].value() == "7,500.00"

    shown = desk.post(address, {**DECIDED, "amount": "7,500.00"})
    assert "Open on WEGO-2020-0001 USD 7,500.00 USD 0.00" in text_of(shown)
    assert not Adjustment.objects.exists()
    act(desk, address, **DECIDED, amount="7,500.00")

    made = Adjustment.objects.get()
    assert (made.kind, made.amount_cents, made.decided_by) == (kind, 750_000, "EXCOM")
    assert AuditEntry.objects.get(act=f"invoice.{kind}").by == finance
    words = text_of(desk.get(page_of(invoice)))
    assert "Decided by EXCOM on 2020-11-20, EXCOM 2020, item 3" in words


@pytest.mark.parametrize("name", ["waive", "write_off", "lower"])
@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"decided_by": ""}, "This field is required."),
        ({"decided_on": "2999-01-01"}, "2999-01-01 is still to come"),
        ({"amount": "7,500.01"}, "USD 7,500.01 cannot be"),
        ({"reason": ""}, "Say why."),
    ],
)
def test_a_decision_is_whole_or_nothing_is_done(desk, invoice, name, typed, wrong):
    answer = act(desk, page_of(invoice, name), **{**DECIDED, "amount": "7,500.00", **typed})

    assert answer.status_code == 422
    [field] = typed
    assert wrong in " ".join(answer.context["form"].errors[field])
    assert 'value="EXCOM 2020, item 3"' in answer.content.decode()
    assert not Adjustment.objects.exists()
    assert not CreditNote.objects.exists()


def test_an_adjustment_is_taken_back_from_the_page(desk, goyang, invoice):
    pay(goyang, "7470")
    act(desk, page_of(invoice, "close_rest"), reason="Charges of the bank")
    address = page_of(invoice, "take_back", Adjustment.objects.get().pk)
    assert address in desk.get(page_of(invoice)).content.decode()

    act(desk, address, reason="The rest came after all")

    assert account_of(goyang) == (3_000, 0)
    assert address not in desk.get(page_of(invoice)).content.decode()


def test_voiding_says_what_follows_and_gives_the_money_back(desk, finance, goyang, invoice):
    payment = pay(goyang, "7500")
    address = page_of(invoice, "void")

    shown = desk.post(address, {"reason": "The population was wrong"})

    words = text_of(shown)
    assert "Credit of Goyang on account USD 0.00 USD 7,500.00" in words
    assert f"Taken back: {payment.number} settles WEGO-2020-0001 USD 7,500.00" in words
    assert "The number WEGO-2020-0001 is not given again." in words
    assert not CreditNote.objects.exists()

    typed = {"reason": "The population was wrong"}
    answer = desk.post(address, {**typed, **hidden_of(shown), "step": "do"})

    note = CreditNote.objects.get()
    assert answer.url == page_of(invoice)
    assert account_of(goyang) == (0, 750_000)
    assert AuditEntry.objects.get(act="invoice.voided").by == finance
    page = desk.get(answer.url)
    assert f"Credit note {note.number} on WEGO-2020-0001" in text_of(page)
    assert "Invoice WEGO-2020-0001 Void" in text_of(page)
    assert [words for _url, words in page.context["standing"].acts] == ["Issue anew"]
    assert "void already" in text_of(desk.get(address))


def test_a_reduction_writes_a_credit_note(desk, goyang, invoice):
    act(desk, page_of(invoice, "lower"), **DECIDED, amount="2500")

    note = CreditNote.objects.get()
    assert (note.kind, note.amount_cents) == ("reduction", 250_000)
    assert account_of(goyang) == (500_000, 0)


def test_what_was_recorded_meanwhile_stops_a_void(desk, goyang, invoice):
    address = page_of(invoice, "void")
    shown = desk.post(address, {"reason": "It was wrong"})
    payment = pay(goyang, "7500")

    answer = desk.post(address, {"reason": "It was wrong", **hidden_of(shown), "step": "do"})

    assert answer.status_code == 422
    assert f"{payment.number} settles WEGO-2020-0001, USD 7,500.00" in text_of(answer)
    assert not CreditNote.objects.exists()


def test_the_list_is_narrowed_by_state(desk, goyang, invoice):
    almaty = city("Almaty", "알마티", country_code="KZ")
    paid = issued_invoice(almaty, sequence=2)
    pay(almaty, "7500")
    part = issued_invoice(city("Busan", "부산"), year=2026, sequence=1, due_on=None)
    pay(part.member, "10", parts={part: 1_000})
    void = issued_invoice(city("Daegu", "대구"), sequence=3)
    act(desk, page_of(void, "void"), reason="It was wrong")
    waived = issued_invoice(city("Jeju", "제주"), sequence=4)
    act(desk, page_of(waived, "waive"), **DECIDED, amount="7500")
    base = "/admin/dues/invoice/"

    def numbers(state):
        return {each.number for each in desk.get(f"{base}?state={state}").context["cl"].queryset}

    assert numbers("open") == {invoice.number, part.number}
    assert numbers("part_paid") == {part.number}
    assert numbers("paid") == {paid.number}
    assert numbers("closed") == {waived.number}
    assert numbers("void") == {void.number}
    assert invoice.number in numbers("overdue")
    words = text_of(desk.get(base))
    assert "State All Open Overdue Part paid Paid Waived or written off Void" in words
    assert "USD 7,490.00" in words
