"""Applying without an account: what is kept, what is refused, and that refusals write nothing."""

import datetime as dt
import re

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from members.applying import (
    MOST_FILES,
    MOST_FORMS,
    attach_file,
    find_form,
    read_attached,
    save_section,
    start_application,
)
from members.models import Application, ApplicationFile, Letter
from tests.drafts import BEGUN_ON, FIGURES, ORGANISATION, PEOPLE, begin, begin_complete, scan
from tests.register import add_member
from wego import storage
from wego.models import AuditEntry, Mail

pytestmark = pytest.mark.django_db
LATER = dt.date(2026, 5, 11)


def refused(code):
    return pytest.raises(ValidationError, check=lambda error: codes_of(error) == {code})


def codes_of(error):
    return {inner.code for inner in getattr(error, "error_list", [])} or {
        inner.code for inners in error.error_dict.values() for inner in inners
    }


def acts():
    return list(AuditEntry.objects.order_by("pk").values_list("act", flat=True))


def test_a_draft_has_a_reference_and_mails_its_link():
    application = begin(email=" Hong@Suncheon.example ", language="ko")

    assert re.fullmatch(r"WA-2026-[2-9A-HJKMNP-TV-Z]{5}", application.reference)
    assert application.state == "draft"
    assert application.applicant_email == "hong@suncheon.example"
    mail = Mail.objects.get()
    assert (mail.kind, mail.to_email, mail.language) == (
        "application_link",
        "hong@suncheon.example",
        "ko",
    )
    assert mail.private
    assert mail.file == f"application:{application.pk}"
    entry = AuditEntry.objects.get()
    assert (entry.act, entry.by_id, entry.facts) == ("application.started", None, {"kind": "city"})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "a@b.example, evil@e.example"),
        ("email", "a@b.example\nBcc: evil@e.example"),
        ("email", "nobody"),
        ("kind", "kingdom"),
        ("language", "xx"),
    ],
)
def test_a_draft_of_nonsense_writes_nothing(field, value):
    given = {"email": "hong@suncheon.example", "kind": "city", "language": "en", field: value}

    with pytest.raises(ValidationError):
        start_application(**given, on=BEGUN_ON)

    assert not Application.objects.exists()
    assert not Mail.objects.exists()
    assert not AuditEntry.objects.exists()


def test_references_do_not_count():
    references = {begin().reference for _draft in range(20)}

    assert len(references) == 20
    assert len({reference[-1] for reference in references}) > 3


def test_a_part_is_kept_half_filled():
    application = begin()

    changed = save_section(application, "organisation", {"name_en": "  Sun\u202echeon "}, on=LATER)

    application.refresh_from_db()
    assert changed == ["name_en"]
    assert application.name_en == "Sun cheon"
    entry = AuditEntry.objects.first()
    assert entry.act == "application.saved"
    assert entry.facts == {"section": "organisation", "changed": ["name_en"]}


def test_saving_the_same_again_is_no_act():
    application = begin()
    save_section(application, "organisation", ORGANISATION, on=LATER)
    before = acts()

    assert save_section(application, "organisation", ORGANISATION, on=LATER) == []

    assert acts() == before


def test_the_audit_trail_names_what_changed_and_no_person():
    application = begin()

    save_section(application, "contacts", {"contacts": PEOPLE}, on=LATER)

    assert AuditEntry.objects.first().facts == {"section": "contacts", "changed": ["contacts"]}


@pytest.mark.parametrize("section", ["organisation", "figures", "contacts"])
def test_a_part_takes_its_own_answers_only(section):
    application = begin()
    everything = {
        **ORGANISATION,
        **FIGURES,
        "contacts": PEOPLE,
        "state": "accepted",
        "reference": "WA-0000-AAAAA",
        "applicant_email": "evil@e.example",
        "member": add_member("Seoul"),
        "target_excom_year": 2030,
        "link_version": 9,
        "region": "europe",
        "submitted_on": LATER,
        "accepted_on": LATER,
    }
    own = {
        "organisation": set(ORGANISATION),
        "figures": set(FIGURES),
        "contacts": {"contacts"},
    }[section]
    before = Application.objects.values().get()

    save_section(application, section, everything, on=LATER)

    after = Application.objects.values().get()
    assert {name for name in after if after[name] != before[name]} - {"saved_at"} <= own


