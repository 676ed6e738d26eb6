"""CSV by a mapping: what rows say, and what is asked or refused instead of guessed."""

import dataclasses
import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from dues.statements import Balance, CsvMapping, read_statements, suggest_mapping
from dues.statements.mapping import COLUMNS
from tests.dues.statements.reading import SAMPLES, amounts

pytestmark = pytest.mark.once
ACCOUNT = "100032020201"
SIMPLE = CsvMapping("Date", ACCOUNT, "USD", amount="Amount", text=("Text",))


def table(*rows, head="Date,Amount,Text"):
    return "\n".join([head, *rows]).encode()


def read(*rows, head="Date,Amount,Text", mapping=SIMPLE, **changes):
    return read_statements(
        table(*rows, head=head), "table.csv", dataclasses.replace(mapping, **changes)
    )


def refusals(*rows, **kwargs):
    with pytest.raises(ValidationError) as refused:
        read(*rows, **kwargs)
    return refused.value.messages


def suggest(content, currency="USD"):
    return suggest_mapping(content, own_account=ACCOUNT, own_currency=currency)


def read_guessed(name, currency):
    content = (SAMPLES / name).read_bytes()
    suggestion = suggest(content, currency)
    assert suggestion.questions == ()
    return suggestion.mapping, read_statements(content, name, suggestion.mapping)


def test_korean_bank():
    mapping, (month,) = read_guessed("korean.cp949.csv", "KRW")
    tax, late, early = month.lines

    assert (mapping.header_row, mapping.encoding, mapping.date_format) == (4, "cp949", "YYYY.MM.DD")
    assert (month.format, month.account, month.currency) == ("csv", ACCOUNT, "KRW")
    assert month.opening == Balance(0, dt.date(2020, 3, 2))
    assert month.closing == Balance(935_986_000, dt.date(2020, 3, 31))
    assert month.warnings == ()
    assert amounts([month]) == [-14_000, 468_000_000, 468_000_000]
    assert (tax.text, tax.position, tax.booked_at) == ("이자세", 5, dt.time(18, 0, 5))
    assert (late.counterparty_name, late.text) == ("서울특별시", "2020 회비")
    assert (late.booked_on, late.booked_at) == (dt.date(2020, 3, 2), dt.time(14, 23, 11))
    assert early.identity != late.identity


def test_german_bank():
    mapping, (month,) = read_guessed("german.latin.csv", "EUR")
    malmo, fee = month.lines

    assert (mapping.delimiter, mapping.decimal, mapping.encoding) == (";", ",", "cp1252")
    assert mapping.date_format == "DD.MM.YYYY"
    assert amounts([month]) == [450_000, -750]
    assert (malmo.booked_on, malmo.value_on) == (dt.date(2020, 3, 2), dt.date(2020, 3, 3))
    assert (malmo.counterparty_name, malmo.end_to_end_id) == ("Malmö stad", "MALMO-1")
    assert malmo.counterparty_account == "SE4550000000058398257466"
    assert malmo.creditor_reference == "RF08WEGO20200001"
    assert (fee.text, fee.value_on) == ("Entgelt", dt.date(2020, 3, 13))
    assert (month.opening, month.closing) == (None, None)


def test_english_bank():
    mapping, (month,) = read_guessed("english.csv", "USD")

    assert (mapping.money_in, mapping.money_out, mapping.amount) == ("Paid in", "Paid out", None)
    assert month.opening == Balance(1_000_000, dt.date(2020, 3, 2))
    assert month.closing == Balance(1_398_500, dt.date(2020, 3, 13))
    assert amounts([month]) == [200_000, -1_500, 200_000]
    assert month.lines[2].counterparty_name == "Almaty, City Akimat"


def test_table_needs_a_mapping():
    with pytest.raises(ValidationError) as refused:
        read_statements(table("2020-03-02,5.00,Dues"), "table.csv")

    assert refused.value.code == "mapping"
    assert refused.value.messages == [
        "“table.csv” is a table. Choose which of its columns says what."
    ]


def test_text_is_no_table():
    with pytest.raises(ValidationError) as refused:
        read_statements(b"Dear customer\nplease sign in again\n", "letter.txt")

    assert refused.value.code == "format"


def test_columns_by_number_without_headings():
    mapping = CsvMapping(1, ACCOUNT, "USD", amount=3, text=(2,), header_row=0)

    (month,) = read_statements(b"2020-03-02,Dues,5.00\n2020-03-03,Fee,-1.00", "x.csv", mapping)

    assert [(line.text, line.amount_cents) for line in month.lines] == [
        ("Dues", 500),
        ("Fee", -100),
    ]


