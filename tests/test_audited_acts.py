"""What people of finance and the secretariat do leaves one entry an act in the audit trail."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from dues import invoicing, schedules
from dues.models import FeeSchedule
from members.figure_files import import_figures
from members.figures import record_figure, record_gdp
from members.models import Member
from members.roster import import_roster
from tests.register import ROSTER_DAY, add_member, add_small_roster
from wego.models import AuditEntry

pytestmark = pytest.mark.django_db
ORIGIN = {"source": "declared", "source_year": 2019, "definition": ""}
ROSTER = "kind,name_en,name_ko,country_code,region,is_capital\ncity,Goyang,고양,KR,asia,false\n"


def only_entry(act):
    return AuditEntry.objects.get(act=act)


def test_issuing_a_year_is_one_entry(finance):
    add_small_roster()

    invoicing.issue_dues(2020, by=finance)
    invoicing.issue_dues(2020, by=finance)

    entry = only_entry("dues.issued")
    assert entry.by == finance
    assert entry.facts["invoices"] == 2
    assert (entry.facts["from"], entry.facts["to"]) == ("WEGO-2020-0001", "WEGO-2020-0002")
    assert entry.facts["total"].startswith("USD ")


def test_issuing_that_is_refused_leaves_none(finance):
    add_small_roster()

    with pytest.raises(ValidationError):
        invoicing.issue_dues(2020, by=finance, expected_hash="x")

    assert not AuditEntry.objects.exists()


def test_fee_schedule_from_copy_to_force(finance):
    paper = FeeSchedule.objects.filter(kind="city").get()

    draft = schedules.copy_to_draft(paper, first_dues_year=2028, by=finance)
    draft.source = "Paper of 2027"
    schedules.save_draft(draft, by=finance)
    schedules.put_in_force(draft, by=finance)
    schedules.put_in_force(draft, by=finance)

    acts = list(AuditEntry.objects.order_by("pk").values_list("act", flat=True))
    assert acts == ["schedule.copied", "schedule.saved", "schedule.put_in_force"]
    assert only_entry("schedule.saved").facts == {"source": [paper.source, "Paper of 2027"]}


def test_figures_by_hand_show_on_the_members_file(secretariat):
    goyang = add_member("Goyang")

    record_figure(goyang, "population", year=2020, value=1_066_351, by=secretariat, **ORIGIN)
    record_gdp("KR", year=2020, usd=42_300, by=secretariat, **ORIGIN)

    entry = only_entry("figure.recorded")
    assert (entry.file, entry.facts["value"]) == (f"member:{goyang.pk}", 1_066_351)
    assert only_entry("gdp.recorded").facts["value"] == "USD 42,300.00"


def test_imports_are_one_entry_each_and_none_when_nothing_is_new(secretariat):
    gdp = "country_code,gdp_ppp_per_capita_usd,source,year\nKR,42300,IMF,2018\n"

    for _twice in range(2):
        import_roster(ROSTER, on=ROSTER_DAY, by=secretariat)
        import_figures(year=2020, gdp=gdp, by=secretariat)

    assert Member.objects.count() == 1
    assert only_entry("roster.imported").facts == {
        "as_of": "2019-12-31",
        "created": 1,
        "updated": 0,
    }
    assert only_entry("figures.imported").facts == {"year": 2020, "files": ["gdp"], "figures": 1}


def test_invoice_settings_are_kept_old_and_new(client, finance):
    client.force_login(finance)
    page = client.get("/admin/dues/issuerprofile/")
    form = page.context["form"]
    typed = {bound.html_name: bound.value() for bound in form if bound.value() not in (None, False)}

    client.post(
        "/admin/dues/issuerprofile/",
        typed | {"seen": page.context["seen"], "bank_account": "1006-000-123456"},
    )

    facts = only_entry("issuer.changed").facts
    assert facts["bank_account"][1] == "1006-000-123456"


@pytest.mark.parametrize("what", ["xlsx", "csv"])
def test_download_of_a_year_is_noted(client, finance, what):
    add_small_roster()
    invoicing.issue_dues(2020, by=None)
    client.force_login(finance)

    response = client.get(reverse("admin:dues_year_download", args=[2020, what]))

    assert response.getvalue()

    entry = only_entry("dues.downloaded")
    assert (entry.by, entry.facts) == (finance, {"year": 2020, "what": what})


def test_download_of_the_report_is_noted(client, secretariat):
    client.force_login(secretariat)

    client.get(reverse("admin:members_member_report_xlsx"))

    assert only_entry("report.downloaded").by == secretariat
