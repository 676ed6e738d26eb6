"""Texts that would run a script where one of them were taken for markup, and how to see it (S18).

Every payload that came to life leaves an element or an attribute called `planted`, an event handler
or a script address; as text it leaves none of them.
"""

import re
from urllib.parse import unquote

from lxml import html

PAYLOADS = (
    "<script planted>alert(1)</script>",
    '"><script planted>alert(2)</script>',
    "'><script planted>alert(3)</script>",
    "<img planted src=x onerror=alert(4)>",
    '"><img planted src=x onerror=alert(5)>',
    "<svg planted onload=alert(6)>",
    "<svg><script planted>alert(7)</script></svg>",
    '" planted autofocus onfocus=alert(8) x="',
    "' planted autofocus onfocus=alert(9) x='",
    "<input planted autofocus onfocus=alert(10)>",
    "<details planted open ontoggle=alert(11)>",
    "<video planted><source onerror=alert(12)></video>",
    "<iframe planted srcdoc='<script>alert(13)</script>'></iframe>",
    "<iframe planted src=javascript:alert(14)></iframe>",
    "<object planted data=javascript:alert(15)></object>",
    "<a planted href=javascript:alert(16)>x</a>",
    "<form planted action=javascript:alert(17)><button>x</button></form>",
    "<math planted><mtext><img onerror=alert(18) src=x></mtext></math>",
    "&lt;img planted src=x onerror=alert(19)&gt;",
    "{{constructor.constructor('alert(20)')()}}",
    "</title><script planted>alert(21)</script>",
    "</textarea><script planted>alert(22)</script>",
    "</script><script planted>alert(23)</script>",
    "--><script planted>alert(24)</script>",
    "<noscript><p planted title='</noscript><img src=x onerror=alert(25)>'></noscript>",
)
# What stands in an attribute of an address has to begin with these.
ADDRESSES = ("javascript:alert('planted')", "data:text/html,<script planted>alert(1)</script>")
ALL = " ".join(PAYLOADS)
RUNS = re.compile(r"[\x00-\x20]*(javascript|vbscript|data:text)", re.IGNORECASE)
LEADS = ("href", "src", "action", "formaction", "data", "srcdoc", "poster", "background")
# Where an address is wanted.
WEBSITES = re.compile(r"\w+\.(website|url)")


def planted_in(column, _room=0):
    """What an attacker writes into a column; it says which one it is."""
    if WEBSITES.fullmatch(column):
        return ADDRESSES[0]
    return f"planted@{column}. {ALL}"


def came_to_life(page):
    """What the payloads became on a page of HTML: elements, handlers and addresses, as words."""
    found = []
    for element in html.document_fromstring(page).iter():
        for name, value in element.attrib.items():
            if name == "planted" or name.startswith("on"):
                found.append(f"<{element.tag} {name}>")
            elif name in LEADS and RUNS.match(unquote(value)):
                found.append(f"<{element.tag} {name}={value[:40]}>")
    return found
