"""What is wrong with a page: violations of the policy, errors in the console, axe, overflow."""

import re
from urllib.parse import urljoin, urlsplit

from axe_playwright_python.sync_playwright import Axe

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Axe must not fetch or inject style sheets itself: the policy would rightly refuse them.
AXE_OPTIONS = {"runOnly": RULES, "resultTypes": ["violations"], "preload": False}
DOWNLOADS = re.compile(
    r"\.(pdf|zip|xlsx|csv|json)$|/(pdf|xlsx|csv|zip|merged|download\w*|jsi18n)/?$"
)
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
        response = self.page.goto(path)
        if response.status >= 400:
            return [f"status {response.status}"]
        return self.faults()

    def faults(self):
        """The faults of the page as it stands."""
        page = self.page
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
    return re.sub(r"WEGO-\d+-\d+|\d+", "N", urlsplit(path).path)


def walk(inspector, start, *, most=60):
    """Follow links from `start`, one page of each kind; kind -> (path, faults)."""
    waiting, seen = [start], {}
    while waiting and len(seen) < most:
        path = waiting.pop(0)
        if kind_of(path) in seen:
            continue
        seen[kind_of(path)] = (path, inspector.visit(path))
        waiting += [link for link in inspector.links() if kind_of(link) not in seen]
    return seen
