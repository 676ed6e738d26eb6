"""Applications as their applicants leave them: drafts, complete ones, scans."""

import datetime as dt
import html
import io
import re
from functools import cache

import pikepdf

from members.applying import attach_file, save_section, start_application, token_of
from wego.uploads import Upload

BEGUN_ON = dt.date(2026, 5, 4)
ORGANISATION = {
    "kind": "city",
    "name_en": "Suncheon",
    "name_ko": "순천시",
    "name_local": "",
    "country_code": "KR",
    "level": "City",
    "address": "30 Jangmyeong-ro\nSuncheon-si 57956",
    "website": "https://www.suncheon.go.kr",
    "language": "en",
    "note": "",
}
FIGURES = {
    "figure_value": 276_329,
    "figure_source": "Residents’ register",
    "figure_source_year": 2025,
}
PEOPLE = {
    "head": {
        "full_name": "Noh Gwan-kyu",
        "position": "Mayor",
        "email": "mayor@suncheon.example",
        "phone": "",
    },
    "liaison": {
        "full_name": "Hong Gil-dong",
        "position": "International affairs",
        "email": "hong@suncheon.example",
        "phone": "+82 61 749 3114",
    },
    "finance": {
        "full_name": "Lee Ji-hoon",
        "position": "Accounting",
        "email": "lee@suncheon.example",
        "phone": "",
    },
}
TYPED_PEOPLE = {
    f"{role}-{field}": value for role, person in PEOPLE.items() for field, value in person.items()
}


@cache
def scan_bytes():
    """A PDF of one page."""
    with pikepdf.new() as made:
        made.add_blank_page(page_size=(595, 842))
        output = io.BytesIO()
        made.save(output)
    return output.getvalue()


def scan():
    """A checked scan of the signed form."""
    return Upload("signed.pdf", scan_bytes(), "application/pdf", ".pdf")


def begin(*, email="hong@suncheon.example", kind="city", language="en", on=BEGUN_ON):
    """A draft of whoever wrote that address."""
    return start_application(email=email, kind=kind, language=language, on=on)


def begin_complete(*, signed=True, email="hong@suncheon.example", on=BEGUN_ON, **fields):
    """An application ready to be submitted."""
    organisation = {**ORGANISATION, **fields}
    application = begin(email=email, kind=organisation["kind"], on=on)
    save_section(application, "organisation", organisation, on=on)
    save_section(application, "figures", FIGURES, on=on)
    save_section(application, "contacts", {"contacts": PEOPLE}, on=on)
    if signed:
        attach_file(application, scan(), on=on)
    application.refresh_from_db()
    return application


def at(application, page=""):
    """The address of a page of an application."""
    return f"/apply/{token_of(application)}/{page}"


def words(answer):
    """What a page says, without its marks."""
    main = answer.content.decode().partition("<main")[2]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def title(answer):
    """The title of a page."""
    return html.unescape(re.search(r"<title>(.*?)</title>", answer.content.decode())[1])
