import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from members.decisions import find_unreachable, reverse_item
from members.hearings import propose_proceeding
from members.leaving import acknowledge_notice, file_notice, take_back_notice
from members.models import (
    Application,
    ApplicationEntry,
    Decision,
    DecisionItem,
    Letter,
    Member,
    StatusEntry,
)
from tests.members.bodies import EXCOM_2019, add_associate, add_contact, decide, life
from tests.register import add_member
from wego.models import AuditEntry, Mail
from wego.policies import change_policy

FULL_SINCE = dt.date(2012, 11, 12)
YEAR_END = (dt.date(2019, 11, 15), dt.date(2019, 12, 31), dt.date(2020, 1, 1))
RECORDED = (Decision, DecisionItem, StatusEntry, ApplicationEntry, Letter, Mail, AuditEntry)


@pytest.fixture
def suncheon(db):
    return add_associate()


@pytest.fixture
def lisbon(db):
    return add_member("Lisbon", "PT", region="europe", on=FULL_SINCE)


def refusals_of(*wishes, **facts):
    """The sentences of a refusal, after which everything is as before."""

    def everything():
        return [list(model.objects.values()) for model in (*RECORDED, Member, Application)]

    before = everything()
    with pytest.raises(ValidationError) as refusal, transaction.atomic():
        decide(*wishes, **facts)
    assert everything() == before
    return refusal.value.messages


def switch(administrator, key, value):
    change_policy(key, value, by=administrator, why="Statute", on=EXCOM_2019)


class TestApproval:
    def test_makes_full_and_says_so(self, suncheon, secretariat):
        posted = Mail.objects.count()

        decision = decide((suncheon, "approve"), by=secretariat, note="Eighteen at once")

        assert (decision.recorded_by, decision.note) == (secretariat, "Eighteen at once")
        item = decision.items.get()
        assert (item.outcome, item.effective_on) == ("approve", EXCOM_2019)
        line = suncheon.status_entries.last()
        assert (line.status, line.effective_on, line.decision_item, line.recorded_by) == (
            "full",
            EXCOM_2019,
            item,
            secretariat,
        )
        assert line.reason == "EXCOM 2019, item 3"
        application = Application.objects.get()
        assert (application.state, item.application) == ("approved", application)
        step = application.entries.last()
        assert (step.state, step.on, step.reason, step.recorded_by) == (
            "approved",
            EXCOM_2019,
            "EXCOM 2019, item 3",
            secretariat,
        )
        letters = suncheon.letters.filter(decision_item=item).order_by("pk")
        assert [letter.kind for letter in letters] == ["approval", "certificate"]
        assert {letter.language for letter in letters} == {"ko"}
        mails = Mail.objects.order_by("pk")[posted:]
        assert [(mail.kind, mail.to_email, mail.waits_for) for mail in mails] == [
            ("decision_approved", "kim@suncheon.example", f"letter:{letters[0].pk}"),
            ("decision_approved", "mayor@suncheon.example", f"letter:{letters[0].pk}"),
        ]
        assert "2020년도분부터" in mails[0].text
        entry = AuditEntry.objects.get(act="member.decided")
        assert (entry.file, entry.by, entry.facts["status"]) == (
            f"member:{suncheon.pk}",
            secretariat,
            ["associate", "full"],
        )

    def test_of_a_settled_associate_of_the_roster(self, db):
        almaty = add_member("Almaty", "KZ", status="associate")

        decide((almaty, "approve"), on=dt.date(2020, 11, 17))

        assert life(almaty)[-1] == ("full", "2020-11-17")

    def test_on_the_very_day_of_acceptance(self, suncheon):
        decide((suncheon, "approve"), on=dt.date(2019, 3, 5))

        assert life(suncheon) == [("associate", "2019-03-05"), ("full", "2019-03-05")]

    def test_names_each_that_cannot_be(self, suncheon, lisbon):
        unsettled = add_member("Makati", "PH", status="associate", status_confirmed=False)
        ulsan = add_associate("Ulsan", on=dt.date(2019, 12, 2), number=2)

        assert refusals_of(
            (suncheon, "approve"), (lisbon, "approve"), (unsettled, "approve"), (ulsan, "approve")
        ) == [
            "Lisbon is Full member on 2019-11-15: only an associate can be approved.",
            "The status of Makati is still to be confirmed: settle it first (C3).",
            "Ulsan was accepted on 2019-12-02 only: "
            "it cannot be approved on 2019-11-15, before that.",
        ]

    def test_of_one_that_wants_to_leave(self, suncheon):
        file_notice(
            suncheon, received_on=dt.date(2019, 6, 3), reason="", by=None, on=dt.date(2019, 6, 3)
        )

        assert refusals_of((suncheon, "approve")) == [
            "Suncheon has filed a notice of withdrawal: acknowledge it or take it back first."
        ]

    def test_of_a_merged_duplicate(self, suncheon, lisbon):
        suncheon.merged_into = lisbon
        suncheon.save()

        assert refusals_of((suncheon, "approve")) == [
            "Suncheon was merged into Lisbon: work on that one."
        ]

    def test_of_another_application(self, suncheon, lisbon):
        ulsan = add_associate("Ulsan", number=2)
        other = Application.objects.get(member=ulsan)

        assert refusals_of((suncheon, "approve", "", other)) == [
            "Application WA-2019-00002 of Suncheon does not wait for a decision."
        ]


