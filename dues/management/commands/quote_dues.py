"""Say what a city or a company would pay for a dues year."""

import json
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from dues.quotes import Quote, quote_dues
from dues.wording import band_words
from members.models import Kind
from wego.money import USD, display, plain
from wego.numbers import parse_figure


class Command(BaseCommand):
    """A figure that is missing, negative or absurd ends with exit code 2 and one sentence."""

    help = "The yearly fee for a city's figures or a company's employees."

    def add_arguments(self, parser: CommandParser) -> None:
        """Figures are read as text, so that a bad one gets a sentence of its own."""
        parser.add_argument("--year", type=int, required=True, help="dues year")
        parser.add_argument("--population", help="persons, not thousands")
        parser.add_argument("--gdp", help="GDP per capita, PPP, in USD")
        parser.add_argument("--employees", help="employees of the company")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Ask the table once and print the answer."""
        population, gdp, employees = (options[name] for name in ("population", "gdp", "employees"))
        if (employees is None) == (population is None and gdp is None):
            raise CommandError(
                "Give either --population and --gdp for a city, or --employees for a company.",
                returncode=2,
            )
        try:
            quote = (
                quote_dues(Kind.COMPANY, year=options["year"], column=read(employees))
                if employees is not None
                else quote_dues(
                    Kind.CITY, year=options["year"], column=read(population), row=read(gdp)
                )
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages), returncode=2) from error
        data = as_data(quote)
        self.stdout.write(json.dumps(data, ensure_ascii=False) if options["json"] else words(quote))


def read(text: str | None) -> Decimal | None:
    """The figure, if one was given."""
    return None if text is None else parse_figure(text)


def as_data(quote: Quote) -> dict[str, Any]:
    """The answer as plain data; bands are half-open, null when open upward."""
    table, cell = quote.schedule.table, quote.cell
    bands = {table.column_measure: list(cell.column_band)}
    if cell.row_band is not None:
        bands["gdp"] = list(cell.row_band)
    return {
        "amount": plain(cell.amount_cents),
        "currency": USD,
        "schedule": quote.schedule.name_en,
        "bands": bands,
    }


def words(quote: Quote) -> str:
    """The answer for a person."""
    table, cell = quote.schedule.table, quote.cell
    bands = [band_words(table.column_measure, cell.column_band)]
    if cell.row_band is not None:
        bands.append(band_words(table.row_measure, cell.row_band))
    return f"{display(cell.amount_cents)} a year: {', '.join(bands)} ({quote.schedule.name_en})"
