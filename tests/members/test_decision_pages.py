"""Decisions on the staff pages: the agenda, what will happen, the act, the page, the correction."""

import datetime as dt
import html
import re

import pytest
import time_machine

from members.models import Decision, DecisionItem, Letter, StatusEntry
from tests.members.bodies import add_associate, add_contact, decide, life
from tests.register import add_figure, add_gdp, add_member
from wego.models import Mail

pytestmark = pytest.mark.django_db
RECORD = "/admin/members/decision/record/"
LIST = "/admin/members/decision/"
ON = dt.date(2019, 11, 20)


@pytest.fixture(autouse=True)
def _in_november_2019():
    with time_machine.travel(dt.datetime(2019, 11, 20, 3, tzinfo=dt.UTC)):
        yield


def text_of(response):
    page = response.content.decode()
    main = re.search(r"<main.*?</main>", page, re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main.group() if main else page)).split())


def typed(step="check", **changes):
    sitting = {
        "body": "excom",
        "decided_on": "2019-11-15",
        "meeting": "EXCOM 2019, Seongnam",
        "reference": "item 3",
    }
    return sitting | {"step": step} | changes


def chosen(member, outcome, reason="", ask="approve"):
    key = f"{ask}-{member.pk}"
    return {f"{key}-outcome": outcome, f"{key}-reason": reason}


def eighteen():
    """Eighteen associates, as EXCOM 2016 approved at once (P10)."""
    return [add_associate(f"City {number:02d}", number=number) for number in range(1, 19)]


def test_agenda_lists_who_waits_with_fee_and_days_and_proposes_to_approve(kim):
    add_gdp("KR", "42300")
    city = add_associate("Suncheon", on=dt.date(2019, 3, 5), figure_value=280_000)
    add_figure(city, 280_000)
    add_member("Seoul")

    page = kim.get(RECORD)
    words = text_of(page)

    assert page.status_code == 200
    assert "Associates waiting for approval 1" in words
    assert "accepted 5 Mar 2019 260 days" in words
    assert "USD 6,000" in words
    assert "Seoul" not in words.replace("Seoul,", "")
    assert b'<option value="approve" selected>approve</option>' in page.content


def test_empty_agenda_says_so(kim):
    assert "Nobody waits for a decision" in text_of(kim.get(RECORD))


def test_check_says_what_will_happen_and_writes_nothing(kim):
    cities = eighteen()
    data = typed()
    for city in cities[:16]:
        data |= chosen(city, "approve")
    data |= chosen(cities[16], "defer") | chosen(cities[17], "reject", "No letter of the mayor.")
    lines, letters = StatusEntry.objects.count(), Letter.objects.count()

    page = kim.post(RECORD, data)
    words = text_of(page)

    assert page.status_code == 200
    assert "16 become full members from 15 Nov 2019, dues from 2020" in words
    assert "1 is deferred to EXCOM 2020" in words
    assert "1 is rejected" in words
    assert "33 letters, " in words
    assert (Decision.objects.count(), StatusEntry.objects.count()) == (0, lines)
    assert Letter.objects.count() == letters


def test_recording_does_what_the_check_said(kim, secretariat):
    cities = eighteen()
    add_contact(cities[0], email="mayor@suncheon.example")
    data = typed("record")
    for city in cities[:16]:
        data |= chosen(city, "approve")
    data |= chosen(cities[16], "defer") | chosen(cities[17], "reject", "No letter of the mayor.")

    answer = kim.post(RECORD, data)

    decision = Decision.objects.get()
    assert answer.url == f"/admin/members/decision/{decision.pk}/change/"
    assert (decision.body, decision.decided_on) == ("excom", dt.date(2019, 11, 15))
    assert (decision.meeting, decision.recorded_by) == ("EXCOM 2019, Seongnam", secretariat)
    assert life(cities[0])[-1] == ("full", "2019-11-15")
    assert life(cities[16])[-1] == ("associate", "2019-03-05")
    assert life(cities[17])[-1] == ("rejected", "2019-11-15")
    words = text_of(kim.get(answer.url))
    assert "Full member from 15 Nov 2019, dues from 2020" in words
    assert "mayor@suncheon.example Queued" in words
    assert "Correct this : City 01" in words


