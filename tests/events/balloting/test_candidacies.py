"""Candidacies for the Assembly of 15 October 2026: in time, eligible, frozen, excepted."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from dues.invoicing import issue_dues
from events.balloting.box import prepare_round
from events.balloting.calling import Vacancy, call_elections, deadline_of
from events.balloting.candidacies import admit_candidacy, withdraw_candidacy
from events.balloting.voters import fix_voters
from events.models import Candidacy, CandidacyRuling, Election, ElectionCall, MeetingStage
from tests.events.electing import (
    ASSEMBLY,
    CALLED,
    DEADLINE,
    FULL_SINCE,
    RECORD,
    add_assembly,
    add_cities,
    call,
    stand,
)
from tests.members.bodies import decide
from tests.register import add_figure, add_gdp, add_member
from wego.models import AuditEntry
from wego.policies import change_policy

LATE = dt.date(2026, 9, 16)
pytestmark = pytest.mark.django_db


@pytest.fixture
def president():
    return call(add_assembly()).elections.get()


@pytest.fixture
def lisbon():
    member = add_member("Lisbon", "PT", region="europe", on=FULL_SINCE)
    add_figure(member, 545_796, year=2026)
    add_gdp("PT", "42300", year=2026)
    return member


def standing(election):
    return [each.member.name_en for each in election.candidacies.standing()]


def test_r15_the_assembly_elects_president_and_excom_cities():
    made = call(add_assembly(), Vacancy("president", 1), Vacancy("excom", 14))

    assert [(each.office, each.seats) for each in made.elections.order_by("pk")] == [
        ("president", 1),
        ("excom", 14),
    ]
    assert deadline_of(made) == DEADLINE


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"called_on": dt.date(2026, 8, 17)}, "notice"),
        ({"record_on": dt.date(2026, 10, 16)}, "record"),
        ({"record_on": dt.date(2026, 8, 2)}, "record"),
        ({"on": dt.date(2026, 8, 2)}, "future"),
        ({"vacancies": []}, "offices"),
        ({"vacancies": [Vacancy("vice", 5)]}, "offices"),
        ({"vacancies": [Vacancy("excom", 1), Vacancy("excom", 2)]}, "offices"),
        ({"vacancies": [Vacancy("president", 2)]}, "seats"),
        ({"vacancies": [Vacancy("excom", 0)]}, "seats"),
    ],
)
def test_a_call_has_its_notice_its_offices_and_its_days(facts, code):
    meeting = add_assembly()
    sound = {
        "vacancies": [Vacancy("president", 1)],
        "called_on": CALLED,
        "record_on": RECORD,
        "on": dt.date(2026, 8, 17),
    } | facts

    with pytest.raises(ValidationError) as refusal:
        call_elections(meeting, sound.pop("vacancies"), by=None, **sound)

    assert refusal.value.code == code
    assert (ElectionCall.objects.count(), Election.objects.count()) == (0, 0)


def test_elections_called_sixty_days_before_need_no_reason_and_later_ones_do():
    call(add_assembly("a", number=1), called_on=dt.date(2026, 8, 16))
    late = call(
        add_assembly("b", number=2), called_on=dt.date(2026, 8, 17), notice_reason="Host changed"
    )

    assert late.notice_reason == "Host changed"


@pytest.mark.parametrize(
    ("meeting", "code"),
    [
        ({"body": "excom"}, "body"),
        ({"state": "held"}, "over"),
        ({"on": None}, "no_day"),
        ({"precision": "month"}, "no_day"),
    ],
)
def test_only_an_assembly_to_come_with_its_day_is_called(meeting, code):
    with pytest.raises(ValidationError) as refusal:
        call(add_assembly(**meeting))

    assert refusal.value.code == code


def test_an_assembly_is_called_once(president):
    with pytest.raises(ValidationError, match="called already"):
        call(president.call.meeting)


def test_a17_a_notice_on_the_last_day_stands_and_one_a_day_later_does_not(president):
    cities = add_cities(3)

    first = stand(president, cities["Seoul"], DEADLINE)
    second = stand(president, cities["Almaty"], LATE)

    assert (first.is_late, first.is_eligible) == (False, True)
    assert (second.is_late, second.is_eligible) == (True, True)
    assert second.reason_en == (
        "Received on 16 Sep 2026: the last day to stand was 15 Sep 2026. Everything that was "
        "invoiced is paid."
    )
    assert "2026. 9. 15." in second.reason_ko
    assert standing(president) == ["Seoul"]


def test_a17_the_deadline_moves_with_the_assembly(president):
    day = dt.date(2027, 3, 31)
    MeetingStage.objects.create(
        meeting=president.call.meeting, state="postponed", starts_on=day, ends_on=day
    )

    late = stand(president, add_member("Seoul", on=FULL_SINCE), dt.date(2027, 2, 28))

    assert (late.deadline_on, late.is_late) == (dt.date(2027, 2, 28), False)


def test_a18_an_open_balance_is_refused_and_names_the_invoice(president, lisbon):
    issue_dues(2026, by=None)

    refused = stand(president, lisbon)

    assert (refused.is_late, refused.is_eligible) == (False, False)
    assert refused.reason_en == "Fees not fully paid: WEGO-2026-0001 (USD 6,500.00)."
    assert refused.invoices == [{"number": "WEGO-2026-0001", "open_cents": 650_000}]
    assert standing(president) == []
    assert AuditEntry.objects.order_by("pk").last().facts["eligible"] is False


def test_a18_paid_before_the_deadline_the_city_gives_notice_again_and_stands(president, lisbon):
    issue_dues(2026, by=None)
    refused = stand(president, lisbon, dt.date(2026, 9, 1))
    decide((lisbon, "waive", "Earthquake of 2026"), on=dt.date(2026, 9, 10))

    second = stand(president, lisbon)

    assert second.is_eligible
    assert standing(president) == ["Lisbon"]
    # What was found on the day of the first notice stays as it was.
    refused.refresh_from_db()
    assert not refused.is_eligible
    assert "WEGO-2026-0001" in refused.reason_en


def test_what_was_found_is_frozen_when_an_invoice_comes_later(president, lisbon):
    candidacy = stand(president, lisbon)
    issue_dues(2026, by=None)

    candidacy.refresh_from_db()
    assert candidacy.is_eligible
    assert standing(president) == ["Lisbon"]
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE events_candidacy SET is_eligible = true")


@pytest.mark.parametrize("reason", ["", "   "])
def test_r20_no_exception_without_a_written_reason(president, reason):
    late = stand(president, add_member("Almaty", "KZ", on=FULL_SINCE), LATE)

    with pytest.raises(ValidationError, match="Give the reason in writing"):
        admit_candidacy(late, reason=reason, on=LATE, by=None)

    assert CandidacyRuling.objects.count() == 0
    assert standing(president) == []


def test_r20_x15_an_associate_stands_by_exception_with_its_reason_kept(president, administrator):
    """Goyang was elected to the EXCOM while it was an associate."""
    goyang = add_member("Goyang", status="associate", on=dt.date(2026, 1, 1))
    candidacy = stand(president, goyang)
    assert candidacy.reason_en == ("Goyang is Associate: only full member cities stand for office.")

    admit_candidacy(candidacy, reason="Registered full at this Assembly", on=LATE, by=administrator)

    assert standing(president) == ["Goyang"]
    entry = AuditEntry.objects.order_by("pk").last()
    assert (entry.act, entry.why, entry.by) == (
        "candidacy.admitted",
        "Registered full at this Assembly",
        administrator,
    )


def test_s34_with_the_other_answer_an_associate_has_no_exception(president, administrator):
    change_policy("associate_seats", "never", by=administrator, why="Statute", on=CALLED)
    candidacy = stand(president, add_member("Goyang", status="associate", on=FULL_SINCE))

    with pytest.raises(ValidationError, match="No exception is possible"):
        admit_candidacy(candidacy, reason="They asked", on=LATE, by=administrator)


@pytest.mark.parametrize("fields", [{"kind": "company"}, {"status": "withdrawn"}])
def test_companies_and_former_members_never_stand(president, fields):
    candidacy = stand(president, add_member("Danfoss", "DK", on=FULL_SINCE, **fields))

    with pytest.raises(ValidationError, match="No exception is possible"):
        admit_candidacy(candidacy, reason="They asked", on=LATE, by=None)
    assert standing(president) == []


@pytest.mark.parametrize(
    ("received_on", "recorded_on", "code"),
    [
        (dt.date(2026, 8, 2), dt.date(2026, 8, 2), "before_call"),
        (dt.date(2026, 9, 2), dt.date(2026, 9, 1), "future"),
    ],
)
def test_a_notice_came_after_the_call_and_not_tomorrow(president, received_on, recorded_on, code):
    seoul = add_member("Seoul", on=FULL_SINCE)

    with pytest.raises(ValidationError) as refusal:
        stand(president, seoul, received_on, recorded_on=recorded_on)

    assert refusal.value.code == code
    assert Candidacy.objects.count() == 0


def test_a_city_stands_once_until_it_withdraws(president):
    seoul = add_member("Seoul", on=FULL_SINCE)
    first = stand(president, seoul)
    with pytest.raises(ValidationError, match="Seoul stands already"):
        stand(president, seoul)

    withdraw_candidacy(first, on=DEADLINE, by=None)
    assert standing(president) == []
    with pytest.raises(ValidationError, match="was withdrawn"):
        withdraw_candidacy(first, on=DEADLINE, by=None)
    with pytest.raises(ValidationError, match="was withdrawn"):
        admit_candidacy(first, reason="Came back", on=DEADLINE, by=None)

    stand(president, seoul)
    assert standing(president) == ["Seoul"]


def test_nothing_changes_once_the_ballots_are_made(president):
    cities = add_cities(3)
    candidacy = stand(president, cities["Seoul"])
    late = stand(president, cities["Almaty"], LATE)
    fix_voters(president.call, on=RECORD, by=None)
    prepare_round(president, manner="paper", on=ASSEMBLY, by=None)

    for act in (
        lambda: withdraw_candidacy(candidacy, on=ASSEMBLY, by=None),
        lambda: admit_candidacy(late, reason="Late post", on=ASSEMBLY, by=None),
        lambda: stand(president, cities["Kathmandu"], ASSEMBLY),
    ):
        with pytest.raises(ValidationError, match="The ballots are made"):
            act()
    assert standing(president) == ["Seoul"]
