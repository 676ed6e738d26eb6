"""The public directory: who stands in it, how it is asked, what it never says, what it costs."""

import datetime as dt
import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from members.history import Entry
from members.models import Affiliation, Contact, Member, MemberName, StatusEntry, User
from tests.register import add_member

pytestmark = pytest.mark.django_db
DIRECTORY = "/directory/"


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2020-03-02 03:00:00Z")


@pytest.fixture
def members(db):
    """Who belongs, and who must not be shown."""
    seoul = add_member("Seoul", name_ko="서울", website="https://seoul.go.kr")
    almaty = add_member("Nur-Sultan", "KZ", name_ko="누르술탄")
    MemberName.objects.create(member=almaty, name_en="Astana")
    add_member("Kathmandu", "NP", name_ko="카트만두", status="associate")
    add_member("Danfoss", "DK", name_ko="Danfoss", kind="company", region="europe")
    add_member("Berlin", "DE", region="europe", status="withdrawn")
    add_member("Shyville", "FR", region="europe", in_directory=False)
    add_member("Hanyang", merged_into=seoul)
    add_member("Tomorrow", "US", region="americas", on=dt.date(2020, 3, 3))
    Contact.objects.create(
        member=seoul, role="head", full_name="Secret Mayor", email="mayor@seoul.kr"
    )
    return {member.name_en: member for member in Member.objects.all()}


def names_on(page):
    return [member.name_en for member, _since in page.context["members"]]


def test_it_shows_who_belongs_today_and_did_not_opt_out(client, members):
    page = client.get(DIRECTORY)

    assert names_on(page) == ["Danfoss", "Kathmandu", "Nur-Sultan", "Seoul"]
    text = page.content.decode()
    assert "4 members · 4 countries" in text
    assert 'href="https://seoul.go.kr" rel="nofollow noopener noreferrer"' in text
    assert 'name="robots"' not in text


def test_it_says_nothing_of_people_status_or_notes(client, members):
    Member.objects.update(note="Talks", address="110 Sejong-daero")
    StatusEntry.objects.create(
        member=members["Seoul"], status="suspended", effective_on=dt.date(2020, 1, 1), reason="x"
    )

    text = client.get(DIRECTORY).content.decode()

    assert "Seoul" in text
    for secret in ("Mayor", "mayor@", "Talks", "Sejong-daero", "Suspended", "suspended"):
        assert secret not in text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=seoul", ["Seoul"]),
        ("q=서울", ["Seoul"]),
        ("q=hanyang", ["Seoul"]),
        ("q=astana", ["Nur-Sultan"]),
        ("q=NURSULTAN", ["Nur-Sultan"]),
        ("q=nepal", ["Kathmandu"]),
        ("q=shyville", []),
        ("q=berlin", []),
        ("q=mayor", []),
        ("region=europe", ["Danfoss"]),
        ("region=asia&kind=city", ["Kathmandu", "Nur-Sultan", "Seoul"]),
        ("kind=company&q=danfoss", ["Danfoss"]),
        ("kind=institution", []),
        ("region=atlantis", ["Danfoss", "Kathmandu", "Nur-Sultan", "Seoul"]),
        ("q=%25'", []),
    ],
)
def test_it_is_searched_in_both_scripts_and_narrowed(client, members, query, found):
    page = client.get(f"{DIRECTORY}?{query}")

    assert page.status_code == 200
    assert names_on(page) == found


def test_chips_count_within_the_rest_and_keep_it(client, members):
    page = client.get(f"{DIRECTORY}?region=asia&q=a")

    assert [(str(c.label), c.url, c.count, c.chosen) for c in page.context["kind_chips"]] == [
        ("All", "/directory/?q=a&region=asia", 1, True),
        ("City", "/directory/?q=a&region=asia&kind=city", 1, False),
    ]
    page = client.get(f"{DIRECTORY}?region=asia")
    assert [(str(c.label), c.url, c.count, c.chosen) for c in page.context["kind_chips"]] == [
        ("All", "/directory/?region=asia", 3, True),
        ("City", "/directory/?region=asia&kind=city", 3, False),
    ]
    assert [(str(c.label), c.count, c.chosen) for c in page.context["region_chips"]] == [
        ("All", 4, False),
        ("Asia", 3, True),
        ("Europe", 1, False),
    ]


