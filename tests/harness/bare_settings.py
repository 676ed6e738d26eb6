"""The production settings, with the bare view beside the house's addresses."""

from wego.settings import *  # noqa: F403 all of them

ROOT_URLCONF = "tests.harness.bare_urls"
# One person asks here as often as a whole house would: what a person may ask is no matter of load.
BUDGETS = False
