"""The house's settings and, beside its pages, the catalogue of components."""

from wego.settings import *  # noqa: F403 these are all of them
from wego.settings import BASE_DIR, TEMPLATES

ROOT_URLCONF = "tests.browser.catalogue"
TEMPLATES[0]["DIRS"].append(BASE_DIR / "tests" / "browser" / "templates")
