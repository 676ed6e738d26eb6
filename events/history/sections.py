"""The sections of a history file: what a row of each must say, and the fact it makes. Pure.

What makes two rows the same fact is their `key`: never their wording or sources, so that a file
with better sources finds the facts of the first one entered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

from events.history.words import (
    Name,
    Quoted,
    When,
    read_date,
    read_figures,
    read_name,
    read_numbers,
    read_span,
    split_clauses,
)

Row = Mapping[str, Any]
STATUSES = ("planned", "called", "postponed", "moved", "held", "cancelled", "call_for_bids")
# Numbers that a row of member counts may give, and of an awards edition.
COUNTS = (
    "total",
    "cities",
    "full_cities",
    "associate_cities",
    "associates",
    "korean_cities",
    "institutions",
    "companies",
    "countries",
)
OF_EDITION = ("entries", "eligible", "jurors", "finalists", "winners")
LONGEST_TITLE = 300
LONGEST_PLACE = 200


@dataclass
class Told:
    """One fact as a row tells it; `hosts` are the organisations it is about."""

    kind: str
    key: str
    title: Name
    row: Row
    when: When = field(default_factory=When)
    place: Name = field(default_factory=lambda: Name("", ""))
    hosts: list[Name] = field(default_factory=list)
    words: str = ""
    words_ko: str = ""
    quoted: list[Quoted] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    numbers: list[tuple[Quoted, str]] = field(default_factory=list)


def refuse(message: str) -> NoReturn:
    """Refuse a row.

    Raises:
        ValueError: always, with the sentence.
    """
    raise ValueError(message)


def text_of(row: Row, name: str, *, needed: bool = False) -> str:
    """A text of a row, "" without one.

    Raises:
        ValueError: it is needed and missing, or it is no text.
    """
    value = row.get(name, "")
    if not isinstance(value, str):
        refuse(f"“{name}” must be text.")
    if needed and not value.strip():
        refuse(f"“{name}” is missing.")
    return value.strip()


def number_of(row: Row, name: str) -> int:
    """A number that a row must give.

    Raises:
        ValueError: it does not.
    """
    value = row.get(name)
    if not isinstance(value, int):
        refuse(f"“{name}” must be a whole number.")
    return value


def date_of(row: Row, *names: str, needed: bool = False) -> When:
    """The first of these dates that a row gives.

    Raises:
        ValueError: none where one is needed, or it is no date.
    """
    for name in names:
        text = text_of(row, name)
        if not text:
            continue
        try:
            return read_date(text)
        except ValueError:
            refuse(f"“{name}”: “{text[:40]}” is no date like 2019, 2019-11 or 2019-11-15.")
    if needed:
        refuse(f"“{names[-1]}” is missing.")
    return When()


def span_of(row: Row) -> When:
    """From the first to the last day; days found in public go before a month in a paper.

    Raises:
        ValueError: the last day lies before the first, or one is no date.
    """
    first = date_of(row, "start_public", "start")
    last = date_of(row, "end_public", "end")
    if first.starts_on and last.starts_on and last.starts_on < first.starts_on:
        refuse("“end” lies before “start”.")
    return When(first.starts_on, last.starts_on, first.precision)


def name_of(row: Row, name: str, *, needed: bool = True) -> Name:
    """A name of a row in both scripts.

    Raises:
        ValueError: it is missing or longer than a name.
    """
    found = read_name(text_of(row, name, needed=needed))
    if max(len(found.en), len(found.ko)) > LONGEST_PLACE:
        refuse(f"“{name}” is longer than a name.")
    return found


def key_of(kind: str, *parts: object) -> str:
    """What makes two rows the same fact."""
    return f"{kind}:" + "|".join(" ".join(str(part).casefold().split()) for part in parts)[:280]


def words_of(row: Row, *names: str) -> str:
    """Texts of a row, one a line."""
    return "\n".join(text for text in (text_of(row, name) for name in names) if text)


def quoted_in(text: str) -> list[Quoted]:
    """Every number of a text whose unit is known."""
    return [number for clause in split_clauses(text) for number in read_numbers(clause)]


def figures_of(row: Row, names: tuple[str, ...]) -> Iterator[Quoted]:
    """The numbers a row gives by name: `47`, or `12 (…) / 18 (…)`."""
    for name in names:
        value = row.get(name)
        if isinstance(value, int):
            yield Quoted(name, value, "", "")
        elif isinstance(value, str):
            yield from read_figures(name, value)


def hosted(name: Name) -> list[Name]:
    """The hosts a name tells: none of `to be chosen`, `open call …`."""
    unsettled = name.en.casefold().startswith(("to be ", "open call", "?"))
    return [] if unsettled or not name.spellings else [name]


def ordinal(number: int) -> str:
    """`1st`, `2nd`, `15th`."""
    tens, ones = number // 10 % 10, number % 10
    ending = "th" if tens == 1 else {1: "st", 2: "nd", 3: "rd"}.get(ones, "th")
    return f"{number}{ending}"


def read_assembly(row: Row) -> Told:
    """What became of a General Assembly at one time (C6)."""
    number, status = number_of(row, "no"), text_of(row, "status", needed=True)
    if status not in STATUSES:
        refuse(f"“status”: “{status[:40]}” is none of {', '.join(STATUSES)}.")
    if not 1 <= number <= LONGEST_TITLE:
        refuse("“no” is no number of an assembly.")
    date_of(row, "start", needed=True)
    host = name_of(row, "host", needed=False)
    return Told(
        "general_assemblies",
        key_of("general_assemblies", number, status, text_of(row, "start")),
        Name(f"{ordinal(number)} General Assembly", f"제{number}차 총회"),
        row,
        span_of(row),
        host,
        hosted(host),
        words_of(row, "theme", "facts") or host.note,
        text_of(row, "facts_ko"),
        quoted_in(text_of(row, "facts")),
    )


def read_excom(row: Row) -> Told:
    """A meeting of the Executive Committee; without a day its year is what is known."""
    year = number_of(row, "year")
    when = span_of(row)
    if when.starts_on is None:
        when = date_of(row, "month")
    if when.starts_on is None:
        when = date_of({"year": str(year)}, "year")
    if when.starts_on and when.starts_on.year != year:
        refuse("“start” lies in another year than “year” says.")
    host = name_of(row, "host", needed=False)
    return Told(
        "excoms",
        key_of("excoms", year),
        Name(f"EXCOM {year}", f"{year}년 집행위원회"),
        row,
        when,
        host,
        hosted(host),
        words_of(row, "theme", "facts", "agenda"),
        "",
        quoted_in(text_of(row, "facts")),
    )


def read_edition(row: Row) -> Told:
    """An edition of a series of awards, with the counts its sources give (C10)."""
    prize, number = name_of(row, "prize"), number_of(row, "no")
    when = date_of_text(row, "announced", "ceremony", "call")
    title = f"{prize.en} {number}"
    return Told(
        "awards_editions",
        key_of("awards_editions", prize.en, number),
        Name(title, f"{prize.ko} {number}회" if prize.ko else ""),
        row,
        when,
        words=words_of(row, "call", "announced", "ceremony"),
        quoted=list(figures_of(row, OF_EDITION)),
    )


def date_of_text(row: Row, *names: str) -> When:
    """The first date in the first of these texts that has one.

    Raises:
        ValueError: what looks like a date is none.
    """
    for name in names:
        try:
            when = read_span(text_of(row, name))
        except ValueError:
            refuse(f"“{name}” holds a date that is no day of the calendar.")
        if when.starts_on:
            return When(when.starts_on, None, when.precision)
    return When()


def read_winner(row: Row) -> Told:
    """Who won what; a category or rank nobody knows stays "?" (C10)."""
    edition, winner = name_of(row, "edition"), name_of(row, "winner")
    category, rank = read_name(text_of(row, "category")), text_of(row, "rank")
    return Told(
        "award_winners",
        key_of("award_winners", edition.en, category.en, rank, winner.en or winner.ko),
        winner,
        row,
        place=edition,
        hosts=[winner],
        words=words_of(row, "project"),
    )


def read_term(row: Row) -> Told:
    """Who holds an office, from when, or on which day somebody saw it held (C8, C9)."""
    body = name_of(row, "body")
    city, holder = name_of(row, "city", needed=False), text_of(row, "holder")
    if not city.spellings and not holder:
        refuse("it names neither “city” nor “holder”.")
    first, last = date_of(row, "elected", "asof"), date_of(row, "end")
    if first.starts_on and last.starts_on and last.starts_on < first.starts_on:
        refuse("“end” lies before “elected”.")
    return Told(
        "terms",
        key_of("terms", body.en, city.en or holder, first.starts_on or ""),
        body,
        row,
        When(first.starts_on, last.starts_on, first.precision),
        hosts=[city] if city.spellings else [],
        words=words_of(row, "label", "holder", "note"),
    )


def read_office(row: Row) -> Told:
    """A regional office and who hosts it (R30)."""
    host, region = text_of(row, "host", needed=True), text_of(row, "region", needed=True)
    when = date_of_text(row, "approved_public", "decided", "opened_public", "asof")
    return Told(
        "regional_offices",
        key_of("regional_offices", *(latin_of(text) for text in (host, region))),
        read_name(region),
        row,
        when,
        hosts=[read_name(each) for each in split_clauses(host)],
        words=words_of(row, "decided", "approved_public", "opened_public"),
    )


def latin_of(text: str) -> str:
    """`Abu Dhabi 아부다비; Cuenca` without what is not in Latin letters."""
    return "; ".join(read_name(part).en for part in split_clauses(text))


def read_partner(row: Row) -> Told:
    """A partner; the brackets say when it signed nothing (R31)."""
    partner = name_of(row, "partner")
    return Told(
        "mous",
        key_of("mous", partner.en or partner.ko),
        partner,
        row,
        hosts=[partner],
        words=partner.note,
    )


def read_programme(kind: str) -> Callable[[Row], Told]:
    """A training, event or project: its name, its days and place, as far as they are told."""

    def read(row: Row) -> Told:
        name = read_name(text_of(row, "name", needed=True))
        if max(len(name.en), len(name.ko)) > LONGEST_TITLE:
            refuse("“name” is longer than a name.")
        return Told(
            kind,
            key_of(kind, name.en or name.ko),
            name,
            row,
            span_of(row),
            name_of(row, "place", needed=False),
            words=words_of(row, "facts"),
            quoted=[
                *quoted_in(text_of(row, "facts")),
                *(
                    Quoted(measure, number_of(row, of), "", "")
                    for of, measure in (("participants", "people"), ("cities", "cities"))
                    if of in row
                ),
            ],
        )

    return read


def read_count(row: Row) -> Told:
    """How many members a source counts on a day (C13, C14)."""
    when = date_of(row, "asof", needed=True)
    quoted = list(figures_of(row, COUNTS))
    if not quoted:
        refuse(f"it counts nothing: one of {', '.join(COUNTS)} is needed.")
    return Told(
        "member_counts",
        key_of("member_counts", text_of(row, "asof")),
        Name(f"Members, {text_of(row, 'asof')}", f"회원 수, {text_of(row, 'asof')}"),
        row,
        when,
        quoted=quoted,
    )


READERS: Mapping[str, Callable[[Row], Told]] = {
    "general_assemblies": read_assembly,
    "excoms": read_excom,
    "awards_editions": read_edition,
    "award_winners": read_winner,
    "terms": read_term,
    "regional_offices": read_office,
    "mous": read_partner,
    "trainings": read_programme("trainings"),
    "promotion_events": read_programme("promotion_events"),
    "projects": read_programme("projects"),
    "member_counts": read_count,
}
