import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from events.meetings.attending import note_arrival, note_departure
from events.meetings.electorate import find_voters, read_electorate
from events.meetings.inviting import invite, invite_assembly
from events.meetings.proxies import give_proxy, revoke_proxy
from events.meetings.quorum import count_quorum
from events.meetings.stages import Plan, plan_meeting
from events.models import Attendance, Delegation, Proxy, Term
from events.policies import load_policies
from members.models import Member, StatusEntry
from tests.dues.builders import issued_invoice
from tests.events.meetings.seongnam import (
    CALL,
    DAY,
    MOMENT,
    TODAY,
    add_excom,
    add_seated,
    come,
    seat,
)
from tests.register import add_member
from wego.models import AuditEntry
from wego.policies import change_policy

pytestmark = pytest.mark.django_db


def quorum_in(meeting, on=DAY):
    return count_quorum(meeting, on=on, policies=load_policies())


def of(meeting, name):
    return meeting.delegations.get(member__name_en=name)


def proxy(meeting, giver, holder, **fields):
    base = {"paper": "letter of 4 November", "given_on": DAY, "voting_on": DAY, "on": TODAY}
    return give_proxy(of(meeting, giver), of(meeting, holder), **(base | fields), by=None)


def assembly():
    return plan_meeting(
        body="assembly", name_en="General Assembly", plan=Plan(DAY), on=CALL, by=None
    )


def test_s28_quorum_is_counted_live():
    meeting = add_excom(add_seated())

    come(meeting, 4)
    assert (quorum_in(meeting).represented, quorum_in(meeting).held) == (4, False)
    assert quorum_in(meeting).missing == 1
    seat(meeting, ["Goyang"])
    assert (quorum_in(meeting).represented, quorum_in(meeting).held) == (5, True)
    note_departure(of(meeting, "Seoul"), at=MOMENT, by=None)
    assert (quorum_in(meeting).represented, quorum_in(meeting).held) == (4, False)


def test_s28_without_a_quorum_rule_one_voter_is_enough(administrator):
    change_policy("quorum", "none", by=administrator, why="Statute", on=TODAY)
    meeting = add_excom(add_seated())

    assert not quorum_in(meeting).held
    come(meeting, 1)

    assert quorum_in(meeting).held


def test_s27_only_full_cities_vote_in_the_assembly():
    meeting = assembly()
    seoul = add_member("Seoul", on=CALL)
    add_member("Suncheon", status="associate", on=CALL)
    add_member("Danfoss", "DK", kind="company", on=CALL)
    add_member("Seoul Digital Foundation", kind="institution", on=CALL)
    add_member("Busan", status="suspended", on=CALL)

    assert find_voters(meeting, on=DAY) == [seoul]


def test_c25_companies_and_institutions_have_no_vote():
    meeting = assembly()
    company = add_member("Danfoss", "DK", kind="company", on=CALL)

    with pytest.raises(ValidationError, match="no city and has no vote"):
        invite(meeting, members=[company], kind="voting", on=CALL, by=None)

    assert not Delegation.objects.exists()
    invite(meeting, members=[company], kind="observer", on=CALL, by=None)
    assert meeting.delegations.get().kind == "observer"


def test_s27_the_status_of_the_day_decides():
    meeting = assembly()
    goyang = add_member("Goyang", status="associate", on=CALL)
    StatusEntry.objects.create(member=goyang, status="full", effective_on=DAY, reason="GA")

    assert find_voters(meeting, on=DAY - dt.timedelta(days=1)) == []
    assert find_voters(meeting, on=DAY) == [goyang]


def test_s10_a_city_that_owes_a_previous_year_has_no_vote():
    meeting = assembly()
    goyang = add_member("Goyang", on=dt.date(2012, 1, 1))
    issued_invoice(goyang, sequence=1)

    voters = read_electorate(meeting, on=dt.date(2021, 11, 6))

    assert [(voter.member, voter.may) for voter in voters] == [(goyang, False)]
    assert "WEGO-2020-0001" in voters[0].why


def test_r18_observers_are_there_and_never_count():
    meeting = add_excom(add_seated())
    invite(
        meeting, members=[add_member("Baguio", "PH", on=CALL)], kind="observer", on=CALL, by=None
    )
    invite(meeting, organisation="Embassy of Kenya", kind="observer", on=CALL, by=None)

    seat(meeting, ["Baguio"])
    note_arrival(meeting.delegations.get(organisation="Embassy of Kenya"), at=MOMENT, by=None)

    assert quorum_in(meeting).represented == 0
    assert Attendance.objects.count() == 2


def test_r20_an_associate_in_excom_has_no_vote():
    meeting = add_excom(add_seated())
    associate = add_member("Suncheon", status="associate", on=CALL)
    invite(meeting, members=[associate], kind="voting", on=CALL, by=None)

    seat(meeting, ["Suncheon"])

    quorum = quorum_in(meeting)
    assert (quorum.entitled, quorum.represented) == (8, 0)
    assert [voter.why for voter in quorum.voters if voter.member == associate] == [
        "Suncheon is Associate: only full member cities vote."
    ]


def test_terms_say_who_votes_in_excom_once_there_are_any():
    meeting = add_excom(add_seated())
    seoul = Member.objects.get(name_en="Seoul")
    Term.objects.create(office="excom", member=seoul, starts_on=CALL, ends_on=DAY, basis="recorded")

    assert find_voters(meeting, on=DAY) == [seoul]
    assert len(find_voters(meeting, on=DAY + dt.timedelta(days=1))) == 8


