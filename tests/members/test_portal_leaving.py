"""Leaving by notice, being heard, and the letters kept for us."""

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from django.utils.http import content_disposition_header
from PIL import Image

from members.leaving import acknowledge_notice
from members.models import (
    Letter,
    LetterDocument,
    LetterKind,
    Proceeding,
    StatusEntry,
    WithdrawalNotice,
)
from tests.members.portal import IN_NOVEMBER, TODAY, acting, kathmandu, said, words_of
from tests.register import add_member
from wego import storage

pytestmark = pytest.mark.django_db
LEAVE, DOCUMENTS = "/portal/leave/", "/portal/documents/"


@pytest.fixture(autouse=True)
def _november(time_machine):
    time_machine.move_to(IN_NOVEMBER, tick=False)


@pytest.fixture
def member():
    return kathmandu()


@pytest.fixture
def maya(client, member):
    user = acting(member, "administrator")
    client.force_login(user)
    return user


def jpeg():
    stream = io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(stream, "JPEG")
    return SimpleUploadedFile("letter.jpg", stream.getvalue(), content_type="image/jpeg")


def test_what_leaving_means_is_said_before_it_is_done(client, maya):
    words = words_of(client.get(LEAVE))

    assert "Your membership ends on 31 Dec 2026 ." in words
    assert "Nothing is overdue. Dues of the year in which you leave stay payable." in words


def test_notice_is_filed_with_its_letter_and_taken_back(client, maya, member):
    answer = client.post(LEAVE, {"reason": "Budget", "letter": jpeg(), "sure": "on"}, follow=True)

    assert said(answer) == ["Your notice is with the secretariat."]
    notice = WithdrawalNotice.objects.get()
    assert (notice.member, notice.received_on, notice.reason) == (member, TODAY, "Budget")
    assert (notice.effective_on, notice.filed_by) == (dt.date(2026, 12, 31), maya)
    assert storage.read_file(notice.file_path, sha256=notice.file_sha256)
    assert "Received on 22 Nov 2026. With the letter letter.jpg." in words_of(answer)

    again = client.post(LEAVE, {"sure": "on"})
    assert WithdrawalNotice.objects.count() == 1
    assert again.status_code == 200

    back = client.post(LEAVE, {"back": "yes"}, follow=True)
    assert said(back) == ["Your notice is taken back: you stay a member."]
    assert WithdrawalNotice.objects.get().taken_back_on == TODAY


def test_confirmed_notice_is_taken_back_too(client, maya, member, secretariat):
    client.post(LEAVE, {"sure": "on"})
    acknowledge_notice(WithdrawalNotice.objects.get(), on=TODAY, by=secretariat)
    assert "Confirmed" in words_of(client.get(LEAVE))

    client.post(LEAVE, {"back": "yes"})

    assert member.withdrawal_notices.get().taken_back_on == TODAY


@pytest.mark.parametrize(
    "wrong",
    [
        {"sure": ""},
        {"letter": SimpleUploadedFile("a.pdf", b"MZ not a pdf")},
        {"letter": SimpleUploadedFile("a.pdf", b"")},
        {"reason": "r" * 2001},
    ],
)
def test_refused_notice_is_none(client, maya, wrong):
    answer = client.post(LEAVE, {"reason": "", "sure": "on", **wrong})

    assert answer.status_code == 422
    assert not WithdrawalNotice.objects.exists()


def test_associate_leaves_at_once(client):
    goyang = add_member("Goyang", status="associate")
    client.force_login(acting(goyang, "administrator"))

    assert "Your membership ends on 22 Nov 2026 ." in words_of(client.get(LEAVE))


@pytest.fixture
def proceeding(member):
    return Proceeding.objects.create(
        member=member,
        outcome="suspend",
        proposed_on=dt.date(2026, 11, 10),
        heard_until=dt.date(2026, 12, 10),
        reason="Two years unpaid",
    )


def test_statement_is_handed_in_and_added_to(client, maya, proceeding):
    address = f"/portal/hearings/{proceeding.pk}/"
    words = words_of(client.get(address))
    assert "The reason given Two years unpaid" in words
    assert "You may be heard until 10 Dec 2026 . Then the body decides." in words

    answer = client.post(address, {"statement": "The earthquake."}, follow=True)

    assert said(answer) == ["Your statement is with the secretariat."]
    proceeding.refresh_from_db()
    assert proceeding.statement == "2026-11-22: The earthquake."
    assert client.post(address, {"statement": " "}).status_code == 422
    assert "Say what you have to say" not in words_of(client.get("/portal/"))


