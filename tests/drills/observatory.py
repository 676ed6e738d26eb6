"""Mozilla's Observatory on every kind of page: `python -m tests.drills.observatory`.

The house runs under https behind a proxy with a certificate of an authority made for the drill.
Needs `node` and `npm`; the package is fetched once into a folder (WEGO_OBSERVATORY keeps it), and
no script of any package is run while installing.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.browser.house import find_free_port
from tests.harness.served import served
from tests.harness.tls_front import make_certificates, tls_front

PACKAGE = "@mdn/mdn-http-observatory@1.4.8"
LEAST = 135
# Milliseconds until the scanner gives up a page.
PATIENCE = {"ABORT_TIMEOUT": "300000", "CLIENT_TIMEOUT": "300000"}
FILL = """
import django; django.setup()
import json, os, time
from django.test import Client
from django.conf import settings
from tests.access import world
facts = world.build()
cookies = {}
for role, user in facts["users"].items():
    browser = Client()
    browser.force_login(user)
    session = browser.session
    session["second_factor"] = True
    session.save()
    name = settings.SESSION_COOKIE_NAME
    cookies[role] = f"{name}={browser.cookies[name].value}"
own = {name: facts["own"][name] for name in ("number", "member", "receipt")}
open(os.environ["DRILL_FACTS"], "w").write(json.dumps({"cookies": cookies, "own": own}))
"""
STRANGER, MEMBER, ADMINISTRATOR = "", "own administrator", "administrator"


def pages_of(facts):
    """Every kind of page: name, address, who asks, and how it answers."""
    number, member = facts["own"]["number"], facts["own"]["member"]
    return [
        ("front page", "/", STRANGER, 200),
        ("sign in", "/login/", STRANGER, 200),
        ("forgotten password", "/account/password/forgotten/", STRANGER, 200),
        ("application", "/apply/", STRANGER, 200),
        ("directory", "/directory/", STRANGER, 200),
        ("history", "/history/", STRANGER, 200),
        ("interface explained", "/api/", STRANGER, 200),
        ("not found", "/nowhere/", STRANGER, 404),
        ("refused", "/admin/", MEMBER, 403),
        ("failure", "/fails/", STRANGER, 500),
        ("failure of a signed-in person", "/fails/", ADMINISTRATOR, 500),
        ("second factors", "/account/", ADMINISTRATOR, 200),
        ("today", "/admin/", ADMINISTRATOR, 200),
        ("list", "/admin/members/member/", ADMINISTRATOR, 200),
        ("member's file", f"/admin/members/member/{member}/change/", ADMINISTRATOR, 200),
        ("invoices", "/admin/dues/invoice/", ADMINISTRATOR, 200),
        ("form", "/admin/members/invitation/add/", ADMINISTRATOR, 200),
        ("policies", "/admin/wego/policyvalue/", ADMINISTRATOR, 200),
        ("system", "/admin/system/", ADMINISTRATOR, 200),
        ("audit trail", "/admin/wego/auditentry/", ADMINISTRATOR, 200),
        ("portal", "/portal/", MEMBER, 200),
        ("invoice", f"/portal/invoices/{number}/", MEMBER, 200),
    ]


def main():
    if not (shutil.which("node") and shutil.which("npm")):
        print("NOT RUN: the Observatory needs node and npm, which this machine has not.")
        sys.exit(2)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        package = install(Path(os.environ.get("WEGO_OBSERVATORY", folder / "package")))
        scans = scan(folder, package)
    low = [each for each in scans if each["score"] < LEAST or each["status"] != each["wanted"]]
    for each in scans:
        print(
            f"{each['grade']:>3} {each['score']:4} {each['passed']}/{each['of']}  "
            f"{each['status']}  {each['name']}"
        )
    for each in low:
        print(f"too low or not as wanted: {each}")
    scores = dict(Counter(each["score"] for each in scans))
    print(f"{len(scans)} kinds of page, scores {scores}, at least {LEAST} wanted, {len(low)} below")
    sys.exit(bool(low))


def install(folder):
    """Where the package lies; fetched when it does not lie there yet."""
    package = folder / "node_modules" / "@mdn" / "mdn-http-observatory"
    if not package.exists():
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", PACKAGE],
            cwd=folder,
            check=True,
            stdout=subprocess.DEVNULL,
        )
    # The browsers' own list would have to be fetched; nobody here is on it.
    (package / "conf" / "hsts-preload.json").write_text("{}")
    return package


def scan(folder, package):
    """What the Observatory says of every page."""
    port = find_free_port()
    authority, certificate = make_certificates(folder)
    data = folder / "house"
    data.mkdir()
    environment = {
        "PUBLIC_URL": f"https://localhost:{port}",
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "BEHIND_PROXY": "1",
        "DRILL_FACTS": str(folder / "facts.json"),
        "DJANGO_SETTINGS_MODULE": "tests.harness.failing",
    }
    url = f"sqlite:///{data}/wego.sqlite3"
    with served(data, url, fill=FILL, **environment) as house:
        facts = json.loads((folder / "facts.json").read_text())
        pages = pages_of(facts)
        behind = int(house.address.rpartition(":")[2])
        with tls_front(port, behind, certificate):
            asked = [
                {"name": name, "path": path, "cookie": facts["cookies"].get(who, "")}
                for name, path, who, _status in pages
            ]
            (folder / "pages.json").write_text(json.dumps(asked))
            script = Path(__file__).with_suffix(".mjs")
            said = subprocess.run(
                ["node", script, package, str(port), folder / "pages.json"],
                env={**os.environ, **PATIENCE, "NODE_EXTRA_CA_CERTS": str(authority)},
                check=True,
                capture_output=True,
                text=True,
            ).stdout
    scans = json.loads(said.splitlines()[-1])
    for each, (_name, _path, _who, status) in zip(scans, pages, strict=True):
        each["wanted"] = status
    return scans


if __name__ == "__main__":
    main()
