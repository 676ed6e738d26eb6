"""A house of its own for journeys: `manage.py serve` on a new folder, and Debian's chromium."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser.steady import settle_after_clicks

ROOT = Path(__file__).resolve().parent.parent.parent
PASSWORD = "wego-demo-2020"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
READY_WITHIN_SECONDS = 300


@contextmanager
def serve(folder: Path, *, settings: str = "wego.settings", **environment: str) -> Iterator[str]:
    """The address of a house with the demo loaded, stopped and waited for at the end."""
    port = find_free_port()
    address = f"http://127.0.0.1:{port}"
    keep = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
    with (folder / "serve.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve"],
            cwd=ROOT,
            env=keep
            | {
                "WEGO_DATA_DIR": str(folder),
                "PORT": str(port),
                "PUBLIC_URL": address,
                "PYTHONPATH": str(ROOT),
                "DJANGO_SETTINGS_MODULE": settings,
                "PYTHONUNBUFFERED": "1",
            }
            | environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_until_ready(address, process, folder / "serve.log")
            yield address
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=60)


def tell(folder: Path, story: str) -> str:
    """A story told in the house of a folder, as if people had worked there; what it prints."""
    keep = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
    told = subprocess.run(
        [sys.executable, "-m", f"tests.browser.{story}"],
        cwd=ROOT,
        env=keep | {"WEGO_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "wego.settings"},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return told.stdout


def find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_ready(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with urlopen(f"{address}/healthz", timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.3)
    message = f"The house did not start:\n{log.read_text(errors='replace')[-4000:]}"
    raise RuntimeError(message)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's chromium, without a window and without calls of its own."""
    settle_after_clicks()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS, headless=True
        )
        yield browser
        browser.close()


def log_in(browser: Browser, address: str, email: str) -> Any:
    """Cookies of a person who typed e-mail and password into the login page."""
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.goto("/login/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(lambda url: "/login/" not in url)
    state = context.storage_state()
    context.close()
    return state


def open_context(
    browser: Browser,
    address: str,
    *,
    state: Any = None,
    width: int = 1280,
    language: str = "en",
    scheme: Any = "light",
) -> BrowserContext:
    """A fresh window as this person, in this width, language and colour scheme."""
    context = browser.new_context(
        base_url=address,
        storage_state=state,
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        locale="ko-KR" if language == "ko" else "en-GB",
        reduced_motion="reduce",
    )
    context.add_cookies([{"name": "django_language", "value": language, "url": address}])
    return context
