"""Voting in the portal: from the ballot to the receipt, and what no page gives away."""

import re

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.urls import reverse

from events.balloting.calling import Vacancy
from events.balloting.counting import count_electronic
from events.meetings.proxies import give_proxy, revoke_proxy
from events.models import BallotBox, Candidacy, Delegation, Turnout
from tests.events.electing import (
    ASSEMBLY,
    FULL_SINCE,
    add_assembly,
    add_cities,
    call,
    open_ballot,
    stand,
)
from tests.members.portal import acting, said, words_of
from tests.register import add_member
from wego.models import AuditEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_october")]
RECEIPT = re.compile(r"\b[2-9A-Z]{4}(?:-[2-9A-Z]{4}){3}\b")


@pytest.fixture
def in_october():
    with time_machine.travel("2026-10-15T03:00:00+00:00", tick=True):
        yield


@pytest.fixture
def cities():
    return add_cities()


@pytest.fixture
def president(cities):
    return call(add_assembly()).elections.get()


@pytest.fixture
def ballot(president, cities):
    """An open round between Almaty and Seoul, and its address."""
    row, keys, codes = open_ballot(president, "Seoul", "Almaty", cities=cities)
    return row, keys, codes, reverse("elections:vote", args=[row.pk])


def post(client, address, *codes, step):
    return client.post(address, {"ballot": list(codes), "step": step})


def test_a_delegate_votes_on_the_phone_and_gets_a_receipt(client, ballot, cities):
    _row, _keys, codes, address = ballot
    client.force_login(acting(cities["Kathmandu"], "delegate"))
    assert "Vote now" in words_of(client.get(reverse("elections:list")))

    check = post(client, address, codes["Almaty"], step="check")
    assert "Almaty" in words_of(check)
    assert Turnout.objects.count() == 0
    done = post(client, address, codes["Almaty"], step="cast")

    assert RECEIPT.search(words_of(done))
    assert done.headers["Cache-Control"] == "private, no-store"
    assert "Almaty" not in words_of(done)
    assert [str(each) for each in Turnout.objects.all()] == ["Kathmandu"]
    again = post(client, address, codes["Seoul"], step="cast")
    assert "Your city has voted in this round." in words_of(again)
    assert len(BallotBox.objects.get().sealed) == 1
    assert "Your city has voted." in words_of(client.get(reverse("elections:list")))


@pytest.fixture
def proxy(president, cities):
    """Lisbon stays at home and lets Kathmandu vote for it."""
    meeting = president.call.meeting
    giver, holder = (
        Delegation.objects.create(meeting=meeting, member=cities[name], kind="voting")
        for name in ("Lisbon", "Kathmandu")
    )
    return give_proxy(
        giver,
        holder,
        paper="Letter of 1 October",
        given_on=ASSEMBLY,
        voting_on=ASSEMBLY,
        on=ASSEMBLY,
        by=None,
    )


def test_s30_a_city_casts_its_own_ballot_and_the_one_it_holds(client, ballot, proxy, cities):
    row, keys, codes, address = ballot
    client.force_login(acting(cities["Kathmandu"], "delegate"))
    theirs = reverse("elections:vote_for", args=[row.pk, proxy.pk])
    listed = client.get(reverse("elections:list"))
    assert "the vote of Lisbon" in words_of(listed)
    assert theirs in listed.content.decode()

    first = post(client, address, codes["Almaty"], step="cast")
    second = post(client, theirs, codes["Seoul"], step="cast")

    assert RECEIPT.search(words_of(first))[0] != RECEIPT.search(words_of(second))[0]
    assert "Lisbon has voted" in words_of(second)
    assert len(second.content) == 65536
    assert {str(each) for each in Turnout.objects.all()} == {"Kathmandu", "Lisbon"}
    told = AuditEntry.objects.filter(act="round.voted").order_by("pk")
    assert [each.facts for each in told] == [{}, {"proxy": "Kathmandu"}]
    count = count_electronic(row, first_key=keys[0], second_key=keys[1], on=ASSEMBLY, by=None)
    assert count.votes == {codes["Almaty"]: 1, codes["Seoul"]: 1}


