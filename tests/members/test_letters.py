"""Letters: written with all they print, printed once, handed to the mails that wait."""

import datetime as dt
import subprocess
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from members import letter_page
from members.letters import (
    make_pdf,
    read_letter,
    render_letters,
    retry_letters,
    write_letter,
)
from members.models import Decision, DecisionItem, Letter, LetterDocument, ParkedLetter
from tests.members.applicants import add_application
from tests.register import add_figure, add_gdp, add_member
from wego.models import Mail
from wego.outbox import Mailbox, post_mail
from wego.pdf import RenderError
from wego.storage import resolve

pytestmark = pytest.mark.django_db
ON = dt.date(2019, 11, 15)
NAMES = {"en": ("Suncheon", "순천시"), "ko": ("순천시", "Suncheon")}
LONG_EN = (
    "Autonomous Metropolitan Municipality of São Tomé, Água Grande and the Surrounding Districts "
    "of the Northern Coastal Province and its Dependent Islands with the Free Harbour Territories"
)
LONG_KO = (
    "상투메 아구아그란지 자치광역시와 북부 연안주 주변 지구 및 부속 도서와 "
    "자유항 편입 지역을 아우르는 대도시 연합"
)


@pytest.fixture
def suncheon(db):
    member = add_member(
        "Suncheon",
        name_ko="순천시",
        status="associate",
        on=dt.date(2019, 3, 5),
        address="30 Street",
    )
    add_figure(member, 278_548)
    add_gdp("KR", "42300")
    return member


@pytest.fixture
def item(suncheon):
    decision = Decision.objects.create(
        body="excom", decided_on=ON, meeting="EXCOM 2019, Seongnam", reference="item 3"
    )
    return DecisionItem.objects.create(
        decision=decision, member=suncheon, outcome="approve", effective_on=ON
    )


def write(kind, member, language="en", **options):
    return write_letter(
        kind, **{"member": member, "language": language, "on": ON, "by": None, **options}
    )


def read(content, tmp_path):
    file = tmp_path / "letter.pdf"
    file.write_bytes(content)
    done = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True
    )
    return " ".join(done.stdout.split())


class TestWriting:
    def test_a_letter_carries_every_printed_fact(self, suncheon, item):
        letter = write("approval", suncheon, item=item)

        assert letter.reference.startswith("WEGO-2019-P-")
        assert letter.snapshot["reference"] == letter.reference
        assert letter.snapshot["to"]["name_ko"] == "순천시"
        assert letter.snapshot["facts"] == {
            "full_since": "2019-11-15",
            "first_dues_year": 2020,
            "fee_cents": 600_000,
            "body": "excom",
            "decided_on": "2019-11-15",
            "meeting": "EXCOM 2019, Seongnam",
            "decision": "item 3",
        }

    def test_references_differ(self, suncheon, item):
        references = {write("approval", suncheon, item=item).reference for _turn in range(5)}

        assert len(references) == 5

    def test_no_certificate_without_a_decision(self, suncheon):
        with pytest.raises(ValidationError, match="rests on a decision"):
            write("certificate", suncheon)

        assert Letter.objects.count() == 0

    def test_no_letter_to_nobody(self, db):
        with pytest.raises(ValidationError, match="to somebody"):
            write("acceptance", None)

    def test_same_answers_are_the_same_form(self, db):
        application = add_application()

        first = write("application_form", None, application=application)
        again = write("application_form", None, application=application, on=dt.date(2019, 12, 1))
        application.name_en = "Suncheon City"
        other = write("application_form", None, application=application)

        assert (again, Letter.objects.count()) == (first, 2)
        assert other.snapshot["to"]["name_en"] == "Suncheon City"

    def test_letter_is_dated_facts_not_live_ones(self, suncheon, item):
        letter = write("approval", suncheon, item=item)
        before = make_pdf(letter)
        suncheon.name_en = "Renamed"
        suncheon.save()

        assert make_pdf(Letter.objects.get()) == before


