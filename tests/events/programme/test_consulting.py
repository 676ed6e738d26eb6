import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from events.models import Consultation, TopicSuggestion
from events.programme.consulting import (
    answer_topic,
    consultation_on,
    open_consultation,
    suggest_topic,
)
from tests.events.builders import add_meeting
from tests.register import add_member
from wego.models import AuditEntry

pytestmark = pytest.mark.django_db
DAY, UNTIL = dt.date(2024, 5, 1), dt.date(2024, 5, 31)


@pytest.fixture
def meeting():
    return add_meeting("excom-2024", "excom", on=dt.date(2024, 9, 19))


@pytest.fixture
def almaty():
    return add_member("Almaty", "KZ")


def consult(meeting, until=UNTIL, question="What should EXCOM speak about?"):
    return open_consultation(meeting, until=until, question_en=question, on=DAY, by=None)


def suggest(meeting, member, title="Digital twins", on=DAY):
    return suggest_topic(meeting, member, title=title, note="We can show ours", on=on, by=None)


def test_r19_members_are_asked_before_the_agenda_and_answered(meeting, almaty, secretariat):
    consult(meeting)

    topic = suggest(meeting, almaty)
    answer_topic(topic, "taken", on=UNTIL, by=secretariat)

    topic.refresh_from_db()
    assert (topic.member, topic.title, topic.answer, topic.answered_on) == (
        almaty,
        "Digital twins",
        "taken",
        UNTIL,
    )
    acts = AuditEntry.objects.order_by("pk").values_list("act", flat=True)
    assert list(acts) == ["consultation.opened", "topic.suggested", "topic.answered"]


def test_r19_a_topic_is_suggested_while_members_are_asked(meeting, almaty):
    with pytest.raises(ValidationError, match="not asked about this agenda yet"):
        suggest(meeting, almaty)
    consult(meeting)

    assert suggest(meeting, almaty, on=UNTIL).suggested_on == UNTIL
    with pytest.raises(ValidationError, match="until 31 May 2024"):
        suggest(meeting, almaty, "Late", on=dt.date(2024, 6, 1))
    assert TopicSuggestion.objects.count() == 1


def test_asking_again_moves_the_last_day(meeting):
    consult(meeting)

    later = consult(meeting, until=dt.date(2024, 6, 15), question="And now?")

    assert (later.opened_on, later.until) == (DAY, dt.date(2024, 6, 15))
    assert consultation_on(meeting, dt.date(2024, 6, 15)) == Consultation.objects.get()
    assert consultation_on(meeting, dt.date(2024, 6, 16)) is None
    with pytest.raises(ValidationError) as caught:
        consult(meeting, until=dt.date(2024, 4, 1), question=" ")
    assert set(caught.value.error_dict) == {"until", "question_en"}


def test_what_is_empty_twice_or_too_much_is_refused(meeting, almaty):
    consult(meeting)
    moscow = add_member("Moscow", "RU", status="expelled", region="europe")

    with pytest.raises(ValidationError, match="few words"):
        suggest(meeting, almaty, "  ")
    with pytest.raises(ValidationError, match="is no member"):
        suggest(meeting, moscow)
    for number in range(5):
        suggest(meeting, almaty, f"Topic {number}")
    with pytest.raises(ValidationError, match="this already"):
        suggest(meeting, almaty, "topic 1")
    with pytest.raises(ValidationError, match="5 topics already"):
        suggest(meeting, almaty, "Topic 6")
    assert TopicSuggestion.objects.count() == 5


def test_a_no_says_why_and_nothing_is_answered_twice(meeting, almaty):
    consult(meeting)
    topic = suggest(meeting, almaty)

    with pytest.raises(ValidationError, match="Say why"):
        answer_topic(topic, "left", on=DAY, by=None)
    answer_topic(topic, "left", words="It was the theme of 2023", on=DAY, by=None)
    with pytest.raises(ValidationError, match="answered already"):
        answer_topic(topic, "taken", on=DAY, by=None)

    topic.refresh_from_db()
    assert (topic.answer, topic.answer_note) == ("left", "It was the theme of 2023")
