"""A page with every component once, in the staff frame; only the tests serve it."""

from django import forms
from django.contrib import admin
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from wego.templatetags.charts import Bar, Part
from wego.templatetags.ui import Chip
from wego.urls import (
    handler400,
    handler403,
    handler404,
    handler500,
)
from wego.urls import (
    urlpatterns as site_patterns,
)

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

POPULATION = [0, 300000, 600000, 1000000, 2000000, 4000000, 7000000, 10000000]
GDP = [0, 1000, 2000, 4000, 6000, 8000, 10000, 15000, 20000]
CITY_FEES = [
    [400, 400, 500, 500, 600, 600, 700, 700],
    [500, 500, 600, 600, 700, 700, 800, 800],
    [500, 750, 1000, 1250, 1500, 1750, 2000, 2250],
    [700, 1000, 1300, 1600, 1900, 2200, 2500, 3000],
    [1500, 2000, 2500, 3000, 3500, 4000, 4500, 5000],
    [2000, 2500, 3000, 3500, 4000, 4500, 5000, 5500],
    [3500, 4000, 4500, 5000, 5500, 6000, 6500, 7000],
    [4500, 5000, 5500, 6000, 6500, 7000, 7500, 8000],
    [6000, 6500, 7000, 7500, 8000, 8500, 8500, 10000],
]


class FigureForm(forms.Form):
    population = forms.IntegerField(
        label="Population", help_text="Persons, not thousands.", widget=forms.TextInput
    )
    source = forms.CharField(label="Source", help_text="Where the figure can be read.")


def show_catalogue(request) -> HttpResponse:
    form = FigureForm({"population": "many", "source": "Statistics Korea"})
    context = {
        **admin.site.each_context(request),
        "title": "Catalogue",
        "form": form,
        "steps": ["Preview", "Check", "Issue", "Documents"],
        "choices": [
            Chip("All", "#x", 191, chosen=True),
            Chip("Full", "#x", 184),
            Chip("Associate", "#x", 7),
        ],
        "pairs": [("Country", "Republic of Korea"), ("Population", "10,349,312")],
        "bars": [
            Bar("Asia", 63, url="#x"),
            Bar("Africa", 46, url="#x"),
            Bar("Europe", 18),
            Bar("Americas", 10),
            Bar("Middle East", 6),
            Bar("Oceania", 1),
        ],
        "parts": [
            Part("Priced", 106, "ok"),
            Part("Blocked", 68, "bad", url="#x"),
            Part("Not due", 17, "quiet"),
        ],
        "values": [300, 320, 310, 400, 450],
        "bounds": POPULATION,
        "rows": GDP,
        "cells": [[fee * 100 for fee in line] for line in CITY_FEES],
        "hit": (8, 7),
        "employee_bounds": [0, 500, 2000],
        "employee_cells": [[200000, 400000, 800000]],
        "regions": {
            "asia": 96, "oceania": 1, "americas": 12, "europe": 22, "middle_east": 6, "africa": 54,
        },
        "countries": {
            "KR": 33, "SD": 17, "NG": 15, "NP": 14, "CN": 7, "ID": 7, "PH": 7, "TR": 6, "RU": 5,
            "LK": 4, "AF": 4, "TN": 4, "US": 3, "DE": 3, "VN": 3, "BD": 3, "CM": 3, "FR": 2,
            "GH": 2, "IN": 2, "MN": 2, "MX": 2, "MY": 2, "PK": 2, "PS": 2, "UG": 2, "ZM": 2,
            "BR": 2, "GB": 1, "SG": 1, "FJ": 1, "JP": 1, "ZA": 1, "AE": 1, "IR": 1, "NL": 1,
        },
        "table": [
            ("Seoul", "Republic of Korea", 10349312, 1000000),
            ("Kathmandu", "Nepal", 1442271, 60000),
            ("Almaty", "Kazakhstan", 1977011, 750000),
        ] * 8,
        "total": 45010000,
    }  # fmt: skip
    return render(request, "catalogue.html", context)


urlpatterns = [path("catalogue/", admin.site.admin_view(show_catalogue)), *site_patterns]
