"""“We paid” in the portal: said once, with a proof that is looked into, seen until answered."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dues.claims import close_claim
from dues.models import PaymentClaim
from dues.papers import render_papers
from dues.payments import reverse_payment
from tests.dues.books import pay
from tests.dues.builders import city, issued_invoice, one_page_pdf, person_of
from wego import storage
from wego.models import AuditEntry

pytestmark = pytest.mark.django_db
CLAIM, INVOICES, INVOICE, HOME = (
    "/portal/invoices/paid/",
    "/portal/invoices/",
    "/portal/invoices/WEGO-2020-0001/",
    "/portal/",
)
ON = dt.datetime(2020, 4, 20, 3, tzinfo=dt.UTC)
PDF = one_page_pdf("Transfer of 16 April 2020")


@pytest.fixture(autouse=True)
def april(time_machine):
    time_machine.move_to(ON, tick=False)


@pytest.fixture
def goyang():
    return city()


@pytest.fixture
def invoice(goyang):
    return issued_invoice(goyang)


@pytest.fixture
def signed_in(client, goyang, invoice):
    client.force_login(person_of(goyang))
    return client


def proof(content=PDF, name="transfer.pdf"):
    return SimpleUploadedFile(name, content, "application/pdf")


def tell(client, **facts):
    data = {
        "invoice": "WEGO-2020-0001",
        "amount": "7,475.00",
        "paid_on": "2020-04-16",
        "message": "From the city's account at NH Bank",
        **facts,
    }
    return client.post(CLAIM, {name: value for name, value in data.items() if value is not None})


def text_of(response):
    return " ".join(response.content.decode().split())


def test_what_is_said_is_kept_with_its_proof_and_seen(signed_in, goyang, invoice):
    page = signed_in.get(f"{CLAIM}?invoice=WEGO-2020-0001")
    assert page.context["form"].initial == {"invoice": "WEGO-2020-0001", "amount": "7,500.00"}
    assert "Reminders wait for 14 days." in text_of(page)

    response = tell(signed_in, proof=proof())

    assert (response.status_code, response.url) == (302, INVOICES)
    claim = PaymentClaim.objects.get()
    assert (claim.member, claim.invoice, claim.amount_cents) == (goyang, invoice, 747_500)
    assert (claim.paid_on, claim.claimed_on) == (dt.date(2020, 4, 16), dt.date(2020, 4, 20))
    assert (claim.message, claim.file_name) == (
        "From the city's account at NH Bank",
        "transfer.pdf",
    )
    assert claim.claimed_by.email == "treasurer@goyang.example"
    assert storage.read_file(claim.file_path, sha256=claim.file_sha256) == PDF
    for address in (HOME, INVOICES, INVOICE, CLAIM):
        page = text_of(signed_in.get(address))
        assert "USD 7,475.00, paid on 16 Apr 2020" in page
        assert "Finance is looking for it. Reminders wait until 4 May 2020." in page


def test_the_answer_is_seen_for_two_months(signed_in, invoice, time_machine):
    tell(signed_in)
    claim = PaymentClaim.objects.get()
    close_claim(claim, answer="Nothing arrived under this reference.", on=ON.date(), by=None)

    assert "Nothing arrived under this reference." in text_of(signed_in.get(INVOICES))
    assert "Finance is looking" not in text_of(signed_in.get(INVOICES))
    time_machine.move_to(ON + dt.timedelta(days=60), tick=False)
    signed_in.force_login(claim.claimed_by)
    assert "Nothing arrived" in text_of(signed_in.get(INVOICES))
    time_machine.move_to(ON + dt.timedelta(days=61), tick=False)
    assert "Nothing arrived" not in text_of(signed_in.get(INVOICES))


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"amount": "0"}, "Enter the amount you paid, more than zero."),
        ({"amount": "-5"}, "Enter the amount you paid, more than zero."),
        ({"amount": ""}, "Enter the amount you paid."),
        ({"amount": "4.500,00"}, "is not a number"),
        ({"paid_on": "2020-04-21"}, "2020-04-21 cannot be it"),
        ({"paid_on": "soon"}, "This is not a day"),
        ({"invoice": "WEGO-2020-0002"}, "WEGO-2020-0002 is not one of the available choices"),
        ({"proof": proof(b"MZ\x90\x00 a program")}, "The file is no PDF, JPEG or PNG."),
        ({"proof": proof(b"")}, "empty"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_kept(signed_in, facts, words):
    issued_invoice(city("Almaty", "", country_code="KZ"), sequence=2)

    response = tell(signed_in, **facts)

    assert response.status_code == 422
    assert words in response.content.decode()
    assert "From the city&#x27;s account at NH Bank" in response.content.decode()
    assert PaymentClaim.objects.count() == 0
    assert not AuditEntry.objects.filter(act="claim.filed").exists()


def test_a_file_too_large_is_refused_unread(signed_in):
    response = tell(signed_in, proof=proof(b"%PDF-1.7" + b"0" * (10 * 1024 * 1024)))

    assert response.status_code == 422
    assert "larger than 10 MB" in text_of(response)
    assert PaymentClaim.objects.count() == 0


def test_the_same_is_not_said_twice(signed_in):
    tell(signed_in)
    response = tell(signed_in)

    assert response.status_code == 422
    assert "finance is looking for it" in text_of(response)
    assert PaymentClaim.objects.count() == 1


def test_no_field_but_its_own_is_taken(signed_in, goyang, invoice):
    almaty = city("Almaty", "", country_code="KZ")
    payment = pay(almaty, 100)

    tell(
        signed_in,
        member=almaty.pk,
        payment=payment.pk,
        closed_on="2020-04-20",
        answer="Paid, thank you",
        claimed_on="2019-01-01",
        file_path="2020/WEGO-2020-0001.pdf",
        id="77",
    )

    claim = PaymentClaim.objects.get()
    assert (claim.member, claim.payment, claim.closed_on, claim.answer) == (goyang, None, None, "")
    assert (claim.claimed_on, claim.file_path) == (dt.date(2020, 4, 20), "")
    assert claim.pk != 77


def test_several_invoices_may_be_meant(signed_in, goyang):
    tell(signed_in, invoice="")

    assert PaymentClaim.objects.get().invoice is None
    assert "Finance is looking for it" in text_of(signed_in.get(INVOICE))


@pytest.mark.parametrize("role", ["reader", "delegate"])
def test_readers_look_and_do_not_tell(client, goyang, invoice, role):
    user = person_of(goyang, "reader@goyang.example", full_name="Park Ji-woo")
    user.affiliations.update(role=role)
    client.force_login(user)

    assert "An administrator or the finance contact" in text_of(client.get(CLAIM))
    assert "Paid already" not in text_of(client.get(INVOICE))
    assert tell(client).status_code == 403
    assert PaymentClaim.objects.count() == 0


def test_another_members_word_is_not_seen(signed_in, client):
    tell(signed_in)
    almaty = city("Almaty", "", country_code="KZ")
    client.force_login(person_of(almaty, "finance@almaty.example", full_name="Aigul"))

    for address in (HOME, INVOICES, CLAIM):
        assert "7,475.00" not in text_of(client.get(address))


def test_too_many_tries_have_to_wait(signed_in):
    for n in range(20):
        assert tell(signed_in, amount=f"{n + 1}.00").status_code == 302

    assert tell(signed_in, amount="99.00").status_code == 429
    assert PaymentClaim.objects.count() == 20


def test_a_form_from_elsewhere_is_refused(goyang, invoice):
    from_elsewhere = Client(enforce_csrf_checks=True)
    from_elsewhere.force_login(person_of(goyang))

    assert tell(from_elsewhere).status_code == 403
    assert PaymentClaim.objects.count() == 0


def test_an_invoice_says_what_settled_it(signed_in, goyang, invoice):
    payment = pay(goyang, 7_475, received_on=dt.date(2020, 4, 18), on=ON.date())

    page = text_of(signed_in.get(INVOICE))

    assert f"Payment, receipt {payment.number}" in page
    assert "USD 7,475.00" in page
    assert '<p class="due-amount">USD 25.00</p>' in page
    assert "Not while something is overdue" in text_of(signed_in.get(HOME))


def test_home_says_vote_and_candidacy_apart(signed_in, invoice):
    page = text_of(signed_in.get(HOME))

    assert "In arrears: WEGO-2020-0001 (USD 7,500.00)." in page
    assert "Every invoice of previous years is paid." in page
    assert "Fees not fully paid: WEGO-2020-0001 (USD 7,500.00)." in page


def test_receipts_open_for_their_own_member_alone(signed_in, client, goyang):
    payment = pay(goyang, 100, received_on=dt.date(2020, 4, 18), on=ON.date())
    address = f"/portal/invoices/receipts/{payment.number}/pdf/"
    assert payment.number in text_of(signed_in.get(INVOICES))
    assert signed_in.get(address).url == INVOICES

    assert render_papers().parked == {}
    answer = signed_in.get(address)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert address in text_of(signed_in.get(INVOICES))
    reverse_payment(payment, reason="Never came", on=ON.date(), by=None)
    assert "Void" in text_of(signed_in.get(INVOICES))

    almaty = city("Almaty", "", country_code="KZ")
    client.force_login(person_of(almaty, "finance@almaty.example", full_name="Aigul"))
    assert client.get(address).status_code == 404
