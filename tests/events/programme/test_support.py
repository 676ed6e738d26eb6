import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from events.models import SupportReceipt, SupportStep
from events.programme.support import (
    Paid,
    Travel,
    add_receipt,
    begin_consultation,
    caps_of,
    decline_support,
    grant_support,
    request_support,
    say_arrears,
    settle_support,
    spent_on,
    state_of,
)
from tests.dues.builders import issued_invoice, one_page_pdf
from tests.events.builders import ASSEMBLY_DAY, add_meeting, add_session, add_speaker
from tests.register import add_member
from wego import storage
from wego.models import AuditEntry
from wego.uploads import Upload

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 7, 1)
BOTH = Travel(
    "Kathmandu", ASSEMBLY_DAY, ASSEMBLY_DAY, wants_lodging=True, wants_airfare=True, note="Visa"
)
TICKET = Upload("ticket.pdf", one_page_pdf(), "application/pdf", ".pdf")


@pytest.fixture
def speaker():
    return add_speaker(add_session(add_meeting()), add_member("Kathmandu", "NP"))


@pytest.fixture
def request_(speaker):
    return request_support(speaker, BOTH, on=DAY, by=None)


@pytest.fixture
def granted(request_, secretariat):
    begin_consultation(request_, on=DAY, by=secretariat)
    grant_support(request_, lodging_cents=60_000, airfare_cents=120_000, on=DAY, by=secretariat)
    return request_


def refused(code_or_field, act):
    before = SupportStep.objects.count(), SupportReceipt.objects.count()
    with pytest.raises(ValidationError) as caught:
        act()
    if hasattr(caught.value, "error_dict"):
        assert set(caught.value.error_dict) == {code_or_field}
    else:
        assert caught.value.code == code_or_field
    assert (SupportStep.objects.count(), SupportReceipt.objects.count()) == before
    return " ".join(caught.value.messages)


def test_r27_support_goes_from_request_over_consultation_to_settled_receipts(granted, secretariat):
    add_receipt(granted, Paid("airfare", 95_050, "KTM-ALA", TICKET), on=DAY, by=secretariat)
    add_receipt(granted, Paid("lodging", 60_000, "Hotel"), on=DAY, by=secretariat)
    settle_support(granted, on=DAY, by=secretariat)

    assert caps_of(granted) == {"lodging": 60_000, "airfare": 120_000}
    assert (spent_on(granted, "lodging"), spent_on(granted, "airfare")) == (60_000, 95_050)
    assert state_of(granted) == "settled"
    ticket = granted.receipts.get(of="airfare")
    assert storage.read_file(ticket.file_path, sha256=ticket.file_sha256) == TICKET.content
    acts = AuditEntry.objects.filter(act__startswith="support.").order_by("pk")
    assert [(entry.act, entry.file) for entry in acts] == [
        (f"support.{word}", f"member:{granted.speaker.member_id}")
        for word in ("requested", "consultation", "granted", "receipt", "receipt", "settled")
    ]


def test_r27_nothing_is_granted_without_a_consultation(request_, secretariat):
    said = refused(
        "order", lambda: grant_support(request_, lodging_cents=100, on=DAY, by=secretariat)
    )

    assert "“Granted” cannot follow “Requested”" in said
    assert state_of(request_) == "requested"