def test_the_same_city_is_never_there_twice():
    meeting = add_excom(add_seated())

    for _twice in range(2):
        seat(meeting, ["Seoul"])

    assert quorum_in(meeting).represented == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.create(delegation=of(meeting, "Seoul"), from_at=MOMENT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Delegation.objects.create(
            meeting=meeting, member=of(meeting, "Seoul").member, kind="voting"
        )


def test_attendance_is_never_deleted_or_moved():
    meeting = add_excom(add_seated())
    seat(meeting, ["Seoul"])
    row = Attendance.objects.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        row.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.update(delegation=of(meeting, "Goyang"))

    assert Attendance.objects.get().delegation == of(meeting, "Seoul")


def test_who_left_and_comes_back_is_there_again():
    meeting = add_excom(add_seated())

    seat(meeting, ["Seoul"])
    assert note_departure(of(meeting, "Seoul"), at=MOMENT, by=None)
    assert not note_departure(of(meeting, "Seoul"), at=MOMENT, by=None)
    seat(meeting, ["Seoul"])

    assert Attendance.objects.count() == 2
    assert quorum_in(meeting).represented == 1


def test_s30_a_proxy_counts_while_its_holder_is_there():
    meeting = add_excom(add_seated())
    come(meeting, 4)
    proxy(meeting, "Jakarta", "Seoul")

    quorum = quorum_in(meeting)
    assert (quorum.represented, quorum.held) == (5, True)
    assert [member.name_en for member in quorum.may_cast] == [
        "Beyoglu",
        "Chengdu",
        "Jakarta",
        "Seoul",
        "Ulyanovsk",
    ]
    note_departure(of(meeting, "Seoul"), at=MOMENT, by=None)
    assert quorum_in(meeting).represented == 3


def test_s30_a_city_that_comes_itself_counts_once():
    meeting = add_excom(add_seated())
    come(meeting, 4)
    proxy(meeting, "Jakarta", "Seoul")

    seat(meeting, ["Jakarta"])

    assert quorum_in(meeting).represented == 5


@pytest.mark.parametrize(
    ("giver", "holder", "fields", "code"),
    [
        ("Goyang", "Seoul", {}, "held"),
        ("Jakarta", "Chengdu", {}, "given"),
        ("Goyang", "Jakarta", {}, "chain"),
        ("Seoul", "Chengdu", {}, "chain"),
        ("Goyang", "Goyang", {}, "itself"),
        ("Goyang", "Chengdu", {"paper": " "}, "paper"),
        ("Goyang", "Chengdu", {"given_on": dt.date(2020, 1, 1)}, "future"),
        ("Goyang", "Baguio", {}, "no_vote"),
        ("Baguio", "Goyang", {}, "no_vote"),
    ],
)
def test_s30_one_per_delegate_in_writing_within_the_body(giver, holder, fields, code):
    meeting = add_excom(add_seated())
    invite(
        meeting, members=[add_member("Baguio", "PH", on=CALL)], kind="observer", on=CALL, by=None
    )
    proxy(meeting, "Jakarta", "Seoul")

    with pytest.raises(ValidationError) as refused:
        proxy(meeting, giver, holder, **fields)

    assert refused.value.code == code
    assert Proxy.objects.count() == 1


def test_s30_a_proxy_is_of_one_meeting():
    seated = add_seated()
    first, other = add_excom(seated), add_excom(seated)

    with pytest.raises(ValidationError, match="within one meeting"):
        give_proxy(
            of(first, "Seoul"),
            of(other, "Goyang"),
            paper="letter",
            given_on=DAY,
            voting_on=DAY,
            on=TODAY,
            by=None,
        )


def test_s30_follows_the_switch(administrator):
    meeting = add_excom(add_seated())
    change_policy("proxies", "unlimited", by=administrator, why="Statute", on=TODAY)
    proxy(meeting, "Jakarta", "Seoul")
    proxy(meeting, "Goyang", "Seoul")
    change_policy("proxies", "none", by=administrator, why="Statute", on=TODAY)

    with pytest.raises(ValidationError, match="not allowed"):
        proxy(meeting, "Chengdu", "Seoul")

    assert Proxy.objects.count() == 2


def test_s30_a_proxy_that_was_taken_back_counts_no_more(secretariat):
    meeting = add_excom(add_seated())
    come(meeting, 1)
    given = proxy(meeting, "Jakarta", "Seoul")
    assert quorum_in(meeting).represented == 2

    revoke_proxy(given, on=TODAY, by=secretariat)

    assert quorum_in(meeting).represented == 1
    assert AuditEntry.objects.get(act="proxy.revoked").by == secretariat
    proxy(meeting, "Jakarta", "Chengdu")


def test_every_full_city_is_invited_to_an_assembly_once(secretariat):
    add_seated()
    add_member("Suncheon", status="associate", on=CALL)
    meeting = assembly()

    assert len(invite_assembly(meeting, on=CALL, by=secretariat)) == 8
    assert invite_assembly(meeting, on=CALL, by=secretariat) == []

    assert meeting.delegations.count() == 8
    assert AuditEntry.objects.filter(act="delegation.invited", by=secretariat).count() == 8


def test_quorum_costs_the_same_for_many(django_assert_num_queries):
    meeting = add_excom(add_seated())
    come(meeting, 5)
    policies = load_policies()

    with django_assert_num_queries(8):
        count_quorum(meeting, on=DAY, policies=policies)
