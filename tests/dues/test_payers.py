"""Members by the name of a payer as a bank prints it."""

import pytest

from dues.payers import NameIndex

pytestmark = pytest.mark.once
GOYANG, SEOUL, DHAKA, DHAKA_NORTH, ALMATY, BATAM, AARHUS = range(1, 8)
NAMES = NameIndex(
    {
        GOYANG: ("Goyang", "고양시"),
        SEOUL: ("Seoul", "서울특별시"),
        DHAKA: ("Dhaka", "다카"),
        DHAKA_NORTH: ("Dhaka North", ""),
        ALMATY: ("Almaty", "알마티", "Alma-Ata"),
        BATAM: ("Batam", "바탐"),
        AARHUS: ("Århus", ""),
    }
)


def members(text):
    return [sorted(found.members) for found in NAMES.find(text)]


@pytest.mark.parametrize(
    ("printed", "member"),
    [
        ("GOYANG CITY", GOYANG),
        ("City of Goyang, Finance Division", GOYANG),
        ("고양시청 세정과", GOYANG),
        ("고양시회비", GOYANG),
        ("SEOUL METROPOLITAN GOVERNMENT", SEOUL),
        ("서울특별시", SEOUL),
        ("DHAKA NORTH CITY CORPORATION", DHAKA_NORTH),
        ("AKIMAT OF ALMATY", ALMATY),
        ("ALMA ATA AKIMAT", ALMATY),
        ("ARHUS KOMMUNE", AARHUS),
    ],
)
def test_payer_is_found_in_either_script(printed, member):
    assert members(printed) == [[member]]


@pytest.mark.parametrize("printed", ["MINISTRY OF FINANCE", "Batamindo Investment", "", "세정과"])
def test_other_payers_are_nobody(printed):
    assert members(printed) == []


def test_whole_name_is_told_from_one_among_others():
    assert [found.whole for found in NAMES.find("City of Goyang")] == [True]
    assert [found.whole for found in NAMES.find("Goyang Bank")] == [False]


def test_two_members_in_one_text_are_two():
    assert sorted(members("GOYANG AND SEOUL")) == [[GOYANG], [SEOUL]]


def test_members_of_one_name_are_both_meant():
    index = NameIndex({1: ("Santiago",), 2: ("Santiago",)})

    assert [found.members for found in index.find("SANTIAGO MUNICIPALITY")] == [{1, 2}]
