"""The secretariat's pages: an edition is written, its board, jury, ranking, prizes, entries."""

import io

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from events.awards import moving, papers, results, telling
from events.awards.of_member import tell_happenings
from events.models import (
    AwardEdition,
    AwardEntry,
    AwardSeries,
    AwardWinner,
    DeclaredTie,
    EntryFile,
    Juror,
)
from tests.events.awards import builders as b
from tests.register import add_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def kim(client, secretariat):
    client.force_login(secretariat)
    return client


def address(name, pk):
    return reverse(f"admin:events_awardedition_{name}", args=[pk])


def text_of(page):
    return " ".join(page.content.decode().split())


def typed(**changes):
    return {
        "series": b.series().pk,
        "number": "4",
        "year": "2020",
        "call_on": "2020-02-24",
        "deadline_on": "2020-07-31",
        "result_on": "",
        "ceremony_on": "",
        "entries_per_city": "2",
        "takes_organisations": "on",
        "recusal": "country",
        "categories": "Mobility | 이동성 | 3\nLeadership | 리더십 | 1 | individuals",
        "criteria": "Impact | 영향력 | 60\nInnovation | 혁신성 | 40",
    } | changes


def test_r25_the_two_series_are_there_from_the_start():
    assert set(AwardSeries.objects.values_list("name_en", flat=True)) >= {
        "WeGO Awards",
        "Seoul Smart City Prize",
    }


def test_an_edition_is_written_with_its_categories_and_criteria(kim):
    answer = kim.post(reverse("admin:events_awardedition_add"), typed())

    edition = AwardEdition.objects.get()
    assert answer.headers["Location"] == address("change", edition.pk)
    assert [
        (c.name_en, c.name_ko, c.prizes, c.for_individuals) for c in edition.categories.all()
    ] == [
        ("Mobility", "이동성", 3, False),
        ("Leadership", "리더십", 1, True),
    ]
    assert [(c.name_en, c.weight) for c in edition.criteria.all()] == [
        ("Impact", 60),
        ("Innovation", 40),
    ]
    # The page for changing it shows the same lines again.
    again = text_of(kim.get(address("edit", edition.pk)))
    assert "Leadership | 리더십 | 1 | individuals" in again


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"criteria": "Impact | 영향력 | 60"}, "The weights of the criteria add up to 60"),
        ({"criteria": "Impact 100"}, "This line cannot be read: “Impact 100”."),
        ({"categories": "Mobility | x | none"}, "This line cannot be read"),
        ({"categories": "A | | 1\na | | 1"}, "Two categories have one name."),
        ({"deadline_on": "2020-02-01"}, "The deadline is before the call."),
    ],
)
def test_what_an_edition_cannot_be_is_said_and_nothing_is_written(kim, changes, sentence):
    answer = kim.post(reverse("admin:events_awardedition_add"), typed(**changes))

    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert not AwardEdition.objects.exists()


def test_the_board_says_what_is_missing_for_the_next_step(kim):
    edition = b.called_edition()

    with time_machine.travel("2020-07-31T03:00:00Z", tick=False):
        page = text_of(kim.get(address("change", edition.pk)))
        refused = kim.post(address("step", edition.pk), {"state": "closed"}, follow=True)

    assert "The call runs until the end of 31 Jul 2020 in Seoul." in page
    assert "The call runs until the end of 31 Jul 2020 in Seoul." in text_of(refused)
    edition.refresh_from_db()
    assert edition.state == "call_open"


def test_entry_after_entry_is_checked(kim):
    edition = b.called_edition()
    first, second = b.enter(edition, "Medellin", "CO"), b.enter(edition, "Turku", "FI")
    for state in ("closed", "eligibility"):
        moving.move_edition(edition, b.S(state), on=b.CHECK, by=None)
    check = reverse("admin:events_awardentry_check", args=[first.pk])

    bare = kim.post(check, {"outcome": "no", "reason": ""})
    onward = kim.post(check, {"outcome": "yes"})

    assert "Say why it is not eligible: the entrant reads it." in text_of(bare)
    assert onward.headers["Location"] == reverse("admin:events_awardentry_change", args=[second.pk])


def test_drafts_are_their_entrants_own(kim):
    edition = b.called_edition()
    draft = b.fill(edition, "Medellin", "CO")

    page = kim.get(reverse("admin:events_awardentry_changelist"))

    assert draft.title not in text_of(page)
    shown = kim.get(reverse("admin:events_awardentry_change", args=[draft.pk]))
    assert shown.status_code == 404


def test_a_juror_is_invited_given_entries_and_taken_off(kim):
    edition = b.called_edition()
    b.enter(edition, "Seoul", "KR")
    b.check_all(edition, by=b.staff())
    facts = {
        "full_name": "Park Ji-won",
        "email": "park@jury.example",
        "employer": "Korea University",
        "country_code": "KR",
        "language": "ko",
    }

    kim.post(address("jury", edition.pk), facts)
    twice = kim.post(address("jury", edition.pk), facts)
    juror = Juror.objects.get()
    kim.post(
        address("assign", edition.pk),
        {"jurors": juror.pk, "categories": [c.pk for c in edition.categories.all()]},
    )
    page = text_of(kim.get(address("jury", edition.pk)))
    assert juror.sheets.get().set_aside == "country"
    kim.post(address("remove_juror", juror.pk))

    assert "This person sits on the jury already." in text_of(twice)
    assert "Same country" in page
    assert not Juror.objects.exists()


