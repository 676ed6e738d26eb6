"""The pages of the books: numbers, the rows behind them, files, and who took them."""

import csv
import datetime as dt
import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from openpyxl import load_workbook

from dues.models import InvoiceSeries, NumberSeries
from dues.payments import reverse_payment
from members.models import Member
from tests.dues.books import pay
from tests.dues.builders import city, issued_invoice
from tests.dues.staff import text_of
from wego.models import AuditEntry

pytestmark = pytest.mark.django_db
ON = "2020-05-04"
WHOLE_YEAR = {"first": "2020-01-01", "last": "2020-12-31"}
FORMULA = "=cmd|'/C calc'!A0"


@pytest.fixture
def books(db):
    """Goyang paid half of 2020, Kathmandu nothing, Almaty all of it by way of a wrong payment."""
    goyang, kathmandu = city(), city("Kathmandu", "카트만두", country_code="NP")
    almaty = city("Almaty", "알마티", country_code="KZ")
    nairobi = city("Nairobi", "나이로비", country_code="KE", region="africa")
    issued_invoice(goyang, year=2019)
    issued_invoice(goyang)
    issued_invoice(kathmandu, sequence=2, size=1_442_271, gdp="3600")
    issued_invoice(almaty, sequence=3)
    issued_invoice(nairobi, sequence=4, size=4_397_073, gdp="4330")
    pay(goyang, 7500, received_on=dt.date(2019, 3, 1))
    pay(goyang, 3750, received_on=dt.date(2020, 3, 20))
    wrong = pay(kathmandu, 1, received_on=dt.date(2020, 4, 2))
    reverse_payment(wrong, reason="Not theirs", on=dt.date(2020, 4, 3), by=None)
    pay(almaty, 7500, received_on=dt.date(2020, 4, 2))
    return {each.name_en: each for each in Member.objects.all()}


def get(client, name, *args, **query):
    return client.get(reverse(f"admin:{name}", args=args), query)


def rows_of_csv(response):
    data = response.getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(data)))


class TestAging:
    def test_page_shows_members_and_the_invoices_behind_a_number(self, desk, books):
        words = text_of(get(desk, "dues_aging", on=ON))

        assert "USD 7,200 open USD 7,200 overdue 3 open invoices" in words
        assert "31–60 days (3) USD 7,200" in words
        assert "3 members owe something" in words

        response = get(desk, "dues_aging", on=ON, bucket="31-60", member=books["Goyang"].pk)

        assert "1 open invoice, USD 3,750" in text_of(response)
        assert "WEGO-2020-0001" in text_of(response)

    def test_filters_narrow_the_whole_page(self, desk, books):
        words = text_of(get(desk, "dues_aging", on=ON, region="africa"))

        assert "USD 2,200 open" in words
        assert "1 member owes something" in words
        assert "Goyang" not in words

    def test_an_odd_address_is_read_as_today_and_says_so(self, desk, books):
        response = get(desk, "dues_aging", on="yesterday", member="x", bucket="7")

        assert response.status_code == 422
        assert "This is not a day" in text_of(response)

    def test_files_hold_the_same_and_leave_a_trace(self, desk, books, finance):
        rows = rows_of_csv(get(desk, "dues_aging_file", "csv", on=ON))
        book = load_workbook(io.BytesIO(get(desk, "dues_aging_file", "xlsx", on=ON).getvalue()))

        assert sum(float(row["open"]) for row in rows) == 7_200.00
        assert {row["bucket"] for row in rows} == {"31-60"}
        members = book["Members"]
        assert (members.freeze_panes, members.auto_filter.ref[:2]) == ("A2", "A1")
        assert members.cell(members.max_row, members.max_column).value == 7_200
        assert book["Invoices"]["J2"].is_date
        entries = AuditEntry.objects.filter(act="books.downloaded")
        assert [entry.by for entry in entries] == [finance, finance]
        assert entries[0].facts["on"] == ON

    def test_no_such_file(self, desk, books):
        assert get(desk, "dues_aging_file", "pdf", on=ON).status_code == 404
        assert not AuditEntry.objects.filter(act="books.downloaded").exists()


class TestStatement:
    def test_page_has_every_line_and_what_is_open(self, desk, books):
        response = get(
            desk, "dues_statement", books["Goyang"].pk, first="2020-01-01", last="2020-12-31"
        )

        words = text_of(response)
        assert "20 Mar 2020 RC-2021-0002 Payment received on 20 Mar 2020 3,750.00 3,750.00" in words
        assert "Open in all 3,750.00" in words

    def test_file(self, desk, books):
        query = {"first": "2020-01-01", "last": "2020-12-31"}
        rows = rows_of_csv(get(desk, "dues_statement_file", books["Goyang"].pk, "csv", **query))

        assert [row["balance"] for row in rows] == ["0.00", "7500.00", "3750.00", "3750.00"]

    def test_period_the_wrong_way_round_is_said_at_its_form(self, desk, books):
        response = get(
            desk, "dues_statement", books["Goyang"].pk, first="2020-12-31", last="2020-01-01"
        )

        assert response.status_code == 422
        assert "The period ends before it begins." in text_of(response)

    def test_nobody_else_has_one(self, desk, books):
        assert get(desk, "dues_statement", 999_999).status_code == 404


