"""The child process that looks into an uploaded file; see `wego.uploads`.

It is started by its path and alone: it knows the standard library, pikepdf and Pillow, limits
itself before it reads a byte, and prints one word: the type it found, or why it refuses.
"""

import io
import re
import resource
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Any

MEGABYTE = 1024 * 1024
MEMORY = 768 * MEGABYTE
SECONDS = 8
MOST_PAGES = 40
MOST_OBJECTS = 50_000
MOST_UNPACKED = 400 * MEGABYTE
MOST_PIXELS = 50_000_000
DEEPEST = 60
# Readers look for the head of a PDF this far into a file.
HEAD = 1024
CHUNK = 64 * 1024

HEADS = {b"%PDF-": "pdf", b"\xff\xd8\xff": "jpeg", b"\x89PNG\r\n\x1a\n": "png"}
# Not all XML: the description of a picture (XMP) is harmless.
MARKUP = re.compile(rb"<(?:script|html|svg|iframe|body|!doctype|\?php)\b", re.IGNORECASE)
END_OF_PDF = re.compile(rb"%%EOF[\s\x00]*\Z")
ACTIVE_KEYS = frozenset(
    {"/JS", "/JavaScript", "/AA", "/XFA", "/EF", "/EmbeddedFiles", "/RichMedia"}
)
ACTIVE_ACTIONS = frozenset(
    {
        "/JavaScript",
        "/Launch",
        "/ImportData",
        "/SubmitForm",
        "/GoToE",
        "/GoToR",
        "/Movie",
        "/Sound",
        "/Rendition",
        "/RichMediaExecute",
    }
)
ACTIVE_TYPES = frozenset(
    {"/EmbeddedFile", "/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"}
)


class Refused(Exception):  # noqa: N818 the word it prints is what matters
    """The file is not taken; the argument says why in one word."""


def limit_self() -> None:
    """Bound memory, time and files, so that a bomb ends this process and nothing else."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def look(content: bytes) -> str:
    """The type of a file by its content: pdf, jpeg or png.

    Raises:
        Refused: empty, of no such type, broken, active, a bomb, or two files in one.
    """
    if not content:
        raise Refused("empty")
    found = next((name for head, name in HEADS.items() if content.startswith(head)), "")
    if not found:
        raise Refused("type")
    if zipfile.is_zipfile(io.BytesIO(content)):
        raise Refused("two")
    looks: dict[str, Callable[[bytes], None]] = {"pdf": look_into_pdf}
    looks.get(found, look_into_picture)(content)
    return found


def look_into_picture(content: bytes) -> None:
    """Refuse a picture that is broken, huge, or something else as well."""
    from PIL import Image  # noqa: PLC0415 after the limits

    if b"%PDF-" in content[:HEAD] or MARKUP.search(content):
        raise Refused("two")
    Image.MAX_IMAGE_PIXELS = None  # counted here, and with another word
    try:
        with Image.open(io.BytesIO(content), formats=["JPEG", "PNG"]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Refused("pixels")
            picture.verify()
        with Image.open(io.BytesIO(content), formats=["JPEG", "PNG"]) as picture:
            picture.draft("L", (picture.width // 8, picture.height // 8))
            picture.load()
    except (OSError, SyntaxError, ValueError, EOFError, zlib.error) as error:
        raise Refused("broken") from error


def look_into_pdf(content: bytes) -> None:
    """Refuse a PDF that is broken, locked, long, active, or unpacks into too much."""
    import pikepdf  # noqa: PLC0415 after the limits

    if MARKUP.search(content[:HEAD]):
        raise Refused("two")
    if not END_OF_PDF.search(content):
        raise Refused("broken")
    try:
        with pikepdf.open(io.BytesIO(content), attempt_recovery=False) as pdf:
            if pdf.is_encrypted:
                raise Refused("locked")
            if not pdf.pages:
                raise Refused("broken")
            if len(pdf.pages) > MOST_PAGES:
                raise Refused("pages")
            look_at_objects(pdf)
    except pikepdf.PasswordError as error:
        raise Refused("locked") from error
    except (pikepdf.PdfError, ValueError, RuntimeError, KeyError, zlib.error) as error:
        raise Refused("broken") from error


def look_at_objects(pdf: Any) -> None:  # noqa: ANN401 pikepdf's objects are untyped
    """Refuse what acts by itself, carries other files, or unpacks beyond measure."""
    if len(pdf.objects) > MOST_OBJECTS:
        raise Refused("bomb")
    unpacked = 0
    for thing in pdf.objects:
        for dictionary in dictionaries_in(thing):
            refuse_active(dictionary)
        if is_stream(thing):
            refuse_huge_picture(thing)
            unpacked += unpacked_size(thing, MOST_UNPACKED - unpacked)
        if unpacked > MOST_UNPACKED:
            raise Refused("bomb")


def dictionaries_in(thing: Any, depth: int = 0) -> Iterator[Any]:  # noqa: ANN401 the same
    """Every dictionary inside an object that is not an object of its own."""
    import pikepdf  # noqa: PLC0415 after the limits

    if depth > DEEPEST:
        raise Refused("bomb")
    if isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        yield thing
        inner = [thing[key] for key in thing.keys()]  # noqa: SIM118 no Python dict
    elif isinstance(thing, pikepdf.Array):
        inner = list(thing)
    else:
        return
    for value in inner:
        if not getattr(value, "is_indirect", False):
            yield from dictionaries_in(value, depth + 1)


def refuse_active(dictionary: Any) -> None:  # noqa: ANN401 the same
    """Refuse scripts, programs, forms that send, films, and files within the file."""
    keys = {str(key) for key in dictionary.keys()}  # noqa: SIM118 no Python dict
    words = {str(dictionary[key]) for key in ("/S", "/Subtype", "/Type") if key in keys}
    if keys & ACTIVE_KEYS or words & (ACTIVE_ACTIONS | ACTIVE_TYPES):
        raise Refused("active")


def is_stream(thing: Any) -> bool:  # noqa: ANN401 the same
    """Whether an object carries data."""
    import pikepdf  # noqa: PLC0415 after the limits

    return isinstance(thing, pikepdf.Stream)


def refuse_huge_picture(stream: Any) -> None:  # noqa: ANN401 the same
    """Refuse a picture no screen could open."""
    if str(stream.get("/Subtype", "")) == "/Image":
        pixels = int(stream.get("/Width", 0)) * int(stream.get("/Height", 0))
        if pixels > MOST_PIXELS * 2:
            raise Refused("pixels")


def unpacked_size(stream: Any, most: int) -> int:  # noqa: ANN401 the same
    """Bytes of a deflated stream, counted without keeping them, up to just above `most`."""
    filters = str(stream.get("/Filter", ""))
    if "FlateDecode" not in filters:
        return 0
    packed, size = bytes(stream.read_raw_bytes()), 0
    unpacker = zlib.decompressobj()
    waiting = packed
    while waiting and size <= most and not unpacker.eof:
        size += len(unpacker.decompress(waiting, CHUNK))
        waiting = unpacker.unconsumed_tail
    return size


def main() -> int:
    """Read a file from standard input and print one word about it."""
    limit_self()
    try:
        word = look(sys.stdin.buffer.read())
    except Refused as refusal:
        word = f"refused {refusal}"
    except (MemoryError, RecursionError):
        word = "refused bomb"
    sys.stdout.write(word)
    return 0


if __name__ == "__main__":
    sys.exit(main())
