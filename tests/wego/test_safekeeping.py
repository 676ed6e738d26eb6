"""Secrets at rest: they open for their house and purpose alone, and not when altered."""

import base64

import pytest

from wego.safekeeping import MARK, NotOpenedError, seal, unseal

SEED = "JBSWY3DPEHPK3PXP"
OTHER = "another key of a house, as long as chance makes them, fifty signs"


def test_what_is_sealed_opens_again_and_says_nothing():
    sealed = seal(SEED, purpose="second factor")

    assert sealed.startswith("g1.")
    assert SEED not in sealed
    assert unseal(sealed, purpose="second factor") == SEED


def test_the_same_secret_looks_different_each_time():
    assert seal(SEED, purpose="second factor") != seal(SEED, purpose="second factor")


def test_another_purpose_opens_nothing():
    with pytest.raises(NotOpenedError):
        unseal(seal(SEED, purpose="second factor"), purpose="recovery codes")


@pytest.mark.parametrize("place", [0, 11, 12, 20, -1])
def test_an_altered_secret_does_not_open(place):
    raw = bytearray(base64.urlsafe_b64decode(seal(SEED, purpose="x").removeprefix(MARK)))
    raw[place] ^= 1

    with pytest.raises(NotOpenedError):
        unseal(MARK + base64.urlsafe_b64encode(bytes(raw)).decode(), purpose="x")


@pytest.mark.parametrize("text", ["", "g1.", "g1.====", "g1.not base64", "g1.AAAA"])
def test_what_was_never_sealed_does_not_open(text):
    with pytest.raises(NotOpenedError):
        unseal(text, purpose="x")


def test_a_former_key_opens_what_it_sealed_and_a_stranger_does_not(settings):
    sealed = seal(SEED, purpose="x")
    settings.SECRET_KEY, former = OTHER, settings.SECRET_KEY

    with pytest.raises(NotOpenedError):
        unseal(sealed, purpose="x")
    settings.SECRET_KEY_FALLBACKS = [former]
    assert unseal(sealed, purpose="x") == SEED
