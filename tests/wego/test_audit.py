"""The audit trail as it is written, read and exported."""

import csv
import datetime as dt
import io

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.register import add_member
from wego import audit, seals
from wego.models import AuditEntry

pytestmark = pytest.mark.django_db
PAGE = "/admin/wego/auditentry/"


@pytest.fixture
def desk(client, administrator):
    client.force_login(administrator)
    return client


def text_of(response):
    return response.content.decode()


def test_entry_says_who_did_what_to_what_and_why(secretariat):
    goyang = add_member("Goyang")

    entry = audit.record_act(
        "member.renamed",
        by=secretariat,
        subject=goyang,
        why="Letter of 3 May",
        facts={"name_en": ["Koyang", "Goyang"]},
    )

    entry.refresh_from_db()
    assert (entry.subject, entry.file, entry.label) == (
        f"member:{goyang.pk}",
        f"member:{goyang.pk}",
        "Goyang",
    )
    assert (entry.by, entry.why, entry.facts) == (
        secretariat,
        "Letter of 3 May",
        {"name_en": ["Koyang", "Goyang"]},
    )


def test_entry_of_a_refused_act_is_not_written():
    @transaction.atomic
    def act():
        audit.record_act("member.renamed", by=None)
        raise ValidationError("no")

    with pytest.raises(ValidationError):
        act()

    assert not AuditEntry.objects.exists()


def test_acts_have_names_for_readers():
    assert audit.label_of("mail.retried") == "Mail queued again"
    assert audit.label_of("planet.landed_on") == "Planet landed_on"


def test_no_act_has_two_names():
    named = [act for config in apps.get_app_configs() for act in getattr(config, "acts", {})]

    assert len(named) == len(set(named))


def test_two_fields_saved_are_no_change_from_one_to_the_other(desk):
    audit.record_act("application.saved", by=None, facts={"changed": ["level", "name_en"]})

    page = text_of(desk.get(PAGE))

    assert '<span class="quiet">changed</span> level, name en' in page
    assert "<del>" not in page


@pytest.mark.parametrize(
    ("role", "status"), [("administrator", 200), ("secretariat", 403), ("finance", 403)]
)
def test_trail_is_for_administrators(client, request, role, status):
    client.force_login(request.getfixturevalue(role))

    assert client.get(PAGE).status_code == status
    response = client.post(f"{PAGE}export/")
    assert response.status_code == status
    assert response.getvalue()


def test_empty_trail_says_what_would_be_here(desk):
    words = text_of(desk.get(PAGE))

    assert "Nothing happened yet" in words
    assert "Nothing is sealed yet." in words


def test_trail_shows_changes_and_the_head(desk, secretariat):
    audit.record_act(
        "mail.retried",
        by=secretariat,
        why="<b>asked</b>",
        facts={"state": ["failed", "queued"], "year": 2020, "certain": True, "note": None},
    )
    seals.seal_all()
    audit.record_act("mail.confirmed", by=None)

    words = text_of(desk.get(PAGE))

    assert "Mail queued again" in words
    assert "<del>failed</del>" in words
    assert "<ins>queued</ins>" in words
    assert "2020" in words
    assert "&lt;b&gt;asked&lt;/b&gt;" in words
    assert "Kim Seo-yeon" in words
    assert seals.verify_trail().head in words
    assert "1 entry waits for the next seal." in words


@pytest.mark.parametrize(
    ("query", "acts"),
    [
        ({}, ["mail.confirmed", "mail.retried"]),
        ({"act": "mail.retried"}, ["mail.retried"]),
        ({"who": "seo-yeon"}, ["mail.retried"]),
        ({"who": "kim@wego"}, ["mail.retried"]),
        ({"since": "2020-01-02"}, ["mail.confirmed", "mail.retried"]),
        ({"until": "2020-01-02"}, []),
        ({"since": "yesterday", "until": "2020-02-31", "page": "x"}, None),
        ({"since": "0001-01-01", "until": "9999-12-31", "who": "%", "act": "%"}, None),
    ],
)
def test_trail_is_narrowed_by_who_what_and_when(desk, secretariat, query, acts):
    audit.record_act("mail.retried", by=secretariat)
    audit.record_act("mail.confirmed", by=None)

    page = desk.get(PAGE, query)

    assert page.status_code == 200
    if acts is not None:
        assert [entry.act for entry in page.context["listing"].page] == acts


def test_days_are_those_of_seoul(desk):
    entry = audit.record_act("mail.retried", by=None)
    today = timezone.localtime(entry.at, dt.timezone(dt.timedelta(hours=9))).date()

    assert desk.get(PAGE, {"since": today, "until": today}).context["listing"].page.object_list
    tomorrow = today + dt.timedelta(days=1)
    assert not desk.get(PAGE, {"since": tomorrow}).context["listing"].page.object_list


def test_trail_costs_the_same_for_any_number(desk, secretariat):
    def queries():
        with CaptureQueriesContext(connection) as seen:
            assert desk.get(PAGE).status_code == 200
        return len(seen)

    audit.record_acts(AuditEntry(act="mail.retried", by=secretariat) for _ in range(10))
    few = queries()
    audit.record_acts(AuditEntry(act="mail.retried", by=secretariat) for _ in range(60))

    assert queries() == few <= 9


STARTS = ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "＝1", "|x", "=cmd|' /C calc'!A0", ";=1"]


@pytest.mark.parametrize("start", STARTS)
def test_export_holds_no_formula(desk, administrator, start):
    audit.record_act("mail.retried", by=administrator, why=start, facts={"x": start})

    response = desk.post(f"{PAGE}export/")

    lines = list(csv.reader(io.StringIO(response.getvalue().decode("utf-8-sig"))))
    (line,) = lines[1:]
    row = dict(zip(lines[0], line, strict=True))
    assert row["act"] == "mail.retried"
    assert row["by"] == "park@wego.example"
    assert row["why"].lstrip(";").startswith("'")
    assert all(not cell.lstrip().startswith(("=", "+", "-", "@", "|")) for cell in line)


def test_export_is_noted_and_holds_what_was_asked(desk, administrator):
    audit.record_act("mail.retried", by=None)
    audit.record_act("mail.confirmed", by=None)

    response = desk.post(f"{PAGE}export/?act=mail.retried")

    assert len(response.getvalue().splitlines()) == 2
    assert response["Cache-Control"].startswith("no-store")
    noted = AuditEntry.objects.get(act="audit trail.exported")
    assert (noted.by, noted.facts) == (administrator, {"act": "mail.retried"})
    assert desk.get(f"{PAGE}export/").status_code == 405
