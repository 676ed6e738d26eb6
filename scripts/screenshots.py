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
from tests.browser import test_excom as excom  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

PICTURES = ROOT / "docs" / "pictures"
YEAR = 2020
BOARD = f"/admin/dues/year/{YEAR}/board/?on=2020-06-30"
COLOURS = 160
DESK, PHONE = 1280, 360
NOBODY = ""


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
    Picture("front", "/", person=NOBODY, height=1100),
    Picture("front-ko-phone", "/", person=NOBODY, width=PHONE, height=780, language="ko"),
    Picture("apply", "/apply/", person=NOBODY, height=1000),
    Picture("apply-ko-phone", "/apply/", person=NOBODY, width=PHONE, height=780, language="ko"),
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
    Picture("file", "/admin/search/?q=카트만두", height=1300),
    Picture("file-ko-phone", "/admin/search/?q=카트만두", width=PHONE, language="ko"),
    Picture("report", "/admin/members/member/report/?on=2019-12-31", height=1500),
    Picture("portal", "/portal/", person="kathmandu"),
    Picture("portal-phone", "/portal/", person="kathmandu", width=PHONE, height=780),
    Picture("portal-ko", "/portal/", person="kathmandu", language="ko"),
)


# Of a house in which finance has worked for half a year.
MONEY = (
    Picture("board", BOARD, person="finance", height=1000),
    Picture("board-ko-phone", BOARD, "finance", PHONE, language="ko"),
    Picture("bank", "/admin/dues/bank/", person="finance"),
    Picture("bank-ko-dark", "/admin/dues/bank/", "finance", language="ko", scheme="dark"),
    Picture("aging", "/admin/dues/books/aging/?on=2020-06-30", person="finance", height=1000),
    Picture("payments", "/admin/dues/payment/", person="finance"),
    Picture("reminders", "/admin/dues/reminders/", person="finance"),
    Picture("reminders-ko-phone", "/admin/dues/reminders/", "finance", PHONE, language="ko"),
    Picture("cash", f"/admin/dues/books/cash/?year={YEAR}", person="finance"),
)


# What a house shows of those who decide, once the history is in it.
DECIDING = (
    Picture("history", "/history/", person=NOBODY, height=1500),
    Picture("history-ko-phone", "/history/", person=NOBODY, width=PHONE, language="ko"),
    Picture("offices", "/admin/events/term/", height=1000),
    Picture("awards", "/awards/", person=NOBODY),
    Picture("system", "/admin/system/", person="admin", height=1100),
)


class Studio:
    """A browser, a house, and everyone's cookies."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser = browser
        self.address = address
        self.states: dict[str, Any] = {}

    def open_page(self, picture: Picture) -> Page:
        """Open a picture's page as its person, in its look."""
        if picture.person and picture.person not in self.states:
            email = f"{picture.person}@wego.example"
            self.states[picture.person] = house.log_in(self.browser, self.address, email)
        context = house.open_context(
            self.browser,
            self.address,
            state=self.states.get(picture.person),
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


def photograph_admission(studio: Studio, folder: Path) -> None:
    """Odense's application as the secretariat and as Odense see it, and its certificate."""
    page = studio.open_page(Picture("application", "/admin/members/application/", height=1500))
    page.get_by_role("link", name="Odense").click()
    save(page.screenshot(), "application")
    link = page.get_by_role("link", name="As the applicant sees it").get_attribute("href")
    page.get_by_role("button", name="Accept as associate").click()
    page.get_by_role("link", name="Open the member").click()
    file = page.url
    for look in (
        Picture("status", str(link), person=NOBODY, height=1100),
        Picture("status-ko-phone", str(link), person=NOBODY, width=PHONE, language="ko"),
    ):
        studio.take(look)
    page.goto("/admin/members/decision/record/")
    page.fill("[name=meeting]", "EXCOM, Seoul (demo)")
    page.fill("[name=reference]", "agenda item 3")
    page.locator("main form button[type=submit]").first.click()
    save(page.screenshot(), "decision")
    page.locator("main button[name=step][value=record]").click()
    page.goto(file)
    save_first_page(page, page.get_by_role("link", name="Certificate"), folder, "certificate")
    page.context.close()


def save_first_page(page: Page, links: Locator, folder: Path, name: str) -> None:
    """Draw the first page of a PDF once the worker has made it."""
    href = str(links.first.get_attribute("href"))
    answer = page.request.get(href)
    for _turn in range(120):
        if answer.ok:
            break
        page.wait_for_timeout(500)
        answer = page.request.get(href)
    pdf = folder / f"{name}.pdf"
    pdf.write_bytes(answer.body())
    command = [shutil.which("pdftoppm") or "pdftoppm", "-png", "-r", "90", "-singlefile"]
    subprocess.run([*command, str(pdf), str(folder / name)], check=True)
    save((folder / f"{name}.png").read_bytes(), name)


def photograph_invoice(studio: Studio, folder: Path, *, city: str, name: str) -> None:
    """Draw the first page of a city's invoice as the city gets it."""
    page = studio.open_page(Picture(name, f"/admin/dues/invoice/?q={city}"))
    link = page.locator("#result_list tbody tr a").first.get_attribute("href")
    page.goto(str(link))
    save_first_page(page, page.locator("a[href*='/pdf']"), folder, name)
    page.context.close()


def photograph_money(studio: Studio, folder: Path) -> None:
    """Finance's desk, once half a year of money has come in."""
    house.tell(folder, "busy_year")
    for picture in MONEY:
        studio.take(picture)


def photograph_meeting(browser: Browser) -> None:
    """The EXCOM of 2019, from its plan to what it resolved, in a house of its own."""
    with (
        tempfile.TemporaryDirectory(prefix="wego-pictures-") as name,
        house.serve(Path(name)) as at,
    ):
        studio, seated = Studio(browser, at), house.tell(Path(name), "excom").split()
        page = studio.open_page(Picture("excom", "/admin/"))
        excom.plan(page)
        board = page.url
        excom.call(page, board)
        excom.invite(page, board, seated)
        excom.agenda(page, board)
        excom.come(page, board, 4)
        excom.decide(page, board)
        excom.come(page, board, 2)
        excom.correct(page, board)
        path = board.removeprefix(at)
        for picture in (
            Picture("excom", path, height=1250),
            Picture("excom-ko-phone", path, width=PHONE, language="ko"),
            Picture("quorum", path.replace("/change/", "/people/"), height=1000),
            Picture("confirm", path.replace("/change/", "/confirm/"), height=1000),
            *DECIDING,
        ):
            studio.take(picture)
        page.context.close()


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
            photograph_admission(studio, folder)
            photograph_invoice(studio, folder, city="Kathmandu", name="invoice")
            photograph_invoice(studio, folder, city="Seoul", name="invoice-ko")
            photograph_money(studio, folder)
            photograph_meeting(browser)


if __name__ == "__main__":
    main()
