"""The OpenAPI document in the order people read it: by resource, each operation with an example."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from typing import Any

from drf_spectacular.generators import SchemaGenerator

JSON = "application/json"
TOKEN = "wego_…"  # noqa: S105 an ellipsis
SAMPLES: dict[str, Any] = {
    "date": "2026-01-15",
    "date-time": "2026-01-15T09:00:00+09:00",
    "uri": "https://…",
    "amount": "6000.00",
    "name_en": "Goyang",
    "name_ko": "고양시",
    "member_name_en": "Goyang",
    "country_code": "KR",
    "number": "WEGO-2026-0001",
    "invoice": "WEGO-2026-0001",
    "dues_year": 2026,
    "population": 1_073_069,
}
DEEPEST = 8
MONEY = "money"


@dataclass(frozen=True)
class Field:
    """One parameter or value: what it is called, its kind, what it means."""

    name: str
    kind: str
    required: bool
    words: str


@dataclass(frozen=True)
class Operation:
    """One method at one address."""

    name: str
    method: str
    path: str
    words: str
    scope: str
    parameters: list[Field] = field(default_factory=list)
    taken: list[Field] = field(default_factory=list)
    given: list[Field] = field(default_factory=list)
    statuses: list[str] = field(default_factory=list)
    curl: str = ""
    answer: str = ""


@dataclass(frozen=True)
class Group:
    """The operations of one resource."""

    name: str
    operations: list[Operation]


@lru_cache(maxsize=1)
def read_document() -> dict[str, Any]:
    """The OpenAPI document; it is the same for everybody."""
    document: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return document


def draw_outline(base: str) -> list[Group]:
    """Every resource with its operations, in the order of the alphabet."""
    document = read_document()
    found = [
        (each["tags"][0], path, method, each)
        for path, methods in document["paths"].items()
        for method, each in methods.items()
    ]
    found.sort(key=lambda one: (one[0], one[1], one[2]))
    return [
        Group(tag, [read_operation(document, base, *one[1:]) for one in group])
        for tag, group in groupby(found, key=lambda one: one[0])
    ]


def read_operation(
    document: dict[str, Any], base: str, path: str, method: str, said: dict[str, Any]
) -> Operation:
    """One operation as people read it."""
    body = content_of(said.get("requestBody", {}))
    good = next(status for status in said["responses"] if status.startswith("2"))
    answer = content_of(said["responses"][good])
    parameters = said.get("parameters", [])
    headers = {each["name"] for each in parameters if each["in"] == "header"}
    acts = method == "patch" or "Idempotency-Key" in headers
    sent = example_of(said) or (sample_of(document, body) if body else None)
    return Operation(
        name=said["operationId"],
        method=method.upper(),
        path=path,
        words=said.get("description", ""),
        scope=f"{said['tags'][0]}:{'write' if acts else 'read'}",
        parameters=[read_parameter(each) for each in parameters],
        taken=list_fields(document, body),
        given=list_fields(document, answer),
        statuses=sorted(said["responses"]),
        curl=write_curl(base + path, method, headers, sent),
        answer=dumped(sample_of(document, answer)) if answer else "",
    )


def content_of(said: dict[str, Any]) -> dict[str, Any]:
    """The schema of a JSON body; empty for none, and for other kinds of body."""
    found: dict[str, Any] = said.get("content", {}).get(JSON, {}).get("schema", {})
    return found


def example_of(said: dict[str, Any]) -> Any:  # noqa: ANN401 any JSON value
    """The request that the operation gives as its example; None without one."""
    examples = said.get("requestBody", {}).get("content", {}).get(JSON, {}).get("examples", {})
    return next((each["value"] for each in examples.values()), None)


def read_parameter(said: dict[str, Any]) -> Field:
    """A parameter of an address or a header."""
    return Field(
        said["name"],
        kind_of(said["schema"]),
        said.get("required", False),
        said.get("description", ""),
    )


def resolve(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """A schema, followed to where it stands."""
    while "$ref" in schema or "allOf" in schema:
        if "allOf" in schema:
            schema = schema["allOf"][0]
        else:
            schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return schema


def list_fields(document: dict[str, Any], schema: dict[str, Any]) -> list[Field]:
    """The values of a body; those of the rows, for a page."""
    found = resolve(document, schema)
    properties = found.get("properties", {})
    if set(properties) == {"results", "next"}:
        return list_fields(document, properties["results"]["items"])
    required = set(found.get("required", []))
    return [
        Field(name, kind_of(resolve(document, each)), name in required, each.get("description", ""))
        for name, each in properties.items()
    ]


def kind_of(schema: dict[str, Any]) -> str:
    """What a value is, in a few words."""
    if "enum" in schema:
        return " | ".join(str(each) for each in schema["enum"] if each not in ("", None))
    kind = schema.get("type", "object")
    if set(schema.get("properties", {})) == {"amount", "currency"}:
        return MONEY
    words = " | ".join(kind) if isinstance(kind, list) else str(kind)
    form = schema.get("format", "")
    return f"{words} ({form})" if form and form not in ("int64", "double") else words


def sample_of(
    document: dict[str, Any],
    schema: dict[str, Any],
    name: str = "",
    deep: int = 0,
) -> Any:  # noqa: ANN401 any JSON value
    """A value a schema allows, that people recognise."""
    found = resolve(document, schema)
    kind = found.get("type", "object")
    kind = kind[0] if isinstance(kind, list) else kind
    if deep > DEEPEST:
        return None
    if "enum" in found:
        return found["enum"][0]
    if name in SAMPLES:
        return SAMPLES[name]
    if kind == "array":
        return [sample_of(document, found["items"], name, deep + 1)]
    if kind == "object":
        return {
            key: sample_of(document, each, key, deep + 1)
            for key, each in found.get("properties", {}).items()
        }
    plain = {"integer": 12, "number": 1, "boolean": True, "string": "…"}
    return SAMPLES.get(found.get("format", ""), plain.get(kind))


def write_curl(url: str, method: str, headers: set[str], sent: object) -> str:
    """The request as a line for a shell."""
    shown = url.replace("{id}", "12").replace("{number}", "WEGO-2026-0001")
    lines = [f"curl {shown}", f'-H "Authorization: Bearer {TOKEN}"']
    if "Idempotency-Key" in headers:
        lines.append('-H "Idempotency-Key: 7c9e6679-7425-40de-944b-e07fc1f90ae7"')
    if "If-Match" in headers:
        lines.append("-H 'If-Match: \"5f2d…\"'")
    if sent is not None:
        verb = [] if method == "post" else [f"-X {method.upper()}"]
        lines += [*verb, '-H "Content-Type: application/json"']
        lines.append(f"-d '{json.dumps(sent, ensure_ascii=False)}'")
    return " \\\n  ".join(lines)


def dumped(value: object) -> str:
    """JSON for people."""
    return json.dumps(value, ensure_ascii=False, indent=2)
