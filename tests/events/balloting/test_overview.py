"""Pages of elections cost as many questions to the database however much was elected."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.balloting.of_member import elections_of, open_ballots
from events.balloting.overview import read_all, read_progress
from events.balloting.voters import fix_voters
from events.models import Election, Round, RoundCandidate, RoundCount
from tests.events.electing import ASSEMBLY, add_assembly, add_cities, call, stand
from tests.members.portal import acting, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_october():
    with time_machine.travel("2026-10-15T03:00:00+00:00", tick=True):
        yield


@pytest.fixture
def cities():
    return add_cities(4)


def add_election(cities, number):
    """A call with two who stand, the list of voters fixed."""
    election = call(add_assembly(f"ga{number}", number=number)).elections.get()
    for name in ("Seoul", "Almaty"):
        stand(election, cities[name])
    fix_voters(election.call, on=ASSEMBLY, by=None)
    return election


def add_round(election, number, votes=(2, 2), state="counted"):
    """A round between the two; the default is a tie."""
    row = Round.objects.create(
        election=election, number=number, manner="electronic", seats=1, public_key="00", state=state
    )
    for code, candidacy in enumerate(election.candidacies.order_by("pk"), 1):
        RoundCandidate.objects.create(round=row, candidacy=candidacy, code=f"0{code}")
    if state == "counted":
        RoundCount.objects.create(
            round=row,
            counted_on=ASSEMBLY,
            voters=4,
            cast=4,
            votes={"01": votes[0], "02": votes[1]},
            majority="simple",
            commitment="00",
        )
    return row


def count_queries(ask):
    with CaptureQueriesContext(connection) as queries:
        ask()
    return len(queries)


def test_the_portals_list_asks_as_much_for_one_election_as_for_six(client, cities):
    election = add_election(cities, 1)
    add_round(election, 1, (3, 1))
    client.force_login(acting(cities["Seoul"], "administrator"))
    address = reverse("elections:list")
    client.get(address)
    once = count_queries(lambda: client.get(address))
    for number in range(2, 7):
        more = add_election(cities, number)
        for place in (1, 2, 3):
            add_round(more, place)

    assert count_queries(lambda: client.get(address)) == once
    page = words_of(client.get(address))
    assert page.count("Assembly, 15 Oct 2026") == 6
    assert page.count("Published ballots of round 3") == 5


def test_the_page_of_an_election_asks_as_much_for_one_round_as_for_five(
    client, administrator, cities
):
    election = add_election(cities, 1)
    add_round(election, 1)
    client.force_login(administrator)
    address = reverse("admin:events_election_change", args=[election.pk])
    client.get(address)
    once = count_queries(lambda: client.get(address))
    for number in (2, 3, 4):
        add_round(election, number)
    add_round(election, 5, (3, 1))

    assert count_queries(lambda: client.get(address)) == once
    page = words_of(client.get(address))
    assert "Round 5" in page
    assert "Elected: Seoul" in page
    assert page.count("Tied:") == 4


def test_reading_many_elections_keeps_each_ones_things_apart(cities):
    first, second = add_election(cities, 1), add_election(cities, 2)
    stand(second, cities["Kathmandu"])
    add_round(first, 1, (1, 3))
    add_round(second, 1)
    add_round(second, 2, state="open")

    one, two = read_all(list(Election.objects.order_by("pk")), ASSEMBLY)

    assert (one, two) == (read_progress(first, ASSEMBLY), read_progress(second, ASSEMBLY))
    assert [str(each.member) for each in one.elected] == ["Almaty"]
    assert [str(each.member) for each in two.elected] == []
    assert [str(each.member) for each in one.standing] == ["Seoul", "Almaty"]
    assert (one.left, two.left) == (0, 1)
    assert (one.voters, one.may_vote) == (4, 4)
    assert [row.number for row in two.rounds] == [1, 2]
    assert two.under_way.number == 2
    assert read_all([], ASSEMBLY) == []


def test_an_election_of_an_assembly_without_a_day_has_none(cities):
    election = add_election(cities, 1)
    election.call.meeting.stages.create(state="postponed")

    progress = read_progress(election, ASSEMBLY)

    assert (progress.day, progress.deadline, progress.is_open) == (None, None, False)


def test_open_ballots_and_elections_of_a_city_are_read_at_once(cities, django_assert_num_queries):
    for number in range(1, 4):
        add_round(add_election(cities, number), 1, state="open")

    with django_assert_num_queries(4):
        ballots = open_ballots(cities["Kathmandu"])
    with django_assert_num_queries(10):
        assert len(elections_of(cities["Kathmandu"], ASSEMBLY)) == 3

    assert [each.may_vote for each in ballots] == [True, True, True]
