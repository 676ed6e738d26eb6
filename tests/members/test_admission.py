"""Returning, accepting and turning down: what becomes of an application, and what never does."""

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from members.admission import (
    accept_application,
    move_to_excom,
    reject_application,
    return_application,
)
from members.lifecycle import record_status
from members.models import (
    Application,
    Contact,
    Decision,
    DecisionItem,
    Invitation,
    Letter,
    Member,
    MemberFigure,
    MemberName,
    StatusEntry,
)
from members.vetting import next_excom_year, vet_application
from tests.dues.builders import issued_invoice
from tests.members.applicants import ACCEPTED_ON, SUBMITTED_ON, add_application
from tests.register import add_member
from wego.models import AuditEntry, Mail
from wego.policies import change_policy
from wego.questions import ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def goyang(db):
    """A member of the same country, so that the region is known."""
    return add_member("Goyang", name_ko="고양시", on=dt.date(2017, 6, 29))


@pytest.fixture
def suncheon(goyang):
    return add_application()


def excom_met(year, *, on=None):
    return Decision.objects.create(
        body="excom", decided_on=on or dt.date(year, 11, 15), meeting=f"EXCOM {year}", reference="1"
    )


def refused(code):
    return pytest.raises(ValidationError, check=lambda error: error.error_list[0].code == code)


def accept(application, **options):
    return accept_application(application, **{"on": ACCEPTED_ON, "by": None, **options})


class TestAccepting:
    def test_accepted_city_is_an_associate_from_that_seoul_day(self, suncheon, secretariat):
        member = accept(suncheon, by=secretariat)

        assert list(member.status_entries.values_list("status", "effective_on", "recorded_by")) == [
            ("associate", ACCEPTED_ON, secretariat.pk)
        ]
        assert (member.name_en, member.name_ko, member.country_code) == ("Suncheon", "순천시", "KR")
        assert (member.region, member.language, member.level) == ("asia", "ko", "city")
        assert member.address == "30 Jangmyeong-ro\nSuncheon-si"
        suncheon.refresh_from_db()
        assert (suncheon.state, suncheon.member) == ("accepted", member)
        assert (suncheon.accepted_on, suncheon.target_excom_year) == (ACCEPTED_ON, 2019)

    def test_accepting_brings_contacts_figure_and_invitations(self, suncheon, secretariat):
        member = accept(suncheon, by=secretariat)

        assert list(member.contacts.values_list("role", "full_name", "email").order_by("role")) == [
            ("finance", "Lee Ji-hoon", "lee@suncheon.example"),
            ("head", "Noh Kwan-kyu", "mayor@suncheon.example"),
            ("liaison", "Kim Min-ji", "kim@suncheon.example"),
        ]
        figure = MemberFigure.objects.get()
        assert (figure.member, figure.measure, figure.value) == (member, "population", 278_548)
        assert (figure.dues_year, figure.source, figure.source_year) == (
            2020,
            "Resident registration",
            2018,
        )
        assert set(Invitation.objects.values_list("email", "affiliation_role")) == {
            ("kim@suncheon.example", "administrator"),
            ("lee@suncheon.example", "finance"),
        }

    def test_accepting_writes_the_letter_and_the_mail_that_waits_for_it(self, suncheon):
        member = accept(suncheon)

        letter = Letter.objects.get()
        assert (letter.kind, letter.language, letter.issued_on) == ("acceptance", "ko", ACCEPTED_ON)
        assert letter.snapshot["facts"] == {
            "application": suncheon.reference,
            "associate_since": "2019-03-05",
            "excom_year": 2019,
        }
        mail = Mail.objects.get(kind="application_accepted")
        assert (mail.to_email, mail.to_name) == ("kim@suncheon.example", "Kim Min-ji")
        assert (mail.language, mail.waits_for) == ("ko", f"letter:{letter.pk}")
        assert mail.file == f"member:{member.pk}"
        assert "순천시" in mail.subject
        assert "2019년 집행위원회" in mail.text
        assert "2020년도" in mail.text

    def test_accepting_is_in_the_audit_trail(self, suncheon, secretariat):
        member = accept(suncheon, by=secretariat)

        entry = AuditEntry.objects.get(act="application.accepted")
        assert (entry.by, entry.file) == (secretariat, f"member:{member.pk}")
        assert entry.facts == {
            "associate_from": "2019-03-05",
            "excom_year": 2019,
            "readmission": False,
        }

    def test_accepting_twice_makes_no_second_member(self, suncheon):
        accept(suncheon)

        with refused("already"):
            accept(Application.objects.get())

        assert Member.objects.filter(name_en="Suncheon").count() == 1
        assert Letter.objects.count() == 1

    @pytest.mark.parametrize("state", ["draft", "returned", "rejected", "withdrawn"])
    def test_only_a_submitted_application_is_accepted(self, goyang, state):
        application = add_application(state=state)

        with refused("not_allowed"):
            accept(application)

        assert Member.objects.count() == 1
        assert Mail.objects.count() == 0

    def test_first_member_of_a_country_needs_a_region(self, db):
        application = add_application(name_en="Suva", name_ko="", country_code="FJ")

        with refused("region"):
            accept(application)
        assert Member.objects.count() == 0
        assert accept(application, region="oceania").region == "oceania"

    def test_local_name_is_kept_beside_the_others(self, db):
        add_member("Astana", "KZ", region="asia")
        application = add_application(
            name_en="Almaty", name_ko="알마티", name_local="Алматы", country_code="KZ"
        )

        accept(application)

        assert list(MemberName.objects.values_list("name_en", "name_ko")) == [("Алматы", "")]

    def test_liaison_who_pays_too_is_invited_once(self, goyang):
        people = {"liaison": {"full_name": "Kim Min-ji", "email": "Kim@suncheon.example"}}
        people["finance"] = {"full_name": "Kim Min-ji", "email": "kim@suncheon.example"}

        accept(add_application(contacts=people))

        assert [row.affiliation_role for row in Invitation.objects.all()] == ["administrator"]

    def test_missing_population_is_no_figure(self, goyang):
        accept(add_application(figure_value=None))

        assert MemberFigure.objects.count() == 0

    def test_institution_keeps_its_employees(self, goyang):
        accept(add_application(kind="institution", figure_value=0, figure_source=""))

        figure = MemberFigure.objects.get()
        assert (figure.measure, figure.value) == ("employees", 0)
        assert figure.source == "Application WA-2019-00001"


