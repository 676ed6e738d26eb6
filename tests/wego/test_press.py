"""The press: printed once, parked with a reason, tried again, handed to the mails that wait."""

import datetime as dt
import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from dues.models import Paper, PaperDocument, ParkedPaper
from dues.papers import PRESS
from tests.register import add_member
from wego import press
from wego.models import Mail
from wego.papers import find_reference
from wego.pdf import PrinterMissingError, RenderError
from wego.storage import StorageError, resolve

pytestmark = pytest.mark.django_db
ON = dt.date(2020, 9, 30)


@pytest.fixture
def goyang(db):
    return add_member("Goyang", name_ko="고양시")


@pytest.fixture
def plate(monkeypatch):
    """A press of one line a paper; `refused` are references it cannot print, and what is raised."""
    refused = {}

    def render(paper):
        if paper.reference in refused:
            raise refused[paper.reference]
        return f"%PDF-1.7 {paper.reference}".encode()

    monkeypatch.setattr("wego.pdf.renderer", lambda: "Test 1")
    plate = replace(PRESS, render=render, layout=lambda paper: f"{paper.kind} 1")
    return plate, refused


def write(member, reference, **fields):
    return Paper.objects.create(
        **{
            "kind": "receipt",
            "reference": reference,
            "language": "en",
            "issued_on": ON,
            "member": member,
            "snapshot": {},
            **fields,
        }
    )


def wait_for(paper, number=1):
    return Mail.objects.create(
        kind="receipt",
        to_email="kim@goyang.example",
        language="en",
        subject="Receipt",
        text="x",
        waits_for=f"paper:{paper.pk}",
        message_id=f"<{number}@wego.example>",
    )


def names_of(mail):
    mail.refresh_from_db()
    return [each["name"] for each in mail.attachments]


def test_printed_once_and_proved(goyang, plate):
    plate, _refused = plate
    paper = write(goyang, "P-1")

    assert press.print_waiting(plate) == press.PressReport(printed=1)
    assert press.print_waiting(plate) == press.PressReport()

    document = PaperDocument.objects.get()
    content = b"%PDF-1.7 P-1"
    digest = hashlib.sha256(content).hexdigest()
    assert document.paper == paper
    assert document.path == f"papers/2020/P-1-{digest[:16]}.pdf"
    assert (document.sha256, document.size) == (digest, len(content))
    assert document.renderer == "receipt 1, Test 1"
    assert press.read_paper(plate, paper) == content


def test_limit_counts_the_parked_too(goyang, plate):
    plate, refused = plate
    for number in range(4):
        write(goyang, f"P-{number}")
    refused["P-0"] = RenderError("no room")

    report = press.print_waiting(plate, limit=2)

    assert (report.printed, report.parked) == (1, {"P-0": "no room"})
    assert [paper.reference for paper in plate.waiting()] == ["P-2", "P-3"]


def test_a_long_queue_goes_in_batches(goyang, plate, monkeypatch):
    monkeypatch.setattr(press, "BATCH", 2)
    plate, _refused = plate
    for number in range(5):
        write(goyang, f"P-{number}")

    assert press.print_waiting(plate).printed == 5


@pytest.mark.parametrize(
    ("error", "reason"),
    [(RenderError("The text needs 2 pages."), "The text needs 2 pages."), (KeyError("day"), None)],
)
def test_unprintable_paper_is_parked_and_stops_nobody(goyang, plate, error, reason):
    plate, refused = plate
    refused["P-1"] = error
    bad, good = write(goyang, "P-1"), write(goyang, "P-2")

    report = press.print_waiting(plate)

    assert report.parked == {"P-1": reason or "KeyError: 'day'"}
    assert ParkedPaper.objects.get().paper == bad
    assert PaperDocument.objects.get().paper == good
    assert press.print_waiting(plate) == press.PressReport()

    refused.clear()
    assert press.retry_parked(plate, by=None) == 1
    assert press.print_waiting(plate).printed == 1
    assert ParkedPaper.objects.count() == 0


def test_missing_printer_parks_nobody(goyang, plate):
    plate, refused = plate
    refused["P-1"] = PrinterMissingError("Missing to print documents: the font NanumGothic.")
    write(goyang, "P-1")

    with pytest.raises(PrinterMissingError):
        press.print_waiting(plate)
    assert (ParkedPaper.objects.count(), PaperDocument.objects.count()) == (0, 0)


