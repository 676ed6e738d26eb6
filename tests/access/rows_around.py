"""Who may look and act around a meeting: hosting, delegates, programme, calendars."""

from tests.access.doors import (
    DELEGATE,
    DEPENDS,
    EVERYBODY,
    HEAD,
    NOBODY,
    OFFICERS,
    OTHER,
    OWN,
    PERSONS,
    Row,
    rows_of_table,
)

# Who names delegates; the administrators of both members, and our delegate.
MINE = frozenset({HEAD, DELEGATE})
ACTING = MINE | {OTHER}
BIDDING = frozenset({HEAD, OTHER})

ACT = Row(OFFICERS, OFFICERS)
BUTTON = Row(NOBODY, OFFICERS)
STAFF_PAGES = {
    **rows_of_table("events_hostcall", look=OFFICERS, add=OFFICERS),
    **{
        f"admin:events_hostcall_{act}": ACT
        for act in ("extend", "withdraw", "bid", "score", "decide", "release")
    },
    "admin:events_hostcall_scorer": BUTTON,
    "admin:events_hostcall_bid_withdraw": BUTTON,
    "admin:events_hostcall_document": Row(OFFICERS),
    **rows_of_table("events_supportrequest", look=OFFICERS),
    **{
        f"admin:events_supportrequest_{act}": ACT
        for act in ("consult", "grant", "decline", "receipt", "settle")
    },
    # There when a file came with the receipt.
    "admin:events_supportrequest_file": Row(OFFICERS, may_answer=DEPENDS),
    **{
        f"admin:events_around_{page}": Row(OFFICERS)
        for page in ("delegates", "programme", "paper", "credential")
    },
    **{
        f"admin:events_around_{act}": ACT
        for act in (
            "delegate_add",
            "delegate",
            "visa",
            "consult",
            "session_add",
            "topic",
            "session",
            "speaker_add",
            "host_item",
        )
    },
    **{
        f"admin:events_around_{button}": BUTTON
        for button in ("announce", "badges", "badge", "delegate_remove", "speaker_off")
    },
}
AROUND = STAFF_PAGES | {
    "hosting:list": Row(EVERYBODY),
    "hosting:call": Row(EVERYBODY),
    "calendar:public": Row(EVERYBODY),
    # The private address is the key.
    "calendar:private": Row(EVERYBODY),
    "meetings:list": Row(PERSONS),
    "meetings:calendar": Row(NOBODY, PERSONS),
    "meetings:meeting": Row(PERSONS),
    "meetings:my": Row(PERSONS),
    "meetings:item-paper": Row(PERSONS),
    "meetings:memorandum": Row(PERSONS),
    "meetings:written": Row(PERSONS, ACTING),
    "meetings:answer": Row(NOBODY, ACTING),
    "meetings:delegate-add": Row(ACTING, ACTING),
    "meetings:credentials": Row(ACTING, ACTING),
    "meetings:topics": Row(PERSONS, ACTING),
    "meetings:host-bid": Row(PERSONS, BIDDING),
    "meetings:bid-document": Row(OWN, own=True),
    "meetings:paper": Row(OWN, own=True),
    "meetings:delegate": Row(MINE, MINE, own=True),
    "meetings:badge": Row(NOBODY, MINE, own=True),
    "meetings:visa": Row(MINE, MINE, own=True),
    "meetings:support": Row(MINE, MINE, own=True),
}
# By address and argument, the word of the thing that stands there.
PLACES = {
    **{
        (f"admin:events_around_{page}", "pk"): "gathering"
        for page in ("delegates", "programme", "announce", "badges", "consult", "session_add")
    },
    **{
        (f"admin:events_around_{page}", "pk"): thing
        for page, thing in (
            ("delegate_add", "delegation"),
            ("delegate", "delegate"),
            ("delegate_remove", "delegate"),
            ("badge", "delegate"),
            ("visa", "delegate"),
            ("paper", "badge"),
            ("credential", "credential"),
            ("topic", "topic"),
            ("host_item", "host_item"),
            ("session", "programme_session"),
            ("speaker_add", "programme_session"),
            ("speaker_off", "speaker"),
        )
    },
    ("admin:events_hostcall_score", "pk"): "bid_scorer",
    ("admin:events_hostcall_bid_withdraw", "pk"): "hostbid",
    ("admin:events_hostcall_document", "pk"): "bid_document",
    ("admin:events_supportrequest_file", "pk"): "support_receipt",
    **{
        (f"meetings:{name}", "code"): "meeting_code"
        for name in ("meeting", "my", "answer", "delegate-add", "credentials", "topics")
    },
    ("meetings:memorandum", "code"): "memorandum_code",
    ("meetings:written", "code"): "written_code",
    ("meetings:item-paper", "code"): "meeting_code",
    ("meetings:item-paper", "pk"): "item_paper",
    ("meetings:host-bid", "code"): "call_code",
    ("hosting:call", "code"): "call_code",
    ("calendar:private", "token"): "calendar_token",
    ("meetings:bid-document", "pk"): "bid_document",
    ("meetings:paper", "reference"): "badge_reference",
    ("meetings:delegate", "pk"): "delegate",
    ("meetings:badge", "pk"): "delegate",
    ("meetings:visa", "pk"): "delegate",
    ("meetings:support", "pk"): "speaker",
}
