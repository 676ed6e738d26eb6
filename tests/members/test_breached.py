"""Passwords of a list of stolen ones are refused, wherever in the file they stand."""

import hashlib

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from members.accounts.breached import stands_in

STOLEN = "correct horse battery staple"
OWN = "five quiet green lakes of Nepal"


def digest_of(password):
    return hashlib.sha1(password.encode()).hexdigest().upper()


def write_list(path, passwords, *, counted=True):
    lines = sorted(digest_of(each) for each in passwords)
    path.write_text("".join(f"{line}:{len(line)}\n" if counted else f"{line}\n" for line in lines))
    return path


@pytest.mark.parametrize("counted", [True, False])
@pytest.mark.parametrize("size", [1, 2, 3, 10, 1000])
def test_every_password_of_a_list_is_found_and_no_other(tmp_path, size, counted):
    stolen = [f"stolen password {number}" for number in range(size)]
    file = write_list(tmp_path / "list.txt", stolen, counted=counted)

    assert [each for each in stolen if not stands_in(file, each)] == []
    assert [n for n in range(1000) if stands_in(file, f"own password {n}")] == []


def test_lines_of_unequal_length_lose_nothing(tmp_path):
    stolen = [f"stolen password {number}" for number in range(300)]
    lines = sorted(digest_of(each) for each in stolen)
    file = tmp_path / "list.txt"
    file.write_text("".join(f"{line}:{'9' * (n % 17)}\r\n" for n, line in enumerate(lines)))

    assert [each for each in stolen if not stands_in(file, each)] == []
    assert not stands_in(file, OWN)


def test_an_empty_list_holds_nothing(tmp_path):
    assert not stands_in(write_list(tmp_path / "list.txt", []), STOLEN)


def test_a_stolen_password_is_refused_and_another_taken(settings, tmp_path):
    settings.BREACHED_PASSWORDS = str(write_list(tmp_path / "list.txt", [STOLEN, "x"]))

    with pytest.raises(ValidationError, match="known from a theft"):
        validate_password(STOLEN)
    validate_password(OWN)


def test_without_a_list_nothing_is_refused_for_it(settings):
    settings.BREACHED_PASSWORDS = ""

    validate_password(STOLEN)


def test_a_list_that_is_named_and_missing_lets_nobody_through(settings, tmp_path):
    settings.BREACHED_PASSWORDS = str(tmp_path / "nowhere.txt")

    with pytest.raises(FileNotFoundError):
        validate_password(OWN)
