#!/bin/sh
# Runs every check, goes on after a failure, and names at the end what failed or was not tested.
#   scripts/test.sh [fast|lint]
# WEGO_REQUIRE_SERVERS=1 makes a part that could not run a failure (continuous integration).
set -u
cd "$(dirname "$0")/.."

part=${1:-all}
postgres=${WEGO_TEST_POSTGRES:-postgres://postgres@127.0.0.1:5432/test}
redis=${WEGO_TEST_REDIS:-redis://127.0.0.1:6379/15}
workers=${WEGO_TEST_WORKERS:-2}
# The suite decides itself which servers and folders it uses.
# Compiled tests are kept: compiling them anew costs each worker ten seconds.
unset PYTHONDONTWRITEBYTECODE
unset DATABASE_URL REDIS_URL PORT SECRET_KEY WEGO_DEBUG WEGO_DEMO WEGO_TEST_REDIS WEGO_TEST_WHOLE
WEGO_DATA_DIR=$(mktemp -d)
export WEGO_DATA_DIR
trap 'rm -rf "$WEGO_DATA_DIR"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
PATH=$PWD/.venv/bin:$PATH
failed=''
untested=''

step() {
    title=$1
    shift
    printf '\n--- %s\n' "$title"
    "$@" || failed="$failed
  FAILED: $title"
}

not_tested() {
    untested="$untested
  NOT TESTED: $1"
    [ -z "${WEGO_REQUIRE_SERVERS:-}" ] || failed="$failed
  FAILED: $1 is required here"
}

templates() { find templates ./*/templates -name '*.html' 2>/dev/null; }

check_templates() {
    # shellcheck disable=SC2046 # template names hold no spaces
    [ -z "$(templates)" ] || djade --check --target-version 5.2 $(templates)
}

check_style() {
    step "style (ruff check)" ruff check --quiet .
    step "format (ruff format)" ruff format --check --quiet .
    step "templates (djade)" check_templates
    step "types (mypy)" mypy
    step "imports (import-linter)" lint-imports
    step "system checks" python manage.py check
    step "migrations are complete" python manage.py makemigrations --check --dry-run
}

answers_postgres() {
    python -c 'import psycopg, sys; psycopg.connect(sys.argv[1], connect_timeout=3)' "$1" 2>&1
}

answers_redis() {
    python -c 'import redis, sys; redis.from_url(sys.argv[1], socket_timeout=3).ping()' "$1" 2>&1
}

test_postgres() {
    if answers_postgres "$postgres" >/dev/null; then
        DATABASE_URL=$postgres step "tests on PostgreSQL" \
            pytest -q -n "$workers" -m "not browser and not redis and not once"
    else
        not_tested "PostgreSQL (no server answers at WEGO_TEST_POSTGRES, $postgres)"
    fi
}

test_redis() {
    if answers_redis "$redis" >/dev/null; then
        WEGO_TEST_REDIS=$redis step "tests with Redis" pytest -q -n0 -m redis
    else
        not_tested "Redis (no server answers at WEGO_TEST_REDIS, $redis)"
    fi
}

test_browser() {
    if command -v chromium >/dev/null || command -v google-chrome >/dev/null; then
        # A journey that fails is told a second time, and named even if it passes then.
        step "journeys in a browser" \
            pytest -q -n "$workers" --dist loadgroup -m browser --reruns 1 -rR
    else
        not_tested "journeys in a browser (no chromium: apt-get install chromium)"
    fi
}

case $part in
    lint) check_style ;;
    fast) step "tests on SQLite, the fast part" \
        pytest -q -n "$workers" -m "not browser and not redis and not postgresql and not slow" ;;
    all)
        check_style
        step "tests on SQLite" \
            pytest -q -n "$workers" -m "not browser and not redis and not postgresql"
        test_postgres
        test_redis
        test_browser
        ;;
    *) echo "test.sh knows fast and lint, not $part" >&2; exit 2 ;;
esac

echo
if [ -n "$untested" ]; then
    echo "=========================================================================="
    echo "$untested"
    echo
    echo "=========================================================================="
fi
if [ -n "$failed" ]; then
    echo "$failed"
    exit 1
fi
[ -n "$untested" ] && echo "Everything that was tested passed." || echo "Everything passed."
