"""The page System: for administrators, red lines first, and never broken by what is broken."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from wego.models import Operation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def note(kind, *, days=0, ok=True, **facts):
    then = timezone.now() - dt.timedelta(days=days)
    return Operation.objects.create(
        kind=kind, ok=ok, started_at=then, finished_at=then, facts=facts
    )


@pytest.fixture
def page(client, administrator):
    client.force_login(administrator)

    def read(address="admin:system"):
        response = client.get(reverse(address))
        assert response.status_code == 200
        return response.content.decode()

    return read


def test_a_new_house_says_what_to_do(page):
    said = page()

    assert "1 thing to mend" in said
    assert "none was heard of" in said
    assert "Nothing was proved or backed up yet" in said


def test_a_fault_of_the_books_is_shown_in_full(page):
    note(
        "verify_books", ok=False, found={"gap": 1}, faults=["gap: WEGO-2020-0007 <b>is</b> missing"]
    )

    said = page()

    assert "Proof of the books: 1 faults, just now" in said
    assert "gap: WEGO-2020-0007 &lt;b&gt;is&lt;/b&gt; missing" in said
    assert "Change nothing in the books before it is explained" in said


def test_the_list_says_how_each_ended(page):
    note("backup", file="/backups/wego.zip")
    note("backup", ok=False, error="OSError: No space left on device")

    said = page("admin:wego_operation_changelist")

    assert said.index("No space left on device") < said.index("/backups/wego.zip")
    assert "took 0 seconds" in said


def test_the_list_of_a_new_house_leads_back(page):
    assert "Nothing was proved or backed up yet" in page("admin:wego_operation_changelist")


@pytest.mark.parametrize("role", ["secretariat", "finance"])
def test_s1_others_of_staff_are_refused(client, request, role):
    client.force_login(request.getfixturevalue(role))

    for address in ("admin:system", "admin:wego_operation_changelist"):
        assert client.get(reverse(address)).status_code == 403


def test_today_warns_administrators_of_an_old_backup(client, settings, administrator, finance):
    settings.HTTPS = True
    note("backup", days=3, size=1000)

    client.force_login(administrator)
    assert (
        "3 days ago, 1.0 kB, read back whole"
        in client.get(reverse("admin:index"), secure=True).content.decode()
    )
    client.force_login(finance)
    assert "read back whole" not in client.get(reverse("admin:index"), secure=True).content.decode()


def test_today_says_nothing_when_all_is_well(page):
    note("backup", size=1000)
    note("verify_books", counts={"entries": 3})

    assert "See the system" not in page("admin:index")


def test_today_warns_of_a_proof_that_failed(page):
    note("verify_audit", ok=False, faults=["Seal 1 does not fit"])

    assert "Proof of the audit trail" in page("admin:index")
