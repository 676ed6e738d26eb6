import dataclasses

import pytest
from django.core.exceptions import ValidationError

from dues.policies import DuesPolicies, load_policies
from dues.switches import SWITCHES
from wego.models import PolicyValue

BY_KEY = {switch.key: switch for switch in SWITCHES}


def test_every_switch_is_a_policy_with_number_default_and_effect():
    assert {switch.key: switch.number for switch in SWITCHES} == {
        "reminder_days": "S8",
        "reminder_way": "S8",
        "claim_pause_days": "S8",
        "arrears_from": "S9",
        "voting_standing": "S10",
        "candidacy_standing": "S11",
        "plan_standing": "S18",
        "bank_charge_limit": "S21",
        "bank_charge_automatic": "S21",
        "match_certain": "4.4",
    }
    assert [switch.key for switch in SWITCHES] == [
        field.name for field in dataclasses.fields(DuesPolicies)
    ]
    for switch in SWITCHES:
        assert switch.default == getattr(DuesPolicies(), switch.key)
        assert switch.read(switch.write(switch.default)) == switch.default
        assert not switch.is_fixed
        assert str(switch.label)
        assert str(switch.effect).endswith(".")


@pytest.mark.django_db
def test_nothing_chosen_is_the_rule_book():
    assert load_policies() == DuesPolicies(
        reminder_days=(-14, 1, 30, 90, 180),
        reminder_way="mail_and_letter",
        claim_pause_days=14,
        arrears_from="due_day",
        voting_standing="previous_years",
        candidacy_standing="nothing_open",
        plan_standing="keeps",
        bank_charge_limit=50,
        bank_charge_automatic=0,
        match_certain="post",
    )


@pytest.mark.django_db
def test_chosen_answers_are_those_the_rules_read():
    chosen = {
        "reminder_days": "-30,7,60",
        "reminder_way": "off",
        "claim_pause_days": "0",
        "arrears_from": "year_end",
        "voting_standing": "one_year",
        "candidacy_standing": "payment_48h",
        "plan_standing": "does_not",
        "bank_charge_limit": "500",
        "bank_charge_automatic": "25",
        "match_certain": "propose",
    }
    PolicyValue.objects.bulk_create(
        PolicyValue(key=key, value=value) for key, value in chosen.items()
    )

    policies = load_policies()

    assert policies == DuesPolicies(
        reminder_days=(-30, 7, 60),
        reminder_way="off",
        claim_pause_days=0,
        arrears_from="year_end",
        voting_standing="one_year",
        candidacy_standing="payment_48h",
        plan_standing="does_not",
        bank_charge_limit=500,
        bank_charge_automatic=25,
        match_certain="propose",
    )
    assert (policies.bank_charge_limit_cents, policies.bank_charge_automatic_cents) == (
        50_000,
        2_500,
    )


def test_load_policies_asks_once(db, django_assert_num_queries):
    with django_assert_num_queries(1):
        load_policies()


@pytest.mark.parametrize(
    ("key", "answers"),
    [
        ("reminder_way", ["mail_and_letter", "mail", "off"]),
        ("arrears_from", ["due_day", "year_end"]),
        ("voting_standing", ["previous_years", "nothing_overdue", "one_year"]),
        ("candidacy_standing", ["nothing_open", "payment_48h"]),
        ("plan_standing", ["keeps", "does_not"]),
        ("match_certain", ["post", "propose"]),
    ],
)
def test_answers_offered(key, answers):
    assert list(BY_KEY[key].choices) == answers


@pytest.mark.parametrize(
    ("key", "smallest", "largest"),
    [
        ("claim_pause_days", 0, 90),
        ("bank_charge_limit", 0, 500),
        ("bank_charge_automatic", 0, 100),
    ],
)
def test_numbers_keep_their_limits(key, smallest, largest):
    switch = BY_KEY[key]

    assert (switch.read(str(smallest)), switch.read(str(largest))) == (smallest, largest)
    for outside in (smallest - 1, largest + 1):
        with pytest.raises(ValidationError, match=f"from {smallest} to {largest}"):
            switch.read(str(outside))


def test_reminder_days_are_at_most_eight_and_ascend():
    days = BY_KEY["reminder_days"]

    assert days.read("-90, -14, 1, 30, 60, 90, 180, 730") == (-90, -14, 1, 30, 60, 90, 180, 730)
    for refused in ("1,2,3,4,5,6,7,8,9", "-91", "731", "", "1,,2", "1;2", "1.5"):
        with pytest.raises(ValidationError, match="at most 8 whole numbers from -90 to 730"):
            days.read(refused)
    for refused in ("30,1", "1,1"):
        with pytest.raises(ValidationError, match="ascending order"):
            days.read(refused)


def test_longest_reminder_days_fit_the_database():
    field = PolicyValue._meta.get_field("value")

    assert len(BY_KEY["reminder_days"].write((-90, -89, -88, -87, 727, 728, 729, 730))) <= (
        field.max_length
    )
