"""What a line probably pays: how sure, on which invoices, and why in words."""

from collections import defaultdict

import pytest

from dues.invoicing import invoice_number, payment_reference
from dues.matching import Books, Confidence, Due, Limits, Money, propose
from dues.payers import NameIndex

pytestmark = pytest.mark.once
GOYANG, SEOUL, KATHMANDU, ALMATY = 1, 2, 3, 4
NAMES = {
    GOYANG: ("Goyang", "고양시"),
    SEOUL: ("Seoul", "서울특별시"),
    KATHMANDU: ("Kathmandu", "카트만두"),
    ALMATY: ("Almaty", "알마티"),
}
FEE = {GOYANG: 700_000, SEOUL: 850_000, KATHMANDU: 150_000, ALMATY: 550_000}
RF = {member: payment_reference(invoice_number(2020, member)) for member in FEE}


def due(member, year=2020, open_cents=None):
    """An invoice; its place in the series is the member's key, and its key says year and place."""
    cents = FEE[member] if open_cents is None else open_cents
    return Due(year * 10 + member, invoice_number(year, member), member, year, member, cents)


def books(*dues, payers=None, automatic=0):
    """Books with these invoices; without any, every member owes 2020."""
    dues = dues or tuple(map(due, FEE))
    by_member, by_amount = defaultdict(list), defaultdict(list)
    for each in filter(lambda one: one.open_cents, dues):
        by_member[each.member].append(each)
        by_amount[each.open_cents].append(each)
    return Books(
        places={(each.year, each.sequence): each for each in dues},
        open_dues=by_member,
        names=NameIndex(NAMES),
        payers=payers or {},
        limits=Limits(5000, automatic),
        by_amount=by_amount,
    )


def money(cents, text="", *, party="", account="", currency="USD", reference=""):
    return Money(cents, currency, party, account, (reference, text))


def first(*args, of=None, **facts):
    found = propose(money(*args, **facts), of or books())
    return found[0] if found else None


def test_reference_and_amount_are_certain():
    found = first(700_000, reference=RF[GOYANG])

    assert (found.member, found.parts) == (GOYANG, ((20201, 700_000),))
    assert found.confidence == Confidence.CERTAIN
    assert found.reasons == (
        "The reference is that of invoice WEGO-2020-0001",
        "The amount is exactly what is open",
    )


def test_number_in_full_and_amount_are_certain():
    found = first(150_000, "MEMBERSHIP FEE WEGO 2020/3", party="MINISTRY OF FINANCE")

    assert (found.member, found.confidence) == (KATHMANDU, Confidence.CERTAIN)
    assert found.reasons[0] == "The text names invoice WEGO-2020-0003"


def test_loose_number_is_certain_only_when_the_payer_agrees():
    assert first(150_000, "dues 2020-3").confidence == Confidence.LIKELY
    assert first(150_000, "dues 2020-3", party="KATHMANDU CITY").confidence == Confidence.CERTAIN


def test_reference_with_another_payer_is_not_certain():
    found = first(700_000, reference=RF[GOYANG], party="Seoul Metropolitan Government")

    assert (found.member, found.confidence) == (GOYANG, Confidence.LIKELY)
    assert found.reasons[-1] == "But the payer looks like another member"


def test_reference_with_a_wrong_digit_needs_more():
    wrong = RF[GOYANG][:2] + "00" + RF[GOYANG][4:]

    assert first(690_000, reference=wrong).confidence == Confidence.POSSIBLE
    assert first(700_000, reference=wrong).confidence == Confidence.LIKELY


def test_short_payment_is_likely_and_says_how_much_is_missing():
    found = first(697_500, reference=RF[GOYANG])

    assert (found.parts, found.short_cents) == (((20201, 697_500),), 2500)
    assert found.confidence == Confidence.LIKELY
    assert found.reasons[-1] == "USD 25.00 less than what is open"


def test_short_payment_is_certain_within_the_switch():
    of = books(automatic=2500)

    assert first(697_500, reference=RF[GOYANG], of=of).confidence == Confidence.CERTAIN
    assert first(697_499, reference=RF[GOYANG], of=of).confidence == Confidence.LIKELY


def test_overpayment_stays_on_account_and_is_never_certain():
    found = first(710_000, reference=RF[GOYANG])

    assert (found.parts, found.rest_cents) == (((20201, 700_000),), 10_000)
    assert found.confidence == Confidence.LIKELY
    assert found.reasons[-1] == "USD 100.00 stays as credit on account"


def test_two_years_in_one_transfer_x07():
    of = books(due(GOYANG, 2019, 650_000), due(GOYANG))
    text = f"{payment_reference('WEGO-2019-0001')} AND WEGO-2020-0001"

    found = first(1_350_000, text, of=of)

    assert found.parts == ((20191, 650_000), (20201, 700_000))
    assert found.confidence == Confidence.CERTAIN
    assert found.reasons[-1] == "The amount is exactly what is open on 2 invoices"


