"""The last look and the button: exact numbers, refusals that write nothing, a second press."""

import datetime as dt
import re

import pytest

from dues.models import DuesRun, Invoice, InvoiceSeries, IssuerProfile
from dues.preview import preview_dues
from members.models import Member
from tests.dues.crowd import add_crowd
from tests.dues.staff import CHECK, DOCUMENTS, messages_of, text_of
from tests.register import add_figure, add_member, add_small_roster

pytestmark = pytest.mark.django_db


@pytest.fixture
def roster():
    return add_small_roster()


@pytest.fixture
def asked(monkeypatch):
    """How often the worker was asked to look."""
    calls = []
    monkeypatch.setattr("dues.tasks.render_pending_documents.delay", lambda: calls.append(1))
    return calls


def answers(**changes):
    """What a careful person sends: the preview they saw, the days, the box ticked."""
    data = {
        "expected_hash": preview_dues(2020).hash,
        "issued_on": "2020-01-15",
        "due_on": "2020-03-31",
        "looked": "on",
    }
    return data | changes


def assert_nothing_written():
    assert (Invoice.objects.count(), DuesRun.objects.count()) == (0, 0)
    assert not InvoiceSeries.objects.exclude(last_number=0).exists()


def value_of(response, name):
    tag = re.search(rf'<input[^>]*name="{name}"[^>]*>', response.content.decode()).group()
    value = re.search(r'value="([^"]*)"', tag)
    return value.group(1) if value else ""


def test_the_button_says_the_real_numbers(client, finance, roster):
    client.force_login(finance)

    response = client.get(CHECK)

    words = text_of(response)
    assert "Issue 2 invoices, USD 9,750" in words
    assert "2 blocked, not billed now" in words
    assert "Issuing is final. Every invoice gets its number" in words
    assert "I have looked at the warnings" in words
    assert (value_of(response, "issued_on"), value_of(response, "due_on")) == (
        "2020-01-15",
        "2020-03-31",
    )


def test_days_come_from_the_invoice_settings(client, finance, roster):
    IssuerProfile.objects.create(pk=1, issue_month=2, issue_day=1, due_month=6, due_day=30)
    client.force_login(finance)

    response = client.get(CHECK)

    assert (value_of(response, "issued_on"), value_of(response, "due_on")) == (
        "2020-02-01",
        "2020-06-30",
    )


def test_without_warnings_nobody_is_asked_to_tick_a_box(client, finance, roster):
    IssuerProfile.objects.create(pk=1, bank_account="1006-000-123456")
    client.force_login(finance)

    assert "I have looked at the warnings" not in text_of(client.get(CHECK))


@pytest.mark.parametrize("role", ["secretariat", "finance", "administrator"])
def test_issuing_numbers_the_invoices_and_goes_on_to_their_documents(
    request, role, roster, asked, django_capture_on_commit_callbacks
):
    client = request.getfixturevalue("client")
    person = request.getfixturevalue(role)
    client.force_login(person)

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(CHECK, answers())

    assert (response.status_code, response["Location"]) == (302, DOCUMENTS)
    assert list(Invoice.objects.values_list("number", "member__name_en", "amount_cents")) == [
        ("WEGO-2020-0001", "Kathmandu", 125_000),
        ("WEGO-2020-0002", "Seoul", 850_000),
    ]
    assert DuesRun.objects.get().issued_by == person
    assert asked == [1]
    assert messages_of(client.get(DOCUMENTS)) == [
        "2 invoices issued, USD 9,750: WEGO-2020-0001 to WEGO-2020-0002."
    ]


def test_the_typed_days_are_the_days_of_the_invoices(client, finance, roster, asked):
    client.force_login(finance)

    client.post(CHECK, answers(issued_on="2020.02.03", due_on="20200430"))

    run = DuesRun.objects.get()
    assert (run.issued_on, run.due_on) == (dt.date(2020, 2, 3), dt.date(2020, 4, 30))


def test_a_broker_that_is_away_stops_nobody(
    desk, roster, monkeypatch, django_capture_on_commit_callbacks, caplog
):
    def refuse():
        raise ConnectionError("no broker")

    monkeypatch.setattr("dues.tasks.render_pending_documents.delay", refuse)

    with django_capture_on_commit_callbacks(execute=True):
        response = desk.post(CHECK, answers())

    assert response.status_code == 302
    assert Invoice.objects.count() == 2
    assert "no broker" in caplog.text


def test_a_second_press_issues_nothing_and_says_so(client, finance, roster, asked):
    client.force_login(finance)
    twice = answers()
    client.post(CHECK, twice)
    client.get(DOCUMENTS)

    response = client.post(CHECK, twice, follow=True)

    assert Invoice.objects.count() == 2
    assert response.redirect_chain == [(DOCUMENTS, 302)]
    assert messages_of(response) == [
        "Nothing was issued: the 2 invoices of 2020 were issued before."
    ]


