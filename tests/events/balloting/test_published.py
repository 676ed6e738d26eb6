"""Published ballots: recounted by anybody, altered by nobody unseen."""

import copy
import json

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from events.balloting.published import publish, recount

ABOUT = {
    "election": "President City, 7th WeGO General Assembly",
    "round": 1,
    "seats": 1,
    "majority": "simple",
    "voters": 12,
    "candidates": {"01": "Almaty", "02": "Seoul"},
}


def ballots(*choices):
    return [
        {"receipt": f"AAAA-BBBB-CCCC-{n:04d}", "choices": list(chosen)}
        for n, chosen in enumerate(choices)
    ]


SEVEN_FIVE = ballots(*[["01"]] * 7, *[["02"]] * 4, [])


def test_the_published_ballots_give_the_result():
    found = recount(publish(ABOUT, SEVEN_FIVE))

    assert found.tally.votes == {"01": 7, "02": 4}
    assert (found.tally.blank, found.cast) == (1, 12)
    assert found.outcome.elected == ("01",)
    assert found.faults == []


def test_the_order_of_ballots_does_not_matter():
    assert publish(ABOUT, SEVEN_FIVE[::-1]) == publish(ABOUT, SEVEN_FIVE)


def swap_choice(data):
    data["ballots"][0]["choices"] = ["02"]


def swap_receipt(data):
    data["ballots"][0]["receipt"] = "AAAA-BBBB-CCCC-9999"


def drop_ballot(data):
    data["ballots"].pop()


def add_ballot(data):
    data["ballots"].append({"receipt": "AAAA-BBBB-CCCC-9999", "choices": ["02"]})


def double_ballot(data):
    data["ballots"][1] = dict(data["ballots"][0])


def rename_candidate(data):
    data["candidates"] = {"01": "Seoul", "02": "Almaty"}


def take_a_seat(data):
    data["seats"] = 2


@pytest.mark.parametrize(
    "tamper",
    [
        swap_choice,
        swap_receipt,
        drop_ballot,
        add_ballot,
        double_ballot,
        rename_candidate,
        take_a_seat,
    ],
)
def test_tampering_is_detected(tamper):
    data = publish(ABOUT, SEVEN_FIVE)
    tamper(data)

    assert recount(data).faults != []


@given(
    chosen=st.lists(st.sampled_from([("01",), ("02",), ()]), min_size=2, max_size=20),
    place=st.integers(0, 19),
    other=st.sampled_from([("01",), ("02",), ()]),
)
def test_no_ballot_changes_without_another_commitment(chosen, place, other):
    """Who alters a ballot and writes the whole file anew still gives another commitment."""
    before = ballots(*chosen)
    after = copy.deepcopy(before)
    after[place % len(after)]["choices"] = list(other)

    same = publish(ABOUT, before)["commitment"] == publish(ABOUT, after)["commitment"]

    assert same == (before == after)


def test_the_command_counts_a_file_and_says_who_is_elected(tmp_path, capsys):
    file = tmp_path / "ballots.json"
    data = publish(ABOUT, SEVEN_FIVE)
    file.write_text(json.dumps(data))

    call_command("count_ballots", str(file), "--json", "--commitment", data["commitment"])

    assert json.loads(capsys.readouterr().out) == {
        "election": ABOUT["election"],
        "round": 1,
        "cast": 12,
        "votes": {"Almaty": 7, "Seoul": 4},
        "blank": 1,
        "invalid": 0,
        "elected": ["Almaty"],
        "tied": [],
        "commitment": data["commitment"],
        "faults": [],
    }


def test_the_command_fails_on_an_altered_ballot_and_on_a_file_written_anew(tmp_path):
    file = tmp_path / "ballots.json"
    data = publish(ABOUT, SEVEN_FIVE)
    altered = copy.deepcopy(data)
    swap_choice(altered)
    file.write_text(json.dumps(altered))
    with pytest.raises(CommandError, match="Ballot AAAA-BBBB-CCCC-0000 is not the one"):
        call_command("count_ballots", str(file))

    file.write_text(json.dumps(publish(ABOUT, altered["ballots"])))
    with pytest.raises(CommandError, match="not the ballots that were counted"):
        call_command("count_ballots", str(file), "--commitment", data["commitment"])


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"format": "wego ballots 1"}', "\x00"])
def test_the_command_names_a_file_that_is_none(tmp_path, text):
    file = tmp_path / "ballots.json"
    file.write_text(text)

    with pytest.raises(CommandError, match="no file of published ballots"):
        call_command("count_ballots", str(file))