@pytest.mark.parametrize(
    ("cell", "decimal", "cents"),
    [
        ("5", ".", 500),
        ("-5.01", ".", -501),
        ("5.01-", ".", -501),
        ("(5.01)", ".", -501),
        ("+5.01", ".", 501),
        ("−5.01", ".", -501),
        ("1,234,567.89", ".", 123_456_789),
        ("1'234.50", ".", 123_450),
        ("1 234,50", ",", 123_450),
        ("1\u00a0234,50", ",", 123_450),
        ("1.234,50", ",", 123_450),
        ("1.234", ",", 123_400),
        ("1,234", ".", 123_400),
        ("$5.00", ".", 500),
        ("-$5.00", ".", -500),
        ("USD 5.00", ".", 500),
        ("5.00 €", ".", 500),
        ("5.000", ".", 500),
        ("0.10", ".", 10),
    ],
)
def test_amounts_are_exact(cell, decimal, cents):
    (month,) = read(f'2020-03-02,"{cell}",Dues', decimal=decimal)

    assert amounts([month]) == [cents]


@pytest.mark.parametrize(
    ("cell", "decimal"),
    [
        ("1,23", "."),
        ("1.23", ","),
        ("12,34.50", "."),
        ("1.2.3", "."),
        ("abc", "."),
        ("5.O0", "."),
        ("--5", "."),
        ("1e3", "."),
        ("#REF!", "."),
        ("٣", "."),
        ("9999999999999999", "."),
    ],
)
def test_garbled_amount_is_refused_with_its_row(cell, decimal):
    assert refusals("2020-03-02,5,Dues", f'2020-03-02,"{cell}",Dues', decimal=decimal) == [
        f"Row 3: “{cell}” is no amount."
    ]


def test_wrong_decimal_sign_is_seen_by_what_it_would_round():
    assert refusals('2020-03-02,"1.234",Dues') == [
        "Row 2: 1.234 USD is finer than a hundredth and would have to be rounded."
        " Ask the bank for a file with whole hundredths."
    ]


def test_every_row_is_named_and_nothing_is_taken():
    assert refusals(
        "2020-02-30,5.00,Dues",
        "2020-03-02,5.00,Dues",
        "Total,5.00,",
        ",10.00,",
        "2020-03-02,,Dues",
        "2020-03-02,5.00,Dues,7",
    ) == [
        "Row 2: “2020-02-30” is no date as the mapping says dates are written.",
        "Row 4 has no date. If it is a total or a note, delete the row and try again.",
        "Row 5 has no date. If it is a total or a note, delete the row and try again.",
        "Row 6 has no amount.",
        "Row 7 has more cells than the table has columns: look for a quotation mark too few.",
    ]


def test_refusals_of_a_whole_wrong_file_end():
    messages = refusals(*["2020-02-31,5.00,Dues"] * 50)

    assert len(messages) == 21
    assert messages[-1] == "And 30 more rows."


def test_empty_lines_count_as_rows():
    (month,) = read("2020-03-02,5.00,Dues", "", ",,", "2020-03-02,6.00,Dues")

    assert [line.position for line in month.lines] == [2, 5]


HEAD = "Date,Amount,Text,In,Out,Way,Balance,Currency,Time"


@pytest.mark.parametrize(
    ("paid_in", "paid_out", "is_negative", "cents", "is_reversal"),
    [
        ("5.00", "", False, 500, False),
        ("", "5.00", False, -500, False),
        ("0.00", "5.00", False, -500, False),
        ("5.00", "-", False, 500, False),
        ("", "-5.00", True, -500, False),
        ("-5.00", "", False, -500, True),
        ("", "-5.00", False, 500, True),
    ],
)
def test_two_columns(paid_in, paid_out, is_negative, cents, is_reversal):
    (month,) = read(
        f"2020-03-02,,Dues,{paid_in},{paid_out}",
        head=HEAD,
        amount=None,
        money_in="In",
        money_out="Out",
        money_out_is_negative=is_negative,
    )
    (line,) = month.lines

    assert (line.amount_cents, line.is_reversal) == (cents, is_reversal)


@pytest.mark.parametrize(
    ("paid_in", "paid_out", "is_negative", "sentence"),
    [
        ("5.00", "5.00", False, "Row 2 has money in and money out: only one of them can be."),
        ("", "", False, "Row 2 has no amount."),
        ("", "5", True, "Row 2: money out is written with a minus, and this row has none."),
    ],
)
def test_two_columns_refused(paid_in, paid_out, is_negative, sentence):
    assert refusals(
        f"2020-03-02,,Dues,{paid_in},{paid_out}",
        head=HEAD,
        amount=None,
        money_in="In",
        money_out="Out",
        money_out_is_negative=is_negative,
    ) == [sentence]


