"""Acts on members: adding one, a status, a figure, the check list."""

import datetime as dt

import pytest
from django.urls import reverse

from members.models import Member, StatusEntry

LIST = "/admin/members/member/"
NEW = {
    "kind": "city",
    "name_en": "Almaty",
    "name_ko": "알마티",
    "country_code": "KZ",
    "region": "asia",
    "level": "city",
    "language": "en",
    "address": "",
    "note": "",
    "status": "associate",
    "on": "2020-02-03",
    "reason": "Application accepted",
}


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2020-03-02 03:00:00Z")


def test_add_page_begins_a_history(kim, secretariat):
    response = kim.post(f"{LIST}add/", NEW)

    almaty = Member.objects.get()
    assert response.url == f"{LIST}{almaty.pk}/change/"
    entry = StatusEntry.objects.get()
    assert (entry.member, entry.status, entry.effective_on, entry.recorded_by) == (
        almaty,
        "associate",
        dt.date(2020, 2, 3),
        secretariat,
    )


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name_en": "seoul", "country_code": "KR"}, "Seoul is in the register already"),
        ({"on": ""}, "Enter a day."),
        ({"on": "2009-12-31"}, "2009-12-31 is before WeGO was founded in 2010."),
        ({"reason": ""}, "This field is required."),
        ({"status": "suspended"}, "Select a valid choice."),
        ({"country_code": "XX"}, "Select a valid choice."),
    ],
)
def test_add_page_refuses_with_a_sentence(kim, register, change, sentence):
    response = kim.post(f"{LIST}add/", {**NEW, **change})

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert Member.objects.count() == 5
    assert StatusEntry.objects.count() == 5


def test_status_page_records_a_line(kim, register, secretariat):
    berlin = register["Berlin"]
    address = f"{LIST}{berlin.pk}/status/"

    page = kim.get(address)
    assert page.context["form"].fields["status"].choices == [("associate", "Associate")]
    response = kim.post(
        address, {"status": "associate", "on": "2020-03-01", "reason": "New application"}
    )

    assert response.url == f"{LIST}{berlin.pk}/change/"
    last = berlin.status_entries.last()
    assert (last.status, last.effective_on, last.recorded_by) == (
        "associate",
        dt.date(2020, 3, 1),
        secretariat,
    )


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        (
            {"status": "full", "on": "2020-03-01", "reason": "x"},
            "Select a valid choice.",
        ),
        (
            {"status": "associate", "on": "2019-01-01", "reason": "x"},
            "Berlin is Withdrawn from 2019-12-31: a change cannot lie before that.",
        ),
        ({"status": "honorary", "on": "2020-03-01", "reason": "x"}, "Select a valid choice."),
    ],
)
def test_status_page_shows_why_not(kim, register, posted, sentence):
    berlin = register["Berlin"]

    response = kim.post(f"{LIST}{berlin.pk}/status/", posted)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert berlin.status_entries.count() == 1


def test_figure_page_records_a_population(kim, register, secretariat):
    kathmandu = register["Kathmandu"]

    response = kim.post(
        f"{LIST}{kathmandu.pk}/figure/",
        {"year": "2020", "value": "1,442,271", "source": "Census", "source_year": "2011"},
    )

    assert response.status_code == 302
    figure = kathmandu.figures.get()
    assert (figure.measure, figure.value, figure.dues_year, figure.entered_by) == (
        "population",
        1_442_271,
        2020,
        secretariat,
    )


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"value": "1.442.271"}, "is not a number"),
        ({"value": "-5"}, "The figure cannot be negative."),
        ({"value": "0"}, "0 is no figure here"),
        ({"value": ""}, "This field is required."),
        ({"source": ""}, "This field is required."),
        ({"source_year": "1"}, "The year of the source must lie between 1900 and 2100."),
    ],
)
def test_figure_page_shows_why_not(kim, register, change, sentence):
    posted = {"year": "2020", "value": "5000", "source": "Census", "source_year": "", **change}

    response = kim.post(f"{LIST}{register['Kathmandu'].pk}/figure/", posted)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert register["Kathmandu"].figures.count() == 0


def test_actions_confirm_and_mark(kim, register, secretariat):
    kathmandu, nur_sultan = register["Kathmandu"], register["Nur-Sultan"]

    kim.post(LIST, {"action": "confirm_full", "_selected_action": [kathmandu.pk]})
    kim.post(LIST, {"action": "mark_associates", "_selected_action": [nur_sultan.pk]})

    assert not Member.objects.filter(status_confirmed=False).exists()
    today = dict(Member.objects.with_status(dt.date(2020, 3, 2)).values_list("name_en", "status"))
    assert (today["Kathmandu"], today["Nur-Sultan"]) == ("full", "associate")
    assert nur_sultan.status_entries.last().recorded_by == secretariat


def test_actions_refuse_what_is_settled(kim, register):
    page = kim.post(
        LIST,
        {
            "action": "mark_associates",
            "_selected_action": [register["Kathmandu"].pk, register["Seoul"].pk],
        },
        follow=True,
    )

    assert "The status of Seoul is confirmed already." in page.content.decode()
    assert StatusEntry.objects.count() == 5


def test_checklist_settles_both_lists_in_two_steps(kim, register, secretariat):
    kathmandu, nur_sultan = register["Kathmandu"], register["Nur-Sultan"]
    address = reverse("admin:members_member_checklist")
    assert "Kathmandu" in kim.get(address).content.decode()

    check = kim.post(address, {"step": "check", "associate": [nur_sultan.pk]})

    assert StatusEntry.objects.count() == 5
    assert "Mark 1, confirm 1" in check.content.decode()
    response = kim.post(
        address,
        {
            "step": "settle",
            "associate": f"{nur_sultan.pk},",
            "full": f"{kathmandu.pk},",
            "reason": "Printed in blue",
        },
        follow=True,
    )

    assert "1 associate marked, 1 statuses confirmed." in response.content.decode()
    assert nur_sultan.status_entries.last().status == "associate"
    assert nur_sultan.status_entries.last().reason == "Printed in blue"
    assert kathmandu.status_entries.last().reason == "Status confirmed on 2020-03-02."
    assert "Every status is confirmed" in kim.get(address).content.decode()


def test_checklist_asks_for_a_reason(kim, register):
    nur_sultan = register["Nur-Sultan"]

    response = kim.post(
        reverse("admin:members_member_checklist"),
        {"step": "settle", "associate": f"{nur_sultan.pk},", "full": "x,", "reason": " "},
    )

    assert response.status_code == 422
    assert "Give a reason" in response.content.decode()
    assert nur_sultan.status_entries.count() == 1
