"""Every app's switches in one register, and what a change of one leaves behind."""

import datetime as dt

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError

from wego.models import AuditEntry, PolicyValue
from wego.policies import change_policy, declared_switches, find_switch, load_chosen, load_value

ON = dt.date(2020, 1, 9)


def test_switches_of_all_apps_stand_in_the_order_of_their_numbers():
    keys = [switch.key for switch in declared_switches()]

    assert keys.index("dues_year") < keys.index("reminder_days") < keys.index("suspension_years")
    # Without a number of the rule book, but under the heading of S18 and S21.
    assert keys.index("suspension_years") < keys.index("match_certain") < keys.index("award_prizes")
    assert [switch.number for switch in declared_switches()][:6] == [f"S{n}" for n in range(1, 7)]


def test_no_key_stands_for_two_switches():
    keys = [switch.key for switch in declared_switches()]

    assert len(set(keys)) == len(keys)
    assert find_switch("hearing_days").number == "S13"
    assert find_switch("colour") is None


def test_switches_of_a_heading_stand_together():
    headings = [str(switch.group) for switch in declared_switches()]

    assert list(dict.fromkeys(headings)) == [
        heading
        for heading, before in zip(headings, ["", *headings[:-1]], strict=True)
        if heading != before
    ]


def test_an_app_without_switches_declares_none(monkeypatch):
    monkeypatch.delattr(type(apps.get_app_config("dues")), "switches")

    assert find_switch("reminder_days") is None
    assert find_switch("full_by") is not None


@pytest.mark.django_db
def test_chosen_values_are_read_and_old_ones_left_out():
    PolicyValue.objects.create(key="hearing_days", value="45")
    PolicyValue.objects.create(key="full_by", value="lottery")

    assert load_chosen(declared_switches()) == {"hearing_days": 45}
    assert load_value(find_switch("hearing_days")) == 45
    assert load_value(find_switch("full_by")) == "excom_or_assembly"


def test_change_policy_is_audited(administrator):
    change_policy(
        "withdrawal_effective", "six_months", by=administrator, why=" Statute, article 9 ", on=ON
    )
    change_policy("hearing_days", "45", by=administrator, why="EXCOM 2019, item 9", on=ON)
    change_policy("reminder_days", " -7, 14 ", by=administrator, why="Finance", on=ON)

    first, second, third = AuditEntry.objects.order_by("pk")
    assert (first.act, first.by, first.subject, first.why) == (
        "policy.changed",
        administrator,
        "policyvalue:withdrawal_effective",
        "Statute, article 9",
    )
    assert first.facts == {
        "number": "S14",
        "value": ["year_end", "six_months"],
        "on": "2020-01-09",
    }
    assert second.facts["value"] == [30, 45]
    assert third.facts["value"] == [[-14, 1, 30, 90, 180], [-7, 14]]
    assert PolicyValue.objects.get(key="reminder_days").value == "-7, 14"


def test_change_policy_takes_what_the_rules_know(administrator):
    change_policy("reminder_days", (1, 30), by=administrator, why="Finance", on=ON)
    change_policy("hearing_days", 45, by=administrator, why="Statute", on=ON)

    assert load_value(find_switch("reminder_days")) == (1, 30)
    assert load_value(find_switch("hearing_days")) == 45


def test_change_policy_back_to_the_default(administrator):
    change_policy("full_by", "assembly", by=administrator, why="GA 2014", on=ON)
    change_policy("full_by", "excom_or_assembly", by=administrator, why="paper of 2020", on=ON)

    assert load_value(find_switch("full_by")) == "excom_or_assembly"
    assert AuditEntry.objects.count() == 2


@pytest.mark.parametrize(
    ("key", "value", "why", "sentence"),
    [
        ("colour", "blue", "x", "There is no such policy switch."),
        ("full_by", "secretary", "x", "Choose one of the answers."),
        ("dues_year", "fiscal", "x", "Choose one of the answers."),
        ("suspension_years", "0", "x", "Enter a whole number from 1 to 9."),
        ("suspension_years", "two", "x", "Enter a whole number from 1 to 9."),
        ("suspension_years", "٢", "x", "Enter a whole number from 1 to 9."),
        ("hearing_days", "9" * 5000, "x", "Enter a whole number from 0 to 365."),
        ("hearing_days", "-1", "x", "Enter a whole number from 0 to 365."),
        (
            "reminder_days",
            "1,31,x",
            "x",
            "Enter at most 8 whole numbers from -90 to 730, with commas between them.",
        ),
        (
            "reminder_days",
            "30,1",
            "x",
            "Enter the numbers in ascending order, each of them once.",
        ),
        (
            "reminder_days",
            "-14,1,30,90,180",
            "x",
            "S8 stands so already: -14, 1, 30, 90, 180.",
        ),
        ("full_by", "assembly", "  ", "Say why: by which decision or document the policy changes."),
        (
            "full_by",
            "excom_or_assembly",
            "x",
            "S2 stands so already: EXCOM; a decision of the General Assembly counts as well.",
        ),
    ],
)
def test_change_policy_refuses_with_a_sentence(administrator, key, value, why, sentence):
    with pytest.raises(ValidationError) as refusal:
        change_policy(key, value, by=administrator, why=why, on=ON)

    assert refusal.value.messages == [sentence]
    assert (PolicyValue.objects.count(), AuditEntry.objects.count()) == (0, 0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("key", "value", "stands", "sentence"),
    [
        ("bank_charge_automatic", 60, "0", "which stands at 50: change that first"),
        ("bank_charge_limit", 10, "20", "which stands at 20: change that first"),
    ],
)
def test_s21_what_closes_by_itself_stays_within_what_staff_may_close(key, value, stands, sentence):
    PolicyValue.objects.create(key="bank_charge_automatic", value=stands)

    with pytest.raises(ValidationError, match=sentence):
        change_policy(key, value, by=None, why="EXCOM 2020, item 4", on=ON)

    assert list(PolicyValue.objects.values_list("key", "value")) == [
        ("bank_charge_automatic", stands)
    ]
    assert AuditEntry.objects.count() == 0
    change_policy(key, 30, by=None, why="EXCOM 2020, item 4", on=ON)
    assert load_value(find_switch(key)) == 30