@pytest.mark.parametrize(
    ("amount", "word", "cents"),
    [
        ("5", "C", 500),
        ("5", "S", -500),
        ("-5", "Debit", -500),
        ("5", "입금", 500),
        ("5", "af", -500),
    ],
)
def test_column_for_the_direction(amount, word, cents):
    (month,) = read(f"2020-03-02,{amount},Dues,,,{word}", head=HEAD, direction="Way")

    assert amounts([month]) == [cents]


@pytest.mark.parametrize(
    ("amount", "word", "sentence"),
    [
        ("5", "X", "Row 2: “X” does not say whether money came in or went out."),
        ("-5", "C", "Row 2: the amount is negative, and “C” says that money came in."),
    ],
)
def test_column_for_the_direction_refused(amount, word, sentence):
    row = f"2020-03-02,{amount},Dues,,,{word}"

    assert refusals(row, head=HEAD, direction="Way") == [sentence]


def test_balances_that_do_not_follow_warn():
    rows = ["2020-03-02,5,Dues,,,,105", "2020-03-03,5,Dues,,,,120"]

    (month,) = read(*rows, head=HEAD, balance="Balance")

    assert (month.opening, month.closing) == (None, None)
    assert month.warnings == (
        "The balances in the table do not follow from row to row. Rows may be missing from it.",
    )


def test_currencies_become_statements():
    dollars, euros = read(
        "2020-03-02,5,Dues,,,,,",
        "2020-03-02,7,Dues,,,,,eur",
        head=HEAD,
        currency="Currency",
    )

    assert (dollars.currency, euros.currency) == ("USD", "EUR")
    assert amounts([dollars, euros]) == [500, 700]


def test_time_of_its_own_column_keeps_twins_apart_in_any_file():
    rows = [f"2020-03-02,5,Dues,,,,,,{time}" for time in ("09:00", "101530")]

    (both,) = read(*rows, head=HEAD, booked_at="Time")
    (second,) = read(rows[1], head=HEAD, booked_at="Time")

    assert second.lines[0].booked_at == dt.time(10, 15, 30)
    assert second.lines[0].identity == both.lines[1].identity != both.lines[0].identity
    assert refusals("2020-03-02,5,Dues,,,,,,noon", head=HEAD, booked_at="Time") == [
        "Row 2: “noon” is no time of day."
    ]


def test_formulas_that_keep_zeros():
    mapping = dataclasses.replace(SIMPLE, account="Text")

    (month,) = read('2020-03-02,5.00,"=""0012"""', mapping=mapping)

    assert month.lines[0].counterparty_account == "0012"


@pytest.mark.parametrize(
    ("cell", "form", "day"),
    [
        ("2020-03-02", "YYYY-MM-DD", dt.date(2020, 3, 2)),
        ("2020-3-2", "YYYY-MM-DD", dt.date(2020, 3, 2)),
        ("20200302", "YYYYMMDD", dt.date(2020, 3, 2)),
        ("2020. 3. 2.", "YYYY.MM.DD", dt.date(2020, 3, 2)),
        ("02.03.20", "DD.MM.YY", dt.date(2020, 3, 2)),
        ("03/02/2020", "MM/DD/YYYY", dt.date(2020, 3, 2)),
        ("2020-03-02T14:23:11", "YYYY-MM-DD", dt.date(2020, 3, 2)),
    ],
)
def test_days(cell, form, day):
    (month,) = read(f"{cell},5.00,Dues", date_format=form)

    assert month.lines[0].booked_on == day


@pytest.mark.parametrize(
    ("cell", "form"),
    [
        ("2020-02-30", "YYYY-MM-DD"),
        ("2020-03-02 25:00", "YYYY-MM-DD"),
        ("2020032", "YYYYMMDD"),
        ("13/13/2020", "MM/DD/YYYY"),
        ("2020-03-02x", "YYYY-MM-DD"),
    ],
)
def test_days_refused(cell, form):
    assert len(refusals(f"{cell},5.00,Dues", date_format=form)) == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"amount": None}, "Choose one column for the amount, or one for money in and one for"),
        ({"money_in": "Text"}, "Choose one column for the amount, or one for money in and one for"),
        ({"date_format": ""}, "Choose how the dates are written."),
        ({"date_format": "YYYY-MM"}, "The delimiter, decimal sign, encoding, currency or date"),
        ({"delimiter": "x"}, "The delimiter, decimal sign, encoding, currency or date"),
        ({"decimal": "'"}, "The delimiter, decimal sign, encoding, currency or date"),
        ({"encoding": "utf-16"}, "The delimiter, decimal sign, encoding, currency or date"),
        ({"own_currency": "dollars"}, "The delimiter, decimal sign, encoding, currency or date"),
        ({"encoding": "cp949"}, "Line 2: a sign there is not in cp949. Choose another encoding."),
        ({"booked_on": "Day"}, "The file has no column “Day”, or has it twice."),
        ({"booked_on": 4}, "The file has no column “4”, or has it twice."),
        ({"header_row": 9}, "The file has no row 9 for the headings."),
    ],
)
def test_mapping_that_does_not_fit(changes, sentence):
    (message,) = refusals("2020-03-02,5.00,Malmö €", **changes)

    assert message.startswith(sentence)


