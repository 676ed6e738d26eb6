"""The same movement is the same, wherever it is met; two alike stay two."""

import datetime as dt
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dues.statements import Balance, Statement, StatementLine
from dues.statements.identity import identify, names_a_movement
from tests.dues.statements.documents import bal, camt, ntry, stmt, txs
from tests.dues.statements.reading import read

pytestmark = pytest.mark.once
CITIES = ["Seoul", "Goyang", "Kathmandu", "Almaty", "Ulaanbaatar"]


def identities(statements):
    return [line.identity for one in statements for line in one.lines]


def entry(number, *, referenced):
    """One of a month's entries; many are alike but for the bank's reference."""
    return ntry(
        f"{1000 + number % 3}.00",
        on=f"2020-03-{1 + number // 8:02d}",
        text=f"Dues {CITIES[number % 2]}",
        ref=f"FT2006{number:06d}" if referenced else "",
    )


# The first ten always, all fifty in the full run.
SEEDS = [*range(10), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(10, 50))]
MONTH = {kind: [entry(n, referenced=kind) for n in range(80)] for kind in (True, False)}


def days_of(entries):
    return [entries[start : start + 8] for start in range(0, len(entries), 8)]


def test_month_has_twins():
    assert len(set(MONTH[False])) < len(MONTH[False]) == 80
    assert len(set(identities(read(camt(stmt(*MONTH[False])))))) == 80


@pytest.mark.parametrize("seed", SEEDS)
def test_any_cut_overlap_and_order_of_referenced_lines(seed):
    dice = random.Random(seed)
    whole = set(identities(read(camt(stmt(*MONTH[True])))))
    found = set()
    start = 0
    while start < 80:
        end = start + dice.randint(1, 30)
        piece = MONTH[True][max(0, start - dice.randint(0, 15)) : end]
        dice.shuffle(piece)
        found |= set(identities(read(camt(stmt(*piece, name=f"P{start}")))))
        start = end

    assert found == whole
    assert len(found) == 80


@pytest.mark.parametrize("seed", SEEDS)
def test_any_cut_between_days_overlap_and_order_without_references(seed):
    dice = random.Random(seed)
    whole = set(identities(read(camt(stmt(*MONTH[False])))))
    days = days_of(MONTH[False])
    found = set()
    start = 0
    while start < len(days):
        end = start + dice.randint(1, 4)
        piece = [one for day in days[max(0, start - dice.randint(0, 3)) : end] for one in day]
        dice.shuffle(piece)
        found |= set(identities(read(camt(stmt(*piece, name=f"P{start}")))))
        start = end

    assert found == whole
    assert len(found) == 80


@settings(max_examples=60)
@given(st.lists(st.integers(0, 79), max_size=100, unique=True), st.booleans())
def test_no_excerpt_invents_a_movement(places, referenced):
    """However a file is cut, also within a day, it never adds to what the whole file says."""
    entries = MONTH[referenced]
    whole = set(identities(read(camt(stmt(*entries)))))

    assert set(identities(read(camt(stmt(*[entries[at] for at in places]))))) <= whole


def test_same_file_twice():
    document = camt(stmt(*MONTH[False]))

    assert identities(read(document)) == identities(read(document))


def test_same_statement_twice_in_one_file_is_no_new_money():
    day = stmt(*MONTH[False][:8], balances=bal("OPBD", "0.00") + bal("CLBD", "8008.00"))

    one, two = read(camt(day, day))

    assert identities([one]) == identities([two])


def test_statements_that_go_on_from_each_other_are_numbered_through():
    twin = ntry("50.00", text="Dues")
    morning = stmt(twin, name="1", balances=bal("OPBD", "0.00") + bal("CLBD", "50.00"))
    evening = stmt(twin, name="2", balances=bal("OPBD", "50.00") + bal("CLBD", "100.00"))
    both = stmt(twin, twin, balances=bal("OPBD", "0.00") + bal("CLBD", "100.00"))

    apart = identities(read(camt(morning, evening)))

    assert apart == identities(read(camt(both)))
    assert len(set(apart)) == 2


