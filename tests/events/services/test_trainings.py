import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from events.models import EventPaper, Nomination, NominationState, Training, TrainingCertificate
from events.papers import make_pdf, render_event_papers
from events.services.certificates import certify_training
from events.services.trainings import (
    NEXT,
    Nominee,
    cancel_training,
    count_attendance,
    move_nominations,
    nominate,
)
from tests.events.programmes import FIRST, LAST, TODAY, add_liaison, announce
from tests.register import add_member
from wego.models import AuditEntry, Mail

pytestmark = pytest.mark.django_db
MAYA = Nominee("Maya Gurung", "Head of IT", "maya@kathmandu.example")


@pytest.fixture
def kathmandu(db):
    member = add_member("Kathmandu", "NP", name_ko="카트만두")
    add_liaison(member)
    return member


def name(training, member, number=1, on=TODAY):
    person = Nominee(f"Person {number}", "Officer", f"p{number}@{member.pk}.example")
    return nominate(training, member, person, on=on, by=None)


def move(training, people, state, on=TODAY):
    return move_nominations(training, [each.pk for each in people], state, on=on, by=None)


def refused(code, rule, *given, **named):
    with pytest.raises(ValidationError) as error:
        rule(*given, **named)
    assert [each.code for each in error.value.error_list] == [code]
    return error.value.messages[0]


def test_r28_a_member_city_names_an_official(kathmandu):
    nomination = nominate(announce(), kathmandu, MAYA, on=TODAY, by=None)

    assert (nomination.member, nomination.state) == (kathmandu, "nominated")
    assert AuditEntry.objects.filter(act="nomination.made").count() == 1


def test_r28_a_city_names_no_more_than_its_quota(kathmandu):
    training = announce(quota=2)
    first = name(training, kathmandu, 1)
    name(training, kathmandu, 2)

    refused("quota", name, training, kathmandu, 3)
    assert Nomination.objects.count() == 2

    move(training, [first], NominationState.WITHDRAWN)
    name(training, kathmandu, 3)
    assert Nomination.objects.count() == 3


def test_r28_somebody_not_selected_leaves_the_quota(kathmandu):
    training = announce(quota=1)
    move(training, [name(training, kathmandu, 1)], NominationState.NOT_SELECTED)

    assert name(training, kathmandu, 2).state == "nominated"


@pytest.mark.parametrize(("kind", "status", "code"), [
    ("company", "full", "kind"),
    ("institution", "full", "kind"),
    ("city", "suspended", "status"),
    ("city", "withdrawn", "status"),
])  # fmt: skip
def test_r28_only_member_cities_name_people(kind, status, code):
    member = add_member("Danfoss", "DK", kind=kind, status=status)

    refused(code, nominate, announce(), member, MAYA, on=TODAY, by=None)
    assert Nomination.objects.count() == 0


def test_an_associate_city_may_name_people(db):
    member = add_member("Goyang", status="associate")

    assert nominate(announce(), member, MAYA, on=TODAY, by=None).member == member


@pytest.mark.parametrize(
    ("day", "allowed"), [(dt.date(2027, 1, 31), True), (dt.date(2027, 2, 1), False)]
)
def test_nominations_end_with_their_day(kathmandu, day, allowed):
    training = announce(until=dt.date(2027, 1, 31))

    if allowed:
        assert nominate(training, kathmandu, MAYA, on=day, by=None).nominated_on == day
    else:
        refused("late", nominate, training, kathmandu, MAYA, on=day, by=None)