class TestTheSitting:
    @pytest.mark.parametrize(
        ("facts", "sentence"),
        [
            (
                {"recorded_on": dt.date(2019, 11, 14)},
                "2019-11-15 is still to come: record what was decided, afterwards.",
            ),
            (
                {"memorandum_on": dt.date(2019, 12, 1)},
                "2019-12-01 is still to come: record what was decided, afterwards.",
            ),
            ({"meeting_ended_on": dt.date(2019, 11, 14)}, "2019-11-14 is before the decision."),
            ({"meeting": " "}, "Enter the meeting and the reference of the decision."),
            ({"reference": "x" * 121}, "Enter the meeting and the reference of the decision."),
            ({"body": "mayor"}, "Choose the body that decided."),
        ],
    )
    def test_is_possible(self, suncheon, facts, sentence):
        assert refusals_of((suncheon, "approve"), **facts) == [sentence]

    def test_names_a_member_once(self, suncheon):
        assert refusals_of((suncheon, "approve"), (suncheon, "defer")) == [
            "Suncheon stands twice in this decision."
        ]
        assert refusals_of() == ["Choose at least one member."]

    def test_knows_its_outcomes(self, suncheon):
        for outcome in ("crown", "reverse"):
            assert refusals_of((suncheon, outcome)) == ["Suncheon: choose what was decided."]


class TestWhoApproves:
    """S2."""

    def test_the_assembly_counts_as_well(self, suncheon):
        decide((suncheon, "approve"), body="assembly")

        assert life(suncheon)[-1][0] == "full"

    def test_the_assembly_alone(self, suncheon, administrator):
        switch(administrator, "full_by", "assembly")

        assert refusals_of((suncheon, "approve")) == [
            "Suncheon: only the General Assembly approves full members (S2)."
        ]
        decide((suncheon, "approve"), body="assembly")
        assert life(suncheon)[-1][0] == "full"

    def test_excom_provisionally_then_the_assembly(self, suncheon, administrator):
        switch(administrator, "full_by", "excom_then_assembly")
        assert refusals_of((suncheon, "approve"), body="assembly") == [
            "Suncheon: the EXCOM approves first, then the General Assembly ratifies (S2)."
        ]

        mails = Mail.objects.count()
        decide((suncheon, "approve"))

        assert life(suncheon) == [("associate", "2019-03-05")]
        assert Application.objects.get().state == "accepted"
        assert Mail.objects.count() == mails
        assert not Letter.objects.filter(kind="certificate").exists()
        assert refusals_of((suncheon, "approve"), reference="item 4") == [
            "Suncheon was approved provisionally on 2019-11-15: "
            "now the General Assembly ratifies (S2)."
        ]
        decide((suncheon, "approve"), body="assembly", on=dt.date(2020, 9, 6))
        assert life(suncheon)[-1] == ("full", "2020-09-06")
        assert Letter.objects.filter(kind="certificate").count() == 1


@pytest.mark.parametrize(
    ("how", "days", "full"),
    [
        ("decision", {"meeting_ended_on": dt.date(2019, 11, 17)}, "2019-11-15"),
        ("meeting_end", {"meeting_ended_on": dt.date(2019, 11, 17)}, "2019-11-17"),
        ("memorandum", {"memorandum_on": dt.date(2019, 12, 2)}, "2019-12-02"),
    ],
)
def test_the_day_of_full_membership(suncheon, administrator, how, days, full):
    if how != "decision":
        switch(administrator, "full_on", how)
        assert "full membership begins then (S4)" in refusals_of((suncheon, "approve"))[0]

    decide((suncheon, "approve"), recorded_on=dt.date(2019, 12, 9), **days)

    assert life(suncheon)[-1] == ("full", full)


