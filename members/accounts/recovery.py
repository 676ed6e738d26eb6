"""Recovery codes: kept as salted hashes, shown only to whoever has just made them.

The library keeps a seed from which it can draw the codes again. Here each code is drawn by chance
and hashed like a password. Until its owner has written them down, the session that made them holds
them, sealed, for some minutes.
"""

from __future__ import annotations

import json
import secrets
import time
from typing import Any

from allauth.core import context
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal import auth, flows
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from members.models import User
from wego import safekeeping

PURPOSE = "recovery codes"
FRESH = "fresh_recovery_codes"
SHOWN_SECONDS = 15 * 60
Hashes = list[str]
Seeded = auth.RecoveryCodes


class HashedCodes(auth.RecoveryCodes):  # type: ignore[misc]  # the library has no types
    """The codes of one person, as the library asks for them."""

    instance: Authenticator

    def __init__(self, instance: Authenticator) -> None:
        super().__init__(instance)
        if "hashes" not in instance.data:
            self.hash_seeded()

    @classmethod
    def activate(cls, user: User) -> HashedCodes:
        """The codes a person has, or ten new ones."""
        found = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES)
        if instance := found.first():
            return cls(instance)
        codes = draw_codes()
        instance = Authenticator.objects.create(
            user=user,
            type=Authenticator.Type.RECOVERY_CODES,
            data={"hashes": [make_password(code) for code in codes]},
        )
        keep_fresh(context.request, user, codes)
        return cls(instance)

    def hash_seeded(self) -> None:
        """Codes of an earlier version, drawn from a seed: from now on as hashes."""
        codes = Seeded(self.instance).get_unused_codes()
        self.instance.data = {"hashes": [make_password(code) for code in codes]}
        self.instance.save(update_fields=["data"])

    def get_unused_codes(self) -> list[str]:
        """One entry a code that is left; which they are, nobody can say any more."""
        return [""] * len(self.instance.data["hashes"])

    @transaction.atomic
    def validate_code(self, code: str) -> bool:
        """Whether it is one of the codes; it is none afterwards."""
        typed = normalize_user_code(code)
        if len(typed) != app_settings.RECOVERY_CODE_DIGITS:
            return False
        self.instance = Authenticator.objects.select_for_update().get(pk=self.instance.pk)
        hashes: Hashes = self.instance.data["hashes"]
        for number, kept in enumerate(hashes):
            if check_password(typed, kept):
                self.instance.data["hashes"] = hashes[:number] + hashes[number + 1 :]
                self.instance.save(update_fields=["data"])
                return True
        return False


def install() -> None:
    """Let the library use our codes wherever it makes, counts or takes some."""
    auth.RecoveryCodes = flows.RecoveryCodes = HashedCodes


def draw_codes() -> list[str]:
    """Ten codes of eight digits each (26 bits), by chance."""
    digits = app_settings.RECOVERY_CODE_DIGITS
    numbers = (secrets.randbelow(10**digits) for _code in range(app_settings.RECOVERY_CODE_COUNT))
    return [str(number).zfill(digits) for number in numbers]


def keep_fresh(request: HttpRequest, user: User, codes: list[str]) -> None:
    """Hold new codes for the page that shows them."""
    told = json.dumps({"user": user.pk, "at": time.time(), "codes": codes})
    request.session[FRESH] = safekeeping.seal(told, purpose=PURPOSE)


def fresh_codes(request: HttpRequest) -> list[str]:
    """The codes this session has just made for whoever is signed in; none later."""
    sealed = request.session.get(FRESH)
    if not sealed:
        return []
    told: dict[str, Any] = json.loads(safekeeping.unseal(sealed, purpose=PURPOSE))
    if told["user"] == request.user.pk and time.time() - told["at"] < SHOWN_SECONDS:
        codes: list[str] = told["codes"]
        return codes
    del request.session[FRESH]
    return []


@never_cache
@require_safe
def show_codes(request: HttpRequest) -> HttpResponse:
    """New codes, to be written down; later only how many are left."""
    found = Authenticator.objects.filter(
        user_id=request.user.pk, type=Authenticator.Type.RECOVERY_CODES
    ).first()
    if found is None:
        raise Http404
    left = len(HashedCodes(found).get_unused_codes())
    context = {"codes": fresh_codes(request), "left": left}
    return render(request, "mfa/recovery_codes/index.html", context)


@never_cache
@require_safe
def download_codes(request: HttpRequest) -> HttpResponse:
    """New codes as a text file."""
    codes = fresh_codes(request)
    if not codes:
        raise Http404
    page = "mfa/recovery_codes/download.txt"
    response = render(
        request, page, {"unused_codes": codes}, content_type="text/plain; charset=utf-8"
    )
    response.headers["Content-Disposition"] = 'attachment; filename="recovery-codes.txt"'
    return response
