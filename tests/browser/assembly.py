"""The Assembly of 15 October 2026 before its vote, in the house of WEGO_DATA_DIR: run as a module.

Seoul and Beyoglu gave notice on 15 September, Mexico City a day later, and Ulyanovsk has an open
invoice. Twelve delegates can sign in; Kathmandu hosts the Assembly after this one.
"""

import datetime as dt

import django

django.setup()

from dues.invoicing import issue_dues  # noqa: E402
from events.balloting.calling import Vacancy, call_elections  # noqa: E402
from events.balloting.candidacies import file_candidacy  # noqa: E402
from events.models import HostDecision, Meeting, MeetingStage  # noqa: E402
from members.models import Affiliation, Member, User  # noqa: E402
from tests.browser.house import PASSWORD  # noqa: E402
from tests.register import add_figure, add_gdp  # noqa: E402

ASSEMBLY, CALLED, RECORD = dt.date(2026, 10, 15), dt.date(2026, 8, 3), dt.date(2026, 9, 30)
VOTERS = 12
# How many of the roster vote: so that twelve are a quorum.
LEFT = 20


def city(name):
    return Member.objects.filter(kind="city", name_en=name).get()


def assembly(code, day, state):
    meeting = Meeting.objects.create(body="assembly", code=code, name_en=f"Assembly {code}")
    MeetingStage.objects.create(meeting=meeting, state=state, starts_on=day, ends_on=day)
    return meeting


def only_some_are_members():
    """All but some cities left long ago: a small Assembly."""
    kept = ["Seoul", "Beyoglu", "Mexico City", "Ulyanovsk", "Kathmandu"]
    others = Member.objects.filter(kind="city").exclude(name_en__in=kept).order_by("name_en")
    for member in others[LEFT - len(kept) :]:
        member.status_entries.create(
            status="withdrawn", effective_on=dt.date(2020, 1, 1), reason="Left."
        )


def owe(member):
    """An invoice of 2026 that is not paid, for this city alone."""
    add_figure(member, 623_000, year=2026)
    add_gdp(member.country_code, "26000", year=2026)
    issue_dues(2026, by=None)


def main():
    only_some_are_members()
    owe(city("Ulyanovsk"))
    call = call_elections(
        assembly("ga-2026", ASSEMBLY, "called"),
        [Vacancy("president", 1)],
        called_on=CALLED,
        record_on=RECORD,
        on=CALLED,
        by=None,
    )
    days = {"Seoul": 15, "Beyoglu": 15, "Mexico City": 16, "Ulyanovsk": 15}
    for name, day in days.items():
        received = dt.date(2026, 9, day)
        file_candidacy(
            call.elections.get(),
            city(name),
            received_on=received,
            came_by="letter",
            on=received,
            by=None,
        )
    HostDecision.objects.create(
        meeting=assembly("ga-2029", dt.date(2029, 9, 1), "planned"),
        step="confirmed",
        member=city("Kathmandu"),
        body="assembly",
        decided_on=ASSEMBLY,
        reference="item 9",
    )
    members = Member.objects.filter(kind="city").exclude(status_entries__status="withdrawn")
    for number, member in enumerate(members.order_by("name_en")[:VOTERS]):
        user = User.objects.create_user(
            f"voter{number}@wego.example", PASSWORD, full_name=f"Delegate {number}"
        )
        Affiliation.objects.create(user=user, member=member, role="delegate")


main()
