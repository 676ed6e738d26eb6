"""Awards for the two members of the world: a winner that is announced, and a sheet to score."""

import datetime as dt

from events.awards.links import token_of
from events.models import (
    AwardCategory,
    AwardCriterion,
    AwardDocument,
    AwardEdition,
    AwardEntry,
    AwardPaper,
    AwardSeries,
    AwardWinner,
    EntryFile,
    Juror,
    ScoreSheet,
)
from wego import storage

DAY = dt.date(2026, 3, 1)


def things_of_awards(member, juror, number, pdf):
    """An announced edition with its winner, and one in round 1 with a sheet of this juror."""
    announced = edition_of(number, "announced")
    won = entry_of(announced, member, number)
    winner = AwardWinner.objects.create(category=won.category, entry=won, rank=1, decided_on=DAY)
    scored = edition_of(10 + number, "round_1")
    entry = entry_of(scored, member, 10 + number)
    sits = Juror.objects.create(
        edition=scored,
        user=juror,
        country_code="PT",
        employer="University of Porto",
        invited_on=DAY,
        accepted_on=DAY,
    )
    return {
        "awardedition": scored.pk,
        "awardentry": entry.pk,
        "awardcategory": entry.category_id,
        "award_code": announced.code,
        "award_token": token_of(won),
        "award_file": file_of(won, "attachment", pdf).pk,
        "award_picture": file_of(won, "picture", pdf).pk,
        "award_paper": paper_of(winner, number, pdf).pk,
        "juror": sits.pk,
        "scoresheet": ScoreSheet.objects.create(juror=sits, entry=entry, round=1).pk,
        "sheet_file": file_of(entry, "attachment", pdf).pk,
    }


def edition_of(number, state):
    edition = AwardEdition.objects.create(
        series=AwardSeries.objects.get_or_create(code="wego-awards")[0],
        number=number,
        year=2026,
        state=state,
        call_on=dt.date(2026, 1, 1),
        deadline_on=dt.date(2026, 2, 1),
        entries_per_city=2,
        recusal="country",
    )
    AwardCategory.objects.create(edition=edition, position=1, name_en="Mobility", prizes=3)
    AwardCriterion.objects.create(edition=edition, position=1, name_en="Impact", weight=100)
    return edition


def entry_of(edition, member, number):
    return AwardEntry.objects.create(
        edition=edition,
        category=edition.categories.get(),
        reference=f"AW-2026-{number:05d}",
        state="eligible",
        email="smart@people.example",
        language="en",
        city=member.name_en,
        country_code=member.country_code,
        member=member,
        contact_name="Officer",
        title=f"Green corridors {number}",
        city_key=f"city:{number}",
        project_key=f"green {number}",
        submitted_on=DAY,
    )


def file_of(entry, purpose, content):
    stored = storage.store_file(f"awards/{entry.reference}/{purpose}.pdf", content)
    return EntryFile.objects.create(
        entry=entry,
        purpose=purpose,
        name=f"{purpose}.pdf",
        content_type="application/pdf",
        path=stored.path,
        sha256=stored.sha256,
        size=stored.size,
    )


def paper_of(winner, number, content):
    paper = AwardPaper.objects.create(
        kind="certificate",
        winner=winner,
        reference=f"WEGO-AC-{number}",
        language="en",
        issued_on=DAY,
        snapshot={},
    )
    stored = storage.store_file(f"awards/{paper.reference}.pdf", content)
    AwardDocument.objects.create(
        paper=paper,
        path=stored.path,
        sha256=stored.sha256,
        size=stored.size,
        renderer="tests",
    )
    return paper
