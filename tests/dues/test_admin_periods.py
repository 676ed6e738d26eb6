"""Closed books: shown with their history, closed by finance, opened by an administrator."""

import datetime as dt

import pytest

from dues.ledger import locked_through
from dues.models import PeriodLock
from dues.periods import lock_period
from tests.dues.desk import act, hidden_of
from tests.dues.staff import messages_of, text_of
from wego.models import AuditEntry

pytestmark = pytest.mark.django_db
LIST = "/admin/dues/periodlock/"
CLOSE, REOPEN = f"{LIST}close/", f"{LIST}reopen/"
TYPED = {"through": "2020-12-31", "reason": "Reported to EXCOM"}


@pytest.fixture
def closed(finance):
    return lock_period(
        dt.date(2020, 12, 31), reason="Reported to EXCOM", on=dt.date(2021, 3, 1), by=finance
    )


def close(browser, **typed):
    shown = browser.post(CLOSE, {**TYPED, **typed})
    return browser.post(CLOSE, {**TYPED, **typed, **hidden_of(shown), "step": "do"})


def test_closing_is_looked_at_first_and_then_done(desk, finance):
    shown = desk.post(CLOSE, TYPED)
    assert "Nothing can be posted on 31 Dec 2020 or before any more." in text_of(shown)
    assert locked_through() is None

    answer = close(desk)

    assert locked_through() == dt.date(2020, 12, 31)
    assert messages_of(desk.get(answer.url)) == ["The books are closed through 31 Dec 2020."]
    entry = AuditEntry.objects.get(act="period.locked")
    assert (entry.by, entry.why) == (finance, "Reported to EXCOM")


def test_the_history_names_who_and_why(desk, closed):
    words = text_of(desk.get(LIST))

    assert "The books are closed through 31 Dec 2020" in words
    assert "31 Dec 2020 Reported to EXCOM Lee Ji-hoon" in words
    assert "Open them again" not in words


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"through": "2999-12-31"}, "through", "is not over yet"),
        ({"through": "2020-06-30"}, "through", "closed through 2020-12-31 already"),
        ({"reason": " "}, "reason", "Say why."),
        ({"through": ""}, "through", "Enter a day."),
    ],
)
def test_what_cannot_be_closed_is_said_at_its_field(desk, closed, typed, field, sentence):
    answer = close(desk, **{"through": "2021-01-31", **typed})

    assert answer.status_code == 422
    assert sentence in " ".join(answer.context["form"].errors[field])
    assert locked_through() == dt.date(2020, 12, 31)


def test_a_second_press_does_not_close_twice(desk):
    shown = desk.post(CLOSE, TYPED)
    sent = {**TYPED, **hidden_of(shown), "step": "do"}
    desk.post(CLOSE, sent)

    again = desk.post(CLOSE, sent)

    assert again.status_code == 422
    assert "Somebody else closed or opened the books meanwhile." in text_of(again)
    assert PeriodLock.objects.count() == 1


def test_only_an_administrator_opens_the_books_again(client, desk, administrator, closed):
    assert desk.post(REOPEN, {"reason": "r", "step": "do"}).status_code == 403
    client.force_login(administrator)
    assert "Open them again" in text_of(client.get(LIST))

    shown = client.post(REOPEN, {"through": "", "reason": "A payment was missed"})
    assert "Open the books wholly" in text_of(shown)
    typed = {"through": "", "reason": "A payment was missed"}
    client.post(REOPEN, {**typed, **hidden_of(shown), "step": "do"})

    assert locked_through() is None
    entry = AuditEntry.objects.get(act="period.unlocked")
    assert (entry.by, entry.why) == (administrator, "A payment was missed")


def test_closing_asks_who_one_is(desk):
    session = desk.session
    session["session_began"] = 1
    session["account_authentication_methods"] = []
    session.save()

    assert desk.post(CLOSE, TYPED).url == "/account/typed/"
    assert locked_through() is None


def test_the_secretariat_sees_and_does_not_close(client, secretariat):
    client.force_login(secretariat)

    assert "The books were never closed" in text_of(client.get(LIST))
    assert client.post(CLOSE, {**TYPED, "step": "do"}).status_code == 403
    assert act(client, CLOSE, **TYPED).status_code == 403