def test_decision_page_names_who_has_no_address(kim):
    city = add_associate()
    city.contacts.all().delete()
    decision = decide((city, "approve"))

    words = text_of(kim.get(f"/admin/members/decision/{decision.pk}/change/"))

    assert "1 member has no e-mail address: print its letter and post it." in words


def test_left_out_is_not_decided(kim):
    stays, other = add_associate("Suncheon"), add_associate("Yeosu", number=2)

    kim.post(RECORD, typed("record") | chosen(stays, "") | chosen(other, "approve"))

    assert [item.member for item in DecisionItem.objects.all()] == [other]
    assert life(stays) == [("associate", "2019-03-05")]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"decided_on": "2019-11-21"}, "2019-11-21 is still to come"),
        ({"decided_on": "2019-03-04"}, "Suncheon was accepted on 2019-03-05 only"),
        ({"meeting": ""}, "This field is required."),
        ({"body": "mayor"}, "mayor is not one of the available choices"),
    ],
)
@pytest.mark.parametrize("step", ["check", "record"])
def test_refused_decision_writes_nothing_and_keeps_what_was_typed(kim, step, change, sentence):
    city = add_associate()
    data = typed(step) | chosen(city, "reject", "No signature") | change

    page = kim.post(RECORD, data)

    assert page.status_code == 422
    assert sentence in text_of(page)
    assert page.content.startswith(b"<!DOCTYPE html>")
    assert b"<title>Error:" in page.content
    assert b'value="No signature"' in page.content
    assert b'<option value="reject" selected>' in page.content
    assert Decision.objects.count() == 0


def test_nobody_chosen_is_refused(kim):
    city = add_associate()

    page = kim.post(RECORD, typed() | chosen(city, ""))

    assert page.status_code == 422
    assert "Choose at least one member." in text_of(page)


def test_who_no_longer_waits_is_told_and_nothing_is_recorded(kim):
    city, other = add_associate("Suncheon"), add_associate("Yeosu", number=2)
    decide((city, "approve"))

    page = kim.post(RECORD, typed("record") | chosen(city, "approve") | chosen(other, "approve"))

    assert page.status_code == 422
    assert "a member you chose no longer waits" in text_of(page)
    assert Decision.objects.count() == 1


def test_going_back_keeps_what_was_typed(kim):
    city = add_associate()

    page = kim.post(RECORD, typed("edit") | chosen(city, "defer", "Mayor asks for time"))

    assert page.status_code == 200
    assert b'value="Mayor asks for time"' in page.content
    assert b'<option value="defer" selected>' in page.content


@pytest.mark.slow
def test_more_than_fifty_are_confirmed_by_typing_their_number(client, secretariat):
    cities = [add_member(f"City {n:02d}", status="associate") for n in range(51)]
    data = typed("record", decided_on="2020-01-15")
    with time_machine.travel(dt.datetime(2020, 1, 20, 3, tzinfo=dt.UTC)):
        client.force_login(secretariat)
        for city in cities:
            data |= chosen(city, "approve")
        refused = client.post(RECORD, data | {"typed_count": "50"})
        missing = client.post(RECORD, data)
        assert (refused.status_code, missing.status_code) == (422, 422)
        assert Decision.objects.count() == 0
        assert client.post(RECORD, data | {"typed_count": "51"}).status_code == 302

    assert DecisionItem.objects.count() == 51


def test_waiver_is_asked_for_by_member(kim):
    seoul = add_member("Seoul", on=dt.date(2012, 1, 1))

    page = kim.get(f"{RECORD}?member={seoul.pk}")
    assert "Arrears to waive 1" in text_of(page)

    data = typed("record", member=str(seoul.pk)) | chosen(seoul, "waive", "Earthquake", "waive")
    kim.post(RECORD, data)

    assert [(item.outcome, item.reason) for item in DecisionItem.objects.all()] == [
        ("waive", "Earthquake")
    ]


def test_suspension_is_lifted_from_the_agenda(kim):
    member = add_member("Kathmandu", "NP", on=dt.date(2012, 1, 1))
    StatusEntry.objects.create(
        member=member, status="suspended", effective_on=dt.date(2018, 11, 1), reason="EXCOM 2018"
    )

    assert "Suspended members 1" in text_of(kim.get(RECORD))
    kim.post(RECORD, typed("record") | chosen(member, "lift", ask="lift"))

    assert life(member)[-1] == ("full", "2019-11-15")


