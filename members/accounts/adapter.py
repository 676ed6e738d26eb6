"""What the sign-in library asks of this house: no sign-up, mails by the outbox, acts on the trail.

Every change to how somebody signs in passes `send_notification_mail`: there it is noted, told to
the person by mail, and their other sessions end.
"""

from __future__ import annotations

import base64
import hashlib
import time
from io import BytesIO
from typing import TYPE_CHECKING, Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext, gettext_lazy

from members.access import FACTORS
from members.middleware import FACTOR_SEEN, SEEN
from members.models import User
from members.persons import end_sessions, note_lock
from wego import safekeeping
from wego.audit import record_act
from wego.grave import BEGAN
from wego.outbox import Mailbox, post_mail
from wego.reader import language
from wego.templatetags.ui import moment

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PURPOSE = "second factor"
# What the library calls a change, what the trail calls it, and what the person reads.
CHANGES: dict[str, tuple[str, StrOrPromise]] = {
    "account/email/password_changed": (
        "user.password_changed",
        gettext_lazy("Your password was changed."),
    ),
    "account/email/password_set": ("user.password_set", gettext_lazy("A password was set.")),
    "account/email/password_reset": (
        "user.password_reset",
        gettext_lazy("Your password was replaced by a link we mailed to you."),
    ),
    "mfa/email/totp_activated": (
        "user.factor_added",
        gettext_lazy("An authenticator app now guards your account."),
    ),
    "mfa/email/totp_deactivated": (
        "user.factor_removed",
        gettext_lazy("The authenticator app of your account was removed."),
    ),
    "mfa/email/webauthn_added": (
        "user.factor_added",
        gettext_lazy("A passkey was added to your account."),
    ),
    "mfa/email/webauthn_removed": (
        "user.factor_removed",
        gettext_lazy("A passkey of your account was removed."),
    ),
    "mfa/email/recovery_codes_generated": (
        "user.recovery_codes_made",
        gettext_lazy("New recovery codes were made; the old ones are void."),
    ),
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library has no types
    """Accounts come from invitations alone; one mailbox a person."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": gettext_lazy(
            "This address and this password do not belong together. Have a code mailed to you "
            "instead, or choose a new password."
        ),
        "too_many_login_attempts": gettext_lazy(
            "Too many tries. Please wait 15 minutes, then try again."
        ),
        "incorrect_code": gettext_lazy(
            "This code is not correct, or was used already. Type the newest one."
        ),
        "incorrect_password": gettext_lazy("This password is not correct."),
        "enter_current_password": gettext_lazy("This is not your password until now."),
        "rate_limited": gettext_lazy("Too many tries. Please wait 15 minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 the library's signature
        """People are invited."""
        return False

    def clean_email(self, email: str) -> str:
        """Exactly one mailbox (S9)."""
        return Mailbox(email).email

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The address mailed: of this house, whatever host was asked."""
        uid, _dash, token = key.partition("-")
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})
        return f"{settings.PUBLIC_URL}{path}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write the mail into the outbox, in its reader's language."""
        kind, facts = mail_of(template_prefix, context)
        post_mail(kind, to=mailbox_of(email), facts=facts)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,  # noqa: ARG002 the library's signature
        email: str | None = None,  # noqa: ARG002 the library's signature
    ) -> None:
        """Note a change to how somebody signs in, tell them, end their other sessions."""
        act, sentence = CHANGES[template_prefix]
        request = self.request
        with transaction.atomic():
            record_act(act, by=user, subject=user)
            with translation.override(user.language):
                facts = {"what": str(sentence), "when": moment(timezone.now())}
            link = settings.PUBLIC_URL + reverse("mfa_index")
            to = Mailbox(user.email, user.full_name, user.language)
            post_mail("security_notice", to=to, facts={**facts, "link": link})
            end_sessions(user, by=user, keep=request.session.session_key or "")
        request.session.pop(FACTOR_SEEN, None)

    def login(self, request: HttpRequest, user: User) -> None:
        """Begin a session, and note when."""
        super().login(request, user)
        request.session[BEGAN] = request.session[SEEN] = int(time.time())

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002 the library's signature
        """Back to everything about signing in."""
        return reverse("mfa_index")

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """By password or second factor; by a mailed code for whoever has neither."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if methods or not user.is_authenticated:
            return methods
        return [
            {
                "id": "code",
                "description": gettext("By a mailed code"),
                "url": reverse("account_reauthenticate_code"),
            }
        ]

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:  # noqa: ANN401 as typed
        """Count the try; note on the trail, once, that an account is locked for a while."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            user = User.objects.filter(email=str(credentials.get("email", "")).lower()).first()
            if user:
                note_lock(user)
            raise

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:  # noqa: ANN401, ARG002
        """By account alone, whatever name the house is called by."""
        return str(credentials.get("email", "")).lower()


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # the library has no types
    """Second factors: their secrets are kept encrypted."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy(
            "This code is not correct, or was used already. Type the newest one."
        ),
        "cannot_delete_authenticator": gettext_lazy(
            "Your role needs a second factor: add another one before you remove this one."
        ),
    }

    def build_totp_svg(self, url: str) -> str:
        """Drawn as on the invoices, which needs no picture library."""
        drawn = BytesIO()
        segno.make(url, error="m").save(drawn, kind="svg", scale=4, light="white")
        return drawn.getvalue().decode()

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002 the library's signature
        """A name to begin with: how many passkeys there are already."""
        count = Authenticator.objects.filter(user=user, type=type).count()
        return gettext("Passkey %(number)s") % {"number": count + 1}

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Staff keep one where the house asks for it."""
        user = authenticator.user
        if not (settings.SECOND_FACTOR_REQUIRED and user.is_staff):
            return True
        others = Authenticator.objects.filter(user=user, type__in=FACTORS)
        return bool(others.exclude(pk=authenticator.pk).exists())

    def encrypt(self, text: str) -> str:
        """With a key drawn from the instance's secret."""
        return safekeeping.seal(text, purpose=PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        """With the present key or a former one."""
        if encrypted_text.startswith(safekeeping.MARK):
            return safekeeping.unseal(encrypted_text, purpose=PURPOSE)
        return keys().decrypt(encrypted_text.encode()).decode()


def keys() -> MultiFernet:
    """The keys of what an earlier version encrypted, newest first."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(b"second factor" + secret.encode()).digest() for secret in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


def mail_of(template_prefix: str, context: dict[str, Any]) -> tuple[str, dict[str, str]]:
    """Which mail of ours the library's is, and its facts."""
    match template_prefix:
        case "account/email/login_code":
            return "sign_in_code", {"code": context["code"]}
        case "account/email/password_reset_key":
            return "password_reset", {"link": context["password_reset_url"]}
        case "account/email/unknown_account":
            return "unknown_address", {"link": settings.PUBLIC_URL + reverse("account_signup")}
    raise LookupError(f"No mail of this house is {template_prefix!r}.")


def mailbox_of(email: str) -> Mailbox:
    """The mailbox of whoever has this address; strangers read the page's language."""
    user = User.objects.filter(email=email.lower()).first()
    return Mailbox(email, user.full_name, user.language) if user else Mailbox(email, "", language())
