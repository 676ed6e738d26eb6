"""The staff pages of the register: members, their figures, the people who sign in."""

from members.admin import figures, organisations, people

__all__ = ["figures", "organisations", "people"]