def test_quotation_mark_too_few():
    assert refusals('2020-03-02,5.00,"Dues') == [
        "Row 2 cannot be read as CSV: look for a quotation mark too few or many, or choose another"
        " delimiter."
    ]


@pytest.mark.parametrize("row", ["," * 1_000_000, "x" * 1_000_000])
def test_rows_beyond_measure(row):
    assert refusals(row) == ["Line 2 is longer than a line of a bank's file can be."]


@pytest.mark.parametrize(
    ("dates", "form"),
    [
        (["13/02/2020", "03/04/2020"], "DD/MM/YYYY"),
        (["03/04/2020", "02/13/2020"], "MM/DD/YYYY"),
        (["2020-03-04"], "YYYY-MM-DD"),
        (["03.04.2020"], "DD.MM.YYYY"),
        (["05/05/2020"], "DD/MM/YYYY"),
        (["2020-03-04", "2020-03-05", "Total"], "YYYY-MM-DD"),
    ],
)
def test_days_are_guessed_where_the_rows_prove_them(dates, form):
    suggestion = suggest(table(*[f"{day},5.00,Dues" for day in dates]))

    assert suggestion.mapping.date_format == form
    assert suggestion.questions == ()


@pytest.mark.parametrize(
    ("dates", "question"),
    [
        (
            ["03/04/2020", "05/06/2020"],
            "Is “03/04/2020” the day 2020-04-03 or 2020-03-04? Choose how dates are written.",
        ),
        (
            ["20.03.04"],
            "Is “20.03.04” the day 2004-03-20 or 2020-03-04? Choose how dates are written.",
        ),
        (
            ["13/13/2020"],
            "How are the dates written? Most rows have none that is known here.",
        ),
    ],
)
def test_days_are_asked_where_they_do_not(dates, question):
    suggestion = suggest(table(*[f"{day},5.00,Dues" for day in dates]))

    assert suggestion.questions == (question,)
    assert suggestion.mapping.date_format == ""
    with pytest.raises(ValidationError, match="Choose how the dates are written"):
        read_statements(table(f"{dates[0]},5.00,Dues"), "x.csv", suggestion.mapping)


@pytest.mark.parametrize(
    ("cells", "currency", "decimal"),
    [
        (["1,234.50"], "USD", "."),
        (["1.234,50"], "EUR", ","),
        (["5,5"], "EUR", ","),
        (["1,234"], "USD", "."),
        (["1.234"], "EUR", ","),
        (["1.234"], "KRW", ","),
        (["12"], "USD", "."),
    ],
)
def test_decimal_sign_is_guessed(cells, currency, decimal):
    content = table(*[f'2020-03-02,"{cell}",Dues' for cell in cells])

    assert suggest(content, currency).mapping.decimal == decimal


@pytest.mark.parametrize("delimiter", ",;\t|")
def test_delimiter_is_guessed(delimiter):
    content = table("2020-03-02,5.00,Dues").replace(b",", delimiter.encode())

    assert suggest(content).mapping.delimiter == delimiter


def test_unknown_headings_are_asked():
    suggestion = suggest(table("2020-03-02,5.00,Dues", head="Jour,Montant,Texte"))

    assert suggestion.mapping is None
    assert suggestion.questions == (
        "Which column holds the date of booking?",
        "Which column holds the amount, or which two hold money in and out?",
    )


@pytest.mark.parametrize(
    ("head", "parts"),
    [
        ("Date,Debit,Credit,Balance", ("booked_on", "money_in", "money_out", "balance")),
        ("거래일자,찾으신금액,맡기신금액,내용", ("booked_on", "money_in", "money_out", "text")),
        ("거래일,거래시간,입금(원),출금(원)", ("booked_on", "booked_at", "money_in", "money_out")),
        ("Buchung,Soll,Haben,Saldo", ("booked_on", "money_in", "money_out", "balance")),
        ("Date,Amount,Dr/Cr,Memo", ("booked_on", "amount", "direction", "text")),
        ("Date,Amount,Transaction ID,IBAN", ("booked_on", "amount", "bank_reference", "account")),
    ],
)
def test_headings_of_three_languages(head, parts):
    mapping = suggest(table("2020-03-02,5.00,C,", head=head)).mapping

    assert {part for part in COLUMNS if getattr(mapping, part)} | {"text"} == {*parts, "text"}
    assert bool(mapping.text) is ("text" in parts)
