"""The audit trail (S14): every rule that changes something says so here, in its own transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Model

from wego.models import AuditEntry

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

NOTHING: Mapping[str, Any] = MappingProxyType({})
LONGEST_LABEL = 300


def file_of(thing: Model) -> str:
    """The file of a row that has one: `member:12`, `application:5`."""
    return f"{thing._meta.model_name}:{thing.pk}"  # noqa: SLF001 Django's documented door


def new_entry(
    act: str,
    *,
    by: AbstractBaseUser | None,
    subject: Model | None = None,
    file: Model | None = None,
    why: str = "",
    facts: Mapping[str, Any] = NOTHING,
) -> AuditEntry:
    """An entry as `record_act` writes it, not stored: for acts done in bulk."""
    owner = file or subject
    return AuditEntry(
        act=act,
        by_id=by.pk if by else None,
        subject=file_of(subject) if subject else "",
        label=str(subject)[:LONGEST_LABEL] if subject else "",
        file=file_of(owner) if owner else "",
        why=why,
        facts=dict(facts),
    )


def record_act(
    act: str,
    *,
    by: AbstractBaseUser | None,
    subject: Model | None = None,
    file: Model | None = None,
    why: str = "",
    facts: Mapping[str, Any] = NOTHING,
) -> AuditEntry:
    """Note an act: `by` None is the system or somebody without an account.

    `subject` is the row acted on, `file` the member or application on whose file it shows (the
    subject itself when left out). `facts` are JSON values, old and new as [old, new].
    """
    entry = new_entry(act, by=by, subject=subject, file=file, why=why, facts=facts)
    entry.save(force_insert=True)
    return entry


def record_acts(entries: Iterable[AuditEntry]) -> None:
    """Note many acts in one query."""
    AuditEntry.objects.bulk_create(entries)


def declared_acts() -> dict[str, StrOrPromise]:
    """Every act the apps name for readers on their AppConfig: `acts = {"member.renamed": _(…)}`."""
    found: dict[str, StrOrPromise] = {}
    for config in apps.get_app_configs():
        found.update(getattr(config, "acts", {}))
    return found


def label_of(act: str) -> str:
    """What an act is called for readers; one without a name is read as it was written."""
    label = declared_acts().get(act)
    return str(label) if label else act.replace(".", " ").capitalize()
