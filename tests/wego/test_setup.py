"""Set-up and the test run as programs: what they say, do, refuse and leave alone."""

import os
import re
import shutil
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from wego import system

pytestmark = pytest.mark.once
ROOT = Path(__file__).resolve().parents[2]
TOOLS = ("sh", "env", "cat", "cksum", "find", "uname", "id", "rm", "dirname", "tr", "mktemp")
PACKAGES = " ".join((*system.PYTHON_PACKAGES, *system.PDF_PACKAGES))


def write_program(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


@pytest.fixture
def checkout(tmp_path):
    """A small checkout with the real scripts, no packages and only the tools it may use."""
    folder = tmp_path / "house"
    for name in ("scripts/setup.sh", "scripts/test.sh", "wego/system.py"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    for name in ("requirements.lock", "requirements-dev.lock", "requirements-uv.lock"):
        (folder / name).touch()
    (folder / "wego" / "guards.py").touch()
    (folder / "wego" / "apps.py").touch()
    (folder / "dues" / "migrations").mkdir(parents=True)
    (folder / "dues" / "migrations" / "0001_initial.py").write_text("# tables\n")
    (folder / "manage.py").write_text(
        "import pathlib, sys\n"
        "pathlib.Path('var').mkdir(exist_ok=True)\n"
        "pathlib.Path('var/wego.sqlite3').write_text('tables')\n"
        "print('manage.py', *sys.argv[1:], flush=True)\n"
    )
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in TOOLS:
        (tools / name).symlink_to(shutil.which(name))
    (tools / "python3").symlink_to(Path(sys.executable).resolve())
    (tools / "fc-list").symlink_to(shutil.which("fc-list"))
    return folder


def run(checkout, *arguments, script="setup.sh", **environment):
    done = subprocess.run(
        [f"scripts/{script}", *arguments],
        cwd=checkout,
        env={"PATH": str(checkout.parent / "bin"), "HOME": str(checkout.parent), **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout.splitlines()


def lack_libraries(checkout, until=None):
    """Let the probe miss Pango, until the file `until` is there."""
    condition = f"pathlib.Path({str(until)!r}).exists()" if until else "False"
    (checkout / "wego" / "system.py").write_text(
        f"import pathlib\nprint('' if {condition} else 'Pango', end='')\n"
    )


@pytest.mark.slow
def test_setup_says_what_it_does_and_a_second_run_finds_it_done(checkout):
    code, first = run(checkout)
    began = time.monotonic()
    second = run(checkout)
    took = time.monotonic() - began

    version = ".".join(str(part) for part in sys.version_info[:3])
    assert code == 0
    assert [line for line in first if "no uv" not in line] == [
        f"setup: making .venv with Python {version}",
        "setup: installing the packages of requirements.lock",
        "setup: migrating the database",
        "manage.py migrate --noinput --verbosity 0",
        "setup: ready",
    ]
    assert second == (0, ["setup: ready"])
    assert took < 1


@pytest.mark.slow
def test_setup_does_again_only_what_changed(checkout):
    run(checkout)

    (checkout / "requirements.lock").write_text("# another day\n")
    assert run(checkout)[1] == [
        "setup: installing the packages of requirements.lock",
        "setup: migrating the database",
        "manage.py migrate --noinput --verbosity 0",
        "setup: ready",
    ]
    (checkout / "dues" / "migrations" / "0002_more.py").write_text("# one more table\n")
    assert "setup: migrating the database" in run(checkout)[1]
    assert run(checkout)[1] == ["setup: ready"]
    shutil.rmtree(checkout / "var")
    assert "setup: migrating the database" in run(checkout)[1]
    assert "setup: migrating the database" in run(checkout, DATABASE_URL="postgres://x/y")[1]
    assert run(checkout, "--skip-migrations", DATABASE_URL="postgres://x/y")[1] == ["setup: ready"]


@pytest.mark.slow
def test_what_the_tests_need_serves_the_house_too(checkout):
    for name in ("chromium", "pdffonts", "qpdf"):
        write_program(checkout.parent / "bin" / name, "exit 0")

    assert "setup: installing the packages of requirements-dev.lock" in run(checkout, "--test")[1]

    assert run(checkout) == (0, ["setup: ready"])
    assert run(checkout, "--test") == (0, ["setup: ready"])


@pytest.mark.slow
def test_a_moved_checkout_gets_a_new_environment(checkout):
    run(checkout)
    moved = checkout.with_name("moved")
    checkout.rename(moved)

    code, said = run(moved)

    assert code == 0
    assert said[0].startswith("setup: making .venv")


def test_without_the_right_to_install_the_line_is_printed_and_nothing_made(checkout):
    lack_libraries(checkout)

    code, said = run(checkout)

    assert code == 2
    assert said == [
        "setup: missing on this machine: Pango",
        "setup: could not install it",
        "setup: still missing: Pango. Please run this, then try again:",
        f"setup:     sudo apt-get install --no-install-recommends {PACKAGES}",
    ]
    assert not (checkout / ".venv").exists()


def test_without_python_the_line_is_printed(checkout):
    (checkout.parent / "bin" / "python3").unlink()

    code, said = run(checkout)

    assert code == 2
    assert said[0] == "setup: missing on this machine: Python 3.11"
    assert said[-1].endswith(PACKAGES)


def test_on_a_mac_the_line_is_for_brew(checkout):
    lack_libraries(checkout)
    (checkout.parent / "bin" / "uname").unlink()
    write_program(checkout.parent / "bin" / "uname", "echo Darwin")

    code, said = run(checkout)

    assert code == 2
    assert said[-1] == f"setup:     brew install {' '.join(system.BREW_FORMULAS)}"


@pytest.mark.slow
def test_root_installs_what_is_missing_after_refreshing_the_lists(checkout):
    log = checkout.parent / "apt.log"
    there = checkout.parent / "installed"
    lack_libraries(checkout, until=there)
    (checkout.parent / "bin" / "id").unlink()
    write_program(checkout.parent / "bin" / "id", "echo 0")
    # Without lists the first try fails, as in a fresh container.
    write_program(
        checkout.parent / "bin" / "apt-get",
        f'echo "$@" >>{log}\n'
        f"[ $1 = update ] && : >{log}.lists && exit\n"
        f"[ -e {log}.lists ] && : >{there}",
    )

    code, said = run(checkout)

    install = f"install -qq -y --no-install-recommends {PACKAGES}"
    assert code == 0
    assert log.read_text().splitlines() == [install, "update -qq", install]
    assert said[:3] == [
        "setup: missing on this machine: Pango",
        f"setup: installing: apt-get install --no-install-recommends {PACKAGES}",
        "setup: refreshing the package lists",
    ]
    assert said[-1] == "setup: ready"


def test_an_unknown_word_is_refused(checkout):
    assert run(checkout, "--fast") == (
        2,
        ["setup.sh knows --test and --skip-migrations, not --fast"],
    )


@pytest.fixture
def tested(checkout):
    """The checkout with tools of the test run that always succeed and say their arguments."""
    tools = checkout / ".venv" / "bin"
    for name in ("ruff", "djade", "mypy", "lint-imports", "pytest", "python"):
        write_program(tools / name, f'echo "{name} $*"')
    write_program(checkout.parent / "bin" / "chromium", "exit 0")
    return checkout


def test_everything_runs_and_the_end_says_so(tested):
    code, said = run(tested, script="test.sh", WEGO_TEST_POSTGRES="postgres://there/test")

    assert code == 0
    assert [line for line in said if line.startswith("pytest")] == [
        "pytest -q -n 2 -m not browser and not redis and not postgresql",
        "pytest -q -n 2 -m not browser and not redis and not once",
        "pytest -q -n0 -m redis",
        "pytest -q -n 2 --dist loadgroup -m browser --reruns 1 -rR",
    ]
    assert said[-1] == "Everything passed."


@pytest.mark.parametrize(("required", "expected"), [("", 0), ("1", 1)])
def test_a_silent_server_is_named_loudly_and_fails_where_it_is_required(tested, required, expected):
    write_program(tested / ".venv" / "bin" / "python", 'case "$1" in -c) exit 1 ;; esac')
    (tested.parent / "bin" / "chromium").unlink()

    code, said = run(tested, script="test.sh", WEGO_REQUIRE_SERVERS=required)

    named = [line.strip().split(" (")[0] for line in said if "NOT TESTED" in line]
    assert code == expected
    assert named == [
        "NOT TESTED: PostgreSQL",
        "NOT TESTED: Redis",
        "NOT TESTED: journeys in a browser",
    ]
    assert ("Everything that was tested passed." in said) is (expected == 0)


def test_a_failure_does_not_hide_the_checks_after_it(tested):
    write_program(tested / ".venv" / "bin" / "mypy", "exit 1")

    code, said = run(tested, script="test.sh")

    assert code == 1
    assert "pytest -q -n 2 --dist loadgroup -m browser --reruns 1 -rR" in said
    assert said[-1] == "  FAILED: types (mypy)"


def test_the_fast_part_leaves_servers_and_slow_tests_out(tested):
    code, said = run(tested, "fast", script="test.sh")

    assert code == 0
    assert [line for line in said if line.startswith("pytest")] == [
        "pytest -q -n 2 -m not browser and not redis and not postgresql and not slow"
    ]


def locked(name):
    text = (ROOT / name).read_text()
    return dict(re.findall(r"^([a-z0-9._-]+(?:\[[a-z0-9,_-]+\])?)==(\S+)", text, re.MULTILINE))


@pytest.mark.parametrize(
    "name", ["requirements.lock", "requirements-dev.lock", "requirements-uv.lock"]
)
def test_every_locked_package_has_hashes_and_no_address(name):
    text = (ROOT / name).read_text()
    entries = re.split(r"\n(?=[a-z0-9])", text.strip())

    assert len(entries) == len(locked(name))
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
    assert "://" not in text


def test_the_lock_of_the_tests_contains_the_lock_of_the_house():
    house, tests = locked("requirements.lock"), locked("requirements-dev.lock")

    assert {name: tests.get(name) for name in house} == house


def test_the_packages_of_the_system_are_the_same_everywhere():
    setup = (ROOT / "scripts" / "setup.sh").read_text()
    container = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
    installed = re.search(r"apt-get install -y --no-install-recommends (.*?) &&", container)

    assert f"system_packages='{PACKAGES}'" in setup
    assert tuple(installed.group(1).split()) == system.PDF_PACKAGES
    assert f"brew install {' '.join(system.BREW_FORMULAS)}'" in setup


def test_every_command_of_the_makefile_explains_itself():
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    shown = subprocess.run(
        ["make", "-s", "help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "MAKEFLAGS": ""},
    ).stdout

    assert [line.split()[1] for line in shown.splitlines()] == targets
