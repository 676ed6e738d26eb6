"""Every list asks the database at most 8 times, and equally often for 3 rows and for 40."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.access.world_api import decision_about
from tests.dues.books import pay
from tests.dues.builders import city, issued_invoice
from tests.events.builders import add_meeting
from tests.register import add_figure, add_gdp
from tests.wego.api.callers import program_of

pytestmark = pytest.mark.django_db
MOST = 8
LISTS = (
    "members",
    "members?status=full&on=2020-06-30",
    "figures",
    "country-figures",
    "fee-schedules",
    "invoices",
    "invoices?overdue=true",
    "payments",
    "standing",
    "meetings",
    "decisions",
    "awards",
    "membership-report",
)


def fill(first, last):
    for n in range(first, last):
        member = city(f"Ward {n:03d}", f"구역 {n:03d}")
        add_figure(member, 500_000)
        add_gdp("KR", str(40_000 + n))
        issued_invoice(member, sequence=n + 1)
        pay(member, "10")
        decision_about(member, add_meeting(f"ga-{n}", "assembly"))


@pytest.mark.parametrize("owner", ["administrator", "member"])
def test_no_list_asks_more_for_more_rows(client, owner):
    fill(0, 3)
    member = city("Goyang 1")
    program = program_of(
        client, **({"member": member} if owner == "member" else {"role": "administrator"})
    )
    asked = [path for path in LISTS if owner != "member" or path != "membership-report"]

    def count(path):
        program.get(f"/api/v1/{path}")
        with CaptureQueriesContext(connection) as queries:
            response = program.get(f"/api/v1/{path}")
        assert response.status_code == 200, path
        return len(queries)

    few = {path: count(path) for path in asked}
    fill(3, 40)
    many = {path: count(path) for path in asked}

    assert many == few
    assert max(few.values()) <= MOST, few
