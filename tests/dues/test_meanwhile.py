"""What somebody else recorded since a page was shown stops the act of that page."""

import pytest
from django.core.exceptions import ValidationError

from dues.meanwhile import refuse_changed, stamp_of
from dues.models import Entry
from tests.dues.books import pay
from tests.dues.builders import city, issued_invoice

pytestmark = pytest.mark.django_db


def test_an_account_that_nobody_touched_goes_on():
    goyang = city()
    issued_invoice(goyang)
    seen = stamp_of(goyang)
    pay(city("Almaty", "알마티", country_code="KZ"), "100")

    refuse_changed(goyang, seen)

    assert seen == Entry.objects.filter(member=goyang).get().pk


def test_what_was_recorded_is_said_with_whoever_did():
    goyang = city()
    issued_invoice(goyang)
    seen = stamp_of(goyang)
    payment = pay(goyang, "7500")

    with pytest.raises(ValidationError) as refusal:
        refuse_changed(goyang, seen)

    assert refusal.value.code == "changed"
    [sentence] = refusal.value.messages
    assert f"Payment {payment.number}, USD 7,500.00, by the command line" in sentence


def test_the_account_of_a_duplicate_is_that_of_the_member_it_became():
    goyang = city()
    double = city("Goyang City", "고양", merged_into=goyang)
    seen = stamp_of(goyang)
    pay(double, "100")

    with pytest.raises(ValidationError):
        refuse_changed(goyang, seen)

    assert stamp_of(double) == stamp_of(goyang) > seen


def test_an_empty_account_is_zero():
    assert stamp_of(city()) == 0
