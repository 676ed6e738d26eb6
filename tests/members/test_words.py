"""What rows keep in English is shown in the reader's language, as far as the house wrote it."""

import pytest
from django.utils import translation

from members.models import LEVELS, level_name, reason_words

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("level", "shown"),
    [
        ("city", "City"),
        ("Metropolitan city", "Metropolitan city"),
        ("city corporation", "City corporation"),
        ("special self-governing province", "special self-governing province"),
        ("", ""),
    ],
)
def test_a_level_the_house_knows_has_its_name(level, shown):
    assert level_name(level) == shown


def test_every_level_offered_is_known_by_its_name():
    assert [level_name(str(level)) for level in LEVELS] == [str(level) for level in LEVELS]


@pytest.mark.parametrize(
    ("reason", "shown"),
    [
        (
            "Shown as a member in the roster as of 2019-12-31.",
            "Shown as a member in the roster as of 31 Dec 2019.",
        ),
        (
            "Notice of withdrawal received on 2021-09-01.",
            "Notice of withdrawal received on 1 Sep 2021.",
        ),
        ("Notice of withdrawal received on 2021-09-01. Letter kept.", None),
        ("Asked by the mayor on 2021-09-01.", None),
    ],
)
def test_a_reason_is_in_words_where_the_house_wrote_it(reason, shown):
    assert reason_words(reason) == (shown or reason)


def test_the_day_in_a_reason_is_written_as_the_reader_writes_it():
    with translation.override("ko"):
        assert "2019. 12. 31." in reason_words("Shown as a member in the roster as of 2019-12-31.")
