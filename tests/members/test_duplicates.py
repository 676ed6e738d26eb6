"""The same organisation twice: found in either script, over other names, and never merged."""

import pytest

from members.duplicates import core_of, find_duplicates
from members.models import Member, MemberName
from tests.members.applicants import add_application
from tests.register import add_member

pytestmark = pytest.mark.django_db


def found(*names, country="KR", **options):
    return [
        (str(twin.found), twin.certain)
        for twin in find_duplicates(*names, country_code=country, **options)
    ]


@pytest.fixture
def ulyanovsk(db):
    member = add_member("Ulyanovsk", "RU", name_ko="울라놉스크", region="europe")
    MemberName.objects.create(member=member, name_ko="올라놉스크", note="Paper of 2020")
    return member


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("City of São Paulo", "sao paulo"),
        ("Suncheon-si", "suncheon si"),
        ("순천시", "순천"),
        ("서울특별시", "서울"),
        ("강남구", "강남"),
        ("대구", "대구"),
        ("Metropolitan City", "metropolitan city"),
        ("Danfoss Ltd.", "danfoss"),
    ],
)
def test_core_of_a_name_says_which(name, core):
    assert core_of(name) == core


@pytest.mark.parametrize("name", ["Suncheon", "SUNCHEON", " suncheon  "])
def test_same_english_name_is_certain(name):
    add_member("Suncheon", name_ko="순천")

    assert found(name) == [("Suncheon", True)]


def test_same_korean_name_alone_is_certain():
    add_member("Suncheon", name_ko="순천")

    assert found("", "순천") == [("Suncheon", True)]


def test_english_with_city_and_the_same_korean_name_is_certain():
    add_member("Suncheon", name_ko="순천")

    assert found("Suncheon City", "순천시") == [("Suncheon", True)]


def test_same_korean_name_under_other_english_ones_is_a_likeness():
    add_member("Goseong (Gangwon)", name_ko="고성군")

    assert found("Goseong (Gyeongnam)", "고성군") == [("Goseong (Gangwon)", False)]


def test_an_other_name_says_so(ulyanovsk):
    (twin,) = find_duplicates("Simbirsk", "올라놉스크", country_code="RU")

    assert (twin.found, twin.certain) == (ulyanovsk, True)
    assert twin.why == "also known as 올라놉스크"


def test_a_slip_of_spelling_is_a_likeness(ulyanovsk):
    assert found("Ulyanovks", country="RU") == [("Ulyanovsk", False)]


def test_name_in_the_local_script_is_compared(ulyanovsk):
    MemberName.objects.create(member=ulyanovsk, name_en="Ульяновск")

    assert found("Simbirsk", name_local="Ульяновск", country="RU") == [("Ulyanovsk", False)]


def test_nested_territories_are_likenesses():
    add_member("Gadarif State", "SD", region="africa", level="state")

    assert found("Gadarif City", country="SD") == [("Gadarif State", False)]


def test_the_same_name_of_another_kind_is_a_likeness():
    add_member("Sejong", kind="institution")

    assert found("Sejong", kind="city") == [("Sejong", False)]


def test_other_countries_and_other_names_are_left_alone():
    add_member("Cordoba", "ES", region="europe")
    add_member("Busan", name_ko="부산")
    add_member("Dhaka North", "BD")

    assert found("Cordoba", country="AR") == []
    assert found("Ulsan", "울산") == []
    assert found("Dhaka South", country="BD") == []


def test_merged_members_are_found_under_their_survivor_only():
    survivor = add_member("Suncheon")
    add_member("Suncheon City", merged_into=survivor)

    assert found("Suncheon") == [("Suncheon", True)]


@pytest.mark.parametrize(
    ("state", "number"), [("submitted", 1), ("accepted", 1), ("draft", 0), ("rejected", 0)]
)
def test_open_applications_are_found(state, number):
    member = add_member("Yeosu") if state == "accepted" else None
    add_application(state=state, member=member)

    assert len(found("Suncheon")) == number


def test_the_asking_application_is_no_twin_of_itself():
    application = add_application()

    assert found("Suncheon", apart_from=application) == []


@pytest.mark.parametrize("members", [10, 60])
def test_questions_to_the_database_stay_three(members, django_assert_num_queries):
    for number in range(members):
        add_member(f"City number {number}")
    assert Member.objects.count() == members

    with django_assert_num_queries(3):
        find_duplicates("Suncheon", country_code="KR")
