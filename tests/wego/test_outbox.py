"""The outbox: one mailbox a mail, written with the act, sent once, nothing lost silently."""

import datetime as dt
import smtplib

import pytest
import time_machine
from django.core import mail as sent_mail
from django.core.exceptions import ValidationError
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from wego import outbox, smtp, storage, wording
from wego.models import AuditEntry, Mail
from wego.outbox import Mailbox

pytestmark = pytest.mark.django_db

GOYANG = Mailbox("mayor@goyang.example", "고양시", "ko")
KINDS = (
    wording.MailKind(
        "probe",
        "Probe",
        {"member": "name of the member", "link": "address of the portal"},
        samples={"member": "Goyang", "link": "https://wego.example/"},
    ),
    wording.MailKind("secret", "Secret", {"link": "address that opens"}, private=True),
)


@pytest.fixture(autouse=True)
def _probe_kinds(monkeypatch):
    kinds = {kind.name: kind for kind in KINDS}
    words = {
        "probe": wording.Words("Welcome, {member}", "Dear {member},\n\nYour portal: {link}"),
        "secret": wording.Words("Sign in", "Open\n\n{link}"),
    }
    monkeypatch.setattr(wording, "declared_kinds", lambda: kinds)
    monkeypatch.setattr("wego.rewording.default_words", lambda kind, language: words[kind])


def post(to=GOYANG, **changes):
    facts = {"member": "Goyang", "link": "https://wego.example/portal/"}
    return outbox.post_mail("probe", to=to, facts=facts, **changes)


def post_secret():
    return outbox.post_mail("secret", to=GOYANG, facts={"link": "https://wego.example/in/abc"})


ATTACKS = {
    "CRLF and a header": ("a@goyang.example\r\nBcc: evil@e.example", "Goyang"),
    "line feed": ("a@goyang.example\nBcc: evil@e.example", "Goyang"),
    "carriage return": ("a@goyang.example\rBcc: evil@e.example", "Goyang"),
    "two mailboxes": ("a@goyang.example, evil@e.example", "Goyang"),
    "two mailboxes, semicolon": ("a@goyang.example;evil@e.example", "Goyang"),
    "NUL": ("a@goyang.example\x00", "Goyang"),
    "line separator": ("a@goyang.example\u2028Bcc: evil@e.example", "Goyang"),
    "name and address": ("Goyang <a@goyang.example>", "Goyang"),
    "quoted local part": ('"a,evil@e.example"@goyang.example', "Goyang"),
    "header in the name": ("a@goyang.example", "Goyang\r\nBcc: evil@e.example"),
    "separator in the name": ("a@goyang.example", "Goyang\u2029Bcc: evil@e.example"),
}


@pytest.mark.parametrize(("email", "name"), ATTACKS.values(), ids=ATTACKS)
def test_header_attack_is_refused(email, name):
    assert len(ATTACKS) == 11

    with pytest.raises(ValidationError):
        post(to=Mailbox(email, name, "en"))

    assert not Mail.objects.exists()


@pytest.mark.parametrize(
    ("email", "name", "language"),
    [
        ("", "Goyang", "en"),
        (f"{'a' * 250}@goyang.example", "Goyang", "en"),
        ("a@goyang.example", "x" * 201, "en"),
        ("a@goyang.example", "Go\u202eyang", "en"),
        ("a@goyang.example", "Goyang", "fr"),
    ],
)
def test_mailbox_is_refused(email, name, language):
    with pytest.raises(ValidationError):
        Mailbox(email, name, language)


def test_name_with_comma_and_quotes_stays_one_recipient():
    post(to=Mailbox("mayor@goyang.example", 'Goyang, "evil" <evil@e.example>', "en"))

    outbox.send_pending()

    (message,) = sent_mail.outbox
    assert message.message().get_all("To") == [
        '"Goyang, \\"evil\\" <evil@e.example>" <mayor@goyang.example>'
    ]


def test_posted_mail_says_its_words_in_both_shapes():
    mail = post()

    assert (mail.state, mail.to_email, mail.language) == ("queued", "mayor@goyang.example", "ko")
    assert mail.subject == "Welcome, Goyang"
    assert mail.text == "Dear Goyang,\n\nYour portal: https://wego.example/portal/"
    assert '<html lang="ko">' in mail.html
    assert 'href="https://wego.example/portal/">Your portal</a>' in mail.html
    assert mail.message_id.endswith("@127.0.0.1>")