def test_s30_who_gave_its_vote_away_casts_none_until_it_takes_it_back(
    client, ballot, proxy, cities
):
    _row, _keys, codes, address = ballot
    client.force_login(acting(cities["Lisbon"], "delegate"))
    assert "given its vote to Kathmandu" in words_of(client.get(reverse("elections:list")))

    refused = post(client, address, codes["Seoul"], step="cast")
    assert "given its vote to Kathmandu" in words_of(refused)
    assert Turnout.objects.count() == 0
    revoke_proxy(proxy, on=ASSEMBLY, by=None)

    assert RECEIPT.search(words_of(post(client, address, codes["Seoul"], step="cast")))


def test_s30_nobody_else_reaches_a_vote_that_was_given(client, ballot, proxy, cities):
    row, _keys, codes, _address = ballot
    theirs = reverse("elections:vote_for", args=[row.pk, proxy.pk])

    for name in ("Lisbon", "Seoul"):
        client.force_login(acting(cities[name], "delegate"))
        assert client.get(theirs).status_code == 404
        assert post(client, theirs, codes["Seoul"], step="cast").status_code == 404

    assert Turnout.objects.count() == 0


def test_the_receipt_finds_the_ballot_among_the_published(client, ballot, cities):
    row, keys, codes, address = ballot
    client.force_login(acting(cities["Kathmandu"], "delegate"))
    receipt = RECEIPT.search(words_of(post(client, address, codes["Almaty"], step="cast")))[0]
    public = reverse("ballots:round", args=[row.pk])
    assert client.get(public).status_code == 404

    count_electronic(row, first_key=keys[0], second_key=keys[1], on=ASSEMBLY, by=None)
    client.logout()

    assert f"{receipt} Almaty" in words_of(client.get(public))
    file = client.get(reverse("ballots:file", args=[row.pk])).json()
    assert file["ballots"] == [{"receipt": receipt, "choices": [codes["Almaty"]]}]


def test_every_answer_is_equally_long_whatever_is_chosen(client, ballot, cities):
    """So that the length of an answer in somebody's log tells nothing."""
    _row, _keys, codes, address = ballot
    client.force_login(acting(cities["Kathmandu"], "delegate"))

    answers = [
        client.get(address),
        post(client, address, codes["Almaty"], step="check"),
        post(client, address, codes["Seoul"], step="check"),
        post(client, address, "", step="check"),
        post(client, address, "nonsense", step="check"),
        post(client, address, codes["Seoul"], step="cast"),
    ]

    assert {len(each.content) for each in answers} == {65536}


def test_a_session_that_ends_keeps_no_vote(client, ballot, cities):
    """What was being sent is kept for after the next sign-in, a vote is not."""
    _row, _keys, codes, address = ballot
    client.force_login(acting(cities["Kathmandu"], "delegate"))
    client.get(reverse("elections:list"))

    with time_machine.travel("2026-10-15T09:00:00+00:00", tick=True):
        post(client, address, codes["Almaty"], step="cast")

    kept = [session.get_decoded() for session in Session.objects.all()]
    assert [typed["fields"] for each in kept if (typed := each.get("typed"))] == [
        [["step", "cast"]]
    ]
    assert Turnout.objects.count() == 0


def test_readers_and_the_finance_contact_do_not_vote(client, ballot, cities):
    _row, _keys, codes, address = ballot
    acting(cities["Kathmandu"], "delegate")
    for role in ("reader", "finance"):
        client.force_login(acting(cities["Kathmandu"], role))
        assert client.get(address).status_code == 403
        refused = post(client, address, codes["Almaty"], step="cast")
        assert refused.status_code == 403
        assert "Bibek Lama" in refused.content.decode()
    assert Turnout.objects.count() == 0


@pytest.mark.parametrize("fields", [{"kind": "company"}, {"status": "associate"}])
def test_others_have_no_ballot(client, ballot, fields):
    _row, _keys, codes, address = ballot
    member = add_member("Danfoss", "DK", on=FULL_SINCE, **fields)
    client.force_login(acting(member, "administrator"))

    client.get(address)
    page = post(client, address, codes["Almaty"], step="cast")

    assert not RECEIPT.search(words_of(page))
    assert Turnout.objects.count() == 0
    assert "no vote" in words_of(client.get(reverse("elections:list")))


