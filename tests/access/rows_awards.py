"""The awards: public pages, entries by their private link, jurors, the secretariat."""

from tests.access.doors import (
    DEPENDS,
    EVERYBODY,
    JUROR,
    NOBODY,
    OFFICERS,
    OTHER,
    STAFF,
    Row,
    rows_of_table,
)

JURORS = frozenset({JUROR})
# The person of the other member sits on the other jury.
SITTING = JURORS | {OTHER}
AWARDS = {
    "awards:list": Row(EVERYBODY),
    "awards:edition": Row(EVERYBODY),
    "awards:picture": Row(EVERYBODY),
    "awards:begin": Row(EVERYBODY, EVERYBODY),
    "awards:link": Row(EVERYBODY, EVERYBODY),
    # The private link is the key: whoever has it is the entrant.
    **{
        f"awards:{name}": Row(EVERYBODY, EVERYBODY)
        for name in ("who", "project", "files", "check", "withdraw", "new-link")
    },
    "awards:entry": Row(EVERYBODY),
    "awards:file": Row(EVERYBODY),
    "awards:remove-file": Row(NOBODY, EVERYBODY),
    "awards:reopen": Row(NOBODY, EVERYBODY),
    "awards:paper": Row(EVERYBODY),
    # Staff who sit on no jury see an empty list.
    "jury:home": Row(SITTING | STAFF),
    "jury:accept": Row(NOBODY, JURORS, own=True),
    "jury:score": Row(JURORS, JURORS, own=True),
    "jury:recuse": Row(NOBODY, JURORS, own=True),
    "jury:file": Row(JURORS, own=True),
    **rows_of_table("events_awardedition", look=OFFICERS, add=OFFICERS),
    **rows_of_table("events_awardentry", look=OFFICERS),
    "admin:events_awardedition_add": Row(OFFICERS, OFFICERS),
    **{
        f"admin:events_awardedition_{act}": Row(OFFICERS, OFFICERS)
        for act in ("edit", "dates", "deadline", "jury", "winners")
    },
    **{
        f"admin:events_awardedition_{act}": Row(NOBODY, OFFICERS)
        for act in ("step", "assign", "remove_juror", "finalists", "tie")
    },
    "admin:events_awardedition_ranking": Row(OFFICERS),
    "admin:events_awardedition_paper": Row(OFFICERS, may_answer=DEPENDS),
    "admin:events_awardentry_check": Row(NOBODY, OFFICERS),
    "admin:events_awardentry_upload": Row(NOBODY, OFFICERS),
    "admin:events_awardentry_file": Row(OFFICERS),
}
# What stands in an address where the word of the argument alone does not say it.
_WORDS = {
    **{
        name: {"token": "award_token", "pk": "award_file"}
        for name in AWARDS
        if name[:7] == "awards:"
    },
    "awards:edition": {"code": "award_code"},
    "awards:begin": {"code": "award_code"},
    "awards:picture": {"pk": "award_picture"},
    "awards:paper": {"token": "award_token", "pk": "award_paper"},
    "jury:accept": {"pk": "juror"},
    "jury:score": {"pk": "scoresheet"},
    "jury:recuse": {"pk": "scoresheet"},
    "jury:file": {"pk": "scoresheet", "file": "sheet_file"},
    "admin:events_awardedition_remove_juror": {"pk": "juror"},
    "admin:events_awardedition_winners": {"pk": "awardcategory"},
    "admin:events_awardedition_tie": {"pk": "awardcategory"},
    "admin:events_awardedition_paper": {"pk": "award_paper"},
    "admin:events_awardentry_file": {"pk": "award_file"},
}
AWARD_PLACES = {(name, word): key for name, words in _WORDS.items() for word, key in words.items()}
