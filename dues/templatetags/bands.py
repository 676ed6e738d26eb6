"""Warnings about bands, for pages of other apps that show figures."""

from __future__ import annotations

from django import template

from dues.bandwatch import watch_bands
from members.figure_files import FiguresReport

register = template.Library()


@register.inclusion_tag("dues/band_warnings.html")
def band_warnings(report: FiguresReport) -> dict[str, list[str]]:
    """Figures of a report that lie near a band's edge or changed their band; nothing when none."""
    return {"sentences": watch_bands(report)}
