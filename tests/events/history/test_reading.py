import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.history.entering import OWN_FILE
from events.history.reading import read_history

pytestmark = pytest.mark.once
SRC = ["Paper of January 2020"]
ASSEMBLY = {"no": 5, "status": "held", "start": "2020"}


def read(data):
    return read_history(json.dumps(data).encode())


def sentences(data):
    return [each.sentence for each in read(data).refused]


def test_our_own_file_is_sound_and_names_a_public_source_for_every_fact():
    reading = read_history(OWN_FILE.read_bytes())

    assert reading.refused == []
    assert reading.unknown == []
    assert len(reading.facts) == 94
    assert all(fact.sources and all(fact.sources) for fact in reading.facts)
    assert not any(".txt" in source for fact in reading.facts for source in fact.sources)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"status": ""}, "“status” is missing."),
        ({"no": "5"}, "“no” must be a whole number."),
        ({"status": "adjourned"}, "“status”: “adjourned” is none of"),
        ({"start": ""}, "“start” is missing."),
        ({"start": "autumn"}, "“autumn” is no date like 2019"),
        ({"start": "2020-09-09", "end": "2020-09-06"}, "“end” lies before “start”."),
        ({"facts": {"a": 1}}, "must be text"),
        ({"no": -1}, "must be a number from 0 up"),
        ({"host": "x\u0000"}, "signs that nobody"),
    ],
)
def test_a_bad_row_is_refused_by_a_sentence_that_names_it(changes, sentence):
    good = {"no": 1, "status": "held", "start": "2010-09", "src": SRC}
    bad = {**ASSEMBLY, **changes, "src": SRC}

    (refused,) = sentences({"general_assemblies": [good, bad]})

    assert refused.startswith("general_assemblies, row 2: ")
    assert sentence in refused


@pytest.mark.parametrize("src", [None, [], "a paper", [""], [3]])
def test_a_fact_without_a_source_is_refused(src):
    row = {"asof": "2010-09", "cities": 50}
    if src is not None:
        row["src"] = src

    (refused,) = sentences({"member_counts": [row]})

    assert refused.startswith("member_counts, row 1: ")


def test_the_same_fact_twice_in_a_file_is_refused():
    row = {"partner": "World Bank", "src": SRC}

    assert sentences({"mous": [row, row]}) == ["mous, row 2: it tells the same as row 1."]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is not JSON: line 1 cannot be read."),
        (b"\xff\xfe", "The file is not text in UTF-8."),
        (b"[]", "The file must hold sections by name"),
        (b"{}", "The file must hold sections by name"),
        (b'{"mous": {}}', "mous: it must be a list of rows."),
        (b'{"mous": [1]}', "mous, row 1: it is not a row with names and values."),
        (b'{"mous": [NaN]}', "The file is not JSON: NaN is no number."),
        (b"[" * 200_000, "The file is nested too deeply"),
    ],
)
def test_what_is_no_history_file_is_refused(content, sentence):
    (refused,) = read_history(content).refused

    assert refused.sentence.startswith(sentence)


def test_a_section_that_nobody_reads_is_named_and_left_out():
    reading = read({"recipes": [1], "mous": [{"partner": "UN DESA", "src": SRC}]})

    assert (reading.unknown, len(reading.facts), reading.refused) == (["recipes"], 1, [])


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
columns = st.sampled_from(
    (
        *("no", "status", "start", "end", "host", "year", "src", "city", "body"),
        *("asof", "cities", "winner", "edition", "prize", "name"),
    )
)
sections = st.sampled_from(
    (
        *("general_assemblies", "excoms", "terms", "member_counts", "trainings"),
        *("awards_editions", "award_winners", "regional_offices", "mous"),
    )
)


@given(
    st.dictionaries(sections, st.lists(st.dictionaries(columns, anything), max_size=3), min_size=1)
)
def test_whatever_stands_in_a_file_is_read_or_refused_and_breaks_nothing(data):
    reading = read(data)

    assert len(reading.facts) + len(reading.refused) >= sum(map(len, data.values()))