def test_r27_nothing_is_promised_by_itself(request_, secretariat):
    begin_consultation(request_, on=DAY, by=secretariat)

    refused("nobody", lambda: grant_support(request_, lodging_cents=100, on=DAY, by=None))
    with pytest.raises(IntegrityError), transaction.atomic():
        SupportStep.objects.create(
            request=request_, state="granted", on=DAY, lodging_cap_cents=100, recorded_by=None
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        SupportStep.objects.create(
            request=request_, state="granted", on=DAY, recorded_by=secretariat
        )


def test_r27_a_grant_has_a_cap_for_what_was_asked(speaker, secretariat):
    lodging = Travel("Kathmandu", ASSEMBLY_DAY, ASSEMBLY_DAY, wants_lodging=True)
    request_ = request_support(speaker, lodging, on=DAY, by=None)
    begin_consultation(request_, on=DAY, by=secretariat)

    def grant(**cents):
        return grant_support(request_, on=DAY, by=secretariat, **cents)

    refused("lodging_cents", grant)
    refused("lodging_cents", lambda: grant(lodging_cents=0))
    refused("lodging_cents", lambda: grant(lodging_cents=2_000_001))
    refused("airfare_cents", lambda: grant(lodging_cents=1, airfare_cents=1))
    assert grant(lodging_cents=2_000_000).lodging_cap_cents == 2_000_000


def test_r27_receipts_never_go_beyond_the_cap(granted):
    add_receipt(granted, Paid("airfare", 100_000, "There"), on=DAY, by=None)

    said = refused(
        "amount_cents",
        lambda: add_receipt(granted, Paid("airfare", 20_001, "Back"), on=DAY, by=None),
    )

    assert said == "Of the cap of USD 1,200.00, USD 200.00 is left."
    add_receipt(granted, Paid("airfare", 20_000, "Back"), on=DAY, by=None)
    refused("of", lambda: add_receipt(granted, Paid("meals", 1, "Lunch"), on=DAY, by=None))
    refused("described", lambda: add_receipt(granted, Paid("lodging", 1, " "), on=DAY, by=None))


def test_r27_a_no_says_why_and_is_final(request_, secretariat):
    refused("note", lambda: decline_support(request_, note=" ", on=DAY, by=secretariat))
    decline_support(request_, note="The budget is spent", on=DAY, by=secretariat)

    refused("order", lambda: begin_consultation(request_, on=DAY, by=secretariat))
    refused("order", lambda: settle_support(request_, on=DAY, by=secretariat))
    assert request_.steps.last().note == "The budget is spent"


def test_4_5_arrears_are_a_warning_and_no_bar(request_, secretariat):
    member = request_.speaker.member
    assert say_arrears(request_, on=DAY) == ""

    issued_invoice(member)

    assert say_arrears(request_, on=DAY) == "Kathmandu is in arrears with USD 7,500.00."
    begin_consultation(request_, on=DAY, by=secretariat)
    assert grant_support(request_, lodging_cents=100, on=DAY, by=secretariat).pk


def test_support_is_asked_for_once_by_speakers_of_members(request_, speaker):
    guest = add_speaker(speaker.session, name="Guest", organisation="ADB")
    other = add_speaker(speaker.session, speaker.member, "Bina")

    refused("known", lambda: request_support(speaker, BOTH, on=DAY, by=None))
    refused("no_member", lambda: request_support(guest, BOTH, on=DAY, by=None))
    refused(
        "wants_lodging",
        lambda: request_support(
            other, Travel("Kathmandu", ASSEMBLY_DAY, ASSEMBLY_DAY), on=DAY, by=None
        ),
    )
    early = Travel("", ASSEMBLY_DAY, DAY, wants_lodging=True)
    with pytest.raises(ValidationError) as caught:
        request_support(other, early, on=DAY, by=None)
    assert set(caught.value.error_dict) == {"travel_from", "leaves_on"}


def test_steps_and_receipts_never_change(granted):
    receipt = add_receipt(granted, Paid("airfare", 1, "There"), on=DAY, by=None)

    with pytest.raises(DatabaseError, match="another step"), transaction.atomic():
        SupportStep.objects.filter(request=granted).update(note="x")
    with pytest.raises(DatabaseError, match="as it came"), transaction.atomic():
        SupportReceipt.objects.filter(pk=receipt.pk).delete()


@settings(max_examples=15)
@given(st.lists(st.integers(1, 70_000), max_size=5))
def test_r27_whatever_receipts_come_the_cap_holds(amounts):
    with transaction.atomic():
        speaker = add_speaker(add_session(add_meeting()), add_member("Kathmandu", "NP"))
        from members.models import User

        kim = User.objects.create_user("kim2@wego.example", full_name="Kim")
        request_ = request_support(speaker, BOTH, on=DAY, by=None)
        begin_consultation(request_, on=DAY, by=kim)
        grant_support(request_, airfare_cents=100_000, on=DAY, by=kim)
        taken = 0
        for amount in amounts:
            try:
                add_receipt(request_, Paid("airfare", amount, "Ticket"), on=DAY, by=kim)
            except ValidationError:
                assert taken + amount > 100_000
            else:
                taken += amount
        assert spent_on(request_, "airfare") == taken <= 100_000
        transaction.set_rollback(True)
