"""Files of figures for a dues year, taken in all together or not at all.

Three kinds of file: `cities` (population), `gdp` (countries) and `employees` (companies). An empty
cell is a figure that is still missing. The same figures again change nothing; a different one
becomes a newer row.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from members.figure_rows import LAYOUTS, Figure, RowReader, name_subjects
from members.figures import GDP, refuse_year
from members.models import CountryFigure, MemberFigure, User
from members.rows import Source, read_table
from wego import audit


class FileRejection(NamedTuple):
    """Why one cell or row of one of the files cannot be taken."""

    file: str
    row: int
    column: str
    reason: str


@dataclass
class Tally:
    """What became of the rows of one file."""

    created: int = 0
    unchanged: int = 0
    missing: int = 0


@dataclass
class FiguresReport:
    """What files of figures did; nothing was written when `rejected` has lines.

    `figures` are all that the files state, new or not, for whoever compares them.
    """

    year: int
    tallies: dict[str, Tally] = field(default_factory=lambda: {name: Tally() for name in LAYOUTS})
    rejected: list[FileRejection] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    new: list[Figure] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The report for programs."""
        return {
            "year": self.year,
            **{name: vars(tally) for name, tally in self.tallies.items()},
            "rejected": [rejection._asdict() for rejection in self.rejected],
            "warnings": self.warnings,
        }


def check_figures(
    *, year: int, files: Mapping[str, Source], definitions: Mapping[str, str] | None = None
) -> FiguresReport:
    """What `import_figures` would do, without doing it.

    Raises:
        ValidationError: no dues year, no file, or a file that cannot be read at all.
    """
    refuse_year(year)
    if not files:
        raise ValidationError(_("Choose at least one file of figures."), code="no_file")
    report = FiguresReport(year)
    for name, source in files.items():
        read_file(name, source, report, {**(definitions or {})}.get(name))
    report.rejected.sort()
    return report


@transaction.atomic
def import_figures(
    *,
    year: int,
    cities: Source | None = None,
    gdp: Source | None = None,
    employees: Source | None = None,
    definitions: Mapping[str, str] | None = None,
    by: User | None,
) -> FiguresReport:
    """Enter figures for a dues year; `definitions` says what they are, by the name of the file.

    Raises:
        ValidationError: as `check_figures`.
    """
    given = {"cities": cities, "gdp": gdp, "employees": employees}
    files = {name: source for name, source in given.items() if source is not None}
    report = check_figures(year=year, files=files, definitions=definitions)
    if report.rejected:
        return report
    MemberFigure.objects.bulk_create(
        MemberFigure(
            member_id=int(figure.subject),
            measure=figure.measure,
            value=figure.value,
            **origin(figure, year, by),
        )
        for figure in report.new
        if figure.measure != GDP
    )
    CountryFigure.objects.bulk_create(
        CountryFigure(
            country_code=str(figure.subject), gdp_cents=figure.value, **origin(figure, year, by)
        )
        for figure in report.new
        if figure.measure == GDP
    )
    if report.new:
        facts = {"year": year, "files": sorted(files), "figures": len(report.new)}
        audit.record_act("figures.imported", by=by, facts=facts)
    return report


def origin(figure: Figure, year: int, by: User | None) -> dict[str, Any]:
    """What every stored figure says of itself."""
    return {
        "dues_year": year,
        "source": figure.source,
        "source_year": figure.source_year,
        "definition": figure.definition,
        "entered_by": by,
    }


def read_file(name: str, source: Source, report: FiguresReport, definition: str | None) -> None:
    """One file's figures, tally, rejections and warnings into the report."""
    layout, tally = LAYOUTS[name], report.tallies[name]
    table = read_table(source, required=layout.required, known=layout.known)
    report.warnings += table.warnings
    subjects = name_subjects(layout.kind) if layout.kind else None
    standing = newest_figures(layout.measure, report.year)
    seen: dict[int | str, int] = {}
    problems = list(table.rejected)
    for row in table.rows:
        reader = RowReader(row, layout, definition or layout.definition)
        figure = reader.read(subjects, seen)
        problems += reader.problems
        report.warnings += reader.warnings
        if reader.problems:
            continue
        if figure is None:
            tally.missing += 1
            continue
        report.figures.append(figure)
        if is_standing(figure, standing, own_definition="definition" in table.columns):
            tally.unchanged += 1
        else:
            tally.created += 1
            report.new.append(figure)
    report.rejected += [FileRejection(name, *problem) for problem in problems]


class Standing(NamedTuple):
    """A stored figure, as far as a file repeats it."""

    value: int
    source: str
    source_year: int | None
    definition: str


def newest_figures(measure: str, year: int) -> dict[int | str, Standing]:
    """The figures that hold for a dues year by member or country, in one query."""
    rows: Iterator[tuple[Any, ...]]
    facts = ("source", "source_year", "definition")
    if measure == GDP:
        gdp = CountryFigure.objects.filter(dues_year=year).order_by("pk")
        rows = gdp.values_list("country_code", "gdp_cents", *facts).iterator()
    else:
        figures = MemberFigure.objects.filter(dues_year=year, measure=measure).order_by("pk")
        rows = figures.values_list("member_id", "value", *facts).iterator()
    return {subject: Standing(*rest) for subject, *rest in rows}


def is_standing(
    figure: Figure, standing: dict[int | str, Standing], *, own_definition: bool
) -> bool:
    """Whether a figure holds already; the file's own definition counts, a general one does not."""
    known = standing.get(figure.subject)
    if known is None or (own_definition and known.definition != figure.definition):
        return False
    return (known.value, known.source, known.source_year) == (
        figure.value,
        figure.source,
        figure.source_year,
    )
