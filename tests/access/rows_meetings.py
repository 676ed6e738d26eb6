"""Who may look and act at the addresses of meetings."""

from tests.access.doors import NOBODY, OFFICERS, Row, rows_of_table

PAGES = ("change", "stage", "agenda", "item", "people", "decide", "correct", "confirm")
MEETINGS = {
    **rows_of_table("events_meeting", look=OFFICERS, add=NOBODY),
    **{f"admin:events_meeting_{name}": Row(OFFICERS, OFFICERS) for name in PAGES},
    **{
        f"admin:events_meeting_{name}": Row(OFFICERS, OFFICERS)
        for name in ("plan", "ballot", "answers", "memorandum")
    },
    "admin:events_meeting_change": Row(OFFICERS),
    "admin:events_meeting_paper": Row(OFFICERS),
    "admin:events_meeting_proxy": Row(OFFICERS),
    "admin:events_meeting_memorandum-pdf": Row(OFFICERS),
}
# Which thing of the world an address names, where its pattern does not say.
THINGS = {
    "admin:events_meeting_item": "agendaitem",
    "admin:events_meeting_decide": "agendaitem",
    "admin:events_meeting_correct": "resolution",
    "admin:events_meeting_paper": "itempaper",
    "admin:events_meeting_proxy": "proxy",
    "admin:events_meeting_memorandum-pdf": "meeting_memorandum",
}
