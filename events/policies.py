"""What is chosen at the policy switches of meetings (S27-S32)."""

from events.switches import MEETINGS, MeetingPolicies
from wego.policies import load_chosen

__all__ = ["MeetingPolicies", "load_policies"]


def load_policies() -> MeetingPolicies:
    """Every switch of meetings as chosen, in one query."""
    return MeetingPolicies(**load_chosen(MEETINGS))
