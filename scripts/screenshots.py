"""Take the pictures of the README: a house with the demonstration, its year 2020 issued on the way.

`make screenshots` writes docs/pictures/*.png: pages in English and Korean, on a desk and on a
phone, light and dark, and the first page of an invoice. Needs Debian's chromium and poppler-utils.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser import house, journey  # noqa: E402 the path is set just above

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PICTURES = ROOT / "docs" / "pictures"
YEAR = 2020
COLOURS = 160
DESK, PHONE = 1280, 360


@dataclass(frozen=True)
class Picture:
    """One page in one look."""

    name: str
    path: str
    person: str = "secretariat"
    width: int = DESK
    height: int = 860
    language: str = "en"
    scheme: str = "light"


BEFORE = (
    Picture("today", "/admin/"),
    Picture("today-dark", "/admin/", scheme="dark"),
    Picture("preview", f"/admin/dues/year/{YEAR}/"),
    Picture("preview-ko-dark", f"/admin/dues/year/{YEAR}/", language="ko", scheme="dark"),
    Picture("preview-phone", f"/admin/dues/year/{YEAR}/", width=PHONE, height=780),
    Picture("check", f"/admin/dues/year/{YEAR}/check/"),
)
AFTER = (
    Picture("today-ko-phone", "/admin/", width=PHONE, height=780, language="ko"),
    Picture("members", "/admin/members/member/"),
    Picture("members-ko", "/admin/members/member/", language="ko"),
    Picture("report", "/admin/members/member/report/?on=2019-12-31", height=1500),
    Picture("portal", "/portal/", person="kathmandu"),
    Picture("portal-phone", "/portal/", person="kathmandu", width=PHONE, height=780),
)


class Studio:
    """A browser, a house, and everyone's cookies."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser = browser
        self.address = address
        self.states: dict[str, Any] = {}

    def open_page(self, picture: Picture) -> Page:
        """Open a picture's page as its person, in its look."""
        if picture.person not in self.states:
            email = f"{picture.person}@wego.example"
            self.states[picture.person] = house.log_in(self.browser, self.address, email)
        context = house.open_context(
            self.browser,
            self.address,
            state=self.states[picture.person],
            width=picture.width,
            language=picture.language,
            scheme=picture.scheme,
        )
        page: Page = context.new_page()
        page.set_viewport_size({"width": picture.width, "height": picture.height})
        page.goto(picture.path, wait_until="networkidle")
        return page

    def take(self, picture: Picture) -> None:
        """Open, photograph, close."""
        page = self.open_page(picture)
        save(page.screenshot(), picture.name)
        page.context.close()


def save(png: bytes, name: str) -> None:
    """Keep a picture with few colours: pages have few, and the README loads quickly."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    path = PICTURES / f"{name}.png"
    path.write_bytes(png)
    with Image.open(path) as picture:
        few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
    sys.stdout.write(f"{path.relative_to(ROOT)}  {path.stat().st_size // 1000} kB\n")


def photograph_work(studio: Studio) -> None:
    """Issue the year, and photograph its documents while they are made."""
    page = studio.open_page(Picture("progress", f"/admin/dues/year/{YEAR}/check/"))
    journey.confirm_issue(page)
    journey.wait_for_documents(page, at_least=30)
    save(page.screenshot(), "progress")
    journey.wait_for_documents(page)
    page.context.close()


def photograph_invoice(studio: Studio, folder: Path, *, city: str, name: str) -> None:
    """Draw the first page of a city's invoice as the city gets it."""
    page = studio.open_page(Picture(name, f"/admin/dues/invoice/?q={city}"))
    link = page.locator("#result_list tbody tr a").first.get_attribute("href")
    page.goto(str(link))
    target = page.locator("a[href*='/pdf']").first.get_attribute("href")
    pdf = folder / "invoice.pdf"
    pdf.write_bytes(page.context.request.get(str(target)).body())
    page.context.close()
    command = [shutil.which("pdftoppm") or "pdftoppm", "-png", "-r", "90", "-singlefile"]
    subprocess.run([*command, str(pdf), str(folder / "invoice")], check=True)
    save((folder / "invoice.png").read_bytes(), name)


def main() -> None:
    """Take all pictures on a house that exists only for them."""
    with tempfile.TemporaryDirectory(prefix="wego-pictures-") as name:
        folder = Path(name)
        with house.serve(folder) as address, house.chromium() as browser:
            studio = Studio(browser, address)
            for picture in BEFORE:
                studio.take(picture)
            photograph_work(studio)
            for picture in AFTER:
                studio.take(picture)
            photograph_invoice(studio, folder, city="Kathmandu", name="invoice")
            photograph_invoice(studio, folder, city="Seoul", name="invoice-ko")


if __name__ == "__main__":
    main()
