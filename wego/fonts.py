"""The fonts of printed documents: asked of fontconfig before WeasyPrint asks for them."""

import ctypes
import ctypes.util
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FONTS_CONF = Path(__file__).parent / "assets" / "fonts.conf"
# The text font, and the one for letters it lacks, which few names need.
TEXT_FAMILY = "NanumGothic"
FAMILIES = (TEXT_FAMILY, "DejaVu Sans")


class _FontSet(ctypes.Structure):
    _fields_ = (("nfont", ctypes.c_int), ("sfont", ctypes.c_int), ("fonts", ctypes.c_void_p))


@contextmanager
def only_ours() -> Iterator[None]:
    """Within: fontconfig sees the families of `assets/fonts.conf` alone."""
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(FONTS_CONF)
    try:
        yield
    finally:
        if before is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = before


def count_fonts() -> dict[str, int]:
    """How many fonts of each family are installed (regular and bold make two).

    Raises OSError when fontconfig itself is missing.
    """
    library = ctypes.CDLL(ctypes.util.find_library("fontconfig") or "libfontconfig.so.1")
    for name in ("FcInitLoadConfigAndFonts", "FcNameParse", "FcObjectSetCreate"):
        getattr(library, name).restype = ctypes.c_void_p
    library.FcFontList.restype = ctypes.POINTER(_FontSet)
    library.FcFontList.argtypes = [ctypes.c_void_p] * 3
    library.FcNameParse.argtypes = [ctypes.c_char_p]
    library.FcObjectSetAdd.argtypes = [ctypes.c_void_p, ctypes.c_char_p]
    for name in ("FcConfigDestroy", "FcPatternDestroy", "FcObjectSetDestroy", "FcFontSetDestroy"):
        getattr(library, name).argtypes = [ctypes.c_void_p]
        getattr(library, name).restype = None
    with only_ours():
        config = library.FcInitLoadConfigAndFonts()
    objects = library.FcObjectSetCreate()
    library.FcObjectSetAdd(objects, b"file")
    counts = {}
    for family in FAMILIES:
        pattern = library.FcNameParse(family.encode())
        found = library.FcFontList(config, pattern, objects)
        counts[family] = found.contents.nfont
        library.FcFontSetDestroy(found)
        library.FcPatternDestroy(pattern)
    library.FcObjectSetDestroy(objects)
    library.FcConfigDestroy(config)
    return counts


def missing_fonts() -> list[str]:
    """What of the text font is missing, in words; empty when documents can be printed."""
    return [] if count_fonts()[TEXT_FAMILY] else [f"the font {TEXT_FAMILY}"]
