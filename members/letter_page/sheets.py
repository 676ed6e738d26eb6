"""The papers that are no letters: the certificate to frame, and the form to sign."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from members.letter_page.writer import LOST, Row, Writer, clean
from members.letter_words import CERTIFICATE, FORM, FRAME
from wego.typography import cut, printed, width

LONGEST_ANSWER, LONGEST_NOTE, LONGEST_REACH, LONGEST_SECOND = 150, 240, 70, 110
# More than this is set smaller.
WIDEST_FORM = 900
# The widest name that each size of a certificate holds.
NAME_SIZES = ((26, "short"), (44, "middle"), (80, "long"))


def certificate_of(writer: Writer, _kind: str) -> dict[str, Any]:
    """A certificate: the names, large, and what they are."""
    to, facts = writer.to, writer.facts
    other = to["name_en"] if writer.language == "ko" else to["name_ko"]
    local = to.get("name_local", "")
    seconds = [clean(name) for name in (other, local) if name]
    seconds = [name for name in dict.fromkeys(seconds) if name != writer.name and LOST not in name]
    widest = width(writer.name)
    country = to["country_ko"] if writer.language == "ko" else to["country_en"]
    return {
        "name": plain(writer.name),
        "name_size": next((size for most, size in NAME_SIZES if widest <= most), "longest"),
        "second": plain(cut(" · ".join(seconds), LONGEST_SECOND)),
        "country": printed(country),
        "certificate": {
            **{key: writer.show(CERTIFICATE, key) for key in ("opening", "of", "seal")},
            "member": writer.show(CERTIFICATE, f"member_{to['kind']}"),
            "since": writer.show(CERTIFICATE, "since", since=writer.day(facts["full_since"])),
            "decision": writer.show(CERTIFICATE, "decision", body=writer.body),
        },
        "korean": writer.language == "ko",
    }


def plain(text: str) -> SafeString:
    """A name in the certificate's own font, or wholly in the text font when that lacks a letter."""
    if all(sign.isascii() or "\uac00" <= sign <= "\ud7a3" or sign == "·" for sign in text):
        return printed(text)
    return format_html('<span class="other">{}</span>', printed(text))


def form_of(writer: Writer, _kind: str) -> dict[str, Any]:
    """The application form: every answer, and where to sign."""
    facts, to = writer.facts, writer.to
    country = to["country_ko"] if writer.language == "ko" else to["country_en"]
    measure = "population" if to["kind"] == "city" else "employees"
    value = facts["figure_value"]
    source = ", ".join(
        str(part) for part in (facts["figure_source"], facts["figure_source_year"]) if part
    )
    answers = {
        "kind": writer.say(FRAME, to["kind"]) if to["kind"] else "",
        "name_en": to["name_en"],
        "name_ko": to["name_ko"],
        "name_local": to["name_local"],
        "country": country,
        "level": facts["level"],
        "address": ", ".join(line.strip() for line in to["address"] if line.strip()),
        "website": facts["website"],
        measure: "" if value is None else f"{value:,}",
        "source": source,
    }
    optional = {"name_ko", "name_local", "level", "website"}
    return {
        "intro": writer.show(FORM, "intro"),
        "f": {key: writer.show(FORM, key) for key in FORM if "{" not in FORM[key].en},
        "send": writer.show(FORM, "send", application=facts["application"]),
        "answers": [
            Row(writer.show(FORM, key), printed(cut(clean(value), LONGEST_ANSWER)) or printed("–"))
            for key, value in answers.items()
            if value or key not in optional
        ],
        "people": [person_row(writer, role) for role in ("head", "liaison", "finance")],
        "note": printed(cut(clean(facts["note"]), LONGEST_NOTE)),
        "size": "long" if length_of(writer) > WIDEST_FORM else "",
    }


def length_of(writer: Writer) -> float:
    """How much there is to print, roughly, in Latin letters."""
    facts, to = writer.facts, writer.to
    people = [str(word) for person in facts["contacts"].values() for word in person.values()]
    own = [to["name_en"], to["name_ko"], to["name_local"], *to["address"], facts["note"]]
    return sum(map(width, [*own, facts["figure_source"], facts["website"], *people]))


def person_row(writer: Writer, role: str) -> dict[str, SafeString]:
    """One contact of the form."""
    person = writer.facts["contacts"].get(role) or {}
    named = {
        key: printed(cut(clean(str(person.get(key) or "")), LONGEST_REACH))
        for key in ("full_name", "position", "email", "phone")
    }
    return {"role": writer.show(FORM, role), **named}
