"""camt.053 as banks write it: every version, batches, reversals, pages, currencies."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from dues.statements import Balance, Original
from tests.dues.statements.documents import bal, camt, ntry, stmt, txs
from tests.dues.statements.reading import amounts, read, read_sample

pytestmark = pytest.mark.once


def refusal(document):
    with pytest.raises(ValidationError) as refused:
        read(document)
    return refused.value.code, refused.value.messages[0]


def test_month_of_version_02():
    (month,) = read_sample("month.camt.053.001.02.xml")

    assert (month.format, month.account, month.currency) == ("camt.053", "10816000002020", "USD")
    assert (month.statement_id, month.number, month.page) == ("20200331-USD", "3", "")
    assert month.opening == Balance(1_200_000, dt.date(2020, 2, 29))
    assert month.closing == Balance(2_098_550, dt.date(2020, 3, 31))
    assert month.movement_cents == 898_550
    assert month.warnings == ()
    assert amounts([month]) == [200_000, 350_000, 200_000, 200_000, -200_000, 150_050, -1_500]


def test_what_a_line_says_of_the_payer():
    (month,) = read_sample("month.camt.053.001.02.xml")
    kathmandu, goyang, _one, _two, taken_back, danfoss, fee = month.lines

    assert kathmandu.booked_on == dt.date(2020, 3, 2)
    assert kathmandu.value_on == dt.date(2020, 3, 3)
    assert kathmandu.position == 23
    assert kathmandu.counterparty_name == "Kathmandu Metropolitan City"
    assert kathmandu.counterparty_account == "0010010200020"
    assert kathmandu.on_behalf_of == "Kathmandu Information Technology Office"
    assert kathmandu.end_to_end_id == ""
    assert kathmandu.bank_reference == "FT20062KTM01"
    assert kathmandu.creditor_reference == "RF08WEGO20200001"
    assert kathmandu.text == "MEMBERSHIP FEE 2020 RF08 WEGO 2020 0001"

    assert (goyang.counterparty_name, goyang.end_to_end_id) == ("고양시", "GOYANG-2020-17")
    assert goyang.creditor_reference == "RF78WEGO20200002"
    assert (goyang.bank_reference, goyang.batch_reference) == ("FT20070BATCH-1", "FT20070BATCH")

    assert (taken_back.is_reversal, taken_back.amount_cents) == (True, -200_000)
    assert taken_back.counterparty_name == "Almaty City Akimat"
    assert taken_back.text == "Credited twice, taken back"

    assert danfoss.booked_on == dt.date(2020, 3, 20)
    assert danfoss.original == Original(Decimal("1400.00"), "EUR", Decimal("1.07178571"))
    assert danfoss.counterparty_account == "DK5000400440116243"
    assert danfoss.bank_reference == ""

    assert (fee.amount_cents, fee.text) == (-1_500, "Fee for foreign transfers")
    assert fee.bank_reference == ""


def test_two_equal_payments_of_a_batch_stay_two():
    (month,) = read_sample("month.camt.053.001.02.xml")
    one, two = month.lines[2:4]

    assert (one.text, one.amount_cents) == (two.text, two.amount_cents)
    assert one.identity != two.identity


def test_pages_of_version_08_become_one_statement_in_won():
    (day,) = read_sample("pages.camt.053.001.08.xml")

    assert (day.currency, day.page, day.number) == ("KRW", "", "62")
    assert day.opening == Balance(100_000_000, dt.date(2020, 3, 2))
    assert day.closing == Balance(1_036_000_000, dt.date(2020, 3, 2))
    assert amounts([day]) == [468_000_000, 468_000_000]
    assert [line.counterparty_name for line in day.lines] == ["서울특별시", "서울특별시"]
    assert len({line.identity for line in day.lines}) == 2
    assert day.warnings == (
        "Entries not booked yet were left out: 1. They come again once booked.",
    )


@pytest.mark.parametrize("version", ["01", "02", "03", "04", "05", "06", "07", "08", "13"])
def test_every_version(version):
    document = camt(stmt(ntry("2000.00", text="Kathmandu")), version=version)

    (one,) = read(document)

    assert [(line.amount_cents, line.text) for line in one.lines] == [(200_000, "Kathmandu")]


def test_envelope_of_a_bank_is_stepped_over():
    document = camt(stmt(ntry("2000.00"))).partition("\n")[2]

    assert amounts(read(f"<Envelope><AppHdr><Id>1</Id></AppHdr>{document}</Envelope>")) == [200_000]


def test_several_statements_in_one_file():
    first = stmt(
        ntry("10.00"), name="A", balances=bal("OPBD", "5.00") + bal("CLBD", "15.00"), currency="USD"
    )
    second = stmt(ntry("1", currency="JPY"), name="B", currency="JPY")

    one, two = read(camt(first, second))

    assert (one.statement_id, one.currency, one.closing.amount_cents) == ("A", "USD", 1_500)
    assert (two.statement_id, two.currency, two.closing) == ("B", "JPY", None)
    assert amounts([one, two]) == [1_000, 100]


def test_statement_without_entries():
    (one,) = read(camt(stmt(balances=bal("OPBD", "7.10") + bal("CLBD", "7.10"))))

    assert (one.lines, one.opening.amount_cents, one.warnings) == ((), 710, ())


def test_overdrawn_account():
    balances = bal("OPBD", "5.00", mark="DBIT") + bal("CLBD", "12.00", mark="DBIT")

    (one,) = read(camt(stmt(ntry("7.00", mark="DBIT"), balances=balances)))

    assert (one.opening.amount_cents, one.closing.amount_cents) == (-500, -1_200)
    assert one.warnings == ()


@pytest.mark.parametrize(
    ("written", "cents"),
    [
        ("0.01", 1),
        ("7.1", 710),
        ("18.15000", 1_815),
        ("4500.00", 450_000),
        ("999999999999999.99", 99_999_999_999_999_999),
    ],
)
def test_amounts_are_exact(written, cents):
    assert amounts(read(camt(stmt(ntry(written))))) == [cents]


@pytest.mark.parametrize(
    "garbled",
    ["", "12,50", "1.000,00", "1 000.00", "-5.00", "+5.00", "1e3", "NaN", "0x10", "٣", "5.00.00"],
)
def test_garbled_amount_is_refused_with_its_line(garbled):
    code, sentence = refusal(camt(stmt(ntry("1.00"), ntry(garbled))))

    assert code == "amount"
    assert sentence.startswith(f"Line 4 (Amt): “{garbled}” is no amount.")


@pytest.mark.parametrize(
    ("amount", "currency", "sentence"),
    [
        ("18.15001", "USD", "is finer than a hundredth"),
        ("1000.50", "KRW", "has a fraction, which this currency does not have"),
        ("1.5", "JPY", "has a fraction, which this currency does not have"),
        ("1.234", "KWD", "has thousandths, and dues are kept in hundredths"),
    ],
)
def test_nothing_is_rounded(amount, currency, sentence):
    document = camt(stmt(ntry(amount, currency=currency), currency=currency))

    code, said = refusal(document)

    assert code == "fraction"
    assert said.startswith(f"Line 3 (Amt): {amount} {currency} {sentence}")


@pytest.mark.parametrize(
    ("amount", "currency", "cents"),
    [("1000", "KRW", 100_000), ("1000.00", "JPY", 100_000), ("1.230", "KWD", 123)],
)
def test_currencies_without_hundredths(amount, currency, cents):
    document = camt(stmt(ntry(amount, currency=currency), currency=currency))

    assert amounts(read(document)) == [cents]


def test_amount_too_large_to_be_one():
    assert refusal(camt(stmt(ntry("1000000000000000.00"))))[0] == "amount"


def test_batch_that_does_not_add_up_is_one_line_with_a_warning():
    parts = txs(
        '<Amt Ccy="USD">10.00</Amt><RmtInf><Ustrd>Almaty</Ustrd></RmtInf>',
        '<Amt Ccy="USD">20.00</Amt><RmtInf><Ustrd>Goyang</Ustrd></RmtInf>',
    )

    (one,) = read(camt(stmt(ntry("31.00", inside=parts))))

    assert [(line.amount_cents, line.text) for line in one.lines] == [(3_100, "Almaty / Goyang")]
    assert one.warnings == (
        "Line 3 (Ntry): the 2 payments of this entry do not add up to its USD 31.00."
        " It is read as one line.",
    )


def test_batch_with_a_payment_taken_back():
    parts = txs(
        '<Amt Ccy="USD">30.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>',
        '<Amt Ccy="USD">20.00</Amt><CdtDbtInd>DBIT</CdtDbtInd>',
    )

    assert amounts(read(camt(stmt(ntry("10.00", inside=parts))))) == [3_000, -2_000]


def test_batch_without_amounts_is_one_line():
    (one,) = read(camt(stmt(ntry("30.00", inside=txs("<Refs/>", "<Refs/>")))))

    assert amounts([one]) == [3_000]
    assert len(one.warnings) == 1


def test_pieces_of_a_text_are_joined_where_the_bank_cut_them():
    long = "Membership dues of the city of Ulaanbaatar ".ljust(140, "x")
    pieces = f"<RmtInf><Ustrd>{long}</Ustrd><Ustrd>yz end</Ustrd><Ustrd>next</Ustrd></RmtInf>"

    (one,) = read(camt(stmt(ntry("1.00", inside=txs(pieces)))))

    assert one.lines[0].text == f"{long}yz end next"


def test_structured_references_beyond_the_first_are_kept_in_the_text():
    refs = "".join(
        f"<Strd><CdtrRefInf><Ref>{ref}</Ref></CdtrRefInf></Strd>"
        for ref in ("RF08 WEGO 2020 0001", "RF78WEGO20200002")
    )

    (one,) = read(camt(stmt(ntry("1.00", inside=txs(f"<RmtInf>{refs}</RmtInf>")))))

    assert one.lines[0].creditor_reference == "RF08WEGO20200001"
    assert one.lines[0].text == "RF78WEGO20200002"


def test_payer_when_the_bank_swapped_the_roles():
    parties = (
        "<RltdPties><Dbtr><Nm>WeGO</Nm></Dbtr>"
        "<DbtrAcct><Id><Othr><Id>100032020201</Id></Othr></Id></DbtrAcct>"
        "<Cdtr><Nm>Goyang</Nm></Cdtr></RltdPties>"
    )

    (one,) = read(camt(stmt(ntry("1.00", inside=txs(parties)))))

    assert one.lines[0].counterparty_name == "Goyang"


def test_missing_entries_are_seen_in_the_balances():
    balances = bal("OPBD", "100.00") + bal("CLBD", "150.00")

    (one,) = read(camt(stmt(ntry("20.00"), balances=balances)))

    assert one.warnings == (
        "The opening balance USD 100.00 and the entries make USD 120.00, but the statement closes"
        " with USD 150.00. Entries may be missing from the file.",
    )


def test_missing_entries_are_seen_in_the_count():
    extra = "<TxsSummry><TtlNtries><NbOfNtries>3</NbOfNtries></TtlNtries></TxsSummry>"

    (one,) = read(camt(stmt(ntry("20.00"), extra=extra)))

    assert one.warnings == ("The statement says it has 3 entries, and the file holds 1.",)


def test_entry_in_another_currency_than_its_account():
    balances = bal("OPBD", "1.00") + bal("CLBD", "1.00")

    (one,) = read(camt(stmt(ntry("20.00", currency="EUR"), balances=balances)))

    assert one.lines[0].currency == "EUR"
    assert one.movement_cents == 0
    assert one.warnings == ("Some entries are in EUR on an account in USD.",)


def test_lone_page_says_that_others_are_missing():
    extra = "<StmtPgntn><PgNb>2</PgNb><LastPgInd>false</LastPgInd></StmtPgntn>"

    (one,) = read(camt(stmt(ntry("20.00"), extra=extra)))

    assert one.page == "2"
    assert one.warnings == (
        "The file holds only page 2 of this statement. Import the other pages too.",
    )


def test_pages_of_messages_say_nothing_of_whole_statements():
    head = "<MsgPgntn><PgNb>2</PgNb><LastPgInd>false</LastPgInd></MsgPgntn>"
    balances = bal("OPBD", "0.00") + bal("CLBD", "20.00")
    halves = bal("OPBD", "0.00", kind="INTM") + bal("CLBD", "20.00", kind="INTM")

    (whole,) = read(camt(stmt(ntry("20.00"), balances=balances), head=head, version="02"))
    (page,) = read(camt(stmt(ntry("20.00"), balances=halves), head=head, version="02"))

    assert (whole.page, whole.warnings) == ("", ())
    assert page.page == "2"


def test_entry_without_booking_date_is_of_the_only_day():
    bare = ntry("20.00").replace("<BookgDt><Dt>2020-03-02</Dt></BookgDt>", "")
    balances = bal("OPBD", "0.00") + bal("CLBD", "20.00")

    (one,) = read(camt(stmt(bare, balances=balances)))

    assert one.lines[0].booked_on == dt.date(2020, 3, 2)
    assert refusal(camt(stmt(bare))) == (
        "date",
        "Line 3 (Ntry): there is no booking date (BookgDt). Ask the bank for the file again.",
    )


@pytest.mark.parametrize("day", ["2020-02-30", "2020-2-3", "02.03.2020", "20200302", "soon"])
def test_impossible_day_is_refused_with_its_line(day):
    code, sentence = refusal(camt(stmt(ntry("20.00", on=day))))

    assert code == "date"
    assert sentence.startswith(f"Line 3 (Dt): “{day}” is no date.")


@pytest.mark.parametrize(
    ("document", "code", "sentence"),
    [
        (camt(), "empty", "The file holds no statement (Stmt)."),
        (camt(stmt(ntry("1.00", mark="BOTH"))), "direction", "Line 3 (Ntry): CdtDbtInd must say"),
        (camt(stmt(currency="dollar")), "currency", "Line 2 (Acct/Ccy): “dollar” is no currency"),
        ("<Document><BkToCstmrAcctRpt/></Document>", "format", "This is a report of single"),
        ("<Document><BkToCstmrDbtCdtNtfctn/></Document>", "format", "This is a report of single"),
        ("<html><body>Please sign in</body></html>", "format", "This XML is no bank statement."),
        (camt(stmt(ntry("1.00")))[:-30], "broken", "Line 3: the XML is broken there."),
    ],
)
def test_refusals_name_the_place_and_what_to_do(document, code, sentence):
    found, said = refusal(document)

    assert found == code
    assert said.startswith(sentence)


def test_notes_of_nothing_are_left_out():
    assert amounts(read(camt(stmt(ntry("0.00"), ntry("1.00"))))) == [100]
