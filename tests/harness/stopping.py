"""A request that holds still at a boundary it is told, for whoever is going to kill its process."""

import json
import os
import threading

from django.conf import settings
from django.db import connection

from tests.harness.kill_points import Countdown

HEADER = "Drill-Stop"
# Made only by the first request of a minute: counted, it would move all boundaries after it.
NOW_AND_THEN = 'UPDATE "members_apitoken" SET "window"'


def file_in(folder):
    """Where a process says that it stands still."""
    return folder / "stopped.json"


class Halt(Countdown):
    """Stands still for ever at the n-th boundary, or at the one of a name; says so in a file."""

    def step(self, name=""):
        self.passed += 1
        if self.at in (str(self.passed), name):
            file = file_in(settings.DATA_DIR)
            hidden = file.with_suffix(".hidden")
            hidden.write_text(json.dumps({"pid": os.getpid(), "boundary": name}))
            hidden.rename(file)
            threading.Event().wait()

    def around_statement(self, execute, sql, params, many, context):
        if sql.startswith(NOW_AND_THEN):
            return execute(sql, params, many, context)
        return super().around_statement(execute, sql, params, many, context)


class StopMiddleware:
    """Stops a request with the header `Drill-Stop: 7` or `Drill-Stop: after commit` there."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if HEADER not in request.headers:
            return self.get_response(request)
        halt = Halt(request.headers[HEADER])
        connection.ensure_connection()
        own = connection._commit
        connection._commit = halt.around(own, "commit")
        try:
            with connection.execute_wrapper(halt.around_statement):
                response = self.get_response(request)
        finally:
            connection._commit = own
        halt.step("the answer")
        return response
