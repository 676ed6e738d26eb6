"""Names, kinds and duplicates on the staff pages: what changes is shown first."""

import datetime as dt
import html
import re

import pytest
import time_machine

from dues.models import Invoice
from members.models import Member, MemberName
from tests.dues.builders import issued_invoice
from tests.register import add_figure, add_gdp, add_member
from wego.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_september_2022():
    with time_machine.travel(dt.datetime(2022, 9, 20, 3, tzinfo=dt.UTC)):
        yield


def text_of(response):
    page = response.content.decode()
    main = re.search(r"<main.*?</main>", page, re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main.group() if main else page)).split())


def page_of(member, act):
    return f"/admin/members/member/{member.pk}/{act}/"


NEW_NAME = {
    "name_en": "Astana",
    "name_ko": "아스타나",
    "used_from": "2022-09-17",
    "reason": "Decree of 17 Sep 2022",
}


def test_new_name_holds_from_its_day_and_old_invoices_keep_the_old(kim):  # X10
    member = add_member("Nur-Sultan", "KZ", name_ko="누르술탄", on=dt.date(2012, 1, 1))
    issued_invoice(member, year=2022)

    assert "no amount changes" in text_of(kim.get(page_of(member, "rename")))
    answer = kim.post(page_of(member, "rename"), NEW_NAME)

    assert answer.url == f"/admin/members/member/{member.pk}/change/"
    member.refresh_from_db()
    assert (member.name_en, member.name_ko) == ("Astana", "아스타나")
    assert list(MemberName.objects.values_list("name_en", "used_until")) == [
        ("Nur-Sultan", dt.date(2022, 9, 16))
    ]
    assert Invoice.objects.get().snapshot["member"]["name_en"] == "Nur-Sultan"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name_en": ""}, "This field is required."),
        ({"used_from": "2022-09-21"}, "2022-09-21 is still to come"),
        ({"name_en": "Nur-Sultan", "name_ko": ""}, "Nur-Sultan is called so already."),
        ({"reason": ""}, "This field is required."),
        ({"name_en": "Almaty"}, "Almaty is in the register already"),
    ],
)
def test_refused_name_changes_nothing(kim, change, sentence):
    add_member("Almaty", "KZ", on=dt.date(2012, 1, 1))
    member = add_member("Nur-Sultan", "KZ", on=dt.date(2012, 1, 1))

    page = kim.post(page_of(member, "rename"), NEW_NAME | change)

    assert page.status_code == 422
    assert sentence in text_of(page)
    assert Member.objects.get(pk=member.pk).name_en == "Nur-Sultan"
    assert MemberName.objects.count() == 0


def test_change_of_kind_shows_the_next_invoice_before_it_is_saved(kim):
    member = add_member("Seoul Digital Foundation", kind="institution", on=dt.date(2012, 1, 1))
    add_figure(member, 120, year=2022, measure="employees")
    data = {"kind": "company", "level": "", "reason": "It became a company."}

    page = kim.post(page_of(member, "kind"), data)
    words = text_of(page)

    assert page.status_code == 200
    assert "Kind Institution → Company" in words
    assert "Next invoice dues year 2022 Amount no invoice → USD 2,000" in words
    assert Member.objects.get(pk=member.pk).kind == "institution"

    kim.post(page_of(member, "kind"), data | {"step": "save"})

    assert Member.objects.get(pk=member.pk).kind == "company"
    assert AuditEntry.objects.get(act="member.kind_changed").why == "It became a company."


def test_level_alone_moves_no_money(kim):
    member = add_member("Goyang", on=dt.date(2012, 1, 1))
    add_figure(member, 280_000, year=2022)
    add_gdp("KR", "42300", year=2022)
    data = {"kind": "city", "level": "province", "reason": "Law of 2022"}

    words = text_of(kim.post(page_of(member, "kind"), data))
    assert "Level – → Province" in words
    assert "Amount stays USD 6,000" in words

    kim.post(page_of(member, "kind"), data | {"step": "save"})
    assert Member.objects.get(pk=member.pk).level == "province"


