"""The addresses of signing in; the library's views under its names, so that it finds them."""

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkey
from allauth.usersessions import views as sessions
from django.contrib.auth.decorators import login_required
from django.urls import path

from members.accounts import join, reauthenticate, recovery, typed
from members.accounts.renewal import forgetting, renewing
from wego.grave import View, recently_signed_in


def guarded(view: View) -> View:
    """A page that shows or changes how one signs in."""
    return login_required(recently_signed_in(view, reading=True))


urlpatterns = [
    path("login/", account.login, name="login"),
    path("login/", account.login, name="account_login"),
    path("logout/", forgetting(account.logout), name="logout"),
    path("logout/", forgetting(account.logout), name="account_logout"),
    path("join/<str:token>/", join.show_invitation, name="join"),
    path("account/signup/", account.signup, name="account_signup"),
    path("account/inactive/", account.account_inactive, name="account_inactive"),
    path("account/code/", account.request_login_code, name="account_request_login_code"),
    path("account/code/confirm/", account.confirm_login_code, name="account_confirm_login_code"),
    path("account/passkey/", passkey.login_webauthn, name="mfa_login_webauthn"),
    path("account/second/", factor.authenticate, name="mfa_authenticate"),
    path("account/confirm/", renewing(account.reauthenticate), name="account_reauthenticate"),
    path(
        "account/confirm/code/",
        renewing(reauthenticate.ConfirmByCodeView.as_view()),
        name="account_reauthenticate_code",
    ),
    path("account/confirm/factor/", renewing(factor.reauthenticate), name="mfa_reauthenticate"),
    path(
        "account/confirm/passkey/",
        renewing(passkey.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("account/typed/", typed.show_typed, name="account_typed"),
    path("account/stay/", typed.stay, name="account_stay"),
    path("account/password/forgotten/", account.password_reset, name="account_reset_password"),
    path(
        "account/password/forgotten/mailed/",
        account.password_reset_done,
        name="account_reset_password_done",
    ),
    path(
        "account/password/new/<str:uidb36>/<str:key>/",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "account/password/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/password/first/", guarded(account.password_set), name="account_set_password"),
    path("account/", factor.index, name="mfa_index"),
    path("account/app/", guarded(totp.activate_totp), name="mfa_activate_totp"),
    path("account/app/remove/", guarded(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path(
        "account/recovery-codes/",
        guarded(recovery.show_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "account/recovery-codes/new/",
        guarded(recovery_codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/recovery-codes/file/",
        guarded(recovery.download_codes),
        name="mfa_download_recovery_codes",
    ),
    path("account/passkeys/", passkey.list_webauthn, name="mfa_list_webauthn"),
    path("account/passkeys/add/", guarded(passkey.add_webauthn), name="mfa_add_webauthn"),
    path(
        "account/passkeys/<int:pk>/name/", guarded(passkey.edit_webauthn), name="mfa_edit_webauthn"
    ),
    path(
        "account/passkeys/<int:pk>/remove/",
        guarded(passkey.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
    path(
        "account/sessions/",
        login_required(recently_signed_in(sessions.list_usersessions)),
        name="usersessions_list",
    ),
]
