import datetime as dt
import io

import pytest
from django.core import signing
from django.urls import reverse
from openpyxl import load_workbook

from members.lifecycle import record_status
from members.models import CountryFigure, Member, MemberFigure, MemberName, StatusEntry
from tests.register import add_figure, add_member

LIST = "/admin/members/member/"
CITIES = "name_en,country_code,population,population_source\n"
PAGES = [
    LIST,
    "/admin/members/member/add/",
    "/admin/members/member/{pk}/change/",
    "/admin/members/member/{pk}/status/",
    "/admin/members/member/{pk}/figure/",
    "/admin/members/member/checklist/",
    "/admin/members/member/report/",
    "/admin/members/member/report/xlsx/",
    "/admin/members/memberfigure/",
    "/admin/members/memberfigure/upload/",
    "/admin/members/countryfigure/",
    "/admin/members/countryfigure/add/",
]


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2020-03-02 03:00:00Z")


@pytest.fixture
def kim(client, secretariat):
    client.force_login(secretariat)
    return client


@pytest.fixture
def staff(secretariat, finance, administrator):
    return {user.role: user for user in (secretariat, finance, administrator)}


@pytest.fixture
def register(db):
    seoul = add_member("Seoul", name_ko="서울", is_capital=True)
    add_member("Nur-Sultan", "KZ", name_ko="누르술탄", status_confirmed=False)
    add_member("Kathmandu", "NP", name_ko="카트만두", level="city", status_confirmed=False)
    add_member("Danfoss", "DK", kind="company", name_ko="댄포스")
    add_member("Berlin", "DE", region="europe", status="withdrawn")
    add_figure(seoul, 9_776_000)
    MemberName.objects.create(
        member=Member.objects.get(name_en="Nur-Sultan"), name_en="Astana", name_ko="아스타나"
    )
    return {member.name_en: member for member in Member.objects.all()}


def names_on(page):
    return [member.name_en for member in page.context["cl"].result_list]


@pytest.mark.parametrize("address", PAGES)
def test_pages_are_for_the_secretariat_and_administrators(client, register, staff, address):
    address = address.format(pk=register["Seoul"].pk)

    assert client.get(address).url == f"/admin/login/?next={address}"
    for role, status in (("finance", 403), ("secretariat", 200), ("administrator", 200)):
        client.force_login(staff[role])
        assert client.get(address).status_code == status


@pytest.mark.parametrize("address", PAGES[1:6])
def test_a_city_contact_stays_outside(client, register, django_user_model, address):
    client.force_login(django_user_model.objects.create_user("mayor@seoul.example"))

    response = client.get(address.format(pk=register["Seoul"].pk), follow=True)

    assert response.status_code == 403


def test_list_shows_standing_and_figure_of_the_year_at_work(kim, register):
    page = kim.get(LIST)

    text = page.content.decode()
    assert names_on(page) == ["Berlin", "Danfoss", "Kathmandu", "Nur-Sultan", "Seoul"]
    assert "figures of dues year 2020" in text
    assert "9,776,000" in text
    assert "Withdrawn" in text
    assert "31 Dec 2019" in text
    assert text.count('<span class="quiet">to confirm</span>') == 2


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=Kathm", ["Kathmandu"]),
        ("q=카트만두", ["Kathmandu"]),
        ("q=astana", ["Nur-Sultan"]),
        ("q=아스타나", ["Nur-Sultan"]),
        ("q=nepal", ["Kathmandu"]),
        ("q=korea", ["Seoul"]),
        ("q=대한민국", ["Seoul"]),
        ("q=atlantis", []),
        ("kind__exact=company", ["Danfoss"]),
        ("region__exact=europe", ["Berlin", "Danfoss"]),
        ("country=NP", ["Kathmandu"]),
        ("level=city", ["Kathmandu"]),
        ("status=withdrawn", ["Berlin"]),
        ("status=roster", ["Danfoss", "Kathmandu", "Nur-Sultan", "Seoul"]),
        ("open=status", ["Kathmandu", "Nur-Sultan"]),
        ("open=population", ["Kathmandu", "Nur-Sultan"]),
        ("o=-1&kind__exact=city", ["Seoul", "Nur-Sultan", "Kathmandu", "Berlin"]),
    ],
)
def test_list_is_searched_in_both_scripts_and_filtered(kim, register, query, found):
    page = kim.get(f"{LIST}?{query}")

    assert names_on(page) == found