def test_a_deferral_keeps_an_associate_for_the_next_excom(suncheon):
    assert Application.objects.get().target_excom_year == 2019
    posted = Mail.objects.count()

    decide((suncheon, "defer", "The form was not signed"))

    assert life(suncheon) == [("associate", "2019-03-05")]
    application = Application.objects.get()
    assert (application.state, application.target_excom_year) == ("accepted", 2020)
    mail = Mail.objects.order_by("pk")[posted]
    assert mail.kind == "decision_deferred"
    assert "2020년 집행위원회" in mail.text
    assert "The form was not signed" in mail.text


def test_a_rejection_ends_application_and_membership(suncheon):
    posted = Mail.objects.count()

    decide((suncheon, "reject"))

    assert life(suncheon)[-1] == ("rejected", "2019-11-15")
    assert Application.objects.get().state == "rejected"
    letter = Letter.objects.get(kind="rejection")
    assert letter.decision_item == DecisionItem.objects.get()
    mail = Mail.objects.order_by("pk")[posted]
    assert (mail.kind, mail.waits_for) == ("decision_rejected", f"letter:{letter.pk}")


class TestSuspension:
    def test_is_decided_and_lifted(self, lisbon):
        add_contact(lisbon)

        decide((lisbon, "suspend", "Two years unpaid"))
        decide((lisbon, "lift"), on=dt.date(2020, 3, 1), meeting="written ballot")

        assert life(lisbon)[1:] == [("suspended", "2019-11-15"), ("full", "2020-03-01")]
        assert [mail.kind for mail in Mail.objects.order_by("pk")] == [
            "suspended",
            "suspension_lifted",
        ]

    def test_has_a_reason(self, lisbon):
        assert refusals_of((lisbon, "suspend")) == ["Lisbon: give the reason for this decision."]

    def test_waits_for_a_hearing_that_was_opened(self, lisbon):
        proceeding = propose_proceeding(
            lisbon, "suspend", on=dt.date(2019, 10, 16), reason="Two years unpaid", by=None
        )

        assert refusals_of((lisbon, "suspend")) == [
            "Lisbon may be heard until 2019-11-15: decide after that day (S13)."
        ]
        decision = decide((lisbon, "suspend"), on=dt.date(2019, 11, 16))
        item = decision.items.get()
        assert (item.proceeding, item.reason) == (proceeding, "Two years unpaid")

    def test_is_of_full_members(self, suncheon):
        assert refusals_of((suncheon, "suspend", "x")) == [
            "Suncheon is Associate: that cannot become “Suspended”."
        ]

    def test_is_lifted_of_suspended_ones(self, lisbon, suncheon):
        assert refusals_of((lisbon, "lift"), (suncheon, "lift")) == [
            "Lisbon is not suspended on 2019-11-15: there is nothing to lift.",
            "Suncheon is not suspended on 2019-11-15: there is nothing to lift.",
        ]


class TestExpulsion:
    def propose(self, member, on=dt.date(2019, 10, 1)):
        return propose_proceeding(member, "expel", on=on, reason="Harm", by=None)

    def test_after_the_hearing(self, lisbon):
        add_contact(lisbon)
        proceeding = self.propose(lisbon)

        decision = decide((lisbon, "expel"))

        assert life(lisbon)[-1] == ("expelled", "2019-11-15")
        assert decision.items.get().proceeding == proceeding
        assert Mail.objects.latest("pk").kind == "expelled"

    def test_not_unheard(self, lisbon):
        assert refusals_of((lisbon, "expel", "Harm")) == [
            "Lisbon: propose the expulsion first, so that the member can be heard (S13)."
        ]
        self.propose(lisbon, on=dt.date(2019, 10, 16))
        assert refusals_of((lisbon, "expel", "Harm")) == [
            "Lisbon may be heard until 2019-11-15: decide after that day (S13)."
        ]

    def test_by_the_body_of_the_policy(self, lisbon, administrator):
        self.propose(lisbon)
        assert refusals_of((lisbon, "expel"), body="assembly") == [
            "Lisbon: a member is expelled by the EXCOM (S13)."
        ]
        switch(administrator, "expelled_by", "assembly")
        assert refusals_of((lisbon, "expel")) == [
            "Lisbon: a member is expelled by the General Assembly (S13)."
        ]
        decide((lisbon, "expel"), body="assembly")
        assert life(lisbon)[-1][0] == "expelled"

    def test_not_on_another_proposal(self, lisbon):
        self.propose(lisbon)
        other = self.propose(add_member("Porto", "PT", region="europe", on=FULL_SINCE))

        assert refusals_of((lisbon, "expel", "", None, other)) == [
            "That proposal on Lisbon is dropped, decided on, or about something else."
        ]

    def test_not_of_one_that_has_given_notice(self, lisbon):
        self.propose(lisbon)
        notice = file_notice(
            lisbon, received_on=dt.date(2019, 10, 2), reason="", by=None, on=dt.date(2019, 10, 2)
        )
        acknowledge_notice(notice, on=dt.date(2019, 10, 2), by=None)

        assert refusals_of((lisbon, "expel")) == [
            "Lisbon is Withdrawn from 2019-12-31: a change cannot lie before that."
        ]


