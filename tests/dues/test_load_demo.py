import datetime as dt
import io

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command

from dues.models import Invoice, IssuerProfile
from dues.preview import preview_dues
from members.census import membership_report
from members.models import (
    Affiliation,
    Application,
    Contact,
    CountryFigure,
    Member,
    MemberFigure,
    MemberName,
    User,
)
from tests.register import add_member
from wego.demo import LOGINS, PASSWORD


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def load():
    out = io.StringIO()
    call_command("load_demo", stdout=out, skip_checks=True)
    return out.getvalue()


@pytest.fixture
def demo(db):
    return load()


def test_load_demo_brings_the_roster_and_figures(demo):
    assert demo == (
        "Demo loaded: 191 members as of 2019-12-31, figures for 2020, 4 people "
        "(password wego-demo-2020).\n"
    )
    assert membership_report(dt.date(2019, 12, 31))["by_kind"] == {
        "city": 144,
        "institution": 17,
        "company": 30,
    }
    assert MemberFigure.objects.filter(measure="population", dues_year=2020).count() == 106
    assert MemberFigure.objects.filter(measure="employees").count() == 0
    assert CountryFigure.objects.filter(dues_year=2020).count() == 55
    assert MemberFigure.objects.exclude(definition__startswith="demo figure").count() == 0
    assert CountryFigure.objects.exclude(definition__startswith="demo figure").count() == 0
    assert Member.objects.filter(status_confirmed=True).count() == 0
    assert Invoice.objects.count() == 0


def test_load_demo_prices_what_the_roster_says(demo):
    preview = preview_dues(2020)

    outcomes = [line.assessment.outcome for line in preview.lines]
    assert {outcome: outcomes.count(outcome) for outcome in outcomes} == {
        "priced": 106,
        "blocked": 68,
        "not_due": 17,
    }
    assert preview.total_cents == 45_010_000


@pytest.mark.parametrize(("email", "_label"), LOGINS)
def test_load_demo_brings_people_who_can_sign_in(demo, email, _label):
    assert authenticate(username=email, password=PASSWORD).email == email


def test_load_demo_gives_each_role_to_one_person(demo):
    assert dict(User.objects.values_list("email", "role")) == {
        "secretariat@wego.example": "secretariat",
        "finance@wego.example": "finance",
        "admin@wego.example": "administrator",
        "kathmandu@wego.example": "",
    }
    contact = Affiliation.objects.get()
    assert (contact.user.email, contact.member.name_en, contact.role) == (
        "kathmandu@wego.example",
        "Kathmandu",
        "administrator",
    )


def test_load_demo_knows_other_names(demo):
    names = MemberName.objects.order_by("pk").values_list(
        "member__name_en", "name_en", "name_ko", "used_from", "used_until"
    )

    assert list(names) == [
        ("Ulyanovsk", "", "올라놉스크", None, None),
        ("Ulyanovsk", "", "율리아놉스크", None, None),
        ("Beyoglu", "", "베요글루", None, None),
        ("Baguio", "", "바기요", None, None),
        ("Penang Island", "George Town", "", None, None),
        ("Nur-Sultan", "Astana", "아스타나", None, dt.date(2019, 3, 23)),
        ("Nur-Sultan", "Astana", "아스타나", dt.date(2022, 9, 17), None),
    ]


def test_load_demo_marks_the_issuer_as_demo(demo):
    issuer = IssuerProfile.objects.get(pk=1)

    assert issuer.is_demo
    assert (issuer.bank_name, issuer.bank_account) == (
        "Demo Bank (does not exist)",
        "DEMO-0000-0000",
    )


def test_load_demo_again_changes_nothing(demo, django_assert_num_queries):
    before = Member.objects.count(), MemberFigure.objects.count(), User.objects.count()

    with django_assert_num_queries(2):
        assert load() == "The demo is loaded already.\n"

    assert (Member.objects.count(), MemberFigure.objects.count(), User.objects.count()) == before


def test_load_demo_finds_a_roster_that_was_imported_before(db):
    add_member("Seoul")

    load()

    assert Member.objects.count() == 191


def test_load_demo_refuses_a_register_in_earnest(db):
    add_member("Busan")

    with pytest.raises(CommandError, match="not of the demo") as refusal:
        load()

    assert refusal.value.returncode == 2
    assert (Member.objects.count(), User.objects.count(), MemberFigure.objects.count()) == (1, 0, 0)


def test_load_demo_refuses_invoice_settings_in_earnest(db):
    IssuerProfile.objects.create(pk=1, bank_account="100-200")

    with pytest.raises(CommandError, match="invoice settings of its own"):
        load()

    assert Member.objects.count() == 0
    assert IssuerProfile.objects.get().bank_account == "100-200"


def test_load_demo_hands_in_two_applications(demo):
    handed_in = Application.objects.order_by("pk").values_list("name_en", "state", "figure_value")

    assert list(handed_in) == [
        ("Freetown", "submitted", 1_050_000),
        ("Odense", "submitted", 205_000),
    ]
    assert not Member.objects.filter(name_en__in=["Freetown", "Odense"]).exists()
    assert Contact.objects.filter(member__name_en="Kathmandu").count() == 3