def test_newest_named_pays_the_newest_although_older_is_open():
    of = books(due(GOYANG, 2019, 650_000), due(GOYANG))

    found = first(700_000, reference=RF[GOYANG], of=of)

    assert (found.parts, found.confidence) == (((20201, 700_000),), Confidence.CERTAIN)


def test_one_named_with_the_money_for_all_pays_all():
    of = books(due(GOYANG, 2019, 650_000), due(GOYANG))

    found = first(1_350_000, reference=RF[GOYANG], of=of)

    assert sorted(found.parts) == [(20191, 650_000), (20201, 700_000)]
    assert found.confidence == Confidence.CERTAIN


def test_part_of_two_named_goes_to_the_oldest_first():
    of = books(due(GOYANG, 2019, 650_000), due(GOYANG))

    found = first(1_000_000, "WEGO-2020-0001, WEGO-2019-0001", of=of)

    assert found.parts == ((20191, 650_000), (20201, 350_000))
    assert (found.short_cents, found.confidence) == (350_000, Confidence.LIKELY)


def test_settled_invoice_that_is_named_again_is_no_certainty():
    of = books(due(GOYANG, open_cents=0), due(GOYANG, 2021))

    found = first(700_000, reference=RF[GOYANG], of=of)

    assert (found.parts, found.confidence) == (((20211, 700_000),), Confidence.LIKELY)
    assert found.reasons[0] == (
        "The reference is that of invoice WEGO-2020-0001, which is settled already"
    )


def test_invoices_of_two_members_are_left_to_people():
    found = propose(money(850_000, f"{RF[GOYANG]} {RF[KATHMANDU]}"), books())

    assert [(each.member, each.parts, each.rest_cents) for each in found] == [
        (GOYANG, ((20201, 700_000),), 150_000),
        (KATHMANDU, ((20203, 150_000),), 700_000),
    ]
    assert {each.confidence for each in found} == {Confidence.LIKELY}


@pytest.mark.parametrize("party", ["KATHMANDU METROPOLITAN CITY OFFICE", "카트만두 시청"])
def test_payer_and_amount_are_likely_in_either_script(party):
    found = first(150_000, "membership", party=party)

    assert (found.member, found.parts) == (KATHMANDU, ((20203, 150_000),))
    assert found.confidence == Confidence.LIKELY


def test_payer_alone_is_possible_and_pays_the_oldest():
    of = books(due(GOYANG, 2019, 650_000), due(GOYANG))

    found = first(100_000, party="고양시청", of=of)

    assert (found.parts, found.confidence) == (((20191, 100_000),), Confidence.POSSIBLE)
    assert found.short_cents == 550_000


def test_payer_short_by_bank_charges_is_likely():
    found = first(548_000, party="AKIMAT OF ALMATY")

    assert (found.parts, found.short_cents) == (((20204, 548_000),), 2000)
    assert found.confidence == Confidence.LIKELY


def test_account_that_paid_before_and_the_amount_are_likely():
    of = books(payers={"np12345": frozenset({KATHMANDU})})

    found = first(150_000, party="HIMALAYAN EXCHANGE", account="NP 12345", of=of)

    assert (found.member, found.confidence) == (KATHMANDU, Confidence.LIKELY)
    assert found.reasons == (
        "This account paid for the member before",
        "The amount is exactly what is open",
    )


def test_name_in_the_text_alone_is_possible():
    assert first(1000, "fee of Almaty").confidence == Confidence.POSSIBLE


def test_amount_alone_is_possible_while_few_have_it():
    found = first(850_000)

    assert (found.member, found.confidence) == (SEOUL, Confidence.POSSIBLE)
    assert found.reasons == ("Exactly this amount is open on this invoice alone",)
    many = [due(GOYANG, year, 650_000) for year in range(2010, 2016)]
    assert propose(money(650_000), books(*many)) == []


def test_nothing_known_means_no_proposal():
    assert propose(money(12_345, "interest"), books()) == []


def test_member_that_owes_nothing_is_proposed_for_its_account():
    of = books(due(GOYANG, open_cents=0))

    found = first(700_000, party="Goyang", of=of)

    assert (found.member, found.parts, found.rest_cents) == (GOYANG, (), 700_000)


def test_other_currency_is_never_certain_and_names_what_is_open():
    found = first(640_000, reference=RF[GOYANG], currency="EUR")

    assert (found.member, found.confidence) == (GOYANG, Confidence.LIKELY)
    assert found.parts == ((20201, 700_000),)


def test_at_most_five_proposals():
    text = " ".join(invoice_number(2020, member) for member in FEE)
    of = books(*map(due, FEE), payers={"x": frozenset(range(10, 20))})

    assert len(propose(money(1, text, party="X"), of)) == 5
