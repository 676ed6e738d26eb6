"""The register before the EXCOM of 2019: eight cities with a seat, and 18 associates that wait.

`python -m tests.browser.excom` enters them in the house of a folder.
"""

import datetime as dt
import sys

SINCE = dt.date(2012, 11, 12)
POPULATION = 280_000
SEATED = (
    "Seoul",
    "Chengdu",
    "Ulyanovsk",
    "Beyoglu",
    "Goyang",
    "Quezon City",
    "Mexico City",
    "Jakarta",
)
ASSOCIATES = (
    ("Suncheon", "순천시", "KR"),
    ("Gangneung", "강릉시", "KR"),
    ("Jeonju", "전주시", "KR"),
    ("Butwal", "", "NP"),
    ("Biratnagar", "", "NP"),
    ("Sylhet", "", "BD"),
    ("Cumilla", "", "BD"),
    ("Kandy", "", "LK"),
    ("Jaffna", "", "LK"),
    ("Darkhan", "", "MN"),
    ("Can Tho", "", "VN"),
    ("Chiang Rai", "", "TH"),
    ("Iloilo", "", "PH"),
    ("Bacolod", "", "PH"),
    ("Malang", "", "ID"),
    ("Namangan", "", "UZ"),
    ("Shymkent", "", "KZ"),
    ("Melaka", "", "MY"),
)


def fill():
    """Enter them by hand, as the roster of 2019 would have stood; the keys of the eight."""
    seated = []
    from events.models import Term
    from members.models import Application, Contact, Member, MemberFigure, StatusEntry

    for name in SEATED:
        city = Member.objects.get(name_en=name, kind="city")
        seated.append(city.pk)
        StatusEntry.objects.create(
            member=city, status="full", effective_on=SINCE, reason="Minutes of 2012"
        )
        Term.objects.create(
            office="excom",
            member=city,
            starts_on=dt.date(2017, 6, 29),
            ends_on=dt.date(2020, 12, 31),
            basis="recorded",
        )
    for number, (name_en, name_ko, country) in enumerate(ASSOCIATES):
        accepted = dt.date(2019, 3, 1 + number)
        member = Member.objects.create(
            kind="city",
            name_en=name_en,
            name_ko=name_ko,
            country_code=country,
            region="asia",
            language="ko" if name_ko else "en",
        )
        StatusEntry.objects.create(
            member=member, status="associate", effective_on=accepted, reason="Application"
        )
        Contact.objects.create(
            member=member, role="liaison", full_name="Liaison", email=f"city{number}@city.example"
        )
        MemberFigure.objects.create(
            member=member,
            measure="population",
            dues_year=2020,
            value=POPULATION,
            source="declared",
            source_year=2019,
        )
        Application.objects.create(
            reference=f"WA-2019-{number:05d}",
            state="accepted",
            name_en=name_en,
            kind="city",
            country_code=country,
            region="asia",
            member=member,
            applicant_email=f"city{number}@city.example",
            submitted_on=accepted,
            accepted_on=accepted,
            target_excom_year=2019,
        )
    return seated


if __name__ == "__main__":
    import django

    django.setup()
    sys.stdout.write(" ".join(map(str, fill())))
