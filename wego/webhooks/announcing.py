"""Telling other systems what happened: a rule announces, in its own transaction, and knows no more.

An app declares its kinds on its AppConfig: `happenings = {"payment.recorded": _("…")}`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Model

from wego import audit
from wego.webhooks.rows import Happening

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def declared_kinds() -> dict[str, StrOrPromise]:
    """Every kind of happening of the installed apps, with its name for readers."""
    found: dict[str, StrOrPromise] = {}
    for config in apps.get_app_configs():
        found.update(getattr(config, "happenings", {}))
    return found


def new_happening(kind: str, facts: Mapping[str, Any], *, file: Model | None = None) -> Happening:
    """A happening as `announce` writes it, not stored: for acts done in bulk.

    `file` is the member it concerns, if it concerns one. Facts are JSON values.
    """
    if kind not in declared_kinds():
        raise LookupError(f"No app declares the happening {kind!r}.")
    return Happening(kind=kind, file=audit.file_of(file) if file else "", facts=dict(facts))


def announce(kind: str, facts: Mapping[str, Any], *, file: Model | None = None) -> None:
    """Write down that something happened; the worker tells whoever wants to know."""
    new_happening(kind, facts, file=file).save(force_insert=True)


def announce_all(happenings: Iterable[Happening]) -> None:
    """Write down many in one query."""
    Happening.objects.bulk_create(happenings)
