"""The components: what they show, what they refuse."""

import datetime as dt

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils import translation

from wego.templatetags.ui import Chip

pytestmark = pytest.mark.once


def render(source, **context):
    return Template("{% load ui %}" + source).render(Context(context))


def flat(html):
    return " ".join(html.split())


class PersonForm(forms.Form):
    name = forms.CharField(label="Full name")
    population = forms.IntegerField(label="Population")

    def clean(self):
        raise forms.ValidationError("Name and population do not fit.")


@pytest.mark.parametrize(
    ("source", "value", "shown"),
    [
        ("{{ value|money }}", 450000, "USD 4,500.00"),
        ("{{ value|money }}", -450050, "USD -4,500.50"),
        ("{{ value|money }}", None, "–"),
        ("{{ value|money:'EUR' }}", 100, "EUR 1.00"),
        ("{{ value|money_short }}", 45010000, "USD 450,100"),
        ("{{ value|money_short }}", 45010050, "USD 450,100.50"),
        ("{{ value|amount }}", 1000000, "10,000.00"),
        ("{{ value|amount }}", None, "–"),
        ("{{ value|figure }}", 10349312, "10,349,312"),
        ("{{ value|figure }}", 0, "0"),
        ("{{ value|figure }}", None, "–"),
        ("{{ value|day }}", dt.date(2026, 11, 22), "22 Nov 2026"),
        ("{{ value|day }}", None, "–"),
        ("{{ value|moment }}", None, "–"),
        ("{{ value|web_address }}", "https://goyang.example/", "https://goyang.example/"),
        ("{{ value|web_address }}", "HTTP://goyang.example/", "HTTP://goyang.example/"),
        ("{{ value|web_address }}", "javascript:alert(1)", "#"),
        ("{{ value|web_address }}", " javascript:alert(1)//http://", "#"),
        ("{{ value|web_address }}", "data:text/html,x", "#"),
    ],
)
def test_filter_shows(source, value, shown):
    assert render(source, value=value) == shown


@pytest.mark.parametrize("language", ["ko", "ko-kr"])
def test_korean_dates_end_with_a_dot(language):
    with translation.override(language):
        assert render("{{ value|day }}", value=dt.date(2026, 1, 5)) == "2026. 1. 5."


def test_instants_are_shown_in_seoul():
    last_minute = dt.datetime(2026, 12, 31, 15, 30, tzinfo=dt.UTC)

    assert render("{{ value|day }}", value=last_minute) == "1 Jan 2027"
    assert render("{{ value|moment }}", value=last_minute) == "1 Jan 2027 00:30 KST"


@pytest.mark.parametrize(
    ("language", "korean", "shown"),
    [("en", "서울", "Seoul"), ("ko", "서울", "서울"), ("ko", "", "Seoul")],
)
def test_names_follow_the_reader(language, korean, shown):
    member = type("Row", (), {"name_en": "Seoul", "name_ko": korean})

    with translation.override(language):
        assert render("{{ member|in_language:'name' }}", member=member) == shown


@pytest.mark.parametrize("tone", ["ok", "info", "warn", "bad", "quiet"])
def test_badge_has_a_word_and_a_mark(tone):
    html = render("{% badge tone 'Parked' %}", tone=tone)

    assert f"badge-{tone}" in html
    assert html.count("<svg") == 1
    assert "Parked" in html


@pytest.mark.parametrize(
    "source",
    [
        "{% badge 'green' 'Paid' %}",
        "{% tile 'members' 191 tone='loud' %}",
        "{% notice 'danger' 'No' %}",
        "{% steps labels 0 %}",
        "{% steps labels 3 %}",
        "{% tile 'members' 191 link='/x' %}",
        "{% progress ready=1 %}",
    ],
)
def test_wrong_property_is_an_error(source):
    with pytest.raises((TemplateSyntaxError, TypeError)):
        render(source, labels=["Preview", "Issue"])


def test_text_is_escaped_everywhere():
    html = render(
        "{% badge 'ok' evil %}{% tile evil 1 url=evil note=evil %}{% notice 'ok' evil %}"
        "{% empty evil evil url=evil action=evil %}{% facts pairs %}{% chips chips label=evil %}"
        "{% steps labels 1 %}{% progress ready=1 total=2 label=evil url=evil %}",
        evil='<b onclick="x">',
        pairs=[('<b onclick="x">', '<b onclick="x">')],
        chips=[Chip('<b onclick="x">', '<b onclick="x">')],
        labels=['<b onclick="x">'],
    )

    assert "<b" not in html
    assert html.count("&lt;b onclick=&quot;x&quot;&gt;") >= 15


def test_tile_without_address_is_no_link():
    assert "<a" not in render("{% tile 'members' 191 %}")
    assert 'href="/m/"' in render("{% tile 'members' 191 url='/m/' %}")


def test_steps_say_where_one_is():
    html = flat(render("{% steps labels 2 %}", labels=["Preview", "Check", "Issue"]))

    assert html.count('aria-current="step"') == 1
    assert (
        'step-current" aria-current="step"> <span class="step-number" aria-hidden="true">2<' in html
    )
    assert html.count("(done)") == 1


@pytest.mark.parametrize(
    ("ready", "parked", "watched"), [(104, 1, True), (104, 2, False), (106, 0, False)]
)
def test_progress_watches_until_nothing_is_left(ready, parked, watched):
    html = render(
        "{% progress ready=ready total=106 parked=parked url='/p.json' %}",
        ready=ready,
        parked=parked,
    )

    assert ("data-progress-url" in html) is watched
    assert f'value="{ready}" max="106"' in html
    assert f"{ready} of 106 ready" in html
    assert (f"{parked} need attention" in html) is bool(parked)


def test_chips_mark_the_chosen_one():
    html = render(
        "{% chips choices label='Status' clear_url='?' %}",
        choices=[Chip("All", "?s=", 191), Chip("Full", "?s=full", 184, chosen=True)],
    )

    assert html.count('aria-current="true"') == 1
    assert '<span class="chip-count">191</span>' in html
    assert "Clear all" in html


def test_error_summary_links_to_fields():
    form = PersonForm({"name": "", "population": "many"})

    html = flat(render("{% error_summary form %}", form=form))

    assert '<a href="#id_name">Full name: This field is required.</a>' in html
    assert '<a href="#id_population">Population: Enter a whole number.</a>' in html
    assert "<li>Name and population do not fit.</li>" in html


def test_error_summary_looks_into_formsets():
    rows = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-population": "x"}
    formset = forms.formset_factory(PersonForm)(rows)
    inline = type("Inline", (), {"formset": formset})

    html = render("{% error_summary nothing inlines %}", nothing=None, inlines=[inline])

    assert 'href="#id_form-0-population"' in html


def test_error_summary_says_nothing_without_errors():
    assert render("{% error_summary form %}", form=PersonForm()).strip() == ""


def test_query_keeps_the_other_parameters():
    request = RequestFactory().get("/x/?q=seoul&page=3&kind=city")

    html = render("{% query_with page=2 q=None as link %}{{ link|safe }}", request=request)

    assert html == "?page=2&kind=city"
