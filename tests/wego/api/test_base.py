"""What holds for every address: who is let in, how errors look, tags, limits, pages."""

import json
import re

import pytest
from django.db import OperationalError
from django.urls import reverse

from members.models import ApiToken, Member
from members.tokens import MOST
from tests.register import add_figure, add_gdp, add_member
from tests.wego.api.callers import Program, problem_of, program_of, token_for

pytestmark = pytest.mark.django_db
MEMBERS = "/api/v1/members"


@pytest.fixture
def office(client):
    """A program of the secretariat."""
    return program_of(client, role="secretariat")


def test_without_a_token_nothing_is_told(client):
    response = Program(client).get(MEMBERS)

    assert problem_of(response, 401)["type"].endswith("/api/#token-required")
    assert response.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("header", ["Bearer nonsense", "Basic eDp5", "Bearer wego_" + "x" * 43])
def test_a_wrong_token_is_as_good_as_none(client, header):
    problem_of(client.get(MEMBERS, headers={"Authorization": header}), 401)


def test_a_session_opens_nothing_here(client, administrator):
    client.force_login(administrator)

    problem_of(client.get(MEMBERS), 401)
    problem_of(client.post("/api/v1/quotes", {}, content_type="application/json"), 401)


def test_guessing_from_one_address_is_slowed_down(client):
    answers = [
        client.get(MEMBERS, headers={"Authorization": f"Bearer wego_{n:043d}"}) for n in range(31)
    ]

    assert {each.status_code for each in answers[:30]} == {401}
    assert problem_of(answers[30], 429)
    assert answers[30].headers["Retry-After"] == "60"


def test_a_token_needs_the_scope(client):
    program = program_of(client, role="administrator", scopes=["figures:read"])

    assert "members:read" in problem_of(program.get(MEMBERS), 403)["detail"]
    assert program.get("/api/v1/figures").status_code == 200


def test_a_token_needs_the_role_besides_the_scope(client):
    finance = program_of(client, role="finance")

    assert finance.get(MEMBERS).status_code == 200
    problem_of(finance.get("/api/v1/figures"), 403)


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/api/v1/nowhere", {}, 404),
        ("GET", "/api/v1/members/999999", {}, 404),
        ("GET", "/api/v1/members/99999999999999999999", {}, 404),
        ("PUT", "/api/v1/members", {}, 405),
        ("POST", "/api/v1/members", {}, 405),
        ("DELETE", "/api/v1/members/1", {}, 405),
        ("OPTIONS", "/api/v1/members", {}, 405),
        ("TRACE", "/api/v1/members", {}, 405),
        ("GET", "/api/v1/members", {"accept": "text/html"}, 406),
        ("POST", "/api/v1/quotes", {"content_type": "application/xml"}, 415),
        ("POST", "/api/v1/quotes", {"content_type": "application/x-www-form-urlencoded"}, 415),
        ("PATCH", "/api/v1/members/1", {}, 404),
    ],
)
def test_every_error_is_a_problem(office, method, path, headers, status):
    body = problem_of(office.send(method, path, {}, **headers), status)

    assert body["instance"] == path


@pytest.mark.parametrize("body", ["{", "[" * 5000, '{"kind": NaN}', "\xff"])
def test_what_is_no_json_is_400(office, body):
    problem_of(office.send("POST", "/api/v1/quotes", body=body), 400)


def test_a_body_is_never_large(office):
    problem_of(office.send("POST", "/api/v1/quotes", body='"' + "x" * 70_000 + '"'), 413)


@pytest.mark.parametrize("body", ["", "1", "null", "[]", '"x"', '{"kind": {"city": 1}}'])
def test_json_of_another_shape_is_422(office, body):
    assert problem_of(office.send("POST", "/api/v1/quotes", body=body), 422)["errors"]


def test_a_failure_of_ours_says_nothing_of_it(office, monkeypatch, caplog):
    def fail(*_args, **_kwargs):
        raise RuntimeError("secret of the house")

    monkeypatch.setattr("members.api.report.membership_report", fail)

    response = office.get("/api/v1/membership-report")

    body = problem_of(response, 500)
    assert "secret of the house" not in response.content.decode()
    assert body["reference"] in caplog.text


@pytest.mark.parametrize(
    ("said", "status", "wait"),
    [("database is locked", 503, "5"), ("disk I/O error", 500, None)],
)
def test_a_busy_database_asks_to_come_again(office, monkeypatch, said, status, wait):
    def fail(*_args, **_kwargs):
        raise OperationalError(said)

    monkeypatch.setattr("members.api.report.membership_report", fail)

    response = office.get("/api/v1/membership-report")

    problem_of(response, status)
    assert response.headers.get("Retry-After") == wait


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("?nosuch=1", "nosuch"),
        ("?o=member__user__password", "o"),
        ("?kind=city&kind=company", "kind"),
        ("?kind=village", "kind"),
        ("?limit=201", "limit"),
        ("?limit=0", "limit"),
        ("?limit=x", "limit"),
        ("?cursor=AAAA", "cursor"),
        ("?cursor=azk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OQ", "cursor"),
        ("?on=2019-02-30", "on"),
        ("?on=0001-01-01", "on"),
        ("?format=html", "format"),
    ],
)
def test_s20_what_is_no_filter_is_refused(office, query, parameter):
    errors = problem_of(office.get(MEMBERS + query), 400)["errors"]

    assert {each["parameter"] for each in errors} == {parameter}


