"""The words of mails: which kinds there are, what they say, and how facts get into them.

An app declares its kinds on its AppConfig ::

    mails = (MailKind("invitation", _("Invitation"), {"member": _("name of the member")}),)

and puts their words into `templates/mail/invitation.en.txt` and `.ko.txt`: the subject, an empty
line, then paragraphs with `{member}`. Nothing else is a placeholder and nothing is evaluated (S4):
staff may rewrite these words. A paragraph that is only `{link}`, or `Some words: {link}`, becomes
a button when the fact is a web address.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from django.apps import apps
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
LONE_LINK = re.compile(r"(?:(?P<words>[^{}\n]{1,60}):\s*)?\{(?P<name>[a-z][a-z0-9_]*)\}")
WEB_ADDRESS = re.compile(r"https?://[^\s<>\"'\\]+")
SENT_LINK = re.compile(rf"(?:(?P<words>[^\n]{{1,60}}?):\s*)?(?P<address>{WEB_ADDRESS.pattern})")
BETWEEN = re.compile(r"\n[ \t]*\n")
LINE_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
# Only the line feed is kept: nothing else of these shows in a mail.
UNSEEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
LONGEST_SUBJECT = 300


@dataclass(frozen=True)
class MailKind:
    """One kind of mail: its name in code, its name for readers, and the facts it is given.

    `placeholders` says of each fact what it is; `samples` are shown where no mail was sent yet.
    A `private` kind carries something that opens a door: its text is never kept or shown.
    """

    name: str
    label: StrOrPromise
    placeholders: Mapping[str, StrOrPromise] = field(default_factory=dict)
    private: bool = False
    samples: Mapping[str, str] = field(default_factory=dict)

    def sample_facts(self) -> dict[str, str]:
        """A value for every placeholder; what has no sample says what will stand there."""
        return {
            name: self.samples.get(name) or f"[{meaning}]"
            for name, meaning in self.placeholders.items()
        }


@dataclass(frozen=True)
class Words:
    """Subject and body of a kind of mail in one language, placeholders and all."""

    subject: str
    body: str

    @property
    def placeholders(self) -> frozenset[str]:
        """Every name that stands in braces."""
        return frozenset(PLACEHOLDER.findall(f"{self.subject}\n{self.body}"))


@dataclass(frozen=True)
class Message:
    """What one mail says."""

    subject: str
    text: str
    html: str


def declared_kinds() -> dict[str, MailKind]:
    """Every kind of mail of the installed apps, by name."""
    found: dict[str, MailKind] = {}
    for config in apps.get_app_configs():
        for kind in getattr(config, "mails", ()):
            if kind.name in found:
                raise ValueError(f"Two apps declare the mail {kind.name!r}.")
            found[kind.name] = kind
    return found


def find_kind(name: str) -> MailKind:
    """The kind of that name; raises LookupError for one nobody declares."""
    try:
        return declared_kinds()[name]
    except KeyError as error:
        raise LookupError(f"No app declares the mail {name!r}.") from error


def default_words(kind: str, language: str) -> Words:
    """The words the house came with; raises LookupError when the file is missing."""
    path = Path(settings.BASE_DIR) / "templates" / "mail" / f"{kind}.{language}.txt"
    try:
        written = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise LookupError(f"There are no words for the mail {kind!r} at {path}.") from error
    subject, _empty, body = written.strip().partition("\n")
    return Words(subject.strip(), body.strip())


def fill(words: str, facts: Mapping[str, str]) -> str:
    """Put the facts where their names stand in braces, once; anything else stays as it is."""
    return PLACEHOLDER.sub(lambda found: facts.get(found[1], found[0]), words)


def compose(words: Words, facts: Mapping[str, str], *, language: str) -> Message:
    """The mail in text and in HTML, where every fact is text and never markup."""
    shown = {name: UNSEEN.sub("", value.replace("\r\n", "\n")) for name, value in facts.items()}
    subject = LINE_BREAKS.sub(" ", fill(words.subject, shown)).strip()[:LONGEST_SUBJECT]
    with translation.override(language):
        html = render_to_string(
            "mail/layout.html",
            {
                "language": language,
                "subject": subject,
                "paragraphs": paragraphs_of(words.body, shown),
                "address": settings.PUBLIC_URL,
            },
        )
    return Message(subject, fill(words.body, shown), html)


def paragraphs_of(body: str, facts: Mapping[str, str]) -> list[SafeString]:
    """The body as HTML paragraphs, in the active language."""
    parts = BETWEEN.split(body.replace("\r\n", "\n").strip())
    return [_paragraph(part.strip(), facts) for part in parts if part.strip()]


def _paragraph(part: str, facts: Mapping[str, str]) -> SafeString:
    link = LONE_LINK.fullmatch(part)
    address = facts.get(link["name"], "") if link else ""
    if link and WEB_ADDRESS.fullmatch(address):
        return _button(link["words"] or _("Open the page"), address)
    return _lines(fill(part, facts))


def paragraphs_as_sent(text: str) -> list[SafeString]:
    """A mail's text as paragraphs to look at, in the active language; nothing in it is markup."""
    return [_sent_paragraph(part.strip()) for part in BETWEEN.split(text) if part.strip()]


def _sent_paragraph(part: str) -> SafeString:
    link = SENT_LINK.fullmatch(part)
    if link:
        return _button(link["words"] or _("Open the page"), link["address"])
    return _lines(part)


def _lines(text: str) -> SafeString:
    return format_html_join(mark_safe("<br>"), "{}", ((line,) for line in text.split("\n")))


def _button(words: str, address: str) -> SafeString:
    """A link drawn as a button; the address stands below for programs that show none."""
    shown = conditional_escape(address)
    return mark_safe(  # both parts are escaped
        f'<a class="button" href="{shown}">{conditional_escape(words)}</a>'
        f'<br><span class="address">{shown}</span>'
    )
