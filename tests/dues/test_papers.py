"""Papers of dues: written with all they print, kept as they were, printed and sent on."""

import datetime as dt
import subprocess
from io import BytesIO

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import translation

from dues import paper_page
from dues.models import IssuerProfile, Paper, PaperDocument, PaperKind, ParkedPaper
from dues.paper_page.blocks import Body, Column, KeyFacts, Paragraph, Table, Total
from dues.paper_page.kinds import BODIES
from dues.papers import (
    SIGN_OF,
    make_pdf,
    read_paper,
    render_papers,
    retry_papers,
    waits_for,
    write_paper,
)
from members.letter_page.writer import Row
from members.models import Contact
from tests.dues import papers
from tests.register import add_member
from wego.pdf import RenderError
from wego.typography import printed

pytestmark = pytest.mark.django_db
ON = dt.date(2020, 9, 30)
LONG_EN = (
    "Autonomous Metropolitan Municipality of São Tomé, Água Grande and the Surrounding Districts "
    "of the Northern Coastal Province and its Dependent Islands with the Free Harbour Territories"
)
LONG_KO = (
    "상투메 아구아그란지 자치광역시와 북부 연안주 주변 지구 및 부속 도서와 "
    "자유항 편입 지역을 아우르는 대도시 연합"
)


@pytest.fixture(autouse=True)
def _kinds(monkeypatch):
    """Every kind prints the statement of these tests."""
    for kind in PaperKind.values:
        monkeypatch.setitem(BODIES, kind, papers.statement)


@pytest.fixture
def goyang(db):
    return add_member("Goyang", name_ko="고양시", address="104 Goyangsicheong-ro\nGoyang 10460")


def write(kind="statement", member=None, language="en", **options):
    return write_paper(
        kind,
        **{
            "member": member,
            "language": language,
            "snapshot": papers.facts_of(),
            "on": ON,
            "by": None,
            **options,
        },
    )