def test_s22_a_nul_in_the_address_is_a_problem_too(office):
    assert problem_of(office.get(f"{MEMBERS}?cursor=%00"), 400)["status"] == 400


def test_pages_follow_each_other_to_the_end(office):
    names = [add_member(f"Ward {n:02d}").name_en for n in range(7)]

    seen, path = [], f"{MEMBERS}?limit=3&kind=city"
    while path:
        page = office.get(path).json()
        seen += [each["name_en"] for each in page["results"]]
        path = page["next"] and re.sub(r"^https?://[^/]+", "", page["next"])

    assert seen == names


def test_a_row_that_comes_meanwhile_moves_nothing(office):
    for n in range(4):
        add_figure(add_member(f"Ward {n}"), 500_000 + n)

    first = office.get("/api/v1/figures?limit=2").json()
    add_figure(Member.objects.first(), 600_000)
    second = office.get(re.sub(r"^https?://[^/]+", "", first["next"])).json()

    assert [each["value"] for each in first["results"]] == [500_003, 500_002]
    assert [each["value"] for each in second["results"]] == [500_001, 500_000]
    assert second["next"] is None


def test_an_answer_that_is_known_is_not_sent_again(office):
    seoul = add_member("Seoul")
    first = office.get(f"{MEMBERS}/{seoul.pk}")
    tag = first.headers["ETag"]

    again = office.get(f"{MEMBERS}/{seoul.pk}", if_none_match=f'"other", W/{tag}')
    Member.objects.update(website="https://seoul.example")
    changed = office.get(f"{MEMBERS}/{seoul.pk}", if_none_match=tag)

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == tag
    assert changed.status_code == 200
    assert changed.headers["ETag"] != tag
    assert "Authorization" in first.headers["Vary"]
    assert first.headers["Cache-Control"] == "private, no-cache"


def test_every_answer_says_what_is_left_of_the_limit(office):
    first, second = office.get(MEMBERS), office.get("/api/v1/members/999999")

    assert first.headers["RateLimit-Limit"] == str(MOST)
    assert first.headers["RateLimit-Policy"] == f"{MOST};w=60"
    assert int(first.headers["RateLimit-Remaining"]) == MOST - 1
    assert int(second.headers["RateLimit-Remaining"]) == MOST - 2
    assert 0 < int(first.headers["RateLimit-Reset"]) <= 60


def test_s13_beyond_the_limit_a_program_waits(client):
    made = token_for(role="secretariat")
    ApiToken.objects.update(window=10**9, used=MOST)

    response = Program(client, made.secret).get(MEMBERS)

    problem_of(response, 429)
    assert 0 < int(response.headers["Retry-After"]) <= 60
    assert response.headers["RateLimit-Remaining"] == "0"


def test_sentences_come_in_the_language_asked_for(office):
    response = office.get("/api/v1/members/999999", accept_language="ko")

    assert response.headers["Content-Language"] == "ko"


def test_use_is_noted(client):
    made = token_for(role="secretariat")

    Program(client, made.secret).get(MEMBERS)

    made.token.refresh_from_db()
    assert (made.token.used, made.token.last_used_at is not None) == (1, True)


def test_the_document_is_openapi_3_1_and_names_every_address(client):
    document = client.get(reverse("api-schema")).json()

    assert document["openapi"].startswith("3.1")
    assert "/api/v1/members/{id}/standing" in document["paths"]
    for methods in document["paths"].values():
        for operation in methods.values():
            assert {"401", "429", "500", "503"} <= set(operation["responses"])
            assert operation["security"] == [{"token": []}]


def test_the_page_shows_every_operation_without_a_script_of_its_own(client):
    page = client.get(reverse("api-docs"))
    document = client.get(reverse("api-schema")).json()

    text = page.content.decode()
    names = [each["operationId"] for one in document["paths"].values() for each in one.values()]
    assert len(names) >= 14
    for name in names:
        assert f'id="{name}"' in text
    assert "style=" not in text
    assert re.findall(r"<script(?![^>]*src=)", text) == []
    assert "curl " in text


def test_gdp_is_money_with_two_places(office):
    add_gdp("KR", "42300")

    found = office.get("/api/v1/country-figures?country_code=KR").json()["results"]

    assert found[0]["gdp_per_capita"] == {"amount": "42300.00", "currency": "USD"}
    assert found[0]["entered_at"].endswith("+09:00")
    assert json.dumps(found)


def test_the_page_speaks_korean(client):
    page = client.get(reverse("api-docs"), headers={"Accept-Language": "ko"})

    assert page.headers["Content-Language"] == "ko"
    assert 'lang="ko"' in page.content.decode()
