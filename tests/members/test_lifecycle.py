import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from hypothesis import example, given
from hypothesis import strategies as st

from members.history import Entry, full_since, status_on
from members.lifecycle import (
    NEXT,
    add_member,
    carry_on,
    confirm_status,
    find_refusal,
    mark_associate,
    next_statuses,
    record_status,
    settle_statuses,
    take_back_entry,
    write_entry,
)
from members.models import Member, Status, StatusEntry
from members.roster import import_roster
from wego.models import AuditEntry

ROSTER_DAY = dt.date(2019, 12, 31)
EXCOM = dt.date(2020, 11, 17)
STATUSES = list(Status.values)


def new_member(name_en="Almaty", **facts):
    facts = {"kind": "city", "country_code": "KZ", "region": "asia", "name_ko": "알마티", **facts}
    return Member(name_en=name_en, **facts)


@pytest.fixture
def almaty(secretariat):
    return add_member(
        new_member(),
        status="associate",
        on=dt.date(2020, 2, 3),
        reason="Application accepted",
        by=secretariat,
    )


@pytest.fixture
def goyang(db):
    import_roster(
        "kind,name_ko,name_en,country_code,region,is_capital\ncity,고양,Goyang,KR,asia,false\n",
        on=ROSTER_DAY,
        by=None,
    )
    return Member.objects.get(name_en="Goyang")


def life(member):
    return [(e.status, e.effective_on.isoformat()) for e in member.status_entries.all()]


def refusal_of(act, *arguments, **facts):
    """The sentence of a refusal, after which the history is as before."""
    before = list(StatusEntry.objects.values()), list(Member.objects.values())
    with pytest.raises(ValidationError) as refusal, transaction.atomic():
        act(*arguments, **facts)
    assert (list(StatusEntry.objects.values()), list(Member.objects.values())) == before
    return refusal.value.messages[0]


def test_add_member_begins_a_history(almaty, secretariat):
    assert life(almaty) == [("associate", "2020-02-03")]
    assert almaty.status_confirmed
    entry = StatusEntry.objects.get()
    assert (entry.reason, entry.recorded_by) == ("Application accepted", secretariat)


@pytest.mark.parametrize("name", ["Almaty", " ALMATY "])
def test_add_member_refuses_one_that_is_there(almaty, name):
    sentence = refusal_of(
        add_member, new_member(name), status="full", on=EXCOM, reason="EXCOM", by=None
    )

    assert sentence == "Almaty is in the register already (City, Kazakhstan)."


def test_add_member_takes_the_same_name_of_another_kind(almaty):
    add_member(new_member(kind="company"), status="full", on=EXCOM, reason="EXCOM", by=None)

    assert Member.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("status", ["suspended", "rejected", "withdrawn", "expelled"])
def test_add_member_starts_as_associate_or_full_only(status):
    sentence = refusal_of(
        add_member, new_member(), status=status, on=EXCOM, reason="EXCOM", by=None
    )

    assert sentence.startswith("Almaty is not a member yet: that cannot become")


def test_write_entry_approves_an_associate(almaty, secretariat):
    entry = write_entry(almaty, "full", on=EXCOM, reason="EXCOM 2020, item 3", by=secretariat)

    assert life(almaty) == [("associate", "2020-02-03"), ("full", "2020-11-17")]
    assert entry.recorded_by == secretariat


def test_record_status_is_audited(almaty, secretariat):
    record_status(almaty, "withdrawn", on=EXCOM, reason="Letter of 2020-11-02", by=secretariat)

    added, recorded = AuditEntry.objects.order_by("pk")
    assert (added.act, added.facts) == (
        "member.added",
        {"status": [None, "associate"], "from": "2020-02-03"},
    )
    assert (recorded.act, recorded.by, recorded.file, recorded.why) == (
        "status.recorded",
        secretariat,
        f"member:{almaty.pk}",
        "Letter of 2020-11-02",
    )
    assert recorded.facts == {"status": ["associate", "withdrawn"], "from": "2020-11-17"}


