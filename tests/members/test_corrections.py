import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from members.decisions import reverse_item
from members.hearings import open_proceedings, propose_proceeding
from members.leaving import acknowledge_notice, file_notice
from members.models import Application, Decision, DecisionItem, Letter, StatusEntry
from tests.members.bodies import EXCOM_2019, add_associate, add_contact, decide, life
from tests.register import add_member
from wego.models import AuditEntry, Mail
from wego.policies import change_policy

CORRECTED = dt.date(2020, 1, 10)


@pytest.fixture
def suncheon(db):
    return add_associate()


@pytest.fixture
def lisbon(db):
    return add_member("Lisbon", "PT", region="europe", on=dt.date(2012, 11, 12))


def one(decision):
    return decision.items.get()


def correct(item, *, on=CORRECTED, reason="Misread the minutes", by=None, **facts):
    return reverse_item(
        item,
        body="excom",
        decided_on=facts.pop("decided_on", on),
        meeting="Corrigendum",
        reference="letter 7",
        reason=reason,
        by=by,
        on=on,
    )


def refusal_of(item, **facts):
    def everything():
        return [
            list(model.objects.values())
            for model in (Decision, DecisionItem, StatusEntry, Application, AuditEntry, Mail)
        ]

    before = everything()
    with pytest.raises(ValidationError) as refusal, transaction.atomic():
        correct(item, **facts)
    assert everything() == before
    return refusal.value.messages[0]


def test_an_approval_taken_back_leaves_an_associate(suncheon, secretariat):
    item = one(decide((suncheon, "approve")))
    letters = Letter.objects.count()

    correction = correct(item, by=secretariat)

    assert life(suncheon)[1:] == [("full", "2019-11-15"), ("associate", "2019-11-15")]
    line = suncheon.status_entries.last()
    assert (line.decision_item, line.reason, line.recorded_by) == (
        correction,
        "Corrigendum, letter 7: Misread the minutes",
        secretariat,
    )
    steps = Application.objects.get().entries.values_list("state", flat=True)
    assert list(steps) == ["submitted", "accepted", "approved", "accepted"]
    assert Letter.objects.count() == letters
    entry = AuditEntry.objects.get(act="decision.corrected")
    assert (entry.file, entry.why) == (f"member:{suncheon.pk}", "Misread the minutes")
    mail = Mail.objects.filter(kind="decision_corrected").first()
    assert "정회원" in mail.text or "Approved as full member" in mail.text


def test_what_was_corrected_can_be_decided_anew(suncheon):
    correct(one(decide((suncheon, "approve"))))

    again = one(decide((suncheon, "approve"), reference="item 4"))

    assert life(suncheon)[-1] == ("full", "2019-11-15")
    assert Application.objects.get().state == "approved"
    correct(again)
    assert life(suncheon)[-1] == ("associate", "2019-11-15")


def test_a_rejection_taken_back_reopens_the_application(suncheon):
    correct(one(decide((suncheon, "reject"))))

    assert life(suncheon)[-1] == ("associate", "2019-11-15")
    assert Application.objects.get().state == "accepted"


def test_a_deferral_taken_back_returns_to_its_excom(suncheon):
    correct(one(decide((suncheon, "defer"))))

    application = Application.objects.get()
    assert (application.state, application.target_excom_year) == ("accepted", 2019)
    assert life(suncheon) == [("associate", "2019-03-05")]


def test_a_suspension_and_its_lifting_are_taken_back_in_turn(lisbon):
    suspension = one(decide((lisbon, "suspend", "Two years unpaid")))
    lifting = one(decide((lisbon, "lift"), on=dt.date(2019, 12, 1)))

    assert refusal_of(suspension) == (
        "A later decision on Lisbon stands: “Suspension lifted” of 2019-12-01. Correct it first."
    )
    correct(lifting)
    assert life(lisbon)[-1] == ("suspended", "2019-12-01")
    correct(suspension)
    assert life(lisbon) == [
        ("full", "2012-11-12"),
        ("suspended", "2019-11-15"),
        ("full", "2019-11-15"),
        ("full", "2019-12-01"),
        ("suspended", "2019-12-01"),
        ("full", "2019-12-01"),
    ]