def test_it_speaks_korean(client, members):
    client.cookies["django_language"] = "ko"

    page = client.get(DIRECTORY)

    assert names_on(page) == ["Nur-Sultan", "Seoul", "Kathmandu", "Danfoss"]
    assert "누르술탄" in page.content.decode()


def test_nothing_found_says_what_to_do(client, members):
    text = client.get(f"{DIRECTORY}?q=atlantis").content.decode()

    assert "No member is called so" in text
    assert 'href="/directory/"' in text


@pytest.mark.parametrize(
    ("lines", "since"),
    [
        ([], None),
        ([("associate", "2012-05-01"), ("full", "2012-09-01")], "2012-05-01"),
        ([("full", "2012-09-01"), ("suspended", "2015-01-01")], "2012-09-01"),
        (
            [("full", "2010-09-01"), ("withdrawn", "2015-12-31"), ("associate", "2018-02-01")],
            "2018-02-01",
        ),
        ([("full", "2031-01-01")], None),
    ],
)
def test_since_is_the_membership_that_stands(lines, since):
    from members.directory import on_roster_since

    entries = [Entry(status, dt.date.fromisoformat(day)) for status, day in lines]

    found = on_roster_since(entries, dt.date(2020, 3, 2))

    assert found == (dt.date.fromisoformat(since) if since else None)


def crowd(count):
    members = Member.objects.bulk_create(
        Member(kind="city", name_en=f"City {n:05d}", country_code="KR", region="asia")
        for n in range(count)
    )
    StatusEntry.objects.bulk_create(
        StatusEntry(member=m, status="full", effective_on=dt.date(2012, 9, 1), reason="x")
        for m in members
    )


@pytest.mark.parametrize("count", [10, 70])
@pytest.mark.parametrize(
    ("query", "queries"), [("", 3), ("q=city", 4), ("region=asia&page=2", 3), ("q=atlantis", 4)]
)
def test_it_takes_at_most_four_queries(client, count, query, queries):
    crowd(count)

    with CaptureQueriesContext(connection) as captured:
        client.get(f"{DIRECTORY}?{query}")

    assert len(captured) <= queries


@pytest.mark.parametrize(
    ("page", "shown", "number"),
    [("", 60, 1), ("2", 10, 2), ("99", 10, 2), ("x", 60, 1), ("0", 60, 1)],
)
def test_sixty_stand_on_a_page(client, page, shown, number):
    crowd(70)

    answer = client.get(f"{DIRECTORY}?page={page}")

    assert (len(names_on(answer)), answer.context["number"]) == (shown, number)
    assert 'href="/directory/?page=2"' in answer.content.decode() or number == 2


def test_strangers_may_keep_it_and_staff_may_not(client, members, finance):
    kept = client.get(DIRECTORY)
    client.force_login(finance)
    fresh = client.get(DIRECTORY)

    assert "max-age=300" in kept.headers["Cache-Control"]
    assert "Cookie" in kept.headers["Vary"]
    assert fresh.headers["Cache-Control"] == "no-store, private"


def test_a_members_person_sees_the_same(client, members):
    person = User.objects.create_user("yoon@seoul.kr", full_name="Yoon")
    Affiliation.objects.create(user=person, member=members["Seoul"], role="reader")
    client.force_login(person)

    assert names_on(client.get(DIRECTORY)) == ["Danfoss", "Kathmandu", "Nur-Sultan", "Seoul"]


def test_it_is_only_read(client, members):
    assert client.post(DIRECTORY, {"q": "seoul"}).status_code == 405


def test_typed_text_is_escaped(client, members):
    text = client.get(DIRECTORY, {"q": '"><script>alert(1)</script>'}).content.decode()

    assert "<script>alert" not in text
    assert re.search(r'value="[^"]*script', html.unescape(text.replace("&quot;", "'"))) is not None
