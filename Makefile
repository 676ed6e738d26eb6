# Two commands carry a newcomer: `make run` and `make test`. `make help` lists all of them.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help run setup setup-test test test-fast lint bench screenshots lock

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## set up, load the demo on first start, serve on http://127.0.0.1:8000 (PORT)
	@scripts/setup.sh --skip-migrations
	@exec .venv/bin/python manage.py serve --stop-with-parent

setup: ## make .venv and the database: afterwards `.venv/bin/python manage.py ...` works
	@scripts/setup.sh

setup-test: ## the same, and what the tests need
	@scripts/setup.sh --test

test: setup-test ## everything: lint, types, SQLite, PostgreSQL, Redis, browser
	@scripts/test.sh

test-fast: setup-test ## under a minute: SQLite only, no browser, nothing slow
	@scripts/test.sh fast

lint: setup-test ## style, types, templates, import contracts, migrations
	@scripts/test.sh lint

bench: setup-test ## queries, CPU and memory of the heavy paths, as one table
	@.venv/bin/python -m tests.benchmarks

screenshots: setup-test ## the pictures of the README, in docs/pictures
	@.venv/bin/python scripts/screenshots.py

lock: setup ## resolve the lock files anew after a change in pyproject.toml
	@scripts/lock.sh
