"""Every variable stands in `.env.example` and in docs/operations.md; compose keeps its word."""

import re
from pathlib import Path

import pytest
import yaml

from wego.version import VERSION

pytestmark = pytest.mark.once
ROOT = Path(__file__).resolve().parents[2]
# How a variable is read: env.str("X"), os.environ["X"], os.environ.get("X").
READS = re.compile(r"""(?:env\.\w+|environ(?:\.get)?)[(\[]\s*["']([A-Z][A-Z0-9_]+)["']""")
# What one process of ours tells another, or a library reads.
OURS = {"WEGO_READY_FILE", "DJANGO_SETTINGS_MODULE", "FONTCONFIG_FILE"}


def variables_read():
    found = set()
    for app in ("wego", "members", "dues", "events"):
        for file in (ROOT / app).rglob("*.py"):
            found |= set(READS.findall(file.read_text()))
    return found - OURS


def compose():
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


def test_every_variable_is_in_the_example():
    example = (ROOT / ".env.example").read_text()
    named = set(re.findall(r"^(?:# )?([A-Z][A-Z0-9_]+)=", example, re.MULTILINE))
    asked = set(re.findall(r"\$\{([A-Z][A-Z0-9_]+)", (ROOT / "docker-compose.yml").read_text()))

    assert "DATABASE_URL" in variables_read()
    assert variables_read() - named == set()
    assert asked - named == set()
    assert named - variables_read() - asked == set()


def test_every_variable_is_told_to_the_operator():
    rows = [
        line
        for line in (ROOT / "docs/operations.md").read_text().splitlines()
        if line.startswith("| `")
    ]
    told = set(re.findall(r"`([A-Z][A-Z0-9_]+)`", " ".join(row.split("|")[1] for row in rows)))

    assert variables_read() - told == set()


def test_the_version_is_the_packages_own():
    assert f'version = "{VERSION}"' in (ROOT / "pyproject.toml").read_text()


def test_one_command_starts_web_worker_clock_database_and_broker():
    services = compose()["services"]

    assert services.keys() == {"prepare", "web", "worker", "beat", "db", "redis"}
    for name in ("web", "worker", "beat"):
        waits = services[name]["depends_on"]
        assert waits["prepare"] == {"condition": "service_completed_successfully"}
        assert waits["redis"] == {"condition": "service_healthy"}
    assert services["prepare"]["depends_on"] == {"db": {"condition": "service_healthy"}}


@pytest.mark.parametrize("name", ["prepare", "web", "worker", "beat", "db", "redis"])
def test_no_container_is_root_or_writes_where_it_should_not(name):
    service = compose()["services"][name]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert any(place.startswith("/tmp") for place in service["tmpfs"])
    if "build" not in service:
        assert service["user"] not in ("", "root", "0")


@pytest.mark.parametrize("name", ["web", "worker", "beat", "db", "redis"])
def test_every_container_that_stays_is_watched_and_started_again(name):
    service = compose()["services"][name]

    assert service["healthcheck"]["test"][0] in ("CMD", "CMD-SHELL")
    assert service["restart"] == "unless-stopped"


def test_the_image_ends_as_a_user_that_is_not_root():
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    users = [line.split()[1] for line in lines if line.startswith("USER ")]

    assert users[-1] == "wego"
    assert lines.index("USER wego") < next(
        number for number, line in enumerate(lines) if line.startswith("CMD ")
    )


def test_only_the_web_server_is_reached_and_from_this_machine_only():
    services = compose()["services"]

    assert {name for name, service in services.items() if service.get("ports")} == {"web"}
    assert services["web"]["ports"] == ["127.0.0.1:${PORT:-8000}:8000"]


def test_every_volume_is_declared_and_backups_have_one():
    declared = compose()
    used = {
        place.split(":")[0]
        for service in declared["services"].values()
        for place in service.get("volumes", [])
    }

    assert used == set(declared["volumes"])
    assert "backups:/backups" in declared["services"]["worker"]["volumes"]


def test_no_secret_stands_in_the_repository():
    text = (ROOT / "docker-compose.yml").read_text() + (ROOT / ".env.example").read_text()

    assert "POSTGRES_PASSWORD:?" in text
    assert re.search(r"^POSTGRES_PASSWORD=$", text, re.MULTILINE)
    assert not re.search(r"^SECRET_KEY=", text, re.MULTILINE)
