"""Requests that schemathesis makes from the OpenAPI document, each answer held to it."""

import uuid
import warnings
from collections import Counter
from dataclasses import dataclass, field

from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode, checks

CHECKS = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]


@dataclass
class Report:
    """How many requests were made, what they were answered, and which answers were wrong."""

    cases: int = 0
    answers: Counter = field(default_factory=Counter)
    server_errors: list = field(default_factory=list)
    mismatches: list = field(default_factory=list)


def run_cases(schema, headers_of, *, examples, report, known=None):
    """Try every operation with so many valid and as many broken requests.

    `known` are keys of rows there are, by resource: every second request asks for them.
    """
    for found in schema.get_all_operations():
        operation = found.ok()
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            try_operation(
                operation, mode, headers_of, examples=examples, report=report, known=known or {}
            )
    return report


def aim(case, known):
    """Point a request at rows there are."""
    key = known.get(case.path.split("/")[3])
    if key and case.path_parameters:
        case.path_parameters = dict.fromkeys(case.path_parameters, key)
    if isinstance(case.body, dict) and "member" in case.body:
        case.body["member"] = known.get("members")
    if case.method == "POST":
        case.headers["Idempotency-Key"] = uuid.uuid4().hex


def try_operation(operation, mode, headers_of, *, examples, report, known):
    """One operation; a wrong answer is noted and stops nothing."""

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case):
        case.headers = {**(case.headers or {}), **headers_of()}
        if report.cases % 2:
            aim(case, known)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            response = case.call()
        report.cases += 1
        report.answers[response.status_code] += 1
        label = f"{operation.label} {response.status_code}"
        if response.status_code >= 500 and response.status_code != 503:
            report.server_errors.append(f"{label} {case.as_curl_command()[:300]}")
        try:
            case.validate_response(response, checks=CHECKS)
        except Exception as error:  # noqa: BLE001 whatever the library found is reported
            report.mismatches.append(f"{label}: {error}"[:600])

    try:
        ask()
    except Exception as error:
        # Some operations have nothing that could be broken.
        if "Unsatisfiable" not in type(error).__name__ and "negat" not in str(error).lower():
            raise
