"""`manage.py verify_books`: prove that the books are right, or say what is wrong."""

import json
from typing import Any

from django.core.management import BaseCommand, CommandParser
from django.utils import timezone

from dues.faults import Proof
from dues.proof import summarise, verify_books
from wego.models import OperationKind
from wego.operations import Outcome, record_operation


class Command(BaseCommand):
    """Exit 0 with what was counted; 1 with a sentence for each fault."""

    help = "Verify the ledger, documents, numbers, guards, stored files and the audit trail."

    def add_arguments(self, parser: CommandParser) -> None:
        """The bytes of stored documents are read unless told otherwise."""
        parser.add_argument("--skip-files", action="store_true", help="do not read stored PDFs")
        parser.add_argument("--json", action="store_true", help="answer in JSON")
        parser.add_argument(
            "--no-record", action="store_true", help="do not note the result for the page System"
        )

    def handle(self, *_args: object, **options: Any) -> None:
        """Look at everything, note it, say it."""
        started_at = timezone.now()
        proof = verify_books(files=not options["skip_files"])
        if not options["no_record"]:
            record_operation(
                OperationKind.BOOKS,
                Outcome(proof.ok, summarise(proof)),
                started_at=started_at,
                finished_at=timezone.now(),
            )
        if options["json"]:
            self.stdout.write(json.dumps(answer(proof), ensure_ascii=False))
        else:
            self.say(proof)
        if not proof.ok:
            raise SystemExit(1)

    def say(self, proof: Proof) -> None:
        """The proof for people."""
        sums = summarise(proof)["sums"]
        counted = ", ".join(f"{count:,} {name}" for name, count in proof.counts.items())
        self.stdout.write(counted)
        self.stdout.write(", ".join(f"{name} {amount}" for name, amount in sums.items()))
        for fault in proof.faults:
            self.stderr.write(f"{fault.code}: {fault.words}")
        self.stdout.write("The books are right." if proof.ok else f"{proof.found.total()} faults.")


def answer(proof: Proof) -> dict[str, Any]:
    """The proof for programs."""
    faults = [{"code": fault.code, "words": fault.words} for fault in proof.faults]
    return {"ok": proof.ok, **summarise(proof), "faults": faults}
