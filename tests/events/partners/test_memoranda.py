import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from events.models import Adviser, Partner, PartnerMemorandum
from events.partners.advisers import name_adviser, release_adviser
from events.partners.memoranda import (
    Signed,
    add_partner,
    end_memorandum,
    expiring,
    sign_memorandum,
)
from tests.events.programmes import TODAY
from tests.register import add_member

pytestmark = pytest.mark.django_db


def refused(code, rule, *given, **named):
    with pytest.raises(ValidationError) as error:
        rule(*given, **named)
    assert [each.code for each in error.value.error_list] == [code]


def sign(partner, expires, signed=dt.date(2024, 1, 15), renews=None):
    return sign_memorandum(partner, Signed(signed, expires), renews=renews, on=TODAY, by=None)


@pytest.fixture
def bank(db):
    return add_partner("World Bank", "세계은행", by=None)


def test_r31_a_partner_may_be_a_member_too(db):
    agency = add_member("Seoul Business Agency (SBA)", kind="institution")

    partner = add_partner("SBA", "서울산업진흥원", member=agency, by=None)

    assert agency.partnerships.get() == partner
    refused("name_en", add_partner, "sba", "", by=None)
    assert Partner.objects.count() == 1


@pytest.mark.parametrize(("days", "reminds"), [(91, False), (90, True), (0, True), (-400, True)])
def test_r31_expiry_is_reminded_of_ninety_days_ahead(bank, days, reminds):
    memorandum = sign(bank, TODAY + dt.timedelta(days=days))

    assert (memorandum in expiring(TODAY)) is reminds


def test_r31_a_memorandum_whose_last_day_nobody_knows_reminds_of_nothing(bank):
    PartnerMemorandum.objects.create(partner=bank)

    assert list(expiring(TODAY)) == []


def test_r31_what_is_renewed_or_ended_reminds_no_more(bank):
    first = sign(bank, TODAY)
    second = sign(bank, TODAY, signed=dt.date(2025, 1, 15), renews=first)
    assert list(expiring(TODAY)) == [second]

    end_memorandum(second, reason="Not renewed", on=TODAY, by=None)

    assert list(expiring(TODAY)) == []
    refused("ended", end_memorandum, second, reason="Again", on=TODAY, by=None)
    refused("renews", sign, bank, None, renews=first)


@pytest.mark.parametrize(("signed", "expires", "code"), [
    (dt.date(2026, 11, 3), None, "signed_on"),
    (dt.date(2024, 1, 15), dt.date(2024, 1, 15), "expires_on"),
])  # fmt: skip
def test_days_out_of_order_are_refused(bank, signed, expires, code):
    refused(code, sign, bank, expires, signed)
    assert PartnerMemorandum.objects.count() == 0


def test_a_memorandum_renews_only_its_own_partners(bank):
    theirs = sign(add_partner("ADB", "", by=None), TODAY)

    refused("renews", sign, bank, None, renews=theirs)


def test_r34_advisers_serve_from_a_day_to_a_day(db):
    adviser = name_adviser(
        "Kim Byung-joon", name_ko="김병준", affiliation="Kookmin", since=TODAY, on=TODAY, by=None
    )
    refused("full_name", name_adviser, "kim byung-joon", since=TODAY, on=TODAY, by=None)
    refused("until", release_adviser, adviser, until=dt.date(2026, 1, 1), on=TODAY, by=None)

    release_adviser(adviser, until=TODAY, on=TODAY, by=None)

    refused("until", release_adviser, adviser, until=TODAY, on=TODAY, by=None)
    assert Adviser.objects.get().until == TODAY
