"""What Today says of decisions: who waits, notices, hearings that ended; for who may act."""

import datetime as dt
import html
import re

import pytest
import time_machine

from members.leaving import file_notice, propose_proceeding
from tests.members.bodies import add_associate
from tests.register import add_member

pytestmark = pytest.mark.django_db
ON = dt.date(2022, 10, 5)


@pytest.fixture(autouse=True)
def _in_october_2022():
    with time_machine.travel(dt.datetime(2022, 10, 5, 3, tzinfo=dt.UTC)):
        yield


def text_of(response):
    page = html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode()))
    return " ".join(page.split())


def fill():
    for number in (1, 2):
        add_associate(f"City {number}", number=number, on=dt.date(2022, 3, 5))
    almaty = add_member("Almaty", "KZ", on=dt.date(2012, 1, 1))
    file_notice(almaty, received_on=ON, reason="", by=None, on=ON)
    seoul = add_member("Seoul", on=dt.date(2012, 1, 1))
    propose_proceeding(seoul, "suspend", on=dt.date(2022, 9, 4), reason="Unpaid", by=None)
    goyang = add_member("Goyang", on=dt.date(2012, 1, 1))
    propose_proceeding(goyang, "suspend", on=dt.date(2022, 9, 5), reason="Unpaid", by=None)
    return almaty


def test_today_counts_who_waits_and_leads_there(kim):
    almaty = fill()

    page = kim.get("/admin/")
    words = text_of(page)

    assert "2 associates wait for EXCOM record a decision" in words
    assert "1 notice of withdrawal to acknowledge" in words
    assert "1 proposal whose hearing has ended to decide" in words
    address = f"/admin/members/member/{almaty.pk}/notice/acknowledge/"
    assert f'href="{address}"'.encode() in page.content


def test_today_is_silent_when_nothing_waits(kim):
    assert "To decide and to answer" not in text_of(kim.get("/admin/"))


def test_finance_has_nothing_to_decide(client, finance):
    fill()
    client.force_login(finance)

    assert "associates wait" not in text_of(client.get("/admin/"))


def test_lines_cost_one_query(django_assert_num_queries):
    from members.templatetags.decisions_today import count_waiting

    fill()
    with django_assert_num_queries(1):
        counts, notices = count_waiting(ON)

    assert (counts["associates"], counts["heard"], len(notices)) == (2, 1, 1)
