"""The words of a PDF as a reader copies them."""

import subprocess


def text_of(content):
    """The text of a PDF, without the joiners that hold Korean words together."""
    done = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True
    )
    return done.stdout.decode().replace("\u2060", "")
