"""The judge of the drill of killed workers sees what it must see, and a small year passes it."""

from copy import deepcopy

import pytest

from tests.harness.drilling import count
from tests.harness.mailed_year import judge, kill_through_a_year

IDS = ["<1@wego.example>", "<2@wego.example>", "<3@wego.example>"]
RIGHT = {
    "sequences": [1, 2, 3],
    "members": 3,
    "last_number": 3,
    "documents": 3,
    "files": 3,
    "parked": 0,
    "mailings": 3,
    "mails_to_one": 1,
    "states": {IDS[0]: "sent", IDS[1]: "sent", IDS[2]: "unconfirmed"},
    "faults": [],
}


def judged(taken, **changes):
    return judge(deepcopy(RIGHT) | changes, taken, members=3, kills=1)


@pytest.mark.parametrize("taken", [IDS, IDS[:2]])
def test_a_mail_in_doubt_may_have_arrived_or_not(taken):
    assert judged(taken) == []


@pytest.mark.parametrize(
    ("taken", "changes", "wrong"),
    [
        ([*IDS, IDS[1]], {}, "<2@wego.example> delivered 2 times"),
        (IDS[1:], {}, "<1@wego.example> is noted as sent and was not taken"),
        ([*IDS, "<9@wego.example>"], {}, "<9@wego.example> is nobody's mail"),
        (IDS, {"sequences": [1, 2, 4]}, "the numbers have a gap or a double"),
        (IDS, {"last_number": 4}, "the numbers have a gap or a double"),
        (IDS, {"documents": 2}, "documents: 2 instead of 3"),
        (IDS, {"files": 4}, "files: 4 instead of 3"),
        (IDS, {"members": 2}, "members: 2 instead of 3"),
        (IDS, {"mailings": 2}, "mailings: 2 instead of 3"),
        (IDS, {"mails_to_one": 2}, "mails_to_one: 2 instead of 1"),
        (IDS[:2], {"states": RIGHT["states"] | {IDS[2]: "queued"}}, "<3@wego.example> ended as"),
        (IDS, {"faults": ["file: gone"]}, "file: gone"),
    ],
)
def test_what_is_wrong_is_named(taken, changes, wrong):
    [found] = judged(taken, **changes)

    assert found.startswith(wrong)


@pytest.mark.slow
@pytest.mark.redis
def test_r4_a_small_year_survives_its_workers(tmp_path):
    url = f"sqlite:///{tmp_path}/wego.sqlite3"
    # A slow mail server: however busy the machine, the last kill still meets a year under way.
    cases = kill_through_a_year(tmp_path, url, members=8, kills=4, seed=1, pace=2)

    assert count("sqlite", cases) == (7, 7)
