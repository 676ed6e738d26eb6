import datetime as dt

import pytest

from members.agenda import close_excom_year, lapse_associates, waiting_members
from members.hearings import propose_proceeding
from members.leaving import acknowledge_notice, file_notice, take_back_notice
from members.models import Application
from tests.members.bodies import add_associate, decide, life
from tests.register import add_member
from wego.models import AuditEntry
from wego.policies import change_policy

NEW_YEAR = dt.date(2020, 1, 1)


@pytest.fixture
def lisbon(db):
    return add_member("Lisbon", "PT", region="europe", on=dt.date(2012, 11, 12))


def asked(on):
    return [
        (str(row.member), str(row.ask), row.excom_year, row.note) for row in waiting_members(on)
    ]


def test_everything_that_waits_in_order(lisbon):
    add_associate("Suncheon")
    decide((add_associate("Busan", number=3), "reject"))
    add_associate("Ulsan", number=2, on=dt.date(2019, 12, 2))
    add_member("Almaty", "KZ", status="associate")
    add_member("Makati", "PH", status="associate", status_confirmed=False)
    file_notice(
        lisbon, received_on=dt.date(2019, 10, 2), reason="", by=None, on=dt.date(2019, 10, 2)
    )
    porto = add_member("Porto", "PT", region="europe", on=dt.date(2012, 11, 12))
    propose_proceeding(porto, "expel", on=dt.date(2019, 12, 20), reason="Harm", by=None)

    assert asked(dt.date(2019, 12, 31)) == [
        ("Almaty", "approve", None, ""),
        ("Suncheon", "approve", 2019, ""),
        ("Ulsan", "approve", 2020, "carried over to EXCOM 2020"),
        ("Lisbon", "note", None, ""),
        ("Porto", "expel", None, "may be heard until 2020-01-19"),
    ]


def test_decided_ones_wait_no_longer(lisbon):
    suncheon = add_associate()
    notice = file_notice(
        lisbon, received_on=dt.date(2019, 10, 2), reason="", by=None, on=dt.date(2019, 10, 2)
    )
    acknowledge_notice(notice, on=dt.date(2019, 10, 3), by=None)
    assert len(waiting_members(dt.date(2019, 11, 14))) == 2

    decide((suncheon, "approve"), (lisbon, "note"))

    assert waiting_members(dt.date(2019, 11, 16)) == []


def test_a_notice_taken_back_waits_no_longer(lisbon):
    notice = file_notice(
        lisbon, received_on=dt.date(2019, 10, 2), reason="", by=None, on=dt.date(2019, 10, 2)
    )
    take_back_notice(notice, on=dt.date(2019, 10, 3), by=None)

    assert waiting_members(dt.date(2019, 11, 14)) == []


def test_a_proposal_rests_when_its_member_has_left(lisbon):
    propose_proceeding(lisbon, "expel", on=dt.date(2019, 10, 1), reason="Harm", by=None)
    notice = file_notice(
        lisbon, received_on=dt.date(2019, 10, 2), reason="", by=None, on=dt.date(2019, 10, 2)
    )
    acknowledge_notice(notice, on=dt.date(2019, 10, 3), by=None)
    decide((lisbon, "note"))

    assert asked(dt.date(2019, 12, 30)) == [("Lisbon", "expel", None, "")]
    assert asked(dt.date(2019, 12, 31)) == []


@pytest.mark.parametrize("count", [1, 4])
def test_waiting_members_costs_the_same_for_many(db, count, django_assert_num_queries):
    for place in range(count):
        add_associate(f"City {place}", number=place)
        leaver = add_member(f"Leaver {place}", on=dt.date(2012, 11, 12))
        file_notice(
            leaver, received_on=dt.date(2019, 10, 2), reason="", by=None, on=dt.date(2019, 10, 2)
        )
        propose_proceeding(leaver, "expel", on=dt.date(2019, 10, 1), reason="Harm", by=None)

    with django_assert_num_queries(6):
        waiting = waiting_members(dt.date(2019, 11, 14))

    assert len(waiting) == count * 3


def test_a_closed_year_carries_over(lisbon):
    add_associate()

    assert close_excom_year(2019, on=NEW_YEAR, by=None) == 1
    assert close_excom_year(2019, on=NEW_YEAR, by=None) == 0

    application = Application.objects.get()
    assert (application.state, application.target_excom_year) == ("accepted", 2020)
    entry = AuditEntry.objects.get(act="application.carried_over")
    assert entry.facts == {"excom": [2019, 2020]}
    assert asked(NEW_YEAR) == [("Suncheon", "approve", 2020, "carried over to EXCOM 2020")]


class TestLapsing:
    """S3, set so that an application lapses with its year."""

    @pytest.fixture(autouse=True)
    def _lapsing(self, administrator):
        change_policy("carry_over", "lapses", by=administrator, why="GA", on=dt.date(2019, 1, 1))

    def test_ends_on_31_december(self):
        suncheon = add_associate()

        assert close_excom_year(2019, on=NEW_YEAR, by=None) == 1

        assert life(suncheon) == [("associate", "2019-03-05"), ("withdrawn", "2019-12-31")]
        application = Application.objects.get()
        assert application.state == "lapsed"
        assert application.entries.last().reason == (
            "The application lapsed: no EXCOM of 2019 decided on it."
        )
        assert AuditEntry.objects.filter(act="application.lapsed").count() == 1
        assert close_excom_year(2019, on=NEW_YEAR, by=None) == 0
        assert add_associate(on=dt.date(2020, 2, 1), number=2) == suncheon

    def test_not_before_the_year_has_ended(self):
        add_associate()

        assert lapse_associates(2019, on=dt.date(2019, 12, 31), by=None) == []

    def test_spares_the_deferred_and_the_approved(self):
        deferred, approved = add_associate(), add_associate("Ulsan", number=2)
        decide((deferred, "defer"), (approved, "approve"))

        assert close_excom_year(2019, on=NEW_YEAR, by=None) == 0

        assert life(deferred)[-1][0] == "associate"
        assert life(approved)[-1][0] == "full"

    def test_leaves_roster_associates_alone(self):
        almaty = add_member("Almaty", "KZ", status="associate")

        assert close_excom_year(2020, on=dt.date(2021, 1, 1), by=None) == 0
        assert life(almaty) == [("associate", "2019-12-31")]
