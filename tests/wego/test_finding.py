"""How terms and names are compared, and how what apps found becomes one page."""

import pytest

from wego import finding
from wego.finding import (
    ALIKE,
    BEGINS,
    EXACT,
    WITHIN,
    WORDS,
    Group,
    Hit,
    Term,
    are_alike,
    find_all,
    fold,
    split_words,
    tidy_term,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Thừa Thiên-Huế", ("thua", "thien", "hue")),
        ("  São   Paulo ", ("sao", "paulo")),
        ("Malmö & Ærø", ("malmo", "aero")),
        ("ŁÓDŹ", ("lodz",)),
        ("İzmir Iğdır", ("izmir", "igdir")),
        ("Straße", ("strasse",)),
        ("N'Djamena", ("ndjamena",)),
        ("Côte d’Ivoire", ("cote", "divoire")),
        ("서울특별시 종로구", ("서울특별시", "종로구")),
        ("한글", ("한글",)),
        ("ＷｅＧＯ", ("wego",)),
        ("INTERINNOV S.A.S", ("interinnov", "s", "a", "s")),
        ("--- ... ", ()),
    ],
)
def test_words_lose_accents_and_capitals(text, words):
    assert split_words(text) == words


def test_korean_typed_in_parts_is_the_same_korean():
    assert fold("\u1109\u1165\u110b\u116e\u11af") == "서울"


@pytest.mark.parametrize(
    ("term", "name", "closeness"),
    [
        ("seoul", "Seoul", EXACT),
        ("abudhabi", "Abu Dhabi", EXACT),
        ("ABU-DHABI", "Abu Dhabi", EXACT),
        ("seou", "Seoul", BEGINS),
        ("abu dha", "Abu Dhabi", BEGINS),
        ("dhabi", "Abu Dhabi", WORDS),
        ("foundation digital", "Seoul Digital Foundation", WORDS),
        ("oundation digi", "Seoul Digital Foundation", WITHIN),
        ("eoul", "Seoul", WITHIN),
        ("e", "Seoul", 0),
        ("busan", "Seoul", 0),
        ("seoul busan", "Seoul", 0),
        ("서울", "서울디지털재단", BEGINS),
    ],
)
def test_closeness(term, name, closeness):
    assert Term(term).closeness([name]) == closeness


def test_the_closest_of_several_names_counts():
    assert Term("astana").closeness(["Nur-Sultan", "", "Astana"]) == EXACT
    assert Term("astana").closeness([]) == 0
    assert Term("--").closeness(["Astana"]) == 0


@pytest.mark.parametrize(
    ("term", "name", "alike"),
    [
        ("kathmndu", "Kathmandu", True),
        ("Sri Jayewardanapura Kote", "Sri Jayawardenepura Kotte", True),
        ("울란바트로", "울란바토르", False),
        ("abc", "abd", False),
        ("Berlin", "Nairobi", False),
    ],
)
def test_misspelt_names_are_alike(term, name, alike):
    assert bool(are_alike(term, name)) is alike


def test_a_term_is_one_short_line():
    assert tidy_term(" a\tb\x00\n  c ") == "a b c"
    assert tidy_term("x" * 5000) == "x" * 100


@pytest.fixture
def answers(monkeypatch):
    """What two apps answer, whatever is asked."""
    given = [[], []]
    monkeypatch.setattr(finding, "ask", lambda question, term, user: given)
    return given


def hit(title, closeness, *, heading="Members", rank=10):
    return Hit(heading, title, "", f"/{title}/", closeness, rank)


def test_headings_stand_in_the_order_of_their_best_hit(answers):
    answers[0] += [hit("a", WITHIN), hit("b", BEGINS)]
    answers[1] += [hit("c", EXACT, heading="Invoices", rank=15)]

    findings = find_all("x", None)

    assert [(group.heading, [one.title for one in group.hits]) for group in findings.groups] == [
        ("Invoices", ["c"]),
        ("Members", ["b", "a"]),
    ]
    assert findings.only == ""


def test_members_stand_before_others_that_are_as_close(answers):
    answers[0] += [hit("kim", EXACT, heading="People", rank=40), hit("kimpo", EXACT)]

    assert [group.heading for group in find_all("x", None).groups] == ["Members", "People"]


def test_one_hit_alone_is_where_to_go(answers):
    answers[1].append(hit("c", WITHIN))

    assert find_all("x", None).only == "/c/"


def test_what_is_merely_alike_gives_way(answers):
    answers[0].append(hit("a", ALIKE))
    assert find_all("x", None).only == "/a/"

    answers[1].append(hit("c", WITHIN))

    assert find_all("x", None).only == "/c/"


def test_a_heading_shows_eight_and_says_there_are_more(answers):
    answers[0] += [hit(f"m{number}", WITHIN) for number in range(11)]

    [group] = find_all("x", None).groups

    assert isinstance(group, Group)
    assert ([one.title for one in group.hits], group.more) == ([f"m{n}" for n in range(8)], True)


@pytest.mark.parametrize("term", ["", " ", "---", "' '"])
def test_nothing_is_asked_for_nothing(monkeypatch, term):
    monkeypatch.setattr(finding, "ask", lambda *asked: pytest.fail("asked"))

    assert find_all(term, None).groups == []
