"""The world by region: shapes of Natural Earth, a dot per country, a number per region.

The picture is drawn by `scripts/make_world_map.py`; a table beneath says the same in words.
"""

from __future__ import annotations

import json
import math
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel import Locale
from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django_stubs_ext import StrOrPromise

register = template.Library()

PICTURE = Path(__file__).resolve().parent.parent / "assets" / "world_map.json"
# Where a region's number stands: over the sea, beside the region, in units of the picture.
PLACES: dict[str, tuple[StrOrPromise, int, int]] = {
    "asia": (_("Asia"), 905, 178),
    "oceania": (_("Oceania"), 722, 352),
    "americas": (_("Americas"), 150, 250),
    "europe": (_("Europe"), 432, 78),
    "middle_east": (_("Middle East"), 690, 240),
    "africa": (_("Africa"), 470, 300),
}
NUMBERED_FROM = 5


@cache
def read_picture() -> dict[str, Any]:
    """Return the drawn map, read once."""
    picture: dict[str, Any] = json.loads(PICTURE.read_text())
    return picture


def country_name(code: str) -> str:
    """Return a country's name in the reader's language; the code when it has none."""
    return str(Locale.parse(get_language() or "en", sep="-").territories.get(code, code))


@register.inclusion_tag("ui/world_map.html")
def world_map(
    regions: Mapping[str, int], countries: Mapping[str, int], *, caption: StrOrPromise
) -> dict[str, Any]:
    """Draw member counts: ``regions`` by our six names, ``countries`` by two-letter code."""
    unknown = set(regions) - set(PLACES)
    if unknown:
        message = f"The map has no region {sorted(unknown)}."
        raise template.TemplateSyntaxError(message)
    picture = read_picture()
    present = {code: count for code, count in countries.items() if count}
    return {
        "caption": caption,
        "width": picture["width"],
        "height": picture["height"],
        "shapes": [
            {"path": path, "member": code in present} for code, path in picture["paths"].items()
        ],
        "dots": _dots(picture["middles"], present),
        "labels": [
            {"name": name, "count": regions[region], "x": x, "y": y}
            for region, (name, x, y) in PLACES.items()
            if region in regions
        ],
        "rows": _rows(picture["region_of"], regions, present),
    }


def _dots(middles: dict[str, list[int]], present: dict[str, int]) -> list[dict[str, Any]]:
    """Place a dot on every country, large ones first so that small ones stay visible."""
    return [
        {
            "name": country_name(code),
            "count": count,
            "x": middles[code][0],
            "y": middles[code][1],
            "radius": f"{2 + 2.2 * math.sqrt(count):.1f}",
            "numbered": count >= NUMBERED_FROM,
        }
        for code, count in sorted(present.items(), key=lambda pair: -pair[1])
        if code in middles
    ]


def _rows(
    region_of: dict[str, str], regions: Mapping[str, int], present: dict[str, int]
) -> list[dict[str, Any]]:
    """Say the picture in words: each region, its number, its countries by number."""
    by_number = sorted(present.items(), key=lambda pair: (-pair[1], country_name(pair[0])))
    return [
        {
            "name": name,
            "count": regions[region],
            "countries": [
                {"name": country_name(code), "count": count}
                for code, count in by_number
                if region_of.get(code) == region
            ],
        }
        for region, (name, _x, _y) in PLACES.items()
        if region in regions
    ]
