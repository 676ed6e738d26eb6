"""Who may look and act at offices, elections, ballots: staff, cities, their delegates, all."""

from tests.access.doors import (
    ADMINISTRATORS,
    DELEGATE,
    EVERYBODY,
    HEAD,
    NOBODY,
    OFFICERS,
    OTHER,
    PERSONS,
    Row,
    rows_of_table,
)

# The administrators of both members, and our delegate, who votes and gives no notice.
HEADS = frozenset({HEAD, OTHER})
VOTING = HEADS | {DELEGATE}
OURS_TO_CAST = frozenset({HEAD, DELEGATE})

ELECTIONS = {
    **rows_of_table("events_term", look=OFFICERS, add=OFFICERS),
    **{
        f"admin:events_term_{act}": Row(OFFICERS, OFFICERS)
        for act in ("secretary", "holder", "nominate", "appoint", "end")
    },
    "admin:events_term_follow": Row(NOBODY, OFFICERS),
    "admin:events_term_certificate": Row(NOBODY, OFFICERS),
    "admin:events_term_certificate_pdf": Row(OFFICERS),
    **rows_of_table("events_election", look=OFFICERS),
    **{
        f"admin:events_election_{act}": Row(OFFICERS, OFFICERS)
        for act in ("call", "candidacy", "withdraw", "prepare", "void", "open", "count")
    },
    "admin:events_election_voters": Row(NOBODY, OFFICERS),
    "admin:events_election_list": Row(OFFICERS),
    "admin:events_election_turnout": Row(OFFICERS),
    # Against a rule, or with effect on who holds an office.
    "admin:events_election_admit": Row(ADMINISTRATORS, ADMINISTRATORS),
    "admin:events_election_confirm": Row(ADMINISTRATORS, ADMINISTRATORS),
    "elections:list": Row(PERSONS),
    "elections:stand": Row(HEADS, HEADS),
    "elections:withdraw": Row(NOBODY, frozenset({HEAD}), own=True),
    "elections:vote": Row(VOTING, VOTING),
    "elections:vote_for": Row(OURS_TO_CAST, OURS_TO_CAST, own=True),
    "ballots:round": Row(EVERYBODY),
    "ballots:file": Row(EVERYBODY),
}
ELECTION_PLACES = {
    ("admin:events_term_appoint", "pk"): "vice_nomination",
    ("admin:events_term_certificate_pdf", "reference"): "office_certificate",
    **{(f"admin:events_election_{act}", "pk"): "candidacy" for act in ("admit", "withdraw")},
    **{
        (f"admin:events_election_{act}", "pk"): "open_round"
        for act in ("void", "open", "count", "turnout")
    },
    ("elections:stand", "pk"): "election",
    ("elections:withdraw", "pk"): "candidacy",
    ("elections:vote", "pk"): "open_round",
    ("elections:vote_for", "pk"): "open_round",
    ("elections:vote_for", "proxy"): "held_proxy",
    ("ballots:round", "pk"): "counted_round",
    ("ballots:file", "pk"): "counted_round",
}
