"""S18: what somebody wrote is text in every mail, as a fact and as the words of the mail."""

import pytest
from django.conf import settings

from tests.attacks.markup import ADDRESSES, ALL, PAYLOADS, came_to_life
from wego import wording
from wego.wording import Words

LANGUAGES = dict(settings.LANGUAGES)
KINDS = wording.declared_kinds()


@pytest.mark.once
@pytest.mark.parametrize("language", LANGUAGES)
def test_s18_no_mail_carries_markup_of_somebody(language):
    shown = 0
    for kind in KINDS.values():
        words = wording.default_words(kind.name, language)
        for fact in (*ADDRESSES, ALL, f"https://x.example/{ALL}", '"><b planted>', "' planted='"):
            facts = dict.fromkeys(kind.placeholders, fact)
            html = wording.compose(words, facts, language=language).html
            assert came_to_life(html) == [], (kind.name, fact[:40])
            shown += "planted" in html
    print(f"mails: {len(PAYLOADS)} payloads in {len(KINDS)} kinds, seen in {shown}")

    assert shown > 5 * len(KINDS)


@pytest.mark.once
@pytest.mark.parametrize("payload", [*PAYLOADS, *ADDRESSES])
def test_s18_no_words_of_a_mail_are_markup(payload):
    html = wording.compose(
        Words(payload, f"{payload}\n\n{payload} {{x}}"), {"x": ALL}, language="en"
    )

    assert came_to_life(html.html) == []
    assert came_to_life("".join(wording.paragraphs_as_sent(f"{payload}\n\n{ALL}")) or "<p>") == []


@pytest.mark.once
def test_a_page_that_forgot_to_escape_is_seen():
    """The control: all but those that only some sinks or frameworks run."""
    alive = [payload for payload in PAYLOADS if came_to_life(f'<p title="{payload}">{payload}</p>')]

    assert len(PAYLOADS) == 25
    assert len(alive) == 22
    assert came_to_life(f'<a href="{ADDRESSES[0]}">x</a>') == [
        "<a href=javascript:alert('planted')>"
    ]
