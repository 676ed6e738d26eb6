"""The pages of jurors: own sheets only, X13, drafts, submitted scores, what others gave."""

import pytest
from django.urls import reverse

from events.awards import juries, moving
from events.models import ScoreSheet
from members.models import Affiliation
from tests.events.awards import builders as b
from tests.register import add_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def jury(secretariat):
    """Round 1: Seoul and Lisbon, Park of Korea and Ana of Portugal."""
    edition = b.called_edition()
    seoul, lisbon = b.enter(edition, "Seoul", "KR"), b.enter(edition, "Lisbon", "PT")
    b.enter(edition, "Medellin", "CO")
    edition = b.check_all(edition, by=secretariat)
    park = b.invite(edition, "Park Ji-won", "KR", "Korea University", by=secretariat)
    ana = b.invite(edition, "Ana Costa", "PT", "University of Porto", by=secretariat)
    b.assign(edition, by=secretariat)
    edition = moving.move_edition(edition, b.S.ROUND_1, on=b.JUDGED, by=secretariat)
    return edition, seoul, lisbon, park, ana


def points_for(sheet, *points):
    criteria = sheet.entry.edition.criteria.order_by("position")
    return {f"c{each.pk}": value for each, value in zip(criteria, points, strict=True)}


def page_of(sheet):
    return reverse("jury:score", args=[sheet.pk])


def test_a_juror_without_membership_lands_on_their_entries(client, jury):
    *_rest, park, _ana = jury
    client.force_login(park.user)

    assert client.get("/").headers["Location"] == "/jury/"
    page = client.get("/jury/").content.decode()

    assert "2 entries left to score" in page
    assert "Same country" in page


def test_a_juror_of_a_member_keeps_the_portal_as_home(client, jury):
    *_rest, park, _ana = jury
    Affiliation.objects.create(user=park.user, member=add_member("Goyang"), role="reader")
    client.force_login(park.user)

    assert client.get("/").headers["Location"] == "/portal/"


def test_who_sits_on_no_jury_finds_nothing(client, db):
    from members.models import User

    client.force_login(User.objects.create_user("x@y.example", full_name="Nobody"))

    assert client.get("/jury/").status_code == 404


def test_x13_juror_of_the_same_country_is_refused_by_the_page_too(client, jury):
    _edition, seoul, _lisbon, park, _ana = jury
    sheet = b.sheet_of(park, seoul)
    client.force_login(park.user)

    page = client.get(page_of(sheet)).content.decode()
    answer = client.post(page_of(sheet), points_for(sheet, 10, 10, 10) | {"submit": "yes"})

    assert "This entry is from your own country: others score it." in page
    assert "Too many cars" not in page
    assert answer.status_code == 422
    sheet.refresh_from_db()
    assert (sheet.total, sheet.marks.count()) == (None, 0)


def test_a_foreign_sheet_is_not_found(client, jury):
    _edition, _seoul, _lisbon, park, ana = jury
    foreign = ScoreSheet.objects.filter(juror=ana, set_aside="").first()
    client.force_login(park.user)

    for name in ("score", "recuse"):
        answer = client.post(reverse(f"jury:{name}", args=[foreign.pk]), {"why": "x"})
        assert answer.status_code == 404
    assert client.get(page_of(foreign)).status_code == 404


def test_a_draft_is_kept_and_submitted_later(client, jury):
    _edition, _seoul, lisbon, park, _ana = jury
    sheet = b.sheet_of(park, lisbon)
    client.force_login(park.user)

    client.post(page_of(sheet), points_for(sheet, 9, "", 7) | {"comment": "Strong."})
    page = client.get(page_of(sheet)).content.decode()
    short = client.post(page_of(sheet), points_for(sheet, 9, "", 7) | {"submit": "yes"})
    done = client.post(page_of(sheet), points_for(sheet, 9, 8, 7) | {"submit": "yes"})

    assert 'value="9"' in page
    assert "Strong." in page
    assert "Give points for every criterion first." in short.content.decode()
    assert done.headers["Location"] == "/jury/"
    sheet.refresh_from_db()
    assert sheet.total == 40 * 9 + 40 * 8 + 20 * 7
    again = client.post(page_of(sheet), points_for(sheet, 1, 1, 1) | {"submit": "yes"})
    assert again.status_code == 422


@pytest.mark.parametrize("wrong", ["11", "-1", "7.5", "many"])
def test_points_out_of_range_are_refused_at_their_field(client, jury, wrong):
    _edition, _seoul, lisbon, park, _ana = jury
    sheet = b.sheet_of(park, lisbon)
    client.force_login(park.user)

    answer = client.post(page_of(sheet), points_for(sheet, wrong, 5, 5))

    assert answer.status_code == 422
    assert "Enter a whole number from 0 to 10." in answer.content.decode()
    assert f'value="{wrong}"' in answer.content.decode()
    assert not sheet.marks.exists()


def test_other_scores_are_hidden_until_ones_own_is_submitted(client, jury):
    edition, _seoul, _lisbon, park, ana = jury
    medellin = edition.entries.get(city="Medellin")
    b.score(b.sheet_of(ana, medellin), 10, 9, 3)
    own = b.sheet_of(park, medellin)
    client.force_login(park.user)

    before = client.get(page_of(own)).content.decode()
    b.score(own, 5, 5, 5)
    after = client.get(page_of(own)).content.decode()

    assert "82.0" not in before
    assert "Other jurors who have submitted gave: 82.0" in " ".join(after.split())


def test_a_recusal_needs_a_reason(client, jury):
    _edition, _seoul, lisbon, park, _ana = jury
    sheet = b.sheet_of(park, lisbon)
    client.force_login(park.user)
    page = reverse("jury:recuse", args=[sheet.pk])

    assert client.post(page, {"why": ""}).status_code == 422
    client.post(page, {"why": "I advised the city."})

    sheet.refresh_from_db()
    assert (sheet.set_aside, sheet.set_aside_why) == ("personal", "I advised the city.")


def test_a_juror_accepts_and_says_for_whom_they_work(client, jury, secretariat):
    edition, seoul, *_rest = jury
    juror = juries.invite_juror(
        edition,
        email="eva@jury.example",
        full_name="Eva Berg",
        employer="KTH",
        country_code="SE",
        language="en",
        on=b.JUDGED,
        by=secretariat,
    )
    b_assigned = ScoreSheet.objects.create(juror=juror, entry=seoul, round=1)
    client.force_login(juror.user)
    page = client.get("/jury/").content.decode()

    client.post(
        reverse("jury:accept", args=[juror.pk]),
        {"employer": "Seoul Institute", "country_code": "SE"},
    )

    assert "Welcome to the jury." in page
    juror.refresh_from_db()
    b_assigned.refresh_from_db()
    assert juror.accepted_on is not None
    assert b_assigned.set_aside == "employer"


def test_korean_jurors_read_korean_names(client, jury):
    *_rest, park, _ana = jury
    client.cookies["django_language"] = "ko"
    client.force_login(park.user)

    page = client.get("/jury/").content.decode()

    assert "WeGO 어워즈 2020" in page
    assert "이동성" in page
