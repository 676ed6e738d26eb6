"""What is written is read: any amount, day and text, in both formats of banks."""

import datetime as dt
import unicodedata
from xml.sax.saxutils import escape

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from dues.statements import CsvMapping, read_statements, suggest_mapping
from tests.dues.statements.documents import bal, camt, ntry, stmt
from tests.dues.statements.reading import SAMPLES, read

pytestmark = pytest.mark.once
DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2079, 12, 31))
CENTS = st.integers(1, 10**15 - 1)
# Letters of members; no control characters, which XML cannot hold.
TEXTS = st.text(
    st.characters(categories=["L", "N", "P", "Zs", "S"], exclude_characters=":/?-{\u00a0"),
    max_size=60,
).map(lambda text: " ".join(text.split()))
ENTRIES = st.lists(st.tuples(DAYS, CENTS, st.booleans(), TEXTS), max_size=15)


def plain(cents):
    return f"{cents // 100}.{cents % 100:02d}"


def total(entries):
    return sum(cents if is_credit else -cents for _day, cents, is_credit, _text in entries)


def as_camt(entries, version):
    closing = total(entries)
    mark = "CRDT" if closing >= 0 else "DBIT"
    return camt(
        stmt(
            *[
                ntry(plain(cents), on=day, mark="CRDT" if is_credit else "DBIT", text=escape(text))
                for day, cents, is_credit, text in entries
            ],
            balances=bal("OPBD", "0") + bal("CLBD", plain(abs(closing)), mark=mark),
        ),
        version=version,
    )


def as_mt940(entries, page_after):
    """The statement, its first page ending after some of the entries."""
    written, balance = [":20:A\n:25:1\n:28C:1/1\n:60F:C000101USD0,\n"], 0
    for at, (day, cents, is_credit, text) in enumerate(entries):
        if at == page_after:
            written.append(f":62M:{money(balance)}\n-\n")
            written.append(f":20:A\n:25:1\n:28C:1/2\n:60M:{money(balance)}\n")
        balance += cents if is_credit else -cents
        amount = plain(cents).replace(".", ",")
        mark = "C" if is_credit else "D"
        written.append(f":61:{day:%y%m%d%m%d}{mark}{amount}NTRFNONREF\n:86:{text}\n")
    return "".join([*written, f":62F:{money(balance)}\n-\n"])


def money(balance):
    amount = plain(abs(balance)).replace(".", ",")
    return f"{'C' if balance >= 0 else 'D'}000101USD{amount}"


def composed(text):
    return " ".join(unicodedata.normalize("NFC", text).split())


def said(statement):
    return [(line.booked_on, line.amount_cents, line.text) for line in statement.lines]


def wanted(entries):
    return [
        (day, cents if is_credit else -cents, composed(text))
        for day, cents, is_credit, text in entries
    ]


@given(ENTRIES, st.sampled_from(["02", "04", "08"]))
def test_camt(entries, version):
    (found,) = read(as_camt(entries, version))

    assert said(found) == wanted(entries)
    assert found.warnings == ()
    assert len({line.identity for line in found.lines}) == len(entries)


@given(ENTRIES, st.integers(0, 20))
def test_mt940(entries, page_after):
    (found,) = read_statements(as_mt940(entries, page_after).encode(), "x.sta")

    assert said(found) == wanted(entries)
    assert found.warnings == ()
    assert len({line.identity for line in found.lines}) == len(entries)


@given(CENTS, st.sampled_from([".", ","]), st.booleans(), st.booleans())
def test_amounts_of_tables(cents, decimal, apart, is_negative):
    whole = f"{cents // 100:,}" if apart else str(cents // 100)
    thousands = "," if decimal == "." else "."
    cell = f"{whole.replace(',', thousands)}{decimal}{cents % 100:02d}"
    content = f'2020-03-02;"{"-" if is_negative else ""}{cell}"'.encode()
    mapping = CsvMapping(1, "1", "USD", amount=2, header_row=0, delimiter=";", decimal=decimal)

    (found,) = read_statements(content, "x.csv", mapping)

    assert found.lines[0].amount_cents == (-cents if is_negative else cents)


WHOLE = {path.name: path.read_bytes() for path in sorted(SAMPLES.iterdir())}


@settings(max_examples=100)
@given(st.sampled_from(sorted(WHOLE)), st.data())
def test_damaged_file_is_read_or_refused(name, data):
    """Cut, doubled and overwritten: whatever comes, it is a statement or a sentence."""
    content = bytearray(WHOLE[name])
    for _blow in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content)))
        end = data.draw(st.integers(start, min(len(content), start + 200)))
        blow = data.draw(st.sampled_from(["cut", "double", "overwrite"]))
        piece = content[start:end]
        content[start:end] = {"cut": b"", "double": piece * 2, "overwrite": b""}[blow]
        if blow == "overwrite":
            content[start:start] = data.draw(st.binary(max_size=8))
    try:
        mapping = suggest_mapping(bytes(content), own_account="1", own_currency="USD").mapping
    except ValidationError:
        mapping = None
    try:
        found = read_statements(bytes(content), name, mapping)
    except ValidationError:
        return
    assert all(line.identity and line.amount_cents for one in found for line in one.lines)
