"""Figures: files that are checked first, a GDP by hand, lists that only grow."""

import io

import pytest
from django.core import signing

from members.models import CountryFigure, MemberFigure
from tests.register import add_figure, add_member

CITIES = "name_en,country_code,population,population_source\n"


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2020-03-02 03:00:00Z")


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


def add_many(count):
    for number in range(count):
        member = add_member(f"City {number:05d}", status_confirmed=number % 2 == 0)
        add_figure(member, 1000 + number)


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