def test_mail_of_a_refused_act_is_not_written():
    def act():
        with transaction.atomic():
            post()
            raise ValidationError("no")

    with pytest.raises(ValidationError):
        act()

    assert not Mail.objects.exists()


@pytest.mark.parametrize("facts", [{"member": "Goyang"}, {"member": "a", "link": "b", "x": "c"}])
def test_facts_must_be_those_of_the_kind(facts):
    with pytest.raises(ValueError, match="facts"):
        outbox.post_mail("probe", to=GOYANG, facts=facts)


def test_unknown_kind_is_an_error():
    with pytest.raises(LookupError, match="nobody"):
        outbox.post_mail("nobody", to=GOYANG, facts={})


def test_sent_mail_carries_its_headers():
    mail = post()

    report = outbox.send_pending()

    assert (report.sent, report.failed) == (1, 0)
    (message,) = sent_mail.outbox
    headers = message.message()
    assert headers["Message-ID"] == mail.message_id
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["From"] == "WeGO Secretariat <noreply@127.0.0.1>"
    assert headers.get_content_type() == "multipart/alternative"
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.error) == ("sent", 1, "")
    assert mail.sent_at is not None


def test_answers_go_to_the_secretariat():
    from dues.models import IssuerProfile

    post()
    outbox.send_pending()
    IssuerProfile.objects.update_or_create(pk=1, defaults={"email": "office@wego.example"})
    post()
    outbox.send_pending()

    unset, asked = sent_mail.outbox
    assert unset.reply_to == []
    assert asked.message()["Reply-To"] == "office@wego.example"


def test_second_sweep_sends_nothing():
    post()
    outbox.send_pending()

    assert outbox.send_pending().sent == 0
    assert len(sent_mail.outbox) == 1


def test_mail_waits_for_its_document():
    mail = post(waits_for="letter:7")
    assert outbox.send_pending().sent == 0
    stored = storage.store_file("letters/7.pdf", b"%PDF-1.7")

    freed = outbox.attach(
        "letter:7",
        name="Letter.pdf",
        path=stored.path,
        sha256=stored.sha256,
        type="application/pdf",
    )

    assert freed == 1
    assert outbox.send_pending().sent == 1
    assert sent_mail.outbox[0].attachments == [("Letter.pdf", b"%PDF-1.7", "application/pdf")]
    mail.refresh_from_db()
    assert (mail.waits_for, mail.state) == ("", "sent")


def test_damaged_attachment_fails_the_mail_only():
    broken = {"name": "a.pdf", "path": "gone.pdf", "sha256": "0" * 64, "type": "application/pdf"}
    mail = post(attachments=[broken])
    post()

    report = outbox.send_pending()

    assert (report.sent, report.failed) == (1, 1)
    mail.refresh_from_db()
    assert mail.state == "failed"
    assert "gone.pdf" in mail.error


class Refusing(BaseEmailBackend):
    """A server that answers with the error of the moment."""

    error = None

    def send_messages(self, messages):
        raise self.error


