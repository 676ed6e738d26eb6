"""What rows keep in English, for the reader: levels, and reasons the house wrote itself."""

from __future__ import annotations

import datetime as dt
import re

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy, pgettext_lazy

# Offered to applicants; anything else may be typed.
LEVELS = (
    pgettext_lazy("level of government", "City"),
    pgettext_lazy("level of government", "Metropolitan city"),
    pgettext_lazy("level of government", "Province"),
    pgettext_lazy("level of government", "State"),
    pgettext_lazy("level of government", "Region"),
    pgettext_lazy("level of government", "District"),
    pgettext_lazy("level of government", "County"),
    pgettext_lazy("level of government", "Municipality"),
)
# The roster of 2019 knows these as well, in small letters.
KNOWN_LEVELS = {
    "city": LEVELS[0],
    "metropolitan city": LEVELS[1],
    "province": LEVELS[2],
    "state": LEVELS[3],
    "region": LEVELS[4],
    "district": LEVELS[5],
    "county": LEVELS[6],
    "municipality": LEVELS[7],
    "city corporation": pgettext_lazy("level of government", "City corporation"),
    "city council": pgettext_lazy("level of government", "City council"),
    "council": pgettext_lazy("level of government", "Council"),
    "town": pgettext_lazy("level of government", "Town"),
}
# Sentences the house writes into the history by itself; what a person typed stays as typed.
WRITTEN = (
    (
        re.compile(r"Shown as a member in the roster as of ([\d-]+)\."),
        gettext_lazy("Shown as a member in the roster as of %(day)s."),
    ),
    (
        re.compile(r"Notice of withdrawal received on ([\d-]+)\."),
        gettext_lazy("Notice of withdrawal received on %(day)s."),
    ),
    (
        re.compile(r"Notice of withdrawal taken back on ([\d-]+)\."),
        gettext_lazy("Notice of withdrawal taken back on %(day)s."),
    ),
)


def level_name(level: str) -> str:
    """A level in the reader's language where the house knows it, else as it was typed."""
    return str(KNOWN_LEVELS.get(level.casefold(), level))


def reason_words(reason: str) -> str:
    """A reason in the reader's language where the house wrote it, else as somebody typed it."""
    for pattern, sentence in WRITTEN:
        if found := pattern.fullmatch(reason):
            day = dt.date.fromisoformat(found[1])
            return sentence % {"day": date_format(day, "DATE_FORMAT")}
    return reason
