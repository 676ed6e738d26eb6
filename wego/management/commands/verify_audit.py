"""`manage.py verify_audit`: prove that the audit trail is what was sealed, and print its head."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management import BaseCommand, CommandParser

from wego import seals


class Command(BaseCommand):
    """Exit 0 when every seal fits; 1 with sentences that say what does not."""

    help = "Verify the seals of the audit trail and print its head."

    def add_arguments(self, parser: CommandParser) -> None:
        """A head kept elsewhere shows whether the trail was cut off or written anew."""
        parser.add_argument("--head", default="", help="a head printed earlier and kept elsewhere")
        parser.add_argument("--json", action="store_true", help="answer in JSON")

    def handle(self, *_args: object, **options: Any) -> None:
        """Look at everything, say it."""
        verdict = seals.verify_trail(head=options["head"].strip().lower())
        if options["json"]:
            self.stdout.write(json.dumps(asdict(verdict)))
        else:
            self.stdout.write(
                f"{verdict.sealed} entries under {verdict.seals} seals, "
                f"{verdict.unsealed} not sealed yet.\nHead: {verdict.head}"
            )
            for fault in verdict.faults:
                self.stderr.write(fault)
        if verdict.faults:
            raise SystemExit(1)
