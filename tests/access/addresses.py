"""Every address the house answers at, walked from the resolver and not from a list kept by hand."""

import re
from typing import NamedTuple

from django.urls import URLResolver, get_resolver

# `<int:pk>` of a path and `(?P<url>.*)` of a regular expression.
ARGUMENT = re.compile(r"\(\?P<(?P<grouped>\w+)>(?:[^()]|\([^()]*\))*\)|<(?:\w+:)?(?P<plain>\w+)>")


class Address(NamedTuple):
    """A route: its name (its text when it has none) and what stands in it."""

    name: str
    pattern: str
    arguments: tuple[str, ...]

    def path(self, values):
        """The path with these values by argument."""
        filled = ARGUMENT.sub(lambda found: str(values[name_of(found)]), self.pattern)
        return "/" + re.sub(r"[\^$]|\\Z", "", filled).replace("\\", "")


def name_of(found):
    return found["grouped"] or found["plain"]


def walk(patterns, namespaces=(), before=""):
    """Addresses beneath some patterns; the route's text tells nameless ones apart."""
    for pattern in patterns:
        text = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from walk(pattern.url_patterns, inner, text)
        else:
            name = ":".join((*namespaces, pattern.name)) if pattern.name else text
            yield Address(name, text, tuple(map(name_of, ARGUMENT.finditer(text))))


def all_addresses():
    """Every address of the house, once each."""
    return list(dict.fromkeys(walk(get_resolver().url_patterns)))
