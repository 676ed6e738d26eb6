"""Whoever changes something leaves a trace (S14): the test client's watch sees who does not."""

import pytest

from dues.models import FeeSchedule
from dues.schedules import copy_to_draft
from tests.harness.traces import QUIET, UntracedError
from wego.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client, finance):
    """Where a draft of the city dues is thrown away."""
    client.force_login(finance)
    city_dues = FeeSchedule.objects.get(kind="city")
    draft = copy_to_draft(city_dues, first_dues_year=2030, by=finance)
    return f"/admin/dues/feeschedule/{draft.pk}/delete/"


def test_s14_an_act_with_its_trace_passes(client, page):
    assert client.post(page, {"post": "yes"}).status_code == 302
    assert AuditEntry.objects.order_by("pk").last().act == "schedule.discarded"


def test_s14_control_an_act_without_a_trace_fails_its_test(client, page, monkeypatch):
    monkeypatch.setattr("dues.schedules.audit.record_act", lambda *_act, **_facts: None)

    with pytest.raises(UntracedError, match="dues_feeschedule"):
        client.post(page, {"post": "yes"})


def test_s14_looking_and_being_refused_need_none(client, page):
    in_force = FeeSchedule.objects.get(kind="city", state="in_force")
    refused = client.post(f"/admin/dues/feeschedule/{in_force.pk}/delete/", {"post": "yes"})

    assert client.get(page).status_code == 200
    assert refused.status_code == 403
    assert FeeSchedule.objects.filter(pk=in_force.pk).exists()


def test_s14_no_table_of_rights_or_money_is_quiet():
    loud = {"members_user", "members_affiliation", "members_statusentry", "members_decision"}
    loud |= {"dues_invoice", "dues_entry", "dues_payment", "dues_creditnote", "wego_policyvalue"}
    loud |= {"dues_issuerprofile", "members_memberfigure", "events_term", "events_ballot"}

    assert not loud & QUIET
    assert len(QUIET) == 15
