"""Pictures that strangers hand in and everybody sees: never their bytes, always drawn anew (S7).

As with `wego.uploads`, whatever a picture does while it is read, it does in a process of its own.
"""

import subprocess
import sys
from pathlib import Path

from wego.uploads import READ_WITHIN_SECONDS, Upload, refusal, tidy_name

REDRAW = Path(__file__).with_name("redraw_picture.py")
CONTENT_TYPE, SUFFIX = "image/jpeg", ".jpg"


def redraw_picture(upload: Upload) -> Upload:
    """A checked picture as a JPEG of pixels alone, at most 1,600 pixels long.

    Raises:
        ValidationError: it is no picture (`picture`), or cannot be drawn (`broken`).
    """
    if not upload.content_type.startswith("image/"):
        raise refusal("picture")
    try:
        done = subprocess.run(  # noqa: S603 our own program, and the file is only its input
            [sys.executable, "-I", str(REDRAW)],
            input=upload.content,
            capture_output=True,
            timeout=READ_WITHIN_SECONDS,
            check=False,
            env={},
        )
    except subprocess.TimeoutExpired as error:
        raise refusal("bomb") from error
    if done.returncode != 0 or not done.stdout.startswith(b"\xff\xd8\xff"):
        raise refusal("broken")
    return Upload(tidy_name(upload.name, SUFFIX), done.stdout, CONTENT_TYPE, SUFFIX)