@pytest.fixture
def refusing(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"

    def refuse(error):
        Refusing.error = error

    return refuse


def test_passing_error_is_tried_again_five_times_ever_later(refusing):
    refusing(smtplib.SMTPDataError(451, b"try later"))
    mail = post()
    start = timezone.now()
    seen = []

    with time_machine.travel(start, tick=False) as clock:
        for minutes in [1] * 100 + [60] * 32:
            report = outbox.send_pending()
            if report.postponed or report.failed:
                seen.append(int((timezone.now() - start).total_seconds() // 60))
            clock.shift(dt.timedelta(minutes=minutes))

    mail.refresh_from_db()
    assert seen == [0, 1, 5, 21, 85]
    assert (mail.state, mail.attempts, mail.error) == ("failed", 5, "451 try later")


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (ConnectionRefusedError("refused"), "queued"),
        (TimeoutError("timed out"), "queued"),
        (smtplib.SMTPServerDisconnected("gone"), "queued"),
        (smtplib.SMTPAuthenticationError(535, b"wrong password"), "queued"),
        (smtplib.SMTPRecipientsRefused({"a@b.example": (450, b"busy")}), "queued"),
        (smtplib.SMTPRecipientsRefused({"a@b.example": (550, b"unknown")}), "failed"),
        (smtplib.SMTPDataError(554, b"spam"), "failed"),
        (smtplib.SMTPNotSupportedError("SMTPUTF8"), "failed"),
        (RuntimeError("bug"), "failed"),
        (smtp.MayHaveLeftError("gone"), "unconfirmed"),
    ],
)
def test_error_decides_what_becomes_of_the_mail(refusing, error, state):
    refusing(error)
    mail = post()

    outbox.send_pending()

    mail.refresh_from_db()
    assert mail.state == state
    assert mail.error


@pytest.mark.parametrize(
    ("error", "logged"),
    [
        (
            smtplib.SMTPRecipientsRefused({"a@b.example": (550, b"Kim Seo-yeon left us")}),
            "did not leave: 550",
        ),
        (RuntimeError("no room for Kim Seo-yeon"), "did not leave: RuntimeError:"),
        (smtp.MayHaveLeftError("Kim Seo-yeon"), "may have left: MayHaveLeftError"),
    ],
)
def test_s16_what_the_server_says_of_somebody_stands_with_the_mail_alone(
    refusing, caplog, error, logged
):
    refusing(error)
    mail = post()

    outbox.send_pending()

    assert [record.getMessage() for record in caplog.records] == [f"Mail {mail.pk} {logged}"]


def test_claim_without_an_end_becomes_unconfirmed_and_stays_so():
    mail = post()
    long_ago = timezone.now() - dt.timedelta(minutes=11)
    Mail.objects.update(state="sending", claimed_at=long_ago, attempts=1)

    assert outbox.send_pending().unconfirmed == 1
    assert outbox.send_pending().sent == 0

    mail.refresh_from_db()
    assert mail.state == "unconfirmed"
    assert sent_mail.outbox == []


def test_recent_claim_is_left_alone():
    post()
    Mail.objects.update(state="sending", claimed_at=timezone.now(), attempts=1)

    report = outbox.send_pending()

    assert (report.unconfirmed, report.sent) == (0, 0)


def test_retry_keeps_the_message_id(secretariat):
    mail = post()
    Mail.objects.update(state="unconfirmed", attempts=1, error="gone")

    outbox.retry_mail(mail, by=secretariat)
    outbox.send_pending()

    assert sent_mail.outbox[0].message()["Message-ID"] == mail.message_id
    mail.refresh_from_db()
    assert mail.state == "sent"
    entry = AuditEntry.objects.get(act="mail.retried")
    assert (entry.by, entry.facts) == (secretariat, {"state": ["unconfirmed", "queued"]})


def test_unconfirmed_mail_can_be_settled_as_sent(secretariat):
    mail = post()
    Mail.objects.update(state="unconfirmed")

    outbox.confirm_sent(mail, by=secretariat, at=timezone.now())

    mail.refresh_from_db()
    assert mail.state == "sent"
    assert outbox.send_pending().sent == 0


@pytest.mark.parametrize("state", ["queued", "sending", "sent"])
def test_settled_mail_cannot_be_retried_or_confirmed(secretariat, state):
    mail = post()
    Mail.objects.update(state=state)

    with pytest.raises(ValidationError):
        outbox.retry_mail(mail, by=secretariat)
    with pytest.raises(ValidationError):
        outbox.confirm_sent(mail, by=secretariat, at=timezone.now())

    mail.refresh_from_db()
    assert mail.state == state
    assert not AuditEntry.objects.exists()


def test_private_mail_is_wiped_where_mails_leave(settings):
    settings.MAILS_LEAVE = True
    mail = post_secret()
    assert mail.facts == {}

    outbox.send_pending()

    mail.refresh_from_db()
    assert (mail.state, mail.text, mail.html) == ("sent", "", "")
    assert "https://wego.example/in/abc" in sent_mail.outbox[0].body


def test_private_mail_stays_readable_where_none_leave(settings):
    settings.MAILS_LEAVE = False
    mail = post_secret()

    outbox.send_pending()

    mail.refresh_from_db()
    assert "https://wego.example/in/abc" in mail.text


def test_sweep_of_many_costs_the_same_for_each(django_assert_num_queries):
    for _number in range(3):
        post()

    # Per mail: look, savepoint, take, note, release, where answers go, end; and two looks beside.
    with django_assert_num_queries(1 + 3 * 7 + 1):
        outbox.send_pending()
