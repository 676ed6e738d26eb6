import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from events.hosts import (
    HostChoice,
    Sitting,
    confirmed_host,
    decide_host,
    host_in_force,
    release_host,
)
from events.models import HostDecision
from tests.events.builders import add_bid, add_host_call, add_meeting
from tests.register import add_member
from wego.models import AuditEntry

pytestmark = pytest.mark.django_db
SELECTED_ON, CONFIRMED_ON = dt.date(2026, 1, 28), dt.date(2026, 3, 2)
TODAY = dt.date(2026, 4, 1)
EXCOM = Sitting("excom", SELECTED_ON, "EXCOM 2026, item 8")
ASSEMBLY = Sitting("assembly", CONFIRMED_ON, "Assembly, item 4")


@pytest.fixture
def meeting():
    return add_meeting()


@pytest.fixture
def almaty():
    return add_member("Almaty", "KZ", name_ko="알마티")


def decide(meeting, choice, sitting=EXCOM, **fields):
    return decide_host(meeting, choice, sitting, on=TODAY, by=None, **fields)


def refused(code, meeting, choice, sitting=EXCOM, **fields):
    before = HostDecision.objects.count()
    with pytest.raises(ValidationError) as caught:
        decide(meeting, choice, sitting, **fields)
    assert caught.value.code == code
    assert HostDecision.objects.count() == before
    return " ".join(caught.value.messages)


def test_c16_excom_selects_and_the_assembly_confirms(meeting, almaty):
    bid = add_bid(add_host_call(meeting), almaty)

    first = decide(meeting, HostChoice(bid))
    assert (first.step, first.member, first.bid) == ("selected", almaty, bid)
    assert confirmed_host(meeting) is None

    second = decide(meeting, HostChoice(bid), ASSEMBLY)

    assert (second.step, second.supersedes) == ("confirmed", None)
    assert host_in_force(meeting) == confirmed_host(meeting) == second
    assert host_in_force(meeting, on=dt.date(2026, 2, 1)) == first


def test_r12_an_excom_is_hosted_where_excom_says(almaty):
    excom = add_meeting("excom-2024", "excom", on=dt.date(2026, 9, 19))

    assert decide(excom, HostChoice(member=almaty)).step == "confirmed"


def test_c7_the_host_is_decided_anew_and_the_decision_in_force_moves(meeting, almaty):
    mexico = add_member("Mexico City", "MX", region="americas")
    first = decide(meeting, HostChoice(member=almaty))
    later = Sitting("excom", dt.date(2026, 3, 20), "Written ballot of March")

    said = refused("reason", meeting, HostChoice(member=mexico), later)
    assert "Almaty" in said
    second = decide(meeting, HostChoice(member=mexico), later, reason="Almaty cannot host")

    assert second.supersedes == first
    assert host_in_force(meeting).member == mexico
    assert host_in_force(meeting, on=SELECTED_ON).member == almaty


def test_c7_a_host_is_let_go_and_nobody_is_in_its_place(meeting, almaty):
    first = decide(meeting, HostChoice(member=almaty))
    sitting = Sitting("excom", dt.date(2026, 3, 1), "Letter of the mayor")

    release = release_host(meeting, sitting, reason="Elections", on=TODAY, by=None)

    assert (release.step, release.member, release.supersedes) == ("released", None, first)
    assert host_in_force(meeting) is None
    with pytest.raises(ValidationError, match="Nobody is host"):
        release_host(meeting, sitting, reason="Again", on=TODAY, by=None)


def test_p12_a_local_government_that_is_no_member_can_host(meeting):
    bid = add_bid(add_host_call(meeting), name_en="Astana", country_code="KZ")

    decision = decide(meeting, HostChoice(bid))

    assert (decision.member, decision.city, str(decision.host)) == (None, "Astana", "Astana")


def test_p11_seongnam_is_chosen_by_ballot_between_meetings(secretariat):
    seongnam = add_member("Seongnam", name_ko="성남", on=dt.date(2018, 1, 1))
    excom = add_meeting("excom-2019", "excom", on=dt.date(2019, 11, 15))
    ballot = Sitting("excom", dt.date(2018, 12, 13), "Ballot by e-mail")

    decision = decide_host(
        excom, HostChoice(member=seongnam), ballot, on=dt.date(2018, 12, 14), by=secretariat
    )

    assert (decision.step, decision.resolution) == ("confirmed", None)
    entry = AuditEntry.objects.get(act="host.decided")
    assert (entry.by, entry.file) == (secretariat, f"member:{seongnam.pk}")
    assert entry.facts == {"step": "confirmed", "host": ["", "Seongnam"]}


def test_a_bid_wins_only_when_it_stands_and_no_more_can_come(meeting, almaty):
    call = add_host_call(meeting)
    bid, begun = add_bid(call, almaty), add_bid(call, add_member("Baku", "AZ"), submitted=None)
    early = Sitting("excom", call.deadline_on, "EXCOM")
    elsewhere = add_bid(add_host_call(add_meeting("ga-8")), almaty)

    assert "14 Jan 2026" in refused("open_call", meeting, HostChoice(bid), early)
    assert "Baku" in refused("no_bid", meeting, HostChoice(begun))
    refused("other_meeting", meeting, HostChoice(elsewhere))
    bid.withdrawn_on = dt.date(2026, 1, 12)
    refused("no_bid", meeting, HostChoice(bid))


def test_what_cannot_be_decided_is_refused_and_writes_nothing(meeting, almaty):
    left = add_member("Moscow", "RU", status="withdrawn", region="europe")
    held = add_meeting("ga-6", state="held", on=dt.date(2023, 9, 25))

    refused("host", meeting, HostChoice())
    refused("no_member", meeting, HostChoice(member=left))
    refused("over", held, HostChoice(member=almaty))
    refused("body", meeting, HostChoice(member=almaty), Sitting("board", SELECTED_ON, "x"))
    refused("reference", meeting, HostChoice(member=almaty), Sitting("excom", SELECTED_ON, "  "))
    refused(
        "future", meeting, HostChoice(member=almaty), Sitting("excom", dt.date(2026, 4, 2), "x")
    )
    decide(meeting, HostChoice(member=almaty))
    refused("decided", meeting, HostChoice(member=almaty))
    refused("order", meeting, HostChoice(member=almaty), Sitting("excom", dt.date(2026, 1, 2), "x"))
    assert not AuditEntry.objects.exclude(act="host.decided").exists()


def test_a_decision_on_a_host_never_changes(meeting, almaty):
    decision = decide(meeting, HostChoice(member=almaty))

    with pytest.raises(DatabaseError, match="decide anew"), transaction.atomic():
        HostDecision.objects.filter(pk=decision.pk).update(step="confirmed")
    with pytest.raises(DatabaseError, match="decide anew"), transaction.atomic():
        HostDecision.objects.filter(pk=decision.pk).delete()
