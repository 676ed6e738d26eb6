"""Policies on one page: what was chosen, what follows from it, and how one is changed."""

import html
import re

import pytest

from wego.models import AuditEntry, PolicyValue

pytestmark = pytest.mark.django_db
PAGE = "/admin/wego/policyvalue/"
FIRST_DUES = f"{PAGE}first_dues/"
REMINDER_DAYS = f"{PAGE}reminder_days/"
NUMBERS = [
    *("S1", "S2", "S3", "S4", "S5", "S6", "S8", "S8", "S8", "S9", "S10", "S11"),
    *("S12", "S13", "S13", "S14", "S15", "S16", "S18", "S21", "S21", "4.4"),
    *("S27", "S28", "S28", "S29", "S30", "S31", "S31", "S32", "S32", "S32", "S32"),
    *("S33", "S33", "S34", "S35", "S36", "S36", "S36", "S36"),
]


@pytest.fixture
def kim(client, secretariat):
    client.force_login(secretariat)
    return client


@pytest.fixture
def park(client, administrator):
    client.force_login(administrator)
    return client


def text_of(response):
    page = response.content.decode()
    main = re.search(r"<main.*?</main>", page, re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main.group() if main else page)).split())


def test_page_shows_every_switch_with_number_answer_and_effect(kim):
    page = kim.get(PAGE)
    words = text_of(page)

    assert page.status_code == 200
    shown = re.findall(r'<h3><span class="quiet">([^<]+)</span>', page.content.decode())
    assert shown == NUMBERS
    assert "S8 Days from the due day on which members are written to -14, 1, 30, 90, 180" in words
    assert "S5 First dues year The year after the approval default" in words
    assert "Invoices already issued do not change" in words
    assert "You may read the policies. An administrator changes them." in words
    assert "No policy was ever changed" in words
    assert b"first_dues/" not in page.content


def test_chosen_answer_shows_beside_its_default(park):
    PolicyValue.objects.create(key="leaving_year", value="pro_rata")

    words = text_of(park.get(PAGE))

    assert "The months until it leaves chosen Default: The whole year" in words


def test_change_shows_old_and_new_before_it_is_made(park):
    page = park.post(FIRST_DUES, {"value": "same_year", "why": "EXCOM 2026, item 7"})
    words = text_of(page)

    assert page.status_code == 200
    assert "Until now The year after the approval" in words
    assert "From now on The year of the approval, in full" in words
    assert (PolicyValue.objects.count(), AuditEntry.objects.count()) == (0, 0)


def test_change_is_made_and_in_the_audit_trail(park, administrator):
    data = {"step": "change", "value": "same_year", "why": "EXCOM 2026, item 7"}

    answer = park.post(FIRST_DUES, data)

    assert answer.url == PAGE
    assert PolicyValue.objects.get().value == "same_year"
    entry = AuditEntry.objects.get(act="policy.changed")
    assert (entry.by, entry.why) == (administrator, "EXCOM 2026, item 7")
    assert entry.facts["value"] == ["next_year", "same_year"]
    words = text_of(park.get(PAGE))
    assert "S5 First dues year The year after the approval The year of the approval" in words
    assert "EXCOM 2026, item 7" in words


@pytest.mark.parametrize(
    ("key", "data", "sentence"),
    [
        ("first_dues", {"value": "same_year", "why": " "}, "This field is required."),
        ("first_dues", {"value": "never", "why": "x"}, "never is not one of the available choices"),
        ("first_dues", {"value": "next_year", "why": "x"}, "This is what holds already"),
        ("hearing_days", {"value": "366", "why": "x"}, "less than or equal to 365"),
        ("hearing_days", {"value": "a", "why": "x"}, "Enter a whole number."),
        ("reminder_days", {"value": "30,1", "why": "x"}, "in ascending order"),
        ("reminder_days", {"value": "soon", "why": "x"}, "Enter at most 8 whole numbers"),
        ("reminder_days", {"value": "-14,1,30, 90,180", "why": "x"}, "This is what holds already"),
    ],
)
@pytest.mark.parametrize("step", ["", "change"])
def test_refused_change_changes_nothing(park, step, key, data, sentence):
    page = park.post(f"{PAGE}{key}/", data | {"step": step})

    assert page.status_code == 422
    assert sentence in text_of(page)
    assert b"<title>Error:" in page.content
    assert (PolicyValue.objects.count(), AuditEntry.objects.count()) == (0, 0)


def test_number_is_changed_too(park):
    park.post(f"{PAGE}hearing_days/", {"step": "change", "value": "45", "why": "Statute 2026"})

    assert PolicyValue.objects.get().value == "45"


def test_numbers_are_typed_with_commas(park):
    page = park.get(REMINDER_DAYS)
    assert 'value="-14, 1, 30, 90, 180"' in page.content.decode()

    checked = text_of(park.post(REMINDER_DAYS, {"value": "-7,14", "why": "Finance"}))
    park.post(REMINDER_DAYS, {"step": "change", "value": "-7,14", "why": "Finance"})

    assert "Until now -14, 1, 30, 90, 180 From now on -7, 14" in checked
    assert PolicyValue.objects.get().value == "-7, 14"
    assert "-14, 1, 30, 90, 180 -7, 14 Finance" in text_of(park.get(PAGE))


@pytest.mark.parametrize("key", ["dues_year", "nothing"])
def test_fixed_and_unknown_switches_have_no_page(park, key):
    assert park.get(f"{PAGE}{key}/").status_code == 404


def test_only_an_administrator_changes_policies(client, secretariat, finance):
    data = {"step": "change", "value": "same_year", "why": "x"}

    assert client.post(FIRST_DUES, data).status_code == 302
    client.force_login(secretariat)
    assert client.post(FIRST_DUES, data).status_code == 403
    assert client.get(FIRST_DUES).status_code == 403
    client.force_login(finance)
    assert client.get(PAGE).status_code == 403
    assert PolicyValue.objects.count() == 0


def test_settings_lead_to_the_policies(kim):
    assert PAGE.encode() in kim.get("/admin/settings/").content


def test_page_takes_four_queries(kim, django_assert_num_queries):
    kim.get(PAGE)

    with django_assert_num_queries(4):
        kim.get(PAGE)
