import datetime as dt
import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from members.census import membership_report
from members.lifecycle import mark_associate, record_status, write_entry
from members.models import Member
from members.roster import import_roster
from tests.register import add_member

ROSTER = Path(__file__).parents[2] / "members" / "demo" / "roster.csv"
DAY = dt.date(2019, 12, 31)

# The paper's table of 2019-12-31, country by country. Its two slips (C1: "191 cities" in the text;
# C2: a header of 6 over 7 institutions of Asia) are not repeated.
CITIES_BY_REGION = {
    "asia": 63,
    "oceania": 1,
    "americas": 10,
    "europe": 18,
    "middle_east": 6,
    "africa": 46,
}


def counts(text):
    """`"KR 7 MN 1"` as a dict."""
    words = text.split()
    return dict(zip(words[::2], map(int, words[1::2]), strict=True))


CITIES_BY_COUNTRY = counts(
    "KR 7 MN 1 VN 3 NP 14 TH 1 ID 6 BD 3 LK 4 PH 7 AZ 1 PK 2 UZ 1 KZ 1 AF 3 CN 5 JP 1 IN 1 MY 2 "
    "FJ 1 MX 2 VE 1 PY 1 US 2 BR 2 DO 1 AR 1 DE 2 FR 1 RO 1 BY 1 TR 6 RU 5 BE 1 NL 1 "
    "OM 1 PS 2 AE 1 IQ 1 IR 1 "
    "KE 1 SD 16 ZW 1 TN 3 SN 1 MZ 1 ET 1 RW 1 UG 1 GH 1 CM 3 NG 12 ZA 1 TZ 1 ZM 2"
)


@pytest.fixture
def roster_of_2019(db):
    import_roster(ROSTER.read_bytes(), on=DAY, by=None)


def test_membership_report_equals_the_printed_table(roster_of_2019):
    assert membership_report(DAY) == {
        "on": "2019-12-31",
        "total": 191,
        "by_kind": {"city": 144, "institution": 17, "company": 30},
        "by_status": {"associate": 0, "full": 191, "suspended": 0},
        "cities": {
            "total": 144,
            "capital": 39,
            "other": 105,
            "by_region": CITIES_BY_REGION,
            "by_country": CITIES_BY_COUNTRY,
        },
        "institutions": {
            "total": 17,
            "by_region": {"asia": 7, "americas": 1, "europe": 1, "africa": 8},
            "by_country": counts("KR 4 IN 1 AF 1 MN 1 BZ 1 DE 1 SD 1 NG 3 GH 1 UG 1 TN 1 BW 1"),
        },
        "companies": {
            "total": 30,
            "by_region": {"asia": 26, "americas": 1, "europe": 3},
            "by_country": counts("KR 22 CN 2 SG 1 ID 1 US 1 GB 1 FR 1 DK 1"),
        },
    }


def test_membership_report_orders_countries_by_number(roster_of_2019):
    by_country = membership_report(DAY)["cities"]["by_country"]

    assert list(by_country)[:6] == ["SD", "NP", "NG", "KR", "PH", "ID"]


def test_membership_report_of_a_day_before_anybody(roster_of_2019):
    report = membership_report(dt.date(2019, 12, 30))

    assert report["total"] == 0
    assert report["cities"] == {
        "total": 0,
        "capital": 0,
        "other": 0,
        "by_region": {},
        "by_country": {},
    }


def test_membership_report_follows_the_history(roster_of_2019):
    goyang = Member.objects.get(name_en="Goyang")
    paris = Member.objects.get(name_en="Paris")
    danfoss = Member.objects.get(name_en="Danfoss")
    mark_associate(goyang, on=DAY, reason="blue", by=None)
    write_entry(paris, "suspended", on=dt.date(2020, 3, 1), reason="EXCOM", by=None)
    record_status(danfoss, "withdrawn", on=dt.date(2020, 12, 31), reason="letter", by=None)

    early = membership_report(dt.date(2020, 12, 30))
    late = membership_report(dt.date(2020, 12, 31))

    assert early["by_status"] == {"associate": 1, "full": 189, "suspended": 1}
    assert (early["total"], late["total"]) == (191, 190)
    assert late["by_status"] == {"associate": 1, "full": 188, "suspended": 1}
    assert "DK" not in late["companies"]["by_country"]
    assert (early["cities"], late["cities"]) == (membership_report(DAY)["cities"],) * 2


@pytest.mark.parametrize("count", [1, 3])
def test_membership_report_asks_the_database_once(db, count, django_assert_num_queries):
    for number in range(count):
        add_member(f"City {number}")

    with django_assert_num_queries(1):
        assert membership_report(DAY)["total"] == count


class Property(TestCase):
    @settings(max_examples=15, deadline=None)
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["city", "institution", "company"]),
                st.sampled_from(["KR", "NP", "DK", "NG"]),
                st.sampled_from(["asia", "europe"]),
                st.sampled_from(["associate", "full", "suspended", "withdrawn", "rejected"]),
            ),
            max_size=8,
        )
    )
    def test_every_way_of_counting_gives_the_same_total(self, rows):
        for number, (kind, country, region, status) in enumerate(rows):
            add_member(f"M{number}", country, kind=kind, region=region, status=status)

        report = membership_report(DAY)

        standing = [row for row in rows if row[3] not in ("withdrawn", "rejected")]
        assert report["total"] == len(standing) == sum(report["by_status"].values())
        for name in ("cities", "institutions", "companies"):
            section = report[name]
            assert section["total"] == sum(section["by_region"].values())
            assert section["total"] == sum(section["by_country"].values())


def run(*arguments):
    out = io.StringIO()
    call_command("membership_report", *arguments, stdout=out, skip_checks=True)
    return out.getvalue()


def test_command_answers_in_json(roster_of_2019):
    assert json.loads(run("--on", "2019-12-31", "--json")) == membership_report(DAY)


def test_command_tells_people(db):
    add_member("Seoul", is_capital=True)
    add_member("Goyang", status="associate")
    add_member("Danfoss", "DK", kind="company")

    assert run("--on", "2019-12-31") == (
        "Members on 2019-12-31: 3 (2 city, 0 institution, 1 company; "
        "1 associate, 2 full, 0 suspended)\n"
        "\ncities: 2 (capital 1, other 1)\n"
        "  by region: asia 2\n  by country: KR 2\n"
        "\ninstitutions: 0\n  by region: none\n  by country: none\n"
        "\ncompanies: 1\n  by region: europe 1\n  by country: DK 1\n"
    )
