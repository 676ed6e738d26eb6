"""The secretariat's queue and the page of an application: answers at a glance, one button."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.admin.applications import QUEUES
from members.letters import render_letters
from members.models import Application, ApplicationState, Letter, Member, ParkedLetter
from tests.members.applicants import add_application
from tests.register import add_figure, add_gdp, add_member
from wego.models import Mail

pytestmark = pytest.mark.django_db
LIST = "admin:members_application_changelist"


@pytest.fixture(autouse=True)
def _march():
    with time_machine.travel(dt.datetime(2019, 3, 5, 3, tzinfo=dt.UTC), tick=True):
        yield


@pytest.fixture
def goyang(db):
    add_gdp("KR", "42300", year=2020)
    return add_member("Goyang", name_ko="고양시", on=dt.date(2017, 6, 29))


@pytest.fixture
def suncheon(goyang):
    return add_application()


@pytest.fixture
def kim(client, secretariat):
    client.force_login(secretariat)
    return client


def page(application):
    return reverse("admin:members_application_change", args=[application.pk])


def act(name, application):
    return reverse(f"admin:members_application_{name}", args=[application.pk])


def body(response):
    return " ".join(response.content.decode().split())


class TestQueue:
    def test_to_check_first_with_days_excom_and_fee(self, kim, suncheon):
        answer = body(kim.get(reverse(LIST)))

        assert f'<a href="{page(suncheon)}">Suncheon</a>' in answer
        assert "4 days" in answer
        assert "<td>2019</td>" in answer
        assert "USD 6,000" in answer

    def test_chips_count_and_filter(self, kim, suncheon):
        add_application(number=2, name_en="Yeosu", name_ko="여수시", state="returned")

        returned = body(kim.get(reverse(LIST), {"state": "returned"}))

        assert "Yeosu" in returned
        assert "Suncheon" not in returned
        assert 'To check <span class="chip-count">1</span>' in returned
        assert 'All <span class="chip-count">2</span>' in returned

    @pytest.mark.parametrize("term", ["순천", "suncheon", "WA-2019-00001", "kim@suncheon"])
    def test_found_in_either_script_by_reference_or_address(self, kim, suncheon, term):
        add_application(number=2, name_en="Yeosu", name_ko="여수시", applicant_email="y@y.example")

        answer = body(kim.get(reverse(LIST), {"q": term}))

        assert page(suncheon) in answer
        assert "Yeosu" not in answer

    def test_empty_queue_says_what_to_do(self, kim):
        answer = body(kim.get(reverse(LIST)))

        assert "Nothing to check" in answer
        assert reverse("admin:members_application_paper") in answer

    @pytest.mark.parametrize("query", [{"state": "nonsense"}, {"page": "x"}, {"q": "%"}])
    def test_odd_addresses_harm_nothing(self, kim, suncheon, query):
        assert kim.get(reverse(LIST), query).status_code == 200

    def test_queries_stay_the_same(self, kim, goyang):
        numbers = []
        for many in (3, 40):
            for number in range(many):
                add_application(number=number + many * 100, name_en=f"City {number + many * 100}")
            with CaptureQueriesContext(connection) as queries:
                assert kim.get(reverse(LIST)).status_code == 200
            numbers.append(len(queries))

        assert numbers[0] == numbers[1]
        assert numbers[0] <= 12

    def test_finance_does_not_read_applications(self, client, finance, suncheon):
        client.force_login(finance)

        assert client.get(reverse(LIST)).status_code == 403
        assert client.get(page(suncheon)).status_code == 403
        assert client.post(act("accept", suncheon)).status_code == 403
        assert Application.objects.get().state == "submitted"

    def test_every_state_stands_in_a_queue_and_has_a_page(self, kim, goyang):
        for number, state in enumerate(ApplicationState.values):
            member = add_member(f"Town {number}") if state in {"accepted", "approved"} else None
            application = add_application(
                number=number, name_en=f"City {number}", state=state, member=member
            )
            assert kim.get(page(application)).status_code == 200
        counted = sum(len(states) for name, (_label, states) in QUEUES.items() if name != "all")

        assert kim.get(reverse(LIST), {"state": "all"}).status_code == 200
        assert counted == len(ApplicationState.values)


class TestAtAGlance:
    def test_answers_every_question(self, kim, suncheon):
        answer = body(kim.get(page(suncheon)))

        for words in ("Complete", "No duplicate found", "Nothing owed", "EXCOM 2019"):
            assert words in answer
        assert "<strong>USD 6,000</strong> a year, first for 2020 if that EXCOM approves" in answer
        assert "Suncheon is an associate from 5 Mar 2019, pays no fee and does not vote." in answer
        assert "The letter of acceptance (Korean) is mailed to kim@suncheon.example." in answer
        assert "Invited to the portal: kim@suncheon.example, lee@suncheon.example." in answer

    def test_says_what_is_missing(self, kim, goyang):
        answer = body(kim.get(page(add_application(signed=False, figure_value=None))))

        assert "Something is missing" in answer
        assert "Upload the signed form." in answer
        assert "No amount can be said" in answer

    def test_a_member_already_has_no_button(self, kim, suncheon):
        add_member("Suncheon", name_ko="순천시", on=dt.date(2017, 6, 29))

        answer = body(kim.get(page(suncheon)))

        assert "It cannot be accepted yet" in answer
        assert "Suncheon is a member already." in answer
        assert "Accept as associate" not in answer

    def test_typed_markup_is_text(self, kim, goyang):
        application = add_application(name_en="<script>alert(1)</script>", note="<b>bold</b>")

        answer = body(kim.get(page(application)))

        assert "<script>alert(1)" not in answer
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in answer
        assert "<b>bold</b>" not in answer

    @pytest.mark.parametrize("state", ["draft", "returned", "rejected", "withdrawn"])
    def test_other_states_have_no_accept_button(self, kim, goyang, state):
        answer = kim.get(page(add_application(state=state)))

        assert answer.status_code == 200
        assert "Accept as associate" not in body(answer)

    def test_empty_draft_is_shown(self, kim, db):
        draft = Application.objects.create(reference="WA-2019-EMPTY", applicant_email="a@b.example")

        assert kim.get(page(draft)).status_code == 200

    @pytest.mark.parametrize("members", [10, 60])
    def test_queries_stay_the_same(self, kim, suncheon, members):
        for number in range(members):
            add_member(f"Town {number}", on=dt.date(2017, 1, 1))

        with CaptureQueriesContext(connection) as queries:
            kim.get(page(suncheon))

        assert len(queries) <= 25


class TestAnswering:
    def test_accepted_in_three_clicks_from_today(self, kim, suncheon):
        today = body(kim.get(reverse("admin:index")))
        assert f'href="{reverse(LIST)}"><span class="tile-number">1</span>' in today
        assert "application to check" in today
        assert page(suncheon) in body(kim.get(reverse(LIST)))

        answer = kim.post(act("accept", suncheon), follow=True)

        assert "Suncheon is an associate member now." in body(answer)
        member = Member.objects.get(name_en="Suncheon")
        assert member.status_entries.get().effective_on == dt.date(2019, 3, 5)

    def test_pressed_twice_it_says_so_and_makes_one_member(self, kim, suncheon):
        kim.post(act("accept", suncheon))

        answer = kim.post(act("accept", suncheon))

        assert answer.status_code == 422
        assert "was accepted already" in body(answer)
        assert Member.objects.filter(name_en="Suncheon").count() == 1

    def test_first_member_of_a_country_asks_the_region(self, kim, goyang):
        suva = add_application(name_en="Suva", name_ko="", country_code="FJ")

        assert "Region" in body(kim.get(page(suva)))
        refused = kim.post(act("accept", suva), {"accept-region": ""})
        kim.post(act("accept", suva), {"accept-region": "oceania"})

        assert refused.status_code == 422
        assert Member.objects.get(name_en="Suva").region == "oceania"

    def test_returned_with_ticked_and_typed_reasons(self, kim, suncheon):
        answer = kim.post(
            act("return", suncheon), {"reasons": ["signature", "figure"], "note": "Thank you."}
        )

        assert answer.status_code == 302
        entry = suncheon.entries.last()
        assert (entry.state, len(entry.reason.splitlines())) == ("returned", 3)
        assert Mail.objects.get().kind == "application_returned"

    @pytest.mark.parametrize("data", [{}, {"reasons": ["unknown"]}, {"note": "   "}])
    def test_return_without_reason_keeps_the_page(self, kim, suncheon, data):
        answer = kim.post(act("return", suncheon), data)

        assert answer.status_code == 422
        assert "<title> Error:" in body(answer) or "Error:" in body(answer).split("</title>")[0]
        assert Application.objects.get().state == "submitted"

    def test_rejected_with_a_reason(self, kim, suncheon):
        assert kim.post(act("reject", suncheon), {"reason": " "}).status_code == 422
        kim.post(act("reject", suncheon), {"reason": "Not a public body."})

        assert Application.objects.get().state == "rejected"
        assert Letter.objects.get().kind == "rejection"

    def test_moved_to_another_excom(self, kim, suncheon):
        kim.post(act("excom", suncheon), {"excom-year": "2020"})

        assert Application.objects.get().target_excom_year == 2020
        assert kim.post(act("excom", suncheon), {"excom-year": "1999"}).status_code == 422

    @pytest.mark.parametrize("name", ["accept", "return", "reject", "excom"])
    def test_acts_are_posted_only(self, kim, suncheon, name):
        assert kim.get(act(name, suncheon)).status_code == 405

    def test_file_of_another_application_is_not_found(self, kim, suncheon):
        other = add_application(number=2, name_en="Yeosu", name_ko="")
        file = other.files.get()

        address = reverse("admin:members_application_file", args=[suncheon.pk, file.pk])

        assert kim.get(address).status_code == 404

    def test_paper_begins_a_draft_and_leads_to_its_pages(self, kim, db):
        answer = kim.post(
            reverse("admin:members_application_paper"),
            {"email": "mayor@suva.example", "kind": "city", "language": "en"},
        )

        draft = Application.objects.get()
        assert (draft.state, draft.applicant_email) == ("draft", "mayor@suva.example")
        assert answer.status_code == 302
        assert "/apply/" in answer.url


class TestLetters:
    def test_pdf_of_a_letter(self, kim, suncheon):
        kim.post(act("accept", suncheon))
        letter = Letter.objects.get()
        address = reverse("admin:members_letter_pdf", args=[letter.pk])

        assert kim.get(address).status_code == 503
        render_letters()
        answer = kim.get(address)

        assert answer.content.startswith(b"%PDF-")
        assert letter.reference in answer["Content-Disposition"]

    def test_parked_letter_is_shown_and_tried_again(self, kim, suncheon):
        kim.post(act("accept", suncheon))
        ParkedLetter.objects.create(letter=Letter.objects.get(), reason="Too long.")

        assert "letter that could not be printed" in body(kim.get(reverse("admin:index")))
        assert "Too long." in body(kim.get(reverse("admin:members_letter_changelist")))
        kim.post(reverse("admin:members_letter_retry"))

        assert ParkedLetter.objects.count() == 0

    def test_list_of_letters_in_constant_queries(self, kim, goyang):
        counts = []
        for many in (2, 12):
            for number in range(many):
                add_figure(goyang, 1_000_000 + number)
                application = add_application(
                    number=many * 50 + number, name_en=f"City {many * 50 + number}", name_ko=""
                )
                kim.post(act("reject", application), {"reason": "No."})
            with CaptureQueriesContext(connection) as queries:
                kim.get(reverse("admin:members_letter_changelist"))
            counts.append(len(queries))

        assert counts[0] == counts[1]
        assert counts[0] <= 12
