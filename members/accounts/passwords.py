"""Which passwords are taken: long ones, in no list, not made of words of this house (S11)."""

import re

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from members.access import has_second_factor, list_members_of
from members.models import User

SHORTEST, SHORTEST_BESIDE_FACTOR = 15, 12
LONGEST = 128
HOUSE_WORDS = ("wego", "seoul", "서울", "위고", "member", "portal", "secretariat", "password")
# What must remain of a password once the words anybody would try first are taken out.
FEWEST_OWN = 8
SHORTEST_WORD = 2


class Argon2Hasher(Argon2PasswordHasher):
    """Argon2id as OWASP recommends it: 19 MiB, so that sign-ins at once do not fill a machine."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1


class LengthValidator:
    """Asks for more where nothing but the password guards the account."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError for fewer than 15 characters, 12 beside a second factor."""
        least = SHORTEST_BESIDE_FACTOR if is_guarded(user) else SHORTEST
        MinimumLengthValidator(least).validate(password)

    def get_help_text(self) -> str:
        """Say the rule."""
        return str(MinimumLengthValidator(SHORTEST).get_help_text())


def is_guarded(user: User | None) -> bool:
    """Whether a second factor is asked for besides the password, now or before anything else."""
    if user is None or not user.pk:
        return False
    return (settings.SECOND_FACTOR_REQUIRED and user.is_staff) or has_second_factor(user)


class MaximumLengthValidator:
    """Refuses what nobody types, since hashing it costs."""

    def validate(self, password: str, user: User | None = None) -> None:  # noqa: ARG002 Django's signature
        """Raise ValidationError for more than 128 characters."""
        if len(password) > LONGEST:
            raise ValidationError(
                _("This password is too long: use at most 128 characters."), code="password_long"
            )

    def get_help_text(self) -> str:
        """Say the rule."""
        return _("At most 128 characters; spaces and any script are welcome.")


class ContextValidator:
    """Refuses passwords that are little more than the names of this house or of the member."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError when too little remains without those words."""
        typed = left = re.sub(r"[\W_]", "", password.casefold())
        for word in sorted(words_of(user), key=len, reverse=True):
            left = left.replace(word, "")
        if left != typed and len(left) < FEWEST_OWN:
            raise ValidationError(
                _("This password is mostly the name of WeGO or of your city: add other words."),
                code="password_context",
            )

    def get_help_text(self) -> str:
        """Say the rule."""
        return _("Not mostly the name of WeGO, of your organisation or of yourself.")


def words_of(user: User | None) -> set[str]:
    """The words somebody who knows the person would try first."""
    texts = list(HOUSE_WORDS)
    if user is not None:
        texts += [user.full_name, user.email]
        if user.pk:
            for member in list_members_of(user):
                texts += [member.name_en, member.name_ko]
    words = {word for text in texts for word in re.findall(r"\w+", text.casefold())}
    return {word for word in words if len(word) >= SHORTEST_WORD}
