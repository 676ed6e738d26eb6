"""A member's word that it has paid: kept as it was said, answered once."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from dues.claims import Claimed, close_claim, file_claim, waiting_claims
from dues.models import PaymentClaim
from tests.dues.books import pay
from tests.dues.builders import city, issued_invoice, one_page_pdf
from wego import storage
from wego.models import AuditEntry
from wego.uploads import Upload

pytestmark = pytest.mark.django_db
TODAY = dt.date(2020, 4, 2)
SAID = Claimed(750_000, dt.date(2020, 4, 1), message=" Sent by our bank. ")


def test_what_a_member_says_is_kept_with_its_proof(finance):
    goyang = city()
    invoice = issued_invoice(goyang)
    proof = Upload("transfer slip.pdf", one_page_pdf(), "application/pdf", ".pdf")

    claim = file_claim(
        goyang,
        Claimed(750_000, dt.date(2020, 4, 1), invoice, "Sent.", proof),
        on=TODAY,
        by=finance,
    )

    assert (claim.invoice, claim.amount_cents, claim.claimed_on) == (invoice, 750_000, TODAY)
    assert claim.file_name == "transfer slip.pdf"
    assert storage.read_file(claim.file_path, sha256=claim.file_sha256) == one_page_pdf()
    assert list(waiting_claims()) == [claim]
    entry = AuditEntry.objects.get(act="claim.filed")
    assert entry.file == f"member:{goyang.pk}"
    assert entry.facts == {
        "amount": "USD 7,500.00",
        "paid_on": "2020-04-01",
        "invoice": "WEGO-2020-0001",
    }


@pytest.mark.parametrize(
    ("claimed", "code"),
    [
        (Claimed(0, dt.date(2020, 4, 1)), "amount"),
        (Claimed(750_000, dt.date(2020, 4, 3)), "future"),
        (Claimed(750_000, dt.date(2009, 12, 31)), "future"),
    ],
)
def test_what_cannot_be_is_refused(claimed, code):
    with pytest.raises(ValidationError) as refusal:
        file_claim(city(), claimed, on=TODAY, by=None)

    assert refusal.value.code == code
    assert not PaymentClaim.objects.exists()


def test_an_invoice_of_somebody_else_is_refused():
    almaty = issued_invoice(city("Almaty", "알마티", country_code="KZ"))

    with pytest.raises(ValidationError, match="not one of Goyang"):
        file_claim(city(), Claimed(750_000, TODAY, almaty), on=TODAY, by=None)

    assert not PaymentClaim.objects.exists()


def test_saying_the_same_twice_is_one_task():
    goyang = city()
    file_claim(goyang, SAID, on=TODAY, by=None)

    with pytest.raises(ValidationError, match="told us about this payment already"):
        file_claim(goyang, SAID, on=TODAY, by=None)

    assert PaymentClaim.objects.count() == 1


def test_it_is_answered_once_with_the_payment(finance):
    goyang = city()
    claim = file_claim(goyang, SAID, on=TODAY, by=None)
    payment = pay(goyang, "7500")

    close_claim(claim, payment=payment, on=TODAY, by=finance)
    with pytest.raises(ValidationError, match="answered already"):
        close_claim(claim, answer="Not found", on=TODAY, by=finance)

    claim.refresh_from_db()
    assert (claim.payment, claim.closed_on, claim.closed_by) == (payment, TODAY, finance)
    assert not waiting_claims().exists()
    assert AuditEntry.objects.filter(act="claim.closed").count() == 1


def test_without_a_payment_it_needs_words(finance):
    claim = file_claim(city(), SAID, on=TODAY, by=None)

    with pytest.raises(ValidationError, match="Write what the member should know"):
        close_claim(claim, answer="  ", on=TODAY, by=finance)

    claim.refresh_from_db()
    assert claim.closed_on is None
    assert claim.message == "Sent by our bank."


def test_what_was_said_never_changes():
    claim = file_claim(city(), SAID, on=TODAY, by=None)

    with (
        pytest.raises(DatabaseError, match="what a member said never changes"),
        transaction.atomic(),
    ):
        PaymentClaim.objects.filter(pk=claim.pk).update(amount_cents=1)

    claim.refresh_from_db()
    assert claim.amount_cents == 750_000
