"""Which passwords are taken: forty of them, and how they are kept (S11)."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import check_password, identify_hasher, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from members.models import Affiliation, User
from tests.register import add_member

pytestmark = pytest.mark.django_db
TAKEN = (
    "correct horse battery",
    "five quiet green lakes",
    "many quiet lakes",
    "lakes and hills",
    "네팔의 아름다운 호수 풍경 이야기",
    "            a b c d e f g h i",
    "alllowercaselettersok",
    "UPPERCASEONLYWORDSTOO",
    "918273645546372819",
    "!!##%%&&//(())==??",
    "y" + "xz" * 63 + "y",
    "ünïcödé ist erlaubt",
    "Kathmandu has green hills",
    "a member of nine councils",
    "emoji 🌍🌏🌎 world tour",
    "tab\tand space in the words",
    "<script>alert(1)</script>",
    "' OR '1'='1 -- nice try",
)
REFUSED = (
    ("", "password_too_short"),
    ("short", "password_too_short"),
    ("elevenchars", "password_too_short"),
    ("fourteen chars", "password_too_short"),
    ("짧은 비밀번호", "password_too_short"),
    ("x" * 129, "password_long"),
    ("long words " * 12, "password_long"),
    ("passwordpassword", "password_context"),
    ("password1234567", "password_context"),
    ("wego-seoul-2026-wego", "password_context"),
    ("WeGO Seoul Secretariat", "password_context"),
    ("서울서울서울서울서울서울서울서울", "password_context"),
    ("kathmandukathmandu", "password_context"),
    ("Kathmandu Portal 2026", "password_context"),
    ("카트만두카트만두카트만두카트만두", "password_context"),
    ("maya thapa maya", "password_context"),
    ("ThapaMayaThapa2026", "password_context"),
    ("maya@kathmandu.example", "password_too_similar"),
    ("member portal 12345", "password_context"),
    ("1q2w3e4r5t6y7u8i9o0p", "password_too_common"),
    ("12345678900987654321", "password_too_common"),
    ("123456789123456789", "password_too_common"),
)


@pytest.fixture
def maya(db):
    """Of Kathmandu, without a second factor."""
    kathmandu = add_member("Kathmandu", "NP", name_ko="카트만두")
    user = User.objects.create_user("maya@kathmandu.example", None, full_name="Maya Thapa")
    Affiliation.objects.create(user=user, member=kathmandu, role="reader")
    return user


def faults(password, user):
    try:
        validate_password(password, user)
    except ValidationError as refused:
        return {error.code for error in refused.error_list}
    return set()


def test_s11_forty_passwords(maya):
    assert len(TAKEN) + len(REFUSED) == 40
    assert {words: found for words in TAKEN if (found := faults(words, maya))} == {}
    missed = {
        words: faults(words, maya) for words, code in REFUSED if code not in faults(words, maya)
    }
    assert missed == {}


@pytest.mark.parametrize(("words", "allowed"), [("lake hills r", True), ("lake hills", False)])
def test_s11_twelve_characters_are_enough_beside_a_second_factor(maya, words, allowed):
    assert faults(words, maya) == {"password_too_short"}
    Authenticator.objects.create(user=maya, type="totp", data={})

    assert (faults(words, maya) == set()) is allowed


def test_s11_staff_who_must_have_a_second_factor_need_twelve(settings, secretariat):
    settings.SECOND_FACTOR_REQUIRED = True
    assert faults("lake hills r", secretariat) == set()

    settings.SECOND_FACTOR_REQUIRED = False
    assert faults("lake hills r", secretariat) == {"password_too_short"}


@pytest.mark.once
def test_s11_kept_as_argon2id_and_nothing_of_it_readable(settings):
    settings.PASSWORD_HASHERS = ["members.accounts.passwords.Argon2Hasher"]
    one, other = make_password(TAKEN[0]), make_password(TAKEN[0])

    assert one.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert one != other
    assert TAKEN[0] not in one
    assert check_password(TAKEN[0], one)
    assert not check_password(TAKEN[1], one)


@pytest.mark.once
def test_s11_an_older_hash_is_made_anew_at_sign_in(settings):
    argon, older = "members.accounts.passwords.Argon2Hasher", "PBKDF2PasswordHasher"
    settings.PASSWORD_HASHERS = [f"django.contrib.auth.hashers.{older}", argon]
    kept = make_password(TAKEN[0])
    settings.PASSWORD_HASHERS = [argon, f"django.contrib.auth.hashers.{older}"]
    renewed = []

    assert check_password(TAKEN[0], kept, setter=lambda words: renewed.append(make_password(words)))
    assert [identify_hasher(each).algorithm for each in renewed] == ["argon2"]