def read(content, tmp_path, *options):
    file = tmp_path / "paper.pdf"
    file.write_bytes(content)
    command = ["pdftotext", "-layout", *options, str(file), "-"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return " ".join(done.stdout.split())


class TestWriting:
    def test_a_paper_carries_every_printed_fact(self, goyang, finance):
        Contact.objects.create(member=goyang, role="head", full_name="Mayor", email="m@g.kr")
        Contact.objects.create(
            member=goyang, role="finance", full_name="Lee Su-jin", email="l@g.kr"
        )

        paper = write("receipt", goyang, "ko", by=finance)

        assert paper.reference.startswith("WEGO-2020-RC-")
        assert (paper.kind, paper.member, paper.language) == ("receipt", goyang, "ko")
        assert (paper.issued_on, paper.created_by, paper.goes_with) == (ON, finance, None)
        snapshot = dict(paper.snapshot)
        assert snapshot.pop("letterhead")["name_ko"] == "세계스마트시티기구"
        assert snapshot == {
            "reference": paper.reference,
            "layout": "paper 1",
            "language": "ko",
            "kind": "receipt",
            "issued_on": "2020-09-30",
            "to": {
                "name_en": "Goyang",
                "name_ko": "고양시",
                "name_local": "",
                "kind": "city",
                "address": ["104 Goyangsicheong-ro", "Goyang 10460"],
                "country_en": "South Korea",
                "country_ko": "대한민국",
                "attention": "Lee Su-jin",
            },
            "facts": papers.facts_of(),
        }

    @pytest.mark.parametrize("kind", PaperKind.values)
    def test_every_kind_has_its_sign(self, goyang, kind):
        member = None if kind.endswith("_paper") else goyang

        paper = write(kind, member)

        assert paper.reference.split("-")[2] == SIGN_OF[kind]
        assert str(paper) == f"{PaperKind(kind).label} {paper.reference}"
        assert len(set(SIGN_OF.values())) == len(PaperKind.values)

    @pytest.mark.parametrize(
        ("kind", "to_member", "sentence"),
        [
            ("statement", False, "This paper is written to a member: choose one."),
            ("arrears_paper", True, "This paper is for a meeting, not for a member."),
        ],
    )
    def test_addressee_is_a_member_or_the_house(self, goyang, kind, to_member, sentence):
        with pytest.raises(ValidationError) as refusal:
            write(kind, goyang if to_member else None)

        assert refusal.value.messages == [sentence]
        assert Paper.objects.count() == 0

    def test_enclosed_only_with_a_paper_to_the_same_member(self, goyang):
        reminder = write("reminder", goyang)
        statement = write("statement", goyang, goes_with=reminder)

        for member, first in ((add_member("Almaty", "KZ"), reminder), (goyang, statement)):
            with pytest.raises(ValidationError) as refusal:
                write("statement", member, goes_with=first)
            assert refusal.value.code == "enclosed"
        assert list(reminder.enclosed.all()) == [statement]
        assert Paper.objects.count() == 2

    def test_a_kind_that_says_nothing_is_not_written(self, goyang, monkeypatch):
        monkeypatch.delitem(BODIES, "receipt")

        with pytest.raises(ValueError, match="Nobody says what a paper of the kind 'receipt'"):
            write("receipt", goyang)
        assert Paper.objects.count() == 0


class TestGuards:
    def test_papers_and_documents_never_change(self, goyang, monkeypatch):
        monkeypatch.setattr("wego.pdf.render_pdf", lambda html, **options: b"%PDF-1.7")
        monkeypatch.setattr("wego.pdf.renderer", lambda: "Test 1")
        paper = write(member=goyang)
        render_papers()

        attacks = [
            lambda: Paper.objects.update(snapshot={}),
            lambda: PaperDocument.objects.update(sha256="0" * 64),
            lambda: PaperDocument.objects.all()._raw_delete("default"),
            lambda: Paper.objects.all()._raw_delete("default"),
        ]
        for attack in attacks:
            with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
                attack()
        assert Paper.objects.get().snapshot == paper.snapshot

    @pytest.mark.parametrize(("kind", "to_member"), [("receipt", False), ("arrears_paper", True)])
    def test_database_knows_who_papers_are_for(self, goyang, kind, to_member):
        with (
            pytest.raises(DatabaseError, match="paper_to_a_member_or_of_the_house"),
            transaction.atomic(),
        ):
            Paper.objects.create(
                kind=kind,
                reference="P-1",
                language="en",
                issued_on=ON,
                member=goyang if to_member else None,
                snapshot={},
            )


class TestPages:
    @pytest.mark.parametrize(
        ("language", "words"),
        [
            (
                "en",
                (
                    "To Reference WEGO-2020-SA-",
                    "Goyang",
                    "고양시",
                    "30 September 2020",
                    "Statement of account",
                    "Balance due USD 6,500.00",
                    "15 January 2020 Annual dues 2020, invoice WEGO-2020-0001 USD 6,500.00",
                    "Sum USD 19,500.00 USD 13,000.00",
                    "Secretary General",
                    "1/1",
                ),
            ),
            (
                "ko",
                (
                    "수신 문서 번호 WEGO-2020-SA-",
                    "세계스마트시티기구",
                    "고양시",
                    "Goyang",
                    "2020년 9월 30일",
                    "거래 명세서",
                    "미납 잔액 USD 6,500.00",
                    "2020년 1월 15일 2020년도 연회비, 청구서 WEGO-2020-0001 USD 6,500.00 USD 0.00",
                    "합계 USD 19,500.00 USD 13,000.00",
                    "사무총장",
                ),
            ),
        ],
    )
    def test_page_in_the_language_of_the_paper(self, goyang, language, words, tmp_path):
        content = make_pdf(write(member=goyang, language=language))

        with pikepdf.open(BytesIO(content)) as document:
            assert len(document.pages) == 1
            assert str(document.Root.Lang) == language
            assert "/StructTreeRoot" in document.Root
        found = read(content, tmp_path).replace("1 / 1", "1/1")
        assert [each for each in words if each not in found] == []

    def test_long_tables_repeat_their_headings_and_number_pages(self, goyang, tmp_path):
        paper = write(member=goyang, snapshot=papers.facts_of(rows=60))

        content = make_pdf(paper)

        with pikepdf.open(BytesIO(content)) as document:
            assert len(document.pages) == 3
        for page in "123":
            found = read(content, tmp_path, "-f", page, "-l", page)
            assert "Date Entry Charged Paid" in found
            assert f"{page}/3" in found.replace(" / ", "/")
            assert paper.reference in found
        assert "Sum USD 390,000.00 USD 383,500.00 Balance due USD 6,500.00" in found

    def test_paper_of_the_house_has_no_addressee(self, tmp_path):
        found = read(make_pdf(write("arrears_paper")), tmp_path)

        assert "Dear" not in found
        assert "To " not in found.split("Statement of account")[0]
        assert "Statement of account" in found

    def test_a_paper_without_greeting_and_signature(self, goyang, tmp_path, monkeypatch):
        facts = [Row(printed("Received"), printed("USD 6,475.00"))]
        body = Body(title="Receipt", blocks=[KeyFacts(facts), Paragraph(printed("Thank you."))])
        monkeypatch.setitem(BODIES, "receipt", lambda _writer: body)

        found = read(make_pdf(write("receipt", goyang)), tmp_path)

        assert "Receipt Received USD 6,475.00 Thank you." in found
        assert "Dear" not in found
        assert "Secretary General" not in found

    @pytest.mark.parametrize("language", ["en", "ko"])
    def test_long_names_keep_to_their_area(self, goyang, language):
        goyang.name_en, goyang.name_ko = LONG_EN, LONG_KO
        goyang.address = "\n".join(["Avenida da Independência 456, terceiro andar, sala 12"] * 6)

        assert make_pdf(write(member=goyang, language=language)).startswith(b"%PDF-")

    @pytest.mark.parametrize(
        "odd", ["🏙 Goyang", "\u202eGoyang", "北京市 简体", "ประเทศไทย", "<b>&", "<script>"]
    )
    def test_odd_names_stop_nothing_and_are_text(self, goyang, odd):
        goyang.name_en = odd
        paper = write(member=goyang)

        assert make_pdf(paper).startswith(b"%PDF-")
        assert odd not in paper_page.paper_html(paper.snapshot) or odd.isalpha()

    def test_demonstration_is_printed_on_the_paper(self, goyang, tmp_path):
        IssuerProfile.objects.update_or_create(pk=1, defaults={"is_demo": True})

        found = read(make_pdf(write(member=goyang)), tmp_path)

        assert "Demonstration: this document is a specimen without effect." in found

    def test_same_snapshot_same_bytes_whoever_reads(self, goyang):
        paper = write(member=goyang, snapshot=papers.facts_of(rows=30))
        with translation.override("ko"):
            in_korean = make_pdf(paper)
        goyang.name_en = "Renamed"
        goyang.save()

        assert make_pdf(Paper.objects.get()) == in_korean

    def test_a_row_has_a_text_for_every_column(self):
        table = Table([Column(printed("Date")), Column(printed("Sum"))], [[printed("x")]])

        with pytest.raises(ValueError, match="shorter"):
            _ = table.cells

    def test_sums_stand_under_the_last_columns(self):
        columns = [Column(printed(each)) for each in ("Date", "Entry", "Sum")]
        total = Total(printed("Sum"), [printed("USD 1.00")])

        assert Table(columns, [], [total]).sums == [(total, 2)]


class TestPrinting:
    def test_swept_once_and_read_back(self, goyang):
        paper = write(member=goyang)

        assert render_papers().printed == 1
        assert render_papers().printed == 0

        document = PaperDocument.objects.get()
        assert document.path.startswith(f"papers/2020/{paper.reference}-")
        assert document.renderer.startswith("paper 1, WeasyPrint ")
        assert read_paper(paper) == make_pdf(paper)

    def test_a_paper_too_long_is_parked_and_tried_again(self, goyang, monkeypatch):
        monkeypatch.setattr(paper_page, "MOST_PAGES", 2)
        paper = write(member=goyang, snapshot=papers.facts_of(rows=60))

        assert render_papers().parked == {paper.reference: "The text needs 3 pages and has 2."}
        assert ParkedPaper.objects.get().paper == paper
        monkeypatch.setattr(paper_page, "MOST_PAGES", 3)
        assert retry_papers(by=None) == 1
        assert render_papers().printed == 1

    def test_an_address_that_outgrows_its_area_is_noticed(self, goyang, monkeypatch):
        monkeypatch.setattr(paper_page, "LIMITS", {"end-of-address": 50.0})

        with pytest.raises(RenderError, match="end-of-address"):
            make_pdf(write(member=goyang))

    def test_mails_wait_for_a_paper_by_its_key(self, goyang):
        paper = write(member=goyang)

        assert waits_for(paper) == f"paper:{paper.pk}"
