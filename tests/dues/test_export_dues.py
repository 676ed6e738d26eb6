import csv
import io
import json
import os
import zipfile

import openpyxl
import pikepdf
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from dues import reports
from tests.dues.builders import city, issued_invoice, one_page_pdf

pytestmark = pytest.mark.django_db
PDF = one_page_pdf()


def export(*arguments):
    out, err = io.StringIO(), io.StringIO()
    call_command("export_dues", *map(str, arguments), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def refusal(*arguments):
    with pytest.raises(CommandError) as refused:
        export(*arguments)
    assert refused.value.returncode == 2
    return str(refused.value)


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "finance"
    place.mkdir()
    return place


@pytest.fixture
def goyang():
    return issued_invoice(city(), document=PDF)


def test_export_writes_all_four(goyang, folder):
    out, err = export(
        2020,
        "--zip", folder / "all.zip",
        "--merged", folder / "all.pdf",
        "--xlsx", folder / "register.xlsx",
        "--csv", folder / "register.csv",
    )  # fmt: skip

    assert err == ""
    assert out.splitlines()[-1] == "Dues 2020: 1 invoices, USD 7,500.00; 1 PDFs ready."
    assert names(folder) == ["all.pdf", "all.zip", "register.csv", "register.xlsx"]
    assert zipfile.ZipFile(folder / "all.zip").namelist() == [
        "index.csv",
        "WEGO-2020-0001-Goyang.pdf",
    ]
    with pikepdf.open(folder / "all.pdf") as pdf:
        assert len(pdf.pages) == 1
    assert openpyxl.load_workbook(folder / "register.xlsx")["Register"]["A2"].value == goyang.number
    with (folder / "register.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["number"] for row in csv.DictReader(file)] == [goyang.number]


def test_export_json_counts_what_was_written(goyang, folder):
    issued_invoice(city("Almaty", country_code="KZ"), sequence=2)
    out, err = export(2020, "--zip", folder / "all.zip", "--csv", folder / "r.csv", "--json")
    data = json.loads(out)
    seconds = [file.pop("seconds") for file in data["written"]]

    assert data == {
        "year": 2020,
        "invoices": 2,
        "total": "15000.00",
        "currency": "USD",
        "complete": False,
        "documents": {"ready": 1, "waiting": 1, "parked": 0, "damaged": 0},
        "written": [
            {
                "format": "zip",
                "path": str(folder / "all.zip"),
                "items": 1,
                "bytes": (folder / "all.zip").stat().st_size,
            },
            {
                "format": "csv",
                "path": str(folder / "r.csv"),
                "items": 2,
                "bytes": (folder / "r.csv").stat().st_size,
            },
        ],
    }
    assert all(0 <= value < 60 for value in seconds)
    assert err == "INCOMPLETE: 1 PDF is not yet made.\n"


def test_export_finds_an_altered_document_even_when_a_register_comes_along(goyang, folder):
    (settings.DOCUMENTS_DIR / goyang.document.path).write_bytes(b"%PDF-forged")
    _, err = export(2020, "--csv", folder / "r.csv", "--zip", folder / "all.zip")

    assert err == "INCOMPLETE: 1 stored PDF is missing or was altered.\n"


def test_export_replaces_an_earlier_file(goyang, folder):
    (folder / "r.csv").write_text("old")
    export(2020, "--csv", folder / "r.csv")

    assert (folder / "r.csv").read_text(encoding="utf-8-sig").startswith("number,")


def test_export_comes_in_parts_when_there_are_many(monkeypatch, goyang, folder):
    monkeypatch.setattr(reports, "MOST_MERGED", 1)
    issued_invoice(city("Almaty", country_code="KZ"), sequence=2, document=PDF)
    export(2020, "--merged", folder / "all.pdf")

    assert names(folder) == ["all-1.pdf", "all-2.pdf"]


def test_export_of_nothing_is_refused(goyang):
    assert refusal(2020) == (
        "Nothing to write: give at least one of --zip FILE, --merged FILE, --xlsx FILE, --csv FILE."
    )


def test_export_of_a_year_without_invoices_is_refused(goyang, folder):
    assert refusal(2019, "--csv", folder / "r.csv") == ("No invoices have been issued for 2019.")
    assert names(folder) == []


def test_export_into_a_missing_folder_is_refused(goyang, folder):
    assert refusal(2020, "--csv", folder / "no" / "r.csv") == (
        f"The folder {folder / 'no'} does not exist."
    )


def test_export_onto_a_folder_is_refused(goyang, folder):
    assert "is a folder" in refusal(2020, "--csv", folder)


def test_export_of_two_files_to_one_name_is_refused(goyang, folder):
    assert "are the same" in refusal(2020, "--csv", folder / "a", "--zip", folder / "." / "a")
    assert names(folder) == []


def test_export_of_a_merged_pdf_without_documents_still_writes_the_register(folder):
    issued_invoice(city())
    message = refusal(2020, "--merged", folder / "all.pdf", "--csv", folder / "r.csv")

    assert message == (
        "No PDF of 2020 is ready, so there is nothing to merge. 1 PDF is not yet made."
    )
    assert names(folder) == ["r.csv"]


def test_export_that_fails_halfway_leaves_the_earlier_file(monkeypatch, goyang, folder):
    (folder / "all.zip").write_text("old")

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)

    assert refusal(2020, "--zip", folder / "all.zip") == (
        f"{folder / 'all.zip'} cannot be written: No space left on device."
    )
    assert (folder / "all.zip").read_text() == "old"
    assert names(folder) == ["all.zip"]
