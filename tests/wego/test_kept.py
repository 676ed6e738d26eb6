"""Large answers are kept until something is done in the house, small ones never."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection

from members.models import User
from wego import kept
from wego.audit import record_act
from wego.kept import KeptPaginator, keep, words_of
from wego.models import AuditEntry, Operation

pytestmark = pytest.mark.django_db
SIZE = 30_000


class Asked:
    """Something that counts how often it was asked, and answers the number."""

    def __init__(self, size=SIZE):
        self.times, self.size = 0, size

    def __call__(self):
        self.times += 1
        return self.times

    def read(self, key="cities"):
        return keep(key, self, size=lambda _answer: self.size)


@pytest.fixture
def clock(monkeypatch):
    """A clock that goes on when told."""
    now = [1000.0]
    monkeypatch.setattr(kept.time, "monotonic", lambda: now[0])
    return now


def act():
    record_act("member.changed", by=None)


def test_a_large_answer_is_kept_from_the_second_time_on():
    asked = Asked()

    assert [asked.read() for _time in range(5)] == [1, 2, 2, 2, 2]


def test_a_small_answer_is_asked_every_time():
    asked = Asked(size=kept.LARGE - 1)

    assert [asked.read() for _time in range(4)] == [1, 2, 3, 4]


def test_an_act_in_the_house_ends_it():
    asked = Asked()
    before = [asked.read() for _time in range(3)]
    act()

    assert before == [1, 2, 2]
    assert [asked.read() for _time in range(2)] == [3, 3]


def test_an_act_while_the_answer_was_made_is_not_lost():
    asked = Asked()
    asked.read()

    def make():
        act()
        return asked()

    assert keep("cities", make, size=lambda _answer: SIZE) == 2
    assert [asked.read() for _time in range(2)] == [3, 3]


def test_nothing_is_kept_longer_than_a_minute(clock):
    asked = Asked()
    before = [asked.read() for _time in range(3)]
    clock[0] += kept.SECONDS - 1
    just = asked.read()
    clock[0] += 1

    assert (before, just) == ([1, 2, 2], 2)
    assert [asked.read() for _time in range(2)] == [3, 3]


def test_an_act_that_ends_after_a_younger_one_counts():
    asked = Asked()
    early, late, young = (AuditEntry(pk=70_000 + n, act="member.changed") for n in range(3))
    AuditEntry.objects.bulk_create([early, young])
    before = [asked.read() for _time in range(3)]
    AuditEntry.objects.bulk_create([late])

    assert before == [1, 2, 2]
    assert [asked.read() for _time in range(2)] == [3, 3]


def test_one_makes_an_answer_and_the_others_wait(monkeypatch):
    # No thread needs a connection of its own.
    monkeypatch.setattr(kept, "read_version", lambda: 7)
    asked, begun, go_on = Asked(), Event(), Event()

    def make():
        begun.set()
        go_on.wait(10)
        return asked()

    kept.remember((connection.settings_dict["NAME"], "cities"), None, SIZE)
    with ThreadPoolExecutor(4) as threads:
        reads = [
            threads.submit(keep, "cities", make, size=lambda _answer: SIZE) for _each in "1234"
        ]
        begun.wait(10)
        go_on.set()
        answers = [each.result(10) for each in reads]

    assert answers == [1, 1, 1, 1]


def test_what_became_small_is_kept_no_more():
    asked = Asked()
    assert [asked.read() for _time in range(3)] == [1, 2, 2]
    asked.size = 10
    act()

    assert [asked.read() for _time in range(3)] == [3, 4, 5]


def test_only_so_many_answers_are_kept_the_oldest_goes_first():
    first, others = Asked(), Asked()
    first.read("first")
    first.read("first")
    for number in range(kept.MOST):
        others.read(number)

    assert first.read("first") == 3


def test_asking_costs_one_query_small_or_kept(django_assert_num_queries):
    operations = Operation.objects.all
    small = lambda: keep("small", operations().count, size=int)  # noqa: E731
    large = lambda: keep("large", operations().count, size=lambda _count: SIZE)  # noqa: E731
    for each in (small, large, large):
        each()

    with django_assert_num_queries(1):
        small()
    with django_assert_num_queries(1):
        large()


def add_people(count):
    User.objects.bulk_create(
        User(email=f"ana{number}@goyang.example", full_name=f"Ana {number:02}")
        for number in range(count)
    )


def test_a_large_list_is_counted_once_in_a_version_of_the_house(monkeypatch):
    monkeypatch.setattr(kept, "LARGE", 5)
    add_people(8)
    people = User.objects.order_by("full_name")
    counts = [KeptPaginator(people, 3).count for _time in range(3)]
    User.objects.filter(full_name="Ana 07").delete()
    unsaid = KeptPaginator(people, 3).count
    act()

    assert (counts, unsaid) == ([8, 8, 8], 8)
    assert KeptPaginator(people, 3).count == 7
    assert [each.full_name for each in KeptPaginator(people, 3).page(3)] == ["Ana 06"]


def test_another_question_has_another_answer(monkeypatch):
    monkeypatch.setattr(kept, "LARGE", 0)
    add_people(3)
    asked = {
        number: User.objects.filter(full_name__gte=f"Ana {number:02}").order_by("pk")
        for number in range(4)
    }
    counts = Counter()
    for _time in range(3):
        counts = {number: KeptPaginator(rows, 2).count for number, rows in asked.items()}

    assert counts == {0: 3, 1: 2, 2: 1, 3: 0}
    assert words_of(asked[1]) == words_of(asked[1].order_by("-full_name"))
    assert len({words_of(rows) for rows in asked.values()}) == 4


def test_a_list_that_can_have_no_rows_asks_nobody(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert KeptPaginator(AuditEntry.objects.filter(pk__in=[]), 50).count == 0


def test_rows_in_memory_are_counted_as_they_are():
    assert KeptPaginator(["Goyang", "Almaty"], 50).count == 2
