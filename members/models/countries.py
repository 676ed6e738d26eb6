"""Countries as ISO 3166 codes them and people call them."""

import re

from babel import Locale

# Groupings and test codes among the territories are no countries.
TWO_LETTERS = re.compile(r"(?!EU|EZ|UN|QO|ZZ|XA|XB|XK)[A-Z]{2}")


def country_names(language: str) -> dict[str, str]:
    """ISO 3166 codes and the names people use for them."""
    territories = Locale.parse(language[:2]).territories
    return {code: name for code, name in territories.items() if is_country(code)}


def country_name(code: str, language: str) -> str:
    """A country's name, or the code itself when there is none."""
    return str(Locale.parse(language[:2]).territories.get(code, code))


def is_country(code: str) -> bool:
    """Whether the code is a country of ISO 3166 (and not a grouping such as EU)."""
    return bool(TWO_LETTERS.fullmatch(code)) and code in Locale("en").territories
