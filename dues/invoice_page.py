"""The page of an invoice: every printed fact of a snapshot, as HTML for the printer.

Pure: no clock, no database, no setting and no reader's language; the same snapshot gives the same
page for ever. Korean invoices print Korean first and English beside it.
"""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import segno
from django.template.loader import get_template
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from dues.phrases import PHRASES
from wego.money import display
from wego.typography import keepall
from wego.words import amount_in_english, amount_in_korean

# The layout's own version: raised when the same snapshot would print differently.
LAYOUT = "invoice 1"
ASSETS = Path(__file__).resolve().parent.parent / "templates" / "dues" / "pdf"
# How far down the page (mm) the fixed areas end.
LIMITS = {"end-of-address": 91.0, "end-of-basis": 203.0, "end-of-payment": 262.0}
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
# Letters that the text font lacks; a name that holds one is set in the other font throughout.
EXTENDED = range(0x100, 0x250)


class Row(NamedTuple):
    """One labelled fact."""

    name: str
    label: SafeString
    value: str


class Figure(NamedTuple):
    """One measure the amount was worked out from."""

    measure: SafeString
    value: SafeString
    band: SafeString
    source: SafeString