def test_a_press_overtaken_by_another_issues_nothing_and_says_so(
    client, finance, roster, asked, monkeypatch
):
    """Both people saw 2 to issue; the other one was faster by a moment."""
    from dues.admin import year
    from dues.invoicing import issue_dues

    def overtaken(*args, **options):
        issue_dues(2020, by=None)
        return issue_dues(*args, **options)

    monkeypatch.setattr(year, "issue_dues", overtaken)
    client.force_login(finance)

    response = client.post(CHECK, answers(), follow=True)

    assert Invoice.objects.count() == 2
    assert DuesRun.objects.count() == 1
    assert messages_of(response) == [
        "Nothing was issued: the 2 invoices of 2020 were issued before."
    ]


def test_a_world_that_changed_is_shown_anew_and_nothing_is_written(client, finance, roster):
    client.force_login(finance)
    seen = answers(issued_on="2020-02-03", due_on="2020-04-30")
    add_figure(roster["Sardauna"], 300_000)
    add_figure(roster["Seoul"], 10_349_312)

    response = client.post(CHECK, seen)

    assert response.status_code == 200
    words = text_of(response)
    assert "Something changed since this preview was made" in words
    assert "Issue 2 invoices, USD 11,250" in words
    assert b"<title>Error:" in response.content
    assert value_of(response, "issued_on") == "2020-02-03"
    assert value_of(response, "due_on") == "2020-04-30"
    assert value_of(response, "expected_hash") == preview_dues(2020).hash
    assert 'name="looked"' in response.content.decode()
    assert "checked" not in re.search(r"<input[^>]*looked[^>]*>", response.content.decode()).group()
    assert_nothing_written()


def test_after_a_changed_world_the_new_preview_can_be_issued(client, finance, roster, asked):
    client.force_login(finance)
    seen = answers()
    add_figure(roster["Seoul"], 10_349_312)
    page = client.post(CHECK, seen)

    client.post(CHECK, seen | {"expected_hash": value_of(page, "expected_hash")})

    assert list(Invoice.objects.values_list("amount_cents", flat=True)) == [125_000, 1_000_000]


@pytest.mark.parametrize(
    ("changes", "sentence", "field"),
    [
        ({"looked": ""}, "Look at the warnings and tick this box.", "looked"),
        ({"issued_on": ""}, "Enter a day.", "issued_on"),
        ({"due_on": "2020-02-31"}, "This is not a day: write it like 2020-01-15.", "due_on"),
        (
            {"due_on": "2020-01-14"},
            "The due day 2020-01-14 lies before the issue day 2020-01-15.",
            "due_on",
        ),
    ],
)
def test_what_is_refused_is_said_at_its_field_and_writes_nothing(
    desk, roster, changes, sentence, field
):
    response = desk.post(CHECK, answers(**changes))

    assert response.context["form"].errors == {field: [sentence]}
    assert f'href="#id_{field}"' in response.content.decode()
    assert b"<title>Error:" in response.content
    assert_nothing_written()


def test_a_post_without_the_preview_it_saw_is_refused(client, finance, roster):
    client.force_login(finance)

    response = client.post(CHECK, answers(expected_hash=""))

    assert response.status_code == 200
    assert_nothing_written()


@pytest.mark.parametrize("typed", ["", "2", "52"])
def test_more_than_fifty_at_once_are_counted_by_the_person(client, finance, typed):
    add_crowd(51)
    client.force_login(finance)

    response = client.post(CHECK, answers(typed_count=typed))

    assert response.context["form"].errors["typed_count"] == [
        f"51 invoices would be issued, not “{typed}”: type 51." if typed else "Type 51 to confirm."
    ]
    assert_nothing_written()


def test_fifty_one_typed_as_asked_are_issued(client, finance, asked):
    add_crowd(51)
    client.force_login(finance)

    client.post(CHECK, answers(typed_count=" 51 "))

    assert Invoice.objects.count() == 51


def test_nothing_to_issue_says_what_to_do(client, finance):
    add_member("Goyang")
    client.force_login(finance)

    page = client.get(CHECK)
    response = client.post(CHECK, answers(), follow=True)

    assert "Nobody can be billed for this year. The preview says what is missing." in text_of(page)
    assert "<form" not in page.content.decode().split("<main")[1]
    assert messages_of(response) == ["Nothing was issued: no member can be billed yet."]
    assert_nothing_written()


def test_a_member_unblocked_later_is_issued_alone(client, finance, roster, asked):
    client.force_login(finance)
    client.post(CHECK, answers())
    add_figure(roster["Danfoss"], 28_000, measure="employees")

    page = client.get(CHECK)
    client.post(CHECK, answers())

    assert "Issue 1 invoice, USD 8,000" in text_of(page)
    assert "2 issued before" in text_of(page)
    assert Invoice.objects.get(sequence=3).member == Member.objects.get(name_en="Danfoss")


def test_strangers_and_members_issue_nothing(client, roster):
    assert client.post(CHECK, answers()).status_code == 302
    assert_nothing_written()


def test_without_the_form_token_nothing_is_issued(finance, roster):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(finance)

    assert strict.post(CHECK, answers()).status_code == 403
    assert_nothing_written()
