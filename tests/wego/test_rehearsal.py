"""An act that is told and taken back."""

import pytest
from django.core.exceptions import ValidationError

from wego.audit import record_act
from wego.models import AuditEntry
from wego.rehearsal import rehearse

pytestmark = pytest.mark.django_db


def test_what_an_act_returns_is_told_and_nothing_stays():
    label = rehearse(lambda: record_act("member.renamed", by=None, why="Why").why)

    assert label == "Why"
    assert not AuditEntry.objects.exists()


def test_an_act_that_refuses_refuses_here():
    def refuse():
        record_act("member.renamed", by=None)
        raise ValidationError("No", code="no")

    with pytest.raises(ValidationError, match="No"):
        rehearse(refuse)

    assert not AuditEntry.objects.exists()
