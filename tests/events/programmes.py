"""Trainings, requests, offices and partners, built for tests and for the access world."""

import datetime as dt

from events.models import (
    Adviser,
    AgendaItem,
    HistoryFact,
    Meeting,
    Nomination,
    OfficeReport,
    OfficeStage,
    Partner,
    PartnerMemorandum,
    RegionalOffice,
    ServiceRequest,
    Training,
)
from events.services.trainings import TrainingDraft, announce_training
from members.models import Contact

TODAY = dt.date(2026, 11, 2)
FIRST, LAST = dt.date(2027, 3, 15), dt.date(2027, 3, 19)


def announce(*, quota=2, seats=None, until=dt.date(2027, 1, 31), **fields):
    """The e-Government training of March 2027 in Seoul."""
    facts = {
        "name_en": "e-Government capacity programme",
        "name_ko": "전자정부 역량강화 프로그램",
        "place": "Seoul HRD Center",
        "starts_on": FIRST,
        "ends_on": LAST,
        "nominate_until": until,
        "quota": quota,
        "seats": seats,
        **fields,
    }
    return announce_training(TrainingDraft(**facts), on=TODAY, by=None)


def add_liaison(member, address=None):
    """Whom the secretariat writes to."""
    return Contact.objects.create(
        member=member,
        role="liaison",
        full_name=f"Liaison of {member.name_en}",
        email=address or f"liaison@{member.name_en.lower().replace(' ', '-')}.example",
    )


def offices_item(*, code="excom-2026", number=1):
    """An agenda item on regional offices of EXCOM 2026."""
    meeting, _made = Meeting.objects.get_or_create(
        code=code, defaults={"body": "excom", "name_en": "EXCOM 2026"}
    )
    return AgendaItem.objects.create(
        meeting=meeting, position=number, kind="offices", title_en="Regional offices"
    )


def rows_of(member, user, number):
    """One row of every table of programmes that hangs on a member, by word."""
    training = Training.objects.create(
        name_en=f"Training {number}",
        place="Seoul",
        starts_on=FIRST,
        ends_on=LAST,
        nominate_until=dt.date(2027, 3, 1),
        announced_on=TODAY,
    )
    office = RegionalOffice.objects.create(name_en=f"Region {number}")
    OfficeStage.objects.create(
        office=office, state="opened", host=member, happened_on=TODAY, decided_by="EXCOM 2026"
    )
    partner = Partner.objects.create(name_en=f"Partner {number}")
    return {
        "training": training,
        "nomination": Nomination.objects.create(
            training=training,
            member=member,
            full_name="Maya Gurung",
            position="Head of IT",
            email=f"maya{number}@people.example",
            nominated_on=TODAY,
            nominated_by=user,
        ),
        "servicerequest": ServiceRequest.objects.create(
            kind="consulting", member=member, title=f"Plan {number}", about="a", asked_on=TODAY
        ),
        "regionaloffice": office,
        "adviser": Adviser.objects.create(full_name=f"Adviser {number}"),
        "officereport": OfficeReport.objects.create(
            office=office, year=2020, summary="s", reported_on=TODAY
        ),
        "partner": partner,
        "memorandum": PartnerMemorandum.objects.create(partner=partner, signed_on=TODAY),
    }


def fill_programmes(members, numbers):
    """Rows of every list of programmes, one a member."""
    trainings = Training.objects.bulk_create(
        Training(name_en=f"Training {n}", place="Seoul", starts_on=FIRST, ends_on=LAST)
        for n in numbers
    )
    Nomination.objects.bulk_create(
        Nomination(
            training=training,
            member=member,
            full_name=f"Person {member.pk}",
            position="p",
            email=f"{member.pk}@x.kr",
            nominated_on=TODAY,
        )
        for training, member in zip(trainings, members, strict=True)
    )
    ServiceRequest.objects.bulk_create(
        ServiceRequest(kind="consulting", member=m, title=f"Plan {m.pk}", about="a", asked_on=TODAY)
        for m in members
    )
    offices = RegionalOffice.objects.bulk_create(
        RegionalOffice(name_en=f"Region {n}") for n in numbers
    )
    OfficeStage.objects.bulk_create(
        OfficeStage(office=office, state="opened", host=member, happened_on=TODAY)
        for office, member in zip(offices, members, strict=True)
    )
    partners = Partner.objects.bulk_create(
        Partner(name_en=f"Partner {m.pk}", member=m) for m in members
    )
    PartnerMemorandum.objects.bulk_create(
        PartnerMemorandum(partner=partner, signed_on=TODAY) for partner in partners
    )
    Adviser.objects.bulk_create(Adviser(full_name=f"Adviser {n}") for n in numbers)
    HistoryFact.objects.bulk_create(
        HistoryFact(kind="projects", key=f"projects:{n}", title_en=f"P {n}", source="s", told={})
        for n in numbers
    )
