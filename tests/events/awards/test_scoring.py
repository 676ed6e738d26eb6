"""Jurors and their scores: X13, S36, what other jurors see, and the ranking."""

from fractions import Fraction

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from events.awards import juries, moving, results, scoring, telling
from events.awards.conflicts import find_conflict
from events.awards.ranking import find_ties, mean_of, rank_entries, show_score, weigh
from events.models import Mark, ScoreSheet
from members.models import User
from tests.events.awards import builders as b
from wego.models import Mail

S = b.S
SCORES = st.lists(st.integers(0, 1000), max_size=7)


def scored_edition(by, **fields):
    """Round 1 with entries of Seoul and Lisbon, and jurors of Korea and Portugal."""
    edition = b.called_edition(**fields)
    seoul, lisbon = b.enter(edition, "Seoul", "KR"), b.enter(edition, "Lisbon", "PT")
    edition = b.check_all(edition, by=by)
    korean = b.invite(edition, "Park Ji-won", "KR", "Korea University", by=by)
    other = b.invite(edition, "Ana Costa", "PT", "University of Porto", by=by)
    third = b.invite(edition, "John Smith", "GB", "University of London", by=by)
    b.assign(edition, by=by)
    moving.move_edition(edition, S.ROUND_1, on=b.JUDGED, by=by)
    return seoul, lisbon, korean, other, third


def codes(act):
    with pytest.raises(ValidationError) as error:
        act()
    return error.value.code


@pytest.mark.django_db
def test_x13_juror_of_the_same_country_cannot_score(secretariat):
    seoul, lisbon, korean, _other, third = scored_edition(secretariat)
    own = b.sheet_of(korean, seoul)
    criterion = seoul.edition.criteria.first()

    assert own.set_aside == "country"
    assert codes(lambda: scoring.save_marks(own, {criterion.pk: 9}, comment="")) == "country"
    assert codes(lambda: scoring.submit_score(own, at=b.AT, by=korean.user)) == "country"
    assert not Mark.objects.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        Mark.objects.create(sheet=own, criterion=criterion, points=9)
    assert b.score(b.sheet_of(korean, lisbon), 9, 9, 9).total == 900
    assert b.score(b.sheet_of(third, seoul), 8, 8, 8).total == 800


@pytest.mark.django_db
def test_x13_the_average_is_over_the_remaining_jurors(secretariat):
    seoul, _lisbon, _korean, other, third = scored_edition(secretariat)
    b.score(b.sheet_of(other, seoul), 10, 10, 10)
    b.score(b.sheet_of(third, seoul), 9, 10, 8)

    (ranked, _lisbon_place) = results.rank_edition(seoul.edition, 1)[seoul.category_id]

    assert ranked.entry == seoul
    assert (ranked.place.scores, ranked.place.mean) == ((1000, 920), Fraction(960))
    assert (ranked.place.shown, ranked.place.spread) == ("96.0", 80)
    assert (ranked.behind, ranked.set_aside) == (0, 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("employer", "conflict"),
    [
        ("Seoul Metropolitan Government", "employer"),
        ("City of Seoul", "employer"),
        ("Seoul", "employer"),
        ("SEOUL digital foundation", "employer"),
        ("Seoulful Ltd", ""),
        ("Korea University", ""),
    ],
)
def test_x13_same_employer_wherever_the_juror_is_from(secretariat, employer, conflict):
    edition = b.called_edition()
    seoul = b.enter(edition, "Seoul", "KR")
    juror = b.invite(edition, "John Smith", "GB", employer, by=secretariat)

    assert find_conflict(juror, seoul) == conflict


@pytest.mark.django_db
def test_s36_recusal_by_country_can_be_left_out(secretariat):
    seoul, _lisbon, korean, _other, _third = scored_edition(secretariat, recusal="employer")

    assert b.score(b.sheet_of(korean, seoul), 7, 7, 7).total == 700


