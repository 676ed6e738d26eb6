"""The list of voters, fixed at the record date."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from dues.invoicing import issue_dues
from events.balloting.voters import fix_voters
from events.models import Voter
from tests.events.electing import FULL_SINCE, RECORD, add_assembly, call
from tests.members.bodies import decide
from tests.register import add_figure, add_gdp, add_member

pytestmark = pytest.mark.django_db


def fixed(**facts):
    made = call(add_assembly())
    fix_voters(made, on=RECORD, by=None, **facts)
    return {line.member.name_en: line for line in made.voters.select_related("member")}


def test_s10_s27_full_member_cities_that_have_paid_vote_and_each_line_says_why():
    add_member("Seoul", on=FULL_SINCE)
    lisbon = add_member("Lisbon", "PT", region="europe", on=FULL_SINCE)
    add_figure(lisbon, 545_796, year=2025)
    add_gdp("PT", "42300", year=2025)
    issue_dues(2025, by=None)
    add_member("Goyang", status="associate", on=FULL_SINCE)
    add_member("Danfoss", "DK", kind="company", on=FULL_SINCE)
    add_member("Porto", "PT", region="europe", status="withdrawn", on=FULL_SINCE)

    lines = fixed()

    assert {name: line.may_vote for name, line in lines.items()} == {"Lisbon": False, "Seoul": True}
    assert lines["Lisbon"].why_en == ("Not paid of previous years: WEGO-2025-0001 (USD 6,500.00).")
    assert lines["Seoul"].why_en == "Every invoice of previous years is paid."
    assert lines["Seoul"].why_ko != lines["Seoul"].why_en


def test_the_list_stays_as_it_was_fixed():
    add_member("Seoul", on=FULL_SINCE)
    lisbon = add_member("Lisbon", "PT", region="europe", on=FULL_SINCE)
    add_figure(lisbon, 545_796, year=2025)
    add_gdp("PT", "42300", year=2025)
    issue_dues(2025, by=None)
    fixed()
    decide((lisbon, "waive", "Earthquake"), on=dt.date(2026, 10, 1))

    assert not Voter.objects.get(member=lisbon).may_vote
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE events_voter SET may_vote = true")


def test_it_is_fixed_from_the_record_date_on_and_once():
    add_member("Seoul", on=FULL_SINCE)
    made = call(add_assembly())
    with pytest.raises(ValidationError, match="The record date is 30 Sep 2026"):
        fix_voters(made, on=dt.date(2026, 9, 29), by=None)
    assert Voter.objects.count() == 0

    assert fix_voters(made, on=RECORD, by=None) == 1
    with pytest.raises(ValidationError, match="is fixed"):
        fix_voters(made, on=RECORD, by=None)


def test_a_list_of_nobody_is_refused():
    with pytest.raises(ValidationError, match="No city may vote"):
        fixed()