def test_failing_store_parks_nobody(goyang, plate, monkeypatch):
    plate, _refused = plate
    write(goyang, "P-1")

    def fail(name, content):
        raise StorageError("The disk is full.")

    monkeypatch.setattr("wego.storage.store_file", fail)
    with pytest.raises(StorageError):
        press.print_waiting(plate)
    assert (ParkedPaper.objects.count(), PaperDocument.objects.count()) == (0, 0)


def test_document_of_another_worker_stands(goyang, plate):
    plate, _refused = plate
    paper = write(goyang, "P-1")
    press.keep_document(plate, paper, b"%PDF first")

    press.keep_document(plate, paper, b"%PDF first")

    assert PaperDocument.objects.count() == 1


def test_no_document_yet(goyang, plate):
    plate, _refused = plate

    with pytest.raises(ValidationError) as caught:
        press.read_paper(plate, write(goyang, "P-1"))
    assert caught.value.code == "document_missing"
    assert caught.value.messages == ["The PDF of P-1 is not made yet."]


@pytest.mark.parametrize("damage", [lambda path: path.write_bytes(b"%PDF forged"), Path.unlink])
def test_damaged_document_is_not_handed_out(goyang, plate, damage):
    plate, _refused = plate
    paper = write(goyang, "P-1")
    press.print_waiting(plate)
    damage(resolve(PaperDocument.objects.get().path))

    with pytest.raises(ValidationError) as caught:
        press.read_paper(plate, paper)
    assert caught.value.code == "document_damaged"


class TestMails:
    def test_printed_paper_frees_its_mails_alone(self, goyang, plate):
        plate, _refused = plate
        mine, other = write(goyang, "P-1"), write(goyang, "P-2")
        mails = [wait_for(mine, 1), wait_for(mine, 2), wait_for(other, 3)]

        press.print_waiting(plate, limit=1)

        assert [names_of(mail) for mail in mails] == [["P-1.pdf"], ["P-1.pdf"], []]
        assert [mail.waits_for for mail in mails] == ["", "", f"paper:{other.pk}"]
        document = PaperDocument.objects.get()
        assert mails[0].attachments == [
            {
                "name": "P-1.pdf",
                "path": document.path,
                "sha256": document.sha256,
                "type": "application/pdf",
            }
        ]

    def test_enclosed_papers_go_along_once_all_are_printed(self, goyang, plate):
        plate, refused = plate
        reminder = write(goyang, "RM-1", kind="reminder")
        write(goyang, "SA-1", kind="statement", goes_with=reminder)
        write(goyang, "SA-2", kind="statement")
        mail = wait_for(reminder)
        refused["SA-1"] = RenderError("no room")

        press.print_waiting(plate)
        assert names_of(mail) == []
        refused.clear()
        press.retry_parked(plate, by=None)
        press.print_waiting(plate)

        assert names_of(mail) == ["RM-1.pdf", "SA-1.pdf"]
        assert mail.waits_for == ""

    def test_mail_of_a_paper_stored_before_goes_with_the_next_sweep(self, goyang, plate):
        plate, _refused = plate
        paper = write(goyang, "P-1")
        press.print_waiting(plate)
        mail = wait_for(paper)

        press.print_waiting(plate)

        assert names_of(mail) == ["P-1.pdf"]

    def test_mails_of_another_press_wait_on(self, goyang, plate):
        plate, _refused = plate
        paper = write(goyang, "P-1")
        mail = wait_for(paper)
        Mail.objects.filter(pk=mail.pk).update(waits_for=f"letter:{paper.pk}")

        press.print_waiting(plate)

        assert names_of(mail) == []

    def test_odd_keys_stop_nobody(self, goyang, plate):
        plate, _refused = plate
        mail = wait_for(write(goyang, "P-1"))
        Mail.objects.filter(pk=mail.pk).update(waits_for="paper:x")

        assert press.print_waiting(plate).printed == 1
        assert names_of(mail) == []


def test_reference_is_found_until_nobody_has_it(goyang, monkeypatch):
    write(goyang, "WEGO-2020-RC-222222")
    signs = iter("2" * 6 + "3" * 6)
    monkeypatch.setattr("wego.papers.secrets.choice", lambda _signs: next(signs))

    assert find_reference(Paper.objects, "RC", ON) == "WEGO-2020-RC-333333"
