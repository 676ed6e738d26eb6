"""The staff pages of the register: members, their figures, the people who sign in."""

from members.admin import (
    applications,
    decisions,
    figures,
    invitations,
    letters,
    organisations,
    people,
    proposals,
    tokens,
)

__all__ = [
    "applications",
    "decisions",
    "figures",
    "invitations",
    "letters",
    "organisations",
    "people",
    "proposals",
    "tokens",
]