@pytest.mark.parametrize(("status", "label"), [("full", "Full member"), ("rejected", "Rejected")])
def test_record_status_leaves_decisions_to_bodies(almaty, status, label):
    assert refusal_of(record_status, almaty, status, on=EXCOM, reason="EXCOM 2020", by=None) == (
        f"“{label}” is decided by a body: record the decision on Almaty."
    )


@pytest.mark.parametrize("status", ["suspended", "expelled"])
def test_record_status_neither_suspends_nor_expels(goyang, status):
    assert "is decided by a body" in refusal_of(
        record_status, goyang, status, on=EXCOM, reason="unpaid", by=None
    )


def test_a_merged_member_is_left_alone(almaty, goyang):
    almaty.merged_into = goyang
    almaty.save()

    assert refusal_of(record_status, almaty, "withdrawn", on=EXCOM, reason="x", by=None) == (
        "Almaty was merged into Goyang: work on that one."
    )


@pytest.mark.parametrize(
    ("status", "on", "reason", "sentence"),
    [
        ("associate", EXCOM, "again", "Almaty is already: Associate."),
        ("suspended", EXCOM, "no", "Almaty is Associate: that cannot become “Suspended”."),
        ("expelled", EXCOM, "no", "Almaty is Associate: that cannot become “Expelled”."),
        ("honorary", EXCOM, "no", "“honorary” is no status."),
        (
            "full",
            dt.date(2020, 2, 2),
            "early",
            "Almaty is Associate from 2020-02-03: a change cannot lie before that.",
        ),
        ("full", dt.date(202, 11, 17), "typo", "0202-11-17 is before WeGO was founded in 2010."),
        (
            "withdrawn",
            EXCOM,
            "  ",
            "Give a reason of at most 300 characters: a decision, letter or meeting.",
        ),
        (
            "withdrawn",
            EXCOM,
            "x" * 301,
            "Give a reason of at most 300 characters: a decision, letter or meeting.",
        ),
    ],
)
def test_record_status_refuses_with_a_sentence(almaty, status, on, reason, sentence):
    assert refusal_of(record_status, almaty, status, on=on, reason=reason, by=None) == sentence


def test_write_entry_corrects_a_mistake_of_the_same_day(almaty):
    write_entry(almaty, "rejected", on=EXCOM, reason="misheard", by=None)

    write_entry(almaty, "full", on=EXCOM, reason="minutes say approved", by=None)

    assert life(almaty)[1:] == [("rejected", "2020-11-17"), ("full", "2020-11-17")]
    record_status(almaty, "associate", on=EXCOM, reason="not decided at all", by=None)
    assert Member.objects.with_status(EXCOM).get().status == "associate"


def test_record_status_goes_back_to_how_a_member_stood(goyang):
    record_status(goyang, "withdrawn", on=EXCOM, reason="misread letter", by=None)

    record_status(goyang, "full", on=EXCOM, reason="the letter was Goyang-gun's", by=None)

    assert Member.objects.with_status(EXCOM).get().status == "full"


def test_two_things_may_happen_on_one_day(almaty):
    write_entry(almaty, "rejected", on=dt.date(2020, 2, 3), reason="decided at once", by=None)

    assert Member.objects.with_status(EXCOM).get().status == "rejected"


def test_record_status_readmits_as_associate_only(almaty):
    record_status(almaty, "withdrawn", on=dt.date(2020, 12, 31), reason="letter", by=None)

    assert refusal_of(
        record_status, almaty, "full", on=dt.date(2021, 5, 1), reason="back", by=None
    ) == ("Almaty is Withdrawn: that cannot become “Full member”.")
    record_status(almaty, "associate", on=dt.date(2021, 5, 1), reason="new application", by=None)


def test_next_statuses_offers_what_the_table_allows(almaty):
    assert next_statuses(almaty, EXCOM) == ["withdrawn"]
    assert next_statuses(almaty, dt.date(2020, 2, 3)) == ["withdrawn"]
    assert next_statuses(almaty, dt.date(2020, 2, 2)) == []