def test_list_speaks_korean(kim, register, secretariat):
    kim.cookies["django_language"] = "ko"

    text = kim.get(LIST).content.decode()

    assert "서울" in text
    assert "2019. 12. 31." in text


def add_many(count):
    for number in range(count):
        member = add_member(f"City {number:05d}", status_confirmed=number % 2 == 0)
        add_figure(member, 1000 + number)


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_the_database_equally_often(kim, count, django_assert_num_queries):
    add_many(count)

    with django_assert_num_queries(8):
        page = kim.get(LIST)

    assert len(names_on(page)) == count


@pytest.mark.slow
@pytest.mark.parametrize("count", [200, 5000])
def test_list_asks_no_more_for_many_members(kim, count, django_assert_num_queries):
    members = Member.objects.bulk_create(
        Member(name_en=f"City {n:05d}", kind="city", country_code="KR", region="asia")
        for n in range(count)
    )
    StatusEntry.objects.bulk_create(
        StatusEntry(member=m, status="full", effective_on=dt.date(2019, 12, 31), reason="roster")
        for m in members
    )
    MemberFigure.objects.bulk_create(
        MemberFigure(member=m, measure="population", dues_year=2020, value=1000, source="x")
        for m in members
    )

    with django_assert_num_queries(8):
        page = kim.get(LIST)

    assert page.context["cl"].result_count == count
    assert len(names_on(page)) == 100


NEW = {
    "kind": "city",
    "name_en": "Almaty",
    "name_ko": "알마티",
    "country_code": "KZ",
    "region": "asia",
    "level": "city",
    "language": "en",
    "address": "",
    "note": "",
    "status": "associate",
    "on": "2020-02-03",
    "reason": "Application accepted",
}


def test_add_page_begins_a_history(kim, secretariat):
    response = kim.post(f"{LIST}add/", NEW)

    almaty = Member.objects.get()
    assert response.url == f"{LIST}{almaty.pk}/change/"
    entry = StatusEntry.objects.get()
    assert (entry.member, entry.status, entry.effective_on, entry.recorded_by) == (
        almaty,
        "associate",
        dt.date(2020, 2, 3),
        secretariat,
    )


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name_en": "seoul", "country_code": "KR"}, "Seoul is in the register already"),
        ({"on": ""}, "Enter a day."),
        ({"on": "2009-12-31"}, "2009-12-31 is before WeGO was founded in 2010."),
        ({"reason": ""}, "This field is required."),
        ({"status": "suspended"}, "Select a valid choice."),
        ({"country_code": "XX"}, "Select a valid choice."),
    ],
)
def test_add_page_refuses_with_a_sentence(kim, register, change, sentence):
    response = kim.post(f"{LIST}add/", {**NEW, **change})

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert Member.objects.count() == 5
    assert StatusEntry.objects.count() == 5


def inline(**rows):
    return {
        "other_names-TOTAL_FORMS": "1" if rows else "0",
        "other_names-INITIAL_FORMS": "0",
        **{f"other_names-0-{name}": value for name, value in rows.items()},
    }


def test_change_page_corrects_facts_and_adds_other_names(kim, register):
    seoul = register["Seoul"]

    response = kim.post(
        f"{LIST}{seoul.pk}/change/",
        {
            **NEW,
            "name_en": "Seoul",
            "country_code": "KR",
            "address": "110 Sejong-daero",
            **inline(name_en="Hanyang", used_until="1910-08-29"),
        },
    )

    assert response.status_code == 302
    seoul.refresh_from_db()
    assert seoul.address == "110 Sejong-daero"
    assert seoul.other_names.get().name_en == "Hanyang"
    assert seoul.status_entries.count() == 1


def test_change_page_refuses_the_name_of_another(kim, register):
    response = kim.post(
        f"{LIST}{register['Kathmandu'].pk}/change/",
        {**NEW, "name_en": "SEOUL", "country_code": "KR", **inline()},
    )

    assert "Seoul is in the register already" in response.content.decode()
    assert Member.objects.filter(name_en="Kathmandu").exists()


def test_change_page_shows_history_and_figures(kim, register):
    record_status(
        register["Seoul"], "suspended", on=dt.date(2020, 2, 1), reason="EXCOM 2019", by=None
    )

    text = kim.get(f"{LIST}{register['Seoul'].pk}/change/").content.decode()

    assert "Full member since 31 Dec 2019." in text
    assert "EXCOM 2019" in text
    assert "9,776,000" in text
    assert "Suspended" in text


