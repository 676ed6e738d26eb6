import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from events.hosting.calls import (
    CallState,
    Criterion,
    Terms,
    extend_call,
    open_calls,
    publish_call,
    state_of,
    withdraw_call,
)
from events.hosts import HostChoice, Sitting, decide_host
from events.models import HostCall
from tests.events.builders import add_bid, add_host_call, add_meeting
from tests.register import add_member
from wego.models import AuditEntry

pytestmark = pytest.mark.django_db
TODAY = dt.date(2025, 12, 8)
TERMS = Terms(
    published_on=TODAY,
    interest_by=dt.date(2025, 12, 22),
    deadline_on=dt.date(2026, 1, 14),
    announced_on=dt.date(2026, 1, 30),
    terms_en="A hall for 300, interpretation, hotels near by.",
)
CRITERIA = [Criterion("Venue", "회의장", 3), Criterion("Programme", "", 2)]


def publish(meeting, terms=TERMS, criteria=CRITERIA, **fields):
    return publish_call(meeting, terms, criteria, on=fields.pop("on", TODAY), by=None)


def test_p12_the_call_for_the_seventh_assembly_has_its_three_days(secretariat):
    meeting = add_meeting()

    call = publish_call(meeting, TERMS, CRITERIA, on=TODAY, by=secretariat)

    assert (call.code, call.interest_by, call.deadline_on, call.announced_on) == (
        "host-ga-7",
        dt.date(2025, 12, 22),
        dt.date(2026, 1, 14),
        dt.date(2026, 1, 30),
    )
    weights = list(call.criteria.values_list("position", "name_en", "weight"))
    assert weights == [(1, "Venue", 3), (2, "Programme", 2)]
    entry = AuditEntry.objects.get(act="host call.published")
    assert (entry.by, entry.facts) == (secretariat, {"deadline": "2026-01-14", "criteria": 2})


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (dt.date(2025, 12, 7), CallState.AHEAD),
        (dt.date(2025, 12, 8), CallState.OPEN),
        (dt.date(2026, 1, 14), CallState.OPEN),
        (dt.date(2026, 1, 15), CallState.CLOSED),
    ],
)
def test_r16_a_call_is_open_up_to_and_including_its_last_day(on, state):
    call = publish(add_meeting())

    assert state_of(call, on=on) == state
    assert list(open_calls(on)) == ([call] if state == CallState.OPEN else [])


def test_a_call_on_which_a_host_was_decided_says_so():
    meeting = add_meeting()
    bid = add_bid(add_host_call(meeting), add_member("Almaty", "KZ"))
    sitting = Sitting("excom", dt.date(2026, 1, 28), "EXCOM 2026")

    decide_host(meeting, HostChoice(bid), sitting, on=dt.date(2026, 1, 28), by=None)

    assert state_of(bid.call, on=dt.date(2026, 1, 27)) == CallState.CLOSED
    assert state_of(bid.call, on=dt.date(2026, 1, 28)) == CallState.DECIDED
    with pytest.raises(ValidationError, match="was decided"):
        extend_call(bid.call, deadline_on=dt.date(2026, 3, 1), on=dt.date(2026, 2, 1), by=None)


def test_days_out_of_order_are_refused_at_their_fields():
    meeting = add_meeting()
    wrong = Terms(
        published_on=TODAY,
        interest_by=dt.date(2026, 2, 1),
        deadline_on=dt.date(2025, 12, 1),
        announced_on=dt.date(2025, 11, 1),
        terms_en=" ",
    )

    with pytest.raises(ValidationError) as caught:
        publish(meeting, wrong)

    assert set(caught.value.error_dict) == {
        "deadline_on",
        "interest_by",
        "announced_on",
        "terms_en",
    }
    with pytest.raises(ValidationError, match="at least one criterion"):
        publish(meeting, criteria=[])
    with pytest.raises(ValidationError, match="twice"):
        publish(meeting, criteria=[Criterion("Venue"), Criterion("Venue")])
    assert not HostCall.objects.exists()


def test_a_meeting_has_one_open_call_and_a_second_after_it():
    meeting = add_meeting()
    first = publish(meeting)

    with pytest.raises(ValidationError, match="withdraw it first"):
        publish(meeting)
    withdraw_call(first, why="The dates change", on=TODAY, by=None)
    second = publish(meeting)

    assert (first.code, second.code) == ("host-ga-7", "host-ga-7-2")
    assert state_of(HostCall.objects.get(pk=first.pk), on=TODAY) == CallState.WITHDRAWN


def test_a_call_is_extended_never_shortened():
    call = publish(add_meeting())

    with pytest.raises(ValidationError, match="never shortened"):
        extend_call(call, deadline_on=dt.date(2026, 1, 14), on=TODAY, by=None)
    extended = extend_call(call, deadline_on=dt.date(2026, 2, 14), on=TODAY, by=None)

    assert (extended.deadline_on, extended.announced_on) == (dt.date(2026, 2, 14), None)
    entry = AuditEntry.objects.get(act="host call.extended")
    assert entry.facts == {"deadline": ["2026-01-14", "2026-02-14"]}


def test_a_withdrawn_call_stays_and_takes_nothing():
    call = publish(add_meeting())

    with pytest.raises(ValidationError, match="Say why"):
        withdraw_call(call, why=" ", on=TODAY, by=None)
    withdraw_call(call, why="Another year", on=TODAY, by=None)

    with pytest.raises(ValidationError, match="withdrawn on 8 Dec 2025"):
        extend_call(call, deadline_on=dt.date(2026, 2, 14), on=TODAY, by=None)


def test_the_database_refuses_days_out_of_order():
    meeting = add_meeting()

    with pytest.raises(IntegrityError), transaction.atomic():
        HostCall.objects.create(
            meeting=meeting, code="x", published_on=TODAY, deadline_on=dt.date(2025, 1, 1)
        )
