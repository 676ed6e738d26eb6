import pytest

from members.models import Affiliation, User
from tests.register import add_member

PEOPLE = "/admin/members/user/"
AFFILIATIONS = {"affiliations-TOTAL_FORMS": "0", "affiliations-INITIAL_FORMS": "0"}
PASSWORD = "correct horse battery staple"


@pytest.fixture
def park(client, administrator):
    client.force_login(administrator)
    return client


def person(user, **change):
    return {
        "email": user.email,
        "full_name": user.full_name,
        "language": user.language,
        "role": user.role,
        "is_active": "on",
        **AFFILIATIONS,
        **change,
    }


@pytest.mark.parametrize("address", ["", "add/", "{pk}/change/", "{pk}/password/"])
def test_people_are_for_administrators_only(client, administrator, secretariat, finance, address):
    address = PEOPLE + address.format(pk=finance.pk)

    for user, status in ((secretariat, 403), (finance, 403), (administrator, 200)):
        client.force_login(user)
        assert client.get(address).status_code == status


def test_add_page_makes_a_person_with_a_hashed_password(park):
    response = park.post(
        f"{PEOPLE}add/",
        {
            "email": "Choi@WeGO.example",
            "full_name": "Choi Ha-neul",
            "language": "ko",
            "role": "finance",
            "usable_password": "true",
            "password1": PASSWORD,
            "password2": PASSWORD,
            **AFFILIATIONS,
        },
    )

    assert response.status_code == 302
    choi = User.objects.get(email="choi@wego.example")
    assert (choi.full_name, choi.language, choi.role, choi.is_superuser) == (
        "Choi Ha-neul",
        "ko",
        "finance",
        False,
    )
    assert PASSWORD not in choi.password
    assert choi.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"email": "KIM@wego.example"}, "A person with this address exists already."),
        ({"password2": "something else"}, "The two password fields didn’t match."),
        ({"password1": "short", "password2": "short"}, "This password is too short."),
    ],
)
def test_add_page_refuses_with_a_sentence(park, secretariat, change, sentence):
    posted = {
        "email": "choi@wego.example",
        "full_name": "Choi",
        "language": "ko",
        "role": "finance",
        "usable_password": "true",
        "password1": PASSWORD,
        "password2": PASSWORD,
        **AFFILIATIONS,
        **change,
    }

    response = park.post(f"{PEOPLE}add/", posted)

    assert sentence in response.content.decode()
    assert User.objects.count() == 2


def test_change_page_gives_a_role_and_an_affiliation(park, secretariat):
    seoul = add_member("Seoul")

    response = park.post(
        f"{PEOPLE}{secretariat.pk}/change/",
        person(
            secretariat,
            role="finance",
            **{
                "affiliations-TOTAL_FORMS": "1",
                "affiliations-0-member": seoul.pk,
                "affiliations-0-role": "delegate",
            },
        ),
    )

    assert response.status_code == 302
    secretariat.refresh_from_db()
    assert secretariat.role == "finance"
    affiliation = Affiliation.objects.get()
    assert (affiliation.user, affiliation.member, affiliation.role) == (
        secretariat,
        seoul,
        "delegate",
    )


@pytest.mark.parametrize("change", [{"role": "finance"}, {"role": ""}, {"is_active": ""}])
def test_the_last_administrator_stays(park, administrator, change):
    posted = person(administrator, **change)
    if not posted["is_active"]:
        del posted["is_active"]

    response = park.post(f"{PEOPLE}{administrator.pk}/change/", posted)

    assert "This is the last administrator" in response.content.decode()
    administrator.refresh_from_db()
    assert (administrator.role, administrator.is_active) == ("administrator", True)


def test_an_administrator_may_go_when_another_stays(park, administrator):
    User.objects.create_user("choi@wego.example", full_name="Choi", role="administrator")

    park.post(f"{PEOPLE}{administrator.pk}/change/", person(administrator, role="finance"))

    administrator.refresh_from_db()
    assert administrator.role == "finance"


def test_nobody_is_deleted(park, secretariat):
    assert park.post(f"{PEOPLE}{secretariat.pk}/delete/", {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=secretariat.pk).exists()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Without a password a person cannot log in."),
        ("ko", "비밀번호가 없는 사용자는 로그인할 수 없습니다."),
    ],
)
@pytest.mark.parametrize("address", ["add/", "{pk}/password/"])
def test_a_password_is_explained_in_the_readers_language(
    park, secretariat, address, language, words
):
    park.cookies["django_language"] = language

    text = park.get(PEOPLE + address.format(pk=secretariat.pk)).content.decode()

    assert words in text
    assert "Single Sign-On" not in text
