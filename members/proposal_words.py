"""A proposal in words: what stood when it was made, what stands now, what is wanted."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.confirming import known_value
from members.details import mark_of
from members.models import Kind, Measure, Proposal, ProposalState, country_name
from wego import reader

FIGURE = "figure"
NAMES = ("name_en", "name_ko")
FACTS = ("level", "country_code")
FIELDS = (*NAMES, "kind", *FACTS)
LABELS = {
    "name_en": gettext_lazy("Name in English"),
    "name_ko": gettext_lazy("Name in Korean"),
    "kind": gettext_lazy("Kind"),
    "level": gettext_lazy("Level"),
    "country_code": gettext_lazy("Country"),
}


@dataclass(frozen=True)
class Change:
    """One field of a proposal in words: what stood then, what stands now, what is proposed."""

    label: str
    then: str
    now: str
    wanted: str
    stale: bool


def describe(proposal: Proposal, fields: Iterable[str] | None = None) -> list[Change]:
    """The proposal in the reader's words, each field with what stood, stands and is wanted."""
    chosen = [name for name in (*FIELDS, FIGURE) if name in proposal.changes]
    found = []
    for name in chosen if fields is None else [name for name in chosen if name in fields]:
        then, wanted = proposal.changes[name]
        now = value_now(proposal, name)
        kept = then["value"] if name == FIGURE else then
        found.append(
            Change(
                label=label_of(name, wanted),
                then=words_of(name, kept),
                now=words_of(name, now),
                wanted=words_of(name, wanted),
                stale=proposal.state == ProposalState.WAITING and now != kept,
            )
        )
    return found


def value_now(proposal: Proposal, name: str) -> Any:  # noqa: ANN401 a text, or a number
    """What stands now of a field."""
    if name == FIGURE:
        return known_value(proposal.member, proposal.changes[FIGURE][1]["dues_year"])
    return getattr(proposal.member, name)


def label_of(name: str, wanted: Any) -> str:  # noqa: ANN401 a text, or a figure's facts
    """The field in words."""
    if name != FIGURE:
        return str(LABELS[name])
    facts = {"measure": Measure(wanted["measure"]).label, "year": wanted["dues_year"]}
    return _("%(measure)s for the dues of %(year)s") % facts


def words_of(name: str, value: Any) -> str:  # noqa: ANN401 a text, a number, or a figure's facts
    """A value in words; nothing as a dash."""
    if isinstance(value, dict):
        year = f", {value['source_year']}" if value["source_year"] else ""
        return f"{value['value']:,} ({value['source']}{year})"
    if name == "kind":
        return str(Kind(value).label)
    if name == "country_code":
        return country_name(value, reader.language())
    return f"{value:,}" if isinstance(value, int) else value or "–"


def mark_of_now(proposal: Proposal) -> str:
    """A mark of what stands now: whoever answers says which state they saw."""
    return mark_of({name: value_now(proposal, name) for name in proposal.changes})
