"""The page where facts of a member are corrected."""

import pytest

from tests.register import add_member
from wego.models import AuditEntry

LIST = "/admin/members/member/"
FACTS = {
    "country_code": "KR",
    "region": "asia",
    "is_capital": "on",
    "level": "",
    "language": "ko",
    "address": "",
    "website": "",
    "in_directory": "on",
    "note": "",
    "reason": "",
}


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2020-03-02 03:00:00Z")


@pytest.fixture
def seoul(register):
    return register["Seoul"]


def file_of(member):
    return f"{LIST}{member.pk}/change/"


def facts_of(member):
    return f"{LIST}{member.pk}/facts/"


def inline(**rows):
    return {
        "other_names-TOTAL_FORMS": "1" if rows else "0",
        "other_names-INITIAL_FORMS": "0",
        **{f"other_names-0-{name}": value for name, value in rows.items()},
    }


def test_facts_are_corrected_with_old_and_new_kept(kim, seoul, secretariat):
    response = kim.post(
        facts_of(seoul),
        {**FACTS, "address": "110 Sejong-daero", "reason": "Letter of 1 March", **inline()},
    )

    assert response.url == file_of(seoul)
    seoul.refresh_from_db()
    assert (seoul.address, seoul.name_en, seoul.kind) == ("110 Sejong-daero", "Seoul", "city")
    entry = AuditEntry.objects.get(act="member.changed")
    assert (entry.by, entry.why, entry.facts["address"]) == (
        secretariat,
        "Letter of 1 March",
        ["", "110 Sejong-daero"],
    )


def test_other_spellings_are_added_and_told_to_the_audit_trail(kim, seoul):
    response = kim.post(
        facts_of(seoul), {**FACTS, **inline(name_en="Hanyang", used_until="1910-08-29")}
    )

    assert response.status_code == 302
    assert seoul.other_names.get().name_en == "Hanyang"
    assert AuditEntry.objects.get().facts == {"added": "Hanyang", "corrected": "", "taken_out": ""}


def test_name_and_kind_are_not_typed_over(kim, seoul):
    kim.post(facts_of(seoul), {**FACTS, "name_en": "Hanyang", "kind": "company", **inline()})

    seoul.refresh_from_db()
    assert (seoul.name_en, seoul.kind) == ("Seoul", "city")


def test_saving_nothing_new_writes_nothing(kim, seoul):
    assert kim.post(facts_of(seoul), {**FACTS, **inline()}).status_code == 302
    assert AuditEntry.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "change", "sentence"),
    [
        ("Danfoss", {"is_capital": "on"}, "Only a city can be a capital."),
        ("Kathmandu", {"country_code": "KR"}, "is in the register already"),
        ("Kathmandu", {"country_code": "XX"}, "Select a valid choice."),
        ("Kathmandu", {"website": "seoul"}, "Enter a valid URL."),
        ("Kathmandu", {"website": "javascript:alert(1)"}, "Enter a valid URL."),
    ],
)
def test_facts_page_shows_why_not(kim, register, name, change, sentence):
    add_member("Kathmandu", "KR")
    member = register[name]
    facts = {**FACTS, "is_capital": "", "country_code": member.country_code, **change}

    page = kim.post(facts_of(member), {**facts, **inline()})

    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert "<title>Error:" in page.content.decode()
    assert AuditEntry.objects.count() == 0


@pytest.mark.parametrize("pk", ["0", "999"])
def test_facts_of_nobody_are_not_found(kim, db, pk):
    assert kim.get(f"{LIST}{pk}/facts/").status_code == 404
