import contextlib
import csv
import datetime as dt
import io
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from members.models import Member, StatusEntry
from members.roster import import_roster
from members.rows import read_table, squeeze

ROSTER = Path(__file__).parents[2] / "members" / "demo" / "roster.csv"
DAY = dt.date(2019, 12, 31)
HEADER = "kind,name_ko,name_en,country_code,region,is_capital,level,name_confidence,note\n"
NO_TEXT = "The file is not text in UTF-8. Save it as “CSV UTF-8” and try again."
LACKS = "The file lacks the column name_ko, country_code, region, is_capital in its first row."
SEOUL = "city,서울,Seoul,KR,asia,true,city,high,\n"
ALMATY = "city,알마티,Almaty,KZ,asia,false,city,high,\n"
DANFOSS = "company,댄포스,Danfoss,DK,europe,,,high,\n"


def take(*lines, on=DAY):
    return import_roster(HEADER + "".join(lines), on=on, by=None)


def refused(*lines):
    report = take(*lines)

    assert report.created == {"city": 0, "institution": 0, "company": 0}
    assert Member.objects.count() == 0
    assert StatusEntry.objects.count() == 0
    return [tuple(rejection) for rejection in report.rejected]


@pytest.mark.django_db
def test_import_roster_takes_the_roster_of_2019():
    report = import_roster(ROSTER.read_bytes(), on=DAY, by=None)

    assert report.as_json() == {
        "created": {"city": 144, "institution": 17, "company": 30},
        "unchanged": 0,
        "updated": 0,
        "rejected": [],
        "warnings": [],
    }
    goyang = Member.objects.get(name_en="Goyang")
    assert (goyang.kind, goyang.name_ko, goyang.country_code, goyang.language) == (
        "city",
        "고양",
        "KR",
        "ko",
    )
    assert Member.objects.get(name_en="Nur-Sultan").is_capital
    assert Member.objects.get(name_en="Gezira State").level == "state"
    assert Member.objects.exclude(country_code="KR").filter(language="ko").count() == 0
    assert Member.objects.filter(status_confirmed=True).count() == 0


@pytest.mark.django_db
def test_import_roster_enters_full_members_as_of_the_date(secretariat):
    import_roster(HEADER + SEOUL, on=DAY, by=secretariat)

    entry = StatusEntry.objects.get()
    assert (entry.status, entry.effective_on, entry.recorded_by) == ("full", DAY, secretariat)
    assert entry.reason == "Shown as a member in the roster as of 2019-12-31."


@pytest.mark.django_db
def test_import_roster_again_changes_nothing():
    take(SEOUL, ALMATY, DANFOSS)
    before = list(Member.objects.values()), list(StatusEntry.objects.values())

    report = take(SEOUL, ALMATY, DANFOSS, on=dt.date(2020, 12, 31))

    assert (report.unchanged, report.updated, sum(report.created.values())) == (3, 0, 0)
    assert (list(Member.objects.values()), list(StatusEntry.objects.values())) == before


@pytest.mark.django_db
def test_import_roster_updates_printed_facts_only():
    take(SEOUL, ALMATY)
    Member.objects.filter(name_en="Almaty").update(note="ours", address="1 Abay Ave", level="")

    report = take(SEOUL, "city,알마티시,Almaty,KZ,europe,true,metropolis,high,theirs\n")

    assert (report.unchanged, report.updated) == (1, 1)
    almaty = Member.objects.get(name_en="Almaty")
    assert (almaty.name_ko, almaty.region, almaty.is_capital, almaty.level) == (
        "알마티시",
        "europe",
        True,
        "metropolis",
    )
    assert (almaty.note, almaty.address) == ("ours", "1 Abay Ave")
    assert almaty.status_entries.count() == 1


@pytest.mark.django_db
def test_import_roster_does_not_erase_by_an_empty_cell():
    take(SEOUL)

    report = take("city,,Seoul,KR,asia,true,,,\n")

    assert (report.unchanged, report.updated) == (1, 0)
    assert Member.objects.get().name_ko == "서울"