def test_last_day_of_the_meeting_is_asked_where_policy_needs_it(kim):
    from wego.models import PolicyValue

    PolicyValue.objects.create(key="full_on", value="meeting_end")
    city = add_associate()
    data = typed("record") | chosen(city, "approve")

    assert b'name="meeting_ended_on"' in kim.get(RECORD).content
    assert kim.post(RECORD, data).status_code == 422
    assert kim.post(RECORD, data | {"meeting_ended_on": "2019-11-17"}).status_code == 302
    assert life(city)[-1] == ("full", "2019-11-17")


# Correcting one


def corrected(**changes):
    return {
        "body": "excom",
        "decided_on": "2019-11-20",
        "meeting": "Written procedure",
        "reference": "2019/7",
        "reason": "The city was deferred; the clerk ticked the wrong line.",
    } | changes


def test_correction_shows_what_goes_back_and_writes_nothing(kim):  # X09
    from tests.dues.builders import issued_invoice

    city = add_associate()
    item = decide((city, "approve")).items.get()
    issued_invoice(city)
    address = f"/admin/members/decision/item/{item.pk}/correct/"

    assert "Full member from 15 Nov 2019, dues from 2020." in text_of(kim.get(address))
    page = kim.post(address, corrected())
    words = text_of(page)

    assert page.status_code == 200
    assert "1 decision is corrected" in words
    assert "WEGO-2020-0001" in words
    assert life(city)[-1] == ("full", "2019-11-15")
    assert Decision.objects.count() == 1


def test_correction_is_a_decision_of_its_own(kim):  # X09
    city = add_associate()
    add_contact(city, email="mayor@suncheon.example")
    item = decide((city, "approve")).items.get()

    answer = kim.post(f"/admin/members/decision/item/{item.pk}/correct/", corrected(step="record"))

    correction = DecisionItem.objects.get(reverses=item)
    assert answer.url == f"/admin/members/decision/{correction.decision_id}/change/"
    assert life(city) == [
        ("associate", "2019-03-05"),
        ("full", "2019-11-15"),
        ("associate", "2019-11-15"),
    ]
    assert Mail.objects.filter(kind="decision_corrected").count() >= 1
    old = text_of(kim.get(f"/admin/members/decision/{item.decision_id}/change/"))
    assert "corrected later" in old
    assert "Correct this" not in old
    assert "Earlier decision corrected" in text_of(kim.get(answer.url))


def test_second_correction_of_the_same_is_refused(kim):
    city = add_associate()
    item = decide((city, "approve")).items.get()
    address = f"/admin/members/decision/item/{item.pk}/correct/"
    kim.post(address, corrected(step="record"))

    page = kim.post(address, corrected(step="record"))

    assert page.status_code == 422
    assert "This is corrected already" in text_of(page)
    assert Decision.objects.count() == 2


# Who may, and what it costs


@pytest.mark.parametrize("address", [LIST, RECORD])
def test_decisions_are_the_secretariats(client, finance, address):
    assert client.get(address).status_code == 302
    client.force_login(finance)
    assert client.get(address).status_code == 403
    assert client.post(RECORD, typed()).status_code == 403


def test_nothing_is_added_changed_or_deleted_by_djangos_own_pages(kim):
    decision = decide((add_associate(), "approve"))

    assert kim.get(f"{LIST}add/").status_code == 403
    assert kim.post(f"{LIST}{decision.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Decision.objects.count() == 1


def test_list_shows_meeting_day_and_how_many(kim):
    decide((add_associate(), "approve"), (add_associate("Yeosu", number=2), "defer"))

    words = text_of(kim.get(LIST))

    assert "EXCOM 2019 15 Nov 2019 EXCOM item 3 2 members" in words
    assert "EXCOM 2019" in text_of(kim.get(f"{LIST}?q=Yeosu"))


@pytest.mark.parametrize("count", [1, 12])
def test_queries_do_not_grow(kim, django_assert_max_num_queries, count):
    add_gdp("KR", "42300")
    cities = [add_associate(f"City {n:02d}", number=n) for n in range(1, count + 1)]
    kim.get(RECORD)

    with django_assert_max_num_queries(19):
        kim.get(RECORD)
    decision = decide(*((city, "approve") for city in cities))
    with django_assert_max_num_queries(12):
        kim.get(f"{LIST}{decision.pk}/change/")
    with django_assert_max_num_queries(8):
        kim.get(LIST)