def test_hearing_of_another_member_does_not_exist(client, maya, proceeding):
    dhaka = add_member("Dhaka North", "BD")
    client.force_login(acting(dhaka, "finance"))

    assert client.get(f"/portal/hearings/{proceeding.pk}/").status_code == 404
    assert client.post(f"/portal/hearings/{proceeding.pk}/", {"statement": "x"}).status_code == 404
    proceeding.refresh_from_db()
    assert proceeding.statement == ""


# Documents.


def letter_of(
    member, reference="WEGO-2026-W-7K3Q9T", kind="withdrawal", content=b"%PDF-1.7 letter"
):
    letter = Letter.objects.create(
        kind=kind,
        reference=reference,
        language="en",
        issued_on=TODAY,
        member=member,
        snapshot={},
    )
    if content:
        stored = storage.store_file(f"letters/2026/{reference}.pdf", content)
        LetterDocument.objects.create(
            letter=letter,
            path=stored.path,
            sha256=stored.sha256,
            size=stored.size,
            renderer="tests",
        )
    return letter


def test_letters_are_listed_and_opened(client, maya, member):
    letter_of(member)
    letter_of(member, "WEGO-2026-C-AAAAAA", "certificate", content=None)
    letter_of(member, "WEGO-2026-F-AAAAAA", "application_form")
    words = words_of(client.get(DOCUMENTS))
    assert "Confirmation of withdrawal 22 Nov 2026 WEGO-2026-W-7K3Q9T Open" in words
    assert "Certificate of membership 22 Nov 2026 WEGO-2026-C-AAAAAA PDF being prepared" in words
    assert "Application form" not in words

    pdf = client.get(f"{DOCUMENTS}WEGO-2026-W-7K3Q9T/")

    assert pdf.content == b"%PDF-1.7 letter"
    assert pdf.headers["Content-Type"] == "application/pdf"
    assert pdf.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in pdf.headers["Cache-Control"]
    name = 'filename="WEGO-2026-W-7K3Q9T-Confirmation_of_withdrawal.pdf"'
    assert pdf.headers["Content-Disposition"] == f"inline; {name}"
    saved = client.get(f"{DOCUMENTS}WEGO-2026-W-7K3Q9T/?save")
    assert saved.headers["Content-Disposition"] == f"attachment; {name}"


def test_name_of_a_korean_file_is_sent_as_the_standard_says(client, maya, member):
    letter_of(member)
    client.cookies["django_language"] = "ko"

    header = client.get(f"{DOCUMENTS}WEGO-2026-W-7K3Q9T/").headers["Content-Disposition"]

    with translation.override("ko"):
        label = str(LetterKind.WITHDRAWAL.label).replace(" ", "_")
    wanted = content_disposition_header(False, f"WEGO-2026-W-7K3Q9T-{label}.pdf")
    assert header == wanted
    assert header.isascii()


def test_letter_that_is_not_made_or_was_altered_says_so(client, maya, member, settings):
    letter_of(member, "WEGO-2026-C-AAAAAA", "certificate", content=None)
    letter = letter_of(member)
    (settings.DOCUMENTS_DIR / letter.document.path).write_bytes(b"%PDF-forged")

    missing = client.get(f"{DOCUMENTS}WEGO-2026-C-AAAAAA/")
    damaged = client.get(f"{DOCUMENTS}WEGO-2026-W-7K3Q9T/")

    assert (missing.status_code, damaged.status_code) == (503, 503)
    assert "The PDF is being prepared" in words_of(missing)
    assert "The stored PDF cannot be shown just now." in words_of(damaged)
    assert b"forged" not in damaged.content


def test_letters_of_another_member_do_not_exist(client, maya, member):
    letter_of(add_member("Dhaka North", "BD"))

    assert client.get(f"{DOCUMENTS}WEGO-2026-W-7K3Q9T/").status_code == 404
    assert "No letters yet" in words_of(client.get(DOCUMENTS))


def test_letters_stay_open_after_the_end(client, maya, member):
    letter_of(member)
    StatusEntry.objects.create(
        member=member, status="expelled", effective_on=dt.date(2026, 11, 1), reason="Decision"
    )

    assert client.get(f"{DOCUMENTS}WEGO-2026-W-7K3Q9T/").status_code == 200
