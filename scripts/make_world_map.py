"""Draw the world map: `make_world_map.py 110m.json 10m.json > wego/assets/world_map.json`.

Takes the two TopoJSON files `countries-110m.json` (shapes) and `countries-10m.json` (middles of
countries too small for the other) of the npm package `world-atlas`, which holds Natural Earth's
public-domain data. Shapes are projected (Equal Earth), thinned along shared borders, and written as
SVG paths by country code. Run it again only for a new edition of the data.
"""

from __future__ import annotations

import itertools
import json
import math
import sys
from pathlib import Path
from typing import Any

from babel.core import get_global

Point = tuple[float, float]

WIDTH = 1000
HALF_TURN = 180
SOUTHERNMOST = -57.0
NORTHERNMOST = 83.0
TOLERANCE_DEGREES = 0.16
SMALLEST_AREA = 2.5
ANTARCTICA = "010"
# Shapes the data has without a code, drawn with the country that surrounds or follows them.
UNNUMBERED = {"N. Cyprus": "CY", "Somaliland": "SO", "Kosovo": "XK"}

# Regions as the membership roster groups them; countries without members follow their neighbours.
REGIONS = {
    "africa": "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW KE KM LR LS LY "
    "MA MG ML MR MU MW MZ NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TF TG TN TZ UG YT ZA ZM ZW",
    "americas": "AG AI AR AW BB BL BM BO BQ BR BS BZ CA CL CO CR CU CW DM DO EC FK GD GF GL GP GT "
    "GY HN HT JM KN KY LC MF MQ MS MX NI PA PE PM PR PY SR SV SX TC TT US UY VC VE VG VI",
    "asia": "AF AM AZ BD BN BT CN GE HK ID IN IO JP KG KH KP KR KZ LA LK MM MN MO MV MY NP PH PK "
    "SG TH TJ TL TM TW UZ VN",
    "europe": "AD AL AT AX BA BE BG BY CH CY CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT "
    "JE LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS RU SE SI SK SM TR UA VA XK",
    "middle_east": "AE BH IL IQ IR JO KW LB OM PS QA SA SY YE",
    "oceania": "AS AU CK FJ FM GU KI MH MP NC NF NR NU NZ PF PG PN PW SB TO TV VU WF WS",
}
REGION_OF = {code: region for region, codes in REGIONS.items() for code in codes.split()}


def equal_earth(longitude: float, latitude: float) -> Point:
    """Project degrees to a plane about 5.4 wide (Šavrič, Patterson, Jenny 2018)."""
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    square = theta * theta
    sixth = square**3
    x = (
        2 * math.sqrt(3) * math.radians(longitude) * math.cos(theta)
        / (3 * (9 * a4 * sixth * square + 7 * a3 * sixth + 3 * a2 * square + a1))
    )  # fmt: skip
    y = theta * (a4 * sixth * square + a3 * sixth + a2 * square + a1)
    return x, y


HALF_WIDTH = equal_earth(180, 0)[0]
TOP = equal_earth(0, NORTHERNMOST)[1]
SCALE = WIDTH / (2 * HALF_WIDTH)
HEIGHT = math.ceil((TOP - equal_earth(0, SOUTHERNMOST)[1]) * SCALE)


def to_picture(longitude: float, latitude: float) -> Point:
    """Turn degrees into picture units, y downwards."""
    x, y = equal_earth(longitude, latitude)
    return (x + HALF_WIDTH) * SCALE, (TOP - y) * SCALE


def thin(points: list[Point]) -> list[Point]:
    """Drop points closer than the tolerance to the line without them (Douglas-Peucker)."""
    if len(points) <= 2:  # noqa: PLR2004 a line has two ends
        return points
    (x1, y1), (x2, y2) = points[0], points[-1]
    length = math.hypot(x2 - x1, y2 - y1)

    def distance(point: Point) -> float:
        if not length:
            return math.hypot(point[0] - x1, point[1] - y1)
        return abs((x2 - x1) * (y1 - point[1]) - (x1 - point[0]) * (y2 - y1)) / length

    place = max(range(1, len(points) - 1), key=lambda index: distance(points[index]))
    if distance(points[place]) < TOLERANCE_DEGREES:
        return [points[0], points[-1]]
    return thin(points[: place + 1])[:-1] + thin(points[place:])


