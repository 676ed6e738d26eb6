"""How programmes show the states of things."""

from django import template

from events.models import NominationState

register = template.Library()
TONES: dict[str, str] = {
    NominationState.NOMINATED: "info",
    NominationState.SELECTED: "info",
    NominationState.NOT_SELECTED: "quiet",
    NominationState.CONFIRMED: "ok",
    NominationState.ATTENDED: "ok",
    NominationState.ABSENT: "warn",
    NominationState.WITHDRAWN: "quiet",
}


@register.filter
def nomination_tone(state: str) -> str:
    """The tone of a nomination's state."""
    return TONES[state]
