"""Pictures of numbers, drawn as SVG and always readable as text.

A bar chart is a table whose last column is drawn; a fee table looks like the paper. Nothing here
needs JavaScript, and every picture prints.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import template
from django.utils.translation import gettext as _

from wego.templatetags.ui import amount, figure, known_tone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django_stubs_ext import StrOrPromise

register = template.Library()

PERSONS_IN_A_THOUSAND = 1000


@dataclass(frozen=True)
class Bar:
    """One bar: its words, its number, how the number is shown, and the rows behind it."""

    label: StrOrPromise
    value: float
    shown: str = ""
    url: str = ""


@dataclass(frozen=True)
class Part:
    """One part of a whole, with a tone of the stylesheet and how its number is shown."""

    label: StrOrPromise
    value: int
    tone: str = "info"
    url: str = ""
    shown: str = ""


@register.inclusion_tag("ui/bar_chart.html")
def bar_chart(
    bars: Sequence[Bar],
    *,
    caption: StrOrPromise,
    label_heading: StrOrPromise,
    value_heading: StrOrPromise,
) -> dict[str, Any]:
    """Draw horizontal bars, longest fills the width, in the order given."""
    longest = max((bar.value for bar in bars), default=0) or 1
    rows = [
        {"bar": bar, "shown": bar.shown or figure(bar.value), "width": _share(bar.value, longest)}
        for bar in bars
    ]
    return {
        "rows": rows,
        "caption": caption,
        "label_heading": label_heading,
        "value_heading": value_heading,
    }


@register.inclusion_tag("ui/stacked_bar.html")
def stacked_bar(parts: Sequence[Part], *, caption: StrOrPromise) -> dict[str, Any]:
    """Draw the parts of a whole as one bar, with their words and numbers beneath."""
    total = sum(part.value for part in parts) or 1
    drawn, start = [], 0.0
    for part in parts:
        known_tone(part.tone)
        width = 100 * part.value / total
        drawn.append({"part": part, "start": f"{start:.2f}", "width": f"{width:.2f}"})
        start += width
    return {"parts": drawn, "caption": caption}


@register.inclusion_tag("ui/sparkline.html")
def sparkline(values: Sequence[float], *, label: StrOrPromise) -> dict[str, Any]:
    """Draw a line of at least two values, oldest first; ``label`` says it in words."""
    low, high = min(values, default=0), max(values, default=0)
    spread, step = (high - low) or 1, 100 / max(len(values) - 1, 1)
    points = [
        (round(place * step, 2), round(22 - 20 * (value - low) / spread, 2))
        for place, value in enumerate(values)
    ]
    return {
        "points": " ".join(f"{x},{y}" for x, y in points),
        "last": points[-1] if points else None,
        "label": label,
    }


@register.inclusion_tag("ui/band_table.html")
def band_table(
    column_bounds: Sequence[int],
    cells_cents: Sequence[Sequence[int]],
    *,
    column_measure: str,
    row_bounds: Sequence[int] = (),
    row_measure: str = "",
    highlight: tuple[int, int] | None = None,
    caption: StrOrPromise = "",
    currency: str = "USD",
) -> dict[str, Any]:
    """Show a fee table as the paper prints it; ``highlight`` is the (row, column) of one fee.

    Bounds are lower bounds in persons, employees or USD; population is headed in thousands.
    """
    columns = band_labels(column_bounds, column_measure)
    names = band_labels(row_bounds, row_measure) if row_bounds else [""]
    rows = [
        {
            "label": name,
            "cells": [
                {"shown": amount(cents).removesuffix(".00"), "hit": (row, column) == highlight}
                for column, cents in enumerate(line)
            ],
            "hit": highlight is not None and highlight[0] == row,
        }
        for row, (name, line) in enumerate(zip(names, cells_cents, strict=True))
    ]
    return {
        "columns": [
            {"label": label, "hit": highlight is not None and highlight[1] == column}
            for column, label in enumerate(columns)
        ],
        "rows": rows,
        "column_title": measure_title(column_bounds, column_measure),
        "row_title": measure_title(row_bounds, row_measure) if row_bounds else "",
        "caption": caption,
        "currency": currency,
    }


def band_labels(bounds: Sequence[int], measure: str) -> list[str]:
    """Name half-open bands as the paper does: ``0~299``, ``10,000~`` (population in thousands)."""
    unit = _unit(bounds, measure)
    ends = [*bounds[1:], None]
    return [
        f"{lower // unit:,}~" + ("" if upper is None else f"{upper // unit - 1:,}")
        for lower, upper in zip(bounds, ends, strict=True)
    ]


def measure_title(bounds: Sequence[int], measure: str) -> str:
    """Say what a row or column of bands divides, with its unit."""
    if measure == "population":
        in_thousands = _unit(bounds, measure) == PERSONS_IN_A_THOUSAND
        return _("Population (thousands)") if in_thousands else _("Population (persons)")
    if measure == "employees":
        return _("Employees")
    if measure == "gdp_ppp_per_capita":
        return _("GDP per capita, PPP (USD)")
    message = f"The measure {measure!r} has no title."
    raise template.TemplateSyntaxError(message)


def _unit(bounds: Sequence[int], measure: str) -> int:
    thousands = measure == "population" and all(not b % PERSONS_IN_A_THOUSAND for b in bounds)
    return PERSONS_IN_A_THOUSAND if thousands else 1


def _share(value: float, longest: float) -> str:
    return f"{max(100 * value / longest, 0):.2f}"