class TestCash:
    def test_reversed_payments_are_left_out_everywhere(self, desk, books):
        response = get(desk, "dues_cash", year=2020)
        words = text_of(response)

        assert "USD 11,250 received in 2020 2 payments" in words
        assert "March USD 3,750 April USD 7,500" in words
        assert "Kazakhstan USD 7,500" in words
        assert "Nepal" not in words

    def test_a_number_leads_to_its_payments(self, desk, books):
        response = get(desk, "dues_cash", year=2020, month=4)

        assert [payment.member.name_en for payment in response.context["page"]] == ["Almaty"]
        assert "1 payment: April" in text_of(response)
        found = get(desk, "dues_cash", year=2020, country="KR").context["page"]
        assert [payment.amount_cents for payment in found] == [375_000]

    def test_file_has_a_row_for_each_country_and_month(self, desk, books):
        rows = rows_of_csv(get(desk, "dues_cash_file", "csv", year=2020))

        assert [(row["month"], row["country"], row["received"]) for row in rows] == [
            ("2020-03", "South Korea", "3750.00"),
            ("2020-04", "Kazakhstan", "7500.00"),
        ]

    def test_a_year_without_money_says_so(self, desk, books):
        assert "No money came in this year" in text_of(get(desk, "dues_cash", year=2018))


class TestNumbers:
    def test_whole_series_say_1_to_n(self, desk, books):
        words = text_of(get(desk, "dues_numbers"))

        assert "9 documents, no gaps." in words
        assert "2020 WEGO-2020-0001 WEGO-2020-0004 4 4 no gaps 1 to 4" in words
        assert "2021 RC-2021-0001 RC-2021-0004 4 4 no gaps 1 to 4" in words

    def test_what_is_missing_is_named(self, desk, books):
        issued_invoice(city("Busan", "부산시"), sequence=7)
        NumberSeries.objects.filter(kind="receipt").update(last_number=3)

        words = text_of(get(desk, "dues_numbers"))

        assert "The numbers of 2 series do not run 1 to n." in words
        assert "Missing: WEGO-2020-0005, WEGO-2020-0006." in words
        assert "Beyond the counter, which stands at 3: RC-2021-0004." in words

    def test_a_counter_ahead_of_its_documents_is_a_gap_at_the_end(self, desk, books):
        InvoiceSeries.objects.filter(year=2020).update(last_number=5)

        assert "WEGO-2020-0005 is missing." in text_of(get(desk, "dues_numbers"))


class TestJournal:
    def test_page_has_the_trial_balance_and_the_columns(self, desk, books):
        words = text_of(get(desk, "dues_journal", **WHOLE_YEAR))

        assert "Bank 11,251.00 1.00" in words
        assert "Amount debited; empty on the line that credits." in words

    def test_csv_has_two_lines_an_entry_that_balance(self, desk, books):
        rows = rows_of_csv(get(desk, "dues_journal_file", "csv", **WHOLE_YEAR))

        assert rows[0] == {
            "date": "2020-01-15",
            "entry": rows[1]["entry"],
            "journal": "dues",
            "account": "receivables",
            "member_no": str(books["Goyang"].pk),
            "member_name": "Goyang",
            "debit": "7500.00",
            "credit": "",
            "currency": "USD",
            "text": "Invoice",
            "document": "WEGO-2020-0001",
        }
        assert (rows[1]["account"], rows[1]["debit"], rows[1]["credit"]) == (
            "income",
            "",
            "7500.00",
        )
        debit, credit = (sum(float(row[name] or 0) for row in rows) for name in ("debit", "credit"))
        assert debit == credit
        texts = {row["text"] for row in rows}
        assert {"Reversal of: Payment", "Allocation, invoice WEGO-2020-0003"} <= texts

    def test_csv_with_semicolons_and_without_mark(self, desk, books):
        response = get(desk, "dues_journal_file", "csv", **WHOLE_YEAR, delimiter=";", mark="no")

        assert response.getvalue().startswith(b"date;entry;journal;account;")

    def test_xlsx_is_typed_with_totals_as_values(self, desk, books):
        response = get(desk, "dues_journal_file", "xlsx", **WHOLE_YEAR)
        book = load_workbook(io.BytesIO(response.getvalue()))

        paper = book["Entries"]
        assert (paper.freeze_panes, paper["A2"].is_date, paper["G2"].value) == ("A2", True, 7500)
        last = paper.max_row
        assert paper.cell(last, 7).value == paper.cell(last, 8).value > 0
        assert book["Columns"].max_row == 12

    @pytest.mark.parametrize("what", ["csv", "xlsx"])
    def test_a_name_is_never_a_formula(self, desk, books, what):
        Member.objects.filter(name_en="Goyang").update(name_en=FORMULA)

        for name, query in (("dues_journal_file", WHOLE_YEAR), ("dues_aging_file", {"on": ON})):
            data = get(desk, name, what, **query).getvalue()
            if what == "csv":
                assert f"'{FORMULA}" in data.decode()
                assert f",{FORMULA}" not in data.decode()
            else:
                cells = [
                    cell
                    for paper in load_workbook(io.BytesIO(data))
                    for row in paper.iter_rows()
                    for cell in row
                    if cell.value == FORMULA
                ]
                assert {(cell.data_type, cell.quotePrefix) for cell in cells} == {("s", True)}

    def test_odd_period_is_refused_in_words(self, desk, books):
        response = get(desk, "dues_journal_file", "csv", first="2020-02-01", last="2020-01-01")

        assert response.status_code == 409
        assert "The period ends before it begins." in text_of(response)


