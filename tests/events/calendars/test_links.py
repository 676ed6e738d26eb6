import datetime as dt

import pytest

from events.calendars.links import close_link, find_user, open_link, standing_link, token_of
from events.models import CalendarLink
from members.models import User
from wego.models import AuditEntry

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 8, 1)


@pytest.fixture
def mayor():
    return User.objects.create_user("mayor@goyang.example", full_name="Lee")


def test_a_link_opens_its_persons_calendar_until_a_new_one_is_made(mayor):
    first = token_of(open_link(mayor, on=DAY, by=mayor))
    assert find_user(first) == mayor

    second = token_of(open_link(mayor, on=DAY, by=mayor))

    assert find_user(first) is None
    assert find_user(second) == mayor
    assert CalendarLink.objects.count() == 1


def test_a_link_that_was_taken_back_opens_nothing_and_the_next_is_another(mayor):
    token = token_of(open_link(mayor, on=DAY, by=mayor))

    assert close_link(mayor, on=DAY, by=mayor) is True
    assert close_link(mayor, on=DAY, by=mayor) is False

    assert find_user(token) is None
    assert standing_link(mayor) is None
    assert token_of(open_link(mayor, on=DAY, by=mayor)) != token
    acts = AuditEntry.objects.order_by("pk").values_list("act", "file")
    assert list(acts) == [
        (act, f"user:{mayor.pk}")
        for act in ("calendar.opened", "calendar.closed", "calendar.opened")
    ]


@pytest.mark.parametrize("token", ["", "x", "WzEsMV0.forged", "WzEsMV0"])
def test_forged_links_open_nothing(mayor, token):
    open_link(mayor, on=DAY, by=mayor)

    assert find_user(token) is None


def test_nobody_opens_the_calendar_of_somebody_who_may_not_sign_in(mayor):
    token = token_of(open_link(mayor, on=DAY, by=mayor))
    mayor.is_active = False
    mayor.save()

    assert find_user(token) is None


def test_nothing_in_the_row_opens_a_calendar(mayor):
    link = open_link(mayor, on=DAY, by=mayor)

    row = " ".join(str(value) for value in CalendarLink.objects.values().get().values())

    assert token_of(link) not in row
