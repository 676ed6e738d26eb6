"""MT940 as banks write it, and what is refused instead of guessed."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from dues.statements import Balance, Original, read_statements
from tests.dues.statements.reading import amounts, read_sample

pytestmark = pytest.mark.once
HEAD = ":20:A\n:25:100032020201\n:28C:62/1\n:60F:C200302USD100,00\n"
TAIL = ":62F:C200302USD100,00\n-\n"


def read(*fields, head=HEAD, tail=TAIL, encoding="utf-8"):
    text = head + "".join(f"{one}\n" for one in fields) + tail
    return read_statements(text.encode(encoding), "statement.sta")


def only_line(*fields, **kwargs):
    (statement,) = read(*fields, **kwargs)
    (line,) = statement.lines
    return line


def refusal(*fields, **kwargs):
    with pytest.raises(ValidationError) as refused:
        read(*fields, **kwargs)
    return refused.value.code, refused.value.messages[0]


def test_german_parts():
    first, empty = read_sample("structured.sta")
    kathmandu, taken_back, given_back, fee = first.lines

    assert (first.format, first.currency) == ("mt940", "EUR")
    assert (first.account, first.number, first.page) == ("20070000/0123456601", "00043", "")
    assert first.opening == Balance(1_200_000, dt.date(2020, 3, 2))
    assert first.closing == Balance(1_350_750, dt.date(2020, 3, 4))
    assert first.warnings == ()

    assert (kathmandu.amount_cents, kathmandu.position) == (200_000, 5)
    assert kathmandu.counterparty_name == "Kathmandu Metropolitan City"
    assert kathmandu.counterparty_account == "NP00100102000200"
    assert kathmandu.on_behalf_of == "Nepal Ministry of Urban Development"
    assert kathmandu.end_to_end_id == "KTM-2020-5"
    assert kathmandu.bank_reference == "FT20062KTM01"
    assert kathmandu.creditor_reference == "RF08WEGO20200001"
    assert kathmandu.text == "MEMBERSHIP DUES 2020 RF08 WEGO 2020 0001"

    assert (taken_back.amount_cents, taken_back.is_reversal) == (-50_000, True)
    assert (given_back.amount_cents, given_back.is_reversal) == (1_500, True)
    assert (fee.amount_cents, fee.is_reversal) == (-750, False)
    assert (fee.value_on, fee.booked_on) == (dt.date(2020, 3, 3), dt.date(2020, 3, 4))

    assert (empty.number, empty.lines, empty.warnings) == ("00044", (), ())
    assert empty.opening.amount_cents == empty.closing.amount_cents == 1_350_750


def test_dutch_strokes():
    (day,) = read_sample("strokes.940")
    danfoss, goes = day.lines

    assert (day.account, day.opening.amount_cents) == ("NL02ABNA0123456789", -10_000)
    assert day.warnings == ()
    assert danfoss.counterparty_name == "DANFOSS A/S"
    assert danfoss.counterparty_account == "DK5000400440116243"
    assert danfoss.text == "INVOICE WEGO-2020-0003 RF51WEGO20200003"
    assert danfoss.creditor_reference == "RF51WEGO20200003"
    assert danfoss.end_to_end_id == "DANFOSS-88"
    assert (goes.counterparty_name, goes.text) == ("Gemeente Goes", "Dues 2020")
    assert goes.counterparty_account == "NL69INGB0123456789"
    assert (goes.end_to_end_id, goes.bank_reference) == ("GOYANG-17", "20062INGB0001")
    assert goes.original == Original(Decimal("1500.00"), "USD", Decimal("1.0710"))


def test_account_in_the_place_of_a_reference():
    monday, tuesday = read_sample("asn.940")
    blom, amsterdam = monday.lines

    assert monday.warnings == tuesday.warnings == ()
    assert (blom.counterparty_name, blom.counterparty_account) == ("j blom", "NL29INGB0006475121")
    assert (blom.text, blom.end_to_end_id) == ("Salaris februari 2020", "")
    assert amsterdam.counterparty_name == "GEMEENTE AMSTERDAM"
    assert (amsterdam.text, amsterdam.end_to_end_id) == ("Contributie 2020", "AMS-7")
    assert amsterdam.booked_on == dt.date(2020, 3, 2)


def test_pages_become_one_statement():
    (day,) = read_sample("pages.sta")

    assert (day.number, day.page, day.warnings) == ("62", "", ())
    assert amounts([day]) == [468_000_000, 468_000_000, -50_000]
    assert day.opening == Balance(100_000_000, dt.date(2020, 3, 2))
    assert day.closing == Balance(1_035_950_000, dt.date(2020, 3, 2))
    assert len({line.identity for line in day.lines}) == 3


def test_lone_page_says_that_others_are_missing():
    (page,) = read(
        ":61:200302C5,NTRFNONREF",
        head=HEAD.replace("62/1", "62/2").replace("60F", "60M"),
        tail=":62M:C200302USD105,00\n",
    )

    assert page.page == "2"
    assert page.warnings == (
        "The file holds only page 2 of this statement. Import the other pages too.",
    )


def test_pages_that_do_not_meet_warn():
    one = HEAD + ":61:200302C5,NTRFNONREF\n:62M:C200302USD105,00\n-\n"
    two = HEAD.replace("62/1", "62/2").replace(":60F:C200302USD100", ":60M:C200302USD110")

    (day,) = read(head=one + two, tail=":62F:C200302USD110,00\n")

    assert day.warnings[0] == "A page closes with USD 105.00, and the next opens with USD 110.00."


def test_korean_encoding():
    (day,) = read_sample("korean.cp949.sta")

    assert day.lines[0].text == "고양시 2020년 회비"
    assert day.warnings == (
        "The file is not in UTF-8 and was read as cp949. Check unusual letters.",
    )


def test_western_encoding():
    (day,) = read(":61:200302C5,NTRFNONREF", ":86:Malmö Stad", encoding="cp1252")

    assert day.lines[0].text == "Malmö Stad"
    assert day.warnings[0].startswith("The file is not in UTF-8 and was read as cp1252.")


def test_stray_byte_spoils_its_own_text_only():
    text = HEAD + ":61:200302C5,NTRFNONREF\n:86:서울 회비 \N{BULLET}\n" + TAIL
    content = text.encode().replace("\N{BULLET}".encode(), b"\xff")

    (day,) = read_statements(content, "statement.sta")

    assert day.lines[0].text == "서울 회비 \ufffd"
    assert day.warnings[0] == "Line 6: a byte there is no letter. Check the texts of that line."


@pytest.mark.parametrize("stray", ["\x07", "\x02", "\xa0", "O", " ", "N"])
@pytest.mark.parametrize("amount", ["1{}23,00", "1,2{}0"])
def test_stray_sign_in_an_amount_is_refused(stray, amount):
    code, sentence = refusal(f":61:200302C{amount.format(stray)}NTRFNONREF")

    assert code == "amount"
    assert sentence.startswith("Line 5 (:61:): “1")


@pytest.mark.parametrize(
    ("mark", "cents", "is_reversal"),
    [
        ("C", 500, False),
        ("D", -500, False),
        ("RC", -500, True),
        ("RD", 500, True),
        ("CR", 500, False),
        ("DD", -500, False),
        ("RCR", -500, True),
        ("RDR", 500, True),
        ("c", 500, False),
        ("d", -500, False),
    ],
)
def test_direction(mark, cents, is_reversal):
    line = only_line(f":61:2003020302{mark}5,00NTRFNONREF")

    assert (line.amount_cents, line.is_reversal) == (cents, is_reversal)


@pytest.mark.parametrize(
    ("written", "cents"),
    [("5,", 500), ("5,0", 500), ("5,01", 501), ("0005,010", 501), ("5.", 500), ("5.01", 501)],
)
def test_amounts_are_exact(written, cents):
    assert only_line(f":61:200302C{written}NTRFNONREF").amount_cents == cents


@pytest.mark.parametrize(
    ("garbled", "code"),
    [
        ("5", "amount"),
        (",50", "amount"),
        ("1.234,56", "amount"),
        ("1,234.56", "amount"),
        ("1.234", "amount"),
        ("5,001", "fraction"),
        ("٣,00", "entry"),
        ("-5,00", "entry"),
        ("", "entry"),
        ("NTRF", "entry"),
        ("9999999999999999,00", "amount"),
    ],
)
def test_garbled_amount_is_refused_with_its_line(garbled, code):
    found, sentence = refusal(":61:200302C1,00NTRFNONREF", f":61:200302C{garbled}NTRFNONREF")

    assert found == code
    assert sentence.startswith("Line 6 (:61:): ")


@pytest.mark.parametrize(
    ("days", "digits"),
    [
        ("200230", "200230"),
        ("2002300228", "200230"),
        ("2003010230", "0230"),
        ("190229", "190229"),
        ("2013010228", "201301"),
        ("200300", "200300"),
    ],
)
def test_day_no_calendar_has_is_refused_with_its_line(days, digits):
    assert refusal(f":61:{days}C5,00NTRFNONREF") == (
        "date",
        f"Line 5 (:61:): there is no day {digits}. Ask the bank, and correct it in the file.",
    )


@pytest.mark.parametrize(
    ("days", "value_on", "booked_on"),
    [
        ("200302", dt.date(2020, 3, 2), dt.date(2020, 3, 2)),
        ("2003020303", dt.date(2020, 3, 2), dt.date(2020, 3, 3)),
        ("2001010102", dt.date(2020, 1, 1), dt.date(2020, 1, 2)),
        ("2001011231", dt.date(2020, 1, 1), dt.date(2019, 12, 31)),
        ("1912310102", dt.date(2019, 12, 31), dt.date(2020, 1, 2)),
        ("2002290229", dt.date(2020, 2, 29), dt.date(2020, 2, 29)),
        ("991231", dt.date(1999, 12, 31), dt.date(1999, 12, 31)),
        ("200302    ", dt.date(2020, 3, 2), dt.date(2020, 3, 2)),
    ],
)
def test_days(days, value_on, booked_on):
    line = only_line(f":61:{days}C5,00NTRFNONREF")

    assert (line.value_on, line.booked_on) == (value_on, booked_on)


@pytest.mark.parametrize(
    ("rest", "end_to_end_id", "bank_reference", "text"),
    [
        ("NTRFNONREF", "", "", ""),
        ("NTRFINV-7//FT20062KTM01", "INV-7", "FT20062KTM01", ""),
        ("NTRFNONREF//", "", "", ""),
        ("NTRFEREF//FT20062KTM01", "", "FT20062KTM01", ""),
        ("N501NONREF", "", "", ""),
        ("NOV NONREF          SEOUL", "", "", "SEOUL"),
        ("//1234567", "", "1234567", ""),
        ("", "", "", ""),
    ],
)
def test_references(rest, end_to_end_id, bank_reference, text):
    line = only_line(f":61:200302C5,00{rest}")

    assert line.end_to_end_id == end_to_end_id
    assert line.bank_reference == bank_reference
    assert line.text == text


def test_plain_text_is_joined_where_lines_are_full():
    line = only_line(":61:200302C5,00NTRFNONREF", ":86:" + "a" * 65, "bc", "de")

    assert line.text == "a" * 65 + "bc de"


def test_text_may_have_a_line_like_a_tag():
    line = only_line(":61:200302C5,00NTRFNONREF", ":86:Dues", ":12: noon", ":ABC: 7")

    assert line.text == "Dues :12: noon :ABC: 7"


@pytest.mark.parametrize("sign", "?~^<>")
def test_parts_by_another_sign(sign):
    parts = "00Transfer|20Dues |2120|32Gorod|33 Almaty|38KZ12|60more".replace("|", sign)

    line = only_line(":61:200302C5,00NTRFNONREF", f":86:020{sign}{parts}")

    assert line.counterparty_name == "Gorod Almaty"
    assert (line.counterparty_account, line.text) == ("KZ12", "Dues 20 more")


def test_notes_of_nothing_are_left_out():
    (day,) = read(":61:200302C0,00NDEFNONREF", ":61:200302C5,00NTRFNONREF", ":61:200302D5,00NTRF")

    assert amounts([day]) == [500, -500]
    assert day.warnings == ()


def test_missing_entries_are_seen_in_the_balances():
    (day,) = read(":61:200302C5,00NTRFNONREF")

    assert day.warnings == (
        "The opening balance USD 100.00 and the entries make USD 105.00, but the statement closes"
        " with USD 100.00. Entries may be missing from the file.",
    )


def test_text_of_the_statement_is_no_text_of_an_entry():
    line = only_line(
        ":86:Before", ":61:200302C5,00NTRFNONREF", ":86:Dues", tail=f"{TAIL[:-2]}:86:After\n-\n"
    )

    assert line.text == "Dues"


@pytest.mark.parametrize(
    ("written", "account"),
    [
        ("100032020201", "100032020201"),
        ("NL02ABNA0123456789USD", "NL02ABNA0123456789"),
        ("NL02 ABNA 0123 4567 89 USD", "NL02ABNA0123456789"),
        ("20070000/0123456601", "20070000/0123456601"),
        ("DABADKKK/0123456601", "0123456601"),
        ("UBRTHUHB/0123456601/USD", "0123456601"),
    ],
)
def test_account(written, account):
    (day,) = read(head=HEAD.replace("100032020201", written))

    assert day.account == account


@pytest.mark.parametrize(
    ("head", "tail", "code", "sentence"),
    [
        (HEAD[:25], "", "balance", "Line 1: the statement has neither an opening (:60F:)"),
        ("", "\n:61:200302C5,NTRF\n", "balance", "Line 2: the statement has neither an opening"),
        ("", ":86:Dues\n:20:A\n", "balance", "Line 2: the statement has neither an opening"),
        (
            ":20:A\n:25:1\n:34F:USD0,\n:13D:2003021200+0900\n",
            "",
            "format",
            "Line 1: this is a report during the day (MT942), not a statement",
        ),
        (HEAD.replace("C200302USD", "X200302USD"), TAIL, "balance", "Line 4 (:60F:): “X200302USD"),
        (HEAD.replace("200302USD", "200230USD"), TAIL, "date", "Line 4 (:60F:): there is no day"),
        (HEAD.replace("100,00", "100"), TAIL, "amount", "Line 4 (:60F:): “100” is no amount"),
        (
            HEAD,
            TAIL.replace("USD", "KRW"),
            "currency",
            "Line 5 (:62F:): the statement opens in USD and closes in KRW.",
        ),
        (
            HEAD.replace("USD", ""),
            TAIL.replace("USD", ""),
            "balance",
            "Line 4 (:60F:): “C200302100,00” is no balance",
        ),
    ],
)
def test_refusals_name_the_place_and_what_to_do(head, tail, code, sentence):
    found, said = refusal(head=head, tail=tail)

    assert found == code
    assert said.startswith(sentence)
