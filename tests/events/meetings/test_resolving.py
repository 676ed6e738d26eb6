import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from events.confirming import confirm_resolution, confirm_resolutions
from events.meetings.agenda import add_item
from events.meetings.proxies import give_proxy
from events.meetings.resolving import Ruling, Vote
from events.meetings.stages import Plan, record_stage
from events.models import Confirmation, Manner, NamedVote, Resolution, ResolutionLine
from members.leaving import file_notice
from members.models import Decision, DecisionItem, Member, StatusEntry, WithdrawalNotice
from tests.events.meetings.seongnam import (
    DAY,
    TODAY,
    add_associates,
    add_excom,
    add_seated,
    come,
    counted,
    in_bulk,
    resolve,
    unanimously,
)
from wego.models import AuditEntry, Mail
from wego.policies import change_policy

pytestmark = pytest.mark.django_db


@pytest.fixture
def excom():
    """Six of the eight are there."""
    meeting = add_excom(add_seated())
    come(meeting, 6)
    return meeting


def status_of(member, on=TODAY):
    return Member.objects.with_status(on).get(pk=member.pk).status


def confirm(resolution, by=None):
    return confirm_resolution(resolution, on=TODAY, by=by)


def city(name):
    return Member.objects.get(name_en=name)


def test_r4_p10_eighteen_associates_in_one_vote_with_exceptions(excom, secretariat):
    members = add_associates()
    rulings = in_bulk(members, deferred=members[16:17], rejected=members[17:])
    resolution = resolve(excom, "members", unanimously(rulings=rulings), by=secretariat)
    assert {status_of(member) for member in members} == {"associate"}
    assert not Decision.objects.exists()

    confirmation = confirm(resolution, secretariat)

    assert [status_of(member) for member in members] == ["full"] * 16 + ["associate", "rejected"]
    decision = confirmation.decision
    assert (decision.body, decision.meeting, decision.reference, decision.decided_on) == (
        "excom",
        "EXCOM 2019, Seongnam",
        "item 4",
        DAY,
    )
    assert decision.items.count() == 18
    assert members[16].applications.get().target_excom_year == 2020
    assert (resolution.entitled, resolution.represented, resolution.quorum) == (8, 6, 5)
    assert AuditEntry.objects.get(act="resolution.confirmed").by == secretariat


def test_r4_without_a_quorum_nothing_changes():
    meeting = add_excom(add_seated())
    come(meeting, 4)
    members = add_associates()
    resolution = resolve(meeting, "members", unanimously(rulings=in_bulk(members)))
    assert not resolution.quorum_held

    with pytest.raises(ValidationError, match="4 cities were there or represented, 5 were needed"):
        confirm(resolution)

    assert {status_of(member) for member in members} == {"associate"}
    assert not Decision.objects.exists()
    assert not Confirmation.objects.exists()
    assert not Mail.objects.exists()


def test_r11_a_withdrawal_is_noted_and_takes_effect(excom):
    leaving = city("Jakarta")
    heard = dt.date(2019, 10, 1)
    file_notice(leaving, received_on=heard, reason="Budget", by=None, on=heard)
    motion = unanimously(
        verdict="note", vote=Vote(Manner.NO_VOTE), rulings=[Ruling("note", leaving)]
    )

    confirm(resolve(excom, "members", motion))

    notice = WithdrawalNotice.objects.get()
    assert notice.acknowledged_on == TODAY
    assert status_of(leaving, dt.date(2019, 12, 31)) == "withdrawn"
    assert status_of(leaving, dt.date(2019, 12, 30)) == "full"


def test_r12_r13_budget_and_projects_are_resolved_and_confirmed(excom):
    for kind in ("budget", "programmes", "report"):
        confirm(resolve(excom, kind, unanimously(reference=f"on {kind}")))

    assert Confirmation.objects.count() == 3
    assert not Decision.objects.exists()


def test_c17_the_decision_of_the_register_names_the_body(excom):
    member = add_associates(1)[0]

    confirm(resolve(excom, "members", unanimously(rulings=in_bulk([member]))))

    assert DecisionItem.objects.get().decision.body == "excom"


def test_a_line_the_register_refuses_stops_all_of_it(excom):
    members = add_associates(3)
    full = city("Goyang")
    resolution = resolve(excom, "members", unanimously(rulings=in_bulk([*members, full])))

    with pytest.raises(ValidationError, match="Goyang is Full member on 2019-11-06"):
        confirm(resolution)

    assert {status_of(member) for member in members} == {"associate"}
    assert not Confirmation.objects.exists()