def test_contacts_keep_known_roles_and_facts():
    application = begin()
    typed = {
        "head": {**PEOPLE["head"], "is_admin": "yes", "phone": "1" * 99},
        "spy": PEOPLE["liaison"],
    }

    save_section(application, "contacts", {"contacts": typed}, on=LATER)

    application.refresh_from_db()
    assert application.contacts == {"head": {**PEOPLE["head"], "phone": "1" * 40}}


@pytest.mark.parametrize(
    ("section", "values"),
    [
        ("organisation", {"country_code": "EU"}),
        ("organisation", {"country_code": "KOR"}),
        ("organisation", {"kind": "kingdom"}),
        ("organisation", {"language": "xx"}),
        ("organisation", {"name_en": "x" * 201}),
        ("organisation", {"website": "javascript:alert(1)"}),
        ("figures", {"figure_value": 300_000_001}),
        ("figures", {"figure_value": -1}),
        ("figures", {"figure_source_year": 2027}),
        ("figures", {"figure_source_year": 1066}),
    ],
)
def test_values_no_part_may_hold_are_refused(section, values):
    application = begin()
    before = acts()

    with pytest.raises(ValidationError):
        save_section(application, section, values, on=LATER)

    application.refresh_from_db()
    assert (application.country_code, application.figure_value) == ("", None)
    assert acts() == before


def test_persons_are_no_employees():
    application = begin_complete()

    save_section(application, "organisation", {**ORGANISATION, "kind": "company"}, on=LATER)

    application.refresh_from_db()
    assert application.figure_value is None
    assert application.figure_source == ""
    assert application.figure_source_year is None
    assert application.level == ""


def test_an_institution_that_was_a_company_keeps_its_employees():
    application = begin_complete(kind="company")

    save_section(application, "organisation", {**ORGANISATION, "kind": "institution"}, on=LATER)

    application.refresh_from_db()
    assert application.figure_value == 276_329


def test_the_form_to_sign_is_written_when_the_answers_are_complete():
    application = begin_complete(signed=False)

    form = Letter.objects.get()
    assert form.kind == "application_form"
    assert form.application == application
    assert form.created_by is None
    assert find_form(application) == form


def test_another_answer_makes_another_form_and_the_same_one_none():
    application = begin_complete(signed=False)
    first = find_form(application)

    save_section(application, "figures", {**FIGURES, "figure_value": 277_000}, on=LATER)
    second = find_form(application)
    save_section(application, "figures", {**FIGURES, "figure_value": 277_000}, on=LATER)

    assert second != first
    assert Letter.objects.count() == 2


def test_a_form_that_lacks_an_answer_is_none():
    application = begin_complete(signed=False)

    save_section(application, "organisation", {**ORGANISATION, "address": ""}, on=LATER)

    application.refresh_from_db()
    assert find_form(application) is None


def test_nobody_makes_us_print_for_ever():
    application = begin_complete(signed=False)

    for value in range(1000, 1000 + MOST_FORMS + 5):
        save_section(application, "figures", {**FIGURES, "figure_value": value}, on=LATER)

    application.refresh_from_db()
    assert Letter.objects.count() == MOST_FORMS
    assert find_form(application) is None


def test_a_file_is_kept_privately_and_the_newest_counts():
    application = begin()

    attach_file(application, scan(), on=LATER)
    newest = attach_file(application, scan()._replace(name="again.pdf"), on=LATER)

    assert application.files.first() == newest
    assert newest.path.startswith(f"application/{application.reference}/signed-form-")
    assert storage.resolve(newest.path).stat().st_mode & 0o077 == 0
    assert read_attached(newest) == scan().content
    assert acts()[-1] == "application.file_attached"


def test_a_file_that_was_altered_is_not_shown():
    file = attach_file(begin(), scan(), on=LATER)
    storage.resolve(file.path).write_bytes(b"something else")

    with refused("damaged"):
        read_attached(file)


def test_files_come_to_an_end():
    application = begin()
    for _upload in range(MOST_FILES):
        attach_file(application, scan(), on=LATER)

    with refused("too_many"):
        attach_file(application, scan(), on=LATER)

    assert ApplicationFile.objects.count() == MOST_FILES


def test_finding_the_form_asks_as_much_for_many_forms_as_for_one():
    application = begin_complete(signed=False)

    def count():
        with CaptureQueriesContext(connection) as queries:
            find_form(application)
        return len(queries)

    one = count()
    for value in range(1000, 1010):
        save_section(application, "figures", {**FIGURES, "figure_value": value}, on=LATER)

    assert count() == one
