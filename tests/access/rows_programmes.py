"""Who may look and act at the addresses of programmes, partners and the history."""

from tests.access.doors import (
    DELEGATE,
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

# Who asks for services: the administrators of both members, and our delegate.
MINE = frozenset({HEAD, DELEGATE})
ACTING = MINE | {OTHER}
PROGRAMMES = {
    "history:page": Row(EVERYBODY),
    **rows_of_table("events_training", look=OFFICERS),
    **rows_of_table("events_servicerequest", look=OFFICERS, change=OFFICERS),
    **rows_of_table("events_regionaloffice", look=OFFICERS),
    **rows_of_table("events_partner", look=OFFICERS),
    **rows_of_table("events_adviser", look=OFFICERS, change=OFFICERS),
    **{
        f"admin:events_{act}": Row(OFFICERS, OFFICERS)
        for act in (
            "training_announce",
            "training_cancel",
            "regionaloffice_plan",
            "regionaloffice_propose",
            "regionaloffice_record",
            "regionaloffice_report",
            "regionaloffice_assess",
            "partner_new",
            "partner_sign",
            "partner_end",
            "adviser_name",
        )
    },
    "admin:events_training_move": Row(NOBODY, OFFICERS, may_answer=frozenset({"refused"})),
    "admin:events_training_certify": Row(NOBODY, OFFICERS),
    # There when it is made, or handed in.
    **{
        f"admin:events_{file}": Row(OFFICERS, may_answer=frozenset({"passed", "refused"}))
        for file in ("training_certificate", "regionaloffice_file", "partner_file")
    },
    "services:home": Row(PERSONS),
    "services:training": Row(PERSONS, ACTING),
    "services:ask": Row(PERSONS, ACTING),
    "services:nomination": Row(NOBODY, MINE, own=True),
    "services:request": Row(NOBODY, MINE, own=True),
    "services:office": Row(OWN, MINE, own=True),
    "services:certificate": Row(OWN, own=True),
}
# What stands in an address where the word of the argument alone does not say it.
THINGS = {
    "services:training": "training",
    "services:nomination": "nomination",
    "services:request": "servicerequest",
    "services:office": "regionaloffice",
    "services:certificate": "certificate_reference",
}
