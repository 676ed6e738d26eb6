"""A bounded run of requests made from the OpenAPI document; `tests.drills.api` makes thousands."""

import pytest
import schemathesis

from tests.access import world
from tests.harness.schema_cases import Report, run_cases
from tests.wego.api.callers import token_for
from wego.wsgi import application

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]


@pytest.mark.parametrize("role", ["finance", "secretariat", "member"])
def test_no_request_breaks_the_house_or_the_document(role, monkeypatch, settings):
    monkeypatch.setattr("members.tokens.MOST", 10**6)
    settings.ALLOWED_HOSTS = ["*"]
    facts = world.build()
    owner = {"role": role} if role != "member" else {"member": member_of(facts)}
    secret = token_for(**owner).secret
    schema = schemathesis.openapi.from_wsgi("/api/schema/", application)

    report = run_cases(
        schema,
        lambda: {"Authorization": f"Bearer {secret}"},
        examples=4,
        report=Report(),
        known=known_of(facts["own"]),
    )

    assert report.server_errors == []
    assert report.mismatches == []
    assert report.cases >= 60


def member_of(facts):
    from members.models import Member

    return Member.objects.get(pk=facts["own"]["member"])


def known_of(own):
    """Keys of rows of our own member, by resource."""
    return {
        "members": own["member"],
        "invoices": own["number"],
        "payments": own["receipt"],
        "meetings": own["meeting_code"],
        "decisions": own["api_decision"],
        "awards": own["award_code"],
    }
