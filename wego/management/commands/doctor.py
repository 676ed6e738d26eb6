"""`manage.py doctor`: what is wrong with this machine or its settings, and how to mend it."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from wego.condition import probes
from wego.condition.lines import BAD, INFO, OK, WARN, Group, gather
from wego.condition.whole import lines_of, look_at_house

MARKS = {OK: "ok  ", INFO: "note", WARN: "LOOK", BAD: "MEND"}


class Command(BaseCommand):
    """Exit 0 when nothing must be mended, else 1."""

    help = "Look at machine, settings, database, workers, backups and proofs; say what to mend."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """--json for programs; --quiet leaves out what is well."""
        parser.add_argument("--json", action="store_true", help="answer in JSON")
        parser.add_argument("--quiet", action="store_true", help="only what to mend or look at")

    def handle(self, *_args: object, **options: Any) -> None:
        """Look at everything, knock everywhere, say it."""
        groups = look_at_house(timezone.now())
        silent = any(line.code == "silent" for line in lines_of(groups, BAD))
        groups.append(knock(database=not silent))
        bad = lines_of(groups, BAD)
        if options["json"]:
            lines = [asdict(line) for line in lines_of(groups, *MARKS)]
            self.stdout.write(json.dumps({"ok": not bad, "lines": lines}, ensure_ascii=False))
        else:
            for group in groups:
                self.say(group, quiet=options["quiet"])
            self.stdout.write(
                f"{len(bad)} to mend, {len(lines_of(groups, WARN))} to look at."
                if bad or lines_of(groups, WARN)
                else "Nothing to mend."
            )
        if bad:
            raise SystemExit(1)

    def say(self, group: Group, *, quiet: bool) -> None:
        """One line each, and beneath it what to do."""
        for line in group.lines:
            if quiet and line.tone in (OK, INFO):
                continue
            self.stdout.write(f"{MARKS[line.tone]}  {line.label}: {line.value}")
            if line.tone in (WARN, BAD):
                for detail in line.details:
                    self.stdout.write(f"        {detail}")
            if line.todo:
                self.stdout.write(f"      → {line.todo}")


def knock(*, database: bool) -> Group:
    """What is only known by trying; a database that is known to be silent is left in peace."""
    asked = [probes.try_clocks, probes.try_checks] if database else []
    return gather(
        _("Doors"),
        probes.try_disk,
        probes.try_addresses,
        probes.try_redis,
        probes.try_mail_server,
        probes.try_translations,
        *asked,
    )