@pytest.mark.django_db
def test_x13_a_conflict_that_becomes_known_later_counts(secretariat):
    seoul, _lisbon, _korean, _other, third = scored_edition(secretariat)

    juries.accept_jury(
        third, country_code="GB", employer="Seoul Institute", on=b.JUDGED, by=third.user
    )

    sheet = b.sheet_of(third, seoul)
    assert sheet.set_aside == "employer"
    assert codes(lambda: scoring.submit_score(sheet, at=b.AT, by=third.user)) == "employer"


@pytest.mark.django_db
def test_a_juror_recuses_themselves_and_scores_no_more(secretariat):
    _seoul, lisbon, korean, _other, _third = scored_edition(secretariat)
    sheet = b.sheet_of(korean, lisbon)
    criterion = lisbon.edition.criteria.first()
    scoring.save_marks(sheet, {criterion.pk: 4}, comment="draft")

    assert codes(lambda: scoring.recuse_juror(sheet, why=" ", by=korean.user)) == "reason"
    recused = scoring.recuse_juror(sheet, why="I advised the project.", by=korean.user)

    assert (recused.set_aside, recused.set_aside_why) == ("personal", "I advised the project.")
    assert not Mark.objects.exists()
    assert codes(lambda: scoring.save_marks(sheet, {criterion.pk: 4}, comment="")) == "recused"


