"""The style sheets and templates themselves: contrast, both themes, nothing inline."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parent.parent.parent
CSS = ROOT / "static" / "css"
TEMPLATES = sorted(
    path
    for folder in ("templates", "members", "dues", "events")
    for path in (ROOT / folder).rglob("*.html")
    # Paper and mails carry their style with them.
    if not {"pdf", "mail"} & set(path.parts)
)
TOKEN = re.compile(r"--([\w-]+):\s*([^;]+);")
LIGHT, DARK, CHOSEN = range(3)


def blocks():
    """The tokens of light, of dark by the device, of dark by choice."""
    text = (CSS / "tokens.css").read_text()
    light, rest = text.split("@media (prefers-color-scheme: dark)")
    device, chosen = rest.split(':root[data-theme="dark"]')
    return [dict(TOKEN.findall(part)) for part in (light, device, chosen)]


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_dark_is_the_same_by_device_and_by_choice():
    _light, device, chosen = blocks()

    assert device == chosen
    assert len(device) >= 20


def test_every_dark_colour_has_a_light_one():
    light, device, _chosen = blocks()

    assert set(device) <= set(light)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        *[(t, g) for t in ("ink", "ink-soft", "accent") for g in ("page", "surface", "sunken")],
        *[(tone, f"{tone}-soft") for tone in ("ok", "warn", "bad")],
        *[("ink", f"{tone}-soft") for tone in ("ok", "warn", "bad", "accent")],
        ("accent-strong", "accent-soft"),
        ("accent-ink", "accent"),
        ("accent-ink", "accent-strong"),
        ("bad-ink", "bad"),
        ("bad-ink", "bad-strong"),
        ("bad", "surface"),
    ],
)
def test_text_stands_out(theme, text, ground):
    tokens = blocks()[theme]

    assert contrast(tokens[text], tokens[ground]) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("ground", ["page", "surface", "sunken"])
def test_edges_of_fields_stand_out(theme, ground):
    tokens = blocks()[theme]

    assert contrast(tokens["line-strong"], tokens[ground]) >= 3


def test_every_colour_named_in_a_sheet_exists():
    tokens, named = set(), set()
    for sheet in CSS.glob("*.css"):
        text = sheet.read_text()
        tokens |= {name for name, _value in TOKEN.findall(text)}
        named |= set(re.findall(r"var\(--([\w-]+)", text))

    assert named - tokens == set()


@pytest.mark.parametrize("sheet", sorted(CSS.glob("*.css")), ids=lambda path: path.name)
def test_sheets_stay_short_and_layered(sheet):
    text = sheet.read_text()

    assert len(text.splitlines()) <= 420
    assert re.search(r"@layer (base|components|pages)\b|layer\(django\)", text)
    assert "http://" not in text
    assert "https://" not in text


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_templates_hold_nothing_inline(template):
    text = template.read_text()

    assert not re.search(r"<style|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"(?:src|href)=[\"'](?:https?:)?//", text)


def test_scripts_write_no_styles():
    for script in (ROOT / "static" / "js").glob("*.js"):
        assert not re.search(r"\.style\b|innerHTML|eval\(", script.read_text()), script.name


def test_font_comes_with_its_licence():
    fonts = ROOT / "static" / "fonts"

    assert "SIL Open Font License" in (fonts / "OFL.txt").read_text()
    assert sum(path.stat().st_size for path in fonts.glob("*.woff2")) < 60_000
