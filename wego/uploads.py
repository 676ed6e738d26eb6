"""Files that strangers hand in: taken only when their content proves harmless (S7).

The name and the type a browser sends are words, nothing more. What decides is the content, and it
is read in a process of its own with little memory and time: whatever a file does there, it does to
nobody else, and the web processes never load the readers.
"""

import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MEGABYTE = 1024 * 1024
LARGEST = 10 * MEGABYTE
LONGEST_NAME = 100
READ_WITHIN_SECONDS = 15
CHECK = Path(__file__).with_name("upload_check.py")
# By the word of the check: the type as HTTP names it, and the ending of the stored file.
TYPES = {
    "pdf": ("application/pdf", ".pdf"),
    "jpeg": ("image/jpeg", ".jpg"),
    "png": ("image/png", ".png"),
}
WHY_NOT = {
    "empty": gettext_lazy("The file is empty. Choose it again, or scan the page again."),
    "type": gettext_lazy("The file is no PDF, JPEG or PNG. Scan or photograph the page again."),
    "large": gettext_lazy(
        "The file is larger than 10 MB. Scan it in black and white or with 200 dpi."
    ),
    "broken": gettext_lazy(
        "The file is damaged or incomplete. Open it to see whether it can be read, "
        "then save or scan it again."
    ),
    "two": gettext_lazy(
        "Something else hides in this file. Scan or photograph the page again and send that."
    ),
    "locked": gettext_lazy("The PDF is protected. Save it without a password and try again."),
    "pages": gettext_lazy("The PDF has more than 40 pages. Send the signed form alone."),
    "pixels": gettext_lazy("The picture is too large to open. Send it with fewer pixels."),
    "active": gettext_lazy(
        "The PDF carries a script, a film or another file. Print it and scan the print."
    ),
    "bomb": gettext_lazy("The file unpacks into far too much. Scan the page again."),
    "picture": gettext_lazy("This is no picture. Choose a JPEG or PNG."),
}


class Upload(NamedTuple):
    """A file whose content was looked into; `name` is fit to be shown and stored."""

    name: str
    content: bytes
    content_type: str
    suffix: str


def check_upload(file: UploadedFile) -> Upload:
    """The file, if it is an unprotected PDF, JPEG or PNG that does nothing by itself.

    Raises:
        ValidationError: it is not; the code is the word of the check, the sentence what to do.
    """
    if file.size is None or file.size > LARGEST:
        raise refusal("large")
    content = file.read()
    word = look_from_outside(content)
    if word not in TYPES:
        raise refusal(word)
    content_type, suffix = TYPES[word]
    return Upload(tidy_name(file.name or "", suffix), content, content_type, suffix)


def refusal(word: str) -> ValidationError:
    """The sentence for a word of the check; a word it never says counts as broken."""
    code = word if word in WHY_NOT else "broken"
    return ValidationError(str(WHY_NOT[code]), code=code)


def look_from_outside(content: bytes) -> str:
    """The check's word about a file: its type, or why it is refused."""
    try:
        done = subprocess.run(  # noqa: S603 our own program, and the file is only its input
            [sys.executable, "-I", str(CHECK)],
            input=content,
            capture_output=True,
            timeout=READ_WITHIN_SECONDS,
            check=False,
            env={},
        )
    except subprocess.TimeoutExpired:
        return "bomb"
    if done.returncode != 0:
        # Ended from outside: it wanted more time or memory than a form can need.
        return "bomb"
    return done.stdout.decode("ascii", "replace").removeprefix("refused ")


def tidy_name(name: str, suffix: str) -> str:
    """A file's name without ways out, hidden signs or a lying ending."""
    last = unicodedata.normalize("NFC", name.replace("\\", "/")).rpartition("/")[2]
    seen = "".join(
        " " if sign in '<>:"|?*' else sign
        for sign in last
        if unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    )
    stem = " ".join(seen.rpartition(".")[0].split() or seen.split()).strip(". ")
    return (stem[:LONGEST_NAME].strip() or _("signed form")) + suffix


class SizeGuard(FileUploadHandler):
    """Stops keeping a file as soon as it is larger than any that is taken.

    The rest is read off the line and forgotten, so that the sender gets a page and not a broken
    connection. It must stand before Django's own handlers.
    """

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.refused = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass a piece on, or stop keeping the file."""
        if start + len(raw_data) > LARGEST:
            self.refused = True
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the next handler."""
