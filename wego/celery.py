"""The Celery application: it hands the sweeps to worker processes.

Nothing depends on a message for its correctness: the database says what is still to be done, and
a task only asks a rule to look.
"""

import logging.config
import os
import warnings
from pathlib import Path

from celery import Celery
from celery.exceptions import SecurityWarning
from celery.signals import setup_logging, worker_ready
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wego.settings")

app = Celery("wego")
app.config_from_object("wego.worker")
app.autodiscover_tasks()

# One line for every message received, sent and done would bury what a person should read.
QUIET_LOGGERS = ("celery", "kombu")
# It warns root because a pickled message may carry a program; ours are JSON.
warnings.filterwarnings("ignore", category=SecurityWarning, module="celery.platforms")


@setup_logging.connect
def use_own_logging(**_kwargs: object) -> None:
    """Log as the web processes do, and only warnings about single messages."""
    logging.config.dictConfig(settings.LOGGING)
    for name in QUIET_LOGGERS:
        logging.getLogger(name).setLevel(logging.WARNING)


@worker_ready.connect
def report_ready(**_kwargs: object) -> None:
    """Tell a supervisor that waits for it that messages are being read."""
    path = os.environ.get("WEGO_READY_FILE")
    if path:
        Path(path).touch()
