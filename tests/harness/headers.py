"""What every answer of the house has to carry, whoever asked and whatever came of it."""

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
}
# A private link tells nobody at all where one came from.
REFERRER = ("same-origin", "no-referrer")
UNUSED = ("camera", "geolocation", "microphone", "payment", "usb")


def policy_of(response):
    """The content security policy by directive; every directive stands there once."""
    text = response.headers.get("Content-Security-Policy", "")
    parts = [part.split(" ", 1) for part in text.split("; ") if part]
    found = {name: "".join(value) for name, *value in parts}
    assert len(found) == len(parts), f"a directive stands twice: {text}"
    return found


def missing_headers(response):
    """The headers an answer has not, or has otherwise; [] when it is whole."""
    wrong = [] if policy_of(response) == POLICY else ["Content-Security-Policy"]
    wrong += [name for name, value in HEADERS.items() if response.headers.get(name) != value]
    wrong += [] if response.headers.get("Referrer-Policy") in REFERRER else ["Referrer-Policy"]
    allowed = response.headers.get("Permissions-Policy", "")
    return wrong + [f"Permissions-Policy {name}" for name in UNUSED if f"{name}=()" not in allowed]
