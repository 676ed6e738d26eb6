"""The rules of the awards: R23-R26, P13, P14, S36, C10, C11."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from events.awards import editions, eligibility, entering, moving, results, telling
from events.awards.editions import CategoryLine, CriterionLine
from events.models import AwardEntry, AwardPaper, AwardWinner, DeclaredTie, EditionState
from tests.events.awards import builders as b
from tests.register import add_member
from wego.models import AuditEntry, Mail
from wego.policies import change_policy

pytestmark = pytest.mark.django_db
S = EditionState


def refused(code):
    return pytest.raises(ValidationError, match="") if code is None else _Refused(code)


class _Refused:
    """A refusal with this code."""

    def __init__(self, code):
        self.code = code

    def __enter__(self):
        return self

    def __exit__(self, kind, error, _trace):
        assert kind is ValidationError, kind
        found = error.error_list if hasattr(error, "error_list") else []
        codes = {each.code for each in found}
        if hasattr(error, "error_dict"):
            codes = {each.code for errors in error.error_dict.values() for each in errors}
        assert self.code in codes, (codes, error)
        return True


def test_r23_a_non_member_enters_and_a_member_is_recognised():
    add_member("Seongnam", name_ko="성남시", on=dt.date(2012, 11, 12))
    edition = b.called_edition()

    stranger = b.enter(edition, "Belo Horizonte", "BR")
    member = b.enter(edition, "Seongnam City", "KR")

    assert (stranger.state, stranger.member) == ("submitted", None)
    assert (member.state, str(member.member)) == ("submitted", "Seongnam")


def test_r25_two_series_stand_side_by_side():
    prize = b.series(
        "smart-city-prize", name_en="Seoul Smart City Prize", name_ko="서울 스마트시티 상"
    )

    first = b.draft_edition(number=2, year=2024)
    second = b.draft_edition(of=prize, number=2, year=2024)

    assert (str(first), str(second)) == ("WeGO Awards 2024", "Seoul Smart City Prize 2024")
    assert (first.code, second.code) == ("wego-awards-2", "smart-city-prize-2")


def test_r24_c10_each_edition_has_its_own_categories_and_prizes():
    third = b.draft_edition(number=3, year=2017, categories=[CategoryLine("Open City", "", 2)])
    fourth = b.draft_edition()

    assert [(c.name_en, c.prizes) for c in third.categories.all()] == [("Open City", 2)]
    assert [(c.name_en, c.prizes) for c in fourth.categories.all()] == [
        ("Mobility", 3),
        ("Safe City", 3),
    ]


def test_c11_four_dates_of_their_own():
    edition = b.draft_edition()

    assert (edition.call_on, edition.deadline_on) == (dt.date(2020, 2, 24), dt.date(2020, 7, 31))
    assert (edition.result_on, edition.ceremony_on) == (
        dt.date(2020, 10, 15),
        dt.date(2021, 10, 18),
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        type(edition).objects.filter(pk=edition.pk).update(result_on=dt.date(2020, 7, 1))


def test_s36_a_new_edition_begins_with_the_switches(administrator):
    before = editions.read_defaults()

    for key, value in (("award_prizes", 2), ("award_entries_per_city", 1)):
        change_policy(key, value, by=administrator, why="EXCOM 2020", on=b.CALL)
    change_policy("award_recusal", "employer", by=administrator, why="EXCOM 2020", on=b.CALL)

    assert before == (3, 2, "country")
    assert editions.read_defaults() == (2, 1, "employer")


def test_p13_two_entries_a_city_and_no_third():
    edition = b.called_edition()
    b.enter(edition, "Goyang", "KR", title="Waste sensors")
    b.enter(edition, "Goyang", "KR", title="Safe crossings", category="Safe City")
    third = b.fill(edition, "GOYANG", "KR", title="Open data")

    with refused("limit"):
        entering.submit_entry(third, on=b.DEADLINE)

    third.refresh_from_db()
    assert (third.state, third.submitted_on) == ("draft", None)
    # Another city of that name elsewhere is another city.
    assert b.enter(edition, "Goyang", "KP", title="Open data").state == "submitted"


def test_p13_a_member_is_counted_under_all_its_names():
    add_member("Goyang", on=dt.date(2012, 11, 12))
    edition = b.called_edition(entries_per_city=1)
    b.enter(edition, "Goyang", "KR")
    again = b.fill(edition, "Goyang City", "KR", title="Another")

    with refused("limit"):
        entering.submit_entry(again, on=b.CALL)


def test_p13_a_project_is_entered_in_one_category():
    edition = b.called_edition()
    b.enter(edition, "Goyang", "KR", title="Waste sensors")
    twice = b.fill(edition, "Goyang", "KR", title="WASTE  sensors!", category="Safe City")

    with refused("twice"):
        entering.submit_entry(twice, on=b.CALL)


def test_p13_entries_are_in_english():
    edition = b.called_edition()
    korean = b.fill(
        edition, "Goyang", "KR", summary="고양시의 스마트 쓰레기 수거 관리서비스입니다."
    )

    with refused("incomplete"):
        entering.submit_entry(korean, on=b.CALL)


def test_p13_an_organisation_needs_the_letter_of_the_city(tmp_path):
    edition = b.called_edition()
    entry = b.fill(edition, "Goyang", "KR", kind="organisation", organisation="Danfoss")

    with refused("incomplete"):
        entering.submit_entry(entry, on=b.CALL)

    entry.files.create(purpose="approval", name="a.pdf", path="x", sha256="0", size=1)
    assert entering.submit_entry(entry, on=b.CALL).state == "submitted"


def test_p14_leadership_is_for_individuals_only():
    edition = b.called_edition(
        categories=[*b.CATEGORIES, CategoryLine("Leadership", "리더십", 1, for_individuals=True)]
    )
    city = b.fill(edition, "Goyang", "KR", category="Leadership")
    person = b.fill(
        edition, "Lisbon", "PT", category="Leadership", kind="individual", contact_name="Ana Costa"
    )
    in_another = b.fill(edition, "Porto", "PT", kind="individual", contact_name="Rui Sa")

    for entry in (city, in_another):
        with refused("incomplete"):
            entering.submit_entry(entry, on=b.CALL)
    assert entering.submit_entry(person, on=b.CALL).entrant == "Ana Costa, Lisbon"


def test_an_entry_after_the_deadline_is_refused_in_words_and_changes_nothing():
    edition = b.called_edition()
    entry = b.fill(edition, "Belo Horizonte", "BR")
    late = b.DEADLINE + dt.timedelta(days=1)
    before = AuditEntry.objects.count()

    for act in (
        lambda: entering.submit_entry(entry, on=late),
        lambda: entering.save_entry(entry, {"title": "Later"}, on=late),
        lambda: entering.begin_entry(edition, email="x@y.example", language="en", on=late),
        lambda: entering.withdraw_entry(entry, on=late),
    ):
        with pytest.raises(ValidationError) as error:
            act()
        assert error.value.messages == [
            "The deadline was 31 Jul 2020, 23:59 Seoul time. Entries are no longer taken or "
            "changed."
        ]

    entry.refresh_from_db()
    assert (entry.state, entry.title) == ("draft", "Green corridors of Belo Horizonte")
    assert (AwardEntry.objects.count(), AuditEntry.objects.count()) == (1, before)
    assert entering.submit_entry(entry, on=b.DEADLINE).state == "submitted"


def test_a_submitted_entry_never_changes_until_it_is_opened_again():
    edition = b.called_edition()
    entry = b.enter(edition, "Belo Horizonte", "BR")

    with refused("submitted"):
        entering.save_entry(entry, {"title": "Better"}, on=b.CALL)
    with pytest.raises(IntegrityError), transaction.atomic():
        AwardEntry.objects.filter(pk=entry.pk).update(title="Forged")

    entering.reopen_entry(entry, on=b.DEADLINE)
    entering.save_entry(entry, {"title": "Better"}, on=b.DEADLINE)
    assert entering.submit_entry(entry, on=b.DEADLINE).title == "Better"


def test_a_deadline_is_extended_and_never_brought_forward(secretariat):
    edition = b.called_edition()

    with refused("deadline_on"):
        editions.extend_deadline(edition, dt.date(2020, 7, 1), why="x", on=b.CALL, by=secretariat)
    with refused("deadline_on"):
        editions.extend_deadline(edition, dt.date(2020, 11, 1), why="x", on=b.CALL, by=secretariat)
    moved = editions.extend_deadline(
        edition, dt.date(2020, 8, 31), why="COVID-19", on=b.CALL, by=secretariat
    )

    assert moved.deadline_on == dt.date(2020, 8, 31)
    assert AuditEntry.objects.get(act="award.deadline_extended").why == "COVID-19"


def test_steps_come_one_after_another_and_no_other_way(secretariat):
    edition = b.draft_edition()

    with refused("state"):
        moving.move_edition(edition, S.ROUND_1, on=b.CALL, by=secretariat)
    with refused("obstacle"):
        moving.move_edition(edition, S.CALL_OPEN, on=dt.date(2020, 2, 1), by=secretariat)
    edition = moving.move_edition(edition, S.CALL_OPEN, on=b.CALL, by=secretariat)
    with refused("obstacle"):
        moving.move_edition(edition, S.CLOSED, on=b.DEADLINE, by=secretariat)

    assert [step.state for step in edition.steps.all()] == ["draft", "call_open"]


def test_weights_must_be_a_hundred():
    edition = b.draft_edition(criteria=[CriterionLine("Impact", "", 90)])

    assert moving.find_obstacle(edition, on=b.CALL) == (
        "The weights of the criteria add up to 90: they must be 100."
    )


def test_ineligible_for_a_reason_that_is_mailed(secretariat):
    edition = b.called_edition()
    entry = b.enter(edition, "Belo Horizonte", "BR")
    moving.move_edition(edition, S.CLOSED, on=b.CHECK, by=None)
    moving.move_edition(edition, S.ELIGIBILITY, on=b.CHECK, by=None)

    with refused("reason"):
        eligibility.decide_eligibility(
            entry, eligible=False, reason=" ", on=b.CHECK, by=secretariat
        )
    decided = eligibility.decide_eligibility(
        entry, eligible=False, reason="The project is not finished.", on=b.CHECK, by=secretariat
    )

    assert (decided.state, decided.check_reason) == ("ineligible", "The project is not finished.")
    mail = Mail.objects.get(kind="award_ineligible")
    assert "The project is not finished." in mail.text


def test_r24_a_rank_is_doubled_only_where_a_tie_is_declared():
    it = b.judged_edition()
    tied = {it.entries["George Town"].pk: 1, it.entries["Belo Horizonte"].pk: 1}
    ranks = {**tied, it.entries["Almaty"].pk: 2, it.entries["Seongnam"].pk: 3}

    with refused("tie"):
        results.decide_winners(it.category, ranks, on=b.JUDGED, by=it.by)
    assert not AwardWinner.objects.exists()
    results.declare_tie(it.category, 1, reason="Equal scores.", on=b.JUDGED, by=it.by)
    winners = results.decide_winners(it.category, ranks, on=b.JUDGED, by=it.by)

    assert [(w.entry.city, w.rank, w.tie_id is not None) for w in winners] == [
        ("George Town", 1, True),
        ("Belo Horizonte", 1, True),
        ("Almaty", 2, False),
        ("Seongnam", 3, False),
    ]


def test_r24_the_database_itself_refuses_a_doubled_rank():
    it = b.judged_edition()
    results.decide_winners(
        it.category,
        {it.entries["George Town"].pk: 1, it.entries["Belo Horizonte"].pk: 2},
        why="The jury prefers it.",
        on=b.JUDGED,
        by=it.by,
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        AwardWinner.objects.create(
            category=it.category, entry=it.entries["Almaty"], rank=1, decided_on=b.JUDGED
        )


def test_prizes_follow_the_ranking_or_say_why():
    it = b.judged_edition()
    against = {it.entries["Almaty"].pk: 1}

    with refused("order"):
        results.decide_winners(it.category, against, on=b.JUDGED, by=it.by)
    with refused("rank"):
        results.decide_winners(
            it.category, {it.entries["Almaty"].pk: 4}, why="x", on=b.JUDGED, by=it.by
        )
    (winner,) = results.decide_winners(
        it.category, against, why="The best presentation.", on=b.JUDGED, by=it.by
    )

    assert (winner.rank, winner.why) == (1, "The best presentation.")


def test_a_tie_is_declared_once_with_a_reason_and_stays():
    it = b.judged_edition()

    with refused("reason"):
        results.declare_tie(it.category, 1, reason="", on=b.JUDGED, by=it.by)
    with refused("rank"):
        results.declare_tie(it.category, 4, reason="x", on=b.JUDGED, by=it.by)
    results.declare_tie(it.category, 1, reason="Equal scores.", on=b.JUDGED, by=it.by)
    with refused("already"):
        results.declare_tie(it.category, 1, reason="Equal scores.", on=b.JUDGED, by=it.by)
    with pytest.raises(IntegrityError), transaction.atomic():
        DeclaredTie.objects.update(reason="Forged")


def decided():
    """George Town gold, Belo Horizonte silver, Almaty bronze."""
    it = b.judged_edition(
        points={
            "George Town": (9, 9, 9),
            "Belo Horizonte": (8, 9, 8),
            "Almaty": (8, 8, 8),
            "Seongnam": (7, 7, 7),
        }
    )
    results.decide_winners(
        it.category,
        {it.entries[city].pk: rank for rank, city in enumerate(it.entries, start=1) if rank < 4},
        on=b.JUDGED,
        by=it.by,
    )
    it.edition = telling.take_step(it.edition, S.DECIDED, on=b.JUDGED, by=it.by)
    return it


def test_winners_are_told_under_embargo_and_nothing_is_public_before_the_day():
    it = decided()

    edition = telling.take_step(it.edition, S.NOTIFIED, on=b.JUDGED, by=it.by)

    assert Mail.objects.filter(kind="award_won").count() == 3
    mail = Mail.objects.filter(kind="award_won").order_by("pk").first()
    assert "until 15 Oct 2020" in mail.text
    assert mail.waits_for.startswith("award:")
    assert not moving.is_public(edition)
    with refused("obstacle"):
        telling.take_step(edition, S.ANNOUNCED, on=b.RESULT - dt.timedelta(days=1), by=it.by)
    assert not Mail.objects.filter(kind="award_announced").exists()


def test_c11_announced_a_year_before_the_ceremony():
    it = decided()
    edition = telling.take_step(it.edition, S.NOTIFIED, on=b.JUDGED, by=it.by)

    edition = telling.take_step(edition, S.ANNOUNCED, on=b.RESULT, by=it.by)

    assert moving.is_public(edition)
    assert Mail.objects.filter(kind="award_announced").count() == 3
    # Seongnam is told that others won.
    assert Mail.objects.get(kind="award_result").to_email == "smart@seongnam.example"
    assert AwardPaper.objects.filter(kind="certificate").count() == 3
    with refused("obstacle"):
        telling.take_step(edition, S.CEREMONY, on=dt.date(2021, 10, 17), by=it.by)
    edition = telling.take_step(edition, S.CEREMONY, on=b.CEREMONY, by=it.by)
    assert edition.state == "ceremony"


def test_winners_who_were_notified_never_change():
    it = decided()
    telling.take_step(it.edition, S.NOTIFIED, on=b.JUDGED, by=it.by)

    with refused("state"):
        results.decide_winners(
            it.category, {it.entries["Almaty"].pk: 1}, why="x", on=b.JUDGED, by=it.by
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        AwardWinner.objects.filter(rank=1).delete()


def test_r26_the_invitation_asks_to_present_the_case_and_speak():
    it = decided()
    telling.take_step(it.edition, S.NOTIFIED, on=b.JUDGED, by=it.by)
    paper = AwardPaper.objects.filter(kind="invitation").order_by("pk").first()

    from events.award_page.page import paper_html

    html = paper_html(paper.snapshot)
    assert "Winners present their project and give a short speech" in html
    assert "joint press conference" in html
    assert "18 October 2021, Dongdaemun Design Plaza, Seoul" in html
