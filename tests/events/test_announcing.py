import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from events.announcing import announce_agenda, announce_call, invite_observers
from events.models import AgendaItem
from members.models import Contact
from tests.events.builders import add_delegation, add_meeting
from tests.register import add_member
from wego.models import AuditEntry, Mail

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 7, 1)


def city(name, country="KZ", **fields):
    member = add_member(name, country, **fields)
    Contact.objects.create(
        member=member, role="liaison", full_name="Ana", email=f"{name.lower()}@city.example"
    )
    return member


@pytest.fixture
def meeting():
    return add_meeting(place="Almaty", state="called")


@pytest.fixture
def goyang(meeting):
    member = city("Goyang", "KR", name_ko="고양")
    add_delegation(meeting, member)
    return member


def test_the_call_goes_to_the_invited_in_their_language(meeting, goyang, secretariat):
    add_delegation(meeting, city("Shymkent"))
    city("Turkistan")

    assert announce_call(meeting, by=secretariat) == 2

    korean, english = Mail.objects.order_by("to_email")
    assert korean.subject == "제7차 총회 소집 안내"
    assert "2026년 9월 16일" in korean.text
    assert "고양 귀중" in korean.text
    assert english.subject == "7th General Assembly: you are invited"
    assert "It meets 16 September 2026, Almaty (On site)." in english.text
    assert english.file == f"member:{meeting.delegations.last().member_id}"
    entry = AuditEntry.objects.get(act="meeting.announced")
    assert (entry.by, entry.facts["mail"], len(entry.facts["members"])) == (
        secretariat,
        "meeting_called",
        2,
    )


def test_nobody_is_told_the_same_twice_and_late_guests_are_told_once(meeting, goyang):
    announce_call(meeting, by=None)

    with pytest.raises(ValidationError, match="nobody to write to"):
        announce_call(meeting, by=None)
    add_delegation(meeting, city("Shymkent"))

    assert announce_call(meeting, by=None) == 1
    assert list(Mail.objects.order_by("pk").values_list("to_email", flat=True)) == [
        "goyang@city.example",
        "shymkent@city.example",
    ]


def test_r18_other_members_are_invited_to_observe(meeting, goyang):
    city("Turkistan")
    city("Moscow", "RU", status="withdrawn", region="europe")

    assert invite_observers(meeting, on=DAY, by=None) == 1

    mail = Mail.objects.get()
    assert (mail.kind, mail.to_email) == ("observers_invited", "turkistan@city.example")
    assert "without a vote" in mail.text


def test_the_agenda_is_told_once_there_is_one(meeting, goyang):
    with pytest.raises(ValidationError, match="no agenda"):
        announce_agenda(meeting, by=None)
    AgendaItem.objects.create(meeting=meeting, position=1, kind="report", title_en="Report")

    assert announce_agenda(meeting, by=None) == 1
    assert Mail.objects.get().subject == "제7차 총회 의제 공개"


@pytest.mark.parametrize(
    ("fields", "code"),
    [({"state": "held"}, "over"), ({"state": "cancelled"}, "over"), ({"on": None}, "no_day")],
)
def test_a_meeting_that_is_over_or_has_no_day_is_not_announced(fields, code):
    meeting = add_meeting(**fields)
    add_delegation(meeting, city("Shymkent"))

    with pytest.raises(ValidationError) as caught:
        announce_call(meeting, by=None)

    assert caught.value.code == code
    assert not Mail.objects.exists()


def test_a_member_without_a_contact_is_counted_as_unreachable(meeting, goyang):
    add_delegation(meeting, add_member("Jeju"))

    assert announce_call(meeting, by=None) == 1

    facts = AuditEntry.objects.get(act="meeting.announced").facts
    assert facts == {"mail": "meeting_called", "members": [goyang.pk], "unreachable": 1}