def test_several_are_confirmed_together_or_not_at_all(excom):
    good = resolve(excom, "report", unanimously(verdict="note", vote=Vote(Manner.NO_VOTE)))
    bad = resolve(excom, "members", unanimously(rulings=in_bulk([city("Goyang")])))

    with pytest.raises(ValidationError):
        confirm_resolutions([good, bad], on=TODAY, by=None)
    assert not Confirmation.objects.exists()

    confirm_resolutions([good], on=TODAY, by=None)
    with pytest.raises(ValidationError, match="confirmed already"):
        confirm_resolutions([good], on=TODAY, by=None)
    with pytest.raises(ValidationError, match="Choose what to confirm"):
        confirm_resolutions([], on=TODAY, by=None)


@pytest.mark.parametrize(
    ("motion", "code"),
    [
        (counted(2, 3), "majority"),
        (counted(3, 3), "majority"),
        (counted(5, 2), "too_many"),
        (counted(4, 2, verdict="reject"), "carried"),
        (unanimously(vote=Vote(Manner.NO_VOTE)), "vote"),
        (unanimously(vote=Vote(Manner.COUNTED)), "votes"),
        (unanimously(vote=Vote(Manner.ROLL_CALL)), "votes"),
        (unanimously(reference=" "), "reference"),
        (unanimously(resolved_on=dt.date(2019, 11, 5)), "before"),
        (unanimously(resolved_on=dt.date(2019, 11, 8)), "after"),
        (unanimously(resolved_on=dt.date(2019, 11, 21)), "future"),
    ],
)
def test_s29_what_was_not_carried_is_never_recorded_as_approved(excom, motion, code):
    with pytest.raises(ValidationError) as refused:
        resolve(excom, "budget", motion)

    assert refused.value.code == code
    assert not Resolution.objects.exists()


def test_s29_the_statute_needs_two_thirds_of_the_votes_cast(excom):
    add_item(excom, kind="statute", title_en="Name of the organisation", by=None)

    with pytest.raises(ValidationError, match="two thirds"):
        resolve(excom, "statute", counted(3, 2, 1))
    carried = resolve(excom, "statute", counted(4, 2))

    assert (carried.votes_for, carried.votes_against, carried.abstentions) == (4, 2, 0)


def test_s28_the_statute_may_need_more_to_be_there(excom, administrator):
    add_item(excom, kind="statute", title_en="Name of the organisation", by=None)
    change_policy("statute_quorum", "two_thirds", by=administrator, why="Statute", on=TODAY)

    assert resolve(excom, "statute", unanimously()).quorum == 6
    assert resolve(excom, "budget", unanimously()).quorum == 5


def test_roll_call_names_every_vote_and_who_spoke_for_whom(excom):
    of = {each.member.name_en: each for each in excom.delegations.select_related("member")}
    give_proxy(
        of["Jakarta"],
        of["Seoul"],
        paper="letter",
        given_on=DAY,
        voting_on=DAY,
        on=TODAY,
        by=None,
    )
    roll = [(city(name), "for") for name in ("Seoul", "Jakarta", "Goyang")]
    roll += [(city("Chengdu"), "against"), (city("Beyoglu"), "abstain")]

    resolution = resolve(excom, "budget", unanimously(vote=Vote(Manner.ROLL_CALL, roll=roll)))

    assert (resolution.votes_for, resolution.votes_against, resolution.abstentions) == (3, 1, 1)
    votes = NamedVote.objects.values_list("member__name_en", "choice", "cast_by__name_en")
    assert set(votes) == {
        ("Seoul", "for", None),
        ("Jakarta", "for", "Seoul"),
        ("Goyang", "for", None),
        ("Chengdu", "against", None),
        ("Beyoglu", "abstain", None),
    }


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["Seoul", "Seoul"], "twice"),
        (["Mexico City"], "no_vote"),
        (["Seongnam"], "no_vote"),
    ],
)
def test_s27_nobody_votes_twice_and_nobody_votes_from_outside(excom, names, code):
    roll = [(city(name), "for") for name in names]

    with pytest.raises(ValidationError) as refused:
        resolve(excom, "budget", unanimously(vote=Vote(Manner.ROLL_CALL, roll=roll)))

    assert refused.value.code == code
    assert not Resolution.objects.exists()
    assert not NamedVote.objects.exists()


