"""Dues for programs: schedules, quotes, invoices with PDFs, payments, standing."""

import datetime as dt
import hashlib

import pytest

from dues.models import Allocation, Entry, FeeSchedule, Payment
from tests.dues.books import TODAY, pay
from tests.dues.builders import city, issued_invoice, one_page_pdf
from tests.register import add_member
from tests.wego.api.callers import problem_of, program_of
from wego.models import AuditEntry, IdempotentRequest

pytestmark = pytest.mark.django_db
PDF = one_page_pdf()
INVOICES, PAYMENTS = "/api/v1/invoices", "/api/v1/payments"
KEY = "7c9e6679-7425-40de-944b-e07fc1f90ae7"


def usd(amount):
    return {"amount": amount, "currency": "USD"}


@pytest.fixture
def treasury(client):
    """A program of finance."""
    return program_of(client, role="finance")


def test_schedules_in_force_and_no_drafts(treasury):
    paper = FeeSchedule.objects.get(kind="city")
    paper.pk, paper.state, paper.first_dues_year = None, "draft", 2028
    paper.save()

    found = treasury.get("/api/v1/fee-schedules?kind=city").json()["results"]

    assert [each["first_dues_year"] for each in found] == [2020]
    assert len(found[0]["cells"]) == len(found[0]["row_bounds"])
    assert set(found[0]["cells"][0][0]) == {"amount", "currency"}


def test_r8_a_quote_is_the_cell_of_the_table(client):
    program = program_of(client, member=add_member("Goyang"))

    seoul = {"kind": "city", "dues_year": 2020, "population": 9_776_000}
    answer = program.post("/api/v1/quotes", seoul | {"gdp_per_capita": usd("42300.00")})
    company = program.post(
        "/api/v1/quotes", {"kind": "company", "dues_year": 2020, "employees": 20}
    )

    assert answer.status_code == 200
    assert answer.json()["fee"] == usd("8500.00")
    assert [each["measure"] for each in answer.json()["bands"]] == [
        "population",
        "gdp_ppp_per_capita",
    ]
    assert company.json()["bands"][0]["measure"] == "employees"


@pytest.mark.parametrize(
    "asked",
    [
        {"kind": "city", "dues_year": 2020},
        {"kind": "city", "dues_year": 2020, "employees": 3},
        {"kind": "company", "dues_year": 2020, "population": 3},
        {"kind": "institution", "dues_year": 2020, "employees": 3},
        {"kind": "company", "dues_year": 2003, "employees": 3},
        {"kind": "company", "dues_year": 2020, "employees": -1},
        {"kind": "city", "dues_year": 2020, "population": 5, "gdp_per_capita": usd("0.00")},
        {"kind": "city", "dues_year": 2020, "population": 5, "gdp_per_capita": "42300"},
    ],
)
def test_a_quote_of_nothing_is_refused(treasury, asked):
    assert problem_of(treasury.post("/api/v1/quotes", asked), 422)["errors"]


def test_an_invoice_says_what_became_of_it(treasury):
    goyang = city()
    invoice = issued_invoice(goyang, document=PDF, amount_cents=600_000)
    pay(goyang, "1000", parts={invoice: 100_000})

    found = treasury.get(f"{INVOICES}/{invoice.number}").json()

    assert found["amount"] == usd("6000.00")
    assert (found["open"], found["paid"]) == (usd("5000.00"), usd("1000.00"))
    assert (found["state"], found["due_on"]) == ("overdue", "2020-03-31")
    assert found["pdf"].endswith(f"{INVOICES}/{invoice.number}/pdf")
    assert found["pdf_sha256"] == hashlib.sha256(PDF).hexdigest()


def test_arrears_are_a_filter(treasury):
    goyang, seoul = city(), city("Seoul", "서울")
    paid = issued_invoice(goyang, amount_cents=600_000)
    issued_invoice(seoul, sequence=2)
    pay(goyang, "6000", parts={paid: 600_000})

    overdue = treasury.get(f"{INVOICES}?overdue=true").json()["results"]
    settled = treasury.get(f"{INVOICES}?open=false&dues_year=2020").json()["results"]

    assert [each["member_name_en"] for each in overdue] == ["Seoul"]
    assert [each["number"] for each in settled] == [paid.number]


