"""The private link to an entry: signed over its number and `link_version`, so rows open nothing."""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from events.models import AwardEdition, AwardEntry
from members.models import User
from wego import audit, outbox
from wego.templatetags.ui import day

SALT = "events.entry.link"
MOST_LINKS = 5


def _signer() -> signing.Signer:
    return signing.Signer(salt=SALT, sep=".")


def token_of(entry: AwardEntry) -> str:
    """What opens an entry; a new `link_version` makes every earlier one worthless."""
    return _signer().sign_object([entry.pk, entry.link_version])


def private_link(entry: AwardEntry) -> str:
    """The whole address of an entry, for mails."""
    return f"{settings.PUBLIC_URL}{reverse('awards:entry', args=[token_of(entry)])}"


def find_by_token(token: str) -> AwardEntry | None:
    """The entry a link opens; None for a wrong, forged or outdated one."""
    try:
        pk, version = _signer().unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    rows = AwardEntry.objects.select_related("edition__series", "category", "member")
    return rows.filter(pk=pk, link_version=version).first()


@transaction.atomic
def renew_link(entry: AwardEntry, *, by: User | None = None) -> AwardEntry:
    """Make every link that was given out worthless, and mail a new one to the entrant."""
    locked = AwardEntry.objects.select_for_update().get(pk=entry.pk)
    locked.link_version += 1
    locked.save(update_fields=["link_version"])
    audit.record_act("award.link_renewed", by=by, subject=locked)
    mail_link(locked)
    return locked


@transaction.atomic
def send_links(email: str, *, language: str) -> int:
    """Mail the links of an address's entries to it; returns how many there were.

    An address without any gets a mail too, so whoever asks learns nothing.
    """
    address = email.strip().lower()
    found = list(AwardEntry.objects.filter(email=address).select_related("edition")[:MOST_LINKS])
    for entry in found:
        audit.record_act("award.link_sent", by=None, subject=entry)
        mail_link(entry)
    if not found:
        outbox.post_mail(
            "award_none",
            to=outbox.Mailbox(address, "", language),
            facts={"link": f"{settings.PUBLIC_URL}{reverse('awards:list')}"},
        )
    return len(found)


def mail_link(entry: AwardEntry) -> None:
    """Post the private link to the entrant."""
    with override(entry.language):
        facts = {
            "edition": str(entry.edition),
            "reference": entry.reference,
            "link": private_link(entry),
            "deadline": say_deadline(entry.edition),
        }
    outbox.post_mail("award_link", to=mailbox_of(entry), facts=facts, file=entry)


def mailbox_of(entry: AwardEntry) -> outbox.Mailbox:
    """The entrant, in the language they chose."""
    return outbox.Mailbox(entry.email, entry.contact_name, entry.language)


def say_deadline(edition: AwardEdition) -> str:
    """The last minute in which an entry is taken, by the clock of Seoul."""
    return _("%(day)s, 23:59 Seoul time") % {"day": day(edition.deadline_on)}
