"""Entries, jurors and sheets by the thousand, for the lists."""

import datetime as dt

from events.models import (
    AwardCategory,
    AwardCriterion,
    AwardEdition,
    AwardEntry,
    AwardSeries,
    Juror,
    ScoreSheet,
)

DAY = dt.date(2019, 12, 31)


def fill_awards(numbers, people):
    """An edition, its entries and a juror with a sheet for each; returns the first edition."""
    series = AwardSeries.objects.get_or_create(code="wego-awards")[0]
    edition, made = AwardEdition.objects.get_or_create(
        series=series,
        number=1,
        defaults={
            "year": 2020,
            "state": "round_1",
            "call_on": DAY,
            "deadline_on": DAY,
            "entries_per_city": 2,
            "recusal": "country",
        },
    )
    if made:
        AwardCategory.objects.create(edition=edition, position=1, name_en="Mobility", prizes=3)
        AwardCriterion.objects.create(edition=edition, position=1, name_en="Impact", weight=100)
    AwardEdition.objects.bulk_create(
        AwardEdition(
            series=series,
            number=2 + n,
            year=2020,
            call_on=DAY,
            deadline_on=DAY,
            entries_per_city=2,
            recusal="country",
        )
        for n in numbers[::50]
    )
    category = edition.categories.get()
    entries = AwardEntry.objects.bulk_create(
        (
            AwardEntry(
                edition=edition,
                category=category,
                reference=f"AW-{n:05d}",
                state="eligible",
                email="x@x.kr",
                language="en",
                city=f"Ward {n:05d}",
                country_code="KR",
                title=f"Project {n}",
                city_key=f"city:{n}",
                project_key=f"{n}",
                submitted_on=DAY,
            )
            for n in numbers
        ),
        batch_size=500,
    )
    jurors = Juror.objects.bulk_create(
        (
            Juror(edition=edition, user=user, country_code="PT", employer="x", invited_on=DAY)
            for user in people[::20]
        ),
        batch_size=500,
    )
    ScoreSheet.objects.bulk_create(
        (
            ScoreSheet(juror=jurors[place % len(jurors)], entry=entry, round=1)
            for place, entry in enumerate(entries)
        ),
        batch_size=500,
    )
    return edition
