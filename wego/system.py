"""What this machine must bring besides Python: the libraries and fonts that make PDFs.

Standard library only: set-up runs this file with the bare interpreter before anything is
installed, and the system checks ask it again in the running house.
"""

import ctypes
import ctypes.util
import importlib.util
import shutil
import subprocess
import sys

LIBRARIES = {
    "Pango": "pango-1.0",
    "PangoFT2": "pangoft2-1.0",
    "HarfBuzz subset": "harfbuzz-subset",
}
PYTHON_PACKAGES = ("python3", "python3-venv")
PDF_PACKAGES = (
    "libpango-1.0-0",
    "libpangoft2-1.0-0",
    "libharfbuzz-subset0",
    "fontconfig",
    "fonts-nanum",
    "fonts-dejavu-core",
)
BREW_FORMULAS = ("python@3.11", "pango", "fontconfig", "font-nanum-gothic")


def opens(name: str | None) -> bool:
    """Whether the loader opens this file; None (not found) does not count."""
    try:
        return name is not None and bool(ctypes.CDLL(name))
    except OSError:
        return False


def loads(stem: str) -> bool:
    """Whether a shared library loads by any name that Linux or macOS gives it."""
    names = (f"lib{stem}.so.0", f"lib{stem}.0.dylib", f"lib{stem}.dylib")
    return any(opens(name) for name in names) or opens(ctypes.util.find_library(stem))


def missing_libraries() -> list[str]:
    """Names of the libraries that rendering needs and that do not load here."""
    return [title for title, stem in LIBRARIES.items() if not loads(stem)]


def has_korean_font() -> bool:
    """Whether fontconfig knows a font that covers Korean."""
    program = shutil.which("fc-list")
    if program is None:
        return False
    listed = subprocess.run(  # noqa: S603 - a fixed command without a shell
        [program, "-q", ":lang=ko"], check=False, capture_output=True
    )
    return listed.returncode == 0


def missing_python() -> list[str]:
    """What the running interpreter lacks to make a virtual environment."""
    missing = [] if sys.version_info >= (3, 11) else ["Python 3.11"]
    # Debian ships venv without ensurepip until python3-venv is installed.
    return [*missing, *(m for m in ("venv", "ensurepip") if importlib.util.find_spec(m) is None)]


def install_line(packages: tuple[str, ...] = PDF_PACKAGES) -> str:
    """The command that installs what is missing on this kind of machine."""
    if sys.platform == "darwin":
        return f"brew install {' '.join(BREW_FORMULAS)}"
    return f"sudo apt-get install --no-install-recommends {' '.join(packages)}"


def missing() -> list[str]:
    """Everything this machine lacks, in words; empty when it can make invoices."""
    fonts = [] if has_korean_font() else ["a font for Korean"]
    return [*missing_python(), *missing_libraries(), *fonts]


if __name__ == "__main__":
    sys.stdout.write(", ".join(missing()))
