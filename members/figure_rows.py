"""One row of a file of figures: whose figure it is, how much, from where, and what is wrong."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from members.figures import (
    FEW_PERSONS,
    GDP,
    cut_to_cents,
    find_definition_problem,
    find_source_problem,
    find_source_year_problem,
    find_value_problem,
    is_missing,
)
from members.models import Kind, Measure, Member, MemberName, is_country
from members.rows import Rejection, Row, sameness
from wego.numbers import parse_figure


@dataclass(frozen=True)
class Layout:
    """The columns of one kind of file, and what it measures of whom."""

    measure: str
    value: str
    source: str
    source_year: str
    kind: str = ""
    definition: str = ""
    ignored: tuple[str, ...] = ()

    @property
    def required(self) -> tuple[str, ...]:
        """Columns that must be there."""
        subject = ("name_en", "country_code") if self.kind else ("country_code",)
        return (*subject, self.value, self.source)

    @property
    def known(self) -> tuple[str, ...]:
        """Columns that may be there."""
        return (self.source_year, "definition", *self.ignored)


LAYOUTS = {
    "cities": Layout(
        measure=Measure.POPULATION,
        value="population",
        source="population_source",
        source_year="population_year",
        kind=Kind.CITY,
        definition="Population as given by the source",
        ignored=("match_confidence",),
    ),
    "gdp": Layout(
        measure=GDP,
        value="gdp_ppp_per_capita_usd",
        source="source",
        source_year="year",
        definition="GDP per capita, PPP, of the country",
    ),
    "employees": Layout(
        measure=Measure.EMPLOYEES,
        value="employees",
        source="source",
        source_year="year",
        kind=Kind.COMPANY,
        definition="Employees as declared",
    ),
}


class Figure(NamedTuple):
    """A figure read from a file: of which member (or country), how much (GDP in US cents)."""

    measure: str
    subject: int | str
    label: str
    value: int
    source: str
    source_year: int | None
    definition: str


class Subjects:
    """Members of one kind by country and name, capitals and spaces aside."""

    def __init__(self) -> None:
        self.names: dict[tuple[str, str], set[int]] = defaultdict(set)
        self.other_names: dict[tuple[str, str], set[int]] = defaultdict(set)

    def find(self, country: str, name: str) -> set[int]:
        """Who bears the name; another name counts only where nobody bears it."""
        key = country, sameness(name)
        return set(self.names.get(key) or self.other_names.get(key) or ())


def name_subjects(kind: str) -> Subjects:
    """The names of all members of a kind, in two queries."""
    subjects = Subjects()
    for pk, country, name in Member.objects.filter(kind=kind).values_list(
        "pk", "country_code", "name_en"
    ):
        subjects.names[country, sameness(name)].add(pk)
    aliases = MemberName.objects.filter(member__kind=kind).exclude(name_en="")
    for pk, country, name in aliases.values_list("member_id", "member__country_code", "name_en"):
        subjects.other_names[country, sameness(name)].add(pk)
    return subjects


class RowReader:
    """One row on its way to a figure; collects what is wrong and what is odd."""

    def __init__(self, row: Row, layout: Layout, definition: str) -> None:
        self.row, self.cells, self.layout = row, row.cells, layout
        self.definition = row.cells.get("definition") or definition
        self.problems: list[Rejection] = []
        self.warnings: list[str] = []

    def read(self, subjects: Subjects | None, seen: dict[int | str, int]) -> Figure | None:
        """The figure of the row; None when it is missing or the row is refused."""
        subject = self.read_country() if subjects is None else self.read_member(subjects)
        if subject is not None and subject in seen:
            reason = _("The same subject stands in row %(row)s already.") % {"row": seen[subject]}
            self.refuse(self.layout.required[0], reason)
        value = self.read_value()
        if subject is None or self.problems:
            return None
        seen[subject] = self.row.number
        if value is None:
            return None
        figure = self.build(subject, value)
        return None if self.problems else figure

    def refuse(self, column: str, reason: str) -> None:
        """Note what is wrong with a cell."""
        self.problems.append(Rejection(self.row.number, column, reason))

    def warn(self, sentence: str) -> None:
        """Note what is odd but possible."""
        self.warnings.append(f"{self.label}: {sentence}")

    @property
    def label(self) -> str:
        """Whom the row speaks of."""
        name, country = self.cells.get("name_en", ""), self.cells["country_code"].upper()
        return f"{name} ({country})" if name else country

    def read_country(self) -> str | None:
        """The country of a row."""
        code = self.cells["country_code"].upper()
        if is_country(code):
            return code
        reason = _("“%(cell)s” is not a country code of ISO 3166.")
        self.refuse("country_code", reason % {"cell": self.cells["country_code"][:40]})
        return None

    def read_member(self, subjects: Subjects) -> int | None:
        """The member of a row, by its name or another name of it."""
        found = subjects.find(self.cells["country_code"].upper(), self.cells["name_en"])
        if len(found) == 1:
            return found.pop()
        params = {"name": self.label, "kind": dict(Kind.choices)[self.layout.kind]}
        if found:
            self.refuse("name_en", _("More than one member answers to “%(name)s”.") % params)
        else:
            self.refuse("name_en", _("No member “%(name)s” (%(kind)s) is known.") % params)
        return None

    def read_value(self) -> int | None:
        """Persons, employees or US cents; None when the cell is empty, 0 or refused."""
        column, text = self.layout.value, self.cells[self.layout.value]
        if not text:
            return None
        try:
            number = parse_figure(text)
        except ValidationError as error:
            self.refuse(column, error.messages[0])
            return None
        if problem := find_value_problem(self.layout.measure, number):
            self.refuse(column, problem)
            return None
        if is_missing(self.layout.measure, number):
            self.warn(_("0 counts as missing."))
            return None
        self.watch_thousands(number)
        return cut_to_cents(number) if self.layout.measure == GDP else int(number)

    def watch_thousands(self, number: Decimal) -> None:
        """The paper prints thousands; here a slip of three places would choose another fee."""
        if self.layout.measure == Measure.POPULATION and number < FEW_PERSONS:
            self.warn(
                _("%(number)s persons? Enter persons, not thousands.") % {"number": int(number)}
            )

    def build(self, subject: int | str, value: int) -> Figure:
        """The figure with where it comes from."""
        source, year = self.cells[self.layout.source], self.read_source_year()
        for column, problem in (
            (self.layout.source, find_source_problem(source)),
            (self.layout.source_year, find_source_year_problem(year)),
            ("definition", find_definition_problem(self.definition)),
        ):
            if problem:
                self.refuse(column, problem)
        return Figure(
            self.layout.measure, subject, self.label, value, source, year, self.definition
        )

    def read_source_year(self) -> int | None:
        """The year of the source, where the file tells one."""
        text = self.cells.get(self.layout.source_year, "")
        if not text:
            return None
        if text.isascii() and text.isdecimal():
            return int(text[:6])
        reason = _("“%(cell)s” is not a year.") % {"cell": text[:40]}
        self.refuse(self.layout.source_year, reason)
        return None
