"""Staff at their pages: who may come in, and what a page says."""

import html
import re

from dues.schedules import copy_to_draft

YEAR = "/admin/dues/year/2020/"
CHECK = f"{YEAR}check/"
DOCUMENTS = f"{YEAR}documents/"
REGISTER = f"{YEAR}invoices/"


def text_of(response):
    """The words of a page's main part as a reader sees them, one space between them."""
    page = response.content.decode()
    main = re.search(r"<main.*?</main>", page, re.DOTALL)
    words = re.sub(r"<[^>]+>", " ", main.group() if main else page)
    return " ".join(html.unescape(words).split())


def rows_of(response, section):
    """The first words of every row of the table in a section."""
    page = response.content.decode()
    part = re.search(rf'<section id="{section}".*?</section>', page, re.DOTALL)
    body = re.search(r"<tbody>.*</tbody>", part.group() if part else "", re.DOTALL)
    heads = re.findall(r'<th scope="row">(.*?)</th>', body.group() if body else "", re.DOTALL)
    return [re.split(r"<br>", head)[0].strip() for head in map(strip_links, heads)]


def strip_links(fragment):
    """A fragment without its links."""
    return " ".join(html.unescape(re.sub(r"</?(a|span)[^>]*>", "", fragment)).split())


def messages_of(response):
    """The sentences put up by the act before."""
    return [str(message) for message in response.context["messages"]]


def grid_as_typed(page):
    """Every field of the grid as the page holds it: what a browser would send back."""
    form = page.context["form"]
    data = {bound.html_name: bound.value() for bound in form}
    data |= {
        "columns": page.context["grid"]["column_count"],
        "rows": page.context["grid"]["row_count"],
        "act": "save",
    }
    return {name: "" if value is None else str(value) for name, value in data.items()}


def draft_of(schedule, year=2021):
    """A copy for a later year, as the button makes it."""
    return copy_to_draft(schedule, first_dues_year=year, by=None)
