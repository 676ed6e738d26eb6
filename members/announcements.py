"""What other systems are told of a member's life: its status changed."""

from collections.abc import Iterable

from members.models import StatusEntry
from wego.webhooks.announcing import announce_all, new_happening

STATUS_CHANGED = "member.status_changed"


def announce_statuses(entries: Iterable[StatusEntry]) -> None:
    """Announce lines of the history, in the transaction that wrote them and in one query."""
    announce_all(
        new_happening(
            STATUS_CHANGED,
            {
                "member": entry.member_id,
                "status": str(entry.status),
                "effective_on": entry.effective_on.isoformat(),
            },
            file=entry.member,
        )
        for entry in entries
    )