class TestSeoulDay:
    def test_submission_day_counts_where_the_policy_says_so(self, suncheon, administrator):
        change_policy(
            "associate_from", "submission", by=administrator, why="GA 2014", on=ACCEPTED_ON
        )

        member = accept(suncheon)

        assert member.status_entries.get().effective_on == SUBMITTED_ON


class TestExcom:
    def test_this_years_excom_while_it_has_not_met(self, db):
        assert next_excom_year(dt.date(2019, 12, 20)) == 2019

    def test_next_years_excom_after_it_met(self, suncheon):
        excom_met(2019)

        accept(suncheon, on=dt.date(2019, 12, 20))

        suncheon.refresh_from_db()
        assert suncheon.target_excom_year == 2020
        assert MemberFigure.objects.get().dues_year == 2021

    def test_a_decision_to_come_is_no_meeting_yet(self, db):
        excom_met(2019)

        assert next_excom_year(dt.date(2019, 11, 14)) == 2019
        assert next_excom_year(dt.date(2019, 11, 15)) == 2020

    def test_secretariat_may_choose_another(self, suncheon):
        accept(suncheon, excom_year=2020)

        suncheon.refresh_from_db()
        assert suncheon.target_excom_year == 2020

    def test_moving_is_audited_and_limited(self, suncheon, secretariat):
        move_to_excom(suncheon, year=2020, on=ACCEPTED_ON, by=secretariat)
        with refused("excom_year"):
            move_to_excom(suncheon, year=2018, on=ACCEPTED_ON, by=secretariat)

        suncheon.refresh_from_db()
        assert suncheon.target_excom_year == 2020
        assert AuditEntry.objects.get(act="application.moved").facts == {"excom_year": [None, 2020]}


class TestKnownAlready:
    def test_standing_member_blocks(self, suncheon):
        add_member("SUNCHEON", name_ko="순천시")

        with refused("blocked") as caught:
            accept(suncheon, on=dt.date(2020, 3, 5))

        assert caught.value.messages == ["SUNCHEON is a member already."]
        assert Application.objects.get().state == "submitted"

    def test_another_open_application_blocks(self, suncheon):
        add_application(number=2, name_en="SUNCHEON", applicant_email="other@suncheon.example")

        with refused("blocked") as caught:
            accept(suncheon)

        assert caught.value.messages == ["SUNCHEON has another open application: WA-2019-00002."]

    def test_likeness_only_warns(self, suncheon):
        add_member("Sunchon", name_ko="순촌")

        assert [twin.certain for twin in vet_application(suncheon, on=ACCEPTED_ON).likenesses] == [
            False
        ]
        assert accept(suncheon).name_en == "Suncheon"


