"""What is chosen at the policy switches of offices (S33-S35)."""

from events.office_switches import OFFICES, OfficePolicies
from wego.policies import load_chosen

__all__ = ["OfficePolicies", "load_office_policies"]


def load_office_policies() -> OfficePolicies:
    """Every switch of offices as chosen, in one query."""
    return OfficePolicies(**load_chosen(OFFICES))