def test_the_same_person_is_named_once(kathmandu):
    training, other = announce(), add_member("Pokhara", "NP")
    nominate(training, kathmandu, MAYA, on=TODAY, by=None)
    again = Nominee("M. Gurung", "Head", "MAYA@kathmandu.example")

    refused("email", nominate, training, other, again, on=TODAY, by=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Nomination.objects.create(
            training=training, member=other, full_name="M", position="p",
            email="Maya@Kathmandu.example", nominated_on=TODAY,
        )  # fmt: skip


@pytest.mark.parametrize(("changes", "code"), [
    ({"ends_on": dt.date(2027, 3, 14)}, "ends_on"),
    ({"until": dt.date(2027, 3, 16)}, "nominate_until"),
    ({"until": dt.date(2026, 11, 1)}, "nominate_until"),
    ({"quota": 0}, "quota"),
    ({"seats": 0}, "seats"),
    ({"place": " "}, "name_en"),
])  # fmt: skip
def test_a_training_with_days_out_of_order_is_not_announced(db, changes, code):
    refused(code, announce, **changes)
    assert Training.objects.count() == 0


def test_selection_is_told_to_the_city_in_its_language(kathmandu):
    seoul = add_member("Seoul", name_ko="서울")
    add_liaison(seoul)
    training = announce()
    people = [name(training, kathmandu), name(training, seoul)]

    move(training, people, NominationState.SELECTED)

    mails = {mail.language: mail for mail in Mail.objects.filter(kind="training_selected")}
    assert "e-Government capacity programme" in mails["en"].subject
    assert "전자정부 역량강화 프로그램" in mails["ko"].subject
    assert "2027년 3월 15일" in mails["ko"].text
    assert "Person 1 (Officer)" in mails["en"].text


def test_no_more_are_selected_than_there_are_places(kathmandu):
    training = announce(seats=1)
    people = [name(training, kathmandu, 1), name(training, kathmandu, 2)]

    refused("seats", move, training, people, NominationState.SELECTED)
    assert set(Nomination.objects.values_list("state", flat=True)) == {"nominated"}
    assert Mail.objects.count() == 0


def test_nobody_attends_before_it_begins(kathmandu):
    training = announce()
    people = [name(training, kathmandu)]
    move(training, people, NominationState.SELECTED)
    move(training, people, NominationState.CONFIRMED)

    refused("early", move, training, people, NominationState.ATTENDED, FIRST - dt.timedelta(days=1))
    assert move(training, people, NominationState.ATTENDED, FIRST)[0].state == "attended"


def test_nobody_of_another_training_is_moved(kathmandu):
    ours, other = announce(), announce(name_en="Other")
    stranger = name(other, kathmandu)

    refused("nobody", move, ours, [stranger], NominationState.SELECTED)


def attended(training, member, numbers):
    people = [name(training, member, number) for number in numbers]
    for state in (NominationState.SELECTED, NominationState.CONFIRMED):
        move(training, people, state)
    return move(training, people, NominationState.ATTENDED, LAST)


def test_r28_people_and_cities_are_counted_apart(kathmandu):
    training, pokhara = announce(quota=3), add_member("Pokhara", "NP")
    attended(training, kathmandu, (1, 2))
    attended(training, pokhara, (3,))
    name(training, pokhara, 4)

    assert count_attendance(training) == (3, 2)


def test_r28_who_came_gets_one_certificate_by_mail(kathmandu):
    training = announce()
    attended(training, kathmandu, (1, 2))

    made = certify_training(training, on=LAST, by=None)

    assert len(made) == 2
    mails = Mail.objects.filter(kind="training_certificate")
    assert {mail.waits_for for mail in mails} == {f"event-paper:{each.paper_id}" for each in made}
    report = render_event_papers()
    assert (report.printed, report.parked) == (2, {})
    assert all(len(mail.attachments) == 1 for mail in mails.all())
    refused("nobody", certify_training, training, on=LAST, by=None)
    assert TrainingCertificate.objects.count() == 2


def test_the_same_certificate_prints_the_same_bytes(kathmandu):
    training = announce()
    attended(training, kathmandu, (1,))
    certify_training(training, on=LAST, by=None)
    paper = EventPaper.objects.get()

    assert make_pdf(paper) == make_pdf(paper)
    assert paper.reference.startswith("WEGO-2027-CT-")


def test_a_certificate_is_not_written_before_the_last_day(kathmandu):
    training = announce()
    attended(training, kathmandu, (1,))

    refused("early", certify_training, training, on=LAST - dt.timedelta(days=1), by=None)


def test_who_has_a_certificate_stays_attended(kathmandu):
    training = announce()
    people = attended(training, kathmandu, (1,))
    certify_training(training, on=LAST, by=None)

    refused("state", move, training, people, NominationState.ABSENT, LAST)


def test_a_cancelled_training_takes_nobody_any_more(kathmandu):
    training = announce()
    refused("reason", cancel_training, training, reason=" ", on=TODAY, by=None)

    cancel_training(training, reason="Budget", on=TODAY, by=None)

    refused("cancelled", nominate, training, kathmandu, MAYA, on=TODAY, by=None)
    refused("cancelled", cancel_training, training, reason="again", on=TODAY, by=None)


@settings(max_examples=30)
@given(st.lists(st.sampled_from(list(NominationState.values)), max_size=6))
def test_a_nomination_moves_only_along_the_table(states):
    with transaction.atomic():
        training = announce()
        member = add_member("Kathmandu", "NP")
        nomination, stands = name(training, member), "nominated"
        for state in states:
            try:
                move(training, [nomination], state, LAST)
            except ValidationError:
                assert state not in NEXT[stands]
            else:
                assert state in NEXT[stands]
                stands = state
            nomination.refresh_from_db()
            assert nomination.state == stands
        transaction.set_rollback(True)
