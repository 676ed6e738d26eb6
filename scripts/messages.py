"""Bring locale/*/LC_MESSAGES/django.po up to date with the source.

    python scripts/messages.py [--check]

Reads Python with Babel and templates with Django's own `templatize`, so no gettext package is
needed. `--check` writes nothing and lists what is missing, stale or untranslated.
"""

import argparse
import ast
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("wego", "members", "dues", "events")
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
LITERAL = r"""(?:u?'(?:[^'\\]|\\.)*'|u?"(?:[^"\\]|\\.)*")"""
CALL = re.compile(
    rf"\b(_|gettext|ngettext|pgettext|npgettext)\(\s*({LITERAL}(?:\s*,\s*{LITERAL})*)"
)
# Django's own texts that pages here show and that its Korean says badly, or not at all.
DJANGO_TEXTS: tuple[Any, ...] = (
    "Action:",
    "Add another %(verbose_name)s",
    'Are you sure you want to delete the %(object_name)s "%(escaped_object)s"? '
    "All of the following related items will be deleted:",
    "Change history: %s",
    "Changed {fields}.",
    "Enter a new password for the user <strong>%(username)s</strong>.",
    "Enter a valid email address.",
    "Enter the same password as before, for verification.",
    "No, take me back",
    "Please enter a correct %(username)s and password. Note that both fields may be "
    "case-sensitive.",
    "Please enter your old password, for security’s sake, and then enter your new password twice "
    "so we can verify you typed it in correctly.",
    "Raw passwords are not stored, so there is no way to see the user’s password.",
    "Save and add another",
    "Save and continue editing",
    "The %(name)s “%(obj)s” was deleted successfully.",
    "The {name} “{obj}” was added successfully.",
    "The {name} “{obj}” was added successfully. You may add another {name} below.",
    "The {name} “{obj}” was changed successfully.",
    "The {name} “{obj}” was changed successfully. You may add another {name} below.",
    "The {name} “{obj}” was changed successfully. You may edit it again below.",
    "This object doesn’t have a change history. It probably wasn’t added via this admin site.",
    "Yes, I’m sure",
)
HEADER = "# Korean texts of WeGO Members.\n# Kept in step with the source by scripts/messages.py."

Found = tuple[Any, str | None, str]


def from_python(path: Path) -> Iterator[Found]:
    """Messages of a Python file: id (or singular and plural), context, file."""
    name = path.relative_to(ROOT).as_posix()
    with path.open("rb") as file:
        for _line, message, _comments, context in extract("python", file, KEYWORDS):
            yield message, context, name


def from_template(path: Path) -> Iterator[Found]:
    """Messages of a Django template."""
    name = path.relative_to(ROOT).as_posix()
    source = templatize(path.read_text(encoding="utf-8"), origin=name)
    for function, arguments in CALL.findall(source):
        texts = [ast.literal_eval(text) for text in re.findall(LITERAL, arguments)]
        context = texts.pop(0) if function in {"pgettext", "npgettext"} else None
        yield (
            (tuple(texts[:2]) if function in {"ngettext", "npgettext"} else texts[0]),
            context,
            name,
        )


def collect() -> Catalog:
    """Every message of the house."""
    catalog = Catalog(charset="utf-8")
    python = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    templates = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "templates").rglob("*.txt")]
    found = [item for path in sorted(python) for item in from_python(path)]
    found += [item for path in sorted(templates) for item in from_template(path)]
    found += [(text, None, "django") for text in DJANGO_TEXTS]
    for message, context, name in found:
        if message and message != ("", ""):
            catalog.add(message, context=context, locations=[(name, None)])
    return catalog


def read_catalog(path: Path) -> Catalog:
    """A language's texts, or an empty catalog to begin with."""
    if not path.exists():
        return Catalog(locale=path.parts[-3], charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3])


def key_of(message: Message) -> tuple[Any, str | None]:
    """What makes a message the same message."""
    return message.id, message.context


def strings_of(message: Message) -> tuple[str, ...]:
    """The translations of a message, one for each plural form."""
    return message.string if isinstance(message.string, tuple) else (message.string,)


def placeholders(text: str) -> list[str]:
    """The named and numbered places of a text, in order of name."""
    return sorted(re.findall(r"%\(\w+\)[sd]|\{\w*(?:[:.][^}]*)?\}|%[sd]", text))


def faults(path: Path) -> list[str]:
    """What keeps a language from being complete, in words."""
    source = {key_of(message): message for message in collect() if message.id}
    texts = {key_of(message): message for message in read_catalog(path) if message.id}
    found = [f"not in the catalog: {key[0]!r}" for key in source if key not in texts]
    found += [f"no longer in the source: {key[0]!r}" for key in texts if key not in source]
    for key in source.keys() & texts.keys():
        message = texts[key]
        strings = strings_of(message)
        if message.fuzzy or not all(strings):
            found.append(f"not translated: {message.id!r}")
            continue
        identifier = message.id if isinstance(message.id, str) else message.id[-1]
        if any(placeholders(text) != placeholders(identifier) for text in strings):
            found.append(f"places differ: {message.id!r}")
        found += [f"does not compile: {message.id!r}, {error}" for error in message.check()]
    return sorted(found)


def update(path: Path) -> int:
    """Write the catalog anew, keeping its texts; how many are still untranslated."""
    catalog = read_catalog(path)
    catalog.update(collect(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    catalog.header_comment = HEADER
    catalog.fuzzy = False
    catalog.project, catalog.version = "WeGO Members", "1"
    path.parent.mkdir(parents=True, exist_ok=True)
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=98, sort_output=True, no_location=True)
    dated = re.compile(
        rb'^"(POT-Creation-Date|PO-Revision-Date|Generated-By|Last-Translator|Language-Team'
        rb"|Report-Msgid-Bugs-To)[^\n]*\n",
        re.MULTILINE,
    )
    path.write_bytes(dated.sub(b"", buffer.getvalue()))
    return sum(1 for message in read_catalog(path) if message.id and not all(strings_of(message)))


def main() -> None:
    """Update or check the Korean catalog."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, list what is wrong")
    path = ROOT / "locale" / "ko" / "LC_MESSAGES" / "django.po"
    if parser.parse_args().check:
        found = faults(path)
        print("\n".join(found) or "complete")
        sys.exit(1 if found else 0)
    print(f"{update(path)} texts to translate in {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
