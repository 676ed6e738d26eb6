"""The batch of reminders at the desk: looked at, sent once, paused for a member."""

import datetime as dt

import pytest

from dues.models import Reminder, ReminderPause
from dues.plans import Instalment, agree_plan
from members.models import Contact
from tests.dues.books import pay
from tests.dues.builders import city, issued_invoice
from tests.dues.staff import messages_of, text_of
from wego.models import Mail

pytestmark = pytest.mark.django_db
BATCH, SEND = "/admin/dues/reminders/", "/admin/dues/reminders/send/"
ON = dt.datetime(2020, 5, 1, 3, tzinfo=dt.UTC)


@pytest.fixture
def desk(client, finance, time_machine):
    time_machine.move_to(ON, tick=False)
    client.force_login(finance)
    return client


@pytest.fixture
def goyang():
    member = city(language="ko")
    Contact.objects.create(
        member=member, role="finance", full_name="Choi Min-seo", email="treasurer@goyang.example"
    )
    issued_invoice(member)
    return member


def seen_of(page, place=0):
    return page.context["parts"][place]["seen"]


def test_the_batch_says_who_which_step_how_much_and_who_waits(desk, goyang):
    almaty = city("Almaty", "", country_code="KZ")
    issued_invoice(almaty, sequence=2)

    words = text_of(desk.get(BATCH))

    assert "Almaty WEGO-2020-0002 Reminder, 30 days after USD 7,500.00 – English" in words
    assert "Nobody to write to: the member has no contact." in words
    assert (
        "Goyang WEGO-2020-0001 Reminder, 30 days after USD 7,500.00 treasurer@goyang.example Korean"
    ) in words
    assert "Send 1 reminder They ask for USD 7,500.00." in words


def test_one_button_sends_and_a_second_press_sends_nothing(desk, goyang, finance):
    seen = seen_of(desk.get(BATCH))

    answer = desk.post(SEND, {"sort": "reminders", "seen": seen})
    again = desk.post(SEND, {"sort": "reminders", "seen": seen})

    assert answer.url == again.url == BATCH
    page = desk.get(BATCH)
    assert messages_of(page)[0] == "1 mail is on its way."
    assert "Something changed since this list was made" in messages_of(page)[1]
    assert Reminder.objects.get().recorded_by == finance
    assert Mail.objects.filter(kind="dues_reminder").count() == 1


def test_a_list_that_changed_is_not_sent(desk, goyang):
    seen = seen_of(desk.get(BATCH))
    pay(goyang, 10, received_on=dt.date(2020, 4, 30), on=ON.date())

    desk.post(SEND, {"sort": "reminders", "seen": seen})

    assert Reminder.objects.count() == 0


def test_the_secretariat_looks_and_does_not_send(client, secretariat, goyang, time_machine):
    time_machine.move_to(ON, tick=False)
    client.force_login(secretariat)
    page = client.get(BATCH)

    assert "Send 1 reminder" not in text_of(page)
    assert client.post(SEND, {"seen": seen_of(page)}).status_code == 403
    assert Reminder.objects.count() == 0


def test_a_pause_has_a_day_and_a_reason(desk, goyang):
    address = f"/admin/dues/reminders/pause/{goyang.pk}/"
    refused = desk.post(address, {"until": "2020-04-30", "reason": "The mayor wrote"})
    assert refused.status_code == 422
    assert "from today on" in text_of(refused)
    assert ReminderPause.objects.count() == 0

    answer = desk.post(address, {"until": "2020-06-01", "reason": "The mayor wrote"})

    assert answer.url == f"/admin/members/member/{goyang.pk}/change/"
    assert "Paused until 1 Jun 2020: The mayor wrote" in text_of(desk.get(BATCH))
    assert "Send" not in text_of(desk.get(BATCH))


# Payment plans at the desk.


def test_a_plan_is_typed_line_by_line(desk, goyang):
    address = f"/admin/dues/paymentplan/agree/{goyang.pk}/"
    invoice = goyang.invoices.get()
    facts = {"invoices": [str(invoice.pk)], "reason": "Budget of the province"}

    refused = desk.post(address, {**facts, "dates": "2020-07-31 2,500.00"})
    assert refused.status_code == 422
    assert "USD 5,000.00 is missing" in text_of(refused)
    unread = desk.post(address, {**facts, "dates": "soon 100"})
    assert "“soon 100” is no day with an amount" in text_of(unread)
    assert goyang.payment_plans.count() == 0

    answer = desk.post(address, {**facts, "dates": "2020-07-31 2,500.00\n2020-10-31 5000"})

    plan = goyang.payment_plans.get()
    assert answer.url == f"/admin/dues/paymentplan/{plan.pk}/change/"
    assert list(plan.instalments.values_list("due_on", "amount_cents")) == [
        (dt.date(2020, 7, 31), 250_000),
        (dt.date(2020, 10, 31), 500_000),
    ]
    words = text_of(desk.get(answer.url))
    assert "Kept" in words
    assert "Next: USD 2,500.00 by 31 Jul 2020." in words
    assert "A payment plan is kept." in text_of(desk.get(BATCH))


def test_another_members_invoice_is_no_choice(desk, goyang):
    other = issued_invoice(city("Almaty", "", country_code="KZ"), sequence=2)

    answer = desk.post(
        f"/admin/dues/paymentplan/agree/{goyang.pk}/",
        {"invoices": [str(other.pk)], "reason": "x", "dates": "2020-07-31 7500"},
    )

    assert answer.status_code == 422
    assert goyang.payment_plans.count() == 0


def test_a_plan_is_ended_with_a_reason(desk, goyang):
    plan = agree_plan(
        goyang,
        [goyang.invoices.get()],
        [Instalment(dt.date(2020, 7, 31), 750_000)],
        reason="Budget",
        on=ON.date(),
        by=None,
    )
    address = f"/admin/dues/paymentplan/{plan.pk}/end/"
    assert desk.post(address, {"reason": ""}).status_code == 422

    answer = desk.post(address, {"reason": "Paid from another fund"})

    words = text_of(desk.get(answer.url))
    assert "Ended on 1 May 2020: Paid from another fund" in words
    assert "End the plan" not in words
