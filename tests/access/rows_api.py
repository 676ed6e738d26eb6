"""Who may pass the doors of the programming interface, its pages and its tokens.

A browser's session opens no resource: there the programs of `programs.py` are tried instead.
"""

from tests.access.doors import (
    ADMINISTRATORS,
    EVERYBODY,
    HEAD,
    NOBODY,
    OTHER,
    PERSONS,
    Row,
)

HEADS = frozenset({HEAD, OTHER})
RESOURCES = (
    "members",
    "member",
    "figures",
    "country-figures",
    "membership-report",
    "fee-schedules",
    "quotes",
    "invoices",
    "invoice",
    "invoice-pdf",
    "payments",
    "payment",
    "standings",
    "standing",
    "meetings",
    "meeting",
    "decisions",
    "decision",
    "awards",
    "award",
    "nowhere",
)
API = {
    "api-docs": Row(EVERYBODY),
    "api-schema": Row(EVERYBODY),
    **{f"api-{name}": Row(NOBODY) for name in RESOURCES},
    "admin:members_apitoken_changelist": Row(ADMINISTRATORS),
    "admin:members_apitoken_add": Row(ADMINISTRATORS, ADMINISTRATORS),
    "admin:members_apitoken_change": Row(ADMINISTRATORS),
    "admin:members_apitoken_revoke": Row(NOBODY, ADMINISTRATORS),
    "admin:wego_webhookendpoint_changelist": Row(ADMINISTRATORS),
    "admin:wego_webhookendpoint_add": Row(ADMINISTRATORS, ADMINISTRATORS),
    "admin:wego_webhookendpoint_change": Row(ADMINISTRATORS),
    "admin:wego_webhookendpoint_switch": Row(NOBODY, ADMINISTRATORS),
    "admin:wego_webhookendpoint_secret": Row(NOBODY, ADMINISTRATORS),
    "admin:wego_webhookendpoint_replay": Row(NOBODY, ADMINISTRATORS),
    "portal:tokens": Row(PERSONS),
    "portal:token-add": Row(HEADS, HEADS),
    "portal:token": Row(NOBODY, frozenset({HEAD}), own=True),
}
API_PLACES = {
    ("portal:token", "pk"): "apitoken",
    ("api-member", "pk"): "member",
    ("api-standing", "pk"): "member",
    ("api-payment", "number"): "receipt",
    ("api-meeting", "code"): "meeting_code",
    ("api-decision", "pk"): "api_decision",
    ("api-award", "code"): "award_code",
}
API_VALUES = {"rest": "nowhere", "delivery": 1}
