"""What is chosen at the policy switches of a member's life (S1-S6, S12-S16)."""

from members.switches import SWITCHES, Policies
from wego.policies import load_chosen

__all__ = ["Policies", "load_policies"]


def load_policies() -> Policies:
    """Every switch of this storey as chosen, in one query."""
    return Policies(**load_chosen(SWITCHES))
