"""The main job on the real roster: 191 members in, 106 invoices out, every total as printed."""

import json
from collections import Counter
from pathlib import Path

import pytest
from django.core.management import call_command

from dues.models import Invoice

pytestmark = pytest.mark.django_db
DEMO = Path(__file__).resolve().parent.parent / "members" / "demo"


@pytest.fixture
def command(capsys):
    def call(*arguments):
        call_command(*arguments)
        return json.loads(capsys.readouterr().out.splitlines()[-1])

    return call


@pytest.fixture
def roster(command):
    return command("import_roster", str(DEMO / "roster.csv"), "--as-of", "2019-12-31", "--json")


def test_roster_counts_as_printed(roster, command):
    again = command("import_roster", str(DEMO / "roster.csv"), "--as-of", "2019-12-31", "--json")
    report = command("membership_report", "--on", "2019-12-31", "--json")

    assert roster["created"] == {"city": 144, "institution": 17, "company": 30}
    assert (again["unchanged"], again["updated"], again["rejected"]) == (191, 0, [])
    assert (report["total"], report["by_kind"]) == (
        191,
        {"city": 144, "institution": 17, "company": 30},
    )
    cities = report["cities"]
    assert (cities["capital"], cities["other"]) == (39, 105)
    assert cities["by_region"] == {
        "asia": 63,
        "oceania": 1,
        "americas": 10,
        "europe": 18,
        "middle_east": 6,
        "africa": 46,
    }
    # The paper prints 6 institutions in Asia over rows that add up to 7 (C2).
    assert report["institutions"]["by_region"]["asia"] == 7
    assert report["companies"]["by_region"] == {"asia": 26, "americas": 1, "europe": 3}


def test_2020_bills_106_cities(roster, command):
    figures = command(
        "import_figures",
        "--year",
        "2020",
        "--cities",
        str(DEMO / "city_figures.csv"),
        "--gdp",
        str(DEMO / "country_gdp.csv"),
        "--json",
    )
    preview = command("run_dues", "2020", "--json")
    issued = command("run_dues", "2020", "--issue", "--json")
    again = command("run_dues", "2020", "--issue", "--json")

    assert (figures["cities"]["created"], figures["cities"]["missing"]) == (106, 38)
    assert (len(preview["priced"]), preview["total"]) == (106, "450100.00")
    assert Counter((line["kind"], line["reason"]) for line in preview["blocked"]) == {
        ("city", "population_missing"): 38,
        ("company", "employees_missing"): 30,
    }
    assert Counter((line["kind"], line["reason"]) for line in preview["not_due"]) == {
        ("institution", "no_fee_schedule"): 17
    }
    assert (issued["issued"], issued["first_number"], issued["last_number"]) == (
        106,
        "WEGO-2020-0001",
        "WEGO-2020-0106",
    )
    assert (again["issued"], again["already_issued"], again["total"]) == (0, 106, "450100.00")
    assert list(Invoice.objects.order_by("sequence").values_list("sequence", flat=True)) == list(
        range(1, 107)
    )
    assert Invoice.objects.get(member__name_en="Seoul").amount_cents == 1_000_000
