import datetime as dt
import io
import json

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from events.history.entering import OWN_FILE, import_history, import_own_history
from events.models import (
    Adviser,
    HistoryFact,
    Meeting,
    MeetingStage,
    Partner,
    PartnerMemorandum,
    QuotedNumber,
    RegionalOffice,
    Term,
    Training,
)
from members.models import Member
from tests.events.cities import add_history_cities
from tests.register import add_member
from wego.models import AuditEntry

pytestmark = pytest.mark.django_db
CREATED = {
    "general_assemblies": 10,
    "excoms": 12,
    "awards_editions": 7,
    "award_winners": 18,
    "terms": 7,
    "regional_offices": 7,
    "mous": 11,
    "trainings": 3,
    "promotion_events": 6,
    "projects": 2,
    "member_counts": 11,
}
TABLES = (
    *(HistoryFact, QuotedNumber, Meeting, MeetingStage, Term, RegionalOffice),
    *(Partner, PartnerMemorandum, Training, Adviser, AuditEntry),
)


@pytest.fixture
def cities(db):
    return add_history_cities()


def count_rows():
    return {table.__name__: table.objects.count() for table in TABLES}


def run(*arguments):
    out = io.StringIO()
    call_command("import_history", *arguments, stdout=out, skip_checks=True)
    return out.getvalue()


def test_the_history_is_imported_by_kind_and_a_second_run_changes_nothing(cities):
    first = json.loads(run(str(OWN_FILE), "--json"))
    rows = count_rows()
    second = json.loads(run(str(OWN_FILE), "--json"))

    assert (first["created"], first["unchanged"]) == (CREATED, 0)
    assert (second["created"], second["unchanged"]) == (dict.fromkeys(CREATED, 0), 94)
    assert count_rows() == rows
    assert HistoryFact.objects.filter(source="").count() == 0
    assert QuotedNumber.objects.filter(source="").count() == 0


def test_the_command_tells_people_what_it_did(cities):
    told = run(str(OWN_FILE))

    assert told.startswith("History: 94 new facts, 0 known already.\n")
    assert "  general_assemblies: 10\n" in told
    assert "Kept by name, as no one member is called so: " in told
    assert "Barcelona" in told
    assert run(str(OWN_FILE)).startswith("History: 0 new facts, 94 known already.\n")


def test_x16_c6_the_fifth_assembly_is_one_with_all_its_stages_and_both_hosts(cities):
    import_own_history()

    assembly = Meeting.objects.get(body="assembly", number=5)
    stages = assembly.stages.values_list("state", "host__name_en", "starts_on", "mode", "reason")
    assert list(stages) == [
        ("planned", "Makati", dt.date(2020, 9, 6), "on_site", ""),
        ("postponed", None, None, "on_site", "postponed one year by COVID"),
        ("held", "Seoul", dt.date(2021, 10, 18), "hybrid", "DDP 동대문디자인플라자, hybrid"),
    ]
    assert Meeting.objects.filter(body="assembly").count() == 7


def test_c7_the_agreed_host_of_the_seventh_assembly_is_replaced_by_an_open_call(cities):
    import_own_history()

    stages = Meeting.objects.get(body="assembly", number=7).stages
    assert list(stages.values_list("state", "place", "precision")) == [
        ("planned", "Almaty", "year"),
        ("planned", "", "year"),
    ]
    assert stages.last().reason.startswith("open call: EoI 2025-12-22")


def test_c8_c9_a_term_has_its_label_and_last_day_and_none_is_guessed(cities):
    import_own_history()

    term = Term.objects.get()
    assert (term.member, term.office) == (cities["Seongnam"], "excom")
    assert (term.starts_on, term.ends_on) == (dt.date(2021, 10, 18), dt.date(2023, 12, 31))
    assert term.label == "제6기 (Regional press report) / 제5기 (Newspim)"
    assert term.meeting == Meeting.objects.get(body="assembly", number=5)
    goyang = HistoryFact.objects.get(kind="terms", members=cities["Goyang"])
    assert (goyang.starts_on, goyang.ends_on) == (dt.date(2017, 6, 29), None)


def test_c10_an_edition_keeps_both_counts_of_winners_and_only_known_winners(cities):
    import_own_history()

    edition = HistoryFact.objects.get(key="awards_editions:wego awards|3")
    winners = edition.numbers.filter(measure="winners").values_list("value", "source")
    assert list(winners) == [
        (12, "Gwanggyo Journal (광교저널), report on the 4th General Assembly, June 2017"),
        (18, "https://we-gov.org/wego-awards/3rd-wego-awards-blog-post/"),
    ]
    won = HistoryFact.objects.filter(kind="award_winners", place_en="WeGO Awards 3")
    assert {(fact.title_en, fact.told["rank"]) for fact in won} == {
        ("Goyang", "gold"),
        ("Sejong", "?"),
    }
    fourth = HistoryFact.objects.get(key="awards_editions:wego awards|4")
    assert (len(fourth.told["categories"]), fourth.told["prizes_per_category"]) == (6, 3)


