"""What the house is made of, and what must not lie in it (S15, S21)."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

pytestmark = pytest.mark.once
ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-uv.lock")
MOST_DIRECT = 25
SECRETS = {
    "private key": re.compile(r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----\s+[A-Za-z0-9+/]{20}"),
    "AWS": re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    "GitHub": re.compile(r"\bgh[pousr]_[A-Za-z0-9]{36}\b"),
    "Slack": re.compile(r"\bxox[abprs]-[0-9A-Za-z-]{10,}"),
    "Google": re.compile(r"\bAIza[0-9A-Za-z_-]{35}\b"),
    "Stripe": re.compile(r"\b[sr]k_live_[0-9A-Za-z]{16,}"),
    "JSON web token": re.compile(r"\beyJ[\w-]{15,}\.eyJ[\w-]{15,}\.[\w-]{10,}"),
    "our own token": re.compile(r"\bwego_[A-Za-z0-9_-]{43}\b"),
    "Django's key": re.compile(r"(?<![\"'])django-insecure-[^\s\"']{30,}"),
    "address with a password": re.compile(
        r"\b(?:postgres|redis|smtp|amqp)\w*(?:\+tls)?://\w+:(?!password\b|secret\b|wego\b|x\b|\$|\{)[^\s@/\"']{6,}@"
    ),
    "named secret": re.compile(
        r"(?i)\b(?:secret_key|api_key|access_key|auth_token|client_secret)\b['\"]?\s*[:=]\s*"
        r"['\"](?=[^'\"]*\d)(?=[^'\"]*[a-z])[A-Za-z0-9+/_=-]{32,}['\"]"
    ),
}
PLANTED = {
    "private key": "-----BEGIN RSA PRIVATE KEY-----\n" + "MIIEpAIBAAKCAQEA1234567890",
    "AWS": "AKIA" + "IOSFODNN7ABCDEFG",
    "GitHub": "ghp_" + "a1B2" * 9,
    "Slack": "xoxb-" + "123456789012-abc",
    "Google": "AIza" + "Sy1234567" * 3 + "abcdefgh",
    "Stripe": "sk_live_" + "4eC39HqLyjWDarjtT1zdp7dc",
    "JSON web token": "eyJhbGciOiJIUzI1NiJ9" + ".eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w",
    "our own token": "wego_" + "a1B2c" * 8 + "xyz",
    "Django's key": "KEY=django-insecure" + "-" + "k3x9" * 10,
    "address with a password": "postgres://wego:" + "h7Gk2pQz" + "@db.internal/wego",
    "named secret": "API_KEY = '" + "a1b2c3d4" * 4 + "'",
}


def kept_files():
    """What is kept under version control and is text."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
    ).stdout.decode()
    for name in filter(None, listed.split("\0")):
        content = (ROOT / name).read_bytes() if (ROOT / name).is_file() else b""
        if b"\0" not in content[:1000]:
            yield name, content.decode(errors="replace")


def secrets_in(text):
    return [kind for kind, pattern in SECRETS.items() if pattern.search(text)]


def test_s15_no_secret_lies_in_the_repository():
    files = list(kept_files())
    found = {name: kinds for name, text in files if (kinds := secrets_in(text))}

    assert len(files) > 500
    assert found == {}


@pytest.mark.parametrize("kind", SECRETS)
def test_s15_control_a_planted_secret_is_found(kind):
    assert secrets_in(f"before\n{PLANTED[kind]}\nafter") == [kind]


def test_s15_what_an_instance_writes_is_never_kept():
    ignored = subprocess.run(
        ["git", "check-ignore", "var/secret_key", ".env", "var/wego.sqlite3"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.split()
    kept_out = (ROOT / ".dockerignore").read_text().split()

    assert ignored == ["var/secret_key", ".env", "var/wego.sqlite3"]
    # An image takes only what is named.
    assert kept_out[0] in ("*", "**")
    assert not {"!var", "!.env", "!.git"} & {line.rstrip("/") for line in kept_out}


def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def test_s21_few_direct_dependencies_each_with_its_reason():
    direct = project()["project"]["dependencies"]
    text = (ROOT / "pyproject.toml").read_text()

    assert len(direct) <= MOST_DIRECT
    for wanted in direct + project()["dependency-groups"]["dev"]:
        line = next(line for line in text.splitlines() if f'"{wanted}"' in line)
        assert re.search(r'",\s*# \w', line), f"without a reason: {wanted}"


def packages_of(lock):
    """Every package of a lock file with the lines that belong to it."""
    blocks = re.split(r"\n(?=[a-z0-9])", (ROOT / lock).read_text().strip())
    return {block.split("==")[0]: block for block in blocks}


@pytest.mark.parametrize("lock", LOCKS)
def test_s21_every_package_is_pinned_and_hashed(lock):
    packages = packages_of(lock)

    assert packages
    for name, block in packages.items():
        assert re.match(r"[\w.\[\],-]+==[\w.!+]+", block), name
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", block), name
    assert "://" not in (ROOT / lock).read_text()


def test_s21_installers_ask_for_the_hashes():
    for name in ("scripts/setup.sh", "Dockerfile"):
        assert "--require-hashes" in (ROOT / name).read_text(), name
