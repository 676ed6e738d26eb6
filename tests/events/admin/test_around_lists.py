import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from members.models import Member
from tests.events.filling import fill_around

pytestmark = pytest.mark.django_db
MOST = 12


def add_members(first, last):
    return Member.objects.bulk_create(
        Member(kind="city", name_en=f"Ward {n}", country_code="KR", region="asia")
        for n in range(first, last)
    )


@pytest.mark.parametrize(
    "address",
    [
        "/admin/events/hostcall/",
        "/admin/events/hostcall/?q=excom",
        "/admin/events/supportrequest/",
        "/admin/events/supportrequest/?q=ward",
    ],
)
def test_a_list_asks_equally_often_of_forty_and_of_two_hundred(client, secretariat, address):
    client.force_login(secretariat)

    def queries():
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    fill_around(range(40), add_members(0, 40))
    few = queries()
    fill_around(range(40, 200), add_members(40, 200))

    assert queries() == few <= MOST
