import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from members.hearings import (
    drop_proceeding,
    open_proceedings,
    propose_proceeding,
    record_statement,
)
from members.leaving import acknowledge_notice, file_notice
from members.models import Proceeding
from tests.members.bodies import add_associate, add_contact, decide
from tests.register import add_member
from wego.models import AuditEntry, Mail
from wego.policies import change_policy

ON = dt.date(2024, 8, 1)


@pytest.fixture
def lisbon(db):
    return add_member("Lisbon", "PT", region="europe", on=dt.date(2012, 11, 12))


def propose(member, outcome="expel", **facts):
    return propose_proceeding(
        member, outcome, **{"on": ON, "reason": "Dues of two years", "by": None, **facts}
    )


def test_propose_proceeding_opens_a_hearing_and_says_so(lisbon, secretariat):
    add_contact(lisbon)

    proceeding = propose(lisbon, by=secretariat)

    assert proceeding.heard_until == dt.date(2024, 8, 31)
    mail = Mail.objects.get()
    assert mail.kind == "hearing_opened"
    assert mail.subject == "Lisbon: you may be heard until 31 August 2024"
    assert "Expelled" in mail.text
    assert "Dues of two years" in mail.text
    entry = AuditEntry.objects.get()
    assert (entry.act, entry.file) == ("proceeding.proposed", f"member:{lisbon.pk}")


def test_the_hearing_lasts_as_the_policy_says(lisbon, administrator):
    change_policy("hearing_days", "60", by=administrator, why="GA", on=ON)

    assert propose(lisbon).heard_until == dt.date(2024, 9, 30)


@pytest.mark.parametrize(
    ("status", "outcome", "sentence"),
    [
        ("associate", "suspend", "Porto is Associate: “Suspended” cannot be proposed."),
        ("suspended", "suspend", "Porto is Suspended: “Suspended” cannot be proposed."),
        ("withdrawn", "expel", "Porto is Withdrawn: “Expelled” cannot be proposed."),
        ("full", "approve", "Propose a suspension or an expulsion."),
    ],
)
def test_propose_proceeding_refuses(db, status, outcome, sentence):
    porto = add_member("Porto", "PT", region="europe", status=status, on=dt.date(2012, 11, 12))

    with pytest.raises(ValidationError) as refusal:
        propose(porto, outcome)

    assert refusal.value.messages == [sentence]
    assert Proceeding.objects.count() == 0


def test_a_proposal_says_why_and_is_made_once(lisbon):
    with pytest.raises(ValidationError, match=r"Say why\."):
        propose(lisbon, reason=" ")
    propose(lisbon)
    with pytest.raises(ValidationError, match="“Expelled” was proposed of Lisbon on 2024-08-01"):
        propose(lisbon)
    assert propose(lisbon, "suspend").outcome == "suspend"


def test_statements_are_kept_under_one_another(lisbon):
    proceeding = propose(lisbon)

    record_statement(proceeding, "We pay in September.", on=dt.date(2024, 8, 20), by=None)
    record_statement(proceeding, "Paid.", on=dt.date(2024, 9, 3), by=None)

    proceeding.refresh_from_db()
    assert proceeding.statement == "2024-08-20: We pay in September.\n\n2024-09-03: Paid."
    with pytest.raises(ValidationError, match="Enter what the member said"):
        record_statement(proceeding, "  ", on=ON, by=None)


def test_a_dropped_proposal_is_closed(lisbon):
    proceeding = propose(lisbon)

    drop_proceeding(proceeding, on=dt.date(2024, 9, 3), reason="Paid in full", by=None)

    assert not open_proceedings().exists()
    closed = "The proposal on Lisbon is dropped or decided on already."
    for act in (
        lambda: drop_proceeding(proceeding, on=ON, reason="again", by=None),
        lambda: record_statement(proceeding, "Thank you.", on=ON, by=None),
    ):
        with pytest.raises(ValidationError) as refusal:
            act()
        assert refusal.value.messages == [closed]
    assert propose(lisbon).pk != proceeding.pk


def test_a_decided_proposal_is_closed(lisbon):
    proceeding = propose(lisbon)
    decide((lisbon, "expel"), on=dt.date(2024, 9, 20))

    assert not open_proceedings().exists()
    with pytest.raises(ValidationError, match="dropped or decided on already"):
        record_statement(proceeding, "Too late.", on=dt.date(2024, 9, 21), by=None)


def test_a_proposal_does_not_outlive_a_readmission(db):
    suncheon = add_associate(on=dt.date(2018, 3, 5))
    decide((suncheon, "approve"), on=dt.date(2018, 11, 15))
    propose(suncheon, on=dt.date(2019, 2, 1))
    notice = file_notice(
        suncheon, received_on=dt.date(2019, 3, 1), reason="", by=None, on=dt.date(2019, 3, 1)
    )
    acknowledge_notice(notice, on=dt.date(2019, 3, 1), by=None)
    assert open_proceedings().count() == 1

    add_associate(on=dt.date(2020, 3, 5), number=2)

    assert not open_proceedings().exists()