def test_confirm_status_moves_neither_status_nor_day(goyang, secretariat):
    confirm_status(goyang, by=secretariat, on=dt.date(2020, 1, 9))

    assert life(goyang) == [("full", "2019-12-31"), ("full", "2019-12-31")]
    assert goyang.status_entries.last().reason == "Status confirmed on 2020-01-09."
    assert goyang.status_entries.last().recorded_by == secretariat
    assert goyang.status_confirmed
    assert Member.objects.get(pk=goyang.pk).status_confirmed
    assert refusal_of(confirm_status, goyang, by=secretariat, on=EXCOM) == (
        "The status of Goyang is confirmed already."
    )


def test_confirm_status_needs_a_status(db):
    bare = new_member()
    bare.status_confirmed = False
    bare.save()

    assert refusal_of(confirm_status, bare, by=None, on=EXCOM) == (
        "Almaty has no status yet: record one."
    )


def test_mark_associate_takes_the_duty_to_pay_away(goyang, secretariat):
    mark_associate(goyang, on=ROSTER_DAY, reason="Blue in the roster", by=secretariat)

    lines = [Entry(e.status, e.effective_on) for e in goyang.status_entries.all()]
    assert status_on(lines, ROSTER_DAY) == "associate"
    assert full_since(lines, dt.date(2020, 12, 31)) is None
    assert Member.objects.get(pk=goyang.pk).status_confirmed


def test_mark_associate_refuses_what_is_settled(almaty, goyang):
    confirm_status(goyang, by=None, on=EXCOM)

    for member in (almaty, goyang):
        assert refusal_of(mark_associate, member, on=ROSTER_DAY, reason="blue", by=None) == (
            f"The status of {member} is confirmed already."
        )


def test_mark_associate_holds_from_the_day_of_the_roster(goyang):
    entry = mark_associate(goyang, on=EXCOM, reason="blue", by=None)

    assert (entry.status, entry.effective_on) == ("associate", ROSTER_DAY)


def test_mark_associate_refuses_who_is_not_full(goyang):
    StatusEntry.objects.create(
        member=goyang, status="withdrawn", effective_on=EXCOM, reason="letter"
    )

    assert refusal_of(mark_associate, goyang, on=EXCOM, reason="blue", by=None) == (
        "Goyang is not a full member but Withdrawn: nothing to mark."
    )


@pytest.fixture
def unconfirmed(db):
    import_roster(
        "kind,name_ko,name_en,country_code,region,is_capital\n"
        + "".join(f"city,가,City {number},KR,asia,false\n" for number in range(5)),
        on=ROSTER_DAY,
        by=None,
    )
    return list(Member.objects.order_by("name_en").values_list("pk", flat=True))


def test_settle_statuses_settles_a_whole_roster_at_once(unconfirmed, django_assert_num_queries):
    with django_assert_num_queries(8):
        entries = settle_statuses(
            confirmed=unconfirmed[:3],
            associates=unconfirmed[3:],
            reason="Blue in the roster",
            on=EXCOM,
            by=None,
        )

    assert [(entry.status, entry.effective_on) for entry in entries] == [
        *[("full", ROSTER_DAY)] * 3,
        *[("associate", ROSTER_DAY)] * 2,
    ]
    assert Member.objects.filter(status_confirmed=True).count() == 5
    assert list(
        Member.objects.with_status(EXCOM).order_by("name_en").values_list("status", flat=True)
    ) == ["full", "full", "full", "associate", "associate"]


def test_settle_statuses_takes_a_member_in_both_lists_for_an_associate(unconfirmed):
    settle_statuses(
        confirmed=unconfirmed, associates=unconfirmed[:1], reason="blue", on=EXCOM, by=None
    )

    assert StatusEntry.objects.filter(status="associate").count() == 1
    assert StatusEntry.objects.count() == 10


def test_settle_statuses_is_all_or_nothing(unconfirmed):
    confirm_status(Member.objects.get(pk=unconfirmed[4]), by=None, on=EXCOM)

    assert refusal_of(settle_statuses, confirmed=unconfirmed, on=EXCOM, by=None) == (
        "The status of City 4 is confirmed already."
    )
    assert refusal_of(
        settle_statuses, confirmed=unconfirmed[:2], associates=unconfirmed[2:3], on=EXCOM, by=None
    ) == ("Give a reason of at most 300 characters: a decision, letter or meeting.")