def test_a_single_choice_says_even_that_it_is_blank(client, ballot, cities):
    _row, _keys, _codes, address = ballot
    client.force_login(acting(cities["Kathmandu"], "delegate"))

    nothing = client.post(address, {"step": "check"})
    assert nothing.status_code == 422
    assert "Choose one, or the blank ballot." in words_of(nothing)

    assert "A blank ballot" in words_of(post(client, address, "", step="check"))
    assert RECEIPT.search(words_of(post(client, address, "", step="cast")))


def test_nothing_is_chosen_before_the_voter_chooses(client, ballot, cities):
    _row, _keys, codes, address = ballot
    client.force_login(acting(cities["Kathmandu"], "delegate"))

    page = client.get(address).content.decode()
    edited = post(client, address, "", step="edit").content.decode()

    assert "checked" not in page
    assert edited.count("checked") == 1
    assert codes.keys() == {"Seoul", "Almaty"}


def test_too_many_names_are_refused_and_the_choice_is_kept(client, cities):
    election = call(add_assembly(), Vacancy("excom", 2)).elections.get()
    row, _keys, codes = open_ballot(election, "Lisbon", "Abuja", "Cuenca", cities=cities)
    address = reverse("elections:vote", args=[row.pk])
    client.force_login(acting(cities["Kathmandu"], "administrator"))

    page = post(client, address, *codes.values(), step="check")

    assert page.status_code == 422
    assert "Choose at most 2 cities." in words_of(page)
    assert page.content.decode().count(" checked") == 3
    assert RECEIPT.search(words_of(client.post(address, {"step": "cast"})))
    assert Turnout.objects.count() == 1


def test_a17_a_notice_in_the_portal_on_the_last_day_stands(client, president, cities):
    address = reverse("elections:stand", args=[president.pk])
    with time_machine.travel("2026-09-15T14:59:00+00:00", tick=True):
        client.force_login(acting(cities["Lisbon"], "administrator"))
        assert "In time: the last day to stand is 15 Sep 2026." in words_of(client.get(address))
        sent = {"agreed": "on", "statement": "For smart transport"}
        assert said(client.post(address, sent, follow=True)) == [
            "Lisbon stands. The secretariat has your notice."
        ]
    # One minute later it is the 16th in Seoul.
    with time_machine.travel("2026-09-15T15:00:00+00:00", tick=True):
        client.force_login(acting(cities["Abuja"], "administrator"))
        late = client.post(address, {"agreed": "on"}, follow=True)

    assert said(late) == [
        "Your notice is recorded, and it does not stand: Received on 16 Sep 2026: the last day to "
        "stand was 15 Sep 2026. Everything that was invoiced is paid."
    ]
    assert [str(each.member) for each in president.candidacies.standing()] == ["Lisbon"]
    assert Candidacy.objects.get(member=cities["Lisbon"]).came_by == "portal"


def test_a_notice_needs_the_authority_and_keeps_what_was_typed(client, president, cities):
    client.force_login(acting(cities["Kathmandu"], "administrator"))

    page = client.post(
        reverse("elections:stand", args=[president.pk]), {"statement": "For smart transport"}
    )

    assert page.status_code == 422
    assert "Confirm that you may give this notice." in words_of(page)
    assert "For smart transport" in page.content.decode()
    assert Candidacy.objects.count() == 0


def test_only_the_own_candidacy_is_withdrawn(client, president, cities):
    own = stand(president, cities["Kathmandu"])
    other = stand(president, cities["Lisbon"])
    client.force_login(acting(cities["Kathmandu"], "administrator"))

    assert client.post(reverse("elections:withdraw", args=[other.pk])).status_code == 404
    client.post(reverse("elections:withdraw", args=[own.pk]))

    assert [str(each.member) for each in president.candidacies.standing()] == ["Lisbon"]


def test_an_empty_house_says_when_something_will_be_here(client, cities):
    client.force_login(acting(cities["Kathmandu"], "reader"))

    assert "No election is called" in words_of(client.get(reverse("elections:list")))
