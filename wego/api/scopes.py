"""What a token may be allowed to do, declared by the apps and gathered here.

An app says on its AppConfig which scopes its resources ask for ::

    scopes = (Scope("invoices:read", _("Read invoices and their PDFs"), of_member=True),)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.apps import apps

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Scope:
    """One permission a token can have; `of_member` says that a member's token may have it."""

    name: str
    label: StrOrPromise
    of_member: bool = False


def declared_scopes() -> dict[str, Scope]:
    """Every scope of the installed apps, by name, in the order of the apps."""
    return {
        scope.name: scope
        for config in apps.get_app_configs()
        for scope in getattr(config, "scopes", ())
    }


def reading_scopes(*, of_member: bool = False) -> list[str]:
    """The scopes that read; those of a member's token alone, if asked."""
    return [
        scope.name
        for scope in declared_scopes().values()
        if scope.name.endswith(":read") and (scope.of_member or not of_member)
    ]
