"""Entering without an account: pages, the private link, files, the deadline, both languages."""

import datetime as dt
import io

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from events.awards import entering, moving, results, telling
from events.awards.links import find_by_token, token_of
from events.awards.papers import render_award_papers
from events.models import AwardEntry, EntryFile
from tests.dues.builders import one_page_pdf
from tests.events.awards import builders as b
from wego.models import Mail

pytestmark = pytest.mark.django_db
IN_TIME = dt.datetime(2020, 7, 31, 14, 59, tzinfo=dt.UTC)
LATE = dt.datetime(2020, 7, 31, 15, 0, tzinfo=dt.UTC)
WHO = {"kind": "city", "city": "Medellin", "country_code": "CO", "contact_name": "Ana Gomez"}


@pytest.fixture
def edition():
    return b.called_edition()


@pytest.fixture
def on_time():
    """The last minute of the last day in Seoul."""
    with time_machine.travel(IN_TIME, tick=False):
        yield


def page_of(entry, name="entry"):
    return reverse(f"awards:{name}", args=[token_of(entry)])


def picture(*, exif=b"", size=(2400, 1200)):
    image = Image.new("RGB", size, "steelblue")
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_r23_a_non_member_enters_from_the_call_to_the_receipt(client, edition, on_time):
    call = client.get(reverse("awards:edition", args=[edition.code]))
    assert "Entries until 31 Jul 2020, 23:59 Seoul time" in call.content.decode()
    assert "It is now 31 Jul 2020 23:59 KST." in call.content.decode()

    begun = client.post(
        reverse("awards:begin", args=[edition.code]), {"email": "Ana@Medellin.example"}
    )
    entry = AwardEntry.objects.get()
    assert begun.headers["Location"] == page_of(entry)
    assert Mail.objects.get(kind="award_link").to_email == "ana@medellin.example"
    client.post(page_of(entry, "who"), WHO)
    project = {"category": edition.categories.first().pk, "title": "Escalators", **b.TEXTS}
    assert client.post(page_of(entry, "project"), project).headers["Location"] == page_of(
        entry, "files"
    )
    check = client.get(page_of(entry, "check"))
    assert "Escalators" in check.content.decode()
    client.post(page_of(entry, "check"))

    entry.refresh_from_db()
    assert (entry.state, entry.submitted_on) == ("submitted", dt.date(2020, 7, 31))
    assert entry.member is None
    assert entry.reference in Mail.objects.get(kind="award_entered").subject


def test_a_minute_later_the_entry_is_refused_in_words_and_kept(client, edition):
    entry = b.fill(edition, "Medellin", "CO")

    with time_machine.travel(LATE, tick=False):
        answers = [
            client.post(page_of(entry, "check")),
            client.post(page_of(entry, "who"), WHO | {"city": "Cali"}),
            client.post(reverse("awards:begin", args=[edition.code]), {"email": "x@y.example"}),
        ]

    for answer in answers:
        assert answer.status_code == 422
        assert "The deadline was 31 Jul 2020, 23:59 Seoul time." in answer.content.decode()
    assert "Cali" in answers[1].content.decode()
    entry.refresh_from_db()
    assert (entry.state, entry.city, AwardEntry.objects.count()) == ("draft", "Medellin", 1)


def test_what_is_missing_is_said_at_its_field(client, edition, on_time):
    entry = entering.begin_entry(edition, email="a@b.example", language="en", on=b.CALL)

    check = client.post(page_of(entry, "check"))

    assert check.status_code == 422
    text = check.content.decode()
    assert "Enter the name of the city." in text
    assert f"{page_of(entry, 'project')}?check#id_title" in text
    entry.refresh_from_db()
    assert entry.state == "draft"


