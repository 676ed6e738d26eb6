"""The words of mails: every kind has them in both languages, and nothing in them is evaluated."""

import re

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.html import escape

from wego import rewording, wording
from wego.models import MailWording
from wego.wording import MailKind, Words

LANGUAGES = [code for code, _label in settings.LANGUAGES]
FACTS = {"member": "Goyang", "link": "https://wego.example/portal/"}
KIND = MailKind("probe", "Probe", {"member": "name of the member", "link": "address"})

PAYLOADS = [
    "{{settings.SECRET_KEY}}",
    "{{ settings.SECRET_KEY }}",
    "{% load static %}",
    "{% debug %}",
    "{% include '/etc/passwd' %}",
    "{% extends 'admin/base.html' %}",
    "{% csrf_token %}",
    "{% url 'admin:index' %}",
    "{{ request.user.password }}",
    "{{ 7*7 }}",
    "{{ ''.__class__.__mro__ }}",
    "{{ config.items() }}",
    "{{ self.__init__.__globals__ }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ member|safe }}",
    "{{ member|attr('__class__') }}",
    "{# comment #}",
    "{member.__class__}",
    "{member.__class__.__mro__[1].__subclasses__}",
    "{member[0]}",
    "{member!r}",
    "{member:>100}",
    "{member:{link}}",
    "{0}",
    "{}",
    "{0.__class__.__init__.__globals__}",
    "{self}",
    "{settings}",
    "{SECRET_KEY}",
    "%(member)s",
    "%(member)r",
    "%s%s%s%n",
    "%(settings)s",
    "$member",
    "${member}",
    "${7*7}",
    "#{7*7}",
    "<%= 7*7 %>",
    "*{7*7}",
    "@{7*7}",
    "f'{7*7}'",
    "{{member}",
]


def test_there_are_forty_payloads():
    assert len(set(PAYLOADS)) >= 40


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payload_in_the_words_is_not_evaluated(payload):
    message = wording.compose(Words(payload, payload), FACTS, language="en")

    # The only thing that ever happens: the name of a fact in braces becomes the fact.
    expected = re.sub(r"\{(member|link)\}", lambda name: FACTS[name[1]], payload)
    assert message.text == expected
    assert message.subject == expected
    assert escape(expected) in message.html
    assert "49" not in message.text
    assert settings.SECRET_KEY not in message.html


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payload_in_a_fact_is_not_evaluated(payload):
    facts = {"member": payload, "link": "https://wego.example/"}

    message = wording.compose(Words("{member}", "Dear {member}"), facts, language="en")

    assert message.text == f"Dear {payload}"
    assert message.subject == payload
    assert f"Dear {escape(payload)}" in message.html


MARKUP = ("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '"><b>', "&lt;", "'")


@pytest.mark.parametrize("markup", MARKUP)
def test_markup_in_words_or_facts_is_text(markup):
    facts = {"member": markup, "link": "https://wego.example/"}

    html = wording.compose(Words(markup, f"{markup} {{member}}"), facts, language="en").html

    assert f"<title>{escape(markup)}</title>" in html
    assert f"<p>{escape(markup)} {escape(markup)}</p>" in html


def test_subject_is_one_line_whatever_the_facts_hold():
    facts = {"member": "Goyang\r\nBcc: evil@e.example\x00\u2028x", "link": "x"}

    message = wording.compose(Words("For {member}", "{member}"), facts, language="en")

    assert message.subject == "For Goyang Bcc: evil@e.example x"
    assert "\x00" not in message.text
    assert "\r" not in message.text


def test_lone_link_becomes_a_button_with_its_words():
    body = "Dear {member},\n\nOpen the portal: {link}\n\n{link}\n\nSee {link} there."

    html = wording.compose(Words("x", body), FACTS, language="en").html

    assert html.count('class="button"') == 2
    assert '<a class="button" href="https://wego.example/portal/">Open the portal</a>' in html
    assert '<a class="button" href="https://wego.example/portal/">Open the page</a>' in html
    assert "<p>See https://wego.example/portal/ there.</p>" in html


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:text/html,x", "ftp://x", "https://a b", 'https://x"onclick="y'],
)
def test_anything_but_a_web_address_is_no_button(address):
    html = wording.compose(Words("x", "{link}"), FACTS | {"link": address}, language="en").html

    assert 'class="button"' not in html
    assert f"<p>{escape(address)}</p>" in html


