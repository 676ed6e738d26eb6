"""A member's status on any date."""

import datetime as dt
import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from members.biography import Standing, find_by_name, suggest_names, tell_standing
from members.lifecycle import words


class Command(BaseCommand):
    """`member_status NAME [--country KR] --on 2021-06-30 [--json]`; exit 2: nobody is called so."""

    help = (
        "Tell a member's status on a date from its history. The name may be in English or Korean, "
        "of today or of earlier; every member that bears it is told."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, when, and the form of the answer."""
        parser.add_argument("name", metavar="NAME")
        parser.add_argument("--country", default="", metavar="KR", help="two letters, ISO 3166")
        parser.add_argument("--on", required=True, type=dt.date.fromisoformat, metavar="YYYY-MM-DD")
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(
        self,
        *_args: Any,
        name: str,
        country: str,
        on: dt.date,
        as_json: bool,
        **_options: Any,
    ) -> None:
        """Look the name up and tell."""
        standings = [tell_standing(each, on) for each in find_by_name(name, country_code=country)]
        if not standings:
            raise CommandError(self.say_unknown(name, country), returncode=2)
        if as_json:
            answer = {"on": on.isoformat(), "members": [each.as_json() for each in standings]}
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
            return
        if len(standings) > 1:
            self.stdout.write(f"{len(standings)} members are or were called “{name}”:")
        for standing in standings:
            self.stdout.write(say(standing))

    def say_unknown(self, name: str, country: str) -> str:
        """Nobody is called so, and who nearly is."""
        place = f" in {country.upper()}" if country else ""
        sentence = f"No member{place} is or was called “{name}”."
        close = suggest_names(name, country_code=country)
        return f"{sentence} Did you mean {' or '.join(close)}?" if close else sentence


def say(standing: Standing) -> str:
    """One member's standing, as a sentence."""
    member = standing.member
    who = f"{member.name_en} ({member.kind}, {member.country_code})"
    if standing.name_en != member.name_en:
        who += f", then called {standing.name_en},"
    if standing.status is None:
        return f"{who} on {standing.on}: not a member yet."
    parts = [f"{who} on {standing.on}: {words(standing.status).lower()} since {standing.since}"]
    if standing.full_since:
        if standing.full_since != standing.since:
            parts.append(f"full member since {standing.full_since}")
        parts.append(f"first dues year {standing.first_dues_year}")
    return "; ".join(parts) + "."