def test_what_cannot_be_read_is_refused_at_its_field_and_the_rest_is_kept(client, edition, on_time):
    entry = b.fill(edition, "Medellin", "CO")

    answer = client.post(
        page_of(entry, "project"), {"title": "New title", "website": "no address", **b.TEXTS}
    )

    assert answer.status_code == 422
    assert "no address" in answer.content.decode()
    entry.refresh_from_db()
    assert (entry.title, entry.website) == ("New title", "")


def test_a_picture_keeps_its_pixels_and_nothing_else(client, edition, on_time):
    entry = b.fill(edition, "Medellin", "CO")
    exif = Image.Exif()
    exif[0x010E] = "taken at the mayor’s home"
    content = picture(exif=exif.tobytes())
    assert b"mayor" in content

    client.post(
        page_of(entry, "files"),
        {"purpose": "picture", "file": SimpleUploadedFile("a.jpg", content)},
    )

    file = EntryFile.objects.get()
    stored = client.get(reverse("awards:file", args=[token_of(entry), file.pk]))
    assert b"mayor" not in stored.content
    assert Image.open(io.BytesIO(stored.content)).size == (1600, 800)
    assert stored.headers["Content-Disposition"].startswith("attachment")


def test_a_pdf_is_no_picture_and_a_script_is_no_file(client, edition, on_time):
    entry = b.fill(edition, "Medellin", "CO")
    page = page_of(entry, "files")

    pdf = client.post(
        page, {"purpose": "picture", "file": SimpleUploadedFile("a.pdf", one_page_pdf())}
    )
    script = client.post(
        page, {"purpose": "attachment", "file": SimpleUploadedFile("a.pdf", b"<script>")}
    )

    assert "This is no picture." in pdf.content.decode()
    assert "The file is no PDF, JPEG or PNG." in script.content.decode()
    assert not EntryFile.objects.exists()


def test_a_file_is_taken_out_again(client, edition, on_time):
    entry = b.fill(edition, "Medellin", "CO")
    client.post(
        page_of(entry, "files"),
        {"purpose": "attachment", "file": SimpleUploadedFile("a.pdf", one_page_pdf())},
    )
    file = EntryFile.objects.get()

    client.post(reverse("awards:remove-file", args=[token_of(entry), file.pk]))

    assert client.get(reverse("awards:file", args=[token_of(entry), file.pk])).status_code == 404


def test_a_foreign_file_does_not_exist_behind_ones_own_link(client, edition):
    own, other = b.fill(edition, "Medellin", "CO"), b.fill(edition, "Cali", "CO")
    file = other.files.create(purpose="attachment", name="a.pdf", path="x", sha256="0", size=1)

    assert client.get(reverse("awards:file", args=[token_of(own), file.pk])).status_code == 404


def test_a_forged_or_exchanged_link_opens_nothing(client, edition, on_time):
    entry = b.fill(edition, "Medellin", "CO")
    before = page_of(entry)

    client.post(page_of(entry, "new-link"))

    assert client.get(before).status_code == 404
    assert client.get("/awards/entry/WzEsMV0.forged/").status_code == 404
    entry.refresh_from_db()
    assert find_by_token(token_of(entry)) == entry
    assert Mail.objects.filter(kind="award_link").count() == 2


def test_a_lost_link_is_mailed_whether_there_is_one_or_not(client, edition):
    b.fill(edition, "Medellin", "CO")

    known = client.post(reverse("awards:link"), {"email": "smart@medellin.example"})
    unknown = client.post(reverse("awards:link"), {"email": "nobody@x.example"})

    assert known.content.count(b"Look into your mailbox") == unknown.content.count(
        b"Look into your mailbox"
    )
    assert Mail.objects.filter(kind="award_none").get().to_email == "nobody@x.example"


def test_an_entry_is_withdrawn_after_one_question(client, edition, on_time):
    entry = b.enter(edition, "Medellin", "CO")

    assert client.get(page_of(entry, "withdraw")).status_code == 200
    client.post(page_of(entry, "withdraw"))

    entry.refresh_from_db()
    assert entry.state == "withdrawn"


