"""The outbox: a mail is a row written with the act that causes it, and sent by the worker's sweep.

Whoever posts does nothing more. A mail leaves once: it is claimed in a transaction of its own, and
one whose sender died with it claimed is left *unconfirmed* for a person to settle, never sent again
by itself (R6). The message id stays with the row, so a mailbox that has the mail shows it once.
"""

import datetime as dt
import logging
import unicodedata
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.utils import formataddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.db import connection, transaction
from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from wego import audit, questions, rewording, smtp, storage, wording
from wego.models import Mail, MailState
from wego.wording import MailKind, Words

LONGEST_ADDRESS = 254
LONGEST_NAME = 200
# What could end an address or begin another one, quoted or not.
NOT_IN_ADDRESS = frozenset(',;:<>()[]"\\%')
# Characters that break lines or turn the direction of what is read.
BREAKING = frozenset({"Cc", "Cs", "Zl", "Zp"})
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
BATCH = 100
MOST_ATTEMPTS = 5
FIRST_PAUSE = dt.timedelta(minutes=1)
# Far longer than the mail server's timeout: whoever holds a claim so long is gone.
LONGEST_CLAIM = dt.timedelta(minutes=10)
# Kept in English, read in the reader's language.
STOPPED = gettext_noop("The sender was stopped while this mail was under way: it may have left.")
BROKEN_OFF = gettext_noop("The connection broke before the server said whether it took this mail.")
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Mailbox:
    """Exactly one mailbox (S9); raises ValidationError for anything else."""

    email: str
    name: str = ""
    language: str = "en"

    def __post_init__(self) -> None:
        email = self.email
        if len(email) > LONGEST_ADDRESS or any(
            letter in NOT_IN_ADDRESS or letter.isspace() or _is_breaking(letter) for letter in email
        ):
            raise ValidationError(_("Enter one e-mail address."), code="address")
        validate_email(email)
        refuse_lines(self.name)
        if self.language not in dict(settings.LANGUAGES):
            raise ValidationError(_("Choose English or Korean."), code="language")


def is_mailbox(email: str, name: str) -> bool:
    """Whether a mail can be sent to a stored address: rows of old may hold what forms refuse."""
    try:
        Mailbox(email, name)
    except ValidationError:
        return False
    return True


def refuse_lines(name: str) -> None:
    """For the forms whose names stand in a mail's head one day: better refused there than then.

    Raises:
        ValidationError: it is too long, of several lines, or turns the direction of what is read.
    """
    if len(name) > LONGEST_NAME or any(map(_is_breaking, name)):
        raise ValidationError(_("Enter the name in one line."), code="name")


@dataclass
class SendReport:
    """What one sweep of the outbox did."""

    sent: int = 0
    postponed: int = 0
    failed: int = 0
    unconfirmed: int = 0


def _is_breaking(letter: str) -> bool:
    return unicodedata.category(letter) in BREAKING or letter in TURNING


def post_mail(
    kind: str,
    *,
    to: Mailbox,
    facts: Mapping[str, str],
    file: Model | None = None,
    waits_for: str = "",
    attachments: Sequence[Mapping[str, str]] = (),
) -> Mail:
    """Write a mail in the caller's transaction, in the reader's language.

    `file` is the member or application on whose file it shows. `waits_for` names a document still
    to be made, as `letter:7`: `attach` adds it and lets the mail go. `attachments` are made
    already: {"name", "path", "sha256", "type"} in the private store.
    """
    chosen = wording.find_kind(kind)
    given = {name: str(value) for name, value in facts.items()}
    if given.keys() != chosen.placeholders.keys():
        wrong = sorted(given.keys() ^ chosen.placeholders.keys())
        raise ValueError(f"The mail {kind!r} lacks or does not know the facts {wrong}.")
    return _post(
        chosen,
        rewording.words_of(chosen, to.language),
        given,
        to=to,
        file=audit.file_of(file) if file else "",
        attachments=[dict(each) for each in attachments],
        waits_for=waits_for,
    )


@transaction.atomic
def post_test(
    kind: MailKind, words: Words, facts: Mapping[str, str], *, to: Mailbox, by: AbstractBaseUser
) -> Mail:
    """Send words that are not in use yet to whoever writes them, marked as a test."""
    marked = Words(f"[{_('Test')}] {words.subject}", words.body)
    mail = _post(kind, marked, facts, to=to, facts_kept=False)
    audit.record_act("mail wording.tested", by=by, subject=mail)
    return mail


def _post(
    kind: MailKind,
    words: Words,
    facts: Mapping[str, str],
    *,
    to: Mailbox,
    facts_kept: bool = True,
    **fields: Any,  # noqa: ANN401 values of columns
) -> Mail:
    message = wording.compose(words, facts, language=to.language)
    return Mail.objects.create(
        kind=kind.name,
        to_email=to.email,
        to_name=to.name,
        language=to.language,
        subject=message.subject,
        text=message.text,
        html=message.html,
        facts=dict(facts) if facts_kept and not kind.private else {},
        message_id=f"<{uuid.uuid4().hex}@{urlsplit(settings.PUBLIC_URL).hostname}>",
        private=kind.private,
        **fields,
    )


@transaction.atomic
def attach(waits_for: str, *, name: str, path: str, sha256: str, type: str) -> int:  # noqa: A002 the word of the stored row
    """Add a document to the mails that wait for it and let them go; returns how many."""
    waiting = list(Mail.objects.select_for_update().filter(waits_for=waits_for))
    document = {"name": name, "path": path, "sha256": sha256, "type": type}
    for mail in waiting:
        mail.attachments = [*mail.attachments, document]
        mail.waits_for = ""
        mail.save(update_fields=["attachments", "waits_for"])
    return len(waiting)