class TestPages:
    @pytest.mark.slow
    @pytest.mark.parametrize("language", ["en", "ko"])
    @pytest.mark.parametrize("kind", ["approval", "certificate", "acceptance", "withdrawal"])
    def test_one_page_with_names_in_both_scripts(self, suncheon, item, kind, language, tmp_path):
        letter = write(kind, suncheon, language, item=item, application=add_application())

        content = make_pdf(letter)

        with pikepdf.open(BytesIO(content)) as document:
            assert len(document.pages) == 1
            assert str(document.Root.Lang) == language
        printed = read(content, tmp_path)
        assert all(name in printed for name in NAMES[language])
        assert letter.reference in printed

    def test_approval_names_fee_and_first_year(self, suncheon, item, tmp_path):
        printed = read(make_pdf(write("approval", suncheon, item=item)), tmp_path)

        assert "full member of WeGO from 15 November 2019" in printed
        assert "Annual dues are owed from 2020 on" in printed
        assert "USD 6,000.00 a year" in printed

    def test_institution_is_promised_no_invoice(self, item, tmp_path):
        sdf = add_member("Seoul Digital Foundation", kind="institution", language="en")

        printed = read(make_pdf(write("approval", sdf, item=item)), tmp_path)

        assert "There is no fee table for institutions at present." in printed
        assert "Institutions and companies have no vote." in printed

    def test_certificate_names_kind_day_and_body(self, suncheon, item, tmp_path):
        printed = read(make_pdf(write("certificate", suncheon, item=item)), tmp_path)

        assert "is a full member city of the World Smart Sustainable Cities Organization" in printed
        assert "since 15 November 2019, by decision of the Executive Committee (EXCOM)" in printed
        assert "Secretary General" in printed

    def test_form_carries_the_answers(self, db, tmp_path):
        letter = write("application_form", None, "ko", application=add_application())

        printed = read(make_pdf(letter), tmp_path)

        for answer in (
            "Suncheon",
            "순천시",
            "278,548",
            "Resident registration, 2018",
            "Kim Min-ji",
        ):
            assert answer in printed
        assert "서명 및 직인" in printed

    def test_withdrawal_lists_what_is_overdue(self, suncheon, tmp_path, monkeypatch):
        from members.answers import Arrear

        debts = [Arrear("WEGO-2020-0001", 600_000, dt.date(2020, 3, 31))]
        monkeypatch.setattr("dues.arrears.find_arrears", lambda member, *, on: debts)

        printed = read(make_pdf(write("withdrawal", suncheon)), tmp_path)

        assert "WEGO-2020-0001 31 March 2020 USD 6,000.00" in printed
        assert "Total USD 6,000.00" in printed

    @pytest.mark.slow
    @pytest.mark.parametrize("language", ["en", "ko"])
    @pytest.mark.parametrize(
        "kind", ["acceptance", "approval", "rejection", "withdrawal", "certificate"]
    )
    def test_long_names_and_reasons_keep_to_the_page(self, suncheon, item, kind, language):
        suncheon.name_en, suncheon.name_ko = LONG_EN, LONG_KO
        suncheon.address = "\n".join(["Avenida da Independência 456, terceiro andar, sala 12"] * 6)
        item.decision.meeting = "The Sixteenth Annual Meeting of the Executive Committee " * 3
        item.reason = "Because the statute says so, at length. " * 60
        application = add_application(name_local="Água Grande")

        letter = write(kind, suncheon, language, item=item, application=application)

        assert make_pdf(letter).startswith(b"%PDF-")

    @pytest.mark.slow
    def test_longest_answers_keep_to_the_form(self, db):
        person = dict.fromkeys(("full_name", "position", "email", "phone"), "Wide words " * 20)
        application = add_application(
            name_en=LONG_EN,
            name_ko=LONG_KO,
            name_local="W" * 200,
            website="https://suncheon.example/" + "w" * 170,
            address="Wide words " * 100,
            figure_source="Wide words " * 25,
            note="Wide words " * 200,
            contacts={"head": person, "liaison": person, "finance": person},
        )

        letter = write("application_form", None, application=application)

        assert make_pdf(letter).startswith(b"%PDF-")

    @pytest.mark.slow
    @pytest.mark.parametrize(
        "odd", ["🏙 Suncheon", "\u202eSuncheon", "北京市 简体", "ประเทศไทย", "<b>&"]
    )
    def test_letters_no_font_draws_stop_nothing(self, suncheon, item, odd):
        suncheon.name_en = odd

        for kind in ("approval", "certificate"):
            assert make_pdf(write(kind, suncheon, item=item)).startswith(b"%PDF-")

    def test_markup_in_answers_is_text(self, suncheon, item):
        suncheon.name_en = "<script>alert(1)</script>"
        letter = write("approval", suncheon, item=item)

        assert "<script>" not in letter_page.letter_html(letter.snapshot)

    @pytest.mark.slow
    def test_same_snapshot_same_bytes_whoever_reads(self, suncheon, item):
        letter = write("certificate", suncheon, item=item)
        with translation.override("ko"):
            in_korean = make_pdf(letter)

        assert make_pdf(letter) == in_korean


