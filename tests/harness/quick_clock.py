"""The clock of the house at a run: `celery -A tests.harness.quick_clock beat`.

The same sweeps as in wego/worker.py, every second: a drill does not wait half a minute after each
kill.
"""

from wego.celery import app

SWEEPS = ("render pending documents", "mail invoices", "send pending mails")

app.conf.beat_schedule = {
    name: {**app.conf.beat_schedule[name], "schedule": 1.0, "options": {"expires": 2}}
    for name in SWEEPS
}
