"""Files that were handed in around meetings: kept in the private store, read when they prove."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from wego import storage


def read_kept(path: str, sha256: str) -> bytes:
    """The bytes of a file that was handed in.

    Raises:
        ValidationError: the stored file is gone or was altered.
    """
    try:
        return storage.read_file(path, sha256=sha256)
    except storage.StorageError as error:
        raise ValidationError(
            _("The stored file %(path)s is missing or was altered: restore it from a backup.")
            % {"path": path},
            code="damaged",
        ) from error
