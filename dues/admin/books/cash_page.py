"""The page of cash received: by month, region and country, and the payments behind a number."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.utils.dates import MONTHS as MONTH_NAMES
from django.utils.translation import gettext as _

from dues.admin.books.pages import CSV, XLSX, hand_out, table_writer
from dues.admin.pages import refuse_odd_year
from dues.admin.preview_page import known, page_address
from dues.cash import MONTHS, Cash, find_received, list_cash_years, read_cash
from members.models import Region, country_name
from wego import reader, seoul
from wego.admin.pages import show
from wego.money import short
from wego.spreadsheet import Column, Value
from wego.templatetags.charts import Bar
from wego.templatetags.ui import Chip

PER_PAGE = 100


def show_cash(request: HttpRequest) -> HttpResponse:
    """What came in a year, as pictures and as a table, and the payments behind a number."""
    query = request.GET
    years = list_cash_years()
    year = year_of(query, years)
    cash = read_cash(year)
    wanted = wanted_of(query)
    behind = any(wanted.values())
    page = Paginator(find_received(year, **wanted), PER_PAGE).get_page(query.get("page"))
    return show(
        request,
        "admin/dues/books/cash.html",
        title=_("Cash received"),
        year=year,
        cash=cash,
        years=[
            Chip(str(each), f"?year={each}", None, each == year)
            for each in sorted({*years, year}, reverse=True)
        ],
        months=month_bars(cash, query),
        regions=region_bars(cash, query),
        countries=country_bars(cash, query),
        table=table_of(cash, query),
        month_names=[str(MONTH_NAMES[month]) for month in MONTHS],
        behind=behind,
        chosen=words_of(wanted),
        page=page if behind else None,
        previous_url=page_address(query, "page", page.number - 1),
        next_url=page_address(query, "page", page.number + 1),
        all_url=f"?year={year}",
    )


def year_of(query: QueryDict, years: list[int]) -> int:
    """The year an address asks for; without one the last in which money came, else this one."""
    asked = query.get("year", "")
    if asked.isascii() and asked.isdecimal():
        refuse_odd_year(int(asked))
        return int(asked)
    return years[0] if years else seoul.today().year


def wanted_of(query: QueryDict) -> dict[str, Any]:
    """The number whose payments are asked for."""
    month, country = query.get("month", ""), query.get("country", "")
    return {
        "month": int(month) if month in map(str, MONTHS) else None,
        "region": known(query.get("region", ""), Region.values),
        "country": country if country.isascii() and country.isalpha() else "",
    }


def words_of(wanted: dict[str, Any]) -> str:
    """The same in words."""
    words = [
        str(MONTH_NAMES[wanted["month"]]) if wanted["month"] else "",
        str(Region(wanted["region"]).label) if wanted["region"] else "",
        country_name(wanted["country"], reader.language()) if wanted["country"] else "",
    ]
    return ", ".join(filter(None, words))


def only(query: QueryDict, **changed: object) -> str:
    """This page's address for one number: the year stays, other numbers go."""
    asked = query.copy()
    for name in ("page", "month", "region", "country"):
        asked.pop(name, None)
    for name, value in changed.items():
        asked[name] = str(value)
    return f"?{asked.urlencode()}#rows"


def month_bars(cash: Cash, query: QueryDict) -> list[Bar]:
    """Every month of the year."""
    return [
        Bar(
            str(MONTH_NAMES[month]),
            cents / 100,
            short(cents),
            only(query, month=month) if cents else "",
        )
        for month, cents in cash.months.items()
    ]


def region_bars(cash: Cash, query: QueryDict) -> list[Bar]:
    """Regions in the roster's order."""
    return [
        Bar(
            label,
            cash.regions[region] / 100,
            short(cash.regions[region]),
            only(query, region=region),
        )
        for region, label in Region.choices
        if cash.regions.get(region)
    ]


def country_bars(cash: Cash, query: QueryDict) -> list[Bar]:
    """Countries, the most money first."""
    language = reader.language()
    return [
        Bar(country_name(code, language), cents / 100, short(cents), only(query, country=code))
        for code, cents in cash.countries.items()
    ]


def table_of(cash: Cash, query: QueryDict) -> list[dict[str, Any]]:
    """A row a region, a cell a month."""
    return [
        {
            "label": label,
            "cells": [
                {
                    "cents": cash.cell(region, month),
                    "url": only(query, region=region, month=month),
                }
                for month in MONTHS
            ],
            "cents": cash.regions[region],
        }
        for region, label in Region.choices
        if cash.regions.get(region)
    ]


def download_cash(request: HttpRequest, what: str) -> HttpResponseBase:
    """The year by country and month, as a file."""
    if what not in (CSV, XLSX):
        raise Http404
    year = year_of(request.GET, list_cash_years())
    cash = read_cash(year)
    write = table_writer(
        what,
        cash_columns,
        lambda: cash_rows(cash),
        title=_("Cash received %(year)s") % {"year": year},
        on=dt.date(year, 12, 31),
    )
    return hand_out(request, f"wego-cash-{year}.{what}", write, year=str(year))


def cash_columns() -> list[Column]:
    """What each row says."""
    return [
        Column("month", _("Month"), width=22),
        Column("region", _("Region"), labels={code: str(name) for code, name in Region.choices}),
        Column("country_code", _("Country code"), width=9),
        Column("country", _("Country"), width=24),
        Column("payments", _("Payments"), "whole", total=True),
        Column("received", _("Received"), "money", total=True),
    ]


def cash_rows(cash: Cash) -> list[list[Value]]:
    """A row for every country and month with money."""
    language = reader.language()
    return [
        [
            f"{cash.year}-{line.month:02d}",
            line.region,
            line.country_code,
            country_name(line.country_code, language),
            line.payments,
            line.cents,
        ]
        for line in cash.lines
    ]