def test_what_is_decided_is_not_decided_again_beside(excom):
    members = add_associates(2)
    resolve(excom, "budget", unanimously())
    resolve(excom, "members", unanimously(rulings=in_bulk(members[:1])))
    resolve(excom, "members", unanimously(rulings=in_bulk(members[1:])))

    with pytest.raises(ValidationError, match="decided on already: correct"):
        resolve(excom, "budget", unanimously())
    with pytest.raises(ValidationError, match="Suncheon is decided on already"):
        resolve(excom, "members", unanimously(rulings=in_bulk(members)))

    assert Resolution.objects.count() == 3


def test_x09_a_later_resolution_corrects_one_and_says_which(excom, secretariat):
    members = add_associates(3)
    wrong = resolve(excom, "members", unanimously(rulings=in_bulk(members)))
    confirm(wrong)
    assert status_of(members[2]) == "full"

    right = resolve(
        excom,
        "members",
        unanimously(
            rulings=in_bulk(members, deferred=members[2:]),
            corrects=wrong,
            note="Daegu was deferred",
            reference="item 4, corrected",
        ),
        by=secretariat,
    )
    assert status_of(members[2]) == "full"
    confirm(right)

    assert [status_of(member) for member in members] == ["full", "full", "associate"]
    assert list(Resolution.objects.standing()) == [right]
    assert list(Resolution.objects.in_force()) == [right]
    # The two that stay approved are not decided on a second time.
    assert DecisionItem.objects.filter(outcome="approve").count() == 3
    assert DecisionItem.objects.filter(outcome="reverse").get().member == members[2]
    assert members[2].applications.get().target_excom_year == 2020


def test_x09_a_correction_of_a_correction_takes_back_the_first(excom):
    member = add_associates(1)[0]
    first = resolve(excom, "members", unanimously(rulings=in_bulk([member])))
    confirm(first)
    second = resolve(
        excom,
        "members",
        unanimously(rulings=in_bulk([member], deferred=[member]), corrects=first, note="Deferred"),
    )
    third = resolve(
        excom,
        "members",
        unanimously(rulings=in_bulk([member], rejected=[member]), corrects=second, note="Rejected"),
    )

    with pytest.raises(ValidationError, match="confirm that one"):
        confirm(second)
    confirm(third)

    assert status_of(member) == "rejected"


def test_x09_what_is_corrected_is_never_confirmed_or_corrected_twice(excom):
    wrong = resolve(excom, "budget", unanimously())
    resolve(excom, "budget", unanimously(verdict="defer", corrects=wrong, note="Deferred"))

    with pytest.raises(ValidationError, match="confirm that one"):
        confirm(wrong)
    with pytest.raises(ValidationError, match="corrected already"):
        resolve(excom, "budget", unanimously(corrects=wrong, note="Again"))
    with pytest.raises(ValidationError, match="Say what was wrong"):
        resolve(excom, "budget", unanimously(corrects=Resolution.objects.last()))

    assert Resolution.objects.count() == 2


def test_x09_the_database_refuses_to_edit_a_resolution(excom):
    members = add_associates(1)
    confirm(resolve(excom, "members", unanimously(rulings=in_bulk(members))))

    for statement in (
        "UPDATE events_resolution SET verdict = 'reject'",
        "DELETE FROM events_confirmation",
        "UPDATE events_resolutionline SET outcome = 'reject'",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)

    assert Resolution.objects.get().verdict == "approve"
    assert ResolutionLine.objects.get().outcome == "approve"


def test_a_cancelled_meeting_resolves_and_confirms_nothing(excom):
    resolution = resolve(excom, "budget", unanimously())
    record_stage(excom, "cancelled", plan=Plan(), reason="Storm", on=TODAY, by=None)

    with pytest.raises(ValidationError, match="cancelled"):
        confirm(resolution)
    with pytest.raises(ValidationError, match="cancelled"):
        resolve(excom, "report", unanimously())


def test_effects_are_those_of_the_register_and_its_mails(excom, secretariat):
    member = add_associates(1)[0]
    member.contacts.create(role="liaison", full_name="Kim", email="liaison@city.example")

    confirm(resolve(excom, "members", unanimously(rulings=in_bulk([member]))), secretariat)

    assert Mail.objects.get(kind="decision_approved").to_email == "liaison@city.example"
    line = StatusEntry.objects.filter(member=member, status="full").get()
    assert (line.effective_on, line.reason) == (DAY, "EXCOM 2019, Seongnam, item 4")
