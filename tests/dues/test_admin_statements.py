"""Bank statements in the web admin: handed in, looked at, taken in, read again."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dues.booking import book_certain
from dues.models import BankLine, BankStatement, Payment
from tests.dues.bank import TODAY, movement, statement, take_in
from tests.dues.builders import city, issued_invoice
from tests.dues.staff import messages_of, text_of
from tests.dues.statements.documents import bal, camt, ntry, stmt
from wego import storage

pytestmark = pytest.mark.django_db
LIST = "/admin/dues/bankstatement/"
UPLOAD, PREVIEW, IMPORT = f"{LIST}upload/", f"{LIST}preview/", f"{LIST}import/"
COLUMNS = f"{LIST}columns/"
QUEUE = "/admin/dues/bank/"
MARCH = camt(
    stmt(
        ntry("7000.00", text="WEGO-2020-0001 GOYANG", ref="B-100001"),
        ntry("65.84", mark="DBIT", text="CHARGES", ref="B-100002"),
    )
)


def hand_in(desk, content=MARCH, name="march.xml", **facts):
    file = SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())
    return desk.post(UPLOAD, {"file": file}, **facts)


def shown_file(desk):
    """The hidden field of the preview: which file was looked at."""
    page = desk.get(PREVIEW).content.decode()
    return re.search(r'name="file" value="([0-9a-f]{64})"', page).group(1)


def test_empty_list_says_what_to_do(desk):
    page = desk.get(LIST)

    assert "Take in the file that the bank gives" in text_of(page)
    assert UPLOAD in page.content.decode()


def test_file_is_shown_line_by_line_before_anything_is_written(desk):
    assert hand_in(desk).headers["Location"] == PREVIEW

    words = text_of(desk.get(PREVIEW))

    assert "2 new lines" in words
    assert "sum of all lines, USD" in words
    assert "6934.16" in words
    assert "WEGO-2020-0001 GOYANG USD 7,000.00 new" in words
    assert "CHARGES USD -65.84 new" in words
    assert "Take in 2 new lines" in words
    assert BankStatement.objects.count() == 0


def test_odd_balances_are_warned_of(desk):
    balances = bal("OPBD", "0.00") + bal("CLBD", "1.00")
    hand_in(desk, camt(stmt(ntry("5.00"), balances=balances)))

    assert "Entries may be missing from the file." in text_of(desk.get(PREVIEW))


def test_taking_in_books_what_is_certain_and_leads_to_the_queue(desk, finance):
    invoice = issued_invoice(city(), amount_cents=700_000)
    hand_in(desk)

    page = desk.post(IMPORT, {"file": shown_file(desk)}, follow=True)

    assert page.request["PATH_INFO"] == QUEUE
    assert messages_of(page) == ["2 lines taken in. 1 payment booked by itself."]
    payment = Payment.objects.get()
    assert (payment.recorded_by, payment.bank_line.text) == (finance, f"{invoice.number} GOYANG")
    row = BankStatement.objects.get()
    assert (row.file_name, row.imported_by) == ("march.xml", finance)
    kept = storage.read_file(
        f"statements/statement-{row.file_sha256[:16]}.dat", sha256=row.file_sha256
    )
    assert kept == MARCH.encode()


def test_same_file_again_adds_nothing_and_offers_nothing(desk):
    for _time in range(2):
        hand_in(desk)
        shown = re.search(r'value="([0-9a-f]{64})"', desk.get(PREVIEW).content.decode()).group(1)
        page = desk.post(IMPORT, {"file": shown}, follow=True)
    hand_in(desk)

    assert messages_of(page) == ["Nothing was added: the 2 lines were taken in before."]
    assert "Every line of this file was taken in before" in text_of(desk.get(PREVIEW))
    assert BankLine.objects.count() == 2


def test_only_the_file_that_was_shown_is_taken_in(desk):
    hand_in(desk)
    shown = shown_file(desk)
    hand_in(desk, camt(stmt(ntry("1.00"))))

    page = desk.post(IMPORT, {"file": shown}, follow=True)

    assert messages_of(page) == ["Nothing was taken in: this is not the file shown. Look again."]
    assert BankLine.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "“march.xml” is empty. Download it from the bank again."),
        ("%PDF-1.7", "“march.xml” is a PDF. Ask the bank for camt.053, MT940 or CSV."),
        (camt(stmt(ntry("7,000"))), "“7,000” is no amount. Ask the bank for the file again."),
    ],
)
def test_file_that_cannot_be_read_is_refused_with_a_sentence(desk, content, sentence):
    page = hand_in(desk, content)

    assert page.status_code == 409
    assert sentence in text_of(page)
    assert "<title>Error:" in page.content.decode()
    assert desk.get(PREVIEW).headers["Location"] == UPLOAD


def test_no_file_and_a_file_too_large_are_refused(desk, monkeypatch):
    assert "Choose the file from the bank." in text_of(desk.post(UPLOAD))
    monkeypatch.setattr("dues.admin.kept_file.LARGEST", 100)

    assert "is larger than a statement can be" in text_of(hand_in(desk))


def test_another_person_does_not_see_the_file(desk, client, administrator):
    hand_in(desk)
    client.force_login(administrator)

    assert client.get(PREVIEW).headers["Location"] == UPLOAD


TABLE = (
    "Date,Description,Payer,Paid out,Paid in\n"
    '2020-03-02,WEGO-2020-0001,Goyang City,,"7,000.00"\n'
    "2020-03-13,Fee,,15.00,\n"
)


def test_table_asks_for_its_columns_and_guesses_them(desk):
    assert hand_in(desk, TABLE, "march.csv").headers["Location"] == COLUMNS

    page = desk.get(COLUMNS)

    words = text_of(page)
    assert "The first rows of the file Date Description Payer Paid out Paid in" in words
    assert "2020-03-02 WEGO-2020-0001 Goyang City 7,000.00" in words
    form = page.context["form"]
    guessed = {name: form[name].value() for name in ("booked_on", "text", "name", "money_out")}
    assert guessed == {"booked_on": 1, "text": 2, "name": 3, "money_out": 4}
    assert (form["own_currency"].value(), form["date_format"].value()) == ("USD", "YYYY-MM-DD")


def chosen(page, **changed):
    """The form of the columns as a browser would send it back."""
    form = page.context["form"]
    typed = {bound.html_name: bound.value() or "" for bound in form}
    return typed | {"own_account": "100-1"} | changed


def test_table_with_its_columns_is_shown_and_taken_in(desk):
    hand_in(desk, TABLE, "march.csv")
    typed = chosen(desk.get(COLUMNS))

    assert desk.post(COLUMNS, typed).headers["Location"] == PREVIEW
    words = text_of(desk.get(PREVIEW))
    assert "march.csv · csv" in words
    assert "2 Mar 2020 Goyang City WEGO-2020-0001 USD 7,000.00 new" in words
    desk.post(IMPORT, {"file": shown_file(desk)})

    assert sorted(BankLine.objects.values_list("amount", flat=True)) == [-1500, 700_000]
    assert BankStatement.objects.get().account == "100-1"


def test_columns_that_do_not_fit_are_refused_with_the_row(desk):
    hand_in(desk, TABLE, "march.csv")
    page = desk.get(COLUMNS)

    wrong = desk.post(COLUMNS, chosen(page, booked_on="2"))
    assert wrong.status_code == 409
    assert "<title>Error:" in wrong.content.decode()
    assert "WEGO-2020-0001" in text_of(wrong)
    both = desk.post(COLUMNS, chosen(page, amount="5"))
    assert "Choose one column for the amount" in text_of(both)
    none = desk.post(COLUMNS, chosen(page, booked_on="", date_format=""))
    assert "Choose the column of the date." in text_of(none)
    assert "Choose how the dates are written." in text_of(none)


def test_columns_without_a_file_lead_to_the_upload(desk):
    assert desk.get(COLUMNS).headers["Location"] == UPLOAD


def test_statement_says_what_became_of_each_line(desk):
    issued_invoice(city(), amount_cents=700_000)
    row = take_in(
        statement(
            movement("7000.00", "WEGO-2020-0001", bank="B-100001"),
            movement("10.00", "WHO", bank="B-100002", position=2),
        )
    ).stored[0]
    (payment,) = book_certain(on=TODAY, by=None)

    words = text_of(desk.get(f"{LIST}{row.pk}/change/"))

    assert f"WEGO-2020-0001 USD 7,000.00 {payment.number} , Goyang booked" in words
    assert "WHO USD 10.00 Decide WHO waits" in words
    assert "Work on 1 waiting line" in words


def test_secretariat_reads_statements_and_takes_none_in(client, secretariat):
    row = take_in(statement(movement("10.00", "WHO"))).stored[0]
    client.force_login(secretariat)

    assert "Decide" not in text_of(client.get(f"{LIST}{row.pk}/change/"))
    assert "Take in a statement" not in text_of(client.get(LIST))
    for address in (UPLOAD, PREVIEW, QUEUE):
        assert client.get(address).status_code == 403


def test_pages_ask_as_often_for_many_lines_as_for_few(desk):
    def lines(count, tag):
        return (movement("10.00", f"{tag} {n}", bank=f"{tag}{n:06d}") for n in range(count))

    def queries(row):
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(f"{LIST}{row.pk}/change/").status_code == 200
        return len(captured)

    few = take_in(statement(*lines(2, "FEW"))).stored[0]
    many = take_in(statement(*lines(150, "MANY"), name="S-2")).stored[0]
    desk.get(LIST)

    assert queries(few) == queries(many) <= 12
