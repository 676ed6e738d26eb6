"""What the database itself refuses about terms of office and elections."""

from wego.guards import Guard, InsertGuard

NOMINATED = ("member_id", "nominated_on", "reference")
ROUND = ("election_id", "number", "manner", "seats", "public_key")
NO_VOTER = (
    "NOT EXISTS (SELECT 1 FROM events_voter "
    "JOIN events_election ON events_election.call_id = events_voter.call_id "
    "JOIN events_round ON events_round.election_id = events_election.id "
    "WHERE events_round.id = NEW.round_id AND events_round.state = 'open' "
    "AND events_voter.member_id = NEW.member_id AND events_voter.may_vote)"
)

ELECTIONS: tuple[Guard | InsertGuard, ...] = (
    Guard("events_term", "a term never changes: record its end, or another term"),
    Guard("events_termend", "the end of a term never changes"),
    Guard("events_officeholder", "who held an office never changes: record who follows"),
    *(
        Guard(f"events_{table}", "what was recorded of an election never changes")
        for table in (
            "electioncall",
            "election",
            "candidacy",
            "candidacyruling",
            "candidacywithdrawal",
            "electionconfirmation",
            "roundcandidate",
            "turnout",
            "roundcount",
        )
    ),
    Guard("events_voter", "the list of voters is fixed"),
    Guard("events_vicenomination", "a nomination never changes", frozen=NOMINATED),
    Guard("events_round", "a round of voting never changes", frozen=ROUND),
    Guard("events_publishedballot", "a published ballot never changes"),
    InsertGuard(
        "events_turnout",
        "entitled",
        "only a city on the list of voters votes, while voting is open",
        NO_VOTER,
    ),
)
