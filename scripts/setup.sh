#!/bin/sh
# Makes this checkout runnable and says what it does. A second run finds everything done.
#   scripts/setup.sh [--test] [--skip-migrations]
# --test adds what the test suite needs. --skip-migrations is for `serve`, which migrates itself.
set -eu
cd "$(dirname "$0")/.."

wanted=runtime
migrate=yes
for argument in "$@"; do
    case $argument in
        --test) wanted=dev ;;
        --skip-migrations) migrate=no ;;
        *) echo "setup.sh knows --test and --skip-migrations, not $argument" >&2; exit 2 ;;
    esac
done

say() { printf '%s\n' "setup: $*"; }

# Packages that Debian or Ubuntu can install: as root, with sudo, or not at all (status 1).
apt_install() {
    command -v apt-get >/dev/null 2>&1 || return 1
    if [ "$(id -u)" = 0 ]; then
        as_root='env'
    elif command -v sudo >/dev/null 2>&1 && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
        as_root='sudo'
    else
        return 1
    fi
    say "installing: apt-get install --no-install-recommends $*"
    install="$as_root DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends"
    $install "$@" >/dev/null 2>&1 && return 0
    say "refreshing the package lists"
    $as_root apt-get update -qq || true
    $install "$@" >/dev/null
}

find_python() {
    for name in ${WEGO_PYTHON:-} python3 python3.13 python3.12 python3.11; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
}

line_for() {
    if [ "$(uname)" = Darwin ]; then
        echo 'brew install python@3.11 pango fontconfig font-nanum-gothic'
    else
        echo "sudo apt-get install --no-install-recommends $1"
    fi
}

system_packages='python3 python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig fonts-nanum fonts-dejavu-core'

# Python with venv, the libraries behind the PDFs, a font for Korean: only what is missing.
check_machine() {
    python=$(find_python)
    if [ -n "$python" ]; then missing=$("$python" -I wego/system.py); else missing='Python 3.11'; fi
    [ -n "$missing" ] || return 0
    say "missing on this machine: $missing"
    # shellcheck disable=SC2086 # a list of package names
    apt_install $system_packages || say "could not install it"
    python=$(find_python)
    if [ -n "$python" ]; then missing=$("$python" -I wego/system.py); fi
    [ -n "$missing" ] || return 0
    say "still missing: $missing. Please run this, then try again:" >&2
    say "    $(line_for "$system_packages")" >&2
    exit 2
}

test_programs() {
    command -v chromium >/dev/null || command -v google-chrome >/dev/null || echo chromium
    command -v pdffonts >/dev/null || echo poppler-utils
    command -v qpdf >/dev/null || echo qpdf
}

# A missing browser stops nobody from running the other tests: the test run names it again.
check_test_machine() {
    packages=$(test_programs | tr '\n' ' ')
    [ -n "$packages" ] || return 0
    say "missing for the tests: $packages"
    # shellcheck disable=SC2086 # a list of package names
    apt_install $packages && return 0
    say "PART OF THE TESTS CANNOT RUN. To run them all:" >&2
    say "    sudo apt-get install --no-install-recommends $packages" >&2
}

make_environment() {
    say "making .venv with $("$python" --version)"
    rm -rf .venv
    "$python" -m venv --without-pip .venv
}

# uv installs ten times faster than pip; where it cannot be had, pip does the same work.
install_packages() {
    rm -f .venv/installed
    if [ ! -x .venv/bootstrap/bin/python ]; then
        "$python" -m venv .venv/bootstrap
        .venv/bootstrap/bin/python -m pip install --quiet --disable-pip-version-check \
            --require-hashes -r requirements-uv.lock || say "no uv for this machine: using pip"
    fi
    say "installing the packages of $1"
    if [ -x .venv/bootstrap/bin/uv ] && UV_SYSTEM_CERTS=1 .venv/bootstrap/bin/uv pip sync \
        --quiet --python .venv/bin/python --require-hashes "$1"; then
        return
    fi
    .venv/bootstrap/bin/python -m pip --python .venv/bin/python install --quiet \
        --disable-pip-version-check --require-hashes -r "$1"
}

# One environment for both: what the tests need includes what the house needs.
check_packages() {
    found=$(cat .venv/installed 2>/dev/null || true)
    case $found in dev\ *) wanted=dev ;; esac
    stamp="$wanted $(cat requirements.lock requirements-dev.lock | cksum) $PWD"
    [ "$found" != "$stamp" ] || return 0
    # A moved checkout, or a Python that is gone: programs in .venv carry the old path.
    if [ "${found##* }" != "$PWD" ] || ! .venv/bin/python -c '' 2>/dev/null; then
        make_environment
    fi
    if [ "$wanted" = dev ]; then
        install_packages requirements-dev.lock
    else
        install_packages requirements.lock
    fi
    echo "$stamp" >.venv/installed
}

compile_translations() {
    find locale ./*/locale -name '*.po' 2>/dev/null | while read -r source; do
        compiled="${source%.po}.mo"
        if [ ! -e "$compiled" ] || [ "$source" -nt "$compiled" ]; then
            say "compiling $source"
            .venv/bin/pybabel --quiet compile -i "$source" -o "$compiled" -D django
        fi
    done
}

# Starting Django only to hear "nothing to do" takes a second; the stamp takes none. It lies
# beside the database file; another database is always asked.
migrate_database() {
    data=${WEGO_DATA_DIR:-var}
    stamp=$(cat ./*/migrations/*.py requirements.lock wego/guards.py ./*/apps.py | cksum)
    if [ -z "${DATABASE_URL:-}" ] && [ -s "$data/wego.sqlite3" ] &&
        [ "$(cat "$data/migrated" 2>/dev/null)" = "$stamp" ]; then
        return
    fi
    say "migrating the database"
    .venv/bin/python manage.py migrate --noinput --verbosity 0
    echo "$stamp" >"$data/migrated"
}

check_machine
[ "$wanted" = runtime ] || check_test_machine
check_packages
compile_translations
[ "$migrate" = no ] || migrate_database
say "ready"