def test_change_that_changes_nothing_is_refused(kim):
    member = add_member("Goyang", on=dt.date(2012, 1, 1))

    page = kim.post(page_of(member, "kind"), {"kind": "city", "level": "", "reason": "x"})

    assert page.status_code == 422
    assert "Nothing is different" in text_of(page)


def test_duplicate_is_found_in_either_script_and_never_itself(kim):
    goyang = add_member("Goyang", name_ko="고양시", on=dt.date(2012, 1, 1))
    add_member("Goyang City", name_ko="고양", on=dt.date(2012, 1, 1))

    words = text_of(kim.get(page_of(goyang, "merge") + "?name=고양"))

    assert "1 member found Goyang City" in words
    assert "Nobody is called “Busan”" in text_of(kim.get(page_of(goyang, "merge") + "?name=Busan"))


def test_merge_shows_both_and_moves_one_into_the_other(kim):
    goyang = add_member("Goyang", name_ko="고양시", on=dt.date(2012, 1, 1))
    twin = add_member("Goyang City", name_ko="고양", on=dt.date(2014, 1, 1))
    issued_invoice(twin, year=2022)
    address = page_of(goyang, "merge")

    words = text_of(kim.get(f"{address}?other={twin.pk}"))
    assert "In the register since 1 Jan 2012 1 Jan 2014" in words
    assert "Invoices 0 1" in words
    data = {"other": twin.pk, "keep": goyang.pk, "reason": "The city wrote so."}
    kim.post(address, data)

    twin.refresh_from_db()
    assert twin.merged_into == goyang
    assert Invoice.objects.get().member == twin


def test_the_other_one_may_stay_and_a_merge_is_undone(kim):
    goyang = add_member("Goyang", on=dt.date(2012, 1, 1))
    twin = add_member("Goyang City", on=dt.date(2014, 1, 1))

    answer = kim.post(
        page_of(goyang, "merge"), {"other": twin.pk, "keep": twin.pk, "reason": "The city wrote."}
    )

    assert answer.url == f"/admin/members/member/{twin.pk}/change/"
    assert Member.objects.get(pk=goyang.pk).merged_into == twin
    kim.post(page_of(goyang, "unmerge"), {"reason": "A mistake"})
    assert Member.objects.get(pk=goyang.pk).merged_into is None


@pytest.mark.parametrize("keep", ["", "999999", "x"])
def test_merge_keeps_one_of_the_two_or_nothing_happens(kim, keep):
    goyang = add_member("Goyang", on=dt.date(2012, 1, 1))
    twin = add_member("Goyang City", on=dt.date(2014, 1, 1))

    page = kim.post(page_of(goyang, "merge"), {"other": twin.pk, "keep": keep, "reason": "x"})

    assert page.status_code == 422
    assert Member.objects.filter(merged_into__isnull=False).count() == 0


def test_nobody_is_merged_into_itself_or_into_a_merged_one(kim):
    goyang = add_member("Goyang", on=dt.date(2012, 1, 1))
    twin = add_member("Goyang City", on=dt.date(2014, 1, 1), merged_into=goyang)
    busan = add_member("Busan", on=dt.date(2012, 1, 1))

    assert kim.get(f"{page_of(goyang, 'merge')}?other={goyang.pk}").status_code == 404
    assert kim.get(f"{page_of(busan, 'merge')}?other={twin.pk}").status_code == 404


@pytest.mark.parametrize("act", ["rename", "kind", "merge", "unmerge"])
def test_changes_are_the_secretariats(client, finance, act):
    member = add_member("Goyang", on=dt.date(2012, 1, 1))

    assert client.get(page_of(member, act)).status_code == 302
    client.force_login(finance)
    assert client.get(page_of(member, act)).status_code == 403
    assert client.post(page_of(member, act), NEW_NAME).status_code == 403
    assert Member.objects.get().name_en == "Goyang"
