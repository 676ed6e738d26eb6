"""The components of the design system. `static/README.md` shows each one in use.

A component is a tag with named properties; a wrong property is an error, never a silent blank.
Tags take plain values: no component knows a model.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import template
from django.forms import BaseForm, BaseFormSet
from django.utils import timezone
from django.utils.formats import date_format

from wego import money as money_rules
from wego import reader
from wego.seoul import SEOUL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from django_stubs_ext import StrOrPromise

register = template.Library()

TONES = ("ok", "info", "warn", "bad", "quiet")


def known_tone(tone: str) -> str:
    """Return the tone; refuse one the stylesheet has no colour for."""
    if tone not in TONES:
        message = f"The tone {tone!r} is none of {', '.join(TONES)}."
        raise template.TemplateSyntaxError(message)
    return tone


@register.filter
def money(cents: int | None, currency: str = money_rules.USD) -> str:
    """Show cents as ``USD 4,500.00``; nothing as a dash."""
    return "–" if cents is None else money_rules.display(cents, currency)


@register.filter
def money_short(cents: int | None, currency: str = money_rules.USD) -> str:
    """Show cents as ``USD 4,500``, with places only where there are cents."""
    return "–" if cents is None else money_rules.short(cents, currency)


@register.filter
def amount(cents: int | None) -> str:
    """Show cents as ``4,500.00`` for a column whose heading names the currency."""
    return "–" if cents is None else money_rules.display(cents, "").strip()


@register.filter
def figure(value: float | None) -> str:
    """Show a whole number with thousands separators, ``10,349,312``; nothing as a dash."""
    return "–" if value is None else f"{value:,.0f}"


@register.filter
def day(value: dt.date | None) -> str:
    """Show a calendar date as ``22 Nov 2026`` or ``2026. 11. 22.``; an instant as its Seoul day."""
    if value is None:
        return "–"
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value, SEOUL).date()
    return date_format(value, "DATE_FORMAT")


@register.filter
def moment(value: dt.datetime | None) -> str:
    """Show an instant in Seoul time with its zone, ``22 Nov 2026 14:05 KST``."""
    if value is None:
        return "–"
    return f"{day(value)} {timezone.localtime(value, SEOUL):%H:%M} KST"


@register.filter
def web_address(text: str) -> str:
    """Lead where somebody said their site is, if that is an address of the web; else nowhere."""
    return text if text.lower().startswith(("https://", "http://")) else "#"


@register.filter
def in_language(record: object, field: str) -> str:
    """Read ``name_ko`` or ``name_en`` of a record, whichever this reader reads and is filled."""
    return reader.choose(getattr(record, f"{field}_en", ""), getattr(record, f"{field}_ko", ""))


@register.inclusion_tag("ui/badge.html")
def badge(tone: str, label: StrOrPromise) -> dict[str, Any]:
    """Show a status as a word with a mark of its own shape, so colour is never alone."""
    return {"tone": known_tone(tone), "label": label}


@register.inclusion_tag("ui/tile.html")
def tile(
    label: StrOrPromise, number: object, *, url: str = "", note: StrOrPromise = "", tone: str = ""
) -> dict[str, Any]:
    """Show one number that needs attention, linked to the rows behind it."""
    if tone:
        known_tone(tone)
    return {"label": label, "number": number, "url": url, "note": note, "tone": tone}


@register.inclusion_tag("ui/steps.html")
def steps(labels: Sequence[StrOrPromise], current: int) -> dict[str, Any]:
    """Show where the reader is in a task; ``current`` counts from 1."""
    if not 1 <= current <= len(labels):
        message = f"Step {current} is not among the {len(labels)} steps."
        raise template.TemplateSyntaxError(message)
    return {"labels": labels, "current": current}


@register.inclusion_tag("ui/progress.html")
def progress(
    *, ready: int, total: int, parked: int = 0, url: str = "", label: StrOrPromise = ""
) -> dict[str, Any]:
    """Show n of N; with ``url`` (JSON total, ready, parked, done) it counts on by itself."""
    return {
        "ready": ready,
        "total": total,
        "parked": parked,
        "url": url,
        "label": label,
        "done": ready + parked >= total,
    }


@register.inclusion_tag("ui/empty.html")
def empty(
    title: StrOrPromise, text: StrOrPromise, *, url: str = "", action: StrOrPromise = ""
) -> dict[str, Any]:
    """Say what would be here and give the first thing to do."""
    return {"title": title, "text": text, "url": url, "action": action}


@register.inclusion_tag("ui/notice.html")
def notice(tone: str, text: StrOrPromise, *, title: StrOrPromise = "") -> dict[str, Any]:
    """Set a paragraph apart; the tone is also said in words."""
    return {"tone": known_tone(tone), "text": text, "title": title}


@dataclass(frozen=True)
class Chip:
    """One filter choice: its words, where it leads, how many rows, and whether it is on."""

    label: StrOrPromise
    url: str
    count: int | None = None
    chosen: bool = False


@register.inclusion_tag("ui/chips.html")
def chips(choices: Sequence[Chip], *, label: StrOrPromise, clear_url: str = "") -> dict[str, Any]:
    """Show filters as links, so they live in the address and the back button works."""
    return {"choices": choices, "label": label, "clear_url": clear_url}


@register.inclusion_tag("ui/facts.html")
def facts(pairs: Iterable[tuple[StrOrPromise, object]]) -> dict[str, Any]:
    """Show names and values of one thing as a definition list."""
    return {"pairs": list(pairs)}


@register.inclusion_tag("ui/error_summary.html")
def error_summary(*parts: object) -> dict[str, Any]:
    """List what to correct on top of the page, each line a link to its field.

    A part is a form, a formset, one of the admin's inline formsets, a list of these, or nothing.
    """
    return {"errors": [line for part in parts for line in _error_lines(part)]}


def _error_lines(part: object) -> Iterator[dict[str, object]]:
    if isinstance(part, BaseForm):
        yield from _form_errors(part)
    elif isinstance(part, BaseFormSet):
        for message in part.non_form_errors():
            yield {"target": "", "label": "", "message": message}
        yield from _error_lines(part.forms)
    elif isinstance(part, (list, tuple)):
        for inner in part:
            yield from _error_lines(inner)
    elif part:
        yield from _error_lines(getattr(part, "formset", None))


def _form_errors(form: BaseForm) -> Iterator[dict[str, object]]:
    for name, messages in form.errors.items():
        target = ""
        label: StrOrPromise = ""
        if name in form.fields:
            bound = form[name]
            target, label = bound.id_for_label or bound.auto_id or bound.html_name, bound.label
        for message in messages:
            yield {"target": target, "label": label, "message": message}


@register.simple_tag(takes_context=True)
def query_with(context: dict[str, Any], **changes: object) -> str:
    """Return this page's query string with some parameters replaced; ``None`` removes one."""
    query = context["request"].GET.copy()
    for key, value in changes.items():
        if value is None:
            query.pop(key, None)
        else:
            query[key] = str(value)
    return f"?{query.urlencode()}"