def test_c11_result_and_ceremony_of_an_edition_are_two_dates(cities):
    import_own_history()

    told = HistoryFact.objects.get(key="awards_editions:wego awards|4").told
    assert told["announced"].startswith("2020-10")
    assert told["ceremony"] == "GA5 Seoul 2021-10-18"


def test_c12_the_fourth_assembly_keeps_every_number_with_its_own_source(cities):
    import_own_history()

    fact = HistoryFact.objects.get(key="general_assemblies:4|held|2017-06")
    assert [(str(number), number.source.split(",")[0]) for number in fact.numbers.all()] == [
        ("48 countries", "WeGO Secretariat"),
        ("125 cities", "WeGO Secretariat"),
        ("~110 cities", "Gwanggyo Journal (광교저널)"),
        ("300+ people", "Gwanggyo Journal (광교저널)"),
    ]


def test_c13_c14_member_counts_are_snapshots_and_touch_no_member(cities):
    before = Member.objects.count()

    import_own_history()

    counts = HistoryFact.objects.filter(kind="member_counts")
    assert counts.count() == 11
    year_end = counts.get(starts_on=dt.date(2019, 12, 31))
    assert dict(year_end.numbers.values_list("measure", "value")) == {
        "total": 191,
        "cities": 144,
        "institutions": 17,
        "companies": 30,
        "associates": 7,
    }
    assert counts.get(starts_on=dt.date(2010, 9, 1)).precision == "month"
    assert Member.objects.count() == before
    assert not Member.objects.filter(name_en="Anyang").exists()


def test_r30_regional_offices_come_with_the_steps_that_are_known(cities):
    import_own_history()

    latin = RegionalOffice.objects.get(name_en="Latin America")
    assert list(latin.stages.values_list("state", "host__name_en", "place", "happened_on")) == [
        ("approved", "Mexico City", "Mexico City 멕시코시티", dt.date(2017, 6, 1)),
        ("moved", None, "Cuenca 쿠엥카", None),
    ]
    assert latin.stages.first().decided_by == "GA4 2017-06"
    assert RegionalOffice.objects.count() == 7


def test_r31_a_partner_may_be_a_member_and_need_not_have_signed(cities):
    import_own_history()

    assert Partner.objects.get(name_en="SBA").member.name_en == "Seoul Business Agency (SBA)"
    assert PartnerMemorandum.objects.count() == 9
    assert not Partner.objects.get(name_en="ITU").memoranda.exists()


def test_r28_trainings_keep_people_and_cities_as_quoted(cities):
    import_own_history()

    rows = Training.objects.order_by("starts_on").values_list("quoted_people", "quoted_cities")
    assert list(rows) == [(15, 10), (45, 14)]


def test_r34_the_advisory_committee_is_known_by_name(cities):
    import_own_history()

    assert list(Adviser.objects.values_list("full_name", "name_ko", "affiliation", "since")) == [
        ("Prof. Kim Byung-joon", "김병준", "Kookmin", None),
        ("Prof. Lee Seok-won", "이석원", "SNU", None),
    ]


def test_a_winner_is_found_by_an_other_name_and_nobody_by_half_a_name(cities):
    add_member("Jeju Province", name_ko="제주도")

    import_own_history()

    won = HistoryFact.objects.filter(kind="award_winners")
    assert won.get(members=cities["Penang Island"]).title_en == "George Town"
    strangers = won.filter(title_en__in=("Jeju", "Istanbul", "Odense"))
    assert strangers.count() == 3
    assert strangers.filter(members__isnull=False).count() == 0


def test_a_name_that_two_members_carry_is_nobodys(cities):
    add_member("Moscow", "US", name_ko="모스크바")

    import_own_history()

    fact = HistoryFact.objects.get(kind="award_winners", title_en="Moscow")
    assert fact.members.count() == 0


@pytest.mark.parametrize(("place", "row"), [(0, 1), (-1, 10)])
def test_a_bad_row_anywhere_leaves_nothing_behind(cities, place, row, tmp_path):
    data = json.loads(OWN_FILE.read_text())
    data["general_assemblies"][place]["start"] = "last autumn"
    file = tmp_path / "history.json"
    file.write_text(json.dumps(data))
    before = count_rows()

    with pytest.raises(CommandError) as refused:
        run(str(file))

    assert f"general_assemblies, row {row}: “start”: “last autumn”" in str(refused.value)
    assert refused.value.returncode == 2
    assert count_rows() == before


def test_more_than_twenty_mistakes_are_counted_and_not_all_told(cities):
    rows = [{"partner": f"P{n}"} for n in range(30)]

    with pytest.raises(ValidationError) as refused:
        import_history(json.dumps({"mous": rows}).encode(), by=None)

    assert len(refused.value.messages) == 21
    assert refused.value.messages[-1] == "and 10 more."


def test_a_fact_is_never_changed(cities):
    import_own_history()

    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        HistoryFact.objects.update(title_en="Otherwise")
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        QuotedNumber.objects.all().delete()
