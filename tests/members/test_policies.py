import dataclasses

import pytest

from members.policies import Policies, load_policies
from members.switches import SWITCHES
from wego.models import PolicyValue

NUMBERS = ["S1", "S2", "S3", "S4", "S5", "S6", "S12", "S13", "S13", "S14", "S15", "S16"]


def test_every_switch_is_a_policy_with_number_default_and_effect():
    assert [switch.number for switch in SWITCHES] == NUMBERS
    assert [switch.key for switch in SWITCHES] == [
        field.name for field in dataclasses.fields(Policies)
    ]
    for switch in SWITCHES:
        assert switch.default == getattr(Policies(), switch.key)
        assert switch.read(switch.write(switch.default)) == switch.default
        assert str(switch.label)
        assert str(switch.effect).endswith(".")


@pytest.mark.django_db
def test_nothing_chosen_is_the_rule_book():
    assert load_policies() == Policies(
        associate_from="acceptance",
        full_by="excom_or_assembly",
        carry_over="carried",
        full_on="decision",
        first_dues="next_year",
        dues_year="calendar",
        suspension_years=2,
        expelled_by="excom",
        hearing_days=30,
        withdrawal_effective="year_end",
        leaving_year="in_full",
        readmission="settled",
    )


def test_load_policies_asks_once(db, django_assert_num_queries):
    with django_assert_num_queries(1):
        load_policies()


@pytest.mark.django_db
def test_chosen_answers_are_those_the_rules_read():
    PolicyValue.objects.create(key="full_by", value="assembly")
    PolicyValue.objects.create(key="hearing_days", value="45")

    assert load_policies() == Policies(full_by="assembly", hearing_days=45)


@pytest.mark.django_db
def test_a_value_no_longer_offered_counts_as_unset():
    PolicyValue.objects.create(key="full_by", value="lottery")
    PolicyValue.objects.create(key="reminder_days", value="1")

    assert load_policies() == Policies()


def test_only_the_dues_year_is_fixed():
    assert [switch.key for switch in SWITCHES if switch.is_fixed] == ["dues_year"]
