"""Why an invoice is what it is, as its member reads it."""

import pytest

from dues.ledger import entry_of_invoice
from tests.dues.builders import city, person_of, run_of, unsaved_invoice
from tests.dues.staff import text_of

pytestmark = pytest.mark.django_db


def test_a_member_reads_which_decision_lowered_its_invoice(client):
    goyang = city()
    lowered = unsaved_invoice(goyang, run=run_of(), amount_cents=375_000)
    lowered.snapshot["reduction"] = {
        "id": 1,
        "fee_cents": 750_000,
        "cents": 375_000,
        "percent": 50,
        "reason": "Earthquake",
        "decided_on": "2019-11-17",
        "decided_by": "EXCOM",
        "reference": "EXCOM 2019, item 7",
    }
    lowered.save()
    entry_of_invoice(lowered, by=None).save()
    client.force_login(person_of(goyang))

    page = text_of(client.get(f"/portal/invoices/{lowered.number}/"))

    for words in (
        "There the fee table “City dues 2020” says USD 7,500 , marked below.",
        "It is reduced by USD 3,750.00 (50 %) by decision of EXCOM of 17 Nov 2019 "
        "(EXCOM 2019, item 7).",
        "Earthquake",
        "USD 3,750 is left: the amount of this invoice.",
    ):
        assert words in page, words
