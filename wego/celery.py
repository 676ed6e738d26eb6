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
from celery.signals import (
    setup_logging,
    task_postrun,
    task_prerun,
    worker_init,
    worker_ready,
    worker_shutdown,
)
from django.conf import settings

from wego import heartbeat, logs, startup

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


@task_prerun.connect
def number_task(task_id: str = "", **_kwargs: object) -> None:
    """Lines of a task carry its number, as those of a request do."""
    logs.current.set(task_id)


@task_postrun.connect
def end_task(**_kwargs: object) -> None:
    """What is logged between two tasks belongs to none."""
    logs.current.set("")


@worker_init.connect
def refuse_unsafe(**_kwargs: object) -> None:
    """A worker starts under the same conditions as the web server."""
    startup.refuse_unsafe_process()


@worker_ready.connect
def report_ready(sender: object = None, **_kwargs: object) -> None:
    """Begin to beat, and tell a supervisor that waits for it that messages are being read."""
    heartbeat.begin(str(getattr(sender, "hostname", sender)))
    path = os.environ.get("WEGO_READY_FILE")
    if path:
        Path(path).touch()


@worker_shutdown.connect
def report_leaving(sender: object = None, **_kwargs: object) -> None:
    """Stop beating: a worker that was told to go is not missed."""
    heartbeat.end(str(getattr(sender, "hostname", sender)))
