"""The forms of sign-in: the library's, in our words and without texts inside the fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account import forms as account
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as factor
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from members.accounts import noticing
from members.accounts.passwords import LONGEST
from members.models import Language, User
from members.persons import note_lock
from wego.outbox import Mailbox

if TYPE_CHECKING:
    _Form = forms.Form
else:
    _Form = object

EMAIL = _("E-mail address")


class Plain(_Form):
    """Labels stand above the fields and nothing inside; a wrong value is marked for all."""

    labels: dict[str, Any] = {}  # noqa: RUF012 read as it stands
    helps: dict[str, Any] = {}  # noqa: RUF012 read as it stands

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 passed on
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.helps.get(name, "")


class SignInForm(Plain, account.LoginForm):  # type: ignore[misc]  # the library has no types
    """E-mail address and password."""

    labels = {"login": EMAIL, "password": _("Password")}  # noqa: RUF012 read as it stands

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 passed on
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"

    def clean_password(self) -> str:
        """Longer than any password can be: not worth the hashing."""
        password = str(self.cleaned_data["password"])
        if len(password) > LONGEST:
            raise ValidationError(_("This password is not correct."), code="password_long")
        return password


class RequestCodeForm(Plain, account.RequestLoginCodeForm):  # type: ignore[misc]  # no types
    """The address a code is mailed to."""

    labels = {"email": EMAIL}  # noqa: RUF012 read as it stands

    def clean_email(self) -> str:
        """Exactly one mailbox (S9)."""
        Mailbox(str(self.cleaned_data["email"]))
        return str(super().clean_email())


class ConfirmCodeForm(Plain, account.ConfirmLoginCodeForm):  # type: ignore[misc]  # no types
    """The mailed code."""

    labels = {"code": _("Code from the mail")}  # noqa: RUF012 read as it stands

    def clean_code(self) -> str:
        """Ask the library; a wrong one is in the log."""
        try:
            return str(super().clean_code())
        except ValidationError:
            noticing.failed("mailed code")
            raise


class ForgottenPasswordForm(Plain, account.ResetPasswordForm):  # type: ignore[misc]  # no types
    """The address a link is mailed to."""

    labels = {"email": EMAIL}  # noqa: RUF012 read as it stands


NEW_PASSWORD = {
    "oldpassword": _("Password until now"),
    "password1": _("New password"),
    "password2": _("New password, once more"),
}
PASSWORD_HELP = {
    "password1": _(
        "At least 15 characters, 12 beside a second factor. "
        "Four or five words that only you would put together are best."
    )
}


class NewPasswordForm(Plain, account.ResetPasswordKeyForm):  # type: ignore[misc]  # no types
    """A new password by a mailed link."""

    labels, helps = NEW_PASSWORD, PASSWORD_HELP


class ChangePasswordForm(Plain, account.ChangePasswordForm):  # type: ignore[misc]  # no types
    """A new password, by whoever knows the old one."""

    labels, helps = NEW_PASSWORD, PASSWORD_HELP


class FirstPasswordForm(Plain, account.SetPasswordForm):  # type: ignore[misc]  # no types
    """A password for somebody who signed in by mailed codes until now."""

    labels, helps = NEW_PASSWORD, PASSWORD_HELP


class ConfirmPasswordForm(Plain, account.ReauthenticateForm):  # type: ignore[misc]  # no types
    """The password once more, before a grave act."""

    labels = {"password": _("Password")}  # noqa: RUF012 read as it stands


CODE = {"code": _("Code from your app, or a recovery code")}


class Locking(_Form):
    """Too many wrong codes are noted on the trail."""

    user: User

    def clean_code(self) -> Any:  # noqa: ANN401 as the library returns it
        """Ask the library."""
        try:
            return super().clean_code()  # type: ignore[misc]  # the library's form
        except ValidationError as refused:
            if refused.code == "too_many_login_attempts":
                note_lock(self.user)
            raise


class FactorForm(Locking, Plain, factor.AuthenticateForm):  # type: ignore[misc]  # no types
    """The second factor at sign-in."""

    labels = CODE


class ConfirmFactorForm(Locking, Plain, factor.ReauthenticateForm):  # type: ignore[misc]  # no types
    """The second factor once more, before a grave act."""

    labels = CODE


class AppForm(Plain, totp.ActivateTOTPForm):  # type: ignore[misc]  # no types
    """The first code of an app just set up."""

    labels = {"code": _("Code the app shows now")}  # noqa: RUF012 read as it stands


class PasskeyForm(Plain, webauthn.AddWebAuthnForm):  # type: ignore[misc]  # no types
    """A new passkey and what its owner calls it."""

    labels = {  # noqa: RUF012 read as it stands
        "name": _("Name of this passkey"),
        "passwordless": _("Sign in with it alone, without a password"),
    }
    helps = {"name": _("For example: office laptop, my phone.")}  # noqa: RUF012 read as it stands

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 passed on
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["maxlength"] = "60"

    def clean_name(self) -> str:
        """Short enough to be listed."""
        return str(super().clean_name())[:60]


class Noticing(_Form):
    """A passkey that proves nothing is in the log."""

    user: User | None

    def clean_credential(self) -> Any:  # noqa: ANN401 as the library returns it
        """Ask the library, which breaks at what no browser sends.

        Raises:
            ValidationError: it is not the passkey of anybody who may use it here.
        """
        try:
            return super().clean_credential()  # type: ignore[misc]  # the library's form
        except ValidationError:
            noticing.failed("webauthn", self.user)
            raise
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            noticing.failed("webauthn", self.user)
            raise get_adapter().validation_error("incorrect_code") from error


class PasskeyEntryForm(Noticing, webauthn.LoginWebAuthnForm):  # type: ignore[misc]  # no types
    """Signing in by a passkey alone."""


class PasskeyFactorForm(Noticing, webauthn.AuthenticateWebAuthnForm):  # type: ignore[misc]  # no types
    """A passkey as the second factor."""


class PasskeyConfirmForm(Noticing, webauthn.ReauthenticateWebAuthnForm):  # type: ignore[misc]  # no types
    """A passkey once more, before a grave act."""


class PasskeyNameForm(Plain, webauthn.EditWebAuthnForm):  # type: ignore[misc]  # no types
    """Another name for a passkey."""

    labels = {"name": _("Name of this passkey")}  # noqa: RUF012 read as it stands


class MailedCodeForm(forms.Form):
    """A code mailed to somebody who has neither password nor second factor."""

    code = forms.CharField(
        label=_("Code from the mail"),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "one-time-code"}),
    )


class JoinForm(forms.Form):
    """What somebody who was invited tells about themselves."""

    full_name = forms.CharField(
        label=_("Your name"),
        max_length=200,
        help_text=_("As colleagues should see it, in any script."),
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    language = forms.ChoiceField(
        label=_("Language of your mails"), choices=Language.choices, widget=forms.RadioSelect
    )
    password = forms.CharField(
        label=_("Password (you may leave it empty)"),
        required=False,
        strip=False,
        help_text=_(
            "At least 15 characters. Without one, we mail you a code each time you sign in."
        ),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:  # noqa: ANN401 passed on
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_full_name(self) -> str:
        """One line, since it stands in headers of mails."""
        name = str(self.cleaned_data["full_name"])
        Mailbox(self.user.email, name)
        return name

    def clean_password(self) -> str:
        """Refuse what could be guessed."""
        password = str(self.cleaned_data["password"])
        if password:
            self.user.full_name = self.cleaned_data.get("full_name", "")
            password_validation.validate_password(password, self.user)
        return password
