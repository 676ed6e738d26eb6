"""Aging by due day: exact buckets, one query, however many members."""

import datetime as dt

import pytest

from dues.adjustments import write_off_invoice
from dues.aging import Bucket, bucket_of, read_aging
from dues.credit_notes import Resolution
from dues.models import Invoice
from tests.dues.books import pay
from tests.dues.builders import city, issued_invoice

pytestmark = pytest.mark.django_db
DUE = dt.date(2020, 3, 31)


def after(days):
    return DUE + dt.timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "bucket"),
    [
        (-76, "current"),
        (0, "current"),
        (1, "1-30"),
        (30, "1-30"),
        (31, "31-60"),
        (60, "31-60"),
        (61, "61-90"),
        (90, "61-90"),
        (91, "91-180"),
        (180, "91-180"),
        (181, "181-365"),
        (365, "181-365"),
        (366, "over-365"),
        (4000, "over-365"),
    ],
)
def test_bucket_counts_days_after_the_due_day(days, bucket):
    assert bucket_of(DUE, after(days)) == bucket


def filled(aging):
    return {str(bucket): cents for bucket, cents in aging.cents.items() if cents}


def test_what_is_open_moves_through_the_buckets_as_days_pass():
    goyang, kathmandu = city(), city("Kathmandu", "카트만두", country_code="NP")
    issued_invoice(goyang)
    issued_invoice(goyang, year=2021, sequence=1)
    issued_invoice(kathmandu, sequence=2, size=1_442_271, gdp="3600")
    pay(goyang, 5000, received_on=dt.date(2020, 5, 4))
    write_off_invoice(
        Invoice.objects.get(member=kathmandu),
        25_000,
        resolution=Resolution(dt.date(2020, 11, 17), "EXCOM", "item 7"),
        reason="Flood",
        on=dt.date(2020, 11, 17),
        by=None,
    )

    assert filled(read_aging(dt.date(2020, 1, 14))) == {}
    assert filled(read_aging(dt.date(2020, 3, 31))) == {"current": 875_000}
    assert filled(read_aging(dt.date(2020, 5, 3))) == {"31-60": 875_000}
    assert filled(read_aging(dt.date(2020, 5, 4))) == {"31-60": 375_000}
    assert filled(read_aging(dt.date(2020, 12, 31))) == {"181-365": 350_000}
    aging = read_aging(dt.date(2021, 4, 1))
    assert filled(aging) == {"1-30": 750_000, "over-365": 350_000}
    assert (aging.total_cents, aging.overdue_cents) == (1_100_000, 1_100_000)
    assert [(line.member_id, line.invoices, line.total_cents) for line in aging.members] == [
        (goyang.pk, 2, 1_000_000),
        (kathmandu.pk, 1, 100_000),
    ]
    assert aging.members[0].cents[Bucket.OVER_YEAR] == 250_000
    assert aging.only(region="africa").total_cents == 0
    assert aging.only(bucket="over-365", member=goyang.pk).total_cents == 250_000


def test_a_duplicate_owes_under_the_name_it_was_merged_into():
    goyang, twin = city(), city("Koyang", "")
    issued_invoice(twin)
    type(twin).objects.filter(pk=twin.pk).update(merged_into=goyang)

    assert [line.member_id for line in read_aging(DUE).members] == [goyang.pk]


@pytest.mark.parametrize("members", [1, 5])
def test_one_query_however_many_members(members, django_assert_num_queries):
    for number in range(members):
        issued_invoice(city(f"City {number}", ""), sequence=number + 1)

    with django_assert_num_queries(1):
        aging = read_aging(DUE)
        assert len(aging.members) == members