class TestComingBack:
    @pytest.fixture
    def former(self, goyang):
        member = add_member("Suncheon", name_ko="순천", on=dt.date(2012, 11, 1))
        record_status(
            member, "withdrawn", on=dt.date(2016, 12, 31), reason="Notice of 2016", by=None
        )
        return member

    @pytest.fixture
    def owing(self, monkeypatch):
        from members.answers import Arrear

        debts = [Arrear("Dues 2016, invoice WEGO-2016-0001", 650_000, dt.date(2016, 3, 31))]
        monkeypatch.setattr("dues.arrears.find_arrears", lambda member, *, on: list(debts))
        return debts

    def test_former_member_is_readmitted_on_its_own_file(self, former):
        Contact.objects.create(
            member=former, role="head", full_name="Cho", email="cho@suncheon.example"
        )

        member = accept(add_application(address="1 New Street"))

        assert member == former
        assert list(former.status_entries.values_list("status", "effective_on")) == [
            ("full", dt.date(2012, 11, 1)),
            ("withdrawn", dt.date(2016, 12, 31)),
            ("associate", ACCEPTED_ON),
        ]
        former.refresh_from_db()
        assert former.address == "1 New Street"
        assert former.name_ko == "순천"
        assert list(former.other_names.values_list("name_ko", flat=True)) == ["순천시"]
        assert former.contacts.get(role="head").full_name == "Noh Kwan-kyu"

    def test_arrears_block_until_paid(self, former, owing):
        application = add_application()

        with refused("blocked") as caught:
            accept(application)
        owing.clear()

        assert (
            "still owes from before: Dues 2016, invoice WEGO-2016-0001" in caught.value.messages[0]
        )
        assert StatusEntry.objects.filter(member=former).count() == 2 + 0
        assert accept(application) == former

    def test_arrears_block_until_waived_by_decision(self, former):
        issued_invoice(former, year=2016)
        application = add_application()
        assert len(vet_application(application, on=ACCEPTED_ON).blocks) == 1
        item = DecisionItem.objects.create(
            decision=excom_met(2018),
            member=former,
            outcome="waive",
            effective_on=dt.date(2018, 11, 15),
            reason="Flood",
        )
        ask("waiver decided", item, on=ACCEPTED_ON, by=None)

        vetting = vet_application(application, on=ACCEPTED_ON)

        assert (vetting.former, vetting.arrears, vetting.blocks) == (former, (), ())

    def test_arrears_of_a_name_it_had_block_too(self, former, owing):
        MemberName.objects.create(member=former, name_en="Sunchon City")

        vetting = vet_application(add_application(name_en="Sunchon City"), on=ACCEPTED_ON)

        assert vetting.former == former
        assert len(vetting.blocks) == 1

    def test_three_years_free_where_the_policy_says_so(self, former, owing, administrator):
        change_policy(
            "readmission", "free_after_three_years", by=administrator, why="IUCN", on=ACCEPTED_ON
        )
        application = add_application()

        assert len(vet_application(application, on=dt.date(2019, 12, 30)).blocks) == 1
        assert vet_application(application, on=dt.date(2019, 12, 31)).blocks == ()


class TestReturning:
    def test_returned_with_reasons_in_the_applicants_language(self, suncheon, secretariat):
        return_application(
            suncheon,
            reasons=["signature"],
            note="직인이 없습니다.",
            on=ACCEPTED_ON,
            by=secretariat,
        )

        assert suncheon.state == "returned"
        entry = suncheon.entries.last()
        assert (entry.state, entry.on, entry.recorded_by) == ("returned", ACCEPTED_ON, secretariat)
        assert entry.reason.endswith("\n직인이 없습니다.")
        mail = Mail.objects.get(kind="application_returned")
        assert entry.reason in mail.text
        assert (mail.language, mail.waits_for) == ("ko", "")

    def test_a_reason_is_needed(self, suncheon):
        with refused("reason"):
            return_application(suncheon, reasons=[], note="  ", on=ACCEPTED_ON, by=None)

        assert Application.objects.get().state == "submitted"
        assert Mail.objects.count() == 0

    def test_a_draft_is_not_returned(self, goyang):
        with refused("not_allowed"):
            return_application(
                add_application(state="draft"), note="Incomplete", on=ACCEPTED_ON, by=None
            )


class TestRejecting:
    def test_rejected_before_acceptance_makes_no_member(self, suncheon, secretariat):
        reject_application(suncheon, reason="No public body.", on=ACCEPTED_ON, by=secretariat)

        assert suncheon.state == "rejected"
        assert Member.objects.filter(name_en="Suncheon").count() == 0
        letter = Letter.objects.get()
        assert (letter.kind, letter.application, letter.member) == ("rejection", suncheon, None)
        assert letter.snapshot["facts"]["reason"] == "No public body."
        mail = Mail.objects.get(kind="application_rejected")
        assert mail.waits_for == f"letter:{letter.pk}"
        assert "No public body." in mail.text

    def test_an_associate_is_rejected_by_decision_only(self, suncheon):
        accept(suncheon)

        with refused("accepted"):
            reject_application(suncheon, reason="Changed our mind.", on=ACCEPTED_ON, by=None)

        assert Application.objects.get().state == "accepted"

    def test_rejected_applicant_may_apply_again(self, suncheon):
        reject_application(suncheon, reason="Not signed.", on=ACCEPTED_ON, by=None)

        assert accept(add_application(number=2)).name_en == "Suncheon"


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_make_one_member():
    add_member("Goyang", on=dt.date(2017, 6, 29))
    application = add_application()
    together = threading.Barrier(2)

    def press(_officer):
        try:
            together.wait(timeout=20)
            accept(Application.objects.get(pk=application.pk))
        except ValidationError as error:
            return error.error_list[0].code
        finally:
            connection.close()
        return "accepted"

    with ThreadPoolExecutor(2) as officers:
        outcomes = sorted(officers.map(press, range(2)))

    assert outcomes == ["accepted", "already"]
    assert Member.objects.filter(name_en="Suncheon").count() == 1
    assert Letter.objects.count() == 1
