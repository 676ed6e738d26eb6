"""Fills in whatever form a page shows, as somebody would who types into every field."""

import datetime as dt

from lxml import html

DAY = dt.date(2026, 11, 20)


def forms_of(page):
    """The forms of a page that send something, without the frame's (language, sign out, search)."""
    for form in html.document_fromstring(page).forms:
        if (form.method or "").upper() == "POST" and not set(form.fields) <= {
            "csrfmiddlewaretoken",
            "language",
            "next",
        }:
            yield form


def fill(form, text):
    """{name: value}: what stands there, `text(kind)` in empty texts, the first of every choice."""
    filled = {}
    for element in form.iter("input", "select", "textarea"):
        name = element.get("name")
        if not name or element.get("disabled") is not None:
            continue
        kind = element.get("type", "text") if element.tag == "input" else element.tag
        if kind in ("file", "submit", "button", "reset", "image"):
            continue
        if kind in ("checkbox", "radio"):
            filled.setdefault(name, element.get("value", "on"))
        elif kind == "select":
            filled[name] = element.value if isinstance(element.value, str) else ""
            choices = [each for each in element.value_options if each]
            filled[name] = filled[name] or (choices[0] if choices else "")
        else:
            there = element.text if kind == "textarea" else element.get("value")
            filled[name] = (there or "").strip() or value_for(name, kind, text)
    return {name: value for name, value in filled.items() if value}


def value_for(name, kind, text):
    """Something that fits an empty field."""
    if kind == "date" or name.endswith(("_on", "_by", "date", "until")):
        return DAY.isoformat()
    if kind == "number":
        return "1"
    if kind == "email" or "email" in name:
        return text("email")
    if kind in ("tel", "url", "hidden", "password"):
        return text(kind)
    return text("text")