def test_change_page_of_nobody(kim, db):
    assert kim.get(f"{LIST}999/change/", follow=True).redirect_chain == [("/admin/", 302)]
    assert kim.get(f"{LIST}999/status/").status_code == 404


@pytest.mark.parametrize("address", ["{pk}/delete/", "{pk}/history/"])
def test_a_member_is_never_deleted(kim, register, address):
    response = kim.get(LIST + address.format(pk=register["Seoul"].pk))

    assert response.status_code == (403 if "delete" in address else 200)
    assert Member.objects.count() == 5


def test_status_page_records_a_line(kim, register, secretariat):
    berlin = register["Berlin"]
    address = f"{LIST}{berlin.pk}/status/"

    page = kim.get(address)
    assert page.context["form"].fields["status"].choices == [
        ("associate", "Associate"),
        ("full", "Full member"),
    ]
    response = kim.post(
        address, {"status": "associate", "on": "2020-03-01", "reason": "New application"}
    )

    assert response.url == f"{LIST}{berlin.pk}/change/"
    last = berlin.status_entries.last()
    assert (last.status, last.effective_on, last.recorded_by) == (
        "associate",
        dt.date(2020, 3, 1),
        secretariat,
    )


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        (
            {"status": "full", "on": "2020-03-01", "reason": "x"},
            "Berlin is Withdrawn: that cannot become “Full member”.",
        ),
        (
            {"status": "associate", "on": "2019-01-01", "reason": "x"},
            "Berlin is Withdrawn from 2019-12-31: a change cannot lie before that.",
        ),
        ({"status": "honorary", "on": "2020-03-01", "reason": "x"}, "Select a valid choice."),
    ],
)
def test_status_page_shows_why_not(kim, register, posted, sentence):
    berlin = register["Berlin"]

    response = kim.post(f"{LIST}{berlin.pk}/status/", posted)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert berlin.status_entries.count() == 1


def test_figure_page_records_a_population(kim, register, secretariat):
    kathmandu = register["Kathmandu"]

    response = kim.post(
        f"{LIST}{kathmandu.pk}/figure/",
        {"year": "2020", "value": "1,442,271", "source": "Census", "source_year": "2011"},
    )

    assert response.status_code == 302
    figure = kathmandu.figures.get()
    assert (figure.measure, figure.value, figure.dues_year, figure.entered_by) == (
        "population",
        1_442_271,
        2020,
        secretariat,
    )


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"value": "1.442.271"}, "is not a number"),
        ({"value": "-5"}, "The figure cannot be negative."),
        ({"value": "0"}, "0 is no figure here"),
        ({"value": ""}, "This field is required."),
        ({"source": ""}, "This field is required."),
        ({"source_year": "1"}, "The year of the source must lie between 1900 and 2100."),
    ],
)
def test_figure_page_shows_why_not(kim, register, change, sentence):
    posted = {"year": "2020", "value": "5000", "source": "Census", "source_year": "", **change}

    response = kim.post(f"{LIST}{register['Kathmandu'].pk}/figure/", posted)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert register["Kathmandu"].figures.count() == 0


def test_actions_confirm_and_mark(kim, register, secretariat):
    kathmandu, nur_sultan = register["Kathmandu"], register["Nur-Sultan"]

    kim.post(LIST, {"action": "confirm_full", "_selected_action": [kathmandu.pk]})
    kim.post(LIST, {"action": "mark_associates", "_selected_action": [nur_sultan.pk]})

    assert not Member.objects.filter(status_confirmed=False).exists()
    today = dict(Member.objects.with_status(dt.date(2020, 3, 2)).values_list("name_en", "status"))
    assert (today["Kathmandu"], today["Nur-Sultan"]) == ("full", "associate")
    assert nur_sultan.status_entries.last().recorded_by == secretariat


def test_actions_refuse_what_is_settled(kim, register):
    page = kim.post(
        LIST,
        {
            "action": "mark_associates",
            "_selected_action": [register["Kathmandu"].pk, register["Seoul"].pk],
        },
        follow=True,
    )

    assert "The status of Seoul is confirmed already." in page.content.decode()
    assert StatusEntry.objects.count() == 5


