"""The private link to an application: what it is made of, and how it gets to the applicant.

It is signed over the application's number and `link_version`, so nothing in the database opens an
application, and one step of the version makes every link that was given out worthless.
"""

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from members.models import Application, User
from members.steps import lock_application
from wego import audit, outbox

SALT = "members.application.link"
MOST_LINKS = 5


def _signer() -> signing.Signer:
    return signing.Signer(salt=SALT, sep=".")


def token_of(application: Application) -> str:
    """What opens an application; a new `link_version` makes every earlier one worthless."""
    return _signer().sign_object([application.pk, application.link_version])


def private_link(application: Application) -> str:
    """The whole address of an application, for mails."""
    path = reverse("apply:overview", args=[token_of(application)])
    return f"{settings.PUBLIC_URL}{path}"


def find_by_token(token: str) -> Application | None:
    """The application a link opens; None for a wrong, forged or outdated one."""
    try:
        pk, version = _signer().unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Application.objects.select_related("member").filter(pk=pk, link_version=version).first()


@transaction.atomic
def renew_link(application: Application, *, by: User | None = None) -> Application:
    """Make every link that was given out worthless, and mail a new one to the applicant."""
    locked = lock_application(application)
    locked.link_version += 1
    locked.save(update_fields=["link_version"])
    audit.record_act("application.link_renewed", by=by, subject=locked)
    mail_link(locked)
    return locked


@transaction.atomic
def send_links(email: str, *, language: str) -> int:
    """Mail the links of an address's applications to it; returns how many there were.

    An address without any gets a mail too, which says so: whoever asks learns nothing, and nobody
    waits for a mail that never comes.
    """
    address = email.strip().lower()
    found = list(Application.objects.filter(applicant_email=address)[:MOST_LINKS])
    for application in found:
        audit.record_act("application.link_sent", by=None, subject=application)
        mail_link(application)
    if not found:
        outbox.post_mail(
            "application_none",
            to=outbox.Mailbox(address, "", language),
            facts={"link": f"{settings.PUBLIC_URL}{reverse('apply:start')}"},
        )
    return len(found)


def mail_link(application: Application) -> None:
    """Post the private link to the applicant."""
    outbox.post_mail(
        "application_link",
        to=mailbox_of(application),
        facts={
            "name": name_for(application),
            "reference": application.reference,
            "link": private_link(application),
        },
        file=application,
    )


def mailbox_of(application: Application) -> outbox.Mailbox:
    """The applicant, in the language they chose."""
    return outbox.Mailbox(application.applicant_email, "", application.language)


def name_for(application: Application) -> str:
    """The organisation as the applicant reads it."""
    with override(application.language):
        named = application.name_en or application.name_ko
        return str(application) if named else _("your organisation")
