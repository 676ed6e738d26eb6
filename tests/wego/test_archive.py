import datetime as dt
import io
import tracemalloc
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wego.archive import Entry, StoredZip

DAY = dt.date(2020, 1, 15)


def entry(name, data):
    return Entry(name, len(data), lambda: data)


def test_archive_opens_and_holds_the_files():
    archive = StoredZip([entry("index.csv", b"a,b"), entry("서울.pdf", b"%PDF")], on=DAY)
    opened = zipfile.ZipFile(io.BytesIO(b"".join(archive)))

    assert opened.testzip() is None
    assert {info.filename: opened.read(info) for info in opened.infolist()} == {
        "index.csv": b"a,b",
        "서울.pdf": b"%PDF",
    }
    assert {info.date_time for info in opened.infolist()} == {(2020, 1, 15, 0, 0, 0)}
    assert {info.compress_type for info in opened.infolist()} == {zipfile.ZIP_STORED}


def test_sizes_stand_in_front_of_the_data():
    opened = zipfile.ZipFile(io.BytesIO(b"".join(StoredZip([entry("a", b"12345")], on=DAY))))

    assert opened.getinfo("a").flag_bits & 0x08 == 0


def test_archive_can_be_sent_twice():
    archive = StoredZip([entry("a", b"1")], on=DAY)

    assert b"".join(archive) == b"".join(archive)


@settings(max_examples=30)
@given(st.dictionaries(st.text("abc가나다 -_.", min_size=1), st.binary(), max_size=8))
def test_length_is_known_beforehand(files):
    archive = StoredZip([entry(name, data) for name, data in files.items()], on=DAY)

    assert len(b"".join(archive)) == archive.length


def test_one_entry_in_memory():
    megabyte = 2**20
    archive = StoredZip(
        [Entry(f"{n}", megabyte, lambda: bytes(megabyte)) for n in range(50)], on=DAY
    )
    tracemalloc.start()
    sent = sum(len(chunk) for chunk in archive)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert sent == archive.length
    assert peak < 8 * megabyte


def test_entry_of_another_size_stops_the_archive():
    archive = StoredZip([Entry("a.pdf", 5, lambda: b"1234")], on=DAY)

    with pytest.raises(ValueError, match=r"a\.pdf changed its size"):
        list(archive)


def test_too_large_an_archive_is_refused_before_it_starts():
    with pytest.raises(ValueError, match="larger than a plain ZIP"):
        StoredZip([Entry("a", 2**31, bytes)], on=DAY)
