"""The staff pages of events, by topic."""

from events.admin.around import calls, support
from events.admin.awards import editions, entries
from events.admin.electing import elections, terms
from events.admin.meetings import meetings
from events.admin.programmes import advisers, offices, partners, requests, trainings

__all__ = [
    "advisers",
    "calls",
    "editions",
    "elections",
    "entries",
    "meetings",
    "offices",
    "partners",
    "requests",
    "support",
    "terms",
    "trainings",
]
