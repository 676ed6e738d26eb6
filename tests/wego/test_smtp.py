"""A real conversation with a mail server that fails in every way: nothing is sent twice (R6)."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from tests.harness.smtp_sink import Sink
from wego import outbox
from wego.models import Mail

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TIMES = 20

# What the server does, how the mail stands then, and whether the server has it.
MOODS = {
    "takes": ("sent", True),
    "drops at QUIT": ("sent", True),
    "silent at QUIT": ("sent", True),
    "greets 421": ("queued", False),
    "silent greeting": ("queued", False),
    "drops at RCPT": ("queued", False),
    "RCPT 450": ("queued", False),
    "RCPT 550": ("failed", False),
    "drops at DATA": ("queued", False),
    "451 after the text": ("queued", False),
    "554 after the text": ("failed", False),
    "drops in the text": ("unconfirmed", False),
    "drops after the text": ("unconfirmed", False),
    "silent after the text": ("unconfirmed", False),
    "takes and drops": ("unconfirmed", True),
}


@pytest.fixture
def sink(settings):
    server = Sink()
    settings.EMAIL_BACKEND = "wego.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_TIMEOUT = 0.1
    yield server
    server.stop()


def write_mails(count):
    Mail.objects.bulk_create(
        Mail(
            kind="probe",
            to_email=f"mayor{number}@goyang.example",
            to_name="고양시장",
            language="ko",
            subject="회비 청구서",
            text="안녕하십니까.\n.\n점으로 시작하는 줄",
            html="<p>안녕하십니까.</p>",
            message_id=f"<{number}@wego.example>",
        )
        for number in range(count)
    )


@pytest.mark.parametrize(("mood", "state", "has_it"), [(m, *MOODS[m]) for m in MOODS], ids=MOODS)
def test_no_mail_leaves_twice_whatever_the_server_does(sink, mood, state, has_it):
    write_mails(TIMES)
    sink.mood = mood

    outbox.send_pending()

    assert set(Mail.objects.values_list("state", flat=True)) == {state}
    assert len(sink.taken) == (TIMES if has_it else 0)
    assert Mail.objects.filter(error="").exists() is (state == "sent")

    sink.mood = "takes"
    with time_machine.travel(timezone.now() + dt.timedelta(hours=2)):
        outbox.send_pending()
        outbox.send_pending()

    assert len(sink.taken) == len(set(sink.taken))
    delivered = TIMES if has_it or state == "queued" else 0
    assert len(sink.taken) == delivered
    wanted = "sent" if state == "queued" else state
    assert set(Mail.objects.values_list("state", flat=True)) == {wanted}


def test_retry_by_a_person_keeps_the_number_of_a_mail_that_had_arrived(sink, secretariat):
    write_mails(1)
    sink.mood = "takes and drops"
    outbox.send_pending()

    sink.mood = "takes"
    outbox.retry_mail(Mail.objects.get(), by=secretariat)
    outbox.send_pending()

    assert sink.taken == ["<0@wego.example>", "<0@wego.example>"]
    assert Mail.objects.get().state == "sent"


def test_server_that_is_away_postpones(settings):
    settings.EMAIL_BACKEND = "wego.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    write_mails(1)

    outbox.send_pending()

    mail = Mail.objects.get()
    assert mail.state == "queued"
    assert "refused" in mail.error
    assert mail.not_before > timezone.now()
