"""What the database itself refuses about decisions, whatever way it comes."""

from events.award_guards import AWARDS
from events.election_guards import ELECTIONS
from wego.guards import Guard, InsertGuard

GUARDS: tuple[Guard | InsertGuard, ...] = (
    Guard("events_meetingstage", "the history of a meeting is append-only: record another stage"),
    Guard("events_resolution", "a resolution never changes: correct it with a later one"),
    Guard("events_resolutionline", "a resolution never changes: correct it with a later one"),
    Guard("events_namedvote", "a vote never changes: correct the resolution with a later one"),
    Guard("events_writtenanswer", "an answer to a written ballot never changes"),
    Guard(
        "events_attendance",
        "who was there stays recorded: record when they left",
        frozen=("delegation_id", "delegate_id", "takes_part", "from_at"),
    ),
    Guard("events_eventpaper", "a paper that was written never changes: write another"),
    Guard("events_eventpaperdocument", "a stored document never changes"),
    Guard("events_confirmation", "a confirmation never changes: correct it with a resolution"),
    Guard("events_hostdecision", "a decision on a host never changes: decide anew"),
    Guard("events_biddocument", "what was handed in with a bid never changes"),
    Guard("events_historyfact", "a fact of the history never changes: import what is new"),
    Guard("events_quotednumber", "a quoted number never changes"),
    Guard("events_officestage", "a step of an office never changes: record another step"),
    *ELECTIONS,
    *AWARDS,
    Guard("events_supportstep", "the steps of a request are append-only: record another step"),
    Guard("events_supportreceipt", "a receipt stays recorded as it came"),
    Guard("events_credential", "what was handed in never changes: hand in another letter"),
)
