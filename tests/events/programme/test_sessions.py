import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from events.models import Session, Speaker
from events.programme.sessions import (
    Slot,
    Voice,
    change_session,
    name_speaker,
    plan_session,
    remove_speaker,
)
from tests.events.builders import ASSEMBLY_DAY, add_meeting, add_session
from tests.register import add_member
from wego.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return add_meeting()


def test_r19_a_session_has_its_time_room_and_speakers(meeting, secretariat):
    goyang = add_member("Goyang")
    slot = Slot(ASSEMBLY_DAY, "Smart waste", "", dt.time(14), dt.time(15, 30), "Hall B")

    session = plan_session(meeting, slot, by=secretariat)
    ana = name_speaker(session, Voice("Ana  Cruz", "moderator", organisation="ADB"), by=None)
    lee = name_speaker(
        session, Voice("Lee", "panellist", "Mayor", goyang, topic="Sensors"), by=None
    )

    assert (ana.name, ana.speaks_for, lee.speaks_for) == ("Ana Cruz", "ADB", "Goyang")
    assert list(session.speakers.values_list("role", flat=True)) == ["moderator", "panellist"]
    files = AuditEntry.objects.filter(act="speaker.named").order_by("pk").values_list("file")
    assert [row[0] for row in files] == [f"speaker:{ana.pk}", f"member:{goyang.pk}"]


def test_a_session_lies_within_its_meeting(meeting):
    slot = Slot(dt.date(2026, 9, 17), " ", "", dt.time(15), dt.time(14))

    with pytest.raises(ValidationError) as caught:
        plan_session(meeting, slot, by=None)

    assert set(caught.value.error_dict) == {"day", "title_en", "ends_at"}
    assert not Session.objects.exists()


def test_a_changed_session_says_what_changed(meeting):
    session = add_session(meeting, room="Hall A")

    change_session(session, Slot(ASSEMBLY_DAY, "Smart waste", room="Hall B"), by=None)
    change_session(session, Slot(ASSEMBLY_DAY, "Smart waste", room="Hall B"), by=None)

    assert AuditEntry.objects.get().facts == {"room": ["Hall A", "Hall B"]}


def test_r27_a_speaker_speaks_for_one_organisation_once_a_session(meeting):
    session, goyang = add_session(meeting), add_member("Goyang")

    for voice, field in (
        (Voice(" ", "presenter", member=goyang), "name"),
        (Voice("Lee", "singer", member=goyang), "role"),
        (Voice("Lee", "presenter"), "organisation"),
        (Voice("Lee", "presenter", member=goyang, organisation="ADB"), "organisation"),
        (Voice("Lee", "presenter", member=goyang, email="a@b, c@d"), "email"),
    ):
        with pytest.raises(ValidationError) as caught:
            name_speaker(session, voice, by=None)
        assert set(caught.value.error_dict) == {field}
    lee = name_speaker(session, Voice("Lee", "presenter", member=goyang), by=None)
    with pytest.raises(ValidationError, match="speaks here already"):
        name_speaker(session, Voice("lee", "moderator", member=goyang), by=None)

    remove_speaker(lee, on=ASSEMBLY_DAY, by=None)
    with pytest.raises(ValidationError, match="before"):
        remove_speaker(lee, on=ASSEMBLY_DAY, by=None)
    assert Speaker.objects.get().left_on == ASSEMBLY_DAY
