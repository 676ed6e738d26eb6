"""Terms and offices as the secretariat sees and records them."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from events.models import EventPaper, OfficeHolder, Term, TermEnd, ViceNomination
from events.papers import render_event_papers
from tests.events.electing import FULL_SINCE, add_cities
from tests.members.portal import said, words_of
from tests.register import add_member

pytestmark = pytest.mark.django_db
BOARD = "admin:events_term_changelist"


@pytest.fixture(autouse=True)
def _in_2024():
    with time_machine.travel("2024-02-20T03:00:00+00:00", tick=True):
        yield


@pytest.fixture
def officer(client, administrator):
    client.force_login(administrator)
    return client


def page(name, *args):
    return reverse(f"admin:events_term_{name}", args=args)


def hold(office, member, *, since="2023-09-25", until="2025-12-31", **fields):
    return Term.objects.create(
        office=office, member=member, starts_on=since, ends_on=until, basis="recorded", **fields
    )


def test_the_board_answers_who_what_until_when_and_what_is_free(officer):
    cities = add_cities(3)
    hold("president", cities["Seoul"], label="6th term")
    hold("vice", cities["Almaty"])
    hold("excom", cities["Kathmandu"], until="2024-12-31")
    OfficeHolder.objects.create(
        member=cities["Seoul"], person_en="Oh Se-hoon", since_on="2021-04-08"
    )

    shown = words_of(officer.get(reverse(BOARD)))

    assert "3 of 20 EXCOM cities 1 elected, 2 ex officio" in shown
    assert "17 seats free" in shown
    assert "1 Vice President Cities at least 5" in shown
    assert "1 end within a year" in shown
    assert "Nobody is Executive Vice President City." in shown
    assert "1 Vice President Cities of at least 5." in shown
    assert "President City 6th term Seoul Oh Se-hoon" in shown
    assert "31 Dec 2024 within a year" in shown


def test_the_board_of_another_day(officer):
    hold("president", add_member("Seoul", on=FULL_SINCE))

    assert "President City" in words_of(officer.get(reverse(BOARD), {"on": "2023-09-25"}))
    earlier = words_of(officer.get(reverse(BOARD), {"on": "2023-09-24"}))
    assert "Nobody holds an office on this day" in earlier
    assert "As of 24 Sep 2023." in earlier
    wrong = officer.get(reverse(BOARD), {"on": "soon"})
    assert wrong.status_code == 200
    assert "This is not a day" in words_of(wrong)


def test_s33_c24_five_vice_presidents_do_not_warn(officer):
    for city in list(add_cities(5).values()):
        hold("vice", city)

    assert "of at least 5" not in words_of(officer.get(reverse(BOARD)))


def test_a_seat_of_a_city_that_left_is_shown(officer):
    hold("excom", add_member("Porto", "PT", status="withdrawn", on=FULL_SINCE))

    assert "Porto no full member: no vote" in words_of(officer.get(reverse(BOARD)))


def test_p3_nominated_then_appointed(officer):
    almaty = add_member("Almaty", "KZ", on=FULL_SINCE)
    sent = {"member": almaty.pk, "nominated_on": "2024-02-01", "reference": "15th EXCOM, item 4"}
    assert said(officer.post(page("nominate"), sent, follow=True)) == [
        "The nomination is recorded and waits for the President."
    ]
    nomination = ViceNomination.objects.get()
    assert "15th EXCOM, item 4" in words_of(officer.get(reverse(BOARD)))

    officer.post(
        page("appoint", nomination.pk),
        {"appointed_on": "2024-02-20", "ends_on": "2026-12-31", "reference": "Letter 12"},
    )

    assert [(term.office, term.who) for term in Term.objects.all()] == [("vice", "Almaty")]
    assert officer.get(page("appoint", nomination.pk)).status_code == 404


def test_x15_an_associate_is_refused_at_the_field_of_the_exception(officer):
    goyang = add_member("Goyang", status="associate", on=FULL_SINCE)
    nomination = ViceNomination.objects.create(
        member=goyang, nominated_on="2024-02-01", reference="item 4"
    )
    sent = {"appointed_on": "2024-02-20", "ends_on": "2026-12-31", "reference": "Letter 12"}

    refused = officer.post(page("appoint", nomination.pk), sent)

    assert refused.status_code == 422
    assert refused.context["form"].errors.keys() == {"override_reason"}
    assert 'value="Letter 12"' in refused.content.decode()
    assert Term.objects.count() == 0
    officer.post(page("appoint", nomination.pk), {**sent, "override_reason": "Resolution 3"})
    assert Term.objects.get().override_reason == "Resolution 3"


def test_x14_only_an_administrator_is_offered_an_exception(client, secretariat):
    client.force_login(secretariat)

    assert "override_reason" not in client.get(page("add")).content.decode()


def test_p5_the_secretary_general_and_r22_a_mayor_are_recorded(officer):
    seoul = add_member("Seoul", on=FULL_SINCE)
    officer.post(
        page("secretary"),
        {
            "person_en": "Park Jung-sook",
            "starts_on": "2024-02-01",
            "ends_on": "2026-12-31",
            "reference": "Letter 3",
        },
    )
    officer.post(
        page("holder"), {"member": seoul.pk, "person_en": "Oh Se-hoon", "since_on": "2021-04-08"}
    )

    assert "Secretary General Park Jung-sook" in words_of(officer.get(reverse(BOARD)))
    assert OfficeHolder.objects.get().person_en == "Oh Se-hoon"


def test_a_recorded_term_names_its_source_and_its_end_is_another_record(officer):
    seongnam = add_member("Seongnam", on=FULL_SINCE)
    sent = {
        "office": "excom",
        "member": seongnam.pk,
        "starts_on": "2021-10-18",
        "ends_on": "2023-12-31",
        "label": "6th term",
        "source": "Memorandum of the 5th Assembly",
    }
    assert officer.post(page("add"), {**sent, "ends_on": ""}).status_code == 422
    assert Term.objects.count() == 0
    officer.post(page("add"), sent)
    term = Term.objects.get()

    officer.post(page("end", term.pk), {"ended_on": "2023-06-30", "reason": "Resigned"})

    assert TermEnd.objects.get().reason == "Resigned"
    shown = words_of(officer.get(page("change", term.pk)))
    assert "Ended early on 30 Jun 2023 Why it ended Resigned" in shown


@pytest.mark.parametrize(("language", "word"), [("en", "President City"), ("ko", "서울")])
def test_a_certificate_of_office_is_written_and_printed(officer, language, word):
    seoul = add_member("Seoul", name_ko="서울", on=FULL_SINCE)
    term = hold("president", seoul, label="6th term")

    officer.post(page("certificate", term.pk), {"language": language})
    paper = EventPaper.objects.get()
    assert f"{word}" in str(paper.snapshot)
    assert "being made" in words_of(officer.get(page("change", term.pk)))
    report = render_event_papers()

    assert (report.printed, report.parked) == (1, {})
    address = page("certificate_pdf", term.pk, paper.reference)
    assert officer.get(address).content.startswith(b"%PDF-")
    other = hold("vice", add_member("Almaty", "KZ", on=FULL_SINCE))
    assert officer.get(page("certificate_pdf", other.pk, paper.reference)).status_code == 404
    assert officer.get(page("certificate", term.pk)).status_code == 405


def test_an_unknown_language_writes_nothing(officer):
    term = hold("president", add_member("Seoul", on=FULL_SINCE))

    officer.post(page("certificate", term.pk), {"language": "fr"})

    assert EventPaper.objects.count() == 0


def test_dates_are_asked_in_seoul(officer):
    assert dt.date(2024, 2, 20).isoformat() in officer.get(reverse(BOARD)).content.decode()