class TestBoard:
    def test_figures_beside_the_year_before_by_the_same_day(self, desk, books):
        words = text_of(get(desk, "dues_year_board", 2020, on=ON))

        assert "Invoiced 18,450.00 7,500.00 +146%" in words
        assert "Paid 11,250.00 7,500.00 +50%" in words
        assert "Overdue 7,200.00 0.00 –" in words

    @pytest.mark.parametrize(
        ("shown", "numbers"),
        [
            ("invoiced", ["0001", "0002", "0003", "0004"]),
            ("paid", ["0001", "0003"]),
            ("overdue", ["0001", "0002", "0004"]),
            ("credited", []),
            ("closed", []),
        ],
    )
    def test_a_number_leads_to_its_invoices(self, desk, books, shown, numbers):
        page = get(desk, "dues_year_board", 2020, on=ON, show=shown).context["page"]

        assert [invoice.number[-4:] for invoice in page] == numbers

    def test_what_was_recorded_lately_is_listed(self, desk, books):
        words = text_of(get(desk, "dues_year_board", 2020))

        assert "Allocation (3) USD 11,251" in words


class TestMeeting:
    def test_use_of_fees(self, desk, books):
        words = text_of(get(desk, "dues_fees_paper", year=2020, on="2020-12-31"))

        assert "Paid 11,250.00 7,500.00" in words
        assert "Money received in the year, for any dues year 11,250.00 7,500.00" in words
        assert "Asia 3" in words

    def test_only_members_over_two_years_are_named(self, desk, books):
        before = text_of(get(desk, "dues_arrears_paper", on="2022-03-31"))
        after = text_of(get(desk, "dues_arrears_paper", on="2022-04-01"))

        assert "Nobody owes for more than two years" in before
        assert "3 members over two years" in after
        assert "Goyang 고양시 · South Korea 3,750.00 2020 31 Mar 2020 3,750.00 – – –" in after
        assert "Almaty" not in after


def test_the_books_show_what_is_held(desk, books):
    words = text_of(get(desk, "dues_entry_changelist"))

    assert "USD 7,200 open USD 7,200 overdue" in words
    assert "USD 0 unallocated credit USD 0 refunds to pay out" in words


class TestCommands:
    def test_aging(self, books, capsys):
        call_command("aging", "--on", ON, "--json")

        said = json.loads(capsys.readouterr().out)
        assert said["total"] == said["receivables"] == said["buckets"]["31-60"]
        assert (said["invoices"], said["members"], said["currency"]) == (3, 3, "USD")

    def test_export_ledger(self, books, capsys, tmp_path):
        paths = [tmp_path / "ledger.xlsx", tmp_path / "ledger.csv"]
        call_command(
            "export_ledger", "--from=2020-01-01", "--to=2020-12-31", "--json",
            f"--xlsx={paths[0]}", f"--csv={paths[1]}",
        )  # fmt: skip

        said = json.loads(capsys.readouterr().out)
        assert said["balanced"] is True
        assert said["debit"] == said["credit"]
        assert len(paths[1].read_text("utf-8-sig").splitlines()) == said["lines"] + 1
        assert load_workbook(paths[0])["Entries"].max_row == said["lines"] + 2

    def test_export_of_no_period_is_refused(self, books, tmp_path):
        with pytest.raises(CommandError, match="before it begins"):
            call_command(
                "export_ledger", "--from=2020-02-01", "--to=2020-01-01",
                f"--csv={tmp_path / 'x.csv'}",
            )  # fmt: skip

        assert list(tmp_path.glob("*.csv")) == []
