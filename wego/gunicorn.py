"""gunicorn's settings: `gunicorn -c python:wego.gunicorn wego.wsgi`."""

import os
from pathlib import Path

from wego import startup

# A page whose query lasts longer is a fault: nobody waits for it. Read when the house is loaded.
os.environ.setdefault("WEGO_STATEMENT_SECONDS", "10")

bind = f"{os.environ.get('WEGO_BIND', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "wego.web_worker.Worker"
threads = 4
# Loaded once, then forked: a quicker start, and the memory is shared.
preload_app = True

timeout = 60
graceful_timeout = 20
keepalive = 5
# Fresh processes now and then; never all at the same moment.
max_requests = 5000
max_requests_jitter = 500

# The heartbeat file must not wait for a disk.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
control_socket_disable = True
loglevel = "warning"
if os.environ.get("LOG_FORMAT", "").lower() == "json":
    # Said once and of the server only: the house logs its requests itself, without addresses.
    logconfig_dict = {
        "version": 1,
        "formatters": {"generic": {"()": "wego.logs.JsonFormatter"}},
        "loggers": {
            "gunicorn.error": {
                "level": "WARNING",
                "handlers": ["error_console"],
                "propagate": False,
                "qualname": "gunicorn.error",
            },
            "gunicorn.access": {"level": "CRITICAL", "handlers": [], "propagate": False},
        },
    }


def on_starting(_server: object) -> None:
    """Refuse to serve what is unsafe, before any worker is forked."""
    startup.refuse_unsafe_process()
