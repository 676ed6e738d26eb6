"""Submitting and taking back: once, complete, one an organisation; refusals write nothing."""

import datetime as dt
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connections

from members.applying import (
    attach_file,
    find_form,
    find_gaps,
    reasons_of_return,
    save_section,
    submit_application,
    withdraw_application,
)
from members.models import Application, ApplicationEntry, ApplicationFile, Member
from members.steps import record_step
from tests.drafts import begin, begin_complete, scan
from tests.register import add_member
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


def test_a_complete_application_is_submitted_with_a_copy_to_the_applicant():
    application = begin_complete()
    form = find_form(application)

    submitted = submit_application(application, on=LATER)

    assert (submitted.state, submitted.submitted_on) == ("submitted", LATER)
    entry = ApplicationEntry.objects.get()
    assert (entry.state, entry.on, entry.recorded_by) == ("submitted", LATER, None)
    mail = Mail.objects.first()
    assert mail.kind == "application_submitted"
    assert application.reference in mail.subject
    assert mail.waits_for == f"letter:{form.pk}"
    assert acts()[-1] == "application.submitted"
    assert not Member.objects.exists()


def test_an_incomplete_one_is_refused_with_everything_that_is_missing():
    application = begin()

    with pytest.raises(ValidationError) as error:
        submit_application(application, on=LATER)

    assert {inner.code for inner in error.value.error_list} == {
        "organisation",
        "figures",
        "contacts",
        "form",
    }
    assert len(error.value.error_list) == len(find_gaps(application))
    assert Application.objects.get().state == "draft"
    assert not ApplicationEntry.objects.exists()


def test_a_company_declares_its_own_head_count():
    application = begin_complete(kind="company")
    blank = {"figure_source": "", "figure_source_year": None}
    save_section(application, "figures", blank, on=LATER)

    submitted = submit_application(application, on=LATER)

    assert submitted.figure_source == f"Declared in application {application.reference}"
    assert submitted.figure_source_year == 2026


def test_one_organisation_has_one_open_application():
    submit_application(begin_complete(), on=LATER)
    second = begin_complete(email="park@suncheon.example", name_en="SUNCHEON City")

    with refused("open_already"):
        submit_application(second, on=LATER)

    assert Application.objects.filter(state="submitted").count() == 1


def test_the_same_name_in_another_country_is_another_organisation():
    submit_application(begin_complete(), on=LATER)

    other = begin_complete(email="a@b.example", country_code="US", name_ko="")
    submit_application(other, on=LATER)

    assert Application.objects.filter(state="submitted").count() == 2


def test_after_a_withdrawal_the_organisation_may_apply_again():
    withdraw_application(submit_application(begin_complete(), on=LATER), on=LATER)

    submit_application(begin_complete(email="park@suncheon.example"), on=LATER)

    assert Application.objects.filter(state="submitted").count() == 1


@pytest.mark.parametrize("state", ["submitted", "accepted", "rejected", "withdrawn"])
def test_what_is_out_of_the_applicants_hands_stays_as_it_is(state):
    application = begin_complete()
    member = add_member("Suncheon", status="associate") if state == "accepted" else None
    Application.objects.update(state=state, member=member)
    before = Application.objects.values().get()

    with refused("closed"):
        save_section(application, "organisation", {"name_en": "Evil"}, on=LATER)
    with refused("closed"):
        attach_file(application, scan(), on=LATER)
    if state != "submitted":
        with refused("not_allowed"):
            submit_application(application, on=LATER)

    assert Application.objects.values().get() == before
    assert ApplicationFile.objects.count() == 1


def test_a_returned_one_says_why_and_is_submitted_again():
    application = submit_application(begin_complete(), on=LATER)
    record_step(application, "returned", on=LATER, reason="The form is not signed.", by=None)

    assert reasons_of_return(application) == "The form is not signed."
    attach_file(application, scan(), on=LATER)
    again = submit_application(application, on=dt.date(2026, 5, 20))

    assert (again.state, again.submitted_on) == ("submitted", dt.date(2026, 5, 20))
    assert reasons_of_return(again) == ""


def test_withdrawing_ends_it_with_the_reason():
    application = submit_application(begin_complete(), on=LATER)

    withdraw_application(application, reason="No budget.", on=LATER)

    entry = ApplicationEntry.objects.last()
    assert (entry.state, entry.reason) == ("withdrawn", "No budget.")
    assert AuditEntry.objects.first().why == "No budget."


def test_an_associate_leaves_by_notice_and_not_by_this():
    application = begin_complete()
    Application.objects.update(state="accepted", member=add_member("Suncheon", status="associate"))

    with refused("not_allowed"):
        withdraw_application(application, on=LATER)

    assert Application.objects.get().state == "accepted"


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
@pytest.mark.usefixtures("serialized_schedules")
def test_two_of_one_organisation_submitted_at_once_make_one():
    drafts = [begin_complete(email=f"{who}@suncheon.example") for who in ("hong", "park")]
    start, outcomes = threading.Barrier(2), []

    def submit(draft):
        try:
            start.wait()
            submit_application(draft, on=LATER)
            outcomes.append("submitted")
        except ValidationError as error:
            outcomes.append(error.error_list[0].code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=submit, args=(draft,)) for draft in drafts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert sorted(outcomes) == ["open_already", "submitted"]
    assert Application.objects.filter(state="submitted").count() == 1