class TestNoting:
    @pytest.fixture
    def notice(self, lisbon):
        return file_notice(
            lisbon, received_on=dt.date(2019, 10, 2), reason="", by=None, on=dt.date(2019, 10, 2)
        )

    def test_acknowledges_what_nobody_had(self, lisbon, notice):
        decide((lisbon, "note"))

        notice.refresh_from_db()
        assert notice.acknowledged_on == EXCOM_2019
        assert life(lisbon)[-1] == ("withdrawn", "2019-12-31")
        assert DecisionItem.objects.get().effective_on == dt.date(2019, 12, 31)

    def test_is_done_once_and_of_a_notice(self, lisbon, notice, suncheon):
        decide((lisbon, "note"))

        assert refusals_of((lisbon, "note"), (suncheon, "note")) == [
            "The withdrawal of Lisbon is noted already.",
            "Suncheon has filed no notice of withdrawal by 2019-11-15: file it first.",
        ]


def test_a_waiver_has_a_reason_and_stands_beside(suncheon):
    assert refusals_of((suncheon, "waive")) == ["Suncheon: give the reason for this decision."]

    decide((suncheon, "approve"), (suncheon, "waive", "Flood of 2019"))

    assert life(suncheon)[-1][0] == "full"
    assert DecisionItem.objects.get(outcome="waive").reason == "Flood of 2019"


def test_a_long_reason_is_cut_in_the_history_only(lisbon):
    decide((lisbon, "suspend", "unpaid " * 60))

    assert len(lisbon.status_entries.last().reason) == 300
    assert len(DecisionItem.objects.get().reason) == 419


def test_members_without_an_address_are_named(suncheon, lisbon):
    decision = decide((suncheon, "approve"), (lisbon, "suspend", "Two years unpaid"))

    assert find_unreachable(decision) == [lisbon]


def test_one_address_gets_one_mail(lisbon):
    add_contact(lisbon, "head", "Office@lisbon.example", full_name="Mayor")
    add_contact(lisbon, "liaison", "office@lisbon.example", full_name="Ana")

    decide((lisbon, "suspend", "Two years unpaid"))

    assert [(mail.to_name, mail.to_email) for mail in Mail.objects.all()] == [
        ("Ana", "office@lisbon.example")
    ]


@pytest.mark.parametrize(
    "attack",
    [
        lambda: Decision.objects.update(decided_on=FULL_SINCE),
        lambda: DecisionItem.objects.update(outcome="reject"),
        lambda: DecisionItem.objects.all().delete(),
    ],
)
def test_a_decision_never_changes(suncheon, attack):
    decide((suncheon, "approve"))

    with pytest.raises((DatabaseError, ValidationError)), transaction.atomic():
        attack()

    assert DecisionItem.objects.get().outcome == "approve"


def test_eighteen_at_once_cost_the_same_each(db):
    """The 18 of 2016: what one more costs is letters, steps and mails, never another reading."""
    spent = {}
    for count in (1, 3):
        members = [
            add_associate(f"City {count}{place}", number=count * 100 + place)
            for place in range(count)
        ]
        with CaptureQueriesContext(connection) as queries:
            decide(*((member, "approve") for member in members), reference=f"item {count}")
        spent[count] = len(queries)

    each = (spent[3] - spent[1]) / 2
    assert each <= 28
    assert spent[1] - each <= 16


def test_a_decision_before_a_withdrawal_that_was_taken_back(lisbon):
    """The day still to come, where the notice was taken back, must not end the suspension."""
    notice = file_notice(
        lisbon, received_on=dt.date(2019, 10, 2), reason="", by=None, on=dt.date(2019, 10, 2)
    )
    acknowledge_notice(notice, on=dt.date(2019, 10, 2), by=None)
    take_back_notice(notice, on=dt.date(2019, 11, 1), by=None)

    item = decide((lisbon, "suspend", "Two years unpaid")).items.get()

    assert [Member.objects.with_status(day).get().status for day in YEAR_END] == ["suspended"] * 3
    reverse_item(
        item,
        body="excom",
        decided_on=dt.date(2020, 1, 10),
        meeting="Corrigendum",
        reference="letter 7",
        reason="paid",
        by=None,
        on=dt.date(2020, 1, 10),
    )
    assert [Member.objects.with_status(day).get().status for day in YEAR_END] == ["full"] * 3