def test_ranking_shows_mean_spread_and_who_is_behind(kim):
    it = b.judged_edition()

    page = text_of(kim.get(address("ranking", it.edition.pk)))

    assert page.index("Green corridors of George Town") < page.index("Green corridors of Almaty")
    assert "90.0" in page
    assert "1 set aside" in page


def test_r24_the_page_refuses_two_golds_until_the_tie_is_declared(kim):
    it = b.judged_edition()
    prizes = {
        f"e{it.entries[city].pk}": rank
        for city, rank in (("George Town", 1), ("Belo Horizonte", 1), ("Almaty", 2))
    }
    decide, tie = address("winners", it.category.pk), address("tie", it.category.pk)

    refused = kim.post(decide, prizes)
    assert refused.status_code == 422
    assert "Gold is given twice. Declare the tie first, with the jury’s reason." in text_of(refused)
    assert not AwardWinner.objects.exists()
    assert kim.post(tie, {"rank": 1, "reason": ""}).status_code == 422
    kim.post(tie, {"rank": 1, "reason": "Equal scores."})
    kim.post(decide, prizes)

    assert DeclaredTie.objects.get().reason == "Equal scores."
    assert sorted(AwardWinner.objects.values_list("rank", flat=True)) == [1, 1, 2]


def winners(it):
    results.decide_winners(
        it.category,
        {it.entries["George Town"].pk: 1, it.entries["Belo Horizonte"].pk: 2},
        why="The jury prefers it.",
        on=b.JUDGED,
        by=it.by,
    )
    for state in ("decided", "notified"):
        it.edition = telling.take_step(it.edition, b.S(state), on=b.JUDGED, by=it.by)


def test_papers_open_once_they_are_printed(kim):
    it = b.judged_edition()
    winners(it)
    paper = it.entries["George Town"].prize.papers.get()

    before = kim.get(address("paper", paper.pk))
    papers.render_award_papers()
    after = kim.get(address("paper", paper.pk))

    assert before.status_code == 404
    assert after.content.startswith(b"%PDF-")


def test_a_picture_is_added_for_the_page_of_winners(kim):
    edition = b.called_edition()
    entry = b.enter(edition, "Medellin", "CO")
    out = io.BytesIO()
    Image.new("RGB", (40, 20), "green").save(out, "PNG")
    upload = reverse("admin:events_awardentry_upload", args=[entry.pk])

    kim.post(upload, {"file": SimpleUploadedFile("a.png", out.getvalue())})
    refused = kim.post(upload, {"file": SimpleUploadedFile("a.png", b"nothing")})

    file = EntryFile.objects.get()
    shown = kim.get(reverse("admin:events_awardentry_file", args=[file.pk]))
    assert (file.content_type, shown.headers["Content-Type"]) == ("image/jpeg", "image/jpeg")
    assert refused.status_code == 422


def test_dates_and_deadline_have_pages_of_their_own(kim):
    edition = b.called_edition()
    dates = {"scores_by": "2020-09-30", "result_on": "2020-10-20", "ceremony_on": ""}

    kim.post(address("dates", edition.pk), dates)
    early = kim.post(address("dates", edition.pk), dates | {"result_on": "2020-01-01"})
    with time_machine.travel("2020-07-01T03:00:00Z", tick=False):
        kim.post(address("deadline", edition.pk), {"deadline_on": "2020-08-31", "why": "COVID-19"})

    edition.refresh_from_db()
    assert str(edition.scores_by) == "2020-09-30"
    assert str(edition.deadline_on) == "2020-08-31"
    assert "This day is before the deadline." in text_of(early)


def test_r23_a_members_file_tells_its_entries_and_prizes(secretariat):
    seongnam = add_member("Seongnam", name_ko="성남시", on=b.CALL)
    it = b.judged_edition(by=secretariat)
    entry = AwardEntry.objects.get(member=seongnam)
    results.decide_winners(
        it.category, {entry.pk: 1}, why="The jury prefers it.", on=b.JUDGED, by=secretariat
    )

    told = [line.what for line in tell_happenings(seongnam)]

    assert told == [
        "WeGO Awards 2020: “Green corridors of Seongnam” entered",
        "WeGO Awards 2020: Gold for “Green corridors of Seongnam”",
    ]


def test_finance_has_no_business_with_awards(client, finance):
    edition = b.draft_edition()
    client.force_login(finance)

    page = client.get(address("change", edition.pk))

    assert page.status_code == 403
    assert "Awards are for the secretariat." in text_of(page)


def test_korean_board(kim):
    edition = b.draft_edition()
    kim.cookies["django_language"] = "ko"

    assert "WeGO 어워즈 2020" in text_of(kim.get(address("change", edition.pk)))
