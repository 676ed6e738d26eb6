"""The secretariat's own words for a kind of mail, in place of those the house came with."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from wego import audit
from wego.models import MailWording
from wego.wording import LINE_BREAKS, MailKind, Words, default_words


def words_of(kind: MailKind, language: str) -> Words:
    """What a mail of this kind says now: the secretariat's words, else the default."""
    own = MailWording.objects.filter(kind=kind.name, language=language).first()
    return Words(own.subject, own.body) if own else default_words(kind.name, language)


def check_words(kind: MailKind, words: Words) -> None:
    """Raises ValidationError, by field, for words that could not be sent."""
    problems: dict[str, ValidationError] = {}
    if not words.subject.strip() or LINE_BREAKS.search(words.subject):
        problems["subject"] = ValidationError(_("Write a subject of one line."), code="subject")
    if not words.body.strip():
        problems["body"] = ValidationError(_("Write what the mail says."), code="body")
    for field, text in (("subject", words.subject), ("body", words.body)):
        unknown = sorted(Words(text, "").placeholders - set(kind.placeholders))
        if unknown:
            message = _("This mail has no {%(name)s}. Choose from the list of placeholders.")
            problems[field] = ValidationError(
                message, code="placeholder", params={"name": unknown[0]}
            )
    if problems:
        raise ValidationError(problems)


@transaction.atomic
def change_words(
    kind: MailKind, language: str, words: Words, *, by: AbstractBaseUser | None
) -> MailWording:
    """From now on mails of this kind say this; raises ValidationError as `check_words` does."""
    check_words(kind, words)
    before = words_of(kind, language)
    wording, _created = MailWording.objects.update_or_create(
        kind=kind.name,
        language=language,
        defaults={"subject": words.subject.strip(), "body": words.body.strip()},
    )
    audit.record_act(
        "mail wording.changed",
        by=by,
        subject=wording,
        facts={
            "subject": [before.subject, wording.subject],
            "text": [before.body, wording.body],
        },
    )
    return wording


@transaction.atomic
def restore_words(kind: MailKind, language: str, *, by: AbstractBaseUser | None) -> None:
    """Go back to the words the house came with; nothing happens where they hold already."""
    own = MailWording.objects.select_for_update().filter(kind=kind.name, language=language).first()
    if own is None:
        return
    default = default_words(kind.name, language)
    audit.record_act(
        "mail wording.restored",
        by=by,
        subject=own,
        facts={"subject": [own.subject, default.subject], "text": [own.body, default.body]},
    )
    own.delete()
