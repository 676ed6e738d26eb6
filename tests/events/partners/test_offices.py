import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from events.confirming import confirm_resolution
from events.models import MeetingStage, OfficeStage, OfficeState, Resolution, ResolutionLine
from events.partners.offices import (
    Step,
    assess_report,
    create_office,
    hand_in_report,
    last_step,
    offices_of,
    propose_step,
    record_step,
)
from tests.dues.builders import one_page_pdf
from tests.events.programmes import TODAY, offices_item
from tests.register import add_member
from wego.uploads import Upload

pytestmark = pytest.mark.django_db
MET = dt.date(2026, 10, 30)


@pytest.fixture
def almaty(db):
    return add_member("Almaty", "KZ", name_ko="알마티")


@pytest.fixture
def office(db):
    return create_office("Central Asia", "중앙아시아", by=None)


def refused(code, rule, *given, **named):
    with pytest.raises(ValidationError) as error:
        rule(*given, **named)
    assert [each.code for each in error.value.error_list] == [code]


def propose(office, host, item, what="approved"):
    return propose_step(office, proposes=what, host=host, item=item, on=TODAY, by=None)


def resolve(item, *, verdict="approve", corrects=None, quorum=True, line=None):
    MeetingStage.objects.get_or_create(meeting=item.meeting, state="held", starts_on=MET)
    resolution = Resolution.objects.create(
        item=item,
        verdict=verdict,
        manner="unanimous",
        resolved_on=MET,
        effective_on=MET,
        reference="item 3",
        corrects=corrects,
        represented=12 if quorum else 3,
        quorum=9,
    )
    if line:
        ResolutionLine.objects.create(resolution=resolution, member=line, outcome="open")
    return resolution


def steps(office):
    return list(office.stages.values_list("state", "host__name_en"))


def test_r30_a_confirmed_resolution_establishes_the_office(almaty, office):
    item = offices_item()
    propose(office, almaty, item)
    resolution = resolve(item)
    assert steps(office) == [("proposed", "Almaty")]

    confirm_resolution(resolution, on=TODAY, by=None)

    assert steps(office) == [("proposed", "Almaty"), ("approved", "Almaty")]
    made = last_step(office)
    assert (made.resolution, made.happened_on) == (resolution, MET)


def test_r30_without_a_quorum_nothing_is_established(almaty, office):
    item = offices_item()
    propose(office, almaty, item)

    refused("quorum", confirm_resolution, resolve(item, quorum=False), on=TODAY, by=None)
    assert steps(office) == [("proposed", "Almaty")]


def test_p8_the_body_chooses_among_several_cities(almaty, office):
    item, tashkent = offices_item(), add_member("Tashkent", "UZ")
    propose(office, almaty, item)
    propose(office, tashkent, item)

    refused("no_host", confirm_resolution, resolve(item), on=TODAY, by=None)
    item2 = offices_item(number=2)
    propose(office, almaty, item2)
    propose(office, tashkent, item2)
    confirm_resolution(resolve(item2, line=tashkent), on=TODAY, by=None)

    assert last_step(office).host == tashkent


def test_a_rejected_office_is_not_established(almaty, office):
    item = offices_item()
    propose(office, almaty, item)

    confirm_resolution(resolve(item, verdict="reject"), on=TODAY, by=None)

    assert last_step(office) is None


def test_x09_a_correction_takes_the_decision_back_and_deletes_nothing(almaty, office):
    item = offices_item()
    propose(office, almaty, item)
    first = resolve(item)
    confirm_resolution(first, on=TODAY, by=None)

    confirm_resolution(resolve(item, verdict="reject", corrects=first), on=TODAY, by=None)

    assert [state for state, _host in steps(office)] == ["proposed", "approved", "revoked"]


def test_r30_an_office_without_a_decision_is_refused(almaty, office):
    refused("decided_by", record_step, office, Step("approved", TODAY, almaty), on=TODAY, by=None)
    made = record_step(
        office, Step("approved", TODAY, almaty, decided_by="EXCOM 2023"), on=TODAY, by=None
    )
    assert made.decided_by == "EXCOM 2023"


def established(office, host):
    record_step(office, Step("approved", MET, host, decided_by="EXCOM"), on=TODAY, by=None)
    return record_step(
        office,
        Step("opened", MET, term_from=MET, term_until=dt.date(2029, 10, 29)),
        on=TODAY,
        by=None,
    )


def test_p8_an_office_opens_with_its_term_and_agreement(almaty, office):
    record_step(office, Step("approved", MET, almaty, decided_by="EXCOM"), on=TODAY, by=None)
    agreement = Upload("agreement.pdf", one_page_pdf(), "application/pdf", ".pdf")

    made = record_step(
        office,
        Step("opened", MET, term_from=MET, term_until=dt.date(2029, 10, 29), agreement=agreement),
        on=TODAY,
        by=None,
    )

    assert (made.host, made.file_name, len(made.file_sha256)) == (almaty, "agreement.pdf", 64)
    assert offices_of(almaty) == [office]


def test_r30_an_office_moves_to_another_city_and_both_stay_on_record(office):
    mexico, cuenca = add_member("Mexico City", "MX"), add_member("Cuenca", "EC")
    established(office, mexico)

    record_step(office, Step("moved", TODAY, cuenca, decided_by="EXCOM"), on=TODAY, by=None)

    assert steps(office)[-2:] == [("opened", "Mexico City"), ("moved", "Cuenca")]
    assert (offices_of(mexico), offices_of(cuenca)) == ([], [office])


@pytest.mark.parametrize(("kind", "status"), [("company", "full"), ("city", "associate")])
def test_p8_an_office_is_hosted_by_a_full_member_city(office, kind, status):
    host = add_member("Danfoss", "DK", kind=kind, status=status)

    refused(
        "host", record_step, office, Step("approved", MET, host, decided_by="E"), on=TODAY, by=None
    )
    refused("host", propose, office, host, offices_item())
    assert OfficeStage.objects.count() == 0


@pytest.mark.parametrize("state", ["opened", "renewed", "moved", "closed", "revoked"])
def test_what_cannot_follow_is_refused(almaty, office, state):
    step = Step(state, MET, almaty, decided_by="EXCOM")

    refused("state", record_step, office, step, on=TODAY, by=None)


def test_p8_the_host_reports_yearly_and_excom_assesses_once(almaty, office):
    established(office, almaty)
    report = hand_in_report(office, year=2025, summary="Four members won.", on=TODAY, by=None)

    refused("year", hand_in_report, office, year=2025, summary="Again", on=TODAY, by=None)
    refused("year", hand_in_report, office, year=2027, summary="Early", on=TODAY, by=None)
    refused(
        "assessment", assess_report, report, assessment="", assessed_at="EXCOM", on=TODAY, by=None
    )
    done = assess_report(report, assessment="Good", assessed_at="EXCOM 2026", on=TODAY, by=None)

    assert (done.assessment, done.assessed_on) == ("Good", TODAY)
    refused("assessed", assess_report, report, assessment="Bad", assessed_at="E", on=TODAY, by=None)


def test_a_step_is_never_changed(almaty, office):
    established(office, almaty)

    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        OfficeStage.objects.update(state=OfficeState.CLOSED, proposes="")
