"""The preview as a page: which lines are asked for, in which order, counted and cut into pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dues.preview import Line, Preview
from dues.wording import REASON_LABELS
from members.models import Kind, Region
from wego.money import short
from wego.templatetags.charts import Bar
from wego.templatetags.ui import Chip, in_language

PER_PAGE = 100
CHANGES = {
    "up": gettext_lazy("Pays more"),
    "down": gettext_lazy("Pays less"),
    "same": gettext_lazy("Pays the same"),
    "new": gettext_lazy("No invoice last year"),
}
SORTS: dict[str, Callable[[Line], Any]] = {
    "name": lambda line: in_language(line.party, "name").casefold(),
    "amount": lambda line: line.amount_cents,
    "change": lambda line: line.change_cents or 0,
}


@dataclass(frozen=True)
class Wanted:
    """What the address asks for; "" means everything."""

    kind: str = ""
    region: str = ""
    change: str = ""
    q: str = ""
    sort: str = "name"

    @classmethod
    def read(cls, query: QueryDict) -> Wanted:
        """The filters of an address; values nobody offered are ignored."""
        return cls(
            kind=known(query.get("kind", ""), Kind.values),
            region=known(query.get("region", ""), Region.values),
            change=known(query.get("change", ""), CHANGES),
            q=query.get("q", "").strip(),
            sort=known(query.get("sort", ""), [*SORTS, *(f"-{name}" for name in SORTS)]) or "name",
        )

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out."""
        return bool(self.kind or self.region or self.change or self.q)

    @property
    def kept(self) -> dict[str, str]:
        """What a new search keeps of the address."""
        values = {"kind": self.kind, "region": self.region, "change": self.change}
        if self.sort != "name":
            values["sort"] = self.sort
        return {name: value for name, value in values.items() if value}

    def takes(self, line: Line) -> bool:
        """Whether a line is asked for."""
        party = line.party
        return (
            self.kind in ("", party.kind)
            and self.region in ("", party.region)
            and self.change in ("", change_of(line))
            and self.found_in(f"{party.name_en} {party.name_ko} {party.country_code}")
        )

    def found_in(self, text: str) -> bool:
        """Whether every word typed stands in the text."""
        folded = text.casefold()
        return all(word in folded for word in self.q.casefold().split())

    def order(self, lines: Iterable[Line]) -> list[Line]:
        """The lines as the chosen column orders them; equal ones stay in the order of names."""
        return sorted(
            lines, key=SORTS[self.sort.removeprefix("-")], reverse=self.sort.startswith("-")
        )


def known(value: str, choices: Iterable[str]) -> str:
    """The value, when it is one of the choices."""
    return value if value in choices else ""


def change_of(line: Line) -> str:
    """How a member's dues compare with last year's invoice."""
    change = line.change_cents
    if change is None:
        return "new"
    return "up" if change > 0 else "down" if change < 0 else "same"


@dataclass(frozen=True)
class Section:
    """One of the three lists: the page shown of it, and what the whole of it comes to."""

    page: Page[Line]
    count: int
    total_cents: int
    previous_url: str
    next_url: str


def section(lines: list[Line], wanted: Wanted, query: QueryDict, parameter: str) -> Section:
    """The lines asked for, on the page asked for; count and sum are of all of them."""
    taken = wanted.order(line for line in lines if wanted.takes(line))
    page = Paginator(taken, PER_PAGE).get_page(query.get(parameter))
    return Section(
        page=page,
        count=len(taken),
        total_cents=sum(line.amount_cents for line in taken),
        previous_url=page_address(query, parameter, page.number - 1),
        next_url=page_address(query, parameter, page.number + 1),
    )


def page_address(query: QueryDict, parameter: str, number: int) -> str:
    """Another page of one list, the rest as it is."""
    changed = query.copy()
    changed[parameter] = str(number)
    return f"?{changed.urlencode()}"


def filter_chips(preview: Preview, wanted: Wanted, query: QueryDict) -> list[dict[str, Any]]:
    """The filters as rows of links, each with the number of members it would show."""
    rows = [
        chip_row(preview, wanted, query, name="kind", label=_("Kind"), choices=Kind.choices),
        chip_row(preview, wanted, query, name="region", label=_("Region"), choices=Region.choices),
    ]
    if preview.last_year_cents:
        rows.append(
            chip_row(
                preview,
                wanted,
                query,
                name="change",
                label=_("Against last year"),
                choices=list(CHANGES.items()),
            )
        )
    return rows


def chip_row(
    preview: Preview,
    wanted: Wanted,
    query: QueryDict,
    *,
    name: str,
    label: str,
    choices: list[tuple[str, Any]],
) -> dict[str, Any]:
    """One filter: its choices that hold somebody, counted under the other filters."""
    others = replace(wanted, **{name: ""})
    read: Callable[[Line], str] = {
        "kind": lambda line: line.party.kind,
        "region": lambda line: line.party.region,
        "change": change_of,
    }[name]
    counts = Counter(read(line) for line in preview.lines if others.takes(line))
    chosen = getattr(wanted, name)
    every = Chip(_("All"), address(query, name, None), counts.total(), not chosen)
    chips = [
        Chip(words, address(query, name, value), counts[value], value == chosen)
        for value, words in choices
        if counts[value] or value == chosen
    ]
    return {"label": label, "chips": [every, *chips]}


def address(query: QueryDict, name: str, value: str | None) -> str:
    """This page with one filter changed, from its first page on."""
    changed = query.copy()
    for parameter in ("page", "blocked", "not_due", name):
        changed.pop(parameter, None)
    if value:
        changed[name] = value
    return f"?{changed.urlencode()}"


def sort_links(wanted: Wanted, query: QueryDict) -> dict[str, dict[str, str]]:
    """For each column that orders the table: where its heading leads and what it is now."""
    links = {}
    for name in SORTS:
        descending = wanted.sort == name if name == "name" else wanted.sort != f"-{name}"
        state = {name: "ascending", f"-{name}": "descending"}.get(wanted.sort, "")
        links[name] = {"url": address(query, "sort", f"-{name}" if descending else name)}
        links[name]["state"] = state
        links[name]["mark"] = {"ascending": "↑", "descending": "↓"}.get(state, "")
    return links


def region_bars(lines: Iterable[Line], query: QueryDict) -> list[Bar]:
    """Dues of the year by region, in the roster's order."""
    cents: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for line in lines:
        cents[line.party.region] += line.amount_cents
        counts[line.party.region] += 1
    return [
        Bar(
            f"{label} ({counts[region]})",
            cents[region] / 100,
            short(cents[region]),
            address(query, "region", region),
        )
        for region, label in Region.choices
        if counts[region]
    ]


def reason_bars(lines: Iterable[Line]) -> list[Bar]:
    """How many members each reason keeps from being billed, most frequent first."""
    counts = Counter(line.assessment.reason for line in lines)
    return [Bar(REASON_LABELS[reason], count) for reason, count in counts.most_common()]