def ready(at: dt.datetime) -> QuerySet[Mail]:
    """Mails that may leave now, oldest first."""
    due = Q(not_before=None) | Q(not_before__lte=at)
    return Mail.objects.filter(due, state=MailState.QUEUED, waits_for="").order_by("pk")


def send_pending(*, limit: int = BATCH) -> SendReport:
    """Send what waits, each mail claimed in its own transaction; harmless to run twice at once."""
    report = SendReport(unconfirmed=_give_up_lost())
    for _turn in range(limit):
        mail = _claim()
        if mail is None:
            break
        _send(mail, report)
    return report


def _give_up_lost() -> int:
    """Whoever claimed these died: the mail may have left, only a person can tell."""
    lost = Mail.objects.filter(
        state=MailState.SENDING, claimed_at__lt=timezone.now() - LONGEST_CLAIM
    )
    return lost.update(state=MailState.UNCONFIRMED, error=STOPPED)


def _claim() -> Mail | None:
    """One mail that nobody else sends now, noted as under way."""
    now = timezone.now()
    if not ready(now).exists():
        return None
    skip = connection.features.has_select_for_update_skip_locked
    with transaction.atomic():
        mail = ready(now).select_for_update(skip_locked=skip).first()
        if mail:
            mail.state, mail.claimed_at, mail.attempts = MailState.SENDING, now, mail.attempts + 1
            mail.save(update_fields=["state", "claimed_at", "attempts"])
    return mail


def _send(mail: Mail, report: SendReport) -> None:
    """Hand a claimed mail to the server and note what became of it."""
    try:
        written(mail).send()
    except smtp.MayHaveLeftError as error:
        logger.warning("Mail %s may have left: %s", mail.pk, type(error).__name__)
        _note(mail, MailState.UNCONFIRMED, BROKEN_OFF)
        report.unconfirmed += 1
    except Exception as error:  # noqa: BLE001 whatever went wrong is shown, and stops no other mail
        refusal = smtp.explain(error)
        # The rest of the sentence, which may quote somebody, stands with the mail.
        logger.warning("Mail %s did not leave: %s", mail.pk, refusal.sentence.partition(" ")[0])
        if refusal.passing and mail.attempts < MOST_ATTEMPTS:
            pause = FIRST_PAUSE * 4 ** (mail.attempts - 1)
            _note(mail, MailState.QUEUED, refusal.sentence, not_before=timezone.now() + pause)
            report.postponed += 1
        else:
            _note(mail, MailState.FAILED, refusal.sentence)
            report.failed += 1
    else:
        _note_sent(mail)
        report.sent += 1


def _note_sent(mail: Mail) -> None:
    gone = {"text": "", "html": ""} if mail.private and settings.MAILS_LEAVE else {}
    _note(mail, MailState.SENT, "", sent_at=timezone.now(), **gone)


def _note(mail: Mail, state: MailState, error: str, **fields: Any) -> None:  # noqa: ANN401 values of columns
    """Write how a mail ended, unless somebody settled it meanwhile.

    A sender thought dead that comes back knows better than "unconfirmed".
    """
    own = Mail.objects.filter(pk=mail.pk, claimed_at=mail.claimed_at)
    own.filter(state__in=[MailState.SENDING, MailState.UNCONFIRMED]).update(
        state=state, error=error, **fields
    )


def written(mail: Mail) -> EmailMultiAlternatives:
    """The mail as it leaves. Raises wego.storage.StorageError for a damaged attachment."""
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        to=[formataddr((mail.to_name, mail.to_email)) if mail.to_name else mail.to_email],
        reply_to=[address for address in questions.ask("secretariat address") if address][:1],
        headers={
            "Message-ID": mail.message_id,
            "Auto-Submitted": "auto-generated",
            "Content-Language": mail.language,
        },
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    for each in mail.attachments:
        content = storage.read_file(each["path"], sha256=each["sha256"])
        message.attach(each["name"], content, each["type"])
    return message


UNSETTLED = (MailState.FAILED, MailState.UNCONFIRMED)


@transaction.atomic
def retry_mail(mail: Mail, *, by: AbstractBaseUser | None) -> Mail:
    """Queue a failed or unconfirmed mail again, with the same message id."""
    locked = _lock_unsettled(mail)
    before, locked.state = locked.state, MailState.QUEUED
    locked.attempts, locked.not_before, locked.claimed_at = 0, None, None
    locked.save(update_fields=["state", "attempts", "not_before", "claimed_at"])
    audit.record_act("mail.retried", by=by, subject=locked, facts={"state": [before, locked.state]})
    return locked


@transaction.atomic
def confirm_sent(mail: Mail, *, by: AbstractBaseUser | None, at: dt.datetime) -> Mail:
    """Note that an unconfirmed or failed mail did arrive, as somebody found out."""
    locked = _lock_unsettled(mail)
    before, locked.state, locked.sent_at = locked.state, MailState.SENT, at
    if locked.private and settings.MAILS_LEAVE:
        locked.text = locked.html = ""
    locked.save(update_fields=["state", "sent_at", "text", "html"])
    audit.record_act(
        "mail.confirmed", by=by, subject=locked, facts={"state": [before, locked.state]}
    )
    return locked


def _lock_unsettled(mail: Mail) -> Mail:
    locked = Mail.objects.select_for_update().get(pk=mail.pk)
    if locked.state not in UNSETTLED:
        raise ValidationError(
            _("This mail is neither failed nor unconfirmed: nothing is to be settled."),
            code="mail_settled",
        )
    return locked
