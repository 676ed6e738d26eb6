"""Sealed ballots: equally long, different every time, opened by both keys together only."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.balloting import sealing

FIRST, SECOND = sealing.new_teller_key(), sealing.new_teller_key()
PUBLIC = sealing.public_key_of(FIRST, SECOND)


def test_both_keys_open_what_was_sealed_in_either_order_and_as_people_type():
    receipt = sealing.new_receipt()
    box = [sealing.seal(PUBLIC, receipt, ["02", "01"])]

    typed = f"  {SECOND.lower().replace('-', ' ')} "
    assert sealing.open_all(box, typed, FIRST) == [{"receipt": receipt, "choices": ["01", "02"]}]


@pytest.mark.parametrize("keys", [(FIRST, FIRST), (FIRST, sealing.new_teller_key()), ("", SECOND)])
def test_one_key_alone_opens_nothing(keys):
    box = [sealing.seal(PUBLIC, sealing.new_receipt(), ["01"])]

    with pytest.raises(sealing.SealError):
        sealing.open_all(box, *keys)


def test_a_slip_of_the_pen_is_noticed_before_the_count():
    wrong = ("2" if FIRST[0] != "2" else "3") + FIRST[1:]

    with pytest.raises(sealing.SealError, match="mistyped"):
        sealing.read_teller_key(wrong)


@given(choices=st.lists(st.sampled_from([f"{n:02d}" for n in range(1, 61)]), unique=True))
def test_every_sealed_ballot_is_equally_long_whatever_is_on_it(choices):
    blank = sealing.seal(PUBLIC, sealing.new_receipt(), [])

    assert len(sealing.seal(PUBLIC, sealing.new_receipt(), choices)) == len(blank)


def test_the_same_ballot_sealed_twice_looks_different():
    receipt = sealing.new_receipt()

    assert sealing.seal(PUBLIC, receipt, ["01"]) != sealing.seal(PUBLIC, receipt, ["01"])


def test_an_altered_sealed_ballot_does_not_open():
    raw = bytearray(base64.b64decode(sealing.seal(PUBLIC, sealing.new_receipt(), ["01"])))
    raw[100] ^= 1

    with pytest.raises(sealing.SealError, match="altered"):
        sealing.open_all([base64.b64encode(bytes(raw)).decode()], FIRST, SECOND)


def test_opened_ballots_come_by_receipt_and_not_as_they_were_put_in():
    receipts = [sealing.new_receipt() for _ballot in range(20)]
    box = [sealing.seal(PUBLIC, receipt, []) for receipt in receipts]

    found = [each["receipt"] for each in sealing.open_all(box, FIRST, SECOND)]

    assert found == sorted(receipts)
