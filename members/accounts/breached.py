"""Passwords that others lost already: refused when a list of them lies beside the house.

The list is one file of upper-case SHA-1 digests in their order, each alone or with `:count` behind
it, as the collections of breached passwords are given out. It is searched where it lies, in some
forty steps however long it is, and nothing leaves the machine.
"""

import hashlib
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from members.models import User

DIGITS = 40


class BreachedValidator:
    """Refuses a password that stands in the list; without a list it refuses nothing."""

    def validate(self, password: str, user: User | None = None) -> None:  # noqa: ARG002 Django's signature
        """Raise ValidationError for a password of the list.

        Raises:
            OSError: the list that is named cannot be read; a password is not taken unchecked.
        """
        if settings.BREACHED_PASSWORDS and stands_in(Path(settings.BREACHED_PASSWORDS), password):
            raise ValidationError(
                _("This password is known from a theft elsewhere: choose another."),
                code="password_breached",
            )

    def get_help_text(self) -> str:
        """Say the rule."""
        return _("None that was stolen elsewhere.")


def stands_in(file: Path, password: str) -> bool:
    """Whether the digest of a password is a line of an ordered file, found by halving it."""
    # The digest names the password in the list, it does not keep it: SHA-1 is the lists' own.
    digest = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    with file.open("rb") as lines:
        low, high = 0, file.stat().st_size
        # The line looked for begins at `low` or later, and before `high`.
        while low < high:
            middle = (low + high) // 2
            lines.seek(max(middle - 1, low))
            if middle > low:
                lines.readline()  # to where the next line begins
            if lines.tell() >= high:
                high = middle
                continue
            line = lines.readline()
            if line[:DIGITS] == digest:
                return True
            if line[:DIGITS] < digest:
                low = lines.tell()
            else:
                high = middle
    return False