def test_an_expulsion_taken_back_reopens_the_proposal(lisbon):
    proceeding = propose_proceeding(
        lisbon, "expel", on=dt.date(2019, 10, 1), reason="Harm", by=None
    )
    item = one(decide((lisbon, "expel")))
    assert not open_proceedings().exists()

    correct(item)

    assert life(lisbon)[-1] == ("full", "2019-11-15")
    assert open_proceedings().get() == proceeding


def test_what_stands_on_it_is_named(suncheon):
    item = one(decide((suncheon, "approve")))
    notice = file_notice(suncheon, received_on=EXCOM_2019, reason="", by=None, on=EXCOM_2019)
    acknowledge_notice(notice, on=EXCOM_2019, by=None)

    assert refusal_of(item) == (
        "Suncheon is Withdrawn from 2019-12-31: that stands on what you want to correct. "
        "Correct the later one first."
    )


def test_a_noting_taken_back(lisbon):
    notice = file_notice(lisbon, received_on=EXCOM_2019, reason="", by=None, on=EXCOM_2019)
    item = one(decide((lisbon, "note")))

    correct(item)

    notice.refresh_from_db()
    assert notice.effective_on == dt.date(2019, 12, 31)
    assert life(lisbon)[-1] == ("withdrawn", "2019-12-31")


def test_a_noting_that_had_let_leave_waits_again(lisbon, administrator):
    change_policy(
        "withdrawal_effective", "decision", by=administrator, why="GA", on=dt.date(2019, 1, 1)
    )
    notice = file_notice(lisbon, received_on=EXCOM_2019, reason="", by=None, on=EXCOM_2019)
    item = one(decide((lisbon, "note")))

    correct(item)

    notice.refresh_from_db()
    assert notice.effective_on is None
    assert life(lisbon)[1:] == [("withdrawn", "2019-11-15"), ("full", "2019-11-15")]
    decide((lisbon, "note"), on=dt.date(2020, 11, 17))
    assert life(lisbon)[-1] == ("withdrawn", "2020-11-17")


def test_a_provisional_approval_taken_back(suncheon, administrator):
    change_policy("full_by", "excom_then_assembly", by=administrator, why="GA", on=EXCOM_2019)
    item = one(decide((suncheon, "approve")))

    correct(item)

    assert life(suncheon) == [("associate", "2019-03-05")]
    assert Application.objects.get().state == "accepted"
    decide((suncheon, "approve"), reference="item 4")


def test_a_waiver_taken_back(lisbon):
    correct(one(decide((lisbon, "waive", "Flood"))))

    assert not DecisionItem.objects.standing().exists()


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"reason": " "}, "Say what was wrong."),
        (
            {"decided_on": dt.date(2019, 11, 14)},
            "A correction cannot be decided before 2019-11-15, the day of what it corrects.",
        ),
        (
            {"decided_on": dt.date(2020, 1, 11)},
            "2020-01-11 is still to come: record what was decided, afterwards.",
        ),
    ],
)
def test_a_correction_is_later_and_says_why(suncheon, facts, sentence):
    assert refusal_of(one(decide((suncheon, "approve"))), **facts) == sentence


def test_a_correction_is_not_corrected(suncheon):
    item = one(decide((suncheon, "approve")))
    correction = correct(item)

    for wrong in (item, correction):
        assert refusal_of(wrong) == (
            "This is corrected already: record a new decision on Suncheon instead."
        )


def test_without_a_contact_nobody_is_written_to(lisbon):
    correct(one(decide((lisbon, "suspend", "Two years unpaid"))))

    assert Mail.objects.count() == 0


def test_the_member_hears_of_it(lisbon):
    add_contact(lisbon)

    correct(one(decide((lisbon, "suspend", "Two years unpaid"))))

    mail = Mail.objects.latest("pk")
    assert mail.kind == "decision_corrected"
    assert "What had been recorded was: Suspended." in mail.text
    assert "Misread the minutes" in mail.text