@pytest.mark.django_db
def test_a_submitted_score_is_an_integer_and_never_changes(secretariat):
    _seoul, lisbon, korean, _other, _third = scored_edition(secretariat)
    sheet = b.score(b.sheet_of(korean, lisbon), 9, 7, 5)
    criterion = lisbon.edition.criteria.first()

    assert (sheet.total, type(sheet.total)) == (740, int)
    assert codes(lambda: scoring.save_marks(sheet, {criterion.pk: 1}, comment="")) == "submitted"
    assert codes(lambda: scoring.recuse_juror(sheet, why="x", by=korean.user)) == "submitted"
    for change in (
        lambda: ScoreSheet.objects.filter(pk=sheet.pk).update(total=1000),
        lambda: Mark.objects.filter(sheet=sheet).update(points=10),
        lambda: Mark.objects.filter(sheet=sheet).delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


@pytest.mark.django_db
def test_a_draft_may_lack_marks_a_submitted_sheet_may_not(secretariat):
    _seoul, lisbon, korean, _other, _third = scored_edition(secretariat)
    sheet = b.sheet_of(korean, lisbon)
    first = lisbon.edition.criteria.first()

    scoring.save_marks(sheet, {first.pk: 0}, comment=" fine ")
    assert codes(lambda: scoring.submit_score(sheet, at=b.AT, by=korean.user)) == "incomplete"
    assert codes(lambda: scoring.save_marks(sheet, {first.pk: 11}, comment="")) == "points"
    assert codes(lambda: scoring.save_marks(sheet, {0: 5}, comment="")) == "points"

    sheet.refresh_from_db()
    assert (sheet.total, sheet.comment) == (None, "fine")


@pytest.mark.django_db
def test_nobody_scores_before_accepting_or_outside_the_round(secretariat):
    edition = b.called_edition()
    lisbon = b.enter(edition, "Lisbon", "PT")
    edition = b.check_all(edition, by=secretariat)
    juror = b.invite(edition, "John Smith", "GB", "LSE", accepted=False, by=secretariat)
    b.assign(edition, by=secretariat)
    sheet = b.sheet_of(juror, lisbon)

    assert codes(lambda: scoring.save_marks(sheet, {}, comment="")) == "accept"
    juries.accept_jury(juror, country_code="GB", employer="LSE", on=b.CHECK, by=juror.user)
    assert codes(lambda: scoring.save_marks(sheet, {}, comment="")) == "round"


@pytest.mark.django_db
def test_a_juror_needs_no_membership_and_is_mailed_where_to_sign_in(secretariat):
    edition = b.called_edition()

    juror = b.invite(edition, "Ana Costa", "PT", "Porto", accepted=False, by=secretariat)

    assert (juror.user.is_staff, juror.user.has_usable_password()) == (False, False)
    mail = Mail.objects.get(kind="award_juror")
    assert mail.to_email == "ana.costa@jury.example"
    assert "/jury/" in mail.text
    assert User.objects.get(email="ana.costa@jury.example") == juror.user


@pytest.mark.django_db
def test_jurors_are_told_when_their_round_begins_and_how_much_there_is(secretariat):
    edition = b.called_edition()
    for city, country in (("Lisbon", "PT"), ("Seoul", "KR")):
        b.enter(edition, city, country)
    edition = b.check_all(edition, by=secretariat)
    b.invite(edition, "Park Ji-won", "KR", "Korea University", by=secretariat)
    b.invite(edition, "John Smith", "GB", "LSE", by=secretariat)
    b.assign(edition, by=secretariat)

    telling.take_step(edition, S.ROUND_1, on=b.JUDGED, by=secretariat)

    told = Mail.objects.filter(kind="award_round").values_list("to_email", "subject")
    assert sorted(told) == [
        ("john.smith@jury.example", "WeGO Awards 2020: 2 entries for you to score"),
        ("park.ji-won@jury.example", "WeGO Awards 2020: 1 entry for you to score"),
    ]


@pytest.mark.django_db
def test_assigning_again_adds_only_what_is_new(secretariat):
    edition = b.called_edition()
    b.enter(edition, "Lisbon", "PT")
    edition = b.check_all(edition, by=secretariat)
    b.invite(edition, "John Smith", "GB", "LSE", by=secretariat)

    assert [b.assign(edition, by=secretariat) for _twice in range(2)] == [1, 0]


@pytest.mark.django_db
def test_who_has_submitted_is_not_removed(secretariat):
    _seoul, lisbon, korean, other, _third = scored_edition(secretariat)
    b.score(b.sheet_of(korean, lisbon), 9, 7, 5)

    assert codes(lambda: juries.remove_juror(korean, by=secretariat)) == "scored"
    juries.remove_juror(other, by=secretariat)

    assert sorted(str(juror) for juror in lisbon.edition.jurors.all()) == [
        "John Smith",
        "Park Ji-won",
    ]


@given(st.dictionaries(st.integers(1, 40), SCORES, max_size=12))
def test_the_ranking_is_that_of_the_exact_means(scores):
    places = rank_entries(scores)

    assert sorted(each.entry for each in places) == sorted(scores)
    means = [each.mean for each in places if each.mean is not None]
    assert means == sorted(means, reverse=True)
    for each in places:
        own = mean_of(scores[each.entry])
        if own is None:
            assert each.place is None
            continue
        better = sum(1 for each in scores.values() if each and mean_of(each) > own)
        assert each.place == better + 1
        assert each.spread == max(scores[each.entry]) - min(scores[each.entry])


@given(st.dictionaries(st.integers(1, 40), SCORES, max_size=12), st.randoms())
def test_the_order_in_which_scores_come_in_changes_nothing(scores, random):
    keys = list(scores)
    random.shuffle(keys)
    shuffled = {key: random.sample(scores[key], len(scores[key])) for key in keys}

    def shape(places):
        return [(each.entry, each.place, each.mean) for each in places]

    assert shape(rank_entries(shuffled)) == shape(rank_entries(scores))


@given(st.dictionaries(st.integers(1, 40), SCORES, max_size=12))
def test_ties_are_exactly_the_entries_of_equal_means(scores):
    tied = {frozenset(group) for group in find_ties(rank_entries(scores))}

    by_mean = {}
    for entry, own in scores.items():
        if own:
            by_mean.setdefault(mean_of(own), set()).add(entry)
    assert tied == {frozenset(group) for group in by_mean.values() if len(group) > 1}


@given(st.lists(st.integers(0, 10), min_size=3, max_size=3))
def test_a_sheet_weighs_between_nothing_and_a_thousand(points):
    total = weigh(dict(enumerate(points)), {0: 40, 1: 40, 2: 20})

    assert type(total) is int
    assert 0 <= total <= 1000
    assert total == 40 * points[0] + 40 * points[1] + 20 * points[2]


@pytest.mark.parametrize(
    ("score", "shown"), [(0, "0.0"), (874, "87.4"), (1000, "100.0"), (Fraction(2, 3), "0.1")]
)
def test_scores_are_shown_out_of_a_hundred(score, shown):
    assert show_score(score) == shown
