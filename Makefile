# Two commands carry a newcomer: `make run` and `make test`. `make help` lists all of them.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help run setup setup-test test test-fast test-long lint bench bench-books screenshots lock audit observatory

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

test-fast: setup-test ## SQLite only, no browser, nothing slow
	@scripts/test.sh fast

test-long: setup-test ## the longest proofs whole, random books by the thousand, for an evening
	@.venv/bin/pytest -q -n0 -s --hypothesis-profile=long tests/dues/test_books_machine.py tests/members/test_lives.py
	@WEGO_TEST_WHOLE=1 .venv/bin/pytest -q -n2 -s tests/access tests/dues/test_proof.py \
		tests/dues/test_run_survives.py tests/wego/test_outbox_survives.py -m "not postgresql"
	@WEGO_TEST_WHOLE=1 .venv/bin/pytest -q -n2 --dist loadgroup tests/browser/test_pages.py \
		tests/browser/test_issue.py tests/browser/test_bank.py tests/browser/test_apply.py \
		tests/browser/test_stored_markup.py

lint: setup-test ## style, types, templates, import contracts, migrations
	@scripts/test.sh lint

bench: setup-test ## queries, CPU and memory of the heavy paths, as one table
	@.venv/bin/python -m tests.benchmarks

bench-books: setup-test ## the proof, the board and the aging over a million ledger entries
	@.venv/bin/python -m tests.benchmarks.books

screenshots: setup-test ## the pictures of the README, in docs/pictures
	@.venv/bin/python scripts/screenshots.py

lock: setup ## resolve the lock files anew after a change in pyproject.toml
	@scripts/lock.sh

audit: setup ## bill of materials (CycloneDX) and known weaknesses of what is installed
	@scripts/audit.sh

observatory: setup-test ## Mozilla's Observatory on every kind of page (needs npm)
	@.venv/bin/python -m tests.drills.observatory
