"""The child process that draws a picture anew; see `wego.pictures`.

Started by its path and alone. It knows Pillow, limits itself before it reads a byte, and writes a
JPEG that keeps the pixels and nothing else: no description, no place, no second file behind it.
"""

import io
import resource
import sys

MEGABYTE = 1024 * 1024
MEMORY = 768 * MEGABYTE
SECONDS = 8
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 1600
QUALITY = 85


def limit_self() -> None:
    """Bound memory, time and files."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def redraw(content: bytes) -> bytes:
    """The picture upright, at most 1,600 pixels long, as a JPEG on white."""
    from PIL import Image, ImageOps  # noqa: PLC0415 after the limits

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with Image.open(io.BytesIO(content), formats=["JPEG", "PNG"]) as picture:
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        upright = ImageOps.exif_transpose(picture).convert("RGBA")
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    drawn = Image.new("RGB", upright.size, "white")
    drawn.paste(upright, mask=upright)
    out = io.BytesIO()
    drawn.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def main() -> int:
    """Read a picture from standard input and write the new one."""
    limit_self()
    sys.stdout.buffer.write(redraw(sys.stdin.buffer.read()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