def test_banks_reference_beats_the_text():
    short = read(camt(stmt(ntry("50.00", text="Dues", ref="FT20062KTM01"))))
    long = read(camt(stmt(ntry("50.00", text="Dues of Kathmandu", ref="FT20062KTM01"))))

    assert identities(short) == identities(long)


def test_payment_and_its_reversal_under_one_reference_are_two():
    pair = [ntry("50.00", mark=mark, ref="FT20062KTM01") for mark in ("CRDT", "DBIT")]

    assert len(set(identities(read(camt(stmt(*pair)))))) == 2


def test_counters_of_a_file_name_nothing():
    daily = ntry("50.00", text="Dues").replace("<Amt", "<NtryRef>0001</NtryRef><Amt", 1)
    monthly = ntry("50.00", text="Dues").replace("<Amt", "<NtryRef>0047</NtryRef><Amt", 1)

    assert identities(read(camt(stmt(daily)))) == identities(read(camt(stmt(monthly))))


def test_blanks_and_forms_of_letters_make_no_difference():
    composed, decomposed = "Malmö  dues", "Malmo\u0308 dues"

    one = identities(read(camt(stmt(ntry("50.00", text=composed)))))

    assert one == identities(read(camt(stmt(ntry("50.00", text=decomposed)))))


@pytest.mark.parametrize(
    "other",
    [
        ntry("50.01", text="Dues"),
        ntry("50.00", text="Fees"),
        ntry("50.00", text="Dues", on="2020-03-03"),
        ntry("50.00", text="Dues", mark="DBIT"),
        ntry("50.00", text="Dues", ref="FT20062KTM01"),
        ntry("50.00", inside=txs("<Refs><EndToEndId>E-1</EndToEndId></Refs>")),
        ntry("50.00", inside=txs("<RltdPties><Dbtr><Nm>Seoul</Nm></Dbtr></RltdPties>")),
    ],
)
def test_every_word_counts(other):
    assert len(set(identities(read(camt(stmt(ntry("50.00", text="Dues"), other)))))) == 2


def test_accounts_and_currencies_are_kept_apart():
    line = StatementLine(dt.date(2020, 3, 2), None, 5_000, "USD", 1, text="Dues")
    won = StatementLine(dt.date(2020, 3, 2), None, 5_000, "KRW", 1, text="Dues")
    found = identify(
        [
            Statement("csv", "1", "USD", lines=(line,)),
            Statement("csv", "2", "USD", lines=(line,)),
            Statement("csv", "1", "KRW", lines=(won,)),
        ]
    )

    assert len(set(identities(found))) == 3


def test_parts_do_not_run_into_each_other():
    one = StatementLine(
        dt.date(2020, 3, 2), None, 5_000, "USD", 1, counterparty_name="ab", text="c"
    )
    two = StatementLine(
        dt.date(2020, 3, 2), None, 5_000, "USD", 1, counterparty_name="a", text="bc"
    )

    assert len(set(identities(identify([Statement("csv", "1", "USD", lines=(one, two))])))) == 2


def test_identity_is_what_is_stored():
    """Stored lines carry it for years: if this changes, so must they."""
    line = StatementLine(
        dt.date(2020, 3, 2), dt.date(2020, 3, 3), 200_000, "USD", 23, text="Dues 2020"
    )
    opening = Balance(0, dt.date(2020, 3, 1))
    found = identify([Statement("csv", "100032020201", "USD", opening=opening, lines=(line,))])

    assert identities(found) == ["a8fe110500e6af6512d09125b04a6b665621220f88bcce90bb47b024e7dd1834"]


@pytest.mark.parametrize(
    ("reference", "is_name"),
    [
        ("FT20062KTM01", True),
        ("2020030200012345", True),
        ("00000000000123456", True),
        ("NONREF", False),
        ("NOTPROVIDED", False),
        ("0000000000000", False),
        ("0000000000012", False),
        ("1", False),
        ("12345", False),
        ("TRANSFER", False),
        ("", False),
    ],
)
def test_which_references_name_a_movement(reference, is_name):
    assert names_a_movement(reference) is is_name
