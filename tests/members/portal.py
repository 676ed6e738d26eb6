"""Kathmandu and its people, as the tests of the portal want them."""

import datetime as dt
import html
import re

from members.models import Affiliation, Member, User
from tests.register import add_figure, add_gdp, add_member

IN_NOVEMBER = dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 22)
PEOPLE = {
    "administrator": ("maya@kathmandu.example", "Maya Thapa"),
    "finance": ("asha@kathmandu.example", "Asha Shrestha"),
    "delegate": ("bibek@kathmandu.example", "Bibek Lama"),
    "reader": ("bikash@kathmandu.example", "Bikash Rai"),
}


def kathmandu(**fields):
    """A full member since 2019 with a population for 2026."""
    member = add_member("Kathmandu", "NP", name_ko="카트만두", level="city", **fields)
    add_figure(member, 1_442_271, year=2026)
    add_gdp("NP", "3600", year=2026)
    return member


def acting(member: Member, role: str) -> User:
    """Somebody who acts for a member in a role."""
    email, name = PEOPLE[role]
    user, _made = User.objects.get_or_create(email=email, defaults={"full_name": name})
    Affiliation.objects.create(user=user, member=member, role=role)
    return user


def words_of(response):
    """The words of a page's main part, one space between them."""
    page = response.content.decode()
    main = re.search(r"<main.*?</main>", page, re.DOTALL)
    words = re.sub(r"<[^>]+>", " ", main.group() if main else page)
    return " ".join(html.unescape(words).split())


def said(response):
    """The sentences put up by the act before."""
    return [str(message) for message in response.context["messages"]]
