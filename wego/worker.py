"""Celery's settings, read when the first message is sent or a worker starts.

Without REDIS_URL the queue is a folder of files and the single worker carries the clock (beat).
"""

from typing import Any

from django.conf import settings

broker_url = settings.REDIS_URL or "files://localhost"
broker_transport = None if settings.REDIS_URL else "wego.queue:Transport"
broker_transport_options: dict[str, Any] = (
    # Longer than the longest task: a message is not given to a second worker meanwhile.
    {"visibility_timeout": 2 * 60 * 60}
    if settings.REDIS_URL
    else {"folder": str(settings.DATA_DIR / "queue"), "polling_interval": 0.5}
)
broker_connection_retry_on_startup = True
# A page that asks for a sweep must not hang when the broker is away: the clock asks again.
task_publish_retry_policy = {"max_retries": 1, "interval_start": 0.1}

# The database keeps results. Messages carry names and numbers only.
task_ignore_result = True
task_serializer = "json"
accept_content = ["json"]

# Acknowledged when done: a stopped worker gives its message back. One whose process died (out of
# memory, say) does not come back for ever: the next sweep finds what is left.
task_acks_late = True
task_reject_on_worker_lost = False
task_time_limit = 60 * 60
task_soft_time_limit = 55 * 60

worker_prefetch_multiplier = 1
# Rendering Korean text leaves memory behind; KiB.
worker_max_tasks_per_child = 200
worker_max_memory_per_child = 400_000
# SIGTERM drains; SIGQUIT gives running tasks this long and then hands them back.
worker_soft_shutdown_timeout = 5.0
# The folder of files has no way to speak to all workers at once.
worker_enable_remote_control = bool(settings.REDIS_URL)
worker_send_task_events = False

timezone = "Asia/Seoul"
beat_schedule_filename = str(settings.DATA_DIR / "beat")
beat_schedule: dict[str, Any] = {
    "send pending mails": {
        "task": "wego.tasks.send_pending_mails",
        "schedule": 15.0,
        "options": {"expires": 15},
    },
    "tell other systems": {
        "task": "wego.tasks.tell_other_systems",
        "schedule": 15.0,
        "options": {"expires": 15},
    },
    "forget what programs asked long ago": {
        "task": "wego.tasks.forget_old_requests",
        "schedule": 60.0 * 60 * 6,
        "options": {"expires": 60 * 60},
    },
    "seal the audit trail": {
        "task": "wego.tasks.seal_audit_trail",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "beat the heart": {
        "task": "wego.tasks.beat_heart",
        "schedule": 30.0,
        "options": {"expires": 30},
    },
    # Once a day, after three in the morning; asking again finds it done.
    "prove by night": {
        "task": "wego.tasks.prove_by_night",
        "schedule": 10.0 * 60,
        "options": {"expires": 10 * 60},
    },
    "render pending documents": {
        "task": "dues.tasks.render_pending_documents",
        "schedule": 30.0,
        # Not started in time means a worker is busy or away: the next one will do.
        "options": {"expires": 30},
    },
    "render letters": {
        "task": "members.tasks.render_letters",
        "schedule": 30.0,
        "options": {"expires": 30},
    },
    "render papers": {
        "task": "dues.tasks.render_papers",
        "schedule": 30.0,
        "options": {"expires": 30},
    },
    "render papers of meetings": {
        "task": "events.tasks.render_event_papers",
        "schedule": 30.0,
        "options": {"expires": 30},
    },
    "render papers of the awards": {
        "task": "events.tasks.render_award_papers",
        "schedule": 30.0,
        "options": {"expires": 30},
    },
    "follow hosts": {
        "task": "events.tasks.follow_hosts",
        "schedule": 600.0,
        "options": {"expires": 600},
    },
    # Approved events of members; who was told is not told again.
    "tell members of events": {
        "task": "events.tasks.tell_members_of_events",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "mail invoices": {
        "task": "dues.tasks.mail_invoices",
        "schedule": 30.0,
        "options": {"expires": 30},
    },
    # From October on; asking again finds everybody asked.
    "ask for figures": {
        "task": "members.tasks.ask_for_figures",
        "schedule": 60.0 * 60,
        "options": {"expires": 60 * 60},
    },
    # Once the year has ended; running again moves nothing.
    "close the EXCOM year": {
        "task": "members.tasks.close_excom_year",
        "schedule": 60.0 * 60,
        "options": {"expires": 60 * 60},
    },
}