def test_checklist_settles_both_lists_in_two_steps(kim, register, secretariat):
    kathmandu, nur_sultan = register["Kathmandu"], register["Nur-Sultan"]
    address = reverse("admin:members_member_checklist")
    assert "Kathmandu" in kim.get(address).content.decode()

    check = kim.post(address, {"step": "check", "associate": [nur_sultan.pk]})

    assert StatusEntry.objects.count() == 5
    assert "Mark 1, confirm 1" in check.content.decode()
    response = kim.post(
        address,
        {
            "step": "settle",
            "associate": f"{nur_sultan.pk},",
            "full": f"{kathmandu.pk},",
            "reason": "Printed in blue",
        },
        follow=True,
    )

    assert "1 associate marked, 1 statuses confirmed." in response.content.decode()
    assert nur_sultan.status_entries.last().status == "associate"
    assert nur_sultan.status_entries.last().reason == "Printed in blue"
    assert kathmandu.status_entries.last().reason == "Status confirmed on 2020-03-02."
    assert "Every status is confirmed" in kim.get(address).content.decode()


def test_checklist_asks_for_a_reason(kim, register):
    nur_sultan = register["Nur-Sultan"]

    response = kim.post(
        reverse("admin:members_member_checklist"),
        {"step": "settle", "associate": f"{nur_sultan.pk},", "full": "x,", "reason": " "},
    )

    assert response.status_code == 422
    assert "Give a reason" in response.content.decode()
    assert nur_sultan.status_entries.count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_report_page_counts_any_day(kim, count, django_assert_num_queries):
    for number in range(count):
        add_member(f"City {number}", is_capital=number == 0)

    with django_assert_num_queries(3):
        page = kim.get("/admin/members/member/report/?on=2019-12-31")

    assert page.context["report"]["cities"]["total"] == count
    assert "Capitals" in page.content.decode()
    earlier = kim.get("/admin/members/member/report/?on=2019-12-30")
    assert "Nobody was a member on this day" in earlier.content.decode()


def test_report_page_refuses_no_day(kim, db):
    page = kim.get("/admin/members/member/report/?on=2019-02-30")

    assert page.status_code == 422
    assert "This is not a day" in page.content.decode()


def test_report_workbook_lists_members_and_counts(kim, register):
    Member.objects.filter(name_en="Danfoss").update(name_en="=cmd|' /C calc'!A0")

    response = kim.get("/admin/members/member/report/xlsx/?on=2020-01-01")

    assert response["Content-Disposition"] == 'attachment; filename="wego-members-2020-01-01.xlsx"'
    book = load_workbook(io.BytesIO(response.content))
    members, regions, countries = book.worksheets
    assert [row[1].value for row in members.iter_rows(min_row=2)] == [
        "Seoul",
        "Nur-Sultan",
        "Kathmandu",
        "=cmd|' /C calc'!A0",
    ]
    assert {cell.data_type for row in members.iter_rows() for cell in row} <= {"s", "n", "d"}
    assert [cell.value for cell in regions[regions.max_row]] == ["Total", 3, 0, 1, 4]
    assert [[cell.value for cell in row] for row in countries.iter_rows(min_row=2)] == [
        ["South Korea", 1, 0, 0, 1],
        ["Kazakhstan", 1, 0, 0, 1],
        ["Nepal", 1, 0, 0, 1],
        ["Denmark", 0, 0, 1, 1],
        ["Total", 3, 0, 1, 4],
    ]


def test_report_workbook_speaks_korean(kim, register):
    kim.cookies["django_language"] = "ko"

    response = kim.get("/admin/members/member/report/xlsx/?on=2020-01-01")

    members, regions, _ = load_workbook(io.BytesIO(response.content)).worksheets
    head, seoul = ([cell.value for cell in row] for row in members.iter_rows(max_row=2))
    row = dict(zip(head, seoul, strict=True))
    assert (row["영문 명칭"], row["회원 구분"], row["수도"]) == ("Seoul", "도시", "예")
    assert [cell.value for cell in regions[1]] == ["지역", "도시", "기관", "기업", "전체"]


def upload(client, **files):
    posted = {"year": "2020"}
    for name, content in files.items():
        file = io.BytesIO(content.encode() if isinstance(content, str) else content)
        file.name = f"{name}.csv"
        posted[name] = file
    return client.post("/admin/members/memberfigure/upload/", posted)


