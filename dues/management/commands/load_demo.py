"""The demonstration: the roster of 2019, demo figures for 2020, one person per role.

Two applications wait to be looked at. Nothing is issued and nothing is guessed: companies have no
employees, statuses wait for a person.
"""

import datetime as dt
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from dues.management.commands._demo_life import load_life
from dues.models import IssuerProfile
from members.figure_files import import_figures
from members.models import (
    Affiliation,
    AffiliationRole,
    Language,
    Member,
    MemberName,
    Role,
    User,
)
from members.roster import import_roster
from wego import questions, seoul
from wego.demo import PASSWORD

ROSTER_DAY = dt.date(2019, 12, 31)
DUES_YEAR = 2020
ROSTER_SIZE = 191
DEFINITIONS = {
    "cities": "demo figure: population of the place of this name in GeoNames (CC BY 4.0)",
    "gdp": "demo figure: real GDP per capita (PPP) in 2021 dollars, CIA World Factbook",
}
PEOPLE = (
    ("secretariat@wego.example", "Secretariat (demo)", Role.SECRETARIAT),
    ("finance@wego.example", "Finance (demo)", Role.FINANCE),
    ("admin@wego.example", "Administrator (demo)", Role.ADMINISTRATOR),
    ("kathmandu@wego.example", "Kathmandu liaison officer (demo)", Role.NONE),
)
# Spellings seen and earlier or later names, as far as they are facts (C19, X10).
OTHER_NAMES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("Ulyanovsk", {"name_ko": "올라놉스크", "note": "Text of the paper of January 2020"}),
    ("Ulyanovsk", {"name_ko": "율리아놉스크", "note": "Other spelling in Korean"}),
    ("Beyoglu", {"name_ko": "베요글루", "note": "Text of the paper of January 2020"}),
    ("Baguio", {"name_ko": "바기요", "note": "The roster prints 마기요, a misprint"}),
    (
        "Penang Island",
        {"name_en": "George Town", "note": "Seat of the Penang Island City Council"},
    ),
    (
        "Nur-Sultan",
        {"name_en": "Astana", "name_ko": "아스타나", "used_until": dt.date(2019, 3, 23)},
    ),
    (
        "Nur-Sultan",
        {"name_en": "Astana", "name_ko": "아스타나", "used_from": dt.date(2022, 9, 17)},
    ),
)
ISSUER = {
    "is_demo": True,
    "email": "secretariat@wego.example",
    "beneficiary": "WeGO (demo, not payable)",
    "bank_name": "Demo Bank (does not exist)",
    "bank_address": "1 Demo Street, Demo City",
    "bank_account": "DEMO-0000-0000",
    "bank_swift": "DEMODEMO",
    "note": "Demonstration: this invoice is not payable.",
}


class Command(BaseCommand):
    """`load_demo`: into an empty register only; a second time it changes nothing."""

    help = "Load the demonstration: roster of 2019-12-31, demo figures 2020, one person per role."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """All of it, or nothing."""
        if is_loaded():
            self.stdout.write("The demo is loaded already.")
            return
        with transaction.atomic():
            load_register()
            load_people()
            IssuerProfile.objects.update_or_create(pk=1, defaults=ISSUER)
            load_life(seoul.today())
            questions.ask("demonstration loaded")
        self.stdout.write(
            f"Demo loaded: {ROSTER_SIZE} members as of {ROSTER_DAY:%Y-%m-%d}, figures for "
            f"{DUES_YEAR}, {len(PEOPLE)} people (password {PASSWORD})."
        )


def is_loaded() -> bool:
    """Whether the demonstration stands; an instance in earnest refuses it.

    Raises:
        CommandError: the invoice settings are not the demo's, so invoices would look payable.
    """
    issuer = IssuerProfile.objects.filter(pk=1).first()
    if issuer is not None and not issuer.is_demo:
        raise CommandError(
            "This instance has invoice settings of its own: the demo is for an empty one.",
            returncode=2,
        )
    return issuer is not None and User.objects.filter(email=PEOPLE[0][0]).exists()


def load_register() -> None:
    """Members, their other names, and figures."""
    folder = Path(apps.get_app_config("members").path) / "demo"
    import_roster((folder / "roster.csv").read_bytes(), on=ROSTER_DAY, by=None)
    if Member.objects.count() != ROSTER_SIZE:
        raise CommandError(
            "The register holds members that are not of the demo: the demo is for an empty one.",
            returncode=2,
        )
    members = {member.name_en: member for member in Member.objects.all()}
    for name, facts in OTHER_NAMES:
        MemberName.objects.get_or_create(member=members[name], **facts)
    import_figures(
        year=DUES_YEAR,
        cities=(folder / "city_figures.csv").read_bytes(),
        gdp=(folder / "country_gdp.csv").read_bytes(),
        definitions=DEFINITIONS,
        by=None,
    )


def load_people() -> None:
    """One person per role, and the one who acts for Kathmandu in everything."""
    for email, full_name, role in PEOPLE:
        if not User.objects.filter(email=email).exists():
            User.objects.create_user(
                email, PASSWORD, full_name=full_name, role=role, language=Language.ENGLISH
            )
    Affiliation.objects.get_or_create(
        user=User.objects.get(email="kathmandu@wego.example"),
        member=Member.objects.get(name_en="Kathmandu", country_code="NP"),
        role=AffiliationRole.ADMINISTRATOR,
    )
