import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from events.confirming import EFFECTS
from events.filling import fill_agenda
from events.hosting.effects import propose_host
from events.hosting.scores import add_scorer, record_scores
from events.hosts import HostChoice, host_in_force
from events.models import AgendaItem, HostDecision, Resolution, ResolutionLine
from tests.events.builders import add_bid, add_host_call, add_meeting
from tests.register import add_member

pytestmark = pytest.mark.django_db
SAT_ON = dt.date(2026, 1, 28)
CONFIRMED_ON = dt.date(2026, 1, 29)


@pytest.fixture
def assembly():
    return add_meeting()


@pytest.fixture
def almaty():
    return add_member("Almaty", "KZ")


def item_of(body="excom", kind="hosts"):
    meeting = add_meeting(f"{body}-sitting", body, on=SAT_ON, state="held")
    return AgendaItem.objects.create(meeting=meeting, position=4, kind=kind, title_en="Hosts")


def resolve(item, verdict="approve", *, lines=(), day=SAT_ON, **fields):
    resolution = Resolution.objects.create(
        item=item,
        verdict=verdict,
        manner="unanimous",
        resolved_on=day,
        effective_on=day,
        reference=f"{item.meeting.code}, item 4",
        **fields,
    )
    for line in lines:
        ResolutionLine.objects.create(resolution=resolution, **line)
    EFFECTS["hosts"](resolution, on=max(day, CONFIRMED_ON), by=None)
    return resolution


def test_c16_approval_by_excom_selects_the_city_that_the_item_proposes(assembly, almaty):
    bid, item = add_bid(add_host_call(assembly), almaty), item_of()
    propose_host(item, assembly, HostChoice(bid), by=None)

    resolution = resolve(item)

    made = HostDecision.objects.get()
    assert (made.step, made.member, made.bid, made.resolution) == (
        "selected",
        almaty,
        bid,
        resolution,
    )
    assert (made.decided_on, made.reference) == (SAT_ON, "excom-sitting, item 4")


def test_c16_the_assembly_confirms_by_a_line_of_its_resolution(assembly, almaty):
    item = item_of("assembly")
    propose_host(item, assembly, by=None)

    resolve(item, lines=[{"member": almaty, "outcome": "confirm"}])

    assert host_in_force(assembly).step == "confirmed"


def test_p12_a_line_names_a_local_government_that_bid(assembly):
    add_bid(add_host_call(assembly), name_en="Astana", country_code="KZ")
    item = item_of()
    propose_host(item, assembly, by=None)

    resolve(item, lines=[{"about": "astana", "outcome": "select"}])

    assert host_in_force(assembly).city == "Astana"
    with pytest.raises(ValidationError, match="No local government called Atlantis"):
        resolve(item, lines=[{"about": "Atlantis", "outcome": "select"}])


@pytest.mark.parametrize("verdict", ["reject", "defer", "note"])
def test_what_is_not_approved_has_no_effect(assembly, almaty, verdict):
    item = item_of()
    propose_host(item, assembly, HostChoice(member=almaty), by=None)

    resolve(item, verdict)

    assert not HostDecision.objects.exists()


def test_an_approval_that_leaves_the_city_open_is_refused(assembly):
    item = item_of()
    propose_host(item, assembly, by=None)

    with pytest.raises(ValidationError, match="Say which city"):
        resolve(item)


def test_c7_a_correction_names_another_host_or_takes_the_first_back(assembly, almaty):
    mexico = add_member("Mexico City", "MX")
    item = item_of()
    propose_host(item, assembly, HostChoice(member=almaty), by=None)
    first = resolve(item)

    second = resolve(item, lines=[{"member": mexico, "outcome": "select"}], corrects=first)
    assert host_in_force(assembly).member == mexico

    resolve(item, "reject", corrects=second, note="The vote was counted wrongly")
    last = HostDecision.objects.latest("pk")
    assert (last.step, last.reason) == ("released", "The vote was counted wrongly")
    assert host_in_force(assembly) is None


def test_a_host_is_proposed_only_under_hosts_and_with_a_bid_of_that_meeting(assembly, almaty):
    elsewhere = add_bid(add_host_call(add_meeting("ga-8")), almaty)

    with pytest.raises(ValidationError, match="an item on the next hosts"):
        propose_host(item_of(kind="budget"), assembly, by=None)
    with pytest.raises(ValidationError, match="another meeting"):
        propose_host(item_of("assembly"), assembly, HostChoice(elsewhere), by=None)


def test_the_agenda_names_the_bids_that_wait_with_their_points(assembly, almaty):
    call = add_host_call(assembly)
    venue = call.criteria.create(position=1, name_en="Venue", weight=1)
    bid = add_bid(call, almaty)
    scorer = add_scorer(call, "Kim", by=None)
    record_scores(scorer, {(bid.pk, venue.pk): 8}, on=SAT_ON, by=None)
    item = item_of()

    filling = fill_agenda(item.meeting, ["hosts"], on=SAT_ON)["hosts"]
    assert filling.sentence == "1 bid to host waits for a decision."
    assert list(filling.rows) == [("Almaty, Kazakhstan", "7th General Assembly, 80.0 points")]

    propose_host(item, assembly, HostChoice(bid), by=None)
    resolve(item)
    after = fill_agenda(item.meeting, ["hosts"], on=SAT_ON)["hosts"]
    assert (after.sentence, list(after.rows)) == ("No bid to host waits for a decision.", [])
