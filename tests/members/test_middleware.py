"""For which organisation a request acts."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import resolve

from members.access import CHOSEN_MEMBER, list_members_of
from members.middleware import MemberMiddleware
from members.models import Affiliation, User
from tests.register import add_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def seen():
    """The request as a page gets it."""

    def see(user, path="/portal/", chosen=None):
        request = RequestFactory().get(path)
        request.user = user
        request.session = {CHOSEN_MEMBER: chosen} if chosen else {}
        request.resolver_match = resolve(path)

        def respond(request):
            middleware.process_view(request, None, (), {})
            return HttpResponse()

        middleware = MemberMiddleware(respond)
        middleware(request)
        return request

    return see


@pytest.fixture
def person(db):
    return User.objects.create_user("treasurer@kathmandu.example", None, full_name="Maya Thapa")


def test_stranger_and_staff_act_for_nobody(seen, secretariat):
    for user in (AnonymousUser(), secretariat):
        request = seen(user)
        assert (request.member, request.member_roles) == (None, frozenset())


def test_first_by_name_with_all_roles_of_it(seen, person):
    seoul, kathmandu = add_member("Seoul"), add_member("Kathmandu", "NP")
    for member, role in ((seoul, "reader"), (kathmandu, "finance"), (kathmandu, "delegate")):
        Affiliation.objects.create(user=person, member=member, role=role)

    request = seen(person)

    assert request.member == kathmandu
    assert request.member_roles == {"finance", "delegate"}
    assert list_members_of(person) == [kathmandu, seoul]


def test_chosen_organisation_holds_only_among_ones_own(seen, person):
    seoul, kathmandu = add_member("Seoul"), add_member("Kathmandu", "NP")
    dhaka = add_member("Dhaka North", "BD")
    for member, role in ((seoul, "reader"), (kathmandu, "finance")):
        Affiliation.objects.create(user=person, member=member, role=role)

    chosen = seen(person, chosen=seoul.pk)
    assert (chosen.member, chosen.member_roles) == (seoul, {"reader"})
    assert seen(person, chosen=dhaka.pk).member == kathmandu
    assert seen(person, chosen="nonsense").member == kathmandu


def test_one_query_in_the_portal_and_none_in_the_web_admin(seen, person, django_assert_num_queries):
    Affiliation.objects.create(user=person, member=add_member("Seoul"), role="reader")

    with django_assert_num_queries(1):
        seen(person)
    with django_assert_num_queries(0):
        assert seen(person, "/admin/").member is None
