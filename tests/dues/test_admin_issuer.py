"""The invoice settings on their page."""

import pytest
from django.contrib.admin.models import LogEntry

from dues.models import IssuerProfile
from tests.dues.builders import city, person_of
from tests.dues.staff import messages_of, text_of

pytestmark = pytest.mark.django_db

PAGE = "/admin/dues/issuerprofile/"


def typed_from(page):
    form = page.context["form"]
    data = {bound.html_name: bound.value() for bound in form}
    return {
        name: "on" if value is True else str(value)
        for name, value in data.items()
        if value not in (None, False)
    } | {"seen": page.context["seen"]}


@pytest.mark.parametrize("role", ["secretariat", "finance", "administrator"])
def test_settings_are_saved_once_and_remembered(client, request, role):
    person = request.getfixturevalue(role)
    client.force_login(person)
    typed = typed_from(client.get(PAGE))

    response = client.post(
        PAGE,
        typed | {"bank_account": "1006-000-123456", "bank_swift": "demokrse", "issue_day": "20"},
        follow=True,
    )

    assert response.redirect_chain == [(PAGE, 302)]
    issuer = IssuerProfile.objects.get()
    assert (issuer.bank_account, issuer.bank_swift) == ("1006-000-123456", "DEMOKRSE")
    assert (issuer.issue_month, issuer.issue_day) == (1, 20)
    assert messages_of(response) == [
        "The invoice settings are saved. They hold for invoices issued from now on."
    ]
    assert LogEntry.objects.get().user == person


def test_the_page_says_what_saving_means(desk):
    words = text_of(desk.get(PAGE))

    assert "Those issued before keep what they printed" in words
    assert "Letterhead" in words
    assert "Calendar of the dues year" in words


def test_what_is_refused_keeps_what_was_typed_and_writes_nothing(desk):
    typed = typed_from(desk.get(PAGE))

    page = desk.post(PAGE, typed | {"issue_month": "2", "issue_day": "31", "phone": "+82 2"})

    assert page.context["form"].errors == {"issue_day": ["February has days 1 to 28."]}
    assert page.context["form"]["phone"].value() == "+82 2"
    assert b"<title>Error:" in page.content
    assert b'href="#id_issue_day"' in page.content
    assert not IssuerProfile.objects.exists()


def test_the_second_of_two_people_is_told_and_sees_both(desk):
    typed = typed_from(desk.get(PAGE))
    IssuerProfile.objects.create(pk=1, phone="+82 2 1111", bank_name="Example Bank")

    page = desk.post(PAGE, typed | {"phone": "+82 2 2222"})

    words = text_of(page)
    assert "Somebody else saved these settings meanwhile." in words
    assert "Telephone: +82 2 1111; Bank: Example Bank" in words
    assert page.context["form"]["phone"].value() == "+82 2 2222"
    assert IssuerProfile.objects.get().phone == "+82 2 1111"

    desk.post(PAGE, typed_from(page) | {"phone": "+82 2 2222"})
    assert IssuerProfile.objects.get().phone == "+82 2 2222"


def test_there_is_one_row_and_it_stays(desk):
    IssuerProfile.objects.create(pk=1)

    assert desk.get(f"{PAGE}add/").status_code == 403
    assert desk.post(f"{PAGE}1/delete/", {"post": "yes"}).status_code == 403
    assert IssuerProfile.objects.count() == 1


def test_people_of_a_member_change_nothing(client):
    client.force_login(person_of(city()))

    assert client.post(PAGE, {"phone": "1"}, follow=True).status_code == 403
    assert not IssuerProfile.objects.exists()


def test_the_page_takes_three_queries(desk, django_assert_num_queries):
    with django_assert_num_queries(3):
        desk.get(PAGE)
