"""A confirmed result: terms begin, those before end, the Executive Vice President follows."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from events.balloting.box import prepare_round
from events.balloting.calling import Vacancy
from events.balloting.candidacies import admit_candidacy
from events.balloting.counting import count_electronic
from events.balloting.results import confirm_election
from events.models import ElectionConfirmation, Term, TermEnd
from events.offices.executive import executive_on
from events.offices.terms import held_until
from events.seats import excom_voters_on, seats_on
from tests.events.electing import (
    ASSEMBLY,
    DEADLINE,
    ENDS,
    FULL_SINCE,
    add_assembly,
    add_cities,
    call,
    name_host,
    open_ballot,
    stand,
    vote,
)
from tests.register import add_member
from wego.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def cities():
    return add_cities()


def elect(election, chosen, *, cities, also=()):
    """Vote and count one electronic round: candidates by name, ballots as names for each city."""
    row, keys, codes = open_ballot(election, *also, cities=cities)
    ballots = [[codes[name] for name in names] for names in chosen]
    vote(row, dict(zip(cities.values(), ballots, strict=False)))
    return count_electronic(row, first_key=keys[0], second_key=keys[1], on=ASSEMBLY, by=None)


def confirm(election, **facts):
    facts = {"starts_on": ASSEMBLY, "ends_on": ENDS, "label": "7th term"} | facts
    return confirm_election(election, on=ASSEMBLY, by=None, **facts)


def hold(office, member, *, until="2026-12-31", since="2023-09-25"):
    return Term.objects.create(
        office=office, member=member, starts_on=since, ends_on=until, basis="recorded"
    )


def test_r15_r17_the_president_elected_holds_the_office_and_the_one_before_no_more(cities):
    before = hold("president", cities["Seoul"])
    election = call(add_assembly()).elections.get()
    elect(election, [["Almaty"]] * 7 + [["Seoul"]] * 5, cities=cities, also=("Almaty", "Seoul"))

    [term] = confirm(election)

    assert (term.member, term.office, term.basis, term.label) == (
        cities["Almaty"],
        "president",
        "elected",
        "7th term",
    )
    assert (term.starts_on, term.ends_on) == (ASSEMBLY, ENDS)
    assert held_until(Term.objects.get(pk=before.pk)) == dt.date(2026, 10, 14)
    assert before.ending.reason == "7th WeGO General Assembly: elected anew."
    assert [str(seat.member) for seat in seats_on(ASSEMBLY)] == ["Almaty"]
    assert AuditEntry.objects.filter(act="election.confirmed").get().facts == {
        "elected": ["Almaty"]
    }


def test_p3_the_executive_vice_president_follows_the_host_decided_on(cities):
    election = call(add_assembly()).elections.get()
    ga8 = add_assembly("ga8", on=dt.date(2029, 9, 1), number=8, state="planned")
    name_host(ga8, cities["Kathmandu"], on=ASSEMBLY)
    elect(election, [["Almaty"]] * 12, cities=cities, also=("Almaty",))

    confirm(election)

    assert executive_on(ASSEMBLY).member == cities["Kathmandu"]
    assert [str(seat.member) for seat in seats_on(ASSEMBLY)] == ["Almaty", "Kathmandu"]


def test_p1_the_excom_is_elected_anew_or_only_its_free_seats(cities):
    old = hold("excom", cities["Bogota"])
    anew = call(add_assembly(), Vacancy("excom", 2)).elections.get()
    elect(anew, [["Lisbon", "Abuja"]] * 8, cities=cities, also=("Lisbon", "Abuja", "Cuenca"))
    confirm(anew)
    assert held_until(Term.objects.get(pk=old.pk)) == dt.date(2026, 10, 14)

    day = dt.date(2027, 5, 20)
    extra = call(
        add_assembly("extra", on=day, number=8),
        Vacancy("excom", 1, replaces_running=False),
        called_on=dt.date(2027, 1, 4),
        record_on=dt.date(2027, 5, 1),
    ).elections.get()
    stand(extra, cities["Cuenca"], dt.date(2027, 4, 1))
    row, keys, codes = open_ballot(extra, cities=cities, on=day)
    vote(row, {city: [codes["Cuenca"]] for city in list(cities.values())[:7]})
    count_electronic(row, first_key=keys[0], second_key=keys[1], on=day, by=None)
    confirm_election(extra, starts_on=day, ends_on=ENDS, on=day, by=None)

    assert [str(each) for each in excom_voters_on(day)] == ["Abuja", "Cuenca", "Lisbon"]


def test_a_tie_leaves_the_seat_open_until_it_is_voted_or_left_free(cities):
    election = call(add_assembly(), Vacancy("excom", 2)).elections.get()
    elect(
        election,
        [["Lisbon"]] * 6 + [["Abuja"]] * 3 + [["Cuenca"]] * 3,
        cities=cities,
        also=("Lisbon", "Abuja", "Cuenca"),
    )

    with pytest.raises(ValidationError) as refusal:
        confirm(election)

    assert refusal.value.code == "free"
    assert (Term.objects.count(), ElectionConfirmation.objects.count()) == (0, 0)
    assert [term.who for term in confirm(election, leaves_free=True)] == ["Lisbon"]


@pytest.mark.parametrize("stage", ["nothing", "under way", "nobody", "again"])
def test_only_a_counted_result_is_confirmed_and_once(cities, stage):
    election = call(add_assembly()).elections.get()
    expected = {"nothing": "not_counted", "under way": "under_way", "nobody": "nobody"}
    if stage == "under way":
        open_ballot(election, "Seoul", cities=cities)
    if stage == "nobody":
        elect(election, [[]] * 12, cities=cities, also=("Seoul",))
    if stage == "again":
        elect(election, [["Seoul"]] * 12, cities=cities, also=("Seoul",))
        confirm(election)
    before = Term.objects.count()

    with pytest.raises(ValidationError) as refusal:
        confirm(election)

    assert refusal.value.code == expected.get(stage, "confirmed")
    assert Term.objects.count() == before


def test_x14_elected_cities_beyond_twenty_need_a_written_reason(cities):
    for number in range(10):
        hold("vice", add_member(f"Ward {number}", on=FULL_SINCE), until="2028-12-31")
    names = [name for name in cities if name != "Seoul"]
    election = call(add_assembly(), Vacancy("excom", 11)).elections.get()
    elect(election, [names] * 12, cities=cities, also=names)

    with pytest.raises(ValidationError) as refusal:
        confirm(election)
    assert refusal.value.code == "seats"
    assert "21 cities" in refusal.value.message
    assert Term.objects.filter(office="excom").count() == 0
    assert TermEnd.objects.count() == 0

    confirm(election, override_reason="Resolution 12 of the Assembly")
    assert len(seats_on(ASSEMBLY)) == 21


def test_x15_r20_an_associate_is_elected_by_the_reason_its_candidacy_was_admitted_with(cities):
    goyang = add_member("Goyang", status="associate", on=FULL_SINCE)
    election = call(add_assembly(), Vacancy("excom", 1)).elections.get()
    candidacy = stand(election, goyang)
    admit_candidacy(candidacy, reason="Registered full here", on=DEADLINE, by=None)
    elect(election, [["Goyang"]] * 12, cities=cities)

    [term] = confirm(election)

    assert (term.member, term.override_reason) == (goyang, "Registered full here")
    assert [seat.votes for seat in seats_on(ASSEMBLY)] == [False]


def test_after_the_result_no_round_is_prepared(cities):
    election = call(add_assembly()).elections.get()
    elect(election, [["Seoul"]] * 12, cities=cities, also=("Seoul",))
    confirm(election)

    with pytest.raises(ValidationError, match="The result is confirmed"):
        prepare_round(election, manner="paper", on=ASSEMBLY, by=None)


def test_s28_a_round_without_quorum_elects_nobody_and_changes_nothing(cities):
    before = hold("president", cities["Seoul"])
    election = call(add_assembly()).elections.get()
    elect(election, [["Almaty"]] * 6, cities=cities, also=("Almaty",))

    with pytest.raises(ValidationError) as refusal:
        confirm(election)

    assert refusal.value.message == (
        "Round 1 had no quorum: 6 cities voted, 7 were needed (S28). Nothing takes effect."
    )
    assert list(Term.objects.all()) == [before]
    assert TermEnd.objects.count() == 0
