"""What docs/safety.md says is so in the code: figures, words, keys, connections, what is absent."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

from dues.statements import sizes
from members import middleware, tokens
from members.accounts import passwords
from members.apply import door
from members.forms.members import LARGEST_UPLOAD
from members.models import AffiliationRole, Role
from wego import budgets, upload_check, uploads
from wego.api.authentication import UNKNOWN
from wego.api.views import LARGEST_BODY

pytestmark = pytest.mark.once
ROOT = Path(__file__).resolve().parents[2]
SAFETY = (ROOT / "docs/safety.md").read_text()
APPS = ("wego", "members", "dues", "events")
MEGABYTE = 1024 * 1024
PARTS = [
    "Who may do what",
    "Ways in",
    "Sessions",
    "What is typed",
    "Files handed in",
    "Keys",
    "What is kept about whom",
    "Who talks to whom",
    "What costs",
    "Packages",
    "Logs",
]


KINDS = (ast.Import, ast.ImportFrom, ast.Call, ast.Attribute, ast.Assign)


@cache
def source():
    """Every node of the kinds looked for, with its file, of the whole house; read once."""
    found = {kind: [] for kind in KINDS}
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            name = str(path.relative_to(ROOT))
            if "/migrations/" in name:
                continue
            for node in ast.walk(ast.parse(path.read_text())):
                if type(node) in found:
                    found[type(node)].append((name, node))
    return found


def nodes(kind):
    return source()[kind]


@cache
def imports():
    """(file, module) for every import of the house."""
    found = [(path, each.name) for path, node in nodes(ast.Import) for each in node.names]
    for path, node in nodes(ast.ImportFrom):
        found += [(path, f"{node.module}.{each.name}") for each in node.names if node.module]
    return found


@cache
def called(node):
    """`name` or `thing.name` of a call, as it is written."""
    return ast.unparse(node.func)


def part(title):
    return SAFETY.split(f"\n## {title}\n")[1].split("\n## ")[0]


def row(title, first):
    """The cells of a row of a table, by its first cell."""
    [found] = [line for line in part(title).splitlines() if line.startswith(f"| {first} |")]
    return [cell.strip() for cell in found.strip("|").split("|")]


def test_every_part_is_told():
    assert re.findall(r"^## (.+)$", SAFETY, re.MULTILINE) == PARTS
    assert all(len(part(each).split()) > 60 for each in PARTS)


def test_every_role_is_told():
    told = part("Who may do what").lower()
    roles = [each.label for each in (*Role, *AffiliationRole) if each.value]

    assert len(roles) == 7
    assert [str(each) for each in roles if str(each).lower() not in told] == []


def test_limits_of_tries_are_as_told():
    told = {
        "signing in": "login",
        "wrong password or factor": "login_failed",
        "asking for a code": "request_login_code",
        "forgotten password": "reset_password",
        "new password by link": "reset_password_from_key",
        "change of password": "change_password",
        "confirming who one is": "reauthenticate",
    }

    assert set(told.values()) == set(settings.ACCOUNT_RATE_LIMITS)
    for name, key in told.items():
        assert row("Ways in", name)[1] == f"`{settings.ACCOUNT_RATE_LIMITS[key]}`"
    assert row("Ways in", "requests of a token")[1] == "600 a minute"
    assert (tokens.MOST, tokens.SECONDS) == (600, 60)
    assert row("Ways in", "wrong tokens of one address")[1] == "30 a minute"
    assert (UNKNOWN.most, UNKNOWN.seconds) == (30, 60)
    assert row("Ways in", "applications begun")[1] == "20 an hour by address, 5 by mailbox"
    assert (door.STARTS_BY_ADDRESS.most, door.STARTS_BY_MAILBOX.most) == (20, 5)
    assert row("Ways in", "files of an application")[1] == "20 an hour"
    assert (door.UPLOADS.most, door.UPLOADS.seconds) == (20, 3600)
    told = row("Ways in", "searches; files; exports; invitations of one person")[1]
    counted = (budgets.SEARCHES, budgets.FILES, budgets.EXPORTS, budgets.INVITATIONS)
    assert told == f"{'; '.join(str(each.most) for each in counted)} in 15 minutes"
    assert {each.seconds for each in counted} == {15 * 60}


def test_lengths_of_passwords_are_as_told():
    told = "15 to 128 characters of any kind, 12 beside a second factor"

    assert told in " ".join(part("Ways in").split())
    assert (passwords.SHORTEST, passwords.LONGEST) == (15, 128)
    assert passwords.SHORTEST_BESIDE_FACTOR == 12


def test_times_of_sessions_are_as_told():
    told = " ".join(part("Sessions").split())

    assert "Staff: 60 minutes idle, 12 hours at most" in told
    assert middleware.Limits(idle=3600, absolute=12 * 3600) == middleware.STAFF
    assert "members' people: 2 hours idle, 24 hours at most" in told
    assert middleware.Limits(idle=2 * 3600, absolute=24 * 3600) == middleware.MEMBERS
    assert settings.SESSION_EXPIRE_AT_BROWSER_CLOSE
    assert "Asked for anew after 15 minutes" in part("Who may do what")
    assert settings.GRAVE_ACT_SECONDS == 15 * 60


def test_words_of_the_house_are_as_told():
    told = part("Ways in").split("**Passwords**")[1].split("**Limits")[0]

    assert set(re.findall(r"`(\w+)`", told)) - {"BREACHED_PASSWORDS"} == set(passwords.HOUSE_WORDS)


def test_sizes_of_files_are_as_told():
    told = " ".join(part("Files handed in").split())

    assert "10 MB, 40 pages, 50 million pixels, 400 MB unpacked" in told
    assert uploads.LARGEST == sizes.LARGEST == 10 * MEGABYTE
    assert (upload_check.MOST_PAGES, upload_check.MOST_PIXELS) == (40, 50_000_000)
    assert upload_check.MOST_UNPACKED == 400 * MEGABYTE
    assert "(768 MB, 8 s)" in told
    assert (upload_check.MEMORY, upload_check.SECONDS) == (768 * MEGABYTE, 8)
    assert "10 MB, 10,000 movements" in told
    assert sizes.MOST_MOVEMENTS == 10_000
    assert "| CSV | 2 MB |" in told
    assert LARGEST_UPLOAD == 2 * MEGABYTE
    assert "| JSON | 64 KB |" in told
    assert LARGEST_BODY == 64 * 1024
    assert set(uploads.TYPES) == {"pdf", "jpeg", "png"}


def test_every_key_is_told():
    salts = {
        node.value.value
        for _path, node in nodes(ast.Assign)
        if isinstance(node.targets[0], ast.Name) and node.targets[0].id == "SALT"
    }

    assert salts == set(re.findall(r"`((?:members|events|figures)\.[\w.]+)`", part("Keys")))
    assert len(salts) == 5


def test_only_the_algorithms_that_are_told_are_used():
    hashes = {
        (node.attr, path)
        for path, node in nodes(ast.Attribute)
        if isinstance(node.value, ast.Name) and node.value.id == "hashlib"
    }
    sealing = {
        name.rpartition(".")[2] for _path, name in imports() if name.startswith("cryptography")
    }
    told = part("Keys")

    assert {name for name, _path in hashes} == {"sha1", "sha256", "sha384"}
    assert {path for name, path in hashes if name == "sha1"} == {"members/accounts/breached.py"}
    assert sealing == {
        "AESGCM",
        "ChaCha20Poly1305",
        "Fernet",
        "HKDF",
        "InvalidTag",
        "MultiFernet",
        "SHA256",
        "X25519PrivateKey",
        "X25519PublicKey",
    }
    for name in (
        "AES-256-GCM",
        "ChaCha20-Poly1305",
        "X25519",
        "HKDF-SHA-256",
        "SHA-384",
        "Fernet",
        "Argon2id",
    ):
        assert name in told
    assert not any(called(node) == "keys().encrypt" for _path, node in nodes(ast.Call))
    macs = [
        ast.unparse(node.args[-1]) for _path, node in nodes(ast.Call) if called(node) == "hmac.new"
    ]
    assert set(macs) == {"hashlib.sha256"}


def test_only_a_secure_generator_is_used():
    assert {path for path, name in imports() if name.split(".")[0] == "random"} == set()
    assert any(name == "secrets" for _path, name in imports())


def test_every_connection_is_told():
    opening = ("socket", "smtplib", "http.client", "urllib.request", "requests", "ftplib", "ssl")
    found = {
        path
        for path, name in imports()
        if any(name == each or name.startswith(f"{each}.") for each in opening)
    }

    assert found == set(re.findall(r"`(wego/[\w/]+\.py)`", part("Who talks to whom")))


def test_every_log_is_told():
    named = {
        node.args[0].value
        for _path, node in nodes(ast.Call)
        if called(node) == "logging.getLogger" and isinstance(node.args[0], ast.Constant)
    }

    assert {each for each in named - {"weasyprint"} if f"`{each}`" not in part("Logs")} == set()
    assert set(settings.LOGGING["handlers"]) == {"console"}
    assert settings.LOGGING["handlers"]["console"]["class"] == "logging.StreamHandler"
    others = [each.get("handlers", []) for each in settings.LOGGING["loggers"].values()]
    assert not any(others)


ABSENT = (
    "ldap|memcache|pylibmc|graphene|graphql|strawberry|ariadne|channels|daphne|websocket|aiortc|"
    "webrtc|oauth|authlib|jwt|jose|saml|jpype|javabridge|pylatex|latex"
)


def test_what_does_not_apply_is_not_there():
    lock = (ROOT / "requirements.lock").read_text()
    packages = re.findall(r"^([A-Za-z0-9._-]+)==", lock, re.MULTILINE)

    assert len(packages) > 50
    assert [each for each in packages if re.search(ABSENT, each, re.IGNORECASE)] == []
    assert [(path, name) for path, name in imports() if re.search(rf"\b({ABSENT})", name)] == []
    assert not any("allauth.socialaccount" in each for each in settings.INSTALLED_APPS)
    assert settings.CACHES["default"]["BACKEND"].rpartition(".")[2] == "LocMemCache"
    xpaths = [node for _path, node in nodes(ast.Attribute) if node.attr in ("xpath", "XPath")]
    assert xpaths == []


RUNNING = {"eval", "exec", "compile", "os.system", "os.popen", "__import__", "pickle.loads"}


def test_nothing_is_run_by_a_shell_or_from_text():
    calls = nodes(ast.Call)

    assert [(path, called(node)) for path, node in calls if called(node) in RUNNING] == []
    assert [
        path for path, name in imports() if name.split(".")[0] in ("pickle", "marshal", "yaml")
    ] == []
    shells = [path for path, node in calls for each in node.keywords if each.arg == "shell"]
    assert shells == []
    started = [node for _path, node in calls if called(node).startswith("subprocess.")]
    assert len(started) >= 4
    assert not any(isinstance(each.args[0], (ast.JoinedStr, ast.Constant)) for each in started)


# Statements with the names of our own tables put in, and nothing else.
OWN_NAMES = {"wego/checks.py", "wego/backup/restoring.py", "dues/proof_balances.py"}


def test_no_statement_is_put_together_from_what_was_typed():
    calls = nodes(ast.Call)
    built = {
        path
        for path, node in calls
        if called(node).endswith(".execute") and node.args
        if isinstance(node.args[0], (ast.JoinedStr, ast.BinOp, ast.Call))
    }

    assert built == OWN_NAMES
    assert [
        path for path, node in calls if called(node).rpartition(".")[2] in ("raw", "extra")
    ] == []
    assert [path for path, name in imports() if name.endswith(".RawSQL")] == []


def test_no_pattern_is_made_of_what_was_typed():
    takes = {f"re.{name}" for name in ("compile", "sub", "split", "fullmatch", "match", "search")}
    loose = []
    for path, node in nodes(ast.Call):
        if called(node) not in takes or not isinstance(node.args[0], ast.JoinedStr):
            continue
        inside = [
            each.value for each in node.args[0].values if isinstance(each, ast.FormattedValue)
        ]
        loose += [
            (path, ast.unparse(each))
            for each in inside
            if not ast.unparse(each).startswith("re.escape(") and not ast.unparse(each).isupper()
        ]

    # Escaped two lines above; a pattern of our own inside another.
    assert set(loose) == {
        ("dues/statements/cells.py", "thousands"),
        ("wego/wording.py", "WEB_ADDRESS.pattern"),
    }


SCRIPTS = (
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|postMessage|"
    r"addEventListener\(.message|localStorage|sessionStorage|document\.cookie|__proto__|prototype"
)


def test_scripts_write_no_markup_and_run_no_text():
    scripts = sorted((ROOT / "static/js").glob("*.js"))

    assert len(scripts) >= 6
    assert {each.name for each in scripts if re.search(SCRIPTS, each.read_text())} == set()
    # What the frame's package brings keeps the choice of colours, and nothing else.
    theme = Path(settings.BASE_DIR, ".venv").glob("lib/*/site-packages/django/contrib/admin/static")
    kept = re.findall(
        r"localStorage\.\w+\((\S+?)[,)]", (next(theme) / "admin/js/theme.js").read_text()
    )
    assert set(kept) == {"'theme'", '"theme"'} & set(kept)
    assert kept


def test_every_text_names_its_charset():
    types = [
        (path, keyword.value.value)
        for path, node in nodes(ast.Call)
        for keyword in node.keywords
        if keyword.arg == "content_type" and isinstance(keyword.value, ast.Constant)
    ]

    texts = [(path, each) for path, each in types if str(each).startswith("text/")]
    assert len(texts) >= 5
    assert [each for each in texts if "charset=utf-8" not in each[1]] == []


def test_the_image_takes_what_runs_and_no_more():
    lines = (ROOT / ".dockerignore").read_text().split()

    assert lines[0] == "*"
    assert {each[1:] for each in lines if each.startswith("!")} == {
        "requirements.lock",
        "manage.py",
        "templates",
        "static",
        "locale",
        *APPS,
    }
