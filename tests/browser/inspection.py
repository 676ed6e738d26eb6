"""What is wrong with a page: violations of the policy, errors in the console, axe, overflow."""

import re
from urllib.parse import urljoin, urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Axe must not fetch or inject style sheets itself: the policy would rightly refuse them.
AXE_OPTIONS = {"runOnly": RULES, "resultTypes": ["violations"], "preload": False}
DOWNLOADS = re.compile(
    r"\.(pdf|zip|xlsx|csv|json)$|/(pdf|xlsx|csv|zip|merged|download\w*|jsi18n)/?$"
    r"|/(files|attachments)/\d+/$|/notice/\d+/letter/$|/paymentclaim/\d+/proof/$"
    r"|^/api/schema/$"
)
# A mail that staff read may hold a private link of somebody else; opening it is refused in words.
OF_SOMEBODY_ELSE = re.compile(r"^/join/[^/]+/$")
FORBIDDEN = 403
# What the browser says when an address answers with a file to save and not with a page.
IS_A_FILE = "Download is starting"
# Of each sort of switch one is visited: a number, numbers, an answer to choose.
OTHER_SWITCH = re.compile(r"/policyvalue/(?!hearing_days/|reminder_days/|full_by/)\w+/")
LISTEN = """
window.policyViolations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.policyViolations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
});
"""
WIDER_THAN_THE_WINDOW = """
() => {
  const root = document.documentElement;
  return root.scrollWidth > root.clientWidth + 1 ? root.scrollWidth - root.clientWidth : 0;
}
"""
SPLIT_KOREAN = """
() => [...document.querySelectorAll("main :is(p, h1, h2, th, td, li, dt, dd, label, a)")]
  .filter((element) => getComputedStyle(element).wordBreak !== "keep-all")
  .slice(0, 3)
  .map((element) => element.outerHTML.slice(0, 120))
"""


class Inspector:
    """Watches one page and says everything that is wrong with what it shows."""

    def __init__(self, context):
        self.page = context.new_page()
        self.page.add_init_script(LISTEN)
        self.heard = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.heard.append(f"script: {error}"))

    def _hear(self, message):
        if message.type == "error":
            self.heard.append(f"console: {message.text}")

    def visit(self, path):
        """Open a page; its faults, as sentences."""
        self.heard.clear()
        try:
            response = self.page.goto(path)
        except Error as error:
            if IS_A_FILE in str(error):
                return []
            raise
        if response.status == FORBIDDEN and OF_SOMEBODY_ELSE.match(path):
            self.heard.clear()  # the browser itself reports the 403
        elif response.status >= 400:
            return [f"status {response.status}"]
        return self.faults()

    def faults(self):
        """The faults of the page as it stands."""
        page = self.page
        # A page that counts on its own reloads when it is done.
        page.wait_for_load_state()
        page.wait_for_function("document.body !== null")
        found = [*self.heard, *page.evaluate("window.policyViolations")]
        if wider := page.evaluate(WIDER_THAN_THE_WINDOW):
            found.append(f"{wider} px wider than the window")
        found += [f"splits Korean words: {where}" for where in page.evaluate(SPLIT_KOREAN)]
        for violation in Axe().run(page, options=AXE_OPTIONS).response["violations"]:
            found += [
                f"axe {violation['id']}: {node['target']} {node['html'][:160]}"
                for node in violation["nodes"]
            ]
        return found

    def links(self):
        """Addresses of this site that this page leads to, without downloads and fragments."""
        here = self.page.url
        addresses = self.page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)")
        paths = []
        for address in addresses:
            parts = urlsplit(urljoin(here, address))
            if parts.netloc == urlsplit(here).netloc and not DOWNLOADS.search(parts.path):
                paths.append(parts.path + (f"?{parts.query}" if parts.query else ""))
        return list(dict.fromkeys(paths))


def kind_of(path):
    """Pages that differ only by a number, a date or a filter are of one kind."""
    path = re.sub(r"^/(apply|join)/[^/]{40,}/", r"/\1/LINK/", urlsplit(path).path)
    path = re.sub(r"/mailwording/\w+/\w+/", "/mailwording/KIND/", path)
    path = OTHER_SWITCH.sub("/policyvalue/KEY/", path)
    return re.sub(r"WEGO-\d+-[\w-]+|\d+", "N", path)


def links_of_each(inspector, path, *, most=12):
    """Where the things on a list lead: two of a kind may offer different acts."""
    inspector.page.goto(path)
    change = f"{urlsplit(path).path}N/change/"
    things = [link for link in inspector.links() if kind_of(link) == change]
    found = []
    for thing in things[:most]:
        inspector.page.goto(thing)
        found += inspector.links()
    return found


def walk(inspector, start, *, also=(), most=500):
    """Follow links from `start` and `also`, one page of each kind; kind -> (path, faults)."""
    waiting, seen = [start, *also], {}
    while waiting and len(seen) < most:
        path = waiting.pop(0)
        if kind_of(path) in seen:
            continue
        seen[kind_of(path)] = (path, inspector.visit(path))
        waiting += [link for link in inspector.links() if kind_of(link) not in seen]
    return seen
