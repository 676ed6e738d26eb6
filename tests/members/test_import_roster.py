"""The command that imports a roster: for people, for programs, and its exit codes."""

import datetime as dt
import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from members.models import Member

ROSTER = Path(__file__).parents[2] / "members" / "demo" / "roster.csv"
DAY = dt.date(2019, 12, 31)
HEADER = "kind,name_ko,name_en,country_code,region,is_capital,level,name_confidence,note\n"
NO_TEXT = "The file is not text in UTF-8. Save it as “CSV UTF-8” and try again."
LACKS = "The file lacks the column name_ko, country_code, region, is_capital in its first row."
SEOUL = "city,서울,Seoul,KR,asia,true,city,high,\n"
ALMATY = "city,알마티,Almaty,KZ,asia,false,city,high,\n"
DANFOSS = "company,댄포스,Danfoss,DK,europe,,,high,\n"


def run(*arguments):
    out, err = io.StringIO(), io.StringIO()
    code = 0
    try:
        call_command("import_roster", *arguments, stdout=out, stderr=err, skip_checks=True)
    except CommandError as error:
        code = error.returncode
        err.write(str(error))
    return code, out.getvalue(), err.getvalue()


@pytest.mark.django_db
def test_command_answers_in_json():
    code, out, _ = run(str(ROSTER), "--as-of", "2019-12-31", "--json")

    assert code == 0
    assert json.loads(out)["created"] == {"city": 144, "institution": 17, "company": 30}
    _, again, _ = run(str(ROSTER), "--as-of", "2019-12-31", "--json")
    assert json.loads(again) == {
        "created": {"city": 0, "institution": 0, "company": 0},
        "unchanged": 191,
        "updated": 0,
        "rejected": [],
        "warnings": [],
    }


@pytest.mark.django_db
def test_command_tells_people_what_happened(tmp_path):
    file = tmp_path / "roster.csv"
    file.write_text(HEADER + SEOUL)

    assert run(str(file), "--as-of", "2019-12-31") == (
        0,
        "Roster of 2019-12-31: created 1 city, 0 institution, 0 company; "
        "0 updated, 0 unchanged.\n"
        "The roster names no associates: their statuses are to be confirmed.\n",
        "",
    )


@pytest.mark.django_db
def test_command_exits_1_for_bad_rows(tmp_path):
    file = tmp_path / "roster.csv"
    file.write_text(HEADER + SEOUL.replace("KR", "K1"))

    code, out, err = run(str(file), "--as-of", "2019-12-31", "--json")

    assert code == 1
    assert json.loads(out)["rejected"] == [
        {"row": 2, "column": "country_code", "reason": "“K1” is not a country code of ISO 3166."}
    ]
    assert err == "Nothing was imported: 1 problems to correct."


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "“{path}” cannot be read: is a directory."),
        ("none.csv", "“{path}” cannot be read: no such file or directory."),
    ],
)
def test_command_exits_2_without_a_file(tmp_path, name, sentence):
    path = tmp_path / name

    code, out, err = run(str(path), "--as-of", "2019-12-31")

    assert (code, out, err) == (2, "", sentence.format(path=path))


@pytest.mark.django_db
def test_command_exits_2_for_a_day_to_come(time_machine):
    time_machine.move_to("2019-12-30 14:59:59Z")

    assert run(str(ROSTER), "--as-of", "2019-12-31")[0] == 2
    assert Member.objects.count() == 0

    time_machine.move_to("2019-12-30 15:00:00Z")
    assert run(str(ROSTER), "--as-of", "2019-12-31")[0] == 0
