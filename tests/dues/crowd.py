"""Thousands of members at once, for the tests that count queries."""

from members.models import Member, MemberFigure, StatusEntry
from tests.register import ROSTER_DAY, add_gdp


def add_crowd(count):
    """Full member cities of Korea with 500,000 persons each: USD 6,500."""
    add_gdp("KR", "42300")
    members = Member.objects.bulk_create(
        [
            Member(
                kind="city",
                name_en=f"City {number:04d}",
                name_ko=f"도시 {number:04d}",
                country_code="KR",
                region="asia",
            )
            for number in range(count)
        ],
        batch_size=500,
    )
    StatusEntry.objects.bulk_create(
        [
            StatusEntry(member=member, status="full", effective_on=ROSTER_DAY, reason="roster")
            for member in members
        ],
        batch_size=500,
    )
    MemberFigure.objects.bulk_create(
        [
            MemberFigure(
                member=member,
                measure="population",
                dues_year=2020,
                value=500_000,
                source="declared",
            )
            for member in members
        ],
        batch_size=500,
    )