def test_record_status_settles_an_unconfirmed_member(goyang):
    record_status(goyang, "withdrawn", on=EXCOM, reason="Letter of 2020-11-02", by=None)

    assert Member.objects.get(pk=goyang.pk).status_confirmed


def test_settling_is_audited_line_by_line(unconfirmed, secretariat):
    settle_statuses(
        confirmed=unconfirmed[:1],
        associates=unconfirmed[1:2],
        reason="Blue in the roster",
        on=EXCOM,
        by=secretariat,
    )

    assert list(
        AuditEntry.objects.filter(act="status.settled")
        .order_by("pk")
        .values_list("file", "why", "facts__status")
    ) == [
        (f"member:{unconfirmed[0]}", "Status confirmed on 2020-11-17.", ["full", "full"]),
        (f"member:{unconfirmed[1]}", "Blue in the roster", ["full", "associate"]),
    ]


class TestTakingBack:
    @pytest.fixture
    def full(self, almaty):
        return write_entry(almaty, "full", on=EXCOM, reason="EXCOM 2020", by=None)

    def test_the_status_before_goes_on(self, almaty, full):
        take_back_entry(full, reason="entered wrongly", by=None)

        assert life(almaty) == [
            ("associate", "2020-02-03"),
            ("full", "2020-11-17"),
            ("associate", "2020-11-17"),
        ]

    def test_what_stands_on_it_is_named(self, almaty, full):
        write_entry(almaty, "suspended", on=dt.date(2021, 3, 1), reason="EXCOM", by=None)

        assert refusal_of(take_back_entry, full, reason="wrong", by=None) == (
            "Almaty is Suspended from 2021-03-01: that stands on what you want to correct. "
            "Correct the later one first."
        )

    def test_days_corrected_back_follow(self, almaty, full):
        later = write_entry(almaty, "suspended", on=dt.date(2021, 3, 1), reason="EXCOM", by=None)
        take_back_entry(later, reason="another Almaty", by=None)

        take_back_entry(full, reason="nor that", by=None)

        assert [
            Member.objects.with_status(dt.date(2021, month, 1)).get().status for month in (1, 3, 4)
        ] == ["associate", "associate", "associate"]

    def test_a_history_keeps_its_beginning(self, almaty):
        first = almaty.status_entries.get()

        assert refusal_of(take_back_entry, first, reason="wrong", by=None) == (
            "The history of Almaty begins here: there is nothing to go back to."
        )


@pytest.mark.parametrize(
    "attack",
    [
        lambda: StatusEntry.objects.update(status="withdrawn"),
        lambda: StatusEntry.objects.all().delete(),
        lambda: Member.objects.all().delete(),
    ],
)
def test_history_is_append_only(almaty, attack):
    with pytest.raises((DatabaseError, ValidationError)), transaction.atomic():
        attack()

    assert life(almaty) == [("associate", "2020-02-03")]


JANUARY = [dt.date(2019, 1, day) for day in range(1, 22)]
acts = st.tuples(st.sampled_from(STATUSES), st.sampled_from(JANUARY[:-1]))


@given(st.lists(acts, max_size=15))
@example(
    [
        ("full", JANUARY[0]),
        ("suspended", JANUARY[1]),
        ("full", JANUARY[1]),
        ("associate", JANUARY[0]),
    ]
)
def test_whatever_is_tried_each_day_follows_the_table(tried):
    member, lines = new_member(), []
    for status, on in tried:
        if find_refusal(member, lines, status, on):
            continue
        before, held = status_on(lines, on - dt.timedelta(days=1)), status_on(lines, on)
        past = [status_on(lines, day) for day in JANUARY if day < on]
        entry = StatusEntry(member=member, status=status, effective_on=on)
        lines += [
            Entry(line.status, line.effective_on) for line in [entry, *carry_on(entry, lines)]
        ]

        assert status != held
        assert status == before or status in NEXT[before] | NEXT[held]
        assert [status_on(lines, day) for day in JANUARY if day < on] == past
        assert {status_on(lines, day) for day in JANUARY if day >= on} == {status}


@given(st.sampled_from(STATUSES))
def test_every_status_can_be_left(status):
    assert NEXT[status]
