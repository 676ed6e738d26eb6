"""The bank's file of one person between upload and import: kept privately, named by the session."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from dues.statements import CsvMapping, Statement, read_statements
from dues.statements.sizes import LARGEST
from wego import storage
from wego.uploads import tidy_name

SESSION_KEY = "bank_file"
STORED_AS = "statements/statement.dat"


@dataclass(frozen=True)
class KeptFile:
    """A file in the private store, and how it is read when it is a CSV."""

    path: str
    sha256: str
    name: str
    mapping: CsvMapping | None = None

    def read(self) -> bytes:
        """Its bytes, proved to be those handed in.

        Raises:
            ValidationError: they are gone or changed.
        """
        try:
            return storage.read_file(self.path, sha256=self.sha256)
        except storage.StorageError as error:
            raise ValidationError(
                _("The file is no longer there. Choose it again."), code="gone"
            ) from error

    def read_statements(self) -> list[Statement]:
        """What it holds.

        Raises:
            ValidationError: it cannot be read as a statement.
        """
        return read_statements(self.read(), self.name, self.mapping)


def keep_file(request: HttpRequest, file: UploadedFile) -> KeptFile:
    """Keep what was handed in for the next steps.

    Raises:
        ValidationError: it is larger than a statement can be.
    """
    name = file.name or ""
    if file.size is None or file.size > LARGEST:
        raise ValidationError(
            _("“%(name)s” is larger than a statement can be. Ask the bank for shorter periods.")
            % {"name": name[:100]},
            code="size",
        )
    stored = storage.store_file(STORED_AS, file.read())
    ending = name.rpartition(".")[2][:8]
    shown = tidy_name(name, f".{ending}" if ending.isalnum() and "." in name else "")
    return remember_file(request, KeptFile(stored.path, stored.sha256, shown))


def remember_file(request: HttpRequest, kept: KeptFile) -> KeptFile:
    """Have the session name the file; it holds one at a time."""
    request.session[SESSION_KEY] = json.dumps(asdict(kept))
    return kept


def find_file(request: HttpRequest) -> KeptFile | None:
    """The file that this person handed in last and has not imported."""
    facts: dict[str, Any] | None = json.loads(request.session.get(SESSION_KEY, "null"))
    if facts is None:
        return None
    mapping = facts.pop("mapping")
    if mapping is not None:
        mapping = CsvMapping(**{**mapping, "text": tuple(mapping["text"])})
    return KeptFile(**facts, mapping=mapping)


def forget_file(request: HttpRequest) -> None:
    """It is imported, or not wanted; the store keeps it as proof of what was handed in."""
    request.session.pop(SESSION_KEY, None)
