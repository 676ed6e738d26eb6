"""Statements of account and papers for EXCOM: what they carry, and what is printed."""

import datetime as dt
import subprocess

import pytest
from django.urls import reverse

from dues.meeting_papers import write_long_arrears, write_use_of_fees
from dues.models import Paper, PaymentClaim
from dues.papers import make_pdf, read_paper, render_papers
from dues.statement_papers import write_statement
from tests.dues.books import TODAY, pay
from tests.dues.builders import city, issued_invoice, person_of
from tests.dues.staff import text_of
from wego.models import AuditEntry, Mail

pytestmark = pytest.mark.django_db
YEAR = {"first": dt.date(2020, 1, 1), "last": dt.date(2020, 12, 31)}


def written():
    """What was written, but for the receipts of payments."""
    return Paper.objects.exclude(kind="receipt")


def printed(paper, tmp_path):
    file = tmp_path / "paper.pdf"
    file.write_bytes(make_pdf(paper))
    command = ["pdftotext", "-layout", str(file), "-"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return " ".join(done.stdout.split())


@pytest.fixture
def goyang(db):
    member = city(language="ko")
    issued_invoice(member, year=2019)
    issued_invoice(member)
    pay(member, 7500, received_on=dt.date(2019, 3, 20))
    pay(member, 2500, received_on=dt.date(2020, 3, 20))
    return member


class TestStatement:
    def write(self, member, **facts):
        return write_statement(member, **YEAR | {"on": TODAY, "by": None} | facts)

    def test_it_is_in_the_members_language_and_says_every_document(self, goyang, finance):
        paper = self.write(goyang, by=finance)

        assert (paper.kind, paper.language, paper.member) == ("statement", "ko", goyang)
        facts = paper.snapshot["facts"]
        assert [line["balance_cents"] for line in facts["lines"]] == [750_000, 500_000]
        assert (facts["closing_cents"], facts["open_cents"]) == (500_000, 500_000)
        entry = AuditEntry.objects.get(act="statement.written")
        assert (entry.by, entry.file) == (finance, f"member:{goyang.pk}")

    @pytest.mark.slow
    def test_printed_in_both_languages(self, goyang, tmp_path):
        korean = printed(self.write(goyang), tmp_path)
        goyang.language = "en"
        goyang.save()
        english = printed(self.write(goyang), tmp_path)

        assert "거래 명세서" in korean
        assert "2020년도 연회비 7,500.00 7,500.00" in korean
        assert "기말 잔액 5,000.00" in korean
        assert "Statement of account" in english
        assert "RC-2021-0002 Payment received on 20 March" in english
        assert "2,500.00 5,000.00" in english
        assert "WEGO-2020-0001 2020 2020-03-31 7,500.00 5,000.00" in english

    def test_the_same_statement_of_a_day_is_one_paper(self, goyang):
        first, second = self.write(goyang), self.write(goyang)
        pay(goyang, 1, received_on=dt.date(2020, 5, 4))
        third = self.write(goyang)

        assert first == second
        assert third != first
        assert AuditEntry.objects.filter(act="statement.written").count() == 2


class TestMeeting:
    def test_use_of_fees_says_both_years(self, goyang, finance):
        paper = write_use_of_fees(2020, as_of=dt.date(2020, 12, 31), on=TODAY, by=finance)

        facts = paper.snapshot["facts"]
        assert (paper.language, paper.member, facts["before_on"]) == ("en", None, "2019-12-31")
        assert (facts["now"]["paid_cents"], facts["before"]["paid_cents"]) == (250_000, 750_000)
        assert (facts["now"]["received_cents"], facts["now"]["open_cents"]) == (250_000, 500_000)
        assert [share["name"] for share in facts["kinds"] + facts["regions"]] == ["city", "asia"]
        assert AuditEntry.objects.get(act="meeting_paper.written").by == finance

    def test_arrears_name_members_and_what_was_heard(self, goyang):
        other = city("Almaty", "알마티", country_code="KZ")
        issued_invoice(other, year=2021, sequence=1)
        Mail.objects.create(
            kind="figures_request",
            file=f"member:{goyang.pk}",
            to_email="lee@goyang.example",
            language="ko",
            subject="x",
            text="x",
            message_id="1",
            state="sent",
            sent_at=dt.datetime(2021, 10, 1, 23, 0, tzinfo=dt.UTC),
        )
        PaymentClaim.objects.create(
            member=goyang,
            paid_on=dt.date(2021, 5, 1),
            amount_cents=500_000,
            claimed_on=dt.date(2021, 5, 2),
        )

        paper = write_long_arrears(as_of=dt.date(2022, 4, 1), on=dt.date(2022, 4, 1), by=None)

        assert paper.snapshot["facts"]["debtors"] == [
            {
                "name": "Goyang",
                "country": "South Korea",
                "years": [2020],
                "long_cents": 500_000,
                "total_cents": 500_000,
                "written_on": "2021-10-02",
                "claimed_on": "2021-05-02",
                "plan_on": "",
                "plan_is_kept": False,
            }
        ]
        assert paper.snapshot["facts"]["open_cents"] == 1_250_000

    @pytest.mark.slow
    def test_both_are_printed_in_english(self, goyang, tmp_path):
        fees = write_use_of_fees(2020, as_of=dt.date(2020, 12, 31), on=TODAY, by=None)
        arrears = write_long_arrears(as_of=dt.date(2022, 4, 1), on=TODAY, by=None)

        words = printed(fees, tmp_path)
        assert "Use of membership fees 2020" in words
        assert "Paid 2,500.00 7,500.00" in words
        words = printed(arrears, tmp_path)
        assert "Goyang, South Korea 2020" in words
        assert "5,000.00" in words


class TestDesk:
    @pytest.mark.parametrize(
        ("name", "form", "kind"),
        [
            ("dues_fees_paper", {"year": "2020", "on": "2020-12-31"}, "use_of_fees_paper"),
            ("dues_arrears_paper", {"on": "2022-04-01"}, "arrears_paper"),
        ],
    )
    def test_papers_for_excom_are_written_from_their_pages(self, desk, goyang, name, form, kind):
        address = reverse(f"admin:{name}")

        response = desk.post(address, form, follow=True)

        paper = written().get()
        assert paper.kind == kind
        assert f"{paper.reference} is written; its PDF is being made." in text_of(response)

    def test_statement_from_its_page(self, desk, goyang):
        address = reverse("admin:dues_statement", args=[goyang.pk])

        response = desk.post(address, YEAR, follow=True)

        assert f"{written().get().reference} being made" in text_of(response)

    def test_a_period_the_wrong_way_round_writes_nothing(self, desk, goyang):
        address = reverse("admin:dues_statement", args=[goyang.pk])

        response = desk.post(address, {"first": "2020-12-31", "last": "2020-01-01"})

        assert response.status_code == 422
        assert not written().exists()


class TestPortal:
    ADDRESS = "/portal/invoices/statement/"

    @pytest.fixture
    def theirs(self, client, goyang):
        client.force_login(person_of(goyang))
        return client

    def test_page_shows_only_their_own_account(self, theirs, goyang):
        almaty = city("Almaty", "알마티", country_code="KZ")
        issued_invoice(almaty, sequence=2)

        words = text_of(theirs.get(self.ADDRESS, YEAR))

        assert "20 Mar 2020 RC-2021-0002" in words
        assert "Open in all 5,000.00" in words
        assert "WEGO-2020-0002" not in words

    @pytest.mark.slow
    def test_pdf_is_asked_for_and_then_there(self, theirs, goyang):
        response = theirs.post(self.ADDRESS, YEAR, follow=True)
        paper = written().get()

        assert "PDF being prepared" in text_of(response)
        assert theirs.get(f"{self.ADDRESS}{paper.reference}/pdf/").status_code == 302
        render_papers()
        response = theirs.get(f"{self.ADDRESS}{paper.reference}/pdf/")
        assert response.content == read_paper(paper)
        assert response["Content-Type"] == "application/pdf"

    def test_anothers_statement_is_not_found(self, theirs, goyang):
        almaty = city("Almaty", "알마티", country_code="KZ")
        paper = write_statement(almaty, **YEAR, on=TODAY, by=None)

        assert theirs.get(f"{self.ADDRESS}{paper.reference}/pdf/").status_code == 404

    def test_strangers_are_sent_to_the_login_page(self, client, goyang):
        assert "/login/" in client.get(self.ADDRESS)["Location"]