class TestPrinting:
    def test_swept_once_and_proved(self, suncheon, item):
        letter = write("approval", suncheon, item=item)

        assert render_letters().printed == 1
        assert render_letters().printed == 0
        document = LetterDocument.objects.get()
        assert document.path.startswith(f"letters/2019/{letter.reference}-")
        assert read_letter(letter) == make_pdf(letter)

    def test_no_pdf_yet(self, suncheon, item):
        with pytest.raises(ValidationError) as caught:
            read_letter(write("approval", suncheon, item=item))

        assert caught.value.code == "document_missing"

    def test_altered_file_is_not_handed_out(self, suncheon, item):
        letter = write("approval", suncheon, item=item)
        render_letters()
        Path(resolve(LetterDocument.objects.get().path)).write_bytes(b"%PDF-forged")

        with pytest.raises(ValidationError) as caught:
            read_letter(letter)
        assert caught.value.code == "document_damaged"

    def test_unprintable_letter_is_parked_and_stops_nobody(self, suncheon, item, monkeypatch):
        bad = write("approval", suncheon, item=item)
        good = write("acceptance", suncheon, application=add_application())

        def fail(html, **options):
            if bad.reference in html:
                raise RenderError("The text needs 2 pages and has one.")
            return b"%PDF-good"

        monkeypatch.setattr("members.letters.pdf.render_pdf", fail)
        report = render_letters()

        assert report.parked == {bad.reference: "The text needs 2 pages and has one."}
        assert LetterDocument.objects.get().letter == good
        assert render_letters().printed == 0
        assert retry_letters(by=None) == 1
        assert ParkedLetter.objects.count() == 0


class TestMails:
    def post(self, letter):
        facts = dict.fromkeys(("name", "reference", "link", "reason"), "x")
        return post_mail(
            "application_rejected",
            to=Mailbox("kim@suncheon.example"),
            facts=facts,
            waits_for=f"letter:{letter.pk}",
        )

    def test_printed_letter_frees_the_mail(self, suncheon):
        letter = write("acceptance", suncheon, application=add_application())
        mail = self.post(letter)

        render_letters()

        mail.refresh_from_db()
        document = LetterDocument.objects.get()
        assert mail.waits_for == ""
        assert mail.attachments == [
            {
                "name": f"{letter.reference}.pdf",
                "path": document.path,
                "sha256": document.sha256,
                "type": "application/pdf",
            }
        ]

    def test_certificate_goes_with_the_approval(self, suncheon, item):
        approval = write("approval", suncheon, item=item)
        certificate = write("certificate", suncheon, item=item)
        mail = self.post(approval)

        render_letters(limit=1)
        mail.refresh_from_db()
        assert mail.waits_for == f"letter:{approval.pk}"
        render_letters()

        mail.refresh_from_db()
        assert mail.waits_for == ""
        assert [row["name"] for row in mail.attachments] == [
            f"{approval.reference}.pdf",
            f"{certificate.reference}.pdf",
        ]

    def test_mail_of_a_letter_stored_before_goes_with_the_next_sweep(self, suncheon):
        letter = write("acceptance", suncheon, application=add_application())
        render_letters()
        mail = self.post(letter)

        render_letters()

        assert Mail.objects.get(pk=mail.pk).waits_for == ""