@pytest.mark.django_db
def test_import_roster_knows_a_name_in_other_capitals_and_spaces():
    take(SEOUL)

    report = take("city,서울, SEOUL ,kr,Asia,TRUE,city,high,\n")

    assert (report.updated, Member.objects.get().name_en) == (1, "SEOUL")


@pytest.mark.django_db
def test_import_roster_keeps_one_name_of_two_kinds_and_countries_apart():
    report = take(
        "city,가나,Kasama,ZM,africa,false,city,,\n",
        "city,가나,Kasama,JP,asia,false,city,,\n",
        "company,가나,Kasama,ZM,africa,,,,\n",
    )

    assert report.created == {"city": 2, "institution": 0, "company": 1}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        (
            "town,서울,Seoul,KR,asia,true,city,,\n",
            "kind",
            "“town” is not one of city, institution, company.",
        ),
        ("city,서울, ,KR,asia,true,city,,\n", "name_en", "The name in English is empty."),
        (
            f"city,서울,{'x' * 201},KR,asia,true,city,,\n",
            "name_en",
            "The text is longer than 200 characters.",
        ),
        (
            f"city,서울,Seoul,KR,asia,true,{'x' * 41},,\n",
            "level",
            "The text is longer than 40 characters.",
        ),
        (
            "city,서울,Seoul,XX,asia,true,city,,\n",
            "country_code",
            "“XX” is not a country code of ISO 3166.",
        ),
        (
            "city,서울,Seoul,,asia,true,city,,\n",
            "country_code",
            "“” is not a country code of ISO 3166.",
        ),
        (
            "city,서울,Seoul,KR,atlantis,true,city,,\n",
            "region",
            "“atlantis” is not one of asia, oceania, americas, europe, middle_east, africa.",
        ),
        (
            "city,서울,Seoul,KR,asia,perhaps,city,,\n",
            "is_capital",
            "“perhaps” is neither true nor false.",
        ),
        ("city,서울,Seoul,KR,asia,,city,,\n", "is_capital", "“” is neither true nor false."),
        ("company,서울,Seoul,KR,asia,true,,,\n", "is_capital", "Only a city can be a capital."),
        (
            "city,서울,Se\0oul,KR,asia,true,city,,\n",
            "name_en",
            "The cell holds a control character that no name or number has.",
        ),
        ("city,서울,Seoul\n", "", "The row has 3 cells where the first row has 9."),
        (
            "city,서울,Seoul,KR,asia,true,city,,,\n",
            "",
            "The row has 10 cells where the first row has 9.",
        ),
        (
            'city,서울,"Seoul,KR,asia,true,city,,\n',
            "",
            "The row cannot be read as CSV: look for a quotation mark too few or many.",
        ),
    ],
)
def test_import_roster_refuses_the_whole_file_for_one_bad_row(line, column, reason):
    assert refused(ALMATY, line) == [(3, column, reason)]


@pytest.mark.django_db
def test_import_roster_refuses_a_member_that_stands_twice():
    assert refused(SEOUL, ALMATY, "city,서울,seoul,KR,asia,false,city,,\n") == [
        (4, "name_en", "The same member stands in row 2 already.")
    ]


@pytest.mark.django_db
def test_import_roster_lists_every_bad_row_in_order():
    found = refused("x,서울,,KR,asia,true,city,,\n", "\n", "city\n", "city,ㅁ,A,QQ,x,y,,,\n")

    assert [(row, column) for row, column, _ in found] == [
        (2, "kind"),
        (2, "name_en"),
        (4, ""),
        (5, "country_code"),
        (5, "is_capital"),
        (5, "region"),
    ]


@pytest.mark.django_db
def test_import_roster_names_unknown_columns_and_leaves_them_out():
    report = import_roster(
        "mayor,is_capital,region,country_code,name_en,name_ko,kind\n"
        "Oh,true,asia,KR,Seoul,서울,city\n",
        on=DAY,
        by=None,
    )

    assert report.warnings == ["Column “mayor” is not known and was left out."]
    assert report.created["city"] == 1


