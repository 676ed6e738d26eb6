"""Programs that call the house: a token, and what it asks."""

import json

from django.utils import timezone

from members.tokens import make_token
from wego.api.scopes import declared_scopes, reading_scopes


def token_for(*, role="", member=None, person=None, scopes=None, days=30, at=None):
    """A token for a role or a member, with every scope it can have unless told otherwise."""
    wanted = scopes
    if wanted is None:
        wanted = reading_scopes(of_member=True) if member else list(declared_scopes())
    return make_token(
        "tests",
        scopes=wanted,
        days=days,
        at=at or timezone.now(),
        by=None,
        role=role,
        member=member,
        person=person,
    )


class Program:
    """Asks like a program does: JSON, with a token or without one."""

    def __init__(self, client, secret=""):
        self.client = client
        self.headers = {"Authorization": f"Bearer {secret}"} if secret else {}

    def get(self, path, **headers):
        return self.client.get(path, headers=self.headers | dashed(headers))

    def send(self, method, path, data=None, *, body=None, **headers):
        sent = json.dumps(data) if body is None else body
        return self.client.generic(
            method,
            path,
            sent,
            content_type=headers.pop("content_type", "application/json"),
            headers=self.headers | dashed(headers),
        )

    def post(self, path, data=None, **headers):
        return self.send("POST", path, data, **headers)

    def patch(self, path, data=None, **headers):
        return self.send("PATCH", path, data, **headers)


def dashed(headers):
    """`if_match` as `If-Match`."""
    return {name.replace("_", "-"): value for name, value in headers.items()}


def program_of(client, **owner):
    """A program with a token of its own."""
    return Program(client, token_for(**owner).secret)


def problem_of(response, status):
    """The problem of an answer; it has the shape of one."""
    assert response.status_code == status, response.content
    assert response.headers["Content-Type"] == "application/problem+json"
    body = json.loads(response.content)
    assert body["status"] == status
    assert body["title"]
    assert body["detail"]
    assert "/api/#" in body["type"]
    return body
