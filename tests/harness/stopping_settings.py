"""The settings of the house, with a way to stop a request in the middle; for drills alone."""

from wego.settings import *  # noqa: F403
from wego.settings import MIDDLEWARE as OWN

MIDDLEWARE = ["tests.harness.stopping.StopMiddleware", *OWN]
