"""Named members for tests: built row by row, so that a test says all it rests on."""

import datetime as dt
from decimal import Decimal

from members.models import CountryFigure, Member, MemberFigure, StatusEntry

ROSTER_DAY = dt.date(2019, 12, 31)
REGIONS = {"KR": "asia", "NP": "asia", "DK": "europe", "BD": "asia"}


def add_member(name_en, country="KR", *, kind="city", status="full", on=ROSTER_DAY, **fields):
    """A member with one status entry."""
    member = Member.objects.create(
        kind=kind,
        name_en=name_en,
        country_code=country,
        region=fields.pop("region", REGIONS.get(country, "asia")),
        language=fields.pop("language", "ko" if country == "KR" else "en"),
        **fields,
    )
    StatusEntry.objects.create(member=member, status=status, effective_on=on, reason="roster")
    return member


def add_figure(member, value, *, year=2020, measure="population", source="declared"):
    """A figure of a member."""
    return MemberFigure.objects.create(
        member=member, measure=measure, value=value, dues_year=year, source=source, source_year=2019
    )


def add_gdp(country, usd, *, year=2020, source="IMF WEO October 2019"):
    """GDP per capita of a country in USD."""
    return CountryFigure.objects.create(
        country_code=country,
        gdp_cents=int(Decimal(usd) * 100),
        dues_year=year,
        source=source,
        source_year=2018,
    )


def add_small_roster():
    """Six members of every outcome: two priced cities, one blocked, a company, an institution."""
    seoul = add_member("Seoul", name_ko="서울", is_capital=True)
    kathmandu = add_member("Kathmandu", "NP", name_ko="카트만두", is_capital=True)
    add_member("Sardauna", "NG", region="africa")
    add_member("Danfoss", "DK", kind="company")
    add_member("Seoul Digital Foundation", kind="institution")
    add_member("Dhaka North", "BD", status="associate")
    add_figure(seoul, 9_776_000)
    add_figure(kathmandu, 1_442_271)
    add_gdp("KR", "42300")
    add_gdp("NP", "3600")
    return {member.name_en: member for member in Member.objects.all()}
