# Liên Tục: two commands matter, `make run` and `make test`. Both set up everything they need.
SHELL := /bin/bash
PYTHON ?= python3.11
BIN := .venv/bin
PORT ?= 8000
export LIENTUC_HOME ?= $(CURDIR)/var

.DEFAULT_GOAL := help
.PHONY: help run test check docs bench test-long test-sqlite test-postgres browser lock clean

help: ## what each command does
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: .venv/app ## fresh clone → environment → the demo province through the whole loop → served on http://127.0.0.1:8000
	$(BIN)/lientuc demo --port $(PORT)

test: check test-sqlite test-postgres ## everything: checks, then all tests on SQLite and on PostgreSQL

check: .venv/dev ## formatting, types, floors, translations, migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/lientuc makemigrations --check --dry-run

test-sqlite: .venv/dev browser ## all tests on SQLite, browser journeys included
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder

test-postgres: .venv/dev ## all tests on PostgreSQL (its own, temporary)
	$(BIN)/python tools/with_postgres.py $(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder

test-long: .venv/dev ## large imports, long solves
	LIENTUC_LONG=1 $(BIN)/pytest -m long
	LIENTUC_LONG=1 $(BIN)/python tools/with_postgres.py $(BIN)/pytest -m "long or postgres"

bench: .venv/dev ## speed and memory as ratios against a floor measured in the same run
	$(BIN)/python -m benchmarks

docs: .venv/dev ## generated pages: law, entity diagram, roles and permissions
	$(BIN)/python tools/build_docs.py

browser: ## Chromium and LibreOffice for the journeys (Debian's packages; installed when we may)
	@tools/ensure_chromium
	@tools/ensure_office

lock: .venv/bin/uv ## pin every requirement with its hash, without index addresses
	cd requirements && for set in core dev bench; do ../$(BIN)/uv pip compile --quiet --upgrade --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --python-version 3.11 $$set.in -o $$set.txt; done

clean: ## remove the environment and all local data
	rm -rf .venv var

.venv/bin/uv: requirements/uv.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --require-hashes -r requirements/uv.txt
	@touch $@

.venv/app: requirements/core.txt pyproject.toml | .venv/bin/uv
	@if [ -e .venv/dev ]; then $(MAKE) --no-print-directory .venv/dev; else \
	  $(BIN)/uv pip sync --quiet --require-hashes requirements/core.txt && \
	  $(BIN)/uv pip install --quiet --no-deps -e . ; fi
	@touch $@

.venv/dev: requirements/dev.txt pyproject.toml | .venv/bin/uv
	$(BIN)/uv pip sync --quiet --require-hashes requirements/dev.txt
	$(BIN)/uv pip install --quiet --no-deps -e .
	@touch $@ .venv/app
