"""Prints documents that want to reach servers and files, and notes what the process reached.

    python -m tests.attacks.printing < snapshots.json

reads {name: [package of the page, snapshot]} and prints {name: {"outcome", "reached"}}. Every
connection and every file opened outside the house, its fonts and Python counts as reached.
"""

import json
import os
import sys
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
WATCHED = {
    "socket.connect",
    "socket.getaddrinfo",
    "urllib.Request",
    "os.system",
    "subprocess.Popen",
}
reached: list[str] = []
# Not empty while a document is printed.
watching: list[bool] = []


def watch(event, arguments):
    """What `sys.addaudithook` calls: it can be put in, and never taken out."""
    if not watching:
        return
    if event == "urllib.Request" and str(arguments[0]).startswith("data:"):
        return  # the picture is in the document itself
    if event in WATCHED:
        reached.append(f"{event} {arguments[:2]}")
    elif event == "open" and isinstance(arguments[0], str | bytes):
        path = os.path.realpath(os.fsdecode(arguments[0]))
        if not path.startswith(homes()):
            reached.append(f"open {path}")


def homes():
    """Where a printer may read: the house's own assets and templates, Python, the two fonts."""
    fonts = ("/usr/share/fonts/", "/etc/fonts/")
    house = (f"{ROOT}/templates/", f"{ROOT}/wego/assets/", f"{ROOT}/static/", f"{ROOT}/locale/")
    code = tuple(os.path.realpath(path) + "/" for path in (sys.prefix, sys.base_prefix))
    packages = tuple(f"{ROOT}/{name}/" for name in ("wego", "members", "dues", "events"))
    return (*fonts, *house, *code, *packages, "/dev/urandom", "/dev/null")


def print_document(page, snapshot):
    """One document as its press prints it."""
    from types import SimpleNamespace

    if page == "dues.documents":
        return import_module(page).render_invoice(snapshot)
    paper = SimpleNamespace(
        snapshot=snapshot, kind=snapshot["kind"], reference=snapshot["reference"]
    )
    return import_module(page).make_pdf(paper)


def try_to_print(page, snapshot):
    """What came of it, and what was reached meanwhile."""
    from wego.pdf import RenderError

    reached.clear()
    watching.append(True)
    try:
        print_document(page, snapshot)
        outcome = "printed"
    except RenderError as error:
        outcome = f"refused: {error}"[:300]
    finally:
        watching.clear()
    return {"outcome": outcome, "reached": list(reached)}


def print_unguarded(address, canary):
    """The control: WeasyPrint with its own fetcher."""
    import weasyprint

    reached.clear()
    watching.append(True)
    page = f'<img alt="a" src="{address}"><link rel="attachment" href="{canary}">'
    weasyprint.HTML(string=page).write_pdf()
    watching.clear()
    return {"outcome": "printed", "reached": list(reached)}


def main():
    import_module("django").setup()
    given = json.load(sys.stdin)
    # Fonts and libraries are found once, with whatever document comes first.
    print_document(*given["clean"])
    sys.addaudithook(watch)
    found = {name: try_to_print(*each) for name, each in given["documents"].items()}
    found["control"] = print_unguarded(*given["control"])
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "wego.settings"
    main()
