"""The house's settings and, beside its pages, one with a hole: it shows a text as markup."""

from wego.settings import *  # noqa: F403 these are all of them

ROOT_URLCONF = "tests.browser.hole"