def test_html_says_its_language_and_asks_nothing_of_the_network():
    html = wording.compose(Words("제목", "안녕하세요"), {}, language="ko").html

    assert '<html lang="ko">' in html
    assert "src=" not in html
    assert "@import" not in html
    assert " style=" not in html
    assert "<table" not in html


def test_lines_of_a_paragraph_stay_lines():
    html = wording.compose(Words("x", "One\nTwo\n\n\nThree"), {}, language="en").html

    assert "<p>One<br>Two</p>" in html
    assert "<p>Three</p>" in html


def test_sent_text_is_shown_as_paragraphs_with_its_buttons():
    text = "Dear <b>Goyang</b>,\n\nOpen the portal: https://wego.example/p/\n\nhttps://x.example/"

    with translation.override("en"):
        first, second, third = wording.paragraphs_as_sent(text)

    assert first == "Dear &lt;b&gt;Goyang&lt;/b&gt;,"
    assert '<a class="button" href="https://wego.example/p/">Open the portal</a>' in second
    assert '<a class="button" href="https://x.example/">Open the page</a>' in third


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", wording.declared_kinds().values(), ids=lambda kind: kind.name)
def test_every_kind_has_its_words_and_uses_only_its_facts(kind, language):
    words = wording.default_words(kind.name, language)

    assert words.subject
    assert words.body
    assert words.placeholders <= set(kind.placeholders)
    assert len(words.subject) <= 200
    assert bool(re.search("[가-힣]", words.body)) is (language == "ko")
    assert set(kind.samples) <= set(kind.placeholders)
    rewording.check_words(kind, words)


@pytest.mark.parametrize("kind", wording.declared_kinds().values(), ids=lambda kind: kind.name)
def test_private_words_do_not_open_anything_in_the_subject(kind):
    if kind.private:
        for language in LANGUAGES:
            subject = Words(wording.default_words(kind.name, language).subject, "")
            assert subject.placeholders.isdisjoint({"link", "code"})


def test_no_words_are_left_over():
    files = {path.name for path in (settings.BASE_DIR / "templates" / "mail").glob("*.txt")}

    assert files == {
        f"{name}.{language}.txt" for name in wording.declared_kinds() for language in LANGUAGES
    }


def test_missing_words_are_an_error_that_names_the_file():
    with pytest.raises(LookupError, match=r"nobody\.en\.txt"):
        wording.default_words("nobody", "en")


def test_two_apps_with_the_same_kind_are_an_error(monkeypatch):
    from types import SimpleNamespace

    configs = [SimpleNamespace(mails=(KIND,)), SimpleNamespace(mails=(KIND,)), SimpleNamespace()]
    monkeypatch.setattr(wording.apps, "get_app_configs", lambda: configs)

    with pytest.raises(ValueError, match="probe"):
        wording.declared_kinds()


@pytest.mark.django_db
def test_own_words_hold_for_their_language_only(monkeypatch, secretariat):
    default = Words("Welcome", "Dear {member}")
    monkeypatch.setattr(rewording, "default_words", lambda _kind, _language: default)

    rewording.change_words(KIND, "ko", Words("환영합니다", "{member} 귀하"), by=secretariat)

    assert rewording.words_of(KIND, "ko") == Words("환영합니다", "{member} 귀하")
    assert rewording.words_of(KIND, "en") == default
    assert MailWording.objects.count() == 1
