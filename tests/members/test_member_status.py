import datetime as dt
import io
import json

import pytest
from django.core.management import CommandError, call_command

from members.changes import rename_member
from members.lifecycle import write_entry
from members.models import MemberName
from tests.members.bodies import add_associate, decide
from tests.register import add_member

pytestmark = pytest.mark.django_db


def ask(name, on="2021-06-30", **options):
    out = io.StringIO()
    call_command("member_status", name, on=dt.date.fromisoformat(on), stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def suncheon():
    member = add_associate(name_ko="순천시")
    decide((member, "approve"))
    return member


def test_tells_the_status_and_what_follows(suncheon):
    assert ask("Suncheon") == (
        "Suncheon (city, KR) on 2021-06-30: full member since 2019-11-15; first dues year 2020.\n"
    )
    assert ask("Suncheon", on="2019-11-14") == (
        "Suncheon (city, KR) on 2019-11-14: associate since 2019-03-05.\n"
    )
    assert ask("Suncheon", on="2019-03-04") == (
        "Suncheon (city, KR) on 2019-03-04: not a member yet.\n"
    )


def test_full_outlasts_suspension(suncheon):
    write_entry(suncheon, "suspended", on=dt.date(2021, 6, 1), reason="EXCOM", by=None)

    assert ask("Suncheon") == (
        "Suncheon (city, KR) on 2021-06-30: suspended since 2021-06-01; "
        "full member since 2019-11-15; first dues year 2020.\n"
    )


@pytest.mark.parametrize("name", ["순천시", " suncheon ", "SUNCHEON", "Sunchon"])
def test_finds_either_script_and_other_names(suncheon, name):
    MemberName.objects.create(member=suncheon, name_en="Sunchon")

    assert ask(name).startswith("Suncheon (city, KR)")


def test_tells_the_name_of_the_day():
    astana = add_member("Nur-Sultan", "KZ")
    rename_member(
        astana, name_en="Astana", name_ko="", on=dt.date(2022, 9, 17), reason="Decree", by=None
    )

    assert ask("Nur-Sultan").startswith("Astana (city, KZ), then called Nur-Sultan, on 2021-06-30")
    assert ask("Astana", on="2022-09-17").startswith("Astana (city, KZ) on 2022-09-17")


def test_a_merged_name_leads_to_its_survivor(suncheon):
    add_member("Sunchon", merged_into=suncheon)

    assert ask("Sunchon").startswith("Suncheon (city, KR)")


def test_several_are_all_told():
    add_member("Seoul")
    add_member("Seoul", kind="company", status="associate")
    add_member("Seoul", "US", region="americas")

    assert ask("Seoul").splitlines() == [
        "3 members are or were called “Seoul”:",
        "Seoul (city, KR) on 2021-06-30: full member since 2019-12-31; first dues year 2020.",
        "Seoul (company, KR) on 2021-06-30: associate since 2019-12-31.",
        "Seoul (city, US) on 2021-06-30: full member since 2019-12-31; first dues year 2020.",
    ]
    assert ask("Seoul", country="us").startswith("Seoul (city, US)")


def test_json(suncheon):
    answer = json.loads(ask("Suncheon", as_json=True))

    assert answer == {
        "on": "2021-06-30",
        "members": [
            {
                "member": suncheon.pk,
                "name_en": "Suncheon",
                "name_ko": "순천시",
                "called_en": "Suncheon",
                "called_ko": "순천시",
                "kind": "city",
                "country_code": "KR",
                "on": "2021-06-30",
                "status": "full",
                "since": "2019-11-15",
                "full_since": "2019-11-15",
                "ended_on": None,
                "first_dues_year": 2020,
            }
        ],
    }


@pytest.mark.parametrize(
    ("name", "options", "sentence"),
    [
        ("Atlantis", {}, "No member is or was called “Atlantis”."),
        (
            "Suncheom",
            {},
            "No member is or was called “Suncheom”. Did you mean Suncheon?",
        ),
        ("Suncheon", {"country": "fr"}, "No member in FR is or was called “Suncheon”."),
    ],
)
def test_nobody_is_called_so(suncheon, name, options, sentence):
    with pytest.raises(CommandError) as refusal:
        ask(name, **options)

    assert (str(refusal.value), refusal.value.returncode) == (sentence, 2)
