"""OpenAPI 3.1 from the views themselves: every operation with its errors and its token."""

from __future__ import annotations

from typing import Any, Literal

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from wego.api.problems import KINDS, MEDIA_TYPE
from wego.api.views import READING, Resource

ALWAYS = (400, 401, 403, 405, 406, 413, 414, 429, 431, 500, 503)
WRITING = (409, 415, 422)
KEY, MATCH = "Idempotency-Key", "If-Match"


class ProblemError(serializers.Serializer[Any]):
    """One thing that is wrong: a value of the body, or a parameter."""

    pointer = serializers.CharField(required=False, help_text="JSON pointer into the body.")
    parameter = serializers.CharField(required=False, help_text="Name of a parameter.")
    code = serializers.CharField(help_text="For programs; stays the same.")
    detail = serializers.CharField(help_text="For people, in the language asked for.")


class ProblemBody(serializers.Serializer[Any]):
    """An error as RFC 9457 tells it."""

    type = serializers.URLField(help_text="What kind of problem; its anchor in the documentation.")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    instance = serializers.CharField(help_text="The path that was asked.")
    errors = ProblemError(many=True, required=False)  # type: ignore[assignment]  # a field of the body
    reference = serializers.CharField(required=False, help_text="Stands in our log.")


class BearerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # the library registers it so
    """`Authorization: Bearer wego_…`, for the document."""

    target_class = "wego.api.authentication.BearerAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:  # noqa: ARG002 the library's signature
        """As OpenAPI says it."""
        return {"type": "http", "scheme": "bearer", "bearerFormat": "wego_…"}


class ResourceSchema(AutoSchema):
    """Adds to every operation what the base adds to every answer."""

    def get_tags(self) -> list[str]:
        """By the scope that opens it."""
        scope = getattr(self.view, "scope", "")
        return [scope or "other"]

    def get_override_parameters(self) -> list[Any]:
        """The headers by which a write is made once, or over nothing unseen."""
        if self.method == "PATCH":
            return [header(MATCH, "The ETag of what you read.")]
        if self.method == "POST" and getattr(self.view, "made_once", False):
            return [header(KEY, "A new one an act; the same one when you repeat a request.")]
        return []

    def _get_response_bodies(
        self, direction: Literal["request", "response"] = "response"
    ) -> dict[str, Any]:
        found: dict[str, Any] = super()._get_response_bodies(direction)
        if isinstance(self.view, Resource):
            for number in self.problem_statuses():
                found.setdefault(str(number), self.problem_response(number))
        return found

    def problem_statuses(self) -> list[int]:
        """The errors an operation can answer with."""
        numbers = list(ALWAYS)
        if "{" in self.path or getattr(self.view, "may_miss", False):
            numbers.append(404)
        if self.method not in READING:
            numbers += WRITING
        if self.method == "PATCH":
            numbers += (412, 428)
        return sorted({*numbers, *getattr(self.view, "problems", ())})

    def problem_response(self, number: int) -> dict[str, Any]:
        """One of them."""
        component = self.resolve_serializer(ProblemBody, "response")
        return {
            "description": str(KINDS[number].title),
            "content": {MEDIA_TYPE: {"schema": component.ref}},
        }


def header(name: str, words: str) -> OpenApiParameter:
    """A header that an operation must have."""
    return OpenApiParameter(name, str, OpenApiParameter.HEADER, required=True, description=words)
