"""The lines of a preview as rows of a table: in words, with what deserves a look."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from dues.admin.preview_page import change_of
from dues.assessment import Assessment
from dues.bandwatch import find_near_edge
from dues.preview import Line, Preview
from dues.wording import REASON_LABELS, band_words, figure_words, say_off
from members.models import Kind, Region, country_name
from wego.money import display, short
from wego.templatetags.charts import band_labels


@dataclass(frozen=True)
class Flag:
    """A word on a row, with a tone of the stylesheet."""

    tone: str
    label: str


@dataclass(frozen=True)
class Row:
    """One member of the preview in words; `url` leads to why it is so."""

    line: Line
    kind: str
    region: str
    country: str
    why: str
    cell: str
    url: str
    change: str
    flags: list[Flag]
    notes: list[str]


def rows_of(lines: list[Line], preview: Preview) -> list[Row]:
    """The rows of one page of a list."""
    kinds, regions = dict(Kind.choices), dict(Region.choices)
    language = get_language() or "en"
    unusual = unusual_status(preview)
    return [
        Row(
            line=line,
            kind=str(kinds[line.party.kind]),
            region=str(regions[line.party.region]),
            country=country_name(line.party.country_code, language),
            why=figures_in_words(line.assessment) or line.why,
            cell=cell_in_words(line),
            url=why_url(preview.year, line),
            change=change_in_words(line),
            flags=[*flags_of(line, unusual=unusual)],
            notes=[*notes_of(line)],
        )
        for line in lines
    ]


def unusual_status(preview: Preview) -> bool:
    """Whether an unconfirmed status tells members apart; when all have it, a warning says so."""
    return any(line.party.status_confirmed for line in preview.priced)


def figures_in_words(assessment: Assessment) -> str:
    """`10,349,312 persons × USD 42,300 a head`; empty unless priced."""
    schedule, column, row = assessment.schedule, assessment.column, assessment.row
    if schedule is None or column is None or assessment.cell is None:
        return ""
    words = [short_figure(schedule.table.column_measure, column.value)]
    if row is not None:
        words.append(short_figure(schedule.table.row_measure, row.value))
    return " × ".join(words)


def short_figure(measure: str, value: object) -> str:
    """A figure with its unit only, for a column that is read by comparing."""
    templates = {
        "population": _("%(value)s persons"),
        "employees": _("%(value)s employees"),
        "gdp_ppp_per_capita": _("USD %(value)s a head"),
    }
    return templates[measure] % {"value": f"{value:,}"}


def cell_in_words(line: Line) -> str:
    """The cell as the paper heads it, or the number of the invoice that stands already."""
    if line.invoice:
        return line.invoice
    schedule, cell = line.assessment.schedule, line.assessment.cell
    if schedule is None or cell is None:
        return ""
    table = schedule.table
    heads = [band_labels(table.column_bounds, table.column_measure)[cell.column]]
    if table.row_bounds:
        heads.append(band_labels(table.row_bounds, table.row_measure)[cell.row])
    return _("Band %(bands)s") % {"bands": " × ".join(heads)}


def why_url(year: int, line: Line) -> str:
    """The page that shows the cell on its table; for an issued one, the invoice."""
    if line.invoice:
        query = urlencode({"q": line.invoice})
        return f"{reverse('admin:dues_year_invoices', args=[year])}?{query}"
    return reverse("admin:dues_year_why", args=[year, line.party.pk])


def change_in_words(line: Line) -> str:
    """`+500.00`, `0.00` or `new`: the difference to last year's invoice."""
    change = line.change_cents
    if change is None:
        return _("new")
    sign = "+" if change > 0 else ""
    return f"{sign}{display(change, '').strip()}"


def flags_of(line: Line, *, unusual: bool) -> list[Flag]:
    """What a careful person would look at in one row."""
    flags = []
    if line.invoice:
        flags.append(Flag("ok", _("issued")))
        if line.assessment.amount_cents != line.invoiced_cents:
            flags.append(Flag("warn", _("would differ now")))
    if change_of(line) == "up":
        flags.append(Flag("warn", _("pays more")))
    if change_of(line) == "down":
        flags.append(Flag("info", _("pays less")))
    if unusual and not line.party.status_confirmed:
        flags.append(Flag("warn", _("status unconfirmed")))
    if not line.invoice and near_an_edge(line.assessment):
        flags.append(Flag("quiet", _("near a band edge")))
    return flags


def notes_of(line: Line) -> Iterator[str]:
    """What stands behind an amount that is not the fee, and what could be set off against it."""
    found = line.assessment
    if line.invoice:
        return
    if found.lowering is not None and found.cell is not None:
        yield _("fee %(fee)s, reduced by %(off)s") % {
            "fee": short(found.fee_cents),
            "off": say_off(found.off_cents, found.lowering.percent),
        }
    if line.credit_cents > 0:
        yield _("credit on account %(amount)s") % {"amount": short(line.credit_cents)}


def near_an_edge(assessment: Assessment) -> bool:
    """Whether a figure lies so close to a bound that a small revision changes the fee."""
    schedule, column, row = assessment.schedule, assessment.column, assessment.row
    if schedule is None or column is None or assessment.cell is None:
        return False
    table = schedule.table
    if find_near_edge(table.column_bounds, Decimal(column.value)) is not None:
        return True
    return row is not None and find_near_edge(table.row_bounds, Decimal(row.value)) is not None


def figures_of(assessment: Assessment) -> Iterator[dict[str, Any]]:
    """The figures that are known, in words, with their bands and sources."""
    schedule, cell = assessment.schedule, assessment.cell
    if schedule is None:
        return
    for measure, figure, band in (
        (schedule.table.column_measure, assessment.column, cell.column_band if cell else None),
        (schedule.table.row_measure, assessment.row, cell.row_band if cell else None),
    ):
        if figure is not None:
            yield {
                "words": figure_words(measure, figure.value),
                "band": band_words(measure, band) if band else "–",
                "source": figure.source,
                "source_year": figure.source_year,
                "definition": figure.definition,
            }


def group_reasons(lines: list[Line]) -> list[dict[str, Any]]:
    """How many members of which kind each reason keeps from being billed, in words."""
    counts: dict[tuple[str, str], int] = {}
    for line in lines:
        key = (line.party.kind, line.assessment.reason)
        counts[key] = counts.get(key, 0) + 1
    return [
        {
            "kind": kind,
            "words": f"{count:,} {kind_words(kind, count)}",
            "reason": REASON_LABELS[reason],
        }
        for (kind, reason), count in sorted(counts.items(), key=lambda item: -item[1])
    ]


def kind_words(kind: str, count: int) -> str:
    """`city` or `cities`."""
    return {
        Kind.CITY: ngettext("city", "cities", count),
        Kind.INSTITUTION: ngettext("institution", "institutions", count),
        Kind.COMPANY: ngettext("company", "companies", count),
    }[Kind(kind)]