def test_the_pdf_is_the_stored_one_and_known_by_its_tag(treasury):
    invoice = issued_invoice(city(), document=PDF)
    path = f"{INVOICES}/{invoice.number}/pdf"

    response = treasury.get(path, accept="application/pdf")
    again = treasury.get(path, if_none_match=response.headers["ETag"])

    assert response.content == PDF
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert again.status_code == 304


def test_a_pdf_that_is_not_made_yet_is_a_conflict(treasury):
    invoice = issued_invoice(city())

    response = treasury.get(f"{INVOICES}/{invoice.number}/pdf")

    problem_of(response, 409)
    assert response.headers["Retry-After"] == "30"


def test_a_members_token_reaches_its_own_money_and_no_other(client):
    goyang, seoul = city(), city("Seoul", "서울")
    own = issued_invoice(goyang, document=PDF)
    foreign = issued_invoice(seoul, sequence=2, document=PDF)
    mine, theirs = pay(goyang, "10"), pay(seoul, "20")
    program = program_of(client, member=goyang)

    def numbers(path):
        return [each["number"] for each in program.get(path).json()["results"]]

    assert numbers(INVOICES) == [own.number]
    assert numbers(f"{INVOICES}?member={seoul.pk}") == []
    assert numbers(PAYMENTS) == [mine.number]
    for path in (
        f"{INVOICES}/{foreign.number}",
        f"{INVOICES}/{foreign.number}/pdf",
        f"{PAYMENTS}/{theirs.number}",
        f"/api/v1/members/{seoul.pk}/standing",
    ):
        problem_of(program.get(path), 404)
    standings = program.get("/api/v1/standing").json()["results"]
    assert [each["member"] for each in standings] == [goyang.pk]
    body = {"member": goyang.pk, "amount": usd("1.00"), "received_on": "2020-03-20"}
    problem_of(program.post(PAYMENTS, body, idempotency_key=KEY), 403)


def test_s9_standing_of_a_day_with_its_reason(treasury):
    goyang = city()
    invoice = issued_invoice(goyang, amount_cents=600_000)
    path = f"/api/v1/members/{goyang.pk}/standing"

    in_time = treasury.get(f"{path}?on=2020-03-31").json()
    late = treasury.get(f"{path}?on=2021-04-01").json()

    assert (in_time["good"]["is_yes"], in_time["open"]) == (True, usd("6000.00"))
    assert late["good"]["is_yes"] is False
    assert invoice.number in late["good"]["why"]
    assert [each["invoice"] for each in late["unpaid"]] == [invoice.number]


def received(member, amount="6000.00", **more):
    return {"member": member.pk, "amount": usd(amount), "received_on": "2020-03-20", **more}


def test_x07_a_payment_is_recorded_and_settles_the_oldest(client, finance):
    goyang = city()
    invoice = issued_invoice(goyang, amount_cents=600_000)
    program = program_of(client, role="finance", person=finance)

    response = program.post(
        PAYMENTS, received(goyang, "6500.00", bank_reference="FT2003201"), idempotency_key=KEY
    )

    assert response.status_code == 201
    made = response.json()
    assert (made["amount"], made["credit"]) == (usd("6500.00"), usd("500.00"))
    assert response.headers["Location"].endswith(f"{PAYMENTS}/{made['number']}")
    assert program.get(f"{INVOICES}/{invoice.number}").json()["state"] == "paid"
    entry = AuditEntry.objects.get(act="payment.recorded")
    assert entry.by == finance
    acted = AuditEntry.objects.get(act="token.acted")
    assert acted.facts == {"did": "POST payments", "made": made["number"]}


def test_r14_the_same_request_has_one_effect_and_the_same_answer(treasury):
    goyang = city()

    first = treasury.post(PAYMENTS, received(goyang), idempotency_key=KEY)
    again = treasury.post(PAYMENTS, received(goyang), idempotency_key=KEY)

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    assert again.headers["Location"] == first.headers["Location"]
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    assert Payment.objects.count() == 1


def test_r14_the_key_of_another_request_is_refused(treasury):
    goyang = city()
    treasury.post(PAYMENTS, received(goyang), idempotency_key=KEY)

    problem_of(treasury.post(PAYMENTS, received(goyang, "1.00"), idempotency_key=KEY), 422)

    assert Payment.objects.count() == 1


