"""The name a reader sees."""

import pytest
from django.utils import translation

from wego import reader

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("language", "en", "ko", "shown"),
    [
        ("en", "Seoul", "서울", "Seoul"),
        ("ko", "Seoul", "서울", "서울"),
        ("ko", "Danfoss", "", "Danfoss"),
        ("en", "", "서울", "서울"),
        ("ko-kr", "Seoul", "서울", "서울"),
        (None, "Seoul", "서울", "Seoul"),
    ],
)
def test_reader_sees_the_own_language_or_the_other(language, en, ko, shown):
    with translation.override(language):
        assert reader.choose(en, ko) == shown
