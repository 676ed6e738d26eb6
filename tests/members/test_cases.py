"""The worked cases of a member's life, by their numbers; what is owed stands in tests/dues."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError

from members.agenda import close_excom_year, waiting_members
from members.biography import tell_standing
from members.changes import rename_member
from members.decisions import reverse_item
from members.history import DatedName, first_dues_year, name_on
from members.leaving import acknowledge_notice, file_notice, propose_proceeding
from members.lifecycle import read_lines
from members.models import Application, LetterKind, Member, StatusEntry
from tests.members.bodies import add_associate, decide, life
from tests.register import add_member
from wego import seoul

pytestmark = pytest.mark.django_db


def status(member, day):
    return tell_standing(member, dt.date.fromisoformat(day)).status


def test_a11_associate_until_the_day_of_approval():
    city = add_associate(on=dt.date(2019, 3, 5))

    decide((city, "approve"), on=dt.date(2019, 11, 15))

    assert status(city, "2019-03-04") is None
    assert status(city, "2019-03-05") == status(city, "2019-11-14") == "associate"
    assert status(city, "2019-11-15") == "full"
    assert tell_standing(city, dt.date(2019, 12, 31)).first_dues_year == 2020


def test_a12_carried_over_to_the_next_excom():
    other = add_associate("Goyang", number=2)
    decide((other, "approve"), on=dt.date(2019, 11, 15))
    city = add_associate(on=dt.date(2019, 12, 20))

    close_excom_year(2019, on=dt.date(2020, 1, 1), by=None)

    assert status(city, "2019-12-31") == status(city, "2020-01-01") == "associate"
    waiting = waiting_members(dt.date(2020, 1, 2))
    assert [(row.member, row.excom_year, row.note) for row in waiting] == [
        (city, 2020, "carried over to EXCOM 2020")
    ]
    decide((city, "approve"), on=dt.date(2020, 11, 17))
    assert status(city, "2020-11-17") == "full"
    assert tell_standing(city, dt.date(2020, 12, 31)).first_dues_year == 2021


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2020-12-31 14:30+00:00", "2020-12-31"),
        ("2020-12-31 14:59:59+00:00", "2020-12-31"),
        ("2020-12-31 15:00+00:00", "2021-01-01"),
    ],
)
def test_a13_the_day_is_seouls(instant, day):
    company = add_associate(
        "Danfoss", kind="company", country_code="DK", on=dt.date(2020, 3, 5), figure_value=120
    )

    with time_machine.travel(dt.datetime.fromisoformat(instant), tick=False):
        today = seoul.today()
        decide((company, "approve"), on=seoul.date_of(dt.datetime.now(dt.UTC)), recorded_on=today)

    assert life(company)[-1] == ("full", day)
    assert first_dues_year(dt.date.fromisoformat(day)) == int(day[:4]) + 1


def test_a14_rejected_with_a_letter_and_free_to_apply_again():
    city = add_associate()

    decide((city, "reject", "No address in the city"))

    application = Application.objects.get()
    assert application.state == "rejected"
    assert life(city) == [("associate", "2019-03-05"), ("rejected", "2019-11-15")]
    assert city.letters.filter(kind=LetterKind.REJECTION).count() == 1
    again = add_associate(on=dt.date(2020, 2, 1), number=2)
    assert again == city
    assert status(city, "2020-02-01") == "associate"


def test_a15_leaves_on_31_december():
    city = add_member("Lisbon", "PT", region="europe", on=dt.date(2012, 11, 12))

    notice = file_notice(
        city, received_on=dt.date(2022, 10, 1), reason="Budget", by=None, on=dt.date(2022, 10, 1)
    )
    acknowledge_notice(notice, on=dt.date(2022, 10, 4), by=None)
    decide((city, "note"), on=dt.date(2022, 11, 10))

    assert status(city, "2022-12-30") == "full"
    assert status(city, "2022-12-31") == "withdrawn"
    assert life(city) == [("full", "2012-11-12"), ("withdrawn", "2022-12-31")]


def test_a16_expelled_from_the_day_of_the_decision():
    city = add_member("Lisbon", "PT", region="europe", on=dt.date(2012, 11, 12))
    propose_proceeding(
        city, "expel", on=dt.date(2024, 8, 1), reason="Dues of 2023 and 2024 are open", by=None
    )

    decide((city, "expel"), on=dt.date(2024, 9, 20))

    assert status(city, "2024-09-19") == "full"
    assert status(city, "2024-09-20") == "expelled"


def test_x02_full_during_a_year_owes_from_the_next():
    city = add_associate(on=dt.date(2026, 1, 4))

    decide((city, "approve"), on=dt.date(2026, 1, 15))

    assert tell_standing(city, dt.date(2026, 1, 15)).first_dues_year == 2027


def test_x09_a_wrong_decision_is_corrected_by_a_later_one():
    city = add_associate()
    item = decide((city, "approve")).items.get()
    before = list(StatusEntry.objects.values())

    correction = reverse_item(
        item,
        body="excom",
        decided_on=dt.date(2020, 1, 10),
        meeting="EXCOM 2019, corrigendum",
        reference="letter 7",
        reason="Suncheon was item 4, deferred",
        by=None,
        on=dt.date(2020, 1, 10),
    )

    assert list(StatusEntry.objects.values())[: len(before)] == before
    assert life(city)[-1] == ("associate", "2019-11-15")
    assert status(city, "2019-12-31") == "associate"
    assert tell_standing(city, dt.date(2020, 6, 1)).first_dues_year is None
    assert correction.reverses == item
    assert correction.decision.decided_on == dt.date(2020, 1, 10)
    assert Application.objects.get().state == "accepted"
    with pytest.raises(ValidationError, match="corrected already"):
        reverse_item(
            item,
            body="excom",
            decided_on=dt.date(2020, 1, 11),
            meeting="EXCOM 2019",
            reference="letter 8",
            reason="again",
            by=None,
            on=dt.date(2020, 1, 11),
        )


def test_x10_the_old_name_keeps_its_days():
    city = add_member("Nur-Sultan", "KZ", name_ko="누르술탄", is_capital=True)

    rename_member(
        city,
        name_en="Astana",
        name_ko="아스타나",
        on=dt.date(2022, 9, 20),
        used_from=dt.date(2022, 9, 17),
        reason="Decree of 17 September 2022",
        by=None,
    )

    old = city.other_names.get()
    assert (old.name_en, old.name_ko, old.used_from, old.used_until) == (
        "Nur-Sultan",
        "누르술탄",
        None,
        dt.date(2022, 9, 16),
    )
    named = [DatedName(old.name_en, old.name_ko, old.used_from, old.used_until)]
    now = DatedName(*Member.objects.values_list("name_en", "name_ko").get())
    assert name_on(now, named, dt.date(2022, 9, 16)).name_en == "Nur-Sultan"
    assert name_on(now, named, dt.date(2022, 9, 17)).name_en == "Astana"
    assert read_lines(city) == read_lines(Member.objects.get())
