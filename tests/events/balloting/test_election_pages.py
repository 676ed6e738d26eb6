"""Elections as the secretariat works on them, page by page."""

import datetime as dt
import re

import pytest
import time_machine
from django.urls import reverse

from events.balloting.candidacies import file_candidacy
from events.balloting.voters import fix_voters
from events.models import (
    Candidacy,
    CandidacyRuling,
    Election,
    ElectionCall,
    Round,
    Term,
    Turnout,
    Voter,
)
from tests.events.electing import (
    ASSEMBLY,
    CALLED,
    DEADLINE,
    RECORD,
    add_assembly,
    add_cities,
    call,
    name_host,
    stand,
    vote,
)
from tests.members.portal import said, words_of

pytestmark = pytest.mark.django_db
KEY = re.compile(r"\b[2-9A-Z]{4}(?:-[2-9A-Z]{4}){6}\b")
TODAY = dt.datetime(2026, 10, 15, 3, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _in_october():
    with time_machine.travel(TODAY, tick=True):
        yield


@pytest.fixture
def cities():
    return add_cities()


@pytest.fixture
def officer(client, administrator):
    client.force_login(administrator)
    return client


@pytest.fixture
def president(cities):
    return call(add_assembly()).elections.get()


def page(name, *args):
    return reverse(f"admin:events_election_{name}", args=args)


def test_elections_are_called_for_an_assembly(officer, cities):
    meeting = add_assembly()
    assert "7th WeGO General Assembly" in words_of(officer.get(page("call")))
    address = f"{page('call')}?meeting={meeting.pk}"
    sent = {"called_on": "2026-08-03", "record_on": "2026-09-30", "president": "on"}

    refused = officer.post(address, {"called_on": "2026-08-20", "record_on": "2026-09-30"})
    assert refused.status_code == 422
    assert "Choose what is to be elected." in words_of(refused)
    assert ElectionCall.objects.count() == 0
    done = officer.post(address, {**sent, "excom_seats": "14"}, follow=True)

    assert said(done) == ["The elections are called."]
    assert [each.seats for each in Election.objects.order_by("pk")] == [1, 14]


def test_a_letter_of_16_september_is_late_and_admitted_only_with_a_reason(
    officer, president, cities
):
    officer.post(
        page("candidacy", president.pk),
        {"member": cities["Almaty"].pk, "received_on": "2026-09-16"},
    )
    [late] = Candidacy.objects.all()
    shown = words_of(officer.get(page("change", president.pk)))
    assert "Almaty refused Received 16 Sep 2026" in shown

    bare = officer.post(page("admit", late.pk), {"reason": " "})
    assert bare.status_code == 422
    assert CandidacyRuling.objects.count() == 0
    officer.post(page("admit", late.pk), {"reason": "The post was on strike"})

    assert "Almaty stands by exception" in words_of(officer.get(page("change", president.pk)))


def test_an_officer_without_the_right_admits_nobody(client, secretariat, president, cities):
    late = stand(president, cities["Almaty"], dt.date(2026, 9, 16))
    client.force_login(secretariat)

    assert client.get(page("change", president.pk)).status_code == 200
    assert "Admit by exception" not in words_of(client.get(page("change", president.pk)))
    assert client.post(page("admit", late.pk), {"reason": "Please"}).status_code == 403
    assert client.post(page("confirm", president.pk), {}).status_code == 403
    assert CandidacyRuling.objects.count() == 0


def test_from_ballots_to_terms(officer, president, cities):
    for name in ("Almaty", "Seoul"):
        stand(president, cities[name])
    ga8 = add_assembly("ga8", on=dt.date(2029, 9, 1), number=8, state="planned")
    name_host(ga8, cities["Kathmandu"], on=ASSEMBLY)
    assert "Fix the list of voters" in words_of(officer.get(page("change", president.pk)))
    officer.post(page("voters", president.pk))
    assert Voter.objects.filter(may_vote=True).count() == 12
    assert "Every invoice of previous years" in words_of(officer.get(page("list", president.pk)))

    made = officer.post(page("prepare", president.pk), {"manner": "electronic"})
    keys = KEY.findall(words_of(made))
    assert len(keys) == 2
    assert "no-store" in made.headers["Cache-Control"]
    row = Round.objects.get()
    wrong = officer.post(page("open", row.pk), {"first_code": keys[0], "second_code": "ABCD"})
    assert "A sign of key 2 is wrong" in words_of(wrong)
    opened = {"first_code": keys[0].lower(), "second_code": keys[1]}
    assert said(officer.post(page("open", row.pk), opened, follow=True)) == [
        "Voting is open: cities vote in their portal."
    ]
    row.refresh_from_db()
    codes = {str(each): each.code for each in row.candidates.all()}
    chosen = [codes["Almaty"]] * 7 + [codes["Seoul"]] * 5
    vote(row, {city: [code] for city, code in zip(cities.values(), chosen, strict=True)})
    assert "12 of 12 cities have voted." in words_of(officer.get(page("change", president.pk)))

    officer.post(page("count", row.pk), opened)
    shown = words_of(officer.get(page("change", president.pk)))
    assert "Almaty 7 Seoul 5" in shown
    assert "Elected: Almaty" in shown
    turnout = words_of(officer.get(page("turnout", row.pk)))
    assert "are those that were counted" in turnout
    sent = {"starts_on": "2026-10-15", "ends_on": "2028-12-31", "label": "7th term"}
    done = officer.post(page("confirm", president.pk), sent, follow=True)

    assert said(done) == ["The result is confirmed: the terms hold."]
    assert [(term.office, term.who) for term in Term.objects.order_by("pk")] == [
        ("president", "Almaty"),
        ("executive", "Kathmandu"),
    ]
    board = words_of(officer.get(reverse("admin:events_term_changelist")))
    assert "President City 7th term Almaty" in board
    assert "Executive Vice President City Kathmandu" in board


def test_a_paper_count_that_does_not_add_up_is_said_and_kept(officer, president, cities):
    for name in ("Almaty", "Seoul"):
        stand(president, cities[name])
    fix_voters(president.call, on=RECORD, by=None)
    officer.post(page("prepare", president.pk), {"manner": "paper"})
    row = Round.objects.get()
    officer.post(page("open", row.pk))
    sent = {"cast": "12", "blank": "0", "invalid": "0", "votes_01": "7", "votes_02": "4"}

    refused = officer.post(page("count", row.pk), sent)
    assert refused.status_code == 422
    assert "The votes do not add up" in words_of(refused)
    assert 'value="7"' in refused.content.decode()
    officer.post(page("count", row.pk), {**sent, "votes_02": "5"})

    assert "Elected: Almaty" in words_of(officer.get(page("change", president.pk)))


def test_keys_typed_into_an_old_session_are_kept_nowhere(officer, president, cities):
    """A fresh sign-in is asked for before the form, and nothing is stored on the way."""
    stand(president, cities["Almaty"])
    fix_voters(president.call, on=RECORD, by=None)
    made = officer.post(page("prepare", president.pk), {"manner": "electronic"})
    keys = KEY.findall(words_of(made))
    row = Round.objects.get()

    with time_machine.travel(TODAY + dt.timedelta(minutes=40), tick=True):
        answer = officer.post(page("open", row.pk), {"first_code": keys[0], "second_code": keys[1]})
        kept = str(dict(officer.session.items()))

    assert answer.status_code == 302
    assert keys[0] not in kept
    row.refresh_from_db()
    assert row.state == "prepared"


def test_voiding_says_why_and_withdrawing_is_one_button(officer, president, cities):
    candidacy = stand(president, cities["Almaty"])
    officer.post(page("withdraw", candidacy.pk))
    assert president.candidacies.standing().count() == 0
    file_candidacy(
        president, cities["Seoul"], received_on=DEADLINE, came_by="letter", on=DEADLINE, by=None
    )
    fix_voters(president.call, on=RECORD, by=None)
    officer.post(page("prepare", president.pk), {"manner": "electronic"})
    row = Round.objects.get()

    assert officer.post(page("void", row.pk), {"reason": ""}).status_code == 422
    officer.post(page("void", row.pk), {"reason": "A key was lost"})

    row.refresh_from_db()
    assert row.state == "void"
    assert "A key was lost" in words_of(officer.get(page("change", president.pk)))
    assert Turnout.objects.count() == 0


def test_an_empty_list_begins_with_the_call(officer):
    assert "Elections begin with a call" in words_of(officer.get(page("changelist")))
    assert "No Assembly waits for a call" in words_of(officer.get(page("call")))


def test_dates_of_a_postponed_assembly_without_a_day(officer, president):
    president.call.meeting.stages.create(state="postponed")

    shown = words_of(officer.get(page("change", president.pk)))

    assert "no day set" in shown
    assert str(CALLED.year) in shown
