SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
# Where it is set, every start would compile every module again.
unexport PYTHONDONTWRITEBYTECODE

BIN := .venv/bin
TEST_WORKERS ?= auto
TESTS ?=
# A server of one's own environment must not become the tests' database.
TEST_ENVIRONMENT := env -u DATABASE_URL -u SECRET_KEY -u FILES_DIR -u BASE_URL -u SMTP_URL -u REDIS_URL -u PROXIES -u OIDC_ISSUER

.PHONY: help setup run test check fix bench golden lock

help: ## Say what each target does
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/\1|\2/' | while IFS='|' read -r name what; do printf '  make %-7s %s\n' "$$name" "$$what"; done

setup: .venv/.runtime app/static/build/app.css ## Make .venv and the pages' styles and scripts

run: setup ## Serve the register on http://127.0.0.1:8000 (PORT=8001 for another)
	@exec scripts/run

test: .venv/.dev app/static/build/app.css ## Run every test (TESTS=tests/unit for some of them)
	@scripts/system-packages
	@$(TEST_ENVIRONMENT) $(BIN)/python -m pytest -n $(TEST_WORKERS) --dist worksteal $(TESTS)

check: .venv/.dev ## Lint, types, layers, templates, migrations
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint app --lint --quiet

fix: .venv/.dev ## Mend what the tools can mend by themselves
	$(BIN)/ruff check --fix --exit-zero .
	$(BIN)/ruff format .

bench: .venv/.dev app/static/build/app.css ## Measure pages, imports and exports at 10,000 and 100,000 contracts
	@$(TEST_ENVIRONMENT) $(BIN)/python -m bench

golden: .venv/.dev app/static/build/app.css ## Write the golden annexes again, to be read in the diff
	@$(TEST_ENVIRONMENT) GOLDEN=write $(BIN)/python -m pytest -n 0 tests/golden
	@git diff --stat -- tests/golden

lock: ## Compile requirements*.in with hashes and package-lock.json with integrity (needs uv and npm)
	@for name in requirements requirements-build requirements-dev; do \
	  UV_CUSTOM_COMPILE_COMMAND='make lock' uv pip compile --quiet --universal --python-version 3.11 --generate-hashes $(UPGRADE) $$name.in -o $$name.txt; done
	@npm install --package-lock-only --omit-lockfile-registry-resolved --ignore-scripts --no-audit --no-fund

.venv/.runtime: requirements.txt scripts/venv
	@scripts/venv requirements.txt
	@touch $@

.venv/.dev: requirements-dev.txt scripts/venv
	@scripts/venv requirements-dev.txt
	@touch $@

app/static/build/app.css: $(shell find assets -type f) package-lock.json scripts/assets
	@scripts/assets