def test_upload_is_checked_first_and_then_recorded(kim, register, secretariat):
    page = upload(
        kim,
        cities=CITIES + "Kathmandu,NP,985000,Census\nNur-Sultan,KZ,970,stat\nSeoul,KR,,\n",
        gdp="country_code,gdp_ppp_per_capita_usd,source\nNP,3600,IMF\n",
    )

    text = page.content.decode()
    assert page.status_code == 200
    assert (MemberFigure.objects.count(), CountryFigure.objects.count()) == (1, 0)
    assert "Record 3 figures for 2020" in text
    assert "970 persons? Enter persons, not thousands." in text
    assert "Kathmandu (NP): 985,000 is within 5 % of the band edge 1,000,000." in text

    done = kim.post(
        "/admin/members/memberfigure/upload/", {"checked": page.context["checked"]}, follow=True
    )

    assert "3 figures recorded for 2020." in done.content.decode()
    figure = MemberFigure.objects.get(member__name_en="Kathmandu")
    assert (figure.value, figure.source, figure.entered_by) == (985_000, "Census", secretariat)
    assert CountryFigure.objects.get().gdp_cents == 360_000


def test_upload_lists_bad_rows_and_offers_nothing_to_record(kim, register):
    page = upload(kim, cities=CITIES + "Atlantis,GR,1,x\nKathmandu,NP,-1,x\n")

    text = page.content.decode()
    assert page.status_code == 422
    assert "No member “Atlantis (GR)” (City) is known." in text
    assert "The figure cannot be negative." in text
    assert page.context["checked"] == ""
    assert MemberFigure.objects.count() == 1


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({}, "Choose at least one file of figures."),
        ({"cities": b"\xff\xfe"}, "The file is not text in UTF-8."),
        ({"cities": "name_en\nSeoul\n"}, "The file lacks the column"),
        ({"cities": b"x" * (2 * 1024 * 1024 + 1)}, "The file is larger than 2 MB."),
    ],
)
def test_upload_refuses_what_it_cannot_read(kim, register, files, sentence):
    page = upload(kim, **files)

    assert page.status_code == 422
    assert sentence in page.content.decode()


def test_upload_records_only_what_this_person_checked(kim, register, client, administrator):
    checked = upload(kim, cities=CITIES + "Kathmandu,NP,985000,Census\n").context["checked"]
    address = "/admin/members/memberfigure/upload/"

    for wrong in (checked[:-1], "nonsense", signing.dumps({"by": 1}, salt="other")):
        kim.post(address, {"checked": wrong})
    client.force_login(administrator)
    client.post(address, {"checked": checked})

    assert MemberFigure.objects.count() == 1


def test_gdp_page_records_a_figure(kim, db, secretariat):
    posted = {
        "country_code": "NP",
        "year": "2020",
        "value": "3,600.999",
        "source": "IMF WEO October 2019",
        "source_year": "2018",
        "definition": "",
    }

    assert kim.post("/admin/members/countryfigure/add/", posted).status_code == 302
    assert kim.post("/admin/members/countryfigure/add/", {**posted, "value": "0"}).status_code == (
        422
    )

    figure = CountryFigure.objects.get()
    assert (figure.gdp_cents, figure.entered_by) == (360_099, secretariat)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("address", ["memberfigure", "countryfigure"])
def test_figure_lists_ask_equally_often(kim, count, address, django_assert_num_queries):
    add_many(count)
    for code in ("KR", "NP", "DK")[:count]:
        CountryFigure.objects.create(country_code=code, dues_year=2020, gdp_cents=100, source="IMF")

    with django_assert_num_queries({"memberfigure": 5, "countryfigure": 5}[address]):
        page = kim.get(f"/admin/members/{address}/")

    assert page.context["cl"].result_count == count


@pytest.mark.parametrize("verb", ["change", "delete"])
def test_figures_are_neither_changed_nor_deleted(kim, register, verb):
    figure = MemberFigure.objects.get()

    response = kim.post(f"/admin/members/memberfigure/{figure.pk}/{verb}/", {"value": "1"})

    assert response.status_code == 403
    assert MemberFigure.objects.get().value == 9_776_000


def test_today_has_the_register_for_those_who_may_see_it(client, register, secretariat, finance):
    client.force_login(secretariat)
    text = client.get("/admin/").content.decode()
    assert "statuses to confirm" in text
    assert "cities without population for 2020" in text
    assert "?open=population" in text

    client.force_login(finance)
    assert "statuses to confirm" not in client.get("/admin/").content.decode()
