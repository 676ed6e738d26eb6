"""The register for programs: what it shows, whom it shows to, what may be changed."""

import datetime as dt

import pytest
import time_machine

from members.models import Member, StatusEntry
from tests.register import add_figure, add_member, add_small_roster
from tests.wego.api.callers import problem_of, program_of
from wego.models import AuditEntry

pytestmark = pytest.mark.django_db
MEMBERS = "/api/v1/members"


@pytest.fixture
def office(client):
    """A program of the secretariat."""
    return program_of(client, role="secretariat")


def names_of(response):
    return [each["name_en"] for each in response.json()["results"]]


def test_a_member_is_told_as_it_stands_on_a_day(office):
    goyang = add_member("Goyang", name_ko="고양시", status="associate", on=dt.date(2019, 5, 2))
    StatusEntry.objects.create(
        member=goyang, status="full", effective_on=dt.date(2020, 3, 1), reason="EXCOM"
    )

    now = office.get(f"{MEMBERS}/{goyang.pk}").json()
    before = office.get(f"{MEMBERS}/{goyang.pk}?on=2020-02-29").json()
    earlier = office.get(f"{MEMBERS}/{goyang.pk}?on=2019-05-01").json()

    assert (now["name_ko"], now["status"], now["status_since"]) == ("고양시", "full", "2020-03-01")
    assert (before["status"], before["status_since"]) == ("associate", "2019-05-02")
    assert (earlier["status"], earlier["status_since"]) == (None, None)


def test_members_are_chosen_by_kind_country_and_status(office):
    add_small_roster()

    assert names_of(office.get(f"{MEMBERS}?kind=company")) == ["Danfoss"]
    assert names_of(office.get(f"{MEMBERS}?country_code=NP")) == ["Kathmandu"]
    assert names_of(office.get(f"{MEMBERS}?status=associate")) == ["Dhaka North"]
    assert names_of(office.get(f"{MEMBERS}?region=africa&kind=city")) == ["Sardauna"]


def test_merged_duplicates_are_left_out_of_the_list(office):
    kept = add_member("Goyang")
    twin = add_member("Goyang City")
    Member.objects.filter(pk=twin.pk).update(merged_into=kept)

    assert names_of(office.get(MEMBERS)) == ["Goyang"]
    assert office.get(f"{MEMBERS}/{twin.pk}").json()["merged_into"] == kept.pk


def test_a_members_token_reaches_itself_and_nobody_else(client):
    goyang, seoul = add_member("Goyang"), add_member("Seoul")
    add_figure(goyang, 1_066_351)
    add_figure(seoul, 9_776_000)
    city = program_of(client, member=goyang)

    assert names_of(city.get(MEMBERS)) == ["Goyang"]
    assert city.get(f"{MEMBERS}/{goyang.pk}").status_code == 200
    problem_of(city.get(f"{MEMBERS}/{seoul.pk}"), 404)
    figures = city.get("/api/v1/figures").json()["results"]
    assert [each["value"] for each in figures] == [1_066_351]
    assert city.get(f"/api/v1/figures?member={seoul.pk}").json()["results"] == []
    problem_of(city.get("/api/v1/membership-report"), 403)
    problem_of(city.patch(f"{MEMBERS}/{goyang.pk}", {"website": ""}, if_match="x"), 403)


def test_the_report_is_that_of_the_paper(office):
    add_small_roster()

    report = office.get("/api/v1/membership-report?on=2019-12-31").json()

    assert (report["total"], report["by_kind"]["city"]) == (6, 4)
    assert report["cities"]["capital"] == 2


def test_details_change_with_the_tag_of_what_was_read(office):
    goyang = add_member("Goyang")
    path = f"{MEMBERS}/{goyang.pk}"
    tag = office.get(path).headers["ETag"]

    changed = office.patch(path, {"website": "https://goyang.example"}, if_match=tag)

    assert changed.json()["website"] == "https://goyang.example"
    assert changed.headers["ETag"] == office.get(path).headers["ETag"]
    goyang.refresh_from_db()
    assert goyang.website == "https://goyang.example"
    acted = AuditEntry.objects.get(act="token.acted")
    assert acted.facts == {"did": "PATCH members", "made": str(goyang.pk)}
    assert AuditEntry.objects.filter(act="member.changed").count() == 1


def test_nobody_writes_over_what_they_never_saw(office):
    goyang = add_member("Goyang")
    path = f"{MEMBERS}/{goyang.pk}"
    tag = office.get(path).headers["ETag"]
    Member.objects.filter(pk=goyang.pk).update(address="158 Goyangsicheong-ro")

    problem_of(office.patch(path, {"address": "x"}), 428)
    problem_of(office.patch(path, {"address": "x"}, if_match=tag), 412)
    problem_of(office.patch(path, {"address": "x"}, if_match="*"), 412)

    goyang.refresh_from_db()
    assert goyang.address == "158 Goyangsicheong-ro"
    assert set(AuditEntry.objects.values_list("act", flat=True)) == {"token.made"}


@pytest.mark.parametrize(
    ("sent", "pointer"),
    [
        ({"website": "javascript:alert(1)"}, "/website"),
        ({"language": "fr"}, "/language"),
        ({"in_directory": "perhaps"}, "/in_directory"),
        ({"address": "a\x00b"}, "/address"),
    ],
)
def test_values_that_are_none_are_refused_by_pointer(office, sent, pointer):
    goyang = add_member("Goyang")
    path = f"{MEMBERS}/{goyang.pk}"
    tag = office.get(path).headers["ETag"]

    errors = problem_of(office.patch(path, sent, if_match=tag), 422)["errors"]

    assert [each["pointer"] for each in errors] == [pointer]
    assert set(AuditEntry.objects.values_list("act", flat=True)) == {"token.made"}


def test_finance_reads_members_and_changes_none(client):
    goyang = add_member("Goyang")
    program = program_of(client, role="finance")
    path = f"{MEMBERS}/{goyang.pk}"

    tag = program.get(path).headers["ETag"]

    problem_of(program.patch(path, {"address": "x"}, if_match=tag), 403)


@time_machine.travel("2020-12-31 15:30:00Z", tick=False)
def test_today_is_todays_date_in_seoul(office):
    report = office.get("/api/v1/membership-report").json()

    assert report["on"] == "2021-01-01"
