"""What is chosen at the policy switches of dues (S8-S11, S18, S21, matching)."""

from dues.switches import SWITCHES, DuesPolicies
from wego.policies import load_chosen

__all__ = ["DuesPolicies", "load_policies"]


def load_policies() -> DuesPolicies:
    """Every switch of this storey as chosen, in one query."""
    return DuesPolicies(**load_chosen(SWITCHES))