def read_arcs(atlas: dict[str, Any]) -> list[list[Point]]:
    """Decode the delta-coded arcs into degrees."""
    (sx, sy), (tx, ty) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    arcs = []
    for coded in atlas["arcs"]:
        x = y = 0
        arc = []
        for dx, dy in coded:
            x, y = x + dx, y + dy
            arc.append((x * sx + tx, y * sy + ty))
        arcs.append(arc)
    return arcs


def ring_of(indices: list[int], arcs: list[list[Point]]) -> list[Point]:
    """Join arcs into one ring on the picture; a negative index means the arc backwards."""
    ring: list[Point] = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring.extend(arc[1:] if ring else arc)
    return [to_picture(*point) for point in unwrap(ring)]


def unwrap(ring: list[Point]) -> list[Point]:
    """Move the western end of a shape that crosses the date line to the east of it."""
    crosses = any(abs(x2 - x1) > HALF_TURN for (x1, _), (x2, _) in itertools.pairwise(ring))
    return [(x + 2 * HALF_TURN if crosses and x < 0 else x, y) for x, y in ring]


def area_and_middle(ring: list[Point]) -> tuple[float, Point]:
    """Return a ring's area and its centre of gravity."""
    doubled = cx = cy = 0.0
    for (x1, y1), (x2, y2) in itertools.pairwise(ring):
        cross = x1 * y2 - x2 * y1
        doubled, cx, cy = doubled + cross, cx + (x1 + x2) * cross, cy + (y1 + y2) * cross
    if not doubled:
        return 0.0, ring[0]
    return abs(doubled) / 2, (cx / (3 * doubled), cy / (3 * doubled))


def path_of(ring: list[Point]) -> str:
    """Write a ring as a relative SVG path in whole units, or nothing when it shrinks to a line."""
    rounded = [(round(x), round(y)) for x, y in ring]
    steps = [
        (x2 - x1, y2 - y1)
        for (x1, y1), (x2, y2) in itertools.pairwise(rounded)
        if (x1, y1) != (x2, y2)
    ]
    if len(steps) <= 2:  # noqa: PLR2004 a shape has three sides
        return ""
    drawn = "".join(f"{' ' if dx >= 0 and place else ''}{dx}{'' if dy < 0 else ' '}{dy}"
                    for place, (dx, dy) in enumerate(steps[:-1]))  # fmt: skip
    return f"M{rounded[0][0]} {rounded[0][1]}l{drawn}z"


def code_of(geometry: dict[str, Any]) -> str | None:
    """Return a shape's two-letter code; None for Antarctica and shapes nobody lists."""
    number = geometry.get("id")
    if number is None:
        return UNNUMBERED.get(geometry["properties"]["name"])
    aliases = get_global("territory_aliases")
    return None if number == ANTARCTICA else next(iter(aliases.get(number, [])), None)


def rings_by_country(
    atlas: dict[str, Any], arcs: list[list[Point]]
) -> dict[str, list[list[Point]]]:
    """Return the outer rings of every country."""
    found: dict[str, list[list[Point]]] = {}
    for geometry in atlas["objects"]["countries"]["geometries"]:
        code = code_of(geometry)
        if code is None or "arcs" not in geometry:
            continue
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        found.setdefault(code, []).extend(ring_of(polygon[0], arcs) for polygon in polygons)
    return found


def draw(shapes: dict[str, Any], details: dict[str, Any]) -> dict[str, Any]:
    """Return the whole picture as plain data."""
    paths = {}
    for code, rings in sorted(
        rings_by_country(shapes, [thin(arc) for arc in read_arcs(shapes)]).items()
    ):
        largest = max(area_and_middle(ring)[0] for ring in rings)
        smallest = min(SMALLEST_AREA, largest)
        kept = [ring for ring in rings if area_and_middle(ring)[0] >= smallest]
        if path := "".join(map(path_of, kept)):
            paths[code] = path
    middles = {}
    for code, rings in sorted(rings_by_country(details, read_arcs(details)).items()):
        _area, (x, y) = max(area_and_middle(ring) for ring in rings)
        if code in REGION_OF:
            middles[code] = [round(x), round(y)]
    return {
        "source": "Natural Earth (public domain), by npm package world-atlas 2.0.2",
        "width": WIDTH,
        "height": HEIGHT,
        "region_of": {code: REGION_OF[code] for code in sorted({*paths, *middles})},
        "paths": paths,
        "middles": middles,
    }


if __name__ == "__main__":
    picture = draw(*(json.loads(Path(name).read_text()) for name in sys.argv[1:3]))
    json.dump(picture, sys.stdout, separators=(",", ":"), sort_keys=True)
