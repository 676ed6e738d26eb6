"""A night passes over the call for entries: its last day becomes yesterday.

    python -m tests.browser.night

on the house's own folder. Nothing else is touched: the rules ask the day and the deadline.
"""

import datetime as dt


def pass_night():
    """Every edition whose call is open ends a day earlier, and its entries came a day earlier."""
    from events.models import AwardEdition, AwardEntry
    from wego import seoul

    yesterday = seoul.today() - dt.timedelta(days=1)
    for edition in AwardEdition.objects.filter(state="call_open"):
        AwardEdition.objects.filter(pk=edition.pk).update(
            call_on=min(edition.call_on, yesterday), deadline_on=yesterday
        )
        AwardEntry.objects.filter(edition=edition, submitted_on__isnull=False).update(
            submitted_on=yesterday
        )


if __name__ == "__main__":
    import django

    django.setup()
    pass_night()
