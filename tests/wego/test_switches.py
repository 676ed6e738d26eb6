import pytest
from django.core.exceptions import ValidationError

from wego.switches import ChoiceSwitch, NumbersSwitch, NumberSwitch, place_in_rule_book

pytestmark = pytest.mark.once
FACTS = {"group": "Dues", "effect": "Nothing follows."}
YEAR = ChoiceSwitch(
    key="dues_year",
    number="S6",
    label="Dues year",
    default="calendar",
    choices={"calendar": "1 January to 31 December"},
    **FACTS,
)
BODY = ChoiceSwitch(
    key="expelled_by",
    number="S13",
    label="Expelled by",
    default="excom",
    choices={"excom": "EXCOM", "assembly": "the General Assembly"},
    **FACTS,
)
DAYS = NumberSwitch(
    key="days", number="S8", label="Days", default=30, smallest=-14, largest=365, **FACTS
)
LIST = NumbersSwitch(
    key="list",
    number="4.4",
    label="Days",
    default=(-14, 1, 30),
    smallest=-90,
    largest=365,
    most=3,
    **FACTS,
)


def test_choice_is_one_of_the_answers():
    assert BODY.read("assembly") == "assembly"
    assert BODY.words("assembly") == "the General Assembly"
    assert BODY.words("lottery") == "lottery"
    with pytest.raises(ValidationError, match="Choose one of the answers"):
        BODY.read("lottery")


def test_one_answer_is_fixed():
    assert [switch.is_fixed for switch in (YEAR, BODY, DAYS, LIST)] == [True, False, False, False]


@pytest.mark.parametrize(("text", "number"), [("-14", -14), ("0", 0), ("365", 365), ("007", 7)])
def test_number_within_its_limits(text, number):
    assert DAYS.read(text) == number
    assert DAYS.words(number) == DAYS.write(number) == str(number)


@pytest.mark.parametrize(
    "text", ["-15", "366", "", "-", "--1", "+1", "1.0", "two", "٢", "9" * 5000]
)
def test_number_outside_is_refused(text):
    with pytest.raises(ValidationError) as refusal:
        DAYS.read(text)

    assert refusal.value.messages == ["Enter a whole number from -14 to 365."]


@pytest.mark.parametrize(
    ("text", "numbers"), [("30", (30,)), ("-14,1,30", (-14, 1, 30)), (" -90 , 365 ", (-90, 365))]
)
def test_numbers_are_written_as_they_are_read(text, numbers):
    assert LIST.read(text) == numbers
    assert LIST.read(LIST.write(numbers)) == numbers


def test_numbers_in_words():
    assert LIST.words((-14, 1, 30)) == LIST.words([-14, 1, 30]) == "-14, 1, 30"
    assert LIST.words("-14,1") == "-14,1"


@pytest.mark.parametrize("text", ["", ",", "1,", "1,2,3,4", "-91", "366", "1 2", "1,x"])
def test_numbers_that_are_none_or_too_many_are_refused(text):
    with pytest.raises(ValidationError) as refusal:
        LIST.read(text)

    assert refusal.value.messages == [
        "Enter at most 3 whole numbers from -90 to 365, with commas between them."
    ]


@pytest.mark.parametrize("text", ["30,1", "1,1", "30,-14"])
def test_numbers_that_do_not_ascend_are_refused(text):
    with pytest.raises(ValidationError) as refusal:
        LIST.read(text)

    assert refusal.value.messages == ["Enter the numbers in ascending order, each of them once."]


def test_place_in_the_rule_book_counts_and_does_not_spell():
    assert sorted((LIST, BODY, DAYS, YEAR), key=place_in_rule_book) == [YEAR, DAYS, BODY, LIST]
