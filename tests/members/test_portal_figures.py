"""Figures in the portal: two fields in October, recorded when they are as before, else proposed."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from members.confirming import confirm_figure, known_value, year_to_confirm
from members.models import MemberFigure, Proposal
from tests.members.portal import IN_NOVEMBER, TODAY, acting, kathmandu, said, words_of
from tests.register import add_figure, add_member
from wego.models import AuditEntry

pytestmark = pytest.mark.django_db
FIGURES = "/portal/figures/"
SAME = {"value": "1,442,271", "source": "Census", "source_year": "2026", "step": "check"}


@pytest.fixture(autouse=True)
def _november(time_machine):
    time_machine.move_to(IN_NOVEMBER, tick=False)


@pytest.fixture
def member():
    return kathmandu()


@pytest.fixture
def asha(client, member):
    user = acting(member, "finance")
    client.force_login(user)
    return user


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (dt.date(2026, 9, 30), 2026),
        (dt.date(2026, 10, 1), 2027),
        (dt.date(2026, 12, 31), 2027),
        (dt.date(2027, 1, 1), 2027),
    ],
)
def test_from_october_on_it_is_next_years_figure(day, year):
    assert year_to_confirm(day) == year


def test_form_holds_last_years_figure_ready(client, asha):
    page = client.get(FIGURES)

    assert "For the dues of 2026 it was 1,442,271 . Is that still right?" in words_of(page)
    assert page.context["form"]["value"].value() == "1,442,271"
    assert page.context["form"]["source"].value() == "declared"


def test_same_figure_is_recorded_at_once(client, asha, member):
    answer = client.post(FIGURES, SAME, follow=True)

    assert said(answer) == ["The figure for the dues of 2027 is recorded."]
    figure = MemberFigure.objects.get(dues_year=2027)
    assert (figure.value, figure.source, figure.source_year) == (1_442_271, "Census", 2026)
    assert (figure.definition, figure.entered_by) == ("confirmed by the member", asha)
    entry = AuditEntry.objects.get(act="member.figure_confirmed")
    assert (entry.by, entry.facts["value"]) == (asha, 1_442_271)
    assert "Recorded 1,442,271 Census, 2026" in words_of(answer)
    again = client.post(FIGURES, SAME)
    assert again.status_code == 422
    assert "This figure is recorded for 2027 already." in words_of(again)
    assert MemberFigure.objects.filter(dues_year=2027).count() == 1


def test_other_figure_shows_its_effect_and_is_proposed(client, asha, member):
    other = SAME | {"value": "2000000"}
    check = client.post(FIGURES, other)

    words = words_of(check)
    assert "Population (persons) 1,442,271 2,000,000" in words
    assert "for the dues of 2026 USD 1,250 → would become USD 1,500" in words
    assert not Proposal.objects.exists()
    facts = {
        name: check.context["form"][name].value() for name in ("value", "source", "source_year")
    }

    sent = client.post(FIGURES, facts | {"note": "New census", "step": "send"}, follow=True)

    assert said(sent) == ["Your proposal is with the secretariat."]
    proposal = Proposal.objects.get()
    assert (proposal.proposed_by, proposal.note) == (asha, "New census")
    assert proposal.changes["figure"][0]["value"] == 1_442_271
    assert proposal.changes["figure"][1] == {
        "measure": "population",
        "dues_year": 2027,
        "value": 2_000_000,
        "source": "Census",
        "source_year": 2026,
        "definition": "confirmed by the member",
    }
    assert not MemberFigure.objects.filter(dues_year=2027).exists()
    assert "With the secretariat" in words_of(sent)


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": ""},
        {"value": "many"},
        {"value": "-5"},
        {"value": "1442271.5"},
        {"value": "0"},
        {"value": "999999999999"},
        {"source": ""},
        {"source": "s" * 301},
        {"source_year": ""},
        {"source_year": "12"},
        {"source_year": "x"},
    ],
)
@pytest.mark.parametrize("step", ["check", "send"])
def test_wrong_figures_store_nothing(client, asha, wrong, step):
    answer = client.post(FIGURES, SAME | wrong | {"step": step})

    if answer.status_code == 200:  # only shown once more: sending it is refused
        answer = client.post(FIGURES, SAME | wrong | {"step": "send"})
    assert answer.status_code == 422
    assert MemberFigure.objects.count() == 1
    assert not Proposal.objects.exists()


def test_company_without_a_figure_proposes_its_first(client):
    danfoss = add_member("Danfoss", "DK", kind="company")
    client.force_login(acting(danfoss, "administrator"))
    page = client.get(FIGURES)
    assert "The employees of the whole group, worldwide." in words_of(page)
    assert "There is none yet: yours will be the first." in words_of(page)

    check = client.post(FIGURES, SAME | {"value": "500"})

    assert "Employees – 500" in words_of(check)


def test_institution_is_asked_nothing(client):
    foundation = add_member("Seoul Digital Foundation", kind="institution")
    client.force_login(acting(foundation, "administrator"))

    assert "Institutions pay no dues, so no figure is asked of you." in words_of(
        client.get(FIGURES)
    )
    assert client.post(FIGURES, SAME).status_code == 403


def test_chart_shows_one_bar_a_year_the_last_recorded(client, asha, member):
    for year in range(2017, 2026):
        add_figure(member, 1_000_000 + year, year=year)
    add_figure(member, 1_500_000, year=2026)

    bars = client.get(FIGURES).context["bars"]

    assert [bar.label for bar in bars] == [str(year) for year in range(2019, 2027)]
    assert bars[-1].value == 1_500_000


def test_rule_refuses_another_figure(member, asha):
    with pytest.raises(ValidationError) as caught:
        confirm_figure(
            member, year=2027, value=5, source="Census", source_year=2026, on=TODAY, by=asha
        )

    assert caught.value.code == "other_figure"
    assert known_value(member, 2027) == 1_442_271
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("count", [1, 8])
def test_queries_do_not_grow_with_years(client, asha, member, count, django_assert_max_num_queries):
    for year in range(2026 - count, 2026):
        add_figure(member, 1_000_000, year=year)

    with django_assert_max_num_queries(12):
        client.get(FIGURES)
