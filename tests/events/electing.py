"""An Assembly that elects, built step by step through the rules."""

import datetime as dt

from events.balloting.box import cast_ballot, open_round, prepare_round
from events.balloting.calling import Vacancy, call_elections
from events.balloting.candidacies import file_candidacy
from events.balloting.voters import fix_voters
from events.models import HostDecision, Meeting, MeetingStage
from tests.register import add_member

ASSEMBLY = dt.date(2026, 10, 15)
CALLED = dt.date(2026, 8, 3)
RECORD = dt.date(2026, 9, 30)
DEADLINE = dt.date(2026, 9, 15)
ENDS = dt.date(2028, 12, 31)
FULL_SINCE = dt.date(2012, 11, 12)
CITIES = (
    ("Seoul", "KR", "asia"),
    ("Almaty", "KZ", "asia"),
    ("Kathmandu", "NP", "asia"),
    ("Quezon City", "PH", "asia"),
    ("Lisbon", "PT", "europe"),
    ("Ulyanovsk", "RU", "europe"),
    ("Beyoglu", "TR", "europe"),
    ("Abuja", "NG", "africa"),
    ("Nairobi", "KE", "africa"),
    ("Mexico City", "MX", "americas"),
    ("Cuenca", "EC", "americas"),
    ("Bogota", "CO", "americas"),
)


def add_cities(count=12):
    """So many full member cities with nothing outstanding, by name."""
    return {
        name: add_member(name, country, region=region, on=FULL_SINCE)
        for name, country, region in CITIES[:count]
    }


def add_assembly(code="ga7", *, on=ASSEMBLY, state="called", number=7, body="assembly", **stage):
    """A meeting with its first stage."""
    meeting = Meeting.objects.create(
        body=body, number=number, code=code, name_en=f"{number}th WeGO General Assembly"
    )
    MeetingStage.objects.create(meeting=meeting, state=state, starts_on=on, ends_on=on, **stage)
    return meeting


def call(meeting, *vacancies, record_on=RECORD, called_on=CALLED, **facts):
    """The call for the President, or for what is given."""
    return call_elections(
        meeting,
        vacancies or (Vacancy("president", 1),),
        called_on=called_on,
        record_on=record_on,
        on=facts.pop("on", called_on),
        by=None,
        **facts,
    )


def stand(election, member, on=DEADLINE, *, came_by="letter", recorded_on=None, by=None):
    """A notice of candidacy recorded on the day it came."""
    return file_candidacy(
        election, member, received_on=on, came_by=came_by, on=recorded_on or on, by=by
    )


def open_ballot(election, *names, cities, on=ASSEMBLY):
    """An open electronic round among these cities: the round, the keys, and codes by name."""
    for name in names:
        stand(election, cities[name])
    fix_voters(election.call, on=on, by=None)
    row, keys = prepare_round(election, manner="electronic", on=on, by=None)
    row = open_round(row, first_key=keys[0], second_key=keys[1], on=on, by=None)
    codes = {each.candidacy.member.name_en: each.code for each in row.candidates.all()}
    return row, keys, codes


def vote(row, ballots):
    """Cast ballots by city: the codes each chooses; returns the receipts by city."""
    return {city: cast_ballot(row, city, codes, by=None) for city, codes in ballots.items()}


def name_host(meeting, member, *, on, step="confirmed", **fields):
    """A decision on a host as it stands in the table."""
    return HostDecision.objects.create(
        meeting=meeting,
        step=step,
        member=member,
        body=fields.pop("body", "assembly"),
        decided_on=on,
        reference=fields.pop("reference", "item 9"),
        **fields,
    )
