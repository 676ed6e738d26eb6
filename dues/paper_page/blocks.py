"""What the body of a paper is made of: paragraphs, facts, tables with sums, one after the other.

A kind of paper says what it prints in these words; how it looks is the page's affair.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, TypeAlias

from django.utils.safestring import SafeString

from members.letter_page.writer import Row


@dataclass(frozen=True)
class Heading:
    """The title of a part."""

    sort: ClassVar = "heading"
    text: SafeString


@dataclass(frozen=True)
class Paragraph:
    """One paragraph; a quiet one is set small, for what is good to know."""

    sort: ClassVar = "paragraph"
    text: SafeString
    quiet: bool = False


@dataclass(frozen=True)
class KeyFacts:
    """The box of labelled facts that a reader looks for."""

    sort: ClassVar = "facts"
    rows: Sequence[Row]


@dataclass(frozen=True)
class Column:
    """A column: its heading, its width in mm (0: what is left), and whether it holds figures.

    Figures stand to the right and never break.
    """

    label: SafeString
    width: int = 0
    is_figure: bool = False


@dataclass(frozen=True)
class Total:
    """A sum under a table: what it is the sum of, and the figures of the last columns."""

    label: SafeString
    figures: Sequence[SafeString]


@dataclass(frozen=True)
class Table:
    """Rows under headings, which stand again on every page, and sums below.

    The figures of each sum stand under the last columns.
    """

    sort: ClassVar = "table"
    columns: Sequence[Column]
    rows: Sequence[Sequence[SafeString]]
    totals: Sequence[Total] = ()

    @property
    def cells(self) -> list[list[tuple[Column, SafeString]]]:
        """Each row's texts with their columns."""
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]

    @property
    def sums(self) -> list[tuple[Total, int]]:
        """Each sum with the number of columns that its label spans."""
        return [(total, len(self.columns) - len(total.figures)) for total in self.totals]


Block: TypeAlias = Heading | Paragraph | KeyFacts | Table


@dataclass(frozen=True)
class Body:
    """What one paper says: its title, what stands beside reference and date, and its blocks.

    `greeted` begins it as a letter to the addressee, `signed` ends it with the signature of the
    Secretary General.
    """

    title: str
    blocks: Sequence[Block]
    head: Sequence[Row] = ()
    greeted: bool = False
    signed: bool = False
