#!/bin/sh
# Resolves the lock files: every package with its hashes, no address of a registry in them.
#   scripts/lock.sh [--upgrade]
set -eu
cd "$(dirname "$0")/.."

uv() { UV_SYSTEM_CERTS=1 .venv/bootstrap/bin/uv "$@"; }
resolve() {
    uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate \
        --python-version 3.11 "$@"
}

resolve ${1:-} pyproject.toml -o requirements.lock
resolve ${1:-} pyproject.toml --group dev -o requirements-dev.lock
echo uv | resolve ${1:-} - -o requirements-uv.lock
