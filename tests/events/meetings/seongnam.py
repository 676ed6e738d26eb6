"""The EXCOM of 2019 in Seongnam for tests: eight voting cities, observers, and 18 associates."""

import datetime as dt

from events.meetings.agenda import lay_out_agenda
from events.meetings.attending import note_arrival
from events.meetings.inviting import invite
from events.meetings.majorities import Tally
from events.meetings.resolving import Motion, Ruling, Vote, resolve_item
from events.meetings.stages import Plan, plan_meeting, record_stage
from events.models import AgendaItem, Manner, Meeting
from members.models import Application, Member
from tests.register import add_member

DAY = dt.date(2019, 11, 6)
LAST = dt.date(2019, 11, 7)
TODAY = dt.date(2019, 11, 20)
CALL = dt.date(2019, 9, 20)
MOMENT = dt.datetime(2019, 11, 6, 1, tzinfo=dt.UTC)
SINCE = dt.date(2012, 11, 12)
SEATED = (
    ("Seoul", "KR"),
    ("Chengdu", "CN"),
    ("Ulyanovsk", "RU"),
    ("Beyoglu", "TR"),
    ("Goyang", "KR"),
    ("Quezon City", "PH"),
    ("Mexico City", "MX"),
    ("Jakarta", "ID"),
)
ASSOCIATES = (
    ("Suncheon", "KR"),
    ("Gwangju", "KR"),
    ("Daegu", "KR"),
    ("Kathmandu", "NP"),
    ("Pokhara", "NP"),
    ("Dhaka South", "BD"),
    ("Sylhet", "BD"),
    ("Colombo", "LK"),
    ("Kandy", "LK"),
    ("Ulaanbaatar", "MN"),
    ("Vientiane", "LA"),
    ("Phnom Penh", "KH"),
    ("Yangon", "MM"),
    ("Thimphu", "BT"),
    ("Tbilisi", "GE"),
    ("Yerevan", "AM"),
    ("Bishkek", "KG"),
    ("Dushanbe", "TJ"),
)


def add_seated():
    """The cities that vote in EXCOM."""
    return [add_member(name, country, on=SINCE) for name, country in SEATED]


def add_associates(count=18):
    """Associates accepted in spring 2019, each with its application."""
    found = []
    for number, (name, country) in enumerate(ASSOCIATES[:count]):
        accepted = dt.date(2019, 3, 1 + number)
        member = add_member(name, country, status="associate", on=accepted)
        Application.objects.create(
            reference=f"WA-2019-{number:05d}",
            state="accepted",
            name_en=name,
            kind="city",
            country_code=country,
            region="asia",
            member=member,
            applicant_email="mayor@city.example",
            submitted_on=accepted,
            accepted_on=accepted,
            target_excom_year=2019,
        )
        found.append(member)
    return found


def add_excom(voters=(), *, by=None):
    """The meeting, called and with its agenda; the voters are invited."""
    host = Member.objects.filter(name_en="Seongnam").first() or add_member("Seongnam", on=SINCE)
    plan = Plan(DAY, LAST, host, place="Seongnam City Hall")
    meeting = plan_meeting(
        body="excom",
        name_en="EXCOM 2019, Seongnam",
        name_ko="2019 성남 집행위원회",
        plan=plan,
        on=dt.date(2019, 2, 1),
        by=by,
    )
    record_stage(meeting, "called", plan=plan, reason="", on=CALL, by=by)
    if voters:
        invite(meeting, members=voters, kind="voting", on=CALL, by=by)
    lay_out_agenda(meeting, by=by)
    return Meeting.objects.get(pk=meeting.pk)


def seat(meeting, names):
    """These cities come in."""
    for delegation in meeting.delegations.filter(member__name_en__in=names):
        note_arrival(delegation, at=MOMENT, by=None)


def come(meeting, count):
    """The first of those invited to vote come in."""
    seat(meeting, [name for name, _country in SEATED[:count]])


def item_of(meeting, kind):
    """The item of a kind."""
    return AgendaItem.objects.get(meeting=meeting, kind=kind)


def in_bulk(members, *, deferred=(), rejected=()):
    """All approved, with the exceptions."""
    return [
        Ruling(
            "defer" if member in deferred else "reject" if member in rejected else "approve",
            member,
            reason="No smart city plan" if member in rejected else "",
        )
        for member in members
    ]


def unanimously(**fields):
    """A motion carried by everybody there."""
    base = {
        "verdict": "approve",
        "vote": Vote(Manner.UNANIMOUS),
        "resolved_on": DAY,
        "reference": "item 4",
    }
    return Motion(**(base | fields))


def counted(votes_for, against, abstained=0, **fields):
    """A motion whose votes were counted."""
    vote = Vote(Manner.COUNTED, Tally(votes_for, against, abstained))
    return unanimously(vote=vote, **fields)


def resolve(meeting, kind, motion, *, on=TODAY, by=None):
    """Record it."""
    return resolve_item(item_of(meeting, kind), motion, on=on, by=by)
