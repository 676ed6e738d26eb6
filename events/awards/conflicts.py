"""Whose entries a juror does not score: of the same country or the same employer (X13, S36)."""

from __future__ import annotations

from events.awards.naming import name_key
from events.models import AwardEntry, Juror, Recusal, SetAside


def find_conflict(juror: Juror, entry: AwardEntry) -> str:
    """`country` or `employer` when the rule sets the entry aside for the juror; else ""."""
    if is_own_employer(juror.employer, entry):
        return SetAside.EMPLOYER
    same = bool(entry.country_code) and juror.country_code == entry.country_code
    if same and entry.edition.recusal == Recusal.COUNTRY:
        return SetAside.COUNTRY
    return ""


def is_own_employer(employer: str, entry: AwardEntry) -> bool:
    """Whether a juror works for the city, its member, or the organisation that enters.

    “Seoul Metropolitan Government” works for Seoul: one name inside the other, as whole words.
    """
    named = [entry.city, entry.organisation]
    if entry.member is not None:
        named += [entry.member.name_en, entry.member.name_ko]
    own = f" {name_key(employer)} "
    if not own.strip():
        return False
    return any(key and (f" {key} " in own or own in f" {key} ") for key in map(name_key, named))
