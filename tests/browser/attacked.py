"""A house in which every text of every row is an attacker's; told in an empty house.

    python -m tests.browser.attacked

prints as JSON who may read which page, the cookie of each reader, and the columns written.
"""

import json
import sys
from importlib import import_module

# Whoever comes first and may look at an address looks.
READERS = ("administrator", "own administrator", "juror", "anonymous")


def fill():
    """Build one of everything, make it an attacker's, sign the readers in."""
    from django.test import Client

    from tests.access import rows, world
    from tests.access.addresses import all_addresses
    from tests.attacks import markup
    from tests.attacks.poison import poison

    built = world.build()
    cookies = {}
    for role in READERS[:-1]:
        browser = Client()
        browser.force_login(built["users"][role])
        cookies[role] = browser.cookies["session"].value
    columns = poison(markup.planted_in)
    pages = []
    for address in all_addresses():
        look = rows.ROWS[address.name].look
        if role := next((role for role in READERS if role in look), None):
            pages.append([role, address.path(rows.values_for(address, built["own"]))])
    json.dump({"pages": pages, "cookies": cookies, "columns": columns}, sys.stdout)


if __name__ == "__main__":
    import_module("django").setup()
    fill()