def test_r14_keys_are_those_of_a_token(client):
    goyang = city()
    one, other = program_of(client, role="finance"), program_of(client, role="finance")

    one.post(PAYMENTS, received(goyang), idempotency_key=KEY)
    other.post(PAYMENTS, received(goyang), idempotency_key=KEY)

    assert Payment.objects.count() == 2


def test_r14_what_was_refused_leaves_the_key_free(treasury):
    goyang = city()

    problem_of(treasury.post(PAYMENTS, received(goyang, "0.00"), idempotency_key=KEY), 422)
    assert not IdempotentRequest.objects.exists()
    response = treasury.post(PAYMENTS, received(goyang), idempotency_key=KEY)

    assert response.status_code == 201


@pytest.mark.parametrize("key", [None, "", "two words", "x" * 256, "키"])
def test_r14_without_a_key_nothing_is_recorded(treasury, key):
    headers = {} if key is None else {"idempotency_key": key}

    problem_of(treasury.post(PAYMENTS, received(city()), **headers), 400)

    assert not Payment.objects.exists()


def test_x08_a_bank_reference_is_booked_once(treasury):
    goyang = city()
    body = received(goyang, bank_reference="FT2003201")
    treasury.post(PAYMENTS, body, idempotency_key=KEY)

    found = problem_of(treasury.post(PAYMENTS, body, idempotency_key=f"{KEY}-2"), 409)

    assert found["errors"][0]["code"] == "known_reference"
    assert Payment.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "pointer"),
    [
        ({"member": 999_999}, "/member"),
        ({"amount": usd("-5.00")}, "/amount"),
        ({"amount": {"amount": "5.00", "currency": "KRW"}}, "/amount"),
        ({"amount": 5}, "/amount"),
        ({"received_on": "2020-02-30"}, "/received_on"),
        ({"received_on": "2099-01-01"}, ""),
        ({"method": "gold"}, "/method"),
        ({"allocations": [{"invoice": "WEGO-1999-0001", "amount": usd("1.00")}]}, "/allocations"),
        ({"payer": "a\ud800b"}, "/payer"),
    ],
)
def test_what_is_no_payment_is_refused_and_writes_nothing(treasury, more, pointer):
    body = received(city()) | more

    errors = problem_of(treasury.post(PAYMENTS, body, idempotency_key=KEY), 422)["errors"]

    assert errors[0]["pointer"] == pointer
    assert not Payment.objects.exists()
    assert not Entry.objects.exists()
    assert not AuditEntry.objects.filter(act__startswith="payment").exists()


def test_parts_say_which_invoice_gets_what(treasury):
    goyang = city()
    older = issued_invoice(goyang, amount_cents=600_000)
    newer = issued_invoice(goyang, year=2021, amount_cents=600_000)
    parts = [{"invoice": newer.number, "amount": usd("6000.00")}]

    treasury.post(PAYMENTS, received(goyang, allocations=parts), idempotency_key=KEY)

    assert Allocation.objects.get().invoice == newer
    assert treasury.get(f"{INVOICES}/{older.number}").json()["state"] == "overdue"


def test_the_secretariat_looks_on_and_moves_no_money(client):
    program = program_of(client, role="secretariat")
    goyang = city()
    pay(goyang, "10", on=TODAY)

    assert len(program.get(PAYMENTS).json()["results"]) == 1
    problem_of(program.post(PAYMENTS, received(goyang), idempotency_key=KEY), 403)
    assert Payment.objects.count() == 1


def test_payments_are_chosen_by_day(treasury):
    goyang = city()
    for day in (dt.date(2020, 3, 1), dt.date(2020, 4, 1)):
        pay(goyang, "10", received_on=day)

    found = treasury.get(f"{PAYMENTS}?received_from=2020-03-15&received_until=2020-12-31").json()

    assert [each["received_on"] for each in found["results"]] == ["2020-04-01"]


def test_r14_a_request_that_broke_off_leaves_nothing_and_may_be_sent_again(treasury, monkeypatch):
    goyang = city()
    with monkeypatch.context() as broken:
        broken.setattr("dues.api.payments.note_act", lambda *_args, **_facts: 1 / 0)
        problem_of(treasury.post(PAYMENTS, received(goyang), idempotency_key=KEY), 500)
    assert not Payment.objects.exists()
    assert not IdempotentRequest.objects.exists()

    assert treasury.post(PAYMENTS, received(goyang), idempotency_key=KEY).status_code == 201
    assert Payment.objects.count() == 1
