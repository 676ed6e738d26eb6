"""What an act would do, told by doing it and taking it back: the page before the act cannot lie."""

from collections.abc import Callable
from typing import TypeVar

from django.db import transaction

Told = TypeVar("Told")


def rehearse(act: Callable[[], Told]) -> Told:
    """What an act returns, with everything it wrote taken back.

    Raises:
        ValidationError: as the act does.
    """
    with transaction.atomic():
        told = act()
        transaction.set_rollback(True)
    return told
