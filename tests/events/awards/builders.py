"""An edition with its entries and jury for tests, built by the rules and day by day."""

import datetime as dt
from types import SimpleNamespace

from events.awards import editions, eligibility, entering, juries, moving, results, scoring
from events.awards.editions import CategoryLine, CriterionLine
from events.models import AwardEdition, AwardSeries, EditionState, ScoreSheet
from members.models import User

S = EditionState
CALL, DEADLINE = dt.date(2020, 2, 24), dt.date(2020, 7, 31)
RESULT, CEREMONY = dt.date(2020, 10, 15), dt.date(2021, 10, 18)
CHECK = dt.date(2020, 8, 3)
JUDGED = dt.date(2020, 9, 1)
AT = dt.datetime(2020, 9, 1, 3, tzinfo=dt.UTC)
CATEGORIES = (
    CategoryLine("Mobility", "이동성", 3),
    CategoryLine("Safe City", "안전도시", 3),
)
CRITERIA = (
    CriterionLine("Innovation", "혁신성", 40),
    CriterionLine("Impact", "영향력", 40),
    CriterionLine("Replicability", "확산 가능성", 20),
)
TEXTS = {
    "summary": "A short summary of what the city did.",
    "challenge": "Too many cars in the old town.",
    "solution": "A green corridor for people on foot and on bicycles.",
    "results": "Forty per cent fewer cars within a year.",
}


def series(code="wego-awards", **names):
    names = names or {"name_en": "WeGO Awards", "name_ko": "WeGO 어워즈"}
    return AwardSeries.objects.get_or_create(code=code, defaults=names)[0]


def draft_edition(*, categories=CATEGORIES, criteria=CRITERIA, of=None, by=None, **fields):
    """The 4th WeGO Awards as they were called."""
    defaults = editions.read_defaults()
    facts = {
        "number": 4,
        "year": 2020,
        "call_on": CALL,
        "deadline_on": DEADLINE,
        "result_on": RESULT,
        "ceremony_on": CEREMONY,
        "ceremony_place": "Dongdaemun Design Plaza, Seoul",
        "entries_per_city": defaults.entries_per_city,
        "recusal": defaults.recusal,
    }
    edition = AwardEdition(series=of or series(), **{**facts, **fields})
    return editions.save_edition(
        edition, categories=categories, criteria=criteria, on=dt.date(2020, 2, 1), by=by
    )


def called_edition(**fields):
    edition = draft_edition(**fields)
    return moving.move_edition(edition, S.CALL_OPEN, on=CALL, by=None)


def fill(edition, city, country, *, category="Mobility", title=None, **fields):
    """A draft with everything in it."""
    entry = entering.begin_entry(
        edition,
        email=f"smart@{city.lower().replace(' ', '-')}.example",
        language="en",
        on=CALL,
    )
    values = {
        "kind": "city",
        "city": city,
        "country_code": country,
        "contact_name": f"Officer of {city}",
        "category": edition.categories.get(name_en=category),
        "title": title or f"Green corridors of {city}",
        **TEXTS,
        **fields,
    }
    return entering.save_entry(entry, values, on=CALL)


def enter(edition, city, country, **fields):
    return entering.submit_entry(fill(edition, city, country, **fields), on=CALL)


def invite(edition, name, country, employer, *, accepted=True, by):
    juror = juries.invite_juror(
        edition,
        email=f"{name.lower().replace(' ', '.')}@jury.example",
        full_name=name,
        employer=employer,
        country_code=country,
        language="en",
        on=CHECK,
        by=by,
    )
    if accepted:
        juries.accept_jury(juror, country_code=country, employer=employer, on=CHECK, by=juror.user)
        juror.refresh_from_db()
    return juror


def staff():
    found = User.objects.filter(email="kim@wego.example").first()
    return found or User.objects.create_user(
        "kim@wego.example", "correct horse battery", full_name="Kim Seo-yeon", role="secretariat"
    )


def check_all(edition, *, by):
    """Close the call and find every entry eligible."""
    moving.move_edition(edition, S.CLOSED, on=CHECK, by=by)
    edition = moving.move_edition(edition, S.ELIGIBILITY, on=CHECK, by=by)
    for entry in edition.entries.filter(state="submitted"):
        eligibility.decide_eligibility(entry, eligible=True, reason="", on=CHECK, by=by)
    return edition


def assign(edition, *, by):
    return juries.assign_entries(
        edition,
        jurors=list(edition.jurors.all()),
        categories=list(edition.categories.all()),
        by=by,
    )


def score(sheet, *points):
    """Submit these points, in the order of the criteria."""
    criteria = sheet.entry.edition.criteria.order_by("position")
    given = {each.pk: value for each, value in zip(criteria, points, strict=True)}
    scoring.save_marks(sheet, given, comment="")
    return scoring.submit_score(sheet, at=AT, by=sheet.juror.user)


def sheet_of(juror, entry, number=1):
    return ScoreSheet.objects.get(juror=juror, entry=entry, round=number)


def judged_edition(*, by=None, points=None):
    """Two rounds scored: George Town and Belo Horizonte tied first, then Almaty, then Seongnam.

    `points` are the marks of the second round by city; the first gives everybody seven.
    """
    by = by or staff()
    edition = called_edition()
    entries = {
        city: enter(edition, city, country)
        for city, country in (
            ("George Town", "MY"),
            ("Belo Horizonte", "BR"),
            ("Almaty", "KZ"),
            ("Seongnam", "KR"),
        )
    }
    edition = check_all(edition, by=by)
    jurors = {
        "Ana Costa": invite(edition, "Ana Costa", "PT", "University of Lisbon", by=by),
        "Park Ji-won": invite(edition, "Park Ji-won", "KR", "Korea University", by=by),
    }
    assign(edition, by=by)
    edition = moving.move_edition(edition, S.ROUND_1, on=JUDGED, by=by)
    for sheet in ScoreSheet.objects.filter(round=1, set_aside=""):
        score(sheet, 7, 7, 7)
    results.name_finalists(edition, list(entries.values()), by=by)
    edition = moving.move_edition(edition, S.FINALISTS, on=JUDGED, by=by)
    assign(edition, by=by)
    edition = moving.move_edition(edition, S.ROUND_2, on=JUDGED, by=by)
    points = points or {
        "George Town": (9, 9, 9),
        "Belo Horizonte": (9, 9, 9),
        "Almaty": (8, 8, 8),
        "Seongnam": (7, 7, 7),
    }
    for city, entry in entries.items():
        for sheet in ScoreSheet.objects.filter(round=2, set_aside="", entry=entry):
            score(sheet, *points[city])
    for entry in entries.values():
        entry.refresh_from_db()
    return SimpleNamespace(
        edition=edition,
        entries=entries,
        jurors=jurors,
        by=by,
        category=edition.categories.get(name_en="Mobility"),
    )