@pytest.mark.django_db
def test_import_roster_warns_of_a_country_in_two_regions():
    report = take(SEOUL, "city,김포,Gimpo,KR,europe,false,city,,\n")

    assert report.warnings == ["KR stands in more than one region: asia, europe."]


@pytest.mark.django_db
def test_import_roster_warns_where_register_and_roster_disagree():
    take(SEOUL, ALMATY, DANFOSS)
    StatusEntry.objects.create(
        member=Member.objects.get(name_en="Seoul"),
        status="withdrawn",
        effective_on=dt.date(2020, 12, 31),
        reason="left",
    )

    report = take(SEOUL, ALMATY, on=dt.date(2021, 1, 31))

    assert report.warnings == [
        "On this roster, but no member then by the register: Seoul.",
        "Members then by the register, but not on this roster: Danfoss.",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (b"", "The file is empty."),
        (b" \n\n", "The file is empty."),
        (b"\xff\xfe\x00", NO_TEXT),
        ("서울".encode("euc-kr"), NO_TEXT),
        ("\ud800", NO_TEXT),
        (HEADER.encode(), "The file has no rows under its first row."),
        (b"kind,name_en\ncity,Seoul\n", LACKS),
        (b"kind;name_en\ncity;Seoul\n", "The columns must be separated by commas."),
        (HEADER.replace("note", "kind").encode(), "The first row names kind twice."),
        (b'"kind', "The first row cannot be read as CSV."),
    ],
)  # fmt: skip
def test_import_roster_refuses_a_file_it_cannot_read(source, sentence):
    with pytest.raises(ValidationError) as refusal:
        import_roster(source, on=DAY, by=None)

    assert refusal.value.messages == [sentence]
    assert refusal.value.code == "unreadable"
    assert Member.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    "source",
    [
        (HEADER + SEOUL).encode("utf-8-sig"),
        "\ufeff" + HEADER + SEOUL,
        (HEADER + SEOUL).replace("\n", "\r\n").encode(),
        io.BytesIO((HEADER + SEOUL).encode()),
        io.StringIO(HEADER.upper() + "\n" + SEOUL.replace("서울", "서울")),
    ],
)
def test_import_roster_reads_what_spreadsheets_save(source):
    import_roster(source, on=DAY, by=None)

    assert Member.objects.get().name_ko == "서울"


@pytest.mark.django_db
def test_import_roster_asks_the_database_equally_often_for_one_and_a_hundred(
    django_assert_num_queries,
):
    with django_assert_num_queries(7):
        take(SEOUL)
    with django_assert_num_queries(8):
        take(*(f"city,가,Place {n},KR,asia,false,city,,\n" for n in range(55)))


names = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=30).filter(
    lambda text: text.strip()
)


@given(st.lists(st.tuples(names, names), min_size=1, max_size=20))
def test_read_table_gives_back_what_was_written(rows):
    file = io.StringIO()
    csv.writer(file).writerows([("name_en", "name_ko"), *rows])

    table = read_table(file.getvalue(), required=("name_en", "name_ko"), known=())

    assert table.rejected == []
    assert [row.number for row in table.rows] == list(range(2, len(rows) + 2))
    assert [(row.cells["name_en"], row.cells["name_ko"]) for row in table.rows] == [
        (squeeze(name_en), squeeze(name_ko)) for name_en, name_ko in rows
    ]


@given(st.text(max_size=300))
def test_read_table_never_breaks_on_any_text(text):
    try:
        table = read_table(HEADER + text, required=("kind", "name_en"), known=())
    except ValidationError:
        return
    assert all(len(row.cells) == 9 for row in table.rows)


@given(st.binary(max_size=300))
def test_read_table_never_breaks_on_any_bytes(content):
    with contextlib.suppress(ValidationError):
        read_table(content, required=("kind",), known=())