def test_a_draft_edition_is_not_public(client):
    edition = b.draft_edition()

    assert client.get(reverse("awards:edition", args=[edition.code])).status_code == 404
    assert edition.code not in client.get(reverse("awards:list")).content.decode()


def test_korean_pages_name_things_in_korean(client, edition, on_time):
    client.cookies["django_language"] = "ko"

    page = client.get(reverse("awards:edition", args=[edition.code])).content.decode()

    assert "WeGO 어워즈 2020" in page
    assert "이동성" in page


@pytest.fixture
def notified():
    """George Town gold, with a picture; not announced yet."""
    it = b.judged_edition(
        points={
            "George Town": (9, 9, 9),
            "Belo Horizonte": (8, 8, 8),
            "Almaty": (7, 7, 7),
            "Seongnam": (6, 6, 6),
        }
    )
    ranks = {
        it.entries[city].pk: rank
        for rank, city in enumerate(("George Town", "Belo Horizonte", "Almaty"), start=1)
    }
    results.decide_winners(it.category, ranks, on=b.JUDGED, by=it.by)
    for state in ("decided", "notified"):
        it.edition = telling.take_step(it.edition, b.S(state), on=b.JUDGED, by=it.by)
    it.file = EntryFile.objects.create(
        entry=it.entries["George Town"],
        purpose="picture",
        name="a.jpg",
        content_type="image/jpeg",
        path="x",
        sha256="0",
        size=1,
    )
    return it


def test_nothing_of_the_result_is_public_before_the_announcement(client, notified):
    page = client.get(reverse("awards:edition", args=[notified.edition.code])).content.decode()

    for word in ("George Town", "Green corridors", "Gold"):
        assert word not in page
    assert client.get(reverse("awards:picture", args=[notified.file.pk])).status_code == 404
    # The loser's own page tells nothing; the winner's does.
    assert "Gold" not in client.get(page_of(notified.entries["Seongnam"])).content.decode()
    own = client.get(page_of(notified.entries["George Town"])).content.decode()
    assert "Please keep this to yourselves until 15 Oct 2020." in own


def test_winners_are_public_with_rank_once_announced(client, notified):
    moving.move_edition(notified.edition, b.S.ANNOUNCED, on=b.RESULT, by=None)

    page = client.get(reverse("awards:edition", args=[notified.edition.code])).content.decode()

    assert page.index("Gold") < page.index("Silver") < page.index("Bronze")
    assert "George Town, Malaysia" in page
    assert "Seongnam" not in page


def test_the_certificate_opens_for_the_winner_alone_and_not_before(client, notified):
    winner, loser = notified.entries["George Town"], notified.entries["Seongnam"]
    telling.take_step(notified.edition, b.S.ANNOUNCED, on=b.RESULT, by=None)
    assert render_award_papers().parked == {}
    paper = winner.prize.papers.get(kind="certificate")

    answer = client.get(reverse("awards:paper", args=[token_of(winner), paper.pk]))

    assert answer.content.startswith(b"%PDF-")
    foreign = client.get(reverse("awards:paper", args=[token_of(loser), paper.pk]))
    assert foreign.status_code == 404
    # The mail goes with it.
    mail = Mail.objects.filter(kind="award_announced", to_email=winner.email).get()
    assert (mail.waits_for, len(mail.attachments)) == ("", 1)


def test_only_winners_add_pictures_after_the_deadline(client, notified):
    winner, loser = notified.entries["George Town"], notified.entries["Seongnam"]
    before = winner.files.count()

    for entry in (winner, loser):
        file = SimpleUploadedFile("a.jpg", picture())
        client.post(page_of(entry, "files"), {"purpose": "picture", "file": file})
    forged = client.post(
        page_of(winner, "files"),
        {"purpose": "attachment", "file": SimpleUploadedFile("a.pdf", one_page_pdf())},
    )

    assert forged.status_code == 422
    assert (winner.files.count(), loser.files.count()) == (before + 1, 0)
