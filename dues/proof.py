"""The proof of the books: everything that must hold, looked at in bounded memory.

Nothing here trusts the rules or the database's guards: whatever they should have made impossible is
looked for all the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from dues.faults import Proof
from dues.models import InvoiceDocument, PaperDocument
from dues.proof_balances import prove_balances
from dues.proof_entries import prove_entries
from dues.proof_numbers import prove_numbers
from members.models import LetterDocument
from wego import guards, seals, storage
from wego.money import plain

# Of all faults so many are kept in words with the result.
MOST_KEPT = 50


def verify_books(*, files: bool = True) -> Proof:
    """Prove the ledger, the documents and their numbers, the guards and the audit trail.

    Without `files` the bytes of stored documents are not read.
    """
    proof = Proof()
    prove_entries(proof)
    prove_balances(proof)
    prove_numbers(proof)
    prove_guards(proof)
    prove_trail(proof)
    if files:
        prove_files(proof)
    return proof


def summarise(proof: Proof) -> dict[str, Any]:
    """The proof as JSON values: counts, sums as plain amounts, faults by code and in words."""
    return {
        "counts": proof.counts,
        "sums": {name: plain(cents) for name, cents in proof.sums.items()},
        "found": dict(proof.found),
        "faults": [f"{fault.code}: {fault.words}" for fault in proof.faults[:MOST_KEPT]],
    }


def prove_for_house() -> dict[str, Any]:
    """What dues answers the frame that asks for a proof of the books."""
    proof = verify_books()
    return {"ok": proof.ok, **summarise(proof)}


def prove_guards(proof: Proof) -> None:
    """Every trigger stands."""
    words = _("The database guard %(name)s is missing: run `manage.py migrate`.")
    proof.add("guard", (words % {"name": name} for name in guards.missing()))


def prove_trail(proof: Proof) -> None:
    """The audit trail is what was sealed."""
    verdict = seals.verify_trail()
    proof.counts["audit_entries"] = verdict.sealed + verdict.unsealed
    proof.add("audit", verdict.faults)


def stored_documents() -> Iterator[Any]:
    """The rows of every document whose bytes are kept."""
    kept: list[Any] = [InvoiceDocument.objects, PaperDocument.objects, LetterDocument.objects]
    for documents in kept:
        yield from documents.order_by("pk").iterator(chunk_size=500)


def prove_files(proof: Proof) -> None:
    """Stored PDFs are the bytes that were stored."""
    number = 0
    for document in stored_documents():
        number += 1
        try:
            content = storage.read_file(document.path, sha256=document.sha256)
        except storage.StorageError as error:
            proof.add("file", [str(error)])
            continue
        if len(content) != document.size:
            words = _("%(path)s has not the size it was stored with.")
            proof.add("file", [words % {"path": document.path}])
    proof.counts["files"] = number
